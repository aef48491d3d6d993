"""CSV as spreadsheet programs write it: in several encodings, with several separators.

What it costs is bounded by the size of a request's body and by LAST_ROW, which is counted
before any line is taken apart.
"""

import codecs
import csv
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO
from statistics import mode

from babel import Locale

from shared.problem import Problem
from shared.sheets.archive import letters
from shared.sheets.code_page import PAGES, code_page_of, spellings_of
from shared.sheets.table import (
    LAST_ROW,
    MAX_COLUMNS,
    HugeCellProblem,
    LongFileProblem,
    Note,
    Row,
    Table,
    UnreadableFileProblem,
    sheet_of,
    top_of,
)
from shared.sheets.titles import fold_title
from shared.text.message import N_

SEPARATORS = (";", ",", "\t", "|")
MAX_CELL = 32_767
"""Characters of a cell (ECMA-376, Excel's limits)."""
_NO_TEXT = re.compile(r"[^\t\n\r -~\x80-\U0010FFFF]")
# Excel's own hint, which it does not show as a row.
_HINT = re.compile(r"sep=([^\"\r\n])\r?\n", re.IGNORECASE)
_LINE_ENDS = re.compile(r"\r\n|\r|\n")

csv.field_size_limit(1 << 30)  # cells that are too large are told with their place


class BrokenQuotesProblem(Problem):
    """A quotation mark that is not closed, or one within a quoted text that is not doubled."""

    status = 422
    code = "file_quotes_broken"
    text = N_("The quotation marks in row %(row)s of this file don't match. Nothing was taken.")


@dataclass(frozen=True)
class Hints:
    """What helps where a file doesn't say its encoding: the person's choice, one of PAGES; or
    `names` that may be in it, which are asked for only then. And what its columns may be called,
    as `fold_title` has it, by which its separator is known."""

    encoding: str | None = None
    names: Callable[[], Iterable[str]] = tuple
    titles: frozenset[str] = frozenset()


def read_csv(content: bytes, locale: Locale, hints: Hints) -> Table:
    """The file's rows, all cells texts.

    Raises:
        UnreadableFileProblem: it is no text.
        UnclearLettersProblem: its letters can be read in several ways.
        BrokenQuotesProblem, LongFileProblem, HugeCellProblem: as they say.
    """
    text, encoding, notes = _decode(content, locale, hints)
    lines = sum(1 for _ in _LINE_ENDS.finditer(text))
    if lines > LAST_ROW:
        raise LongFileProblem(lines=lines, most=LAST_ROW)
    separator = None
    if hint := _HINT.match(text):
        separator, text = hint[1], text[hint.end() :]
    separator = separator or max(SEPARATORS, key=lambda one: _count_names(text, one, hints.titles))
    sheet = sheet_of("", _rows(text, separator))
    spellings = spellings_of(content, encoding) if encoding in PAGES else ()
    return Table("csv", (sheet,) if sheet.rows else (), separator, tuple(notes), spellings)


def _decode(content: bytes, locale: Locale, hints: Hints) -> tuple[str, str, list[Note]]:
    """The text, its encoding, and what is to be told of it: UTF-8, UTF-16, or a code page of
    single bytes, which has to be found out."""
    note = None
    encoding = hints.encoding or unicode_of(content)
    if encoding is None:
        encoding, note = code_page_of(content, locale, hints.names)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFileProblem from error
    if _NO_TEXT.search(text):
        raise UnreadableFileProblem
    return text.removeprefix("\ufeff"), encoding, [note] if note else []


def unicode_of(content: bytes) -> str | None:
    """Which of Unicode's encodings it is, by its mark or by what only that one can have.

    Raises:
        UnreadableFileProblem: it is no text.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if len(content) > 1 and content[1] == 0:
        return "utf-16-le"
    if content.startswith(b"\0"):
        return "utf-16-be"
    with suppress(UnicodeDecodeError):
        content.decode("utf-8")
        return "utf-8"
    if _NO_TEXT.search(content.decode("latin-1")):
        raise UnreadableFileProblem
    return None


def _count_names(text: str, separator: str, titles: frozenset[str]) -> tuple[int, int]:
    """How many columns the header names if this is the separator, and how many it has.

    Of a file that names none that we know, as many as most of its upper rows have.
    """
    try:
        rows = top_of(_rows(text, separator))
    except (BrokenQuotesProblem, HugeCellProblem):
        return 0, 0
    known = max((_known(row, titles) for row in rows), default=(0, 0))
    if known[0]:
        return known
    return 0, mode(len(row.cells) for row in rows) if rows else 0


def _known(row: Row, titles: frozenset[str]) -> tuple[int, int]:
    named = sum(1 for cell in row.cells if isinstance(cell, str) and fold_title(cell) in titles)
    return named, len(row.cells)


def _rows(text: str, separator: str) -> Iterator[Row]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            for column, cell in enumerate(cells):
                if len(cell) > MAX_CELL:
                    raise HugeCellProblem(
                        row=number, column=letters(column), length=len(cell), most=MAX_CELL
                    )
            yield Row(number, tuple(cells[:MAX_COLUMNS]))
    except csv.Error as error:
        raise BrokenQuotesProblem(row=number + 1) from error
