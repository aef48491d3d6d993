"""The Firestore emulator with a memory, which it has not by itself.

    python -m emulators.local.firestore --port N --state FOLDER --project ID

It begins with the newest snapshot in FOLDER. One is taken every quarter of a minute, and one
when the process is told to end, as also happens when the launcher is killed: then nothing is
lost. When the emulator itself is killed, or the machine ends, what was written after the last
snapshot is lost. A snapshot is the emulator's own export, a folder named by its UTC time.
"""

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from emulators.local import sdk
from emulators.local.process import end_with_parent

_NAME = "kept"
_TIME = "%Y-%m-%dT%H-%M-%S.%f"
_EXPORT_SECONDS = 120
_PAUSE_SECONDS = 15.0
# An export reads the whole database: it may take a twentieth of the emulator's time.
_PAUSE_PER_EXPORT = 20
# As long as the demo data arrives there is nothing to go on with.
_LOADING_SECONDS = 60.0
_POLL_SECONDS = 0.2


def newest(state: Path) -> Path | None:
    """The last snapshot in the folder, None without one."""
    return max(state.glob("2*"), default=None)


def taken_at(snapshot: Path) -> datetime:
    """When that was (UTC)."""
    return datetime.strptime(snapshot.name, _TIME).replace(tzinfo=UTC)


def save(port: int, project: str, state: Path) -> None:
    """Takes a snapshot of the running emulator, whole or not at all, and forgets earlier ones.

    Raises OSError where the emulator does not answer.
    """
    state.mkdir(parents=True, exist_ok=True)
    name = datetime.now(UTC).strftime(_TIME)
    making = Path(tempfile.mkdtemp(prefix=".making-", dir=state))
    request = urllib.request.Request(
        f"http://{sdk.HOST}:{port}/emulator/v1/projects/{project}:export",
        data=json.dumps(
            {
                "database": f"projects/{project}/databases/(default)",
                "export_directory": str(making),
                "export_name": _NAME,
            }
        ).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        urllib.request.urlopen(request, timeout=_EXPORT_SECONDS).close()
    except OSError:
        shutil.rmtree(making, ignore_errors=True)
        raise
    making.rename(state / name)
    for earlier in sorted(state.glob("2*"))[:-1]:
        shutil.rmtree(earlier, ignore_errors=True)


def _forget_halves(state: Path) -> None:
    """Removes what a process that was killed left of a snapshot."""
    for half in state.glob(".making-*"):
        shutil.rmtree(half, ignore_errors=True)


def _command(port: int, state: Path) -> list[str]:
    snapshot = newest(state)
    seed = snapshot / _NAME / f"{_NAME}.overall_export_metadata" if snapshot else None
    return sdk.firestore_command(port, seed)


def _run(port: int, project: str, state: Path) -> int:
    """Until told to end (0) or the emulator ends by itself (its exit code)."""
    told_to_end = threading.Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        told_to_end.set()

    _forget_halves(state)
    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)
    # In a session of its own, or it would end with us before it is asked for the last export.
    emulator = subprocess.Popen(
        _command(port, state),
        start_new_session=True,
        preexec_fn=end_with_parent,  # noqa: PLW1509 (there is one thread)
    )
    due = time.monotonic() + (_PAUSE_SECONDS if newest(state) else _LOADING_SECONDS)
    while emulator.poll() is None and not told_to_end.wait(_POLL_SECONDS):
        if time.monotonic() >= due:
            began = time.monotonic()
            # It may just have ended.
            with contextlib.suppress(OSError):
                save(port, project, state)
            spent = time.monotonic() - began
            due = time.monotonic() + max(_PAUSE_SECONDS, _PAUSE_PER_EXPORT * spent)
    code = emulator.poll()
    if code is not None:
        return abs(code)
    with contextlib.suppress(OSError):
        save(port, project, state)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(emulator.pid, signal.SIGKILL)
    emulator.wait()
    return 0


def main() -> int:
    """Parses the command line and runs the emulator."""
    parser = argparse.ArgumentParser(prog="python -m emulators.local.firestore")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--project", required=True)
    options = parser.parse_args()
    return _run(options.port, options.project, options.state)


if __name__ == "__main__":
    sys.exit(main())
