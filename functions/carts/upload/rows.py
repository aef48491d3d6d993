"""What the rows of an uploaded file ask for, and what is wrong with them by themselves."""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from babel import Locale

from functions.carts.upload.articles import Named
from functions.carts.upload.columns import Column, Header, title
from shared.sheets.table import Cell, Note, Row, Special, is_empty
from shared.style.codes import Code, read_code
from shared.text.message import N_, Message
from shared.text.pieces import count_pieces, quantity_reason, read_pieces
from shared.text.spelling import plain, unwrap
from shared.text.spreadsheet import is_formula

_ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")

_MISSING = N_("%(column)s is missing.")
_ERROR = N_("%(column)s has the error %(error)s.")
_DATE = N_("%(column)s is a date. Give the column the format “Text” and enter it again.")
_NO_RESULT = N_("%(column)s is a formula whose result is not stored. Enter the result itself.")
_TRUTH = N_("%(column)s is neither a text nor a number.")

_FRACTION = re.compile(r"(?<=[0-9])[.,]0{1,2}$")
_TEXTS: tuple[Column, ...] = ("article", "door", "window", "style", "colour", "size")


@dataclass(frozen=True, eq=False)
class Source:
    """A sheet that rows are of, and what holds for those that don't say it."""

    header: Header
    sheet: str
    given: dict[Column, str]

    @property
    def otherwise(self) -> str:
        """The door of rows whose sheet has no door's name."""
        return self.given.get("door", "")


@dataclass(frozen=True)
class Entry:
    """What a row asks for; of a row with quantities below sizes, one for each of them.

    `articles` are SKUs or GTINs as written, several where the file has several such columns;
    `faults` is what is wrong whatever else there is.
    """

    row: Row
    source: Source
    articles: tuple[str, ...]
    named: Named
    door: str
    window: str
    quantity: int | None
    faults: tuple[Note, ...]

    @property
    def article(self) -> str:
        """As it is shown."""
        named = self.named
        parts = [part for part in (named.style, named.colour, named.size) if part]
        if self.articles:
            return " ".join((self.articles[0], *(parts if not named.codes[0].gtin else ())))
        return " ".join(parts)


def entries_of(rows: Iterable[Row], source: Source, locale: Locale) -> Iterator[Entry]:
    """What the rows below a header ask for, in their order."""
    titles: dict[Column, str] = {column: title(column, locale) for column in (*_TEXTS, "quantity")}
    return (entry for row in rows for entry in _entries(row, source, titles))


def _entries(row: Row, source: Source, titles: dict[Column, str]) -> Iterator[Entry]:
    header = source.header

    def cells(column: Column) -> list[Cell]:
        found = (row.cell(place) for place in header.places.get(column, ()))
        return [cell for cell in found if not is_empty(cell)]

    faults: list[Note] = []
    texts: dict[Column, tuple[str, ...]] = {}
    for column in _TEXTS:
        read = [_text(cell, column, titles[column]) for cell in cells(column)]
        faults += [text for text in read if isinstance(text, Note)]
        texts[column] = tuple(text for text in read if isinstance(text, str))
        # A sheet may have the name of another door (`plan`).
        if not read and column in source.given and not (column == "door" and source.sheet):
            texts[column] = (source.given[column],)
    needed: list[Column] = ["window"] if source.sheet else ["door", "window"]
    if not cells("style"):
        needed.insert(0, "article")
    for column in needed:
        if not texts[column] and not cells(column):
            faults.append(_missing(column, titles[column]))
    one = {column: "".join(texts[column]) for column in ("style", "colour", "size")}
    asked = [("", next(iter(cells("quantity")), None))]
    if header.sizes:
        below = ((column.size, row.cell(column.place)) for column in header.sizes)
        asked = [(size, cell) for size, cell in below if not is_empty(cell)]
    for size, cell in asked or [("", None)]:
        quantity = _quantity(cell, titles["quantity"])
        yield Entry(
            row=row,
            source=source,
            articles=texts["article"],
            named=Named(
                row.number,
                _codes(texts["article"]),
                one["style"],
                one["colour"],
                size or one["size"],
            ),
            door="".join(texts["door"]),
            window="".join(texts["window"]),
            quantity=None if isinstance(quantity, Note) else quantity,
            faults=(*faults, quantity) if isinstance(quantity, Note) else tuple(faults),
        )


def _codes(texts: Iterable[str]) -> tuple[Code, ...]:
    return tuple(map(read_code, texts))


def _missing(column: Column, name: str) -> Note:
    return Note(f"missing_{column}", Message(_MISSING, {"column": name}))


def _meant(text: str, column: Column) -> str:
    """A text of a cell as it is meant, without what keeps it a text in spreadsheets.

    The name of a shop may begin with an apostrophe, as "'t Hoekje": there it goes before digits
    and, in our own files, before what might be a formula.
    """
    stripped, bare = plain(text), unwrap(text)
    if column != "door" or stripped[:1] in ("=", '"') or bare[:1].isdigit():
        return bare
    return stripped[1:].strip() if is_formula(stripped[1:]) else stripped


def _text(cell: Cell, column: Column, name: str) -> str | Note:
    match cell:
        case str() if (meant := _meant(cell, column)) in _ERRORS:
            return Note("error_value", Message(_ERROR, {"column": name, "error": meant}))
        case str():
            return _meant(cell, column)
        case int() | float() if not isinstance(cell, bool):
            # A GTIN or the number of a door that was entered as a number.
            return str(int(cell)) if math.isfinite(cell) and cell == cell // 1 else str(cell)
        case date() if column == "window":
            return cell.isoformat()[: len("2027-01-15")]
        case _:
            return _no_text(cell, name)


def _no_text(cell: Cell, name: str) -> Note:
    match cell:
        case bool():
            return Note("not_a_text", Message(_TRUTH, {"column": name}))
        case Special.NO_RESULT:
            return Note("formula_without_result", Message(_NO_RESULT, {"column": name}))
        case _:
            return Note("date", Message(_DATE, {"column": name}))


def _quantity(cell: Cell, name: str) -> int | Note:
    if is_empty(cell):
        return _missing("quantity", name)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        text, read = str(cell), count_pieces(cell)
    else:
        shown = _text(cell, "quantity", name)
        if isinstance(shown, Note):
            return shown
        text, read = shown, read_pieces(shown)
    return read if isinstance(read, int) else Note(read, quantity_reason(read, text))


def door_number(text: str) -> str:
    """A door's number as we have it: spreadsheets may show SAP's leading zeros, or a fraction."""
    text = _FRACTION.sub("", text)
    return text.lstrip("0") if text.isdecimal() else text
