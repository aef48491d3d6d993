"""Ends the local clouds that run on this machine: `python -m emulators.local.stop [--system s4_na]`."""

import argparse
import signal
import sys

from emulators.demo.systems import SYSTEMS
from emulators.local import locking
from emulators.local.plan import build_folder

_WAIT_SECONDS = 90.0


def main() -> int:
    """Answers 0 when nothing runs any more; of the named system, else of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--system", choices=SYSTEMS, action="append", help="else all")
    systems = parser.parse_args().system or list(SYSTEMS)
    ended = [_ended(system) for system in systems]
    if ended == [False] * len(ended):
        print("Sellin does not run")
    return 1 if None in ended else 0


def _ended(system: str) -> bool | None:
    """Whether there was one to end; None where it does not end."""
    build = build_folder(system)
    build.mkdir(parents=True, exist_ok=True)
    with (build / "local.lock").open("a+") as lock:
        if locking.acquired(lock):
            return False
        locking.signal_owner(lock, signal.SIGTERM)
        if locking.acquired(lock, _WAIT_SECONDS):
            print(f"Sellin has ended ({system})")
            return True
    print(f"Sellin has not ended in {_WAIT_SECONDS:.0f} s ({system})")
    return None


if __name__ == "__main__":
    sys.exit(main())
