"""Parts of the local cloud: what ends is started again, and told while the whole is starting."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TextIO

import aiohttp
import pytest

from emulators.local import ports, sdk
from emulators.local.plan import Plan
from emulators.local.process import Part, Processes

_SERVE = """
import http.server, sys
handler = http.server.SimpleHTTPRequestHandler
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), handler).serve_forever()
"""
_FAIL = "print('no such table'); raise SystemExit(3)"

Test = Callable[[Processes, aiohttp.ClientSession], Awaitable[None]]


def _run(folder: Path, test: Test) -> None:
    (folder / "log").mkdir()
    plan = Plan(
        build=folder,
        functions=(),
        ports={},
        sap_system="00",
        system="ecc_eu",
        styles=1,
        companies=1,
        seed=1,
        kept=False,
    )

    async def run(lock: TextIO) -> None:
        processes = Processes(plan, lock)
        try:
            async with aiohttp.ClientSession() as session:
                await test(processes, session)
        finally:
            await processes.stop(grace=1)

    with (folder / "lock").open("w") as lock:
        asyncio.run(run(lock))


def _server() -> Part:
    port = ports.free_ports(1)[0]
    argv = [sys.executable, "-c", _SERVE, str(port)]
    return Part("part", argv, {}, f"http://{sdk.HOST}:{port}/", "mend it", lost="a glove is lost")


async def _ended(session: aiohttp.ClientSession, url: str) -> None:
    while True:
        try:
            async with session.get(url):
                await asyncio.sleep(0.05)
        except aiohttp.ClientError:
            return


def test_what_ends_is_started_again_each_time_and_told_with_what_is_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    restored = asyncio.Queue[bool]()

    async def restore() -> None:
        await restored.put(True)

    async def test(processes: Processes, session: aiohttp.ClientSession) -> None:
        part = _server()
        await processes.start(lambda: part, restore)
        await processes.healthy(session, "part")
        processes.everything_runs()
        for _ in range(4):
            os.kill(processes.pid("part"), signal.SIGKILL)
            await _ended(session, part.health)
            await processes.healthy(session, "part")
            assert await restored.get()

    _run(tmp_path, test)
    told = capsys.readouterr().out
    assert told.count("part ended with code -9: started again; a glove is lost") == 4


def test_each_start_asks_anew_how(tmp_path: Path) -> None:
    first, second = _server(), _server()
    to_start = [second, first]

    async def test(processes: Processes, session: aiohttp.ClientSession) -> None:
        await processes.start(to_start.pop)
        await processes.healthy(session, "part")
        processes.everything_runs()
        os.kill(processes.pid("part"), signal.SIGKILL)
        await _ended(session, first.health)
        await processes.healthy(session, "part")
        async with session.get(second.health) as answer:
            assert answer.status == 200

    _run(tmp_path, test)


def test_what_ends_before_everything_runs_is_told_with_its_last_words(tmp_path: Path) -> None:
    async def test(processes: Processes, _session: aiohttp.ClientSession) -> None:
        argv = [sys.executable, "-c", _FAIL]
        await processes.start(lambda: Part("part", argv, {}, "", "mend it"))
        told = str(await processes.failed)
        assert "part ended with code 3 (no such table)" in told
        assert "To mend it: mend it" in told

    _run(tmp_path, test)


def test_stopping_ends_what_a_part_has_started(tmp_path: Path) -> None:
    async def test(processes: Processes, session: aiohttp.ClientSession) -> None:
        part = _server()
        parent = "import subprocess, sys; subprocess.run([sys.executable, *sys.argv[1:]])"
        argv = [sys.executable, "-c", parent, *part.argv[1:]]
        await processes.start(lambda: Part("part", argv, {}, part.health, "mend it"))
        await processes.healthy(session, "part")
        await processes.stop(grace=1)
        await _ended(session, part.health)

    _run(tmp_path, test)
