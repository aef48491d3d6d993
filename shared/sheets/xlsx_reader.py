"""Workbooks of Excel, read by calamine, which takes what Excel takes.

Only the process of `child` imports this: what a file makes calamine do ends there.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from io import BytesIO
from itertools import chain, repeat
from typing import TypeAlias

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from shared.problem import Problem
from shared.sheets.archive import Marks, Place, check_archive
from shared.sheets.table import (
    MAX_COLUMNS,
    MAX_SHEETS,
    Cell,
    EncryptedFileProblem,
    Note,
    OldFormatProblem,
    OverlargeFileProblem,
    Row,
    Sheet,
    Special,
    Table,
    UnreadableFileProblem,
    sheet_of,
)
from shared.text.message import N_, Message, Parameter

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB], 2.2
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO], 1.3.3
_MAX_TEXT = 8_000_000  # characters; a text of a few bytes may stand in any number of cells
_MAX_MERGED = 100_000  # cells that get a value from a merged one
_DIGITS = 15  # as many as Excel calculates with and shows
_ROWS_NAMED = 10

_HIDDEN_ROWS = N_("Hidden rows of the sheet %(sheet)s were read, too: %(rows)s.")
_TOO_MANY_SHEETS = N_("Only the first %(most)s sheets of this file were read, not %(sheets)s.")


@dataclass
class _Left:
    """What the workbook may still have, counted down over all of its sheets."""

    text: int = _MAX_TEXT
    merged: int = _MAX_MERGED


_Value: TypeAlias = "str | int | float | bool | date | time | timedelta"
_Merged: TypeAlias = "dict[int, dict[int, Place]]"


def read_xlsx(content: bytes) -> Table:
    """The sheets that have anything, hidden ones too.

    Raises:
        EncryptedFileProblem, OldFormatProblem, OverlargeFileProblem, UnreadableFileProblem,
        FarCellProblem, MacrosProblem: it can't be taken.
    """
    if content.startswith(_COMPOUND):
        raise EncryptedFileProblem if _ENCRYPTED_STREAM in content else OldFormatProblem
    try:
        contents = check_archive(content)
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        found = [m for m in book.sheets_metadata if m.typ is SheetTypeEnum.WorkSheet]
        sheets = tuple(_sheets(book, found[:MAX_SHEETS], contents.marks))
    except Problem:
        raise
    except PasswordError as error:
        raise EncryptedFileProblem from error
    except Exception as error:  # a broken file makes readers fail with almost anything
        raise UnreadableFileProblem from error
    notes = [*contents.notes, *(note for sheet in sheets if (note := _hidden_rows(sheet)))]
    if unread := [sheet.name for sheet in found[MAX_SHEETS:]]:
        told: dict[str, Parameter] = {"most": MAX_SHEETS, "sheets": unread[:_ROWS_NAMED]}
        notes.append(Note("sheets_not_read", Message(_TOO_MANY_SHEETS, told)))
    return Table("xlsx", sheets, notes=tuple(notes))


def _sheets(
    book: CalamineWorkbook, found: list[SheetMetadata], marks: Mapping[str, Marks]
) -> Iterator[Sheet]:
    left = _Left()
    for one in found:
        hidden = one.visible is not SheetVisibleEnum.Visible
        rows = _rows(book.get_sheet_by_name(one.name), marks.get(one.name, Marks()), left)
        sheet = sheet_of(one.name, rows, hidden)
        left.text -= sum(len(c) for row in sheet.rows for c in row.cells if isinstance(c, str))
        if left.text < 0:
            raise OverlargeFileProblem
        if sheet.rows:
            yield sheet


def _rows(sheet: CalamineSheet, marks: Marks, left: _Left) -> Iterator[Row]:
    """The rows that have a value, and what is merged with it."""
    told = _special_cells(marks)
    merged = _merged_cells(sheet, left)
    first = sheet.start[1] if sheet.start else 0
    homes: dict[Place, Cell] = {}
    last = max([*told, sheet.end[0] + 1 if sheet.end else 0])
    for number, found in zip(
        range(1, last + 1), chain(sheet.iter_rows(), repeat([])), strict=False
    ):
        if number not in told and not any(value != "" for value in found):
            continue
        cells: list[Cell] = [None] * MAX_COLUMNS
        for column, value in enumerate(found[: max(MAX_COLUMNS - first, 0)], first):
            cells[column] = _cell(value)
        for column, cell in told.get(number, {}).items():
            cells[column] = cells[column] if cells[column] is not None else cell
        if cells.count(None) < MAX_COLUMNS:
            _fill(cells, number, merged.get(number, {}), homes)
        yield Row(number, _trim(cells), number in marks.hidden)


def _special_cells(marks: Marks) -> dict[int, dict[int, Cell]]:
    """What calamine answers as nothing, by row and column."""
    told: dict[int, dict[int, Cell]] = defaultdict(dict)
    for row, column in marks.without_result:
        told[row][column] = Special.NO_RESULT
    for (row, column), error in marks.errors.items():
        told[row][column] = error
    return told


def _fill(
    cells: list[Cell], number: int, merged: dict[int, Place], homes: dict[Place, Cell]
) -> None:
    for column, home in merged.items():
        if home[0] == number:
            homes[home] = cells[column]
        elif cells[column] is None:
            cells[column] = homes.get(home)


def _trim(cells: list[Cell]) -> tuple[Cell, ...]:
    """Up to the last cell that has anything."""
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)


def _merged_cells(sheet: CalamineSheet, left: _Left) -> _Merged:
    """By row and column, where the cell is whose value counts there as well.

    Only down: a heading over several columns is one heading.
    """
    found: _Merged = {}
    end = (sheet.end or (0, 0))[0]
    for (top, column), (bottom, _) in sheet.merged_cell_ranges or ():
        rows = range(top, min(bottom, end) + 1)
        left.merged -= len(rows)
        if left.merged < 0:
            raise OverlargeFileProblem
        if column < MAX_COLUMNS:
            for row in rows:
                found.setdefault(row + 1, {})[column] = (top + 1, column)
    return found


def _cell(value: _Value) -> Cell:
    """A value as Excel shows it: of 15 digits, and whole where it is."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, float) and math.isfinite(value):
        shown = float(f"{value:.{_DIGITS}g}")
        return int(shown) if shown.is_integer() else shown
    return value


def _hidden_rows(sheet: Sheet) -> Note | None:
    numbers = [row.number for row in sheet.rows if row.hidden]
    if not numbers:
        return None
    rows = [str(number) for number in numbers[:_ROWS_NAMED]]
    rows += ["…"] if len(numbers) > _ROWS_NAMED else []
    return Note("hidden_rows", Message(_HIDDEN_ROWS, {"sheet": sheet.name, "rows": rows}))
