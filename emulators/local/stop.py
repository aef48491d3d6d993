"""Ends the local cloud that runs on this machine: `python -m emulators.local.stop`."""

import fcntl
import os
import signal
import sys
import time
from pathlib import Path

from emulators.local.plan import ROOT

_WAIT_SECONDS = 60.0


def _ended(build_lock: Path) -> bool:
    """Whether nobody holds the lock that a local cloud holds while it runs."""
    with build_lock.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def main() -> int:
    """Answers 0 when nothing runs any more."""
    lock = ROOT / "build" / "local.lock"
    if not lock.exists() or _ended(lock):
        print("Sellin does not run")
        return 0
    os.kill(int(lock.read_text()), signal.SIGTERM)
    deadline = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < deadline:
        if _ended(lock):
            print("Sellin has ended")
            return 0
        time.sleep(0.1)
    print(f"Sellin has not ended in {_WAIT_SECONDS:.0f} s")
    return 1


if __name__ == "__main__":
    sys.exit(main())
