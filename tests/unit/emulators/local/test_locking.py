"""Who holds the lock of a build folder: a launcher that lives, or parts that one left behind."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from emulators.local import locking

_LAUNCHER = """
import subprocess, sys
from emulators.local import locking
with open(sys.argv[1], "a+") as lock:
    assert locking.acquired(lock)
    locking.sign(lock)
    part = ["-c", "print('ready', flush=True); input()"]
    subprocess.run([sys.executable, *part], pass_fds=[lock.fileno()])
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lock"


@pytest.fixture
def launcher(path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Holds the lock, as does the part that it has started; the part ends with its input."""
    argv = [sys.executable, "-c", _LAUNCHER, str(path)]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        yield process
        process.kill()


def test_a_launcher_that_lives_is_told_from_what_it_left_behind(
    launcher: subprocess.Popen[bytes], path: Path
) -> None:
    with path.open("a+") as lock:
        assert not locking.acquired(lock)
        assert locking.owner_lives(lock)
        launcher.kill()
        launcher.wait()
        assert not locking.acquired(lock)
        assert not locking.owner_lives(lock)
        assert launcher.stdin
        launcher.stdin.close()
        assert locking.acquired(lock, patience=30)


def test_the_launcher_is_signalled(launcher: subprocess.Popen[bytes], path: Path) -> None:
    with path.open("a+") as lock:
        assert locking.signal_owner(lock, signal.SIGKILL)
    assert launcher.wait() == -signal.SIGKILL
