"""Python's virtual environment in .venv, with requirements.txt installed."""

import hashlib
import importlib.util
import subprocess
import sys
from collections.abc import Iterator

from infra.setup import debian
from infra.setup.step import ROOT, VENV, Step

_REQUIREMENTS = ROOT / "requirements.txt"
_STAMP = VENV / ".ready"
PYTHON = VENV / "bin" / "python"


def steps() -> Iterator[Step]:
    """Raises MissingError where Python is without its venv module."""
    if not PYTHON.exists():
        if importlib.util.find_spec("ensurepip") is None:
            package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
            missing = f"Python's venv module is missing: apt-get install {package}"
            yield from debian.steps(package, missing)
        yield Step("Making .venv", _make)
    if not _STAMP.exists() or _STAMP.read_text() != _wanted():
        yield Step("Installing requirements.txt into .venv", _install)


def pip_install(*arguments: str) -> None:
    """Installs into .venv. Raises CalledProcessError."""
    quiet = ["--quiet", "--disable-pip-version-check"]
    subprocess.run([PYTHON, "-m", "pip", "install", *quiet, *arguments], check=True)


def _wanted() -> str:
    return hashlib.sha256(_REQUIREMENTS.read_bytes()).hexdigest()


def _make() -> None:
    # In a process of its own: ensurepip may have come only now.
    subprocess.run([sys.executable, "-m", "venv", VENV], check=True)


def _install() -> None:
    pip_install("-r", str(_REQUIREMENTS))
    _STAMP.write_text(_wanted())
