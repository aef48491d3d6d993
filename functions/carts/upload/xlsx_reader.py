"""XLSX, read row by row as openpyxl streams it."""

from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from typing import Any

from babel import Locale
from openpyxl import load_workbook

from functions.carts.upload.archive import check_archive
from functions.carts.upload.columns import find_header
from functions.carts.upload.table import (
    LAST_ROW,
    MAX_COLUMNS,
    Cell,
    EmptyFileProblem,
    EncryptedFileProblem,
    OldFormatProblem,
    OverlargeFileProblem,
    Row,
    Special,
    Table,
    UnreadableFileProblem,
    all_of,
)
from shared.problem import Problem

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB], 2.2
_SHEETS = 10  # among which the one with a header is looked for
_MAX_TEXT = 8_000_000  # characters; a text of a few bytes may stand in any number of cells
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO], 1.3.3


def is_xlsx(content: bytes) -> bool:
    """Whether the file is an archive, or one of Excel's that we can say more of than that."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06", _COMPOUND))


def read_xlsx(content: bytes, locale: Locale) -> Table:
    """The rows of the first sheet that has a header, else of the first one.

    Raises:
        EncryptedFileProblem, OldFormatProblem, OverlargeFileProblem, UnreadableFileProblem,
        EmptyFileProblem, TooManyRowsProblem: it can't be taken.
    """
    if content.startswith(_COMPOUND):
        raise EncryptedFileProblem if _ENCRYPTED_STREAM in content else OldFormatProblem
    try:
        has_formulas = check_archive(content)
        return Table("xlsx", _rows(content, locale, has_formulas))
    except Problem:
        raise
    except Exception as error:  # a broken file makes openpyxl fail with almost anything
        raise UnreadableFileProblem from error


def _rows(content: bytes, locale: Locale, has_formulas: bool) -> tuple[Row, ...]:
    with closing(load_workbook(BytesIO(content), read_only=True, data_only=True)) as book:
        if not book.worksheets:
            raise EmptyFileProblem
        sheets = book.worksheets[:_SHEETS]
        index = next((i for i, sheet in enumerate(sheets) if _has_header(sheet, locale)), 0)
        rows = all_of(_stream(sheets[index]))
    return _with_formulas(content, index, rows) if has_formulas else rows


def _has_header(sheet: Any, locale: Locale) -> bool:
    header = find_header(_stream(sheet), locale)
    return header is not None and {"article", "quantity"} <= header.places.keys()


def _with_formulas(content: bytes, index: int, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows, in which formulas without a stored result are told from empty cells."""
    values = {row.number: row.cells for row in rows}
    nothing = (None,) * MAX_COLUMNS
    with closing(load_workbook(BytesIO(content), read_only=True)) as book:
        return tuple(
            Row(row.number, tuple(map(_marked, values.get(row.number, nothing), row.cells)))
            for row in all_of(_stream(book.worksheets[index]))
        )


def _marked(value: Cell, formula: Cell) -> Cell:
    return Special.NO_RESULT if value is None and formula is not None else value


def _stream(sheet: Any) -> Iterator[Row]:
    # What the file says of its size may be wrong.
    sheet.reset_dimensions()
    left = _MAX_TEXT
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), 1):
        if number > LAST_ROW:
            return
        left -= sum(len(cell) for cell in cells if isinstance(cell, str))
        if left < 0:
            raise OverlargeFileProblem
        if cells.count(None) < MAX_COLUMNS:
            yield Row(number, cells)
