"""What each column of a sheet is: as its name says, or as a person of the company has chosen.

A header is known again by its fingerprint: the names of its columns, in their order. A file
that names no columns has one, too: how many there are, and what is in each.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from babel import Locale

from functions.carts.upload.columns import (
    Column,
    Header,
    SizeColumn,
    find_header,
    read_header,
    size_named,
)
from functions.carts.upload.kept_mappings import ImportMapping
from functions.carts.upload.schema import Meaning
from shared.sheets.table import MAX_COLUMNS, Cell, Row, Sheet, is_empty, top_of
from shared.sheets.titles import fold_title
from shared.style.codes import read_code
from shared.text.pieces import count_pieces, read_pieces
from shared.text.spelling import plain

_FEWEST = 2
"""Columns that an order needs at least: an article and a quantity."""
_DIGITS = 24
NO_NAMES = Row(0, ())
"""In place of the row that names columns, where none does."""

Meanings = tuple[Meaning, ...]


@dataclass(frozen=True)
class Layout:
    """A way to see a sheet: `row` names its columns, or is NO_NAMES. `id` is its fingerprint."""

    id: str
    row: Row


@dataclass(frozen=True)
class Said:
    """What people said of columns, by fingerprint: with this file, and with earlier ones.

    Of a header without meanings a person said only that it is the header.
    """

    asked: Mapping[str, Meanings]
    kept: Mapping[str, ImportMapping]


NOTHING = Said({}, {})


@dataclass(frozen=True)
class SheetReading:
    """How a sheet is read; `kept` is the earlier choice that it is read by.

    `is_by_name` where that is what the names of its columns say.
    """

    sheet: Sheet
    layout: Layout
    meanings: Meanings
    header: Header
    is_by_name: bool
    kept: ImportMapping | None = None


def parse_columns(texts: Sequence[str]) -> dict[str, Meanings]:
    """The parameter `columns`, whose pattern was checked, by fingerprint."""
    found: dict[str, Meanings] = {}
    for text in texts:
        id_, _, meanings = text.partition(":")
        found[id_] = tuple(meanings.split(",")) if meanings else ()  # type: ignore[arg-type]
    return found


def see(sheet: Sheet, said: Said, locale: Locale) -> SheetReading | None:
    """How the sheet is read; None where nothing in it looks like columns.

    First as a person says with this file, then as one said earlier, then by names that we know.
    """
    layouts = list(layouts_of(sheet))
    named = [layout for layout in layouts if layout.row.number]
    names = [layout for layout in named if has_names(layout.row)]
    for layout in layouts:
        if layout.id in said.asked:
            return _read_as_chosen(sheet, layout, said.asked[layout.id], locale)
    for layout in named:
        if layout.id in said.kept:
            return _read_as_kept(sheet, layout, said, locale)
    known = find_header(sheet.rows, locale)
    if known and known.orders:
        return _read_as_chosen(sheet, _layout(known.row), (), locale)
    nameless = next((layout for layout in layouts if not layout.row.number), None)
    if nameless and nameless.id in said.kept and not names:
        return _read_as_kept(sheet, nameless, said, locale)
    if known:
        return _read_as_chosen(sheet, _layout(known.row), (), locale)
    # Above the names may stand who ordered, and when.
    guessed = max(names, key=lambda layout: _count_filled(layout.row), default=nameless)
    return _read_as_chosen(sheet, guessed, (), locale) if guessed else None


def layouts_of(sheet: Sheet) -> Iterator[Layout]:
    """Each upper row as one that names columns, and at last the sheet as one that names none."""
    rows = [row for row in top_of(sheet.rows) if _count_filled(row) >= _FEWEST]
    yield from (_layout(row) for row in rows)
    if rows:
        shapes = [_shape([row.cell(place) for row in rows]) for place in range(_width(rows))]
        if {"number", "gtin"} & set(shapes):
            yield Layout(_fingerprint("none", shapes), NO_NAMES)


def automatic(sheet: Sheet, layout: Layout, locale: Locale) -> Meanings:
    """What the columns are by their names alone."""
    header = read_header(layout.row, locale)
    found: list[Meaning] = ["none"] * _width(sheet.rows)
    for column, places in header.places.items():
        for place in places:
            found[place] = column
    for size in header.sizes:
        found[size.place] = "size_quantity"
    return tuple(found)


def suggest_meanings(seen: SheetReading) -> Meanings:
    """What columns that are not read may be by what is in them, for a person to confirm.

    One of GTINs is of articles; the only one of whole numbers is of quantities.
    """
    found = list(seen.meanings)
    below = [row for row in top_of(seen.sheet.rows) if row.number > seen.layout.row.number]
    shapes = [_shape([row.cell(place) for row in below]) for place in range(len(found))]
    free = [place for place, meaning in enumerate(found) if meaning == "none"]
    if not {"article", "style"} & set(found):
        for place in [place for place in free if shapes[place] == "gtin"][:1]:
            found[place] = "article"
    if not {"quantity", "size_quantity"} & set(found):
        numbers = [place for place in free if shapes[place] == "number"]
        if len(numbers) == 1:
            found[numbers[0]] = "quantity"
    return tuple(found)


def _read_as_kept(sheet: Sheet, layout: Layout, said: Said, locale: Locale) -> SheetReading:
    mapping = said.kept[layout.id]
    return replace(_read_as_chosen(sheet, layout, mapping.meanings, locale), kept=mapping)


def _read_as_chosen(
    sheet: Sheet, layout: Layout, chosen: Sequence[Meaning], locale: Locale
) -> SheetReading:
    by_name = automatic(sheet, layout, locale)
    width = len(by_name)
    said: list[Meaning] = [*chosen[:width]]
    said += ["none"] * (width - len(said))
    meanings: Meanings = tuple(said) if chosen else by_name
    header = _header(layout.row, meanings, locale)
    return SheetReading(sheet, layout, meanings, header, is_by_name=meanings == by_name)


def _header(row: Row, meanings: Meanings, locale: Locale) -> Header:
    places: dict[Column, tuple[int, ...]] = {}
    sizes = []
    for place, meaning in enumerate(meanings):
        if meaning == "size_quantity":
            name = row.cell(place)
            sizes.append(SizeColumn(place, size_named(name) or plain(str(name or ""))))
        elif meaning != "none":
            places[meaning] = (*places.get(meaning, ()), place)
    return Header(row, places, read_header(row, locale).reason, tuple(sizes))


def _layout(row: Row) -> Layout:
    """The row as the names of columns; why rows of an earlier file were refused is no column."""
    names = [
        fold_title(str(cell)) if not is_empty(cell) else "" for cell in row.cells[:MAX_COLUMNS]
    ]
    reason = read_header(row, Locale.parse("en")).reason
    if reason is not None:
        names[reason] = ""
    while names and not names[-1]:
        names.pop()
    return Layout(_fingerprint("names", names), row)


def _fingerprint(kind: str, parts: Sequence[str]) -> str:
    return sha256("\n".join((kind, *parts)).encode()).hexdigest()[:_DIGITS]


def has_names(row: Row) -> bool:
    """Whether the row may name columns: all its cells are texts, and none is a number or a code."""
    return all(
        isinstance(cell, str) and not read_code(cell).gtin and not _is_number(cell)
        for cell in row.cells
        if not is_empty(cell)
    )


def _shape(cells: Sequence[Cell]) -> str:
    """What most of the cells are; empty where none has anything."""
    found = Counter(_kind(cell) for cell in cells if not is_empty(cell))
    return found.most_common(1)[0][0] if found else ""


def _kind(cell: Cell) -> str:
    if read_code(_digits(cell)).gtin:
        return "gtin"
    if _is_number(cell):
        return "number"
    return "date" if isinstance(cell, date) else "text"


def _is_number(cell: Cell) -> bool:
    if isinstance(cell, str):
        return isinstance(read_pieces(cell), int)
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    return is_number and isinstance(count_pieces(float(str(cell))), int)


def _digits(cell: Cell) -> str:
    return f"{cell:.0f}" if isinstance(cell, float) else str(cell)


def _count_filled(row: Row) -> int:
    return sum(not is_empty(cell) for cell in row.cells)


def _width(rows: Sequence[Row]) -> int:
    """Columns up to the last that has anything."""
    filled = (place for row in rows for place, cell in enumerate(row.cells) if not is_empty(cell))
    return max(filled, default=-1) + 1
