"""An uploaded file as sheets of cells, whatever kind of file it was; and what is wrong with files."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import Enum, auto
from itertools import islice
from typing import Literal, TypeAlias

from shared.problem import Problem
from shared.text.message import N_, Message

Kind = Literal["xlsx", "csv"]

MAX_ROWS = 5_000
MAX_SHEETS = 50
MAX_COLUMNS = 50
"""What stands beyond is not looked at."""
LAST_ROW = 20_000
"""The last row, as spreadsheet programs number them, that may have anything in it."""
HEADER_WITHIN = 20
"""Rows that are not empty, among which the header is looked for."""


class Special(Enum):
    """What stands in place of a value."""

    NO_RESULT = auto()  # a formula whose result is not stored


Cell: TypeAlias = "str | int | float | bool | date | time | timedelta | Special | None"


@dataclass(frozen=True)
class Note:
    """Something to be told, of a row or of the file; `code` is for programs."""

    code: str
    message: Message


@dataclass(frozen=True)
class Row:
    """A row; `number` counts from 1 as spreadsheet programs show it.

    `hidden` is one that they don't show, mostly by a filter. A value that is merged over
    several rows stands in each of them that has any cell of its own.
    """

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False

    def cell(self, column: int) -> Cell:
        """The cell of a column, from 0; None beyond the end."""
        return self.cells[column] if column < len(self.cells) else None

    @property
    def empty(self) -> bool:
        """Whether nothing is in it."""
        return all(is_empty(cell) for cell in self.cells)


@dataclass(frozen=True)
class Sheet:
    """All rows of a sheet that are not empty, the header's and those above it too.

    `name` is empty in a CSV file. `hidden` is one that spreadsheet programs don't show. One
    that is not `whole` has more than MAX_ROWS rows, with those where a header may be; those
    beyond are missing here.
    """

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False
    whole: bool = True


@dataclass(frozen=True)
class Spelling:
    """How a text of single bytes reads in an encoding: some of its words."""

    encoding: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The sheets that are not empty, in the file's order.

    `separator` is a CSV file's. `notes` tell what is not as people may think: sheets that
    were not read, rows that a filter hides. `spellings` are the ways to read the letters of a file
    that does not say it, first that in which they were read; empty where there is one only.
    """

    kind: Kind
    sheets: tuple[Sheet, ...]
    separator: str = ";"
    notes: tuple[Note, ...] = ()
    spellings: tuple[Spelling, ...] = ()


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

    def __init__(self, rows: int = MAX_ROWS) -> None:
        super().__init__(rows=rows)


class FarCellProblem(Problem):
    """A value that stands where nobody can mean it to be read."""

    status = 422
    code = "cell_too_far"
    text = N_(
        "Cell %(cell)s of this file is far away from the others, or below row %(row)s. "
        "Delete it, or copy the rows into a new file, and upload that."
    )


class LongFileProblem(Problem):
    """A CSV file with more lines than are looked at, most of them empty."""

    status = 422
    code = "file_too_long"
    text = N_("This file has %(lines)s lines; at most %(most)s can be read. Delete the empty ones.")


class HugeCellProblem(Problem):
    """More text in a cell than a spreadsheet program can have there."""

    status = 422
    code = "cell_too_large"
    text = N_(
        "Row %(row)s, column %(column)s of this file has a text of %(length)s characters; "
        "a cell has at most %(most)s. Nothing was taken."
    )


class MacrosProblem(Problem):
    """It has programs in it."""

    status = 422
    code = "file_has_macros"
    text = N_("This file has macros. Save it as .xlsx, without them, and upload it again.")


class BusyProblem(Problem):
    """As many files are being read as one instance reads at a time."""

    status = 503
    code = "reading_busy"
    text = N_("Other files are being read just now. Please try again in a moment.")
    retry_after = 2


class CompanyBusyProblem(Problem):
    """A file of the company's is being read."""

    status = 429
    code = "reading_company_busy"
    text = N_("Another file of your company is being read just now. Please try again in a moment.")
    retry_after = 2


class TooManyRowsProblem(Problem):
    """More rows than an upload may have."""

    status = 422
    code = "too_many_rows"
    text = N_("A file has at most %(most)s rows, this one has more. Split it.")

    def __init__(self, most: int = MAX_ROWS) -> None:
        super().__init__(most=most)


class NoHeaderProblem(Problem):
    """No row names a column that we know."""

    status = 422
    code = "no_header"
    text = N_("No row of this file names its columns. They are called: %(columns)s.")


class MissingColumnsProblem(Problem):
    """A column is neither there nor its value given for all rows."""

    status = 422
    code = "missing_columns"
    text = N_("These columns are missing from the file: %(columns)s.")


class RepeatedColumnProblem(Problem):
    """Two columns have names of the same meaning."""

    status = 422
    code = "repeated_column"
    text = N_("Several columns of this file are called %(column)s.")


def is_empty(cell: Cell) -> bool:
    """Whether a cell has nothing to say."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def top_of(rows: Iterable[Row]) -> list[Row]:
    """The rows among which the header is looked for."""
    return list(islice((row for row in rows if not row.empty), HEADER_WITHIN))


def sheet_of(
    name: str, rows: Iterable[Row], hidden: bool = False, most: int = MAX_ROWS + HEADER_WITHIN
) -> Sheet:
    """The sheet with those rows that are not empty, up to `most`."""
    found = tuple(islice((row for row in rows if not row.empty), most + 1))
    return Sheet(name, found[:most], hidden, whole=len(found) <= most)
