"""A table as a file that a spreadsheet opens: CSV or XLSX, no cell of which is a formula."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from babel import Locale
from babel.numbers import get_decimal_symbol

from shared.text.spreadsheet import cell_text

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXTENSIONS = {CSV: "csv", XLSX: "xlsx"}

Value = str | int | Decimal | date | datetime | None
"""A cell; times have no zone, as spreadsheets know none."""

_BOM = "\ufeff"
_WIDTH = 24


def write_table(
    media_type: str,
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Value]],
    locale: Locale,
) -> bytes:
    """A file of one of `EXTENSIONS`."""
    if media_type == XLSX:
        return _write_xlsx(title, columns, rows)
    return write_csv(columns, rows, locale)


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Value]], locale: Locale) -> bytes:
    """UTF-8 with a mark, by which spreadsheets know it; separators are those of the locale."""
    decimal = get_decimal_symbol(locale)
    buffer = StringIO(newline="")
    lines = csv.writer(buffer, delimiter=";" if decimal == "," else ",", lineterminator="\r\n")
    lines.writerow([cell_text(column) for column in columns])
    lines.writerows([_csv_cell(value, decimal) for value in row] for row in rows)
    return (_BOM + buffer.getvalue()).encode()


def _csv_cell(value: Value, decimal: str) -> str:
    match value:
        case None:
            return ""
        case str():
            return cell_text(value)
        case datetime():
            return value.isoformat(" ")
        case date():
            return value.isoformat()
        case _:
            return str(value).replace(".", decimal)


def put_value(cell: Any, value: Value) -> None:
    """Gives a cell of openpyxl the value; a text stays one, whatever it looks like."""
    cell.value = cell_text(value) if isinstance(value, str) else value
    if isinstance(value, str):
        # Else "#N/A" would be an error.
        cell.data_type = "s"


def _write_xlsx(title: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    # Would be a good part of every cold start.
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, row in enumerate([columns, *rows], start=1):
        for column, value in enumerate(row, start=1):
            put_value(sheet.cell(number, column), value)
    for column in range(1, len(columns) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTH
        sheet.cell(1, column).font = Font(bold=True)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
