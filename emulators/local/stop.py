"""Ends the local cloud that runs on this machine: `python -m emulators.local.stop`."""

import signal
import sys

from emulators.local import locking
from infra.setup.step import ROOT

_WAIT_SECONDS = 90.0


def main() -> int:
    """Answers 0 when nothing runs any more."""
    path = ROOT / "build" / "local.lock"
    path.parent.mkdir(exist_ok=True)
    with path.open("a+") as lock:
        if locking.acquired(lock):
            print("Sellin does not run")
            return 0
        locking.signal_owner(lock, signal.SIGTERM)
        if locking.acquired(lock, _WAIT_SECONDS):
            print("Sellin has ended")
            return 0
    print(f"Sellin has not ended in {_WAIT_SECONDS:.0f} s")
    return 1


if __name__ == "__main__":
    sys.exit(main())
