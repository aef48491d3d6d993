"""What a function installs: its part of uv.lock, the lock of all that the repository uses.

Each function is a member of uv's workspace: its pyproject.toml names what it imports, without
versions, and uv.lock (`make lock`) holds the versions, what those need, and every hash.
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)")


def canonical(name: str) -> str:
    """A package's name as PyPI compares names (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read_pins(text: str) -> dict[str, str]:
    """Package to version of the pins in a requirements file, by canonical name."""
    found = (_PIN.match(line) for line in text.splitlines())
    return {canonical(match[1]): match[2] for match in found if match}


def named(root: Path, function: str) -> list[str]:
    """The packages that a function's pyproject.toml names, as written there."""
    text = (root / "functions" / function / "pyproject.toml").read_text()
    found: list[str] = tomllib.loads(text)["project"]["dependencies"]
    return found


def export(root: Path, *selection: str) -> str:
    """The locked part of a selection (uv's options), as a requirements file with hashes.

    Nothing is resolved and no index is asked.
    """
    done = subprocess.run(  # noqa: S603 (our own arguments)
        [
            Path(sys.executable).with_name("uv"),
            *("export", "--project", root, "--frozen", "--quiet", "--no-config"),
            *("--no-emit-workspace", "--no-header", "--no-annotate", *selection),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def requirements(root: Path, function: str) -> str:
    """All that a function installs, as a requirements file with hashes."""
    return export(root, "--package", f"sellin-{function.replace('_', '-')}")
