"""Which column of an uploaded file is what: found by its name, wherever it stands."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from babel import Locale

from functions.carts.upload.table import (
    MAX_ROWS,
    EmptyFileProblem,
    Row,
    Sheet,
    TooManyRowsProblem,
    top_of,
)
from shared.problem import Problem
from shared.text.locale import LANGUAGES
from shared.text.message import N_, Message

Column = Literal["article", "door", "window", "quantity"]
COLUMNS: tuple[Column, ...] = ("article", "door", "window", "quantity")

# Headers of files, as people write them: alternatives between bars. The first one is what
# our own files have.
_NAMES: dict[Column | Literal["reason"], str] = {
    "article": N_("Article|Article number|Item|Item number|SKU or GTIN|EAN"),
    "door": N_("Door|Store|Deliver to|Ship-to"),
    "window": N_("Delivery window|Delivery"),
    "quantity": N_("Quantity|Qty|Pieces|Pcs"),
    "reason": N_("Reason"),
}
_KEYS: dict[Column, tuple[str, ...]] = {
    "article": ("article", "sku", "gtin", "ean", "ean13", "upc", "sku/gtin"),
    "door": ("door", "ship_to"),
    "window": ("window",),
    "quantity": ("quantity",),
}

# SKU, GTIN, and another number: each is looked up.
_ARTICLE_COLUMNS = 3


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


@dataclass(frozen=True)
class Header:
    """The row that names the columns; each column's places, from 0, in the file's order.

    There may be a few of articles, say SKU and GTIN. `reason` is where a file of refused
    rows says why.
    """

    row: Row
    places: dict[Column, tuple[int, ...]]
    reason: int | None


def title(column: Column | Literal["reason"], locale: Locale) -> str:
    """How our own files call a column."""
    return _alternatives(column, locale)[0]


def names_of_columns() -> list[str]:
    """All that columns may be called, in any language."""
    return [
        name
        for language in LANGUAGES
        for column in _NAMES
        for name in _alternatives(column, Locale.parse(language))
    ]


def find_header(rows: Iterable[Row], locale: Locale) -> Header | None:
    """The first of the upper rows that names articles and quantities, else the one that
    names most; None where none names anything."""
    found = [_header(row, locale) for row in top_of(rows)]
    named = [header for header in found if header.places]
    whole = (header for header in named if {"article", "quantity"} <= header.places.keys())
    return next(whole, max(named, key=lambda header: len(header.places), default=None))


def rows_below(sheet: Sheet, given: Iterable[Column], locale: Locale) -> tuple[Header, list[Row]]:
    """The header and the rows below it, which say something in one of its columns.

    `given` are the columns that the file need not have.

    Raises:
        EmptyFileProblem, NoHeaderProblem, MissingColumnsProblem, RepeatedColumnProblem,
        TooManyRowsProblem: the file can't be taken.
    """
    if not sheet.rows:
        raise EmptyFileProblem
    header = find_header(sheet.rows, locale)
    if header is None:
        raise NoHeaderProblem(columns=[title(column, locale) for column in COLUMNS])
    needed = [c for c in COLUMNS if c not in header.places and c not in set(given)]
    if needed:
        raise MissingColumnsProblem(columns=[title(column, locale) for column in needed])
    for column, places in header.places.items():
        if len(places) > (_ARTICLE_COLUMNS if column == "article" else 1):
            raise RepeatedColumnProblem(column=title(column, locale))
    named = [place for places in header.places.values() for place in places]
    below = [
        row
        for row in sheet.rows
        if row.number > header.row.number
        and not Row(row.number, tuple(row.cell(place) for place in named)).empty
    ]
    if not below:
        raise EmptyFileProblem
    if len(below) > MAX_ROWS or not sheet.whole:
        raise TooManyRowsProblem
    return header, below


def _header(row: Row, locale: Locale) -> Header:
    places: dict[Column, tuple[int, ...]] = {}
    reason = None
    for place, cell in enumerate(row.cells):
        column = _column_by_name(str(locale)).get(_folded(cell)) if isinstance(cell, str) else None
        if column == "reason":
            reason = place
        elif column is not None:
            places[column] = (*places.get(column, ()), place)
    return Header(row, places, reason)


@cache
def _column_by_name(locale: str) -> dict[str, Column | Literal["reason"]]:
    """Names in the reader's language first, then keys, English, and every other language."""
    found: dict[str, Column | Literal["reason"]] = {}
    for language in (locale, *LANGUAGES):
        for column in _NAMES:
            names = _alternatives(column, Locale.parse(language))
            keys = _KEYS[column] if column != "reason" else ()
            for name in (*names, *keys):
                found.setdefault(_folded(name), column)
    return found


def _alternatives(column: Column | Literal["reason"], locale: Locale) -> list[str]:
    return Message(_NAMES[column]).render(locale).split("|")


def _folded(name: str) -> str:
    """Letters and digits alone, without case: `Delivery_Window *` is `deliverywindow`."""
    plain = unicodedata.normalize("NFKC", name.removeprefix("'")).casefold()
    return re.sub(r"[\W_]+", "", plain)
