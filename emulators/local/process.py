"""Processes of the local cloud: start, log, notice their end, start again or stop them."""

import asyncio
import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO, TypeAlias

import aiohttp

from emulators.local.console import PartLog, progress
from emulators.local.plan import Plan
from infra.setup.step import ROOT

_PR_SET_PDEATHSIG = 1
_STARTUP_SECONDS = 90.0
# A part that ends so soon after its start, again and again, is started after a pause.
_QUICK_DEATH_SECONDS = 5.0
_LONGEST_PAUSE_SECONDS = 5.0


class PartFailedError(Exception):
    """A part of the local cloud ended or never became healthy; the text says how to mend it."""


@dataclass(frozen=True)
class Part:
    """One process: `health` is a URL that answers (below 500) once it can be used.

    `lost` says what is gone when it had to be started again, "" where it remembers all.
    """

    name: str
    argv: list[str]
    environment: dict[str, str]
    health: str
    mend: str = "`make run` again"
    shown: bool = True
    lost: str = ""
    folder: Path = ROOT


MakePart: TypeAlias = Callable[[], Part]
"""How a part is to be started now: the command line may depend on what it has saved."""
Restore: TypeAlias = Callable[[], Awaitable[None]]
"""Gives a part that was started again what it does not remember itself."""


@dataclass
class _Running:
    part: Part
    make: MakePart
    restore: Restore | None
    log: PartLog
    process: asyncio.subprocess.Process
    watcher: asyncio.Task[None] = field(init=False)
    restoring: asyncio.Task[None] | None = None


def end_with_parent() -> None:
    """In a child: the kernel tells it to end should its parent be killed (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _inherited() -> dict[str, str]:
    """The little of our own environment that a part may see."""
    names = ("PATH", "HOME", "LANG", "TMPDIR", "JAVA_HOME", "CLOUDSDK_ROOT_DIR", "USER")
    found = {name: os.environ[name] for name in names if name in os.environ}
    return {**found, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT)}


class Processes:
    """All processes of one local cloud.

    Until `everything_runs` is called the end of any ends the start, since something must be
    wrong with it; later a part that ends is started again, for as long as it takes. `lock` is
    a file that each part holds open as long as it lives.
    """

    def __init__(self, plan: Plan, lock: TextIO) -> None:
        self._plan = plan
        self._lock = lock
        self._running: dict[str, _Running] = {}
        self._started = False
        self._stopping = asyncio.Event()
        self.failed: asyncio.Future[PartFailedError] = asyncio.get_running_loop().create_future()

    async def start(self, make: MakePart, restore: Restore | None = None) -> None:
        """Starts a part; its end is watched from now on."""
        part = make()
        log = PartLog(self._plan.logs, part.name, len(self._running), part.shown)
        running = _Running(part, make, restore, log, await self._spawn(part))
        running.watcher = asyncio.create_task(self._watch(running))
        self._running[part.name] = running

    def everything_runs(self) -> None:
        """From now on what ends is started again."""
        self._started = True

    async def _spawn(self, part: Part) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *part.argv,
            cwd=part.folder,
            env={**_inherited(), **part.environment},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            limit=2**24,
            start_new_session=True,
            preexec_fn=end_with_parent,
            pass_fds=[self._lock.fileno()],
        )

    async def _watch(self, running: _Running) -> None:
        """Waits for the part's end, again and again, and starts it again."""
        quick_deaths = 0
        while True:
            began = time.monotonic()
            copying = asyncio.create_task(_copy(running.process.stdout, running.log))
            code = await running.process.wait()
            # Workers that outlive their master would hold its port.
            _kill(running.process, signal.SIGKILL)
            await copying
            if self._stopping.is_set():
                return
            if not self._started:
                self._fail(running, f"ended with code {code}")
                return
            quick = time.monotonic() - began < _QUICK_DEATH_SECONDS
            quick_deaths = quick_deaths + 1 if quick else 0
            await asyncio.sleep(min(max(0, quick_deaths - 1), _LONGEST_PAUSE_SECONDS))
            if self._stopping.is_set():
                return
            await self._start_again(running, code)

    async def _start_again(self, running: _Running, code: int) -> None:
        running.part = running.make()
        why = f" ({running.log.last_words()[:300]})" if code > 0 else ""
        lost = f"; {running.part.lost}" if running.part.lost else ""
        name = running.part.name
        progress(f"{name} ended with code {code}{why}: started again{lost}")
        running.process = await self._spawn(running.part)
        if running.restore is not None:
            running.restoring = asyncio.create_task(_restored(running, running.restore))

    def _fail(self, running: _Running, what: str) -> None:
        if not self.failed.done():
            self.failed.set_result(
                PartFailedError(
                    f"{running.part.name} {what} ({running.log.last_words()[:300]}). "
                    f"To mend it: {running.part.mend}; its whole log is {running.log.path}"
                )
            )

    async def healthy(self, session: aiohttp.ClientSession, name: str) -> None:
        """Waits until the part answers. Raises PartFailedError after 90 s."""
        running = self._running[name]
        deadline = time.monotonic() + _STARTUP_SECONDS
        while True:
            if await _answers(session, running.part.health):
                return
            if time.monotonic() > deadline:
                self._fail(running, f"did not become healthy in {_STARTUP_SECONDS:.0f} s")
                raise await self.failed
            await asyncio.sleep(0.1)

    def names(self) -> list[str]:
        """Of all parts that were started."""
        return list(self._running)

    def pid(self, name: str) -> int:
        """The process id of a part as it runs now."""
        return self._running[name].process.pid

    async def stop(self, names: list[str] | None = None, grace: float = 5.0) -> None:
        """Ends the named parts, or all; after `grace` seconds by force."""
        self._stopping.set()
        chosen = [
            running
            for name, running in self._running.items()
            if (names is None or name in names) and running.process.returncode is None
        ]
        for running in chosen:
            _kill(running.process, signal.SIGTERM)
        waits = [running.process.wait() for running in chosen]
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.gather(*waits), grace)
        for running in chosen:
            _kill(running.process, signal.SIGKILL)

    def kill(self) -> None:
        """Ends every process by force, at once."""
        self._stopping.set()
        for running in self._running.values():
            _kill(running.process, signal.SIGKILL)


async def _restored(running: _Running, restore: Restore) -> None:
    """Restores a part as soon as it answers; its end meanwhile has it started once more."""
    process = running.process
    async with aiohttp.ClientSession() as session:
        while process.returncode is None:
            if await _answers(session, running.part.health):
                await restore()
                return
            await asyncio.sleep(0.1)


async def _answers(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(url, timeout=aiohttp.ClientTimeout(total=5)) as answer:
            return answer.status < 500
    except (aiohttp.ClientError, TimeoutError):
        return False


async def _copy(output: asyncio.StreamReader | None, log: PartLog) -> None:
    """Copies lines to the log until the output ends."""
    if output is not None:
        async for line in output:
            log.write(line.decode("utf-8", "replace").rstrip())


def _kill(process: asyncio.subprocess.Process, number: int) -> None:
    """Signals the whole group of the process, also what it left behind."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)
