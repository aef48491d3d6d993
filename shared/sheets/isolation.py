"""Reading a file in a process of its own, so that no file holds up the answers of others."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import structlog
from babel import Locale

from shared.sheets import child
from shared.sheets.csv_reader import Hints
from shared.sheets.reading import needs_names
from shared.sheets.table import (
    BusyProblem,
    CompanyBusyProblem,
    OverlargeFileProblem,
    Table,
)
from shared.sheets.wire import table_from_json

AT_ONCE = 2
"""Files that an instance reads at a time, each of another company; its other requests have the
other threads."""
_SECONDS = 30
"""Until it is given up, whatever it waits for."""
_ROOT = Path(__file__).parents[2]

_reading: set[str] = set()
_lock = Lock()


def read_apart(content: bytes, locale: Locale, hints: Hints, company: str) -> Table:
    """The sheets of the file that `content` is, which somebody of `company` sent.

    Raises:
        CompanyBusyProblem, BusyProblem: others are being read; nobody waits here, as that would
            take a thread.
        OverlargeFileProblem: it took more time or memory than a file may.
        Those of `reading`.
    """
    with _place(company):
        # The names are read from the database, which the other process can't do.
        names = [] if hints.encoding or not needs_names(content) else [*hints.names()]
        asked = {
            "locale": str(locale),
            "encoding": hints.encoding,
            "names": names,
            "titles": sorted(hints.titles),
        }
        return table_from_json(_ask_reader(json.dumps(asked).encode() + b"\n" + content))


@contextmanager
def _place(company: str) -> Iterator[None]:
    """One of the places where files are read; a company has one, so that it can't have all."""
    with _lock:
        if company in _reading:
            raise CompanyBusyProblem
        if len(_reading) >= AT_ONCE:
            raise BusyProblem
        _reading.add(company)
    try:
        yield
    finally:
        with _lock:
            _reading.remove(company)


def _ask_reader(request: bytes) -> dict[str, Any]:
    command = [sys.executable, "-m", child.__name__]
    try:
        # The command is ours; only what it reads is not.
        done = subprocess.run(  # noqa: S603
            command, input=request, capture_output=True, cwd=_ROOT, timeout=_SECONDS, check=True
        )
    except subprocess.SubprocessError as error:
        structlog.get_logger().warning("upload_not_read", error=repr(error), size=len(request))
        raise OverlargeFileProblem from error
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
