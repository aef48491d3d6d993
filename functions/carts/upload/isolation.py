"""Reading a workbook in a process of its own, so that no file holds up the answers of others."""

import json
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import structlog

from functions.carts.upload import child, table
from functions.carts.upload.table import (
    BusyProblem,
    Cell,
    Note,
    OverlargeFileProblem,
    Row,
    Sheet,
    Special,
    Table,
)
from shared.problem import Problem
from shared.text.message import Message

AT_ONCE = 2
"""Files that an instance reads at a time; its other requests have the other threads."""
_SECONDS = 30
"""Until it is given up, whatever it waits for."""
_ROOT = Path(__file__).parents[3]

_free = BoundedSemaphore(AT_ONCE)


def read_apart(content: bytes) -> Table:
    """The workbook that `content` is.

    Raises:
        BusyProblem: others are being read; nobody waits here, as that would take a thread.
        OverlargeFileProblem: it took more time or memory than a file may.
        Those of `xlsx_reader`.
    """
    if not _free.acquire(blocking=False):
        raise BusyProblem
    try:
        told = _asked(content)
    finally:
        _free.release()
    if problem := told.get("problem"):
        kind: type[Problem] = getattr(table, problem)
        raise kind(**told["parameters"])
    sheets = tuple(_sheet(sheet) for sheet in told["sheets"])
    return Table("xlsx", sheets, notes=tuple(_note(note) for note in told["notes"]))


def _asked(content: bytes) -> dict[str, Any]:
    command = [sys.executable, "-m", child.__name__]
    try:
        # The command is ours; only what it reads is not.
        done = subprocess.run(  # noqa: S603
            command, input=content, capture_output=True, cwd=_ROOT, timeout=_SECONDS, check=True
        )
    except subprocess.SubprocessError as error:
        structlog.get_logger().warning("upload_not_read", error=repr(error), size=len(content))
        raise OverlargeFileProblem from error
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _sheet(told: dict[str, Any]) -> Sheet:
    rows = (Row(number, tuple(map(_cell, cells)), hidden) for number, hidden, cells in told["rows"])
    return Sheet(told["name"], tuple(rows), told["hidden"], told["whole"])


def _note(told: dict[str, Any]) -> Note:
    text = told["text"]
    message = Message(tuple(text) if isinstance(text, list) else text, told["parameters"])
    return Note(told["code"], message)


def _cell(told: Any) -> Cell:
    match told:
        case {"special": str(name)}:
            return Special[name]
        case {"datetime": str(text)}:
            return datetime.fromisoformat(text)
        case {"date": str(text)}:
            return date.fromisoformat(text)
        case {"time": str(text)}:
            return time.fromisoformat(text)
        case {"seconds": int() | float() as seconds}:
            return timedelta(seconds=seconds)
        case str() | int() | float() | bool() | None:
            return told
        case _:
            raise TypeError(told)
