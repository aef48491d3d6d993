"""The variants of a generic article: their colours, sizes, units and GTINs (ARTMAS)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field
from stdnum import ean

from shared.sap.fields import Alpha, Amount
from shared.sap.source_system import Articles
from shared.style.codes import read_code
from shared.style.ids import safe, sku_ids
from shared.text.markup import plain_line

LONGEST_SIZE = 70
"""CHAR_VALUE_LONG."""

_GTIN_LENGTHS = (8, 12, 13, 14)
_LONGEST_CUP = 2


class OfMaterial(BaseModel):
    """A row of an article."""

    MATERIAL: Alpha


class Variant(OfMaterial):
    """E1BPE1VARKEY."""

    VARIANT: Alpha


class Characteristic(OfMaterial):
    """E1BPE1AUSPRT."""

    CHAR_NAME: str
    CHAR_VALUE: str = ""
    CHAR_VALUE_LONG: str = ""


class Unit(OfMaterial):
    """E1BPE1MARMRT."""

    ALT_UNIT: str
    NUMERATOR: Amount = Decimal(1)
    DENOMINATR: Annotated[Amount, Field(gt=0)] = Decimal(1)
    EAN_UPC: str = ""


@dataclass(frozen=True)
class Piece:
    """A variant; empty where the message has nothing of it. GTINs have 13 digits."""

    article: str
    colour: str
    size: str
    gtin: str
    case_gtin: str

    @property
    def colour_code(self) -> str:
        """Its colour within ids."""
        return safe(self.colour)


@dataclass(frozen=True)
class Variants:
    """The variants in wearing order with their ids, and the pieces in their units.

    For `faults` the message is refused; of what is `told` it is taken.
    """

    pieces: list[Piece]
    units: dict[str, int]
    faults: list[str]
    told: list[str] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)


def read_variants(
    number: str,
    keys: Iterable[Variant],
    characteristics: Iterable[Characteristic],
    units: list[Unit],
    settings: Articles,
) -> Variants:
    """The variants `keys` of the generic article `number`."""
    values = {
        (row.MATERIAL, row.CHAR_NAME): plain_line(row.CHAR_VALUE_LONG or row.CHAR_VALUE)
        for row in characteristics
    }
    articles = [row.VARIANT for row in keys]
    told: list[str] = []
    gtins = dict(_gtins([row for row in units if row.ALT_UNIT in settings.units], articles, told))
    of_cases = [row for row in units if settings.case == row.ALT_UNIT]
    case_gtins = dict(_case_gtins(of_cases, articles, gtins, told))
    pieces = [
        Piece(
            article=article,
            colour=values.get((article, settings.colour), ""),
            size=_size(*(values.get((article, name), "") for name in settings.sizes)),
            gtin=gtins.get(article, ""),
            case_gtin=case_gtins.get(article, ""),
        )
        for article in articles
    ]
    own = [row for row in units if row.MATERIAL in {number, *articles}]
    factors, faults = _factors(own, settings)
    faults += _faults(pieces)
    cells = [(piece.article, piece.colour_code, piece.size) for piece in pieces]
    return Variants(pieces, factors, faults, told, sku_ids(number, cells))


def _size(first: str, second: str = "") -> str:
    """Waist and length are written 30x32, band and cup 75B, a size and its build 2XL Tall."""
    if second[:1].isdigit():
        return f"{first}x{second}"
    return f"{first}{second}" if len(second) <= _LONGEST_CUP else f"{first} {second}".strip()


def _gtins(rows: Iterable[Unit], articles: list[str], told: list[str]) -> Iterator[tuple[str, str]]:
    """Of the pieces; one that is none is told and left out."""
    for row in rows:
        if row.MATERIAL in articles and (text := row.EAN_UPC.strip()):
            code = _read(text)
            if code and not code.zfill(14)[0].strip("0"):
                yield row.MATERIAL, code.zfill(14)[1:]
            else:
                told.append(_reason_left_out(row))


def _case_gtins(
    rows: Iterable[Unit], articles: list[str], gtins: dict[str, str], told: list[str]
) -> Iterator[tuple[str, str]]:
    """Of the cases, as a scan of them is read: a GTIN-14 may be made of the piece's own."""
    for row in rows:
        if row.MATERIAL in articles and (text := row.EAN_UPC.strip()):
            code = _read(text)
            if not code:
                told.append(_reason_left_out(row))
            elif (read := read_code(code).gtin) and read != gtins.get(row.MATERIAL):
                yield row.MATERIAL, read


def _read(text: str) -> str:
    """The digits of a GTIN; "" where it is none."""
    is_gtin = text.isascii() and text.isdigit() and len(text) in _GTIN_LENGTHS
    return text if is_gtin and ean.is_valid(text.zfill(14)) else ""


def _reason_left_out(row: Unit) -> str:
    return f"E1BPE1MARMRT: {row.EAN_UPC!r} of {row.MATERIAL} in {row.ALT_UNIT} is no GTIN: left out"


def _factors(rows: list[Unit], settings: Articles) -> tuple[dict[str, int], list[str]]:
    """Pieces in the units that have a whole number of them, the same for all variants."""
    found: dict[str, set[Decimal]] = {}
    for row in rows:
        if row.ALT_UNIT and row.ALT_UNIT not in settings.units:
            found.setdefault(row.ALT_UNIT, set()).add(row.NUMERATOR / row.DENOMINATR)
    whole = {
        unit: int(next(iter(factors)))
        for unit, factors in found.items()
        if len(factors) == 1 and all(one >= 1 and one == int(one) for one in factors)
    }
    if settings.case in found and settings.case not in whole:
        told = ", ".join(f"{one.normalize():f}" for one in sorted(found[settings.case]))
        return whole, [f"E1BPE1MARMRT: {settings.case} of {told} pieces are no case of the style"]
    return whole, []


def _faults(pieces: list[Piece]) -> list[str]:
    faults = []
    for piece in pieces:
        if not piece.size or len(piece.size) > LONGEST_SIZE:
            faults.append(f"E1BPE1AUSPRT: {piece.article} has the size {piece.size[:100]!r}")
        if not piece.colour_code:
            faults.append(f"E1BPE1AUSPRT: {piece.article} has the colour {piece.colour[:100]!r}")
    cells = Counter(f"{piece.colour} {piece.size}" for piece in pieces)
    gtins = Counter(piece.gtin for piece in pieces if piece.gtin)
    articles = Counter(piece.article for piece in pieces)
    faults += [
        f"E1BPE1VARKEY: {value} is there {count} times"
        for value, count in (cells + gtins + articles).items()
        if count > 1
    ]
    return faults
