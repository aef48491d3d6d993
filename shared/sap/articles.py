"""ARTMAS: a generic article with all its variants becomes a style."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, Field
from stdnum import ean

from shared.sap.fault import UntranslatableMessageError
from shared.sap.fields import Alpha, Amount, Date, Pieces, Whole, language
from shared.sap.idoc import DELETED, Idoc
from shared.style.model import Colourway, Gender, PrePack, Sku, Style, Texts
from shared.text.markup import plain_line, plain_text

GENDERS: dict[str, Gender] = {"M": "men", "W": "women", "U": "unisex", "K": "kids"}

# Ids go into URLs; of what sizes are written with, only the slash can't.
_SIZE = re.compile(r"^[A-Za-z0-9./]{1,20}$")
_CASE = "KAR"

# UN/ECE rec. 20's, then T006's as delivered, in German and English, where no ISO code is kept.
_UNITS: dict[str, Literal["PCE", "PR"]] = {
    **dict.fromkeys(("PCE", "C62", "H87", "EA", "ST", "PC"), "PCE"),
    **dict.fromkeys(("PR", "PAA", "PAR"), "PR"),
}


class _OfMaterial(BaseModel):
    MATERIAL: Alpha


class _Head(_OfMaterial):
    FUNCTION: str
    MATL_GROUP: str = ""


class _Variant(_OfMaterial):
    VARIANT: Alpha


class _Characteristic(_OfMaterial):
    CHAR_NAME: str
    CHAR_VALUE: str


class _Name(_OfMaterial):
    LANGU: str = ""
    LANGU_ISO: str = ""
    MATL_DESC: str


class _Basic(_OfMaterial):
    BASE_UOM: str = ""
    BASE_UOM_ISO: str = ""
    DIVISION: str


class _Basic1(_OfMaterial):
    BRAND_ID: str
    FASHION_GRADE: str = ""


class _Unit(_OfMaterial):
    ALT_UNIT: str
    NUMERATOR: Amount
    DENOMINATR: Annotated[Amount, Field(gt=0)]
    EAN_UPC: str = ""


class _Season(_OfMaterial):
    COLOR: str
    SEASON_YR: str = Field(pattern=r"^[0-9]{4}$")
    SEASON: Literal["SS", "FW"]


class _Style(_OfMaterial):
    GENDER: Literal["M", "W", "U", "K"]
    EXCLUSIVE: str = ""
    MINQTY: Pieces
    LAUNCH: Date
    RANK: Whole


class _Colour(_OfMaterial):
    COLOR: str = Field(pattern=r"^[A-Za-z0-9]{1,18}$")
    FAMILY: str
    HEX: str = Field(pattern=r"^[0-9A-Fa-f]{6}$")
    PICTURE: str


class _Text(_OfMaterial):
    SPRAS_ISO: str = Field(pattern=r"^[A-Za-z]{2}$")
    KIND: str
    KEY: str = ""
    TEXT: str


class _Pack(_OfMaterial):
    PACK: str
    SIZE: str
    QUANTITY: Annotated[Pieces, Field(ge=1)]


class _Heading(BaseModel):
    E1BPE1MATHEAD: list[_Head] = Field(min_length=1, max_length=1)


class _Article(_Heading):
    E1BPE1VARKEY: list[_Variant] = []
    E1BPE1AUSPRT: list[_Characteristic] = []
    E1BPE1MAKTRT: list[_Name] = []
    E1BPE1MARART: list[_Basic] = []
    E1BPE1MARART1: list[_Basic1] = []
    E1BPE1MARMRT: list[_Unit] = []
    E1BPFSHSEASONS: list[_Season] = []
    Z1STYLE: list[_Style] = []
    Z1COLOR: list[_Colour] = []
    Z1TEXT: list[_Text] = []
    Z1PREPACK: list[_Pack] = []


@dataclass(frozen=True)
class _Piece:
    """A variant with its characteristics; empty where the message has none."""

    article: str
    colour: str
    size: str
    gtin: str


R = TypeVar("R", bound=_OfMaterial)


def style(idoc: Idoc) -> Style:
    """The style of one ARTMAS, or its tombstone when SAP deleted it.

    Raises:
        UntranslatableMessageError, pydantic.ValidationError: with every fault.
    """
    head = _Heading.model_validate(idoc.segments).E1BPE1MATHEAD[0]
    if head.FUNCTION == DELETED:
        return tombstone(head.MATERIAL, idoc.stamp)
    raw = _Article.model_validate(idoc.segments)
    pieces = _pieces(raw)
    if faults := [*_faults(raw, head.MATERIAL), *_piece_faults(raw, head.MATERIAL, pieces)]:
        raise UntranslatableMessageError(faults)
    basic, basic1, own = raw.E1BPE1MARART, raw.E1BPE1MARART1, raw.Z1STYLE
    texts = _texts(raw)
    details = _of(own, head.MATERIAL)[0]
    return Style(
        number=head.MATERIAL,
        stamp=idoc.stamp,
        names={
            language(row.LANGU, row.LANGU_ISO): name
            for row in raw.E1BPE1MAKTRT
            if (name := plain_line(row.MATL_DESC))
        },
        descriptions=texts.get(("DESC", ""), {}),
        brand=_of(basic1, head.MATERIAL)[0].BRAND_ID,
        division=_of(basic, head.MATERIAL)[0].DIVISION,
        category=head.MATL_GROUP,
        category_names=texts.get(("CATEGORY", ""), {}),
        gender=GENDERS[details.GENDER],
        tier=_of(basic1, head.MATERIAL)[0].FASHION_GRADE,
        exclusive=details.EXCLUSIVE,
        unit=_UNITS[_unit(_of(basic, head.MATERIAL)[0])],
        multiple=_multiple(raw, head.MATERIAL),
        minimum=details.MINQTY,
        launched=details.LAUNCH,
        rank=details.RANK,
        size_names={
            size: named
            for size in dict.fromkeys(piece.size for piece in pieces)
            if (named := texts.get(("SIZE", size)))
        },
        prepacks=_prepacks(raw),
        colourways=_colourways(raw, head.MATERIAL, pieces, texts),
    )


def tombstone(number: str, stamp: str) -> Style:
    """What is left of a deleted style: its stamp, so that nothing older brings it back."""
    return Style(
        number=number,
        stamp=stamp,
        deleted=True,
        names={},
        descriptions={},
        brand="",
        division="",
        category="",
        gender="unisex",
        tier="",
        unit="PCE",
        launched=date.min,
        rank=0,
        colourways=[],
    )


def sku_id(number: str, colour: str, size: str) -> str:
    """style-colour-size; a slash in the size becomes an underscore."""
    return f"{number}-{colour}-{size.replace('/', '_')}"


def _of(rows: Iterable[R], number: str) -> list[R]:
    return [row for row in rows if number == row.MATERIAL]


def _faults(raw: _Article, number: str) -> list[str]:
    segments: dict[str, int] = {
        "E1BPE1MARART": len(_of(raw.E1BPE1MARART, number)),
        "E1BPE1MARART1": len(_of(raw.E1BPE1MARART1, number)),
        "Z1STYLE": len(_of(raw.Z1STYLE, number)),
    }
    faults = [
        f"{segment}: {count} rows of {number} instead of one"
        for segment, count in segments.items()
        if count != 1
    ]
    for row in raw.E1BPE1MAKTRT:
        try:
            language(row.LANGU, row.LANGU_ISO)
        except ValueError as error:
            faults.append(f"E1BPE1MAKTRT: {error}")
    faults += [
        f"E1BPE1MARART: the unit {_unit(row)!r} is neither pieces nor pairs"
        for row in _of(raw.E1BPE1MARART, number)
        if _unit(row) not in _UNITS
    ]
    faults += [
        f"E1BPE1MARMRT: {row.NUMERATOR}/{row.DENOMINATR} pieces are no case"
        for row in _cases(raw, number)
        if row.NUMERATOR < 1 or row.NUMERATOR % row.DENOMINATR
    ]
    return faults


def _piece_faults(raw: _Article, number: str, pieces: list[_Piece]) -> list[str]:
    faults = []
    colours = {row.COLOR for row in raw.Z1COLOR}
    for piece in pieces:
        if piece.colour not in colours:
            faults.append(f"Z1COLOR: no row of the colour {piece.colour!r} of {piece.article}")
        if not _SIZE.match(piece.size):
            faults.append(f"E1BPE1AUSPRT: {piece.article} has the size {piece.size!r}")
        if len(piece.gtin) != 13 or not ean.is_valid(piece.gtin):
            faults.append(f"E1BPE1MARMRT: {piece.article} has the GTIN {piece.gtin!r}")
    ids = Counter(sku_id(number, piece.colour, piece.size) for piece in pieces)
    gtins = Counter(piece.gtin for piece in pieces if piece.gtin)
    articles = Counter(piece.article for piece in pieces)
    faults += [
        f"E1BPE1VARKEY: {value} is there {count} times"
        for value, count in (ids + gtins + articles).items()
        if count > 1
    ]
    sizes = {piece.size for piece in pieces}
    faults += [
        f"Z1PREPACK: {row.PACK} has the size {row.SIZE!r} that the style has not"
        for row in raw.Z1PREPACK
        if row.SIZE not in sizes
    ]
    return faults


def _pieces(raw: _Article) -> list[_Piece]:
    values = {(row.MATERIAL, row.CHAR_NAME): row.CHAR_VALUE for row in raw.E1BPE1AUSPRT}
    gtins = {row.MATERIAL: row.EAN_UPC for row in raw.E1BPE1MARMRT if row.EAN_UPC}
    return [
        _Piece(
            article=row.VARIANT,
            colour=values.get((row.VARIANT, "COLOR"), ""),
            size=_size(
                values.get((row.VARIANT, "SIZE1"), ""), values.get((row.VARIANT, "SIZE2"), "")
            ),
            gtin=gtins.get(row.VARIANT, ""),
        )
        for row in raw.E1BPE1VARKEY
    ]


def _size(first: str, second: str) -> str:
    """Waist and length are written 30x32, band and cup 75B."""
    return f"{first}x{second}" if second[:1].isdigit() else first + second


def _cases(raw: _Article, number: str) -> list[_Unit]:
    return [row for row in _of(raw.E1BPE1MARMRT, number) if row.ALT_UNIT == _CASE]


def _multiple(raw: _Article, number: str) -> int:
    return next((int(row.NUMERATOR / row.DENOMINATR) for row in _cases(raw, number)), 1)


def _unit(basic: _Basic) -> str:
    return basic.BASE_UOM_ISO or basic.BASE_UOM


def _texts(raw: _Article) -> dict[tuple[str, str], Texts]:
    """By what they are of: kind and key. Only descriptions have several lines."""
    found: dict[tuple[str, str], Texts] = {}
    for row in raw.Z1TEXT:
        read = plain_text if row.KIND == "DESC" else plain_line
        if text := read(row.TEXT):
            found.setdefault((row.KIND, row.KEY), {})[language("", row.SPRAS_ISO)] = text
    return found


def _prepacks(raw: _Article) -> list[PrePack]:
    packs: dict[str, dict[str, int]] = {}
    for row in raw.Z1PREPACK:
        packs.setdefault(row.PACK, {})[row.SIZE] = row.QUANTITY
    return [PrePack(code=code, quantities=quantities) for code, quantities in packs.items()]


def _colourways(
    raw: _Article, number: str, pieces: list[_Piece], texts: Mapping[tuple[str, str], Texts]
) -> list[Colourway]:
    """In the order of the first variant of each; sizes in the order of the variants."""
    colours = {row.COLOR: row for row in raw.Z1COLOR}
    seasons: dict[str, dict[str, None]] = {}
    for row in raw.E1BPFSHSEASONS:
        seasons.setdefault(row.COLOR, {})[f"{row.SEASON}{row.SEASON_YR[2:]}"] = None
    skus: dict[str, list[Sku]] = {}
    for piece in pieces:
        sku = Sku(
            id=sku_id(number, piece.colour, piece.size),
            size=piece.size,
            article=piece.article,
            gtin=piece.gtin,
        )
        skus.setdefault(piece.colour, []).append(sku)
    return [
        Colourway(
            code=code,
            names=texts.get(("COLOR", code), {}),
            family=colours[code].FAMILY,
            family_names=texts.get(("FAMILY", colours[code].FAMILY), {}),
            hex=colours[code].HEX.upper(),
            picture=colours[code].PICTURE,
            seasons=list(seasons.get(code, {})),
            skus=own,
        )
        for code, own in skus.items()
    ]
