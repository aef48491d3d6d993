"""Parts of the local cloud: functions start again, the end of an emulator is told."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest

from emulators.local import sdk
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
        styles=1,
        companies=1,
        seed=1,
        kept=False,
    )

    async def run() -> None:
        processes = Processes(plan)
        try:
            async with aiohttp.ClientSession() as session:
                await test(processes, session)
        finally:
            await processes.stop(grace=1)

    asyncio.run(run())


def _server(restarts: bool) -> Part:
    port = sdk.free_ports(1)[0]
    argv = [sys.executable, "-c", _SERVE, str(port)]
    return Part("part", argv, {}, f"http://{sdk.HOST}:{port}/", "mend it", restarts=restarts)


async def _ended(session: aiohttp.ClientSession, url: str) -> None:
    while True:
        try:
            async with session.get(url):
                await asyncio.sleep(0.05)
        except aiohttp.ClientError:
            return


@pytest.mark.parametrize("restarts", [True, False])
def test_what_ends_is_started_again_or_told(restarts: bool, tmp_path: Path) -> None:
    async def test(processes: Processes, session: aiohttp.ClientSession) -> None:
        part = _server(restarts)
        await processes.start(part)
        await processes.healthy(session, "part")
        os.kill(processes.pid("part"), signal.SIGKILL)
        await _ended(session, part.health)
        if restarts:
            await processes.healthy(session, "part")
        else:
            assert "part ended with code -9" in str(await processes.failed)

    _run(tmp_path, test)


def test_what_ends_at_once_every_time_is_told_with_its_last_words(tmp_path: Path) -> None:
    async def test(processes: Processes, _session: aiohttp.ClientSession) -> None:
        argv = [sys.executable, "-c", _FAIL]
        await processes.start(Part("part", argv, {}, "", "mend it", restarts=True))
        told = str(await processes.failed)
        assert "part ended with code 3 (no such table)" in told
        assert "To mend it: mend it" in told

    _run(tmp_path, test)


def test_stopping_ends_what_a_part_has_started(tmp_path: Path) -> None:
    async def test(processes: Processes, session: aiohttp.ClientSession) -> None:
        part = _server(restarts=False)
        parent = "import subprocess, sys; subprocess.run([sys.executable, *sys.argv[1:]])"
        argv = [sys.executable, "-c", parent, *part.argv[1:]]
        await processes.start(Part("part", argv, {}, part.health, "mend it"))
        await processes.healthy(session, "part")
        await processes.stop(grace=1)
        await _ended(session, part.health)

    _run(tmp_path, test)
