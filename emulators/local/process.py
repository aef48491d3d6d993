"""Processes of the local cloud: start, log, notice their end, restart or stop them."""

import asyncio
import contextlib
import ctypes
import os
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from emulators.local.console import PartLog, progress
from emulators.local.plan import ROOT, Plan

_PR_SET_PDEATHSIG = 1
_STARTUP_SECONDS = 90.0
_QUICK_DEATH_SECONDS = 5.0
_QUICK_DEATHS_ALLOWED = 3


class PartFailedError(Exception):
    """A part of the local cloud ended or never became healthy; the text says how to mend it."""


@dataclass(frozen=True)
class Part:
    """One process: `health` is a URL that answers (below 500) once it can be used.

    A part that `restarts` is started anew when it ends, as the cloud does with a
    function's instance; the end of any other ends the local cloud.
    """

    name: str
    argv: list[str]
    environment: dict[str, str]
    health: str
    mend: str = "`make run` again"
    shown: bool = True
    restarts: bool = False
    folder: Path = ROOT


@dataclass
class _Running:
    part: Part
    log: PartLog
    process: asyncio.subprocess.Process
    watcher: asyncio.Task[None] = field(init=False)


def _end_with_parent() -> None:
    """In the child: the kernel ends it should the launcher be killed (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _inherited() -> dict[str, str]:
    """The little of our own environment that a part may see."""
    names = ("PATH", "HOME", "LANG", "TMPDIR", "JAVA_HOME", "CLOUDSDK_ROOT_DIR", "USER")
    found = {name: os.environ[name] for name in names if name in os.environ}
    return {**found, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT)}


class Processes:
    """All processes of one local cloud."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._running: dict[str, _Running] = {}
        self._stopping = False
        self.failed: asyncio.Future[PartFailedError] = asyncio.get_running_loop().create_future()

    async def start(self, part: Part) -> None:
        """Starts a part; its end is watched from now on."""
        log = PartLog(self._plan.logs, part.name, len(self._running), part.shown)
        running = _Running(part, log, await self._spawn(part))
        running.watcher = asyncio.create_task(self._watch(running))
        self._running[part.name] = running

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
            preexec_fn=_end_with_parent,
        )

    async def _watch(self, running: _Running) -> None:
        """Waits for the part's end, again and again if it restarts, and sees what to do."""
        part, deaths = running.part, 0
        while True:
            began = time.monotonic()
            copying = asyncio.create_task(_copy(running.process.stdout, running.log))
            code = await running.process.wait()
            # Workers that outlive their master would hold its port.
            _kill(running.process, signal.SIGKILL)
            await copying
            if self._stopping:
                return
            deaths = deaths + 1 if time.monotonic() - began < _QUICK_DEATH_SECONDS else 0
            if not part.restarts or deaths >= _QUICK_DEATHS_ALLOWED:
                self._fail(running, f"ended with code {code}")
                return
            progress(f"{part.name} ended with code {code}; starting it again")
            running.process = await self._spawn(part)

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
            with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                timeout = aiohttp.ClientTimeout(total=5)
                async with session.get(running.part.health, timeout=timeout) as answer:
                    if answer.status < 500:
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
        self._stopping = True
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
        self._stopping = True
        for running in self._running.values():
            _kill(running.process, signal.SIGKILL)


async def _copy(output: asyncio.StreamReader | None, log: PartLog) -> None:
    """Copies lines to the log until the output ends."""
    if output is not None:
        async for line in output:
            log.write(line.decode("utf-8", "replace").rstrip())


def _kill(process: asyncio.subprocess.Process, number: int) -> None:
    """Signals the whole group of the process, also what it left behind."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)
