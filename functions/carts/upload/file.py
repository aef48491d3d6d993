"""Files that people get: templates and refused rows."""

import base64
import csv
import math
import re
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any

from babel import Locale
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from functions.carts.upload.columns import COLUMNS, Header, title
from functions.carts.upload.plan import RowResult
from functions.carts.upload.rows import Source
from functions.carts.upload.schema import MEDIA_TYPES, SheetFile
from shared.assortment.model import Assortment
from shared.assortment.rules import is_open
from shared.company.model import Company
from shared.sheets.table import Cell, Kind, Special, Table
from shared.text.message import N_, Message
from shared.text.spreadsheet import cell_text

_REFUSED = N_("Refused rows")
_TEMPLATE = N_("Order template")
_DOORS = N_("Doors")
_WINDOWS = N_("Delivery windows")
_NUMBER = N_("Number")
_NAME = N_("Name")
_SHIPS_FROM = N_("Ships from")
_SHIPS_TO = N_("Ships to")
_WIDTH = 18  # characters
_NO_SHEET_NAME = re.compile(r"[\\*?:/\[\]]")


def refused_rows(table: Table, results: Iterable[RowResult], locale: Locale) -> SheetFile | None:
    """A file of the same kind with the refused rows as they were and the reasons beside them.

    Corrected, it can be uploaded again. None where nothing was refused.
    """
    refused: dict[Source, list[RowResult]] = {}
    for result in results:
        if result.outcome == "refused":
            refused.setdefault(result.entry.source, []).append(result)
    if not refused:
        return None
    name = _text_in(_REFUSED, locale)
    # A sheet's name may be that of the door of its rows.
    sheets = [
        (_NO_SHEET_NAME.sub(" ", source.sheet) or name, _refused_table(source.header, rows, locale))
        for source, rows in refused.items()
    ]
    if table.kind == "csv":
        return _file(name, "csv", _csv(sheets[0][1], table.separator))
    return _file(name, "xlsx", _xlsx(sheets))


def _refused_table(
    header: Header, results: list[RowResult], locale: Locale
) -> list[Sequence[Cell]]:
    """The header and each row once, whatever was refused of it."""
    by_row: dict[int, list[RowResult]] = {}
    for result in results:
        by_row.setdefault(result.entry.row.number, []).append(result)
    width = _width([header.row.cells, *(result.entry.row.cells for result in results)])
    column = width if header.reason is None else header.reason
    names = header.row.cells or _titles(header, width, locale)
    lines: list[Sequence[Cell]] = [_with(names, width, column, title("reason", locale))]
    for same in by_row.values():
        reasons = " ".join(_reasons(same, locale))
        lines.append(_with(same[0].entry.row.cells, width, column, reasons))
    return lines


def _titles(header: Header, width: int, locale: Locale) -> list[Cell]:
    """Names for the columns of a file that has none, so that it can be read when it comes back."""
    names: list[Cell] = [None] * width
    for column, places in header.places.items():
        for place in places:
            if place < width:
                names[place] = title(column, locale)
    return names


def _reasons(results: list[RowResult], locale: Locale) -> list[str]:
    """Why a row was refused; what several of its sizes have in common once."""
    found: list[str] = []
    for result in results:
        texts = [note.message.render(locale) for note in result.notes]
        found += [text for text in texts if text not in found] if found else texts
    return found


def template(
    kind: Kind, company: Company, assortment: Assortment, today: date, locale: Locale
) -> SheetFile:
    """An empty file with the columns; as XLSX, a second sheet says what doors and windows are."""
    name = _text_in(_TEMPLATE, locale)
    lines: list[Sequence[Cell]] = [[title(column, locale) for column in COLUMNS]]
    if kind == "csv":
        comma = locale.number_symbols["latn"]["decimal"] == ","
        return _file(name, "csv", _csv(lines, ";" if comma else ","))
    doors = [door for door in company.profile.doors.values() if not door.blocked]
    windows = [w for w in assortment.windows.values() if is_open(w, today)]
    told: list[Sequence[Cell]] = [[_text_in(_NUMBER, locale), _text_in(_NAME, locale)]]
    told += ((door.id, door.name) for door in sorted(doors, key=lambda door: door.id))
    offered: list[Sequence[Cell]] = [[_text_in(t, locale) for t in (_NAME, _SHIPS_FROM, _SHIPS_TO)]]
    offered += ((w.id, w.ship_from, w.ship_to) for w in sorted(windows, key=lambda w: w.ship_from))
    sheets = [
        (name, lines),
        (_text_in(_DOORS, locale), told),
        (_text_in(_WINDOWS, locale), offered),
    ]
    return _file(name, "xlsx", _xlsx(sheets))


def _text_in(text: str, locale: Locale) -> str:
    return Message(text).render(locale)


def _file(name: str, kind: Kind, content: bytes) -> SheetFile:
    return SheetFile(
        name=f"{name}.{kind}",
        media_type=MEDIA_TYPES[kind],
        content=base64.b64encode(content).decode(),
    )


def _with(cells: Sequence[Cell], width: int, column: int, text: str) -> list[Cell]:
    padded = [*cells[:width], *[None] * (max(width, column + 1) - len(cells[:width]))]
    padded[column] = text
    return padded


def _width(rows: Iterable[Sequence[Cell]]) -> int:
    """Columns up to the last that has anything."""
    return max(i + 1 for row in rows for i, cell in enumerate(row) if cell is not None)


def _csv(lines: Iterable[Sequence[Cell]], separator: str) -> bytes:
    """UTF-8 with its mark, without which Excel takes it for the code page of the country."""
    out = StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows([_safe(cell) for cell in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(sheets: Iterable[tuple[str, Iterable[Sequence[Cell]]]]) -> bytes:
    book = Workbook(write_only=True)
    for name, lines in sheets:
        sheet = book.create_sheet(name)
        for column in "ABCDEFGH":
            sheet.column_dimensions[column].width = _WIDTH
        for number, line in enumerate(lines):
            sheet.append([_xlsx_cell(sheet, cell, heading=number == 0) for cell in line])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _xlsx_cell(sheet: Any, cell: Cell, heading: bool) -> Any:
    safe: Any = _safe(cell)
    made = WriteOnlyCell(sheet, value=safe)
    if isinstance(safe, str):
        # Also "#N/A" and the like, and so that digits stay as they are.
        made.data_type = "s"
        made.number_format = "@"
    if heading:
        made.font = Font(bold=True)
    return made


def _safe(cell: Cell) -> Cell:
    """A cell that no spreadsheet program takes for a formula."""
    if isinstance(cell, Special):
        return None
    if isinstance(cell, float) and not math.isfinite(cell):
        return str(cell)
    return cell_text(cell) if isinstance(cell, str) else cell
