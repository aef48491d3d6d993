"""What the rows of an uploaded file ask for, and what is wrong with them by themselves."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from babel import Locale
from stdnum import ean

from functions.carts.schema import MAX_QUANTITY
from functions.carts.upload.columns import Column, Header, title
from functions.carts.upload.table import Cell, Note, Row, Special, is_empty
from shared.text.message import N_, Message
from shared.text.spreadsheet import is_formula

_ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
_GTIN_LENGTHS = (8, 12, 13, 14)
_PIECES = re.compile(r"([0-9]{1,9})(?:[.,]0{1,2})?")
_SHORTENED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+?[0-9]{1,2}", re.IGNORECASE)

_MISSING = N_("%(column)s is missing.")
_ERROR = N_("%(column)s has the error %(error)s.")
_DATE = N_("%(column)s is a date. Give the column the format “Text” and enter it again.")
_NO_RESULT = N_("%(column)s is a formula whose result is not stored. Enter the result itself.")
_TRUTH = N_("%(column)s is neither a text nor a number.")
_CHECK_DIGIT = N_("This GTIN has a typing error: its check digit does not fit.")
_DIGITS_LOST = N_(
    "The spreadsheet program has shortened this GTIN to %(text)s. "
    "Give the column the format “Text” and enter it again."
)
_NOT_WHOLE = N_("%(text)s is not a whole number of pieces.")
_NEGATIVE = N_("The quantity can't be less than 0.")
_TOO_LARGE = N_("The quantity is at most %(most)s.")


@dataclass(frozen=True)
class Entry:
    """What a row asks for, as texts.

    `articles` are SKUs or GTINs, several where the file has several such columns; `faults`
    is what is wrong whatever else there is.
    """

    row: Row
    articles: tuple[str, ...]
    door: str
    window: str
    quantity: int | None
    faults: tuple[Note, ...]

    @property
    def article(self) -> str:
        """As it is shown."""
        return self.articles[0] if self.articles else ""


def entries_of(
    rows: Iterable[Row], header: Header, given: dict[Column, str], locale: Locale
) -> list[Entry]:
    """One entry for each row; `given` holds for those that don't say it."""
    titles: dict[Column, str] = {
        column: title(column, locale) for column in ("article", "door", "window", "quantity")
    }
    return [_entry(row, header, given, titles) for row in rows]


def _entry(row: Row, header: Header, given: dict[Column, str], titles: dict[Column, str]) -> Entry:
    def cells(column: Column) -> list[Cell]:
        found = (row.cell(place) for place in header.places.get(column, ()))
        return [cell for cell in found if not is_empty(cell)]

    faults: list[Note] = []
    texts: dict[Column, tuple[str, ...]] = {}
    for column in ("article", "door", "window"):
        filled = cells(column)
        read = [_text(cell, titles[column]) for cell in filled]
        faults += [text for text in read if isinstance(text, Note)]
        texts[column] = tuple(text for text in read if isinstance(text, str))
        if not filled and column in given:
            texts[column] = (given[column],)
        elif not filled:
            faults.append(Note(f"missing_{column}", Message(_MISSING, {"column": titles[column]})))
    faults += [fault for text in texts["article"] if (fault := _article_fault(text))]
    quantity = _quantity(next(iter(cells("quantity")), None), titles["quantity"])
    if isinstance(quantity, Note):
        faults.append(quantity)
    return Entry(
        row=row,
        articles=texts["article"],
        door="".join(texts["door"]),
        window="".join(texts["window"]),
        quantity=None if isinstance(quantity, Note) else quantity,
        faults=tuple(faults),
    )


def plain(text: str) -> str:
    """A text of a cell as it is meant, without the apostrophe that our own files have before
    what might be a formula."""
    stripped = text.strip()
    if stripped[:1] == "'" and is_formula(stripped[1:]):
        return stripped[1:].strip()
    return stripped


def gtin_of(article: str) -> str | None:
    """The GTIN-13 that the text is, None where it is none.

    Zeros before it don't count: a GTIN-12 (UPC) is found by its GTIN-13 and GTIN-14 (GS1
    General Specifications, 3.3).
    """
    digits = re.sub(r"[\s\u00a0]", "", article)
    if not re.fullmatch(r"[0-9]{8,14}", digits):
        return None
    return digits.lstrip("0").zfill(13)


def _text(cell: Cell, column: str) -> str | Note:
    match cell:
        case str() if plain(cell) in _ERRORS:
            return Note("error_value", Message(_ERROR, {"column": column, "error": plain(cell)}))
        case str():
            return plain(cell)
        case bool():
            return Note("not_a_text", Message(_TRUTH, {"column": column}))
        case int() | float():
            # A GTIN or the number of a door that was entered as a number.
            return str(int(cell)) if cell == cell // 1 and math.isfinite(cell) else str(cell)
        case Special.NO_RESULT:
            return Note("formula_without_result", Message(_NO_RESULT, {"column": column}))
        case _:
            return Note("date", Message(_DATE, {"column": column}))


def _article_fault(text: str) -> Note | None:
    if _SHORTENED.fullmatch(text):
        return Note("digits_lost", Message(_DIGITS_LOST, {"text": text}))
    digits = re.sub(r"\s", "", text)
    if gtin_of(text) and len(digits) in _GTIN_LENGTHS and not ean.is_valid(digits):
        return Note("check_digit", Message(_CHECK_DIGIT))
    return None


def _quantity(cell: Cell, column: str) -> int | Note:
    if cell is None:
        return Note("missing_quantity", Message(_MISSING, {"column": column}))
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _pieces(cell)
    text = _text(cell, column)
    if isinstance(text, Note):
        return text
    if match := _PIECES.fullmatch(text):
        return _pieces(int(match[1]))
    # "1.000" is one or a thousand, by who wrote it; nobody guesses here.
    number = re.fullmatch(r"-[0-9]+", text)
    return Note("negative", Message(_NEGATIVE)) if number else _not_whole(text)


def _pieces(number: float) -> int | Note:
    if math.isnan(number):
        return _not_whole(str(number))
    if number < 0:
        return Note("negative", Message(_NEGATIVE))
    if number > MAX_QUANTITY:
        return Note("too_large", Message(_TOO_LARGE, {"most": MAX_QUANTITY}))
    if number != int(number):
        return _not_whole(str(number))
    return int(number)


def _not_whole(text: str) -> Note:
    return Note("not_whole", Message(_NOT_WHOLE, {"text": text[:40]}))


def door_number(text: str) -> str:
    """A door's number as we have it: spreadsheets may show SAP's leading zeros."""
    return text.lstrip("0") if text.isdecimal() else text
