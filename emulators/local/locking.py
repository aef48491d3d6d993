"""The lock of a build folder: held by the launcher and every part of its local cloud."""

import contextlib
import fcntl
import os
import time
from typing import TextIO

_POLL_SECONDS = 0.1


def acquired(lock: TextIO, patience: float = 0.0) -> bool:
    """Whether the lock became ours within so many seconds."""
    deadline = time.monotonic() + patience
    while True:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        if time.monotonic() >= deadline:
            return False
        time.sleep(_POLL_SECONDS)


def sign(lock: TextIO) -> None:
    """Says that the lock is this process's."""
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()


def owner_lives(lock: TextIO) -> bool:
    """Whether the launcher that signed the lock lives."""
    return signal_owner(lock, 0)


def signal_owner(lock: TextIO, number: int) -> bool:
    """Signals the launcher that signed the lock; False where it has ended."""
    lock.seek(0)
    try:
        os.kill(int(lock.read()), number)
    except (ProcessLookupError, ValueError):
        return False
    return True
