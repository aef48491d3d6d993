"""Spreadsheet files as people upload them."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook, load_workbook

from functions.carts.upload.schema import CSV, XLSX

MEDIA_TYPES = {"xlsx": XLSX, "csv": CSV}

HEADER = ("Article", "Door", "Delivery window", "Quantity")


def xlsx(rows: Iterable[Sequence[Any]], *before: str) -> bytes:
    """An XLSX file with one sheet; `before` are empty sheets in front of it."""
    book = Workbook()
    for name in before:
        book.create_sheet(name, 0)
    sheet = book.worksheets[-1]
    for row in rows:
        sheet.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def as_csv(rows: Iterable[Sequence[Any]], separator: str = ";", encoding: str = "utf-8") -> bytes:
    """A CSV file."""
    out = StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode(encoding)


def rows_of(content: bytes) -> list[list[Any]]:
    """What an XLSX file has in its first sheet."""
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def xlsx_sheets(sheets: Mapping[str, Iterable[Sequence[Any]]]) -> bytes:
    """An XLSX file with a sheet for each name."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()
