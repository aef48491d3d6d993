"""Servers that one test run shares: started by who needs them first, ended with the run.

The run's controller (the pytest process itself, or xdist's master) makes a folder and
passes it on by the environment. Whoever needs a server takes its lock, starts it
unless its address stands there already, and leaves the address for the others. A
guard ends each server with the controller, however that ends.
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from emulators.local import guard, ports, sdk
from tests.support.wait import wait_until

RUN_FOLDER = "SELLIN_TEST_RUN"
RUN_OWNER = "SELLIN_TEST_RUN_OWNER"


def begin_run() -> None:
    """Called in the controller before any worker starts."""
    os.environ[RUN_FOLDER] = tempfile.mkdtemp(prefix="sellin-tests-")
    os.environ[RUN_OWNER] = str(os.getpid())


def end_run() -> None:
    """Ends every server of this run; called in the controller at the very end.

    Their folder stays behind, for the logs in it, if any of them was started.
    """
    folder = Path(os.environ[RUN_FOLDER])
    for pid_file in folder.glob("*.pid"):
        with suppress(ProcessLookupError):
            os.kill(int(pid_file.read_text()), signal.SIGTERM)
    if not any(folder.iterdir()):
        folder.rmdir()


@contextmanager
def _locked(folder: Path, name: str) -> Iterator[None]:
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://{address}/", timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _start(folder: Path, name: str, argv: list[str]) -> subprocess.Popen[bytes]:
    """Starts a server of this run; `end_run` ends it."""
    with (folder / f"{name}.log").open("wb") as output:
        process = subprocess.Popen(
            guard.command(argv, owner=int(os.environ[RUN_OWNER])),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    (folder / f"{name}.pid").write_text(str(process.pid))
    return process


def shared_server(name: str, command: Callable[[int], list[str]]) -> str:
    """The host:port of this run's server `name`, starting it if it isn't yet running.

    `command` gives the command line for a port. Raises AssertionError with the place of
    the server's log if it does not answer within 60 s.
    """
    folder = Path(os.environ[RUN_FOLDER])
    address_file = folder / f"{name}.address"
    with _locked(folder, name):
        if not address_file.exists():
            port = ports.free_ports(1)[0]
            address = f"{sdk.HOST}:{port}"
            _start(folder, name, command(port))
            what = f"{name} answering (see {folder / name}.log)"
            wait_until(lambda: _answers(address), timeout=60, what=what)
            address_file.write_text(address)
        return address_file.read_text()


def local_cloud(styles: int = 24, name: str = "cloud", system: str = "ecc_eu") -> dict[str, Any]:
    """This run's local cloud of that name, started if it isn't running: what its local.json holds.

    `styles` is how many its demo data has, and `system` whose it is, for whoever starts it.

    Raises AssertionError with the last lines of its log if it does not start.
    """
    folder = Path(os.environ[RUN_FOLDER])
    told = folder / name / "local.json"
    with _locked(folder, name):
        if not told.exists():
            argv = [sys.executable, "-m", "emulators.local", "--port", "0"]
            size = ["--system", system, "--styles", str(styles), "--companies", "6"]
            process = _start(folder, name, [*argv, *size, "--build", str(folder / name)])
            wait_until(
                lambda: told.exists() or process.poll() is not None,
                timeout=240,
                what=f"the local cloud (see {folder}/{name}.log)",
            )
        if not told.exists():
            log = (folder / f"{name}.log").read_text().strip().split("\n")
            raise AssertionError("the local cloud did not start:\n" + "\n".join(log[-10:]))
        cloud: dict[str, Any] = json.loads(told.read_text())
        return cloud
