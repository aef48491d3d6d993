"""Runs a command for as long as another process lives.

`python -m emulators.local.guard PID -- command …` ends the command when PID is gone
(however it ended) or when the guard is told to end, so that no emulator outlives the
test run that wanted it.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from types import FrameType

_GRACE_SECONDS = 20.0
_POLL_SECONDS = 0.3


def command(argv: list[str], owner: int) -> list[str]:
    """The command line that runs argv under a guard bound to the process `owner`."""
    return [sys.executable, "-m", "emulators.local.guard", str(owner), "--", *argv]


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _signal_group(child: subprocess.Popen[bytes], number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, number)


def main(argv: list[str]) -> int:
    """Runs the command; answers its exit code, or 0 when the guard ended it."""
    owner, told_to_end = int(argv[0]), False

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        nonlocal told_to_end
        told_to_end = True

    # Ctrl-C reaches the whole terminal; only the owner decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, on_signal)
    child = subprocess.Popen(argv[2:], start_new_session=True, stdin=subprocess.DEVNULL)
    while child.poll() is None and not told_to_end and _alive(owner):
        time.sleep(_POLL_SECONDS)
    ended_by_itself = child.poll()
    _signal_group(child, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(_GRACE_SECONDS)
    _signal_group(child, signal.SIGKILL)
    return 0 if ended_by_itself is None else abs(ended_by_itself)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
