"""Which functions a push touches, in a repository of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.infra.sources import append, copy_sources


def _git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@sellin.example"]
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


def _changed(root: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "infra.package_changes", "HEAD"],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.split()


@pytest.fixture
def committed(tmp_path: Path) -> Path:
    root = copy_sources(tmp_path)
    _git(root, "init", "--quiet")
    _git(root, "add", ".")
    _git(root, "commit", "--quiet", "--message", "Before")
    return root


def test_a_push_changes_the_functions_that_it_reaches(committed: Path) -> None:
    assert _changed(committed) == []
    append(committed, "functions/carts/view.py", "# changed\n")
    assert _changed(committed) == ["carts"]
    append(committed, "shared/queue.py", "# changed\n")
    assert _changed(committed) == ["carts", "orders", "reconcile"]


def test_a_new_function_is_changed(committed: Path) -> None:
    new = committed / "functions" / "notes"
    new.mkdir()
    (new / "__init__.py").touch()
    (new / "main.py").write_text("def main(): ...\n")
    (new / "requirements.txt").touch()
    assert _changed(committed) == ["notes"]
