"""Ends the local clouds that run on this machine: `python -m emulators.local.stop`."""

import signal
import sys
from pathlib import Path

from emulators.demo.systems import SYSTEMS
from emulators.local import locking
from emulators.local.plan import build_folder

_WAIT_SECONDS = 90.0


def main() -> int:
    """Answers 0 when nothing runs any more."""
    ended = [_ended(build_folder(system)) for system in SYSTEMS]
    if ended == [False] * len(ended):
        print("Sellin does not run")
    return 1 if None in ended else 0


def _ended(build: Path) -> bool | None:
    """Whether there was one to end; None where it does not end."""
    build.mkdir(parents=True, exist_ok=True)
    with (build / "local.lock").open("a+") as lock:
        if locking.acquired(lock):
            return False
        locking.signal_owner(lock, signal.SIGTERM)
        if locking.acquired(lock, _WAIT_SECONDS):
            print("Sellin has ended")
            return True
    print(f"Sellin has not ended in {_WAIT_SECONDS:.0f} s")
    return None


if __name__ == "__main__":
    sys.exit(main())
