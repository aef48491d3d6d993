"""An order confirmation as XLSX: a sheet with its head, a sheet with its lines."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from functions.orders.documents.content import Confirmation, LineEntry
from shared.text.table_file import Value, put_value

_BOLD = Font(bold=True)
_WIDTHS = (10, 18, 16, 10, 30, 9, 20, 9, 10, 11, 14, 12, 12, 14, 10, 12, 36)


def write(told: Confirmation) -> bytes:
    """The workbook; numbers are numbers, so that one can go on calculating with them."""
    book = Workbook()
    book.properties.title = f"{told.title} {told.number}"
    book.properties.language = told.tag
    book.properties.created = told.placed_at.replace(tzinfo=None)
    book.remove(book.worksheets[0])
    _head(book.create_sheet(_sheet_name(told.title)), told)
    _lines(book.create_sheet(_sheet_name(told.words.ordered)), told)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _head(sheet: Worksheet, told: Confirmation) -> None:
    sheet.column_dimensions["A"].width = 26
    sheet.column_dimensions["B"].width = 46
    rows: list[list[Value]] = [[f"{told.title} {told.number}"]]
    for party in told.parties:
        rows.append([])
        rows.extend([None, line] for line in party.lines)
        rows[-len(party.lines)][0] = party.heading
    rows.append([])
    rows.extend([fact.label, fact.value] for fact in (*told.facts, *told.sums))
    rows.extend([None, note] for note in told.notes)
    for number, values in enumerate(rows, start=1):
        _put(sheet, number, values, bold=number == 1)


def _lines(sheet: Worksheet, told: Confirmation) -> None:
    sheet.freeze_panes = "A2"
    for index, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    _put(sheet, 1, told.words.columns, bold=True)
    rows = (row for colourway in told.colourways for row in colourway.rows)
    for number, row in enumerate(rows, start=2):
        _put(sheet, number, _values(row))


def _values(row: LineEntry) -> list[Value]:
    return [
        row.position,
        row.sku,
        row.gtin,
        row.style,
        row.style_name,
        row.colour,
        row.colour_name,
        row.size,
        row.quantity,
        row.confirmed,
        row.confirmed_on,
        row.unit_price.decimal,
        row.unit_price.per,
        row.amount.decimal,
        row.amount.currency,
        row.list_price.decimal if row.list_price else None,
        row.rejected or None,
        row.discounts or None,
    ]


def _put(sheet: Worksheet, row: int, values: Sequence[Value], *, bold: bool = False) -> None:
    for column, value in enumerate(values, start=1):
        if value is None:
            continue
        cell = sheet.cell(row, column)
        put_value(cell, value)
        if bold:
            cell.font = _BOLD


def _sheet_name(title: str) -> str:
    """At most 31 characters, without those that Excel refuses."""
    return "".join(" " if c in r"[]:*?/\'" else c for c in title)[:31].strip()
