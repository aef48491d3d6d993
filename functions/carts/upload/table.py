"""An uploaded file as rows of cells, whatever kind of file it was; and what is wrong with files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import Enum, auto
from itertools import islice
from typing import TypeAlias

from functions.carts.upload.schema import Kind
from shared.problem import Problem
from shared.text.message import N_

MAX_ROWS = 5_000
LAST_ROW = 1_048_576
"""As many rows as a sheet can have (ECMA-376, Excel's limits)."""
MAX_COLUMNS = 50
"""What stands beyond is not looked at."""
HEADER_WITHIN = 20
"""Rows that are not empty, among which the header is looked for."""


class Special(Enum):
    """What stands in place of a value."""

    NO_RESULT = auto()  # a formula whose result is not stored


Cell: TypeAlias = "str | int | float | bool | date | time | timedelta | Special | None"


@dataclass(frozen=True)
class Row:
    """A row; `number` counts from 1 as spreadsheet programs show it."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        """The cell of a column, from 0; None beyond the end."""
        return self.cells[column] if column < len(self.cells) else None

    @property
    def empty(self) -> bool:
        """Whether nothing is in it."""
        return all(is_empty(cell) for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """All rows that are not empty, the header's and those above it too.

    `separator` is a CSV file's.
    """

    kind: Kind
    rows: tuple[Row, ...]
    separator: str = ";"


class UnreadableFileProblem(Problem):
    """It is neither XLSX nor CSV."""

    status = 422
    code = "file_unreadable"
    text = N_("This file can't be read. Save it as XLSX or CSV and upload it again.")


class EmptyFileProblem(Problem):
    """No row, or none below the header."""

    status = 422
    code = "file_empty"
    text = N_("This file has no rows to take.")


class EncryptedFileProblem(Problem):
    """It needs a password."""

    status = 422
    code = "file_encrypted"
    text = N_("This file is protected by a password. Save it without one and upload it again.")


class OldFormatProblem(Problem):
    """Excel's binary format of before 2007."""

    status = 422
    code = "file_format_old"
    text = N_("This is Excel's old format (.xls). Save it as .xlsx and upload it again.")


class OverlargeFileProblem(Problem):
    """What is packed in it is out of proportion to its rows."""

    status = 422
    code = "file_overlarge"
    text = N_(
        "This file holds far more than %(rows)s rows need. "
        "Copy the rows into a new file and upload that."
    )

    def __init__(self) -> None:
        super().__init__(rows=MAX_ROWS)


class TooManyRowsProblem(Problem):
    """More rows than an upload may have."""

    status = 422
    code = "too_many_rows"
    text = N_("A file has at most %(most)s rows, this one has more. Split it.")

    def __init__(self) -> None:
        super().__init__(most=MAX_ROWS)


def is_empty(cell: Cell) -> bool:
    """Whether a cell has nothing to say."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def top_of(rows: Iterable[Row]) -> list[Row]:
    """The rows among which the header is looked for."""
    return list(islice((row for row in rows if not row.empty), HEADER_WITHIN))


def all_of(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Every row that is not empty.

    Raises:
        TooManyRowsProblem: more than can be rows of an upload, its header and what is above.
    """
    return tuple(_limited(row for row in rows if not row.empty))


def _limited(rows: Iterable[Row]) -> Iterator[Row]:
    for count, row in enumerate(rows, start=1):
        if count > MAX_ROWS + HEADER_WITHIN:
            raise TooManyRowsProblem
        yield row
