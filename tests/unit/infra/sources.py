"""Copies of what the packager reads, to be changed."""

import shutil
from pathlib import Path

from infra.package_contents import LOCK, ROOT


def copy_sources(target: Path, source: Path = ROOT) -> Path:
    """What the packager reads, at another path."""
    for folder in ("functions", "shared", "infra"):
        shutil.copytree(
            source / folder, target / folder, ignore=shutil.ignore_patterns("__pycache__", "*.mo")
        )
    for name in ("pyproject.toml", LOCK):
        shutil.copy(source / name, target / name)
    return target


def append(root: Path, path: str, text: str) -> None:
    """Write `text` at the end of a file, which need not exist."""
    with (root / path).open("a", encoding="utf-8") as file:
        file.write(text)
