"""One thing to install, and what can't be installed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"


class MissingError(Exception):
    """Something that can't be had; the text is one line of what, what for, and how to get it."""


@dataclass(frozen=True)
class Step:
    """`says` is the line that a person reads before `run` is called, which may take minutes."""

    says: str
    run: Callable[[], None]


Steps: TypeAlias = list[Step] | Iterator[Step]
"""What is to be done, none where all is there; asking for them may raise MissingError."""
