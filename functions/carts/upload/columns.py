"""Which column of an uploaded file is what: found by its name, wherever it stands."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, TypeAlias

from babel import Locale

from functions.carts.upload.names import is_total, names_of
from shared.sheets.archive import letters
from shared.sheets.table import (
    MAX_ROWS,
    Cell,
    EmptyFileProblem,
    MissingColumnsProblem,
    NoHeaderProblem,
    Note,
    RepeatedColumnProblem,
    Row,
    Sheet,
    TooManyRowsProblem,
    is_empty,
    top_of,
)
from shared.sheets.titles import fold_title
from shared.style.sizes import is_size_heading
from shared.text.locale import LANGUAGES
from shared.text.message import N_, Message, N_plural, Parameter
from shared.text.spelling import plain

Column = Literal["article", "door", "window", "quantity", "style", "colour", "size"]
COLUMNS: tuple[Column, ...] = ("article", "door", "window", "quantity")
"""Those of our own files; people's files may name articles by style, colour and size."""
PARTS: tuple[Column, ...] = ("style", "colour", "size")
_Meaning: TypeAlias = "Column | Literal['reason', 'total']"

# Titles of our own files, and some more names: alternatives between bars. names.json has others.
_TITLES: dict[Column | Literal["reason"], str] = {
    "article": N_("Article|Article number|Item|Item number|SKU or GTIN|EAN"),
    "door": N_("Door|Store|Deliver to|Ship-to"),
    "window": N_("Delivery window|Delivery"),
    "quantity": N_("Quantity|Qty|Pieces|Pcs"),
    "style": N_("Style"),
    "colour": N_("Colour"),
    "size": N_("Size"),
    "reason": N_("Reason"),
}

# SKU, GTIN, and another number: each is looked up.
_ARTICLE_COLUMNS = 3
_ABOVE = N_plural(
    "Row %(rows)s stands above the names of the columns and was skipped.",
    "Rows %(rows)s stand above the names of the columns and were skipped.",
)
_SUMS = N_plural(
    "Row %(rows)s adds up others and was skipped.", "Rows %(rows)s add up others and were skipped."
)
_NOTHING = N_plural(
    "Row %(rows)s has nothing in the columns that are read and was skipped.",
    "Rows %(rows)s have nothing in the columns that are read and were skipped.",
)
_UNREAD = N_plural("Column %(columns)s is not read.", "Columns %(columns)s are not read.")
_ROWS_NAMED = 10
_COLUMNS_NAMED = 10
_NAME_SHOWN = 40


@dataclass(frozen=True)
class SizeColumn:
    """A column of quantities under a size."""

    place: int
    size: str


@dataclass(frozen=True)
class Header:
    """The row that names the columns; each column's places, from 0, in the file's order.

    There may be a few of articles, say SKU and GTIN. Quantities stand in one column, or below
    `sizes`. `reason` is where a file of refused rows says why. In a file that names none, it is
    row 0 without cells.
    """

    row: Row
    places: dict[Column, tuple[int, ...]]
    reason: int | None
    sizes: tuple[SizeColumn, ...] = ()

    @property
    def says(self) -> bool:
        """Whether it says of any column what it is."""
        return bool(self.places or self.sizes)

    @property
    def orders(self) -> bool:
        """Whether it names articles and quantities."""
        named = self.places.keys()
        return bool({"article", "style"} & named) and ("quantity" in named or bool(self.sizes))


def title(column: Column | Literal["reason"], locale: Locale) -> str:
    """How our own files call a column."""
    return _alternatives(column, locale)[0]


def names_of_columns() -> list[str]:
    """All that columns may be called, in any language."""
    titles = (
        name
        for language in LANGUAGES
        for column in _TITLES
        for name in _alternatives(column, Locale.parse(language))
    )
    return [*titles, *(name for column in (*COLUMNS, *PARTS) for name in names_of(column))]


@cache
def header_titles() -> frozenset[str]:
    """The same, as they are compared."""
    return frozenset(fold_title(name) for name in names_of_columns())


def find_header(rows: Iterable[Row], locale: Locale) -> Header | None:
    """The first of the upper rows that names articles and quantities, else the one that
    names most; None where none names anything."""
    found = [read_header(row, locale) for row in top_of(rows)]
    named = [header for header in found if header.places]
    whole = (header for header in named if header.orders)
    return next(whole, max(named, key=lambda header: len(header.places), default=None))


def rows_below(
    sheet: Sheet, header: Header | None, given: Iterable[Column], locale: Locale
) -> tuple[Header, list[Row]]:
    """The header and the rows below it, which say something in one of its columns.

    `given` are the columns that the file need not have; a sheet may have a door's name.

    Raises:
        EmptyFileProblem, NoHeaderProblem, MissingColumnsProblem, RepeatedColumnProblem,
        TooManyRowsProblem: the file can't be taken.
    """
    if not sheet.rows:
        raise EmptyFileProblem
    if header is None or not header.says:
        raise NoHeaderProblem(columns=[title(column, locale) for column in COLUMNS])
    if needed := list(_missing(header, {*given, "door"} if sheet.name else set(given))):
        raise MissingColumnsProblem(columns=[title(column, locale) for column in needed])
    for column, places in header.places.items():
        if len(places) > (_ARTICLE_COLUMNS if column == "article" else 1):
            raise RepeatedColumnProblem(column=title(column, locale))
    if header.sizes and "quantity" in header.places:
        raise RepeatedColumnProblem(column=title("quantity", locale))
    below = [row for row in sheet.rows if row.number > header.row.number and _says(row, header)]
    if not below:
        raise EmptyFileProblem
    if len(below) > MAX_ROWS or not sheet.whole:
        raise TooManyRowsProblem
    return header, below


def note_skipped(sheet: Sheet, header: Header, below: Sequence[Row]) -> Iterator[Note]:
    """What of a sheet is no row of an order: above the header, sums, and what says nothing there."""
    taken = {row.number for row in below}
    above = [row for row in sheet.rows if row.number < header.row.number]
    left = [r for r in sheet.rows if r.number > header.row.number and r.number not in taken]
    sums = [row for row in left if is_sum(row, header)]
    others = [row for row in left if row not in sums]
    for code, text, rows in (
        ("above_header", _ABOVE, above),
        ("sums_skipped", _SUMS, sums),
        ("rows_skipped", _NOTHING, others),
    ):
        if rows:
            numbers = [str(row.number) for row in rows[:_ROWS_NAMED]]
            numbers += ["…"] if len(rows) > _ROWS_NAMED else []
            about: dict[str, Parameter] = {"count": len(rows), "rows": numbers}
            yield Note(code, Message(text, about))


def unread(header: Header, below: Sequence[Row]) -> Iterator[Note]:
    """The columns that have something in the rows of an order and are not read, if any.

    Sums of what is read are not among them. A column without a name has its letter.
    """
    places: set[int | None] = {place for several in header.places.values() for place in several}
    places |= {column.place for column in header.sizes} | {header.reason}
    filled = {place for row in below for place, cell in enumerate(row.cells) if not is_empty(cell)}
    names = []
    for place in sorted(filled - places):
        name = header.row.cell(place)
        if is_empty(name):
            names.append(letters(place))
        elif not (isinstance(name, str) and is_total(name)):
            names.append(str(name).strip()[:_NAME_SHOWN])
    if names:
        told = names[:_COLUMNS_NAMED] + ["…"] * (len(names) > _COLUMNS_NAMED)
        about: dict[str, Parameter] = {"count": len(names), "columns": told}
        yield Note("columns_unread", Message(_UNREAD, about))


def _missing(header: Header, given: set[Column]) -> Iterator[Column]:
    for column in COLUMNS:
        is_there = column in header.places or column in given
        if column == "article":
            is_there = is_there or "style" in header.places
        if column == "quantity":
            is_there = is_there or bool(header.sizes)
        if not is_there:
            yield column


def _says(row: Row, header: Header) -> bool:
    """Whether the row has anything in a column that is read, and is no sum of others."""
    places = [place for several in header.places.values() for place in several]
    places += [column.place for column in header.sizes]
    if all(is_empty(row.cell(place)) for place in places):
        return False
    return not is_sum(row, header) and row.cells != header.row.cells


def is_sum(row: Row, header: Header) -> bool:
    """Whether the row adds up others: it names no article, and a cell says so."""
    articles = (*header.places.get("article", ()), *header.places.get("style", ()))
    named = (row.cell(place) for place in articles)
    if any(not is_empty(cell) and not (isinstance(cell, str) and is_total(cell)) for cell in named):
        return False
    return any(isinstance(cell, str) and is_total(cell) for cell in row.cells)


def read_header(row: Row, locale: Locale) -> Header:
    """What the row's cells name, if it is one of names."""
    places: dict[Column, tuple[int, ...]] = {}
    reason = None
    sizes = []
    meanings = _meanings(str(locale))
    for place, cell in enumerate(row.cells):
        meaning = meanings.get(fold_title(cell)) if isinstance(cell, str) else None
        if meaning == "reason":
            reason = place
        elif meaning is None and (size := size_named(cell)):
            sizes.append(SizeColumn(place, size))
        elif meaning is not None and meaning != "total":
            places[meaning] = (*places.get(meaning, ()), place)
    return _disambiguate(Header(row, places, reason, tuple(sizes)))


def _disambiguate(header: Header) -> Header:
    """What names need their neighbours to be understood."""
    places = dict(header.places)
    sizes = header.sizes if {"article", "style"} & places.keys() else ()
    if sizes and not {"quantity", "size"} & places.keys():
        return replace(header, sizes=sizes)
    # Of a list with a column of quantities, numbers in its header are something else.
    return replace(header, places=places, sizes=())


def size_named(cell: Cell) -> str | None:
    """The size that a cell of a header names, as texts and numbers may."""
    if isinstance(cell, bool):
        return None
    text = f"{cell:g}" if isinstance(cell, int | float) else cell if isinstance(cell, str) else ""
    return plain(text) if is_size_heading(text) else None


@cache
def _meanings(locale: str) -> dict[str, _Meaning]:
    """Names in the reader's language first, then keys, English, and every other language."""
    found: dict[str, _Meaning] = {}
    for language in (locale, *LANGUAGES):
        for column in _TITLES:
            for name in _alternatives(column, Locale.parse(language)):
                found.setdefault(fold_title(name), column)
    more: tuple[_Meaning, ...] = (*COLUMNS, *PARTS, "total")
    for meaning in more:
        for name in names_of(meaning, Locale.parse(locale).language):
            found.setdefault(fold_title(name), meaning)
    return found


def _alternatives(column: Column | Literal["reason"], locale: Locale) -> list[str]:
    return Message(_TITLES[column]).render(locale).split("|")
