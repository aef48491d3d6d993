"""ARTMAS: a generic article with all its variants becomes a style."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, Field

from shared.sap.fault import UntranslatableMessageError
from shared.sap.fields import Date, Pieces, Whole, language
from shared.sap.idoc import DELETED, Idoc
from shared.sap.source_system import Articles
from shared.sap.statuses import Basic, Chain, Statuses
from shared.sap.variants import (
    Characteristic,
    OfMaterial,
    Unit,
    Variant,
    Variants,
    read_variants,
)
from shared.style.ids import safe
from shared.style.model import Colourway, PrePack, Sku, Style, Texts
from shared.text.markup import plain_line, plain_text


class _Head(OfMaterial):
    FUNCTION: str
    MATL_GROUP: str = ""


class _Name(OfMaterial):
    LANGU: str = ""
    LANGU_ISO: str = ""
    MATL_DESC: str


class _Basic1(OfMaterial):
    BRAND_ID: str
    FASHION_GRADE: str = ""


class _Season(OfMaterial):
    SEASON_YR: str = Field(pattern=r"^[0-9]{4}$")
    SEASON: str


class _Style(OfMaterial):
    GENDER: str
    EXCLUSIVE: str = ""
    MINQTY: Pieces
    LAUNCH: Date
    RANK: Whole


class _Colour(OfMaterial):
    COLOR: str
    FAMILY: str
    HEX: str = Field(pattern=r"^[0-9A-Fa-f]{6}$")
    PICTURE: str


class _Text(OfMaterial):
    SPRAS_ISO: str
    KIND: str
    KEY: str = ""
    TEXT: str


class _Pack(OfMaterial):
    PACK: str
    SIZE: str
    QUANTITY: Annotated[Pieces, Field(ge=1)]


class _Heading(BaseModel):
    E1BPE1MATHEAD: list[_Head] = Field(min_length=1, max_length=1)


class _Article(_Heading):
    """Of a whole message: what may be missing, an article may lack."""

    E1BPE1VARKEY: list[Variant] = Field(min_length=1)
    E1BPE1AUSPRT: list[Characteristic] = Field(min_length=1)
    E1BPE1MAKTRT: list[_Name] = Field(min_length=1)
    E1BPE1MARART: list[Basic] = Field(min_length=1)
    E1BPE1MARART1: list[_Basic1] = Field(min_length=1)
    E1BPE1MARMRT: list[Unit] = Field(min_length=1)
    E1BPE1MVKERT: list[Chain] = []
    E1BPFSHSEASONS: list[_Season] = []
    Z1STYLE: list[_Style] = Field(min_length=1)
    Z1COLOR: list[_Colour] = Field(min_length=1)
    Z1TEXT: list[_Text] = []
    Z1PREPACK: list[_Pack] = []


class _DeletedHead(OfMaterial):
    FUNCTION: Literal["003"]


class DeletedArticle(BaseModel):
    """The deletion of an article, as its JSON Schema tells it."""

    E1BPE1MATHEAD: list[_DeletedHead] = Field(min_length=1, max_length=1)


@dataclass(frozen=True)
class Article:
    """A style, what is wrong with its message though it was taken, and how many texts were left out
    since nobody reads their language."""

    style: Style
    told: list[str] = field(default_factory=list)
    texts_left_out: int = 0


R = TypeVar("R", bound=OfMaterial)


def article(idoc: Idoc) -> Article:
    """The style of one ARTMAS, or its tombstone when SAP deleted or blocked it.

    A reduced message, with the segments only that changed, is refused: what it lacks would be gone.

    Raises:
        UntranslatableMessageError, pydantic.ValidationError: with every fault.
    """
    head = _Heading.model_validate(idoc.segments).E1BPE1MATHEAD[0]
    if head.FUNCTION == DELETED:
        return Article(tombstone(head.MATERIAL, idoc.stamp))
    raw, settings = _Article.model_validate(idoc.segments), idoc.system.articles
    number = head.MATERIAL
    statuses = Statuses(raw.E1BPE1MARART, raw.E1BPE1MVKERT, idoc.system)
    sold = [row for row in raw.E1BPE1VARKEY if not statuses.is_blocked(row.VARIANT)]
    variants = read_variants(number, sold, raw.E1BPE1AUSPRT, raw.E1BPE1MARMRT, settings)
    if statuses.is_blocked(number) or not variants.pieces:
        return Article(tombstone(number, idoc.stamp))
    if faults := [*_faults(raw, number, settings), *variants.faults, *_cell_faults(raw, variants)]:
        raise UntranslatableMessageError(faults)
    texts, left_out = _texts(raw)
    told = variants.told + statuses.group_warnings(number, [row.VARIANT for row in sold])
    style = _whole_style(idoc.stamp, raw, variants, texts, statuses)
    return Article(style, told, left_out + _names(raw, number)[1])


def _whole_style(
    stamp: str,
    raw: _Article,
    variants: Variants,
    texts: Mapping[tuple[str, str], Texts],
    statuses: Statuses,
) -> Style:
    settings = statuses.system.articles
    head = raw.E1BPE1MATHEAD[0]
    number = head.MATERIAL
    basic, basic1 = _of(raw.E1BPE1MARART, number)[0], _of(raw.E1BPE1MARART1, number)[0]
    details = _of(raw.Z1STYLE, number)[0]
    return Style(
        number=number,
        stamp=stamp,
        names=_names(raw, number)[0],
        descriptions=texts.get(("DESC", ""), {}),
        brand=basic1.BRAND_ID,
        division=basic.DIVISION,
        category=head.MATL_GROUP,
        category_names=texts.get(("CATEGORY", ""), {}),
        gender=settings.genders[details.GENDER],
        tier=basic1.FASHION_GRADE,
        exclusive=details.EXCLUSIVE,
        unit=settings.units[_unit(basic)],
        pricing_groups=statuses.pricing_groups(number),
        units=variants.units,
        multiple=variants.units.get(settings.case, 1),
        minimum=details.MINQTY,
        launched=details.LAUNCH,
        rank=details.RANK,
        size_names={
            size: named
            for size in dict.fromkeys(piece.size for piece in variants.pieces)
            if (named := texts.get(("SIZE", size)))
        },
        prepacks=_prepacks(raw),
        colourways=_colourways(raw, number, variants, texts, statuses),
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


def _of(rows: Iterable[R], number: str) -> list[R]:
    return [row for row in rows if number == row.MATERIAL]


def _faults(raw: _Article, number: str, settings: Articles) -> list[str]:
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
    if not _names(raw, number)[0]:
        faults.append(f"E1BPE1MAKTRT: no name of {number} in a language that is known")
    faults += [
        f"E1BPE1MARART: the unit {_unit(row)!r} is neither pieces nor pairs"
        for row in _of(raw.E1BPE1MARART, number)
        if _unit(row) not in settings.units
    ]
    faults += [
        f"Z1STYLE/GENDER: {row.GENDER!r} is not in the settings"
        for row in _of(raw.Z1STYLE, number)
        if row.GENDER not in settings.genders
    ]
    unknown = {row.SEASON for row in raw.E1BPFSHSEASONS} - settings.seasons.keys()
    faults += [f"E1BPFSHSEASONS/SEASON: {one!r} is not in the settings" for one in sorted(unknown)]
    return faults


def _cell_faults(raw: _Article, variants: Variants) -> list[str]:
    rows = {safe(row.COLOR): row for row in raw.Z1COLOR}
    faults = [
        f"Z1COLOR: no row of the colour {piece.colour!r} of {piece.article}"
        for piece in variants.pieces
        if piece.colour_code not in rows
    ]
    written: dict[str, set[str]] = {}
    for piece in variants.pieces:
        written.setdefault(piece.colour_code, set()).add(piece.colour)
    faults += [
        f"E1BPE1AUSPRT: the colours {', '.join(sorted(names))} can't be told apart in ids"
        for names in written.values()
        if len(names) > 1
    ]
    sizes = {piece.size for piece in variants.pieces}
    faults += [
        f"Z1PREPACK: {row.PACK} has the size {row.SIZE!r} that the style has not"
        for row in raw.Z1PREPACK
        if row.SIZE not in sizes
    ]
    return faults


def _unit(basic: Basic) -> str:
    return basic.BASE_UOM_ISO or basic.BASE_UOM


def _names(raw: _Article, number: str) -> tuple[Texts, int]:
    """The generic article's, and how many are in a language that nobody knows."""
    names: Texts = {}
    unknown = 0
    for row in _of(raw.E1BPE1MAKTRT, number):
        try:
            key = language(row.LANGU, row.LANGU_ISO)
        except ValueError:
            unknown += 1
            continue
        if name := plain_line(row.MATL_DESC):
            names[key] = name
    return names, unknown


def _texts(raw: _Article) -> tuple[dict[tuple[str, str], Texts], int]:
    """By what they are of: kind and key. Only descriptions have several lines.

    And how many are in a language that nobody knows.
    """
    found: dict[tuple[str, str], Texts] = {}
    unknown = 0
    for row in raw.Z1TEXT:
        try:
            key = language("", row.SPRAS_ISO)
        except ValueError:
            unknown += 1
            continue
        read = plain_text if row.KIND == "DESC" else plain_line
        if text := read(row.TEXT):
            found.setdefault((row.KIND, row.KEY), {})[key] = text
    return found, unknown


def _prepacks(raw: _Article) -> list[PrePack]:
    packs: dict[str, dict[str, int]] = {}
    for row in raw.Z1PREPACK:
        packs.setdefault(row.PACK, {})[row.SIZE] = row.QUANTITY
    return [PrePack(code=code, quantities=quantities) for code, quantities in packs.items()]


def _seasons(
    raw: _Article, number: str, variants: Variants, settings: Articles
) -> dict[str, list[str]]:
    """By colour code: those of its variants, and those of the generic article."""
    colours = {piece.article: piece.colour_code for piece in variants.pieces}
    found: dict[str, dict[str, None]] = {code: {} for code in colours.values()}
    for row in raw.E1BPFSHSEASONS:
        own = [*found] if number == row.MATERIAL else [colours.get(row.MATERIAL, "")]
        for code in own:
            season = f"{settings.seasons[row.SEASON]}{row.SEASON_YR[2:]}"
            found.setdefault(code, {})[season] = None
    return {code: list(seasons) for code, seasons in found.items()}


def _colourways(
    raw: _Article,
    number: str,
    variants: Variants,
    texts: Mapping[tuple[str, str], Texts],
    statuses: Statuses,
) -> list[Colourway]:
    """In the order of the first variant of each; sizes in the order of the variants."""
    colours = {safe(row.COLOR): row for row in raw.Z1COLOR}
    seasons = _seasons(raw, number, variants, statuses.system.articles)
    skus: dict[str, list[Sku]] = {}
    for piece in variants.pieces:
        sku = Sku(
            id=variants.ids[piece.article],
            size=piece.size,
            article=piece.article,
            gtin=piece.gtin,
            case_gtin=piece.case_gtin,
            blocked_in=statuses.blocked_in(number, piece.article),
        )
        skus.setdefault(piece.colour_code, []).append(sku)
    return [
        Colourway(
            code=code,
            names=_colour_names(texts, colours[code].COLOR, code),
            family=colours[code].FAMILY,
            family_names=texts.get(("FAMILY", colours[code].FAMILY), {}),
            hex=colours[code].HEX.upper(),
            picture=colours[code].PICTURE,
            seasons=seasons[code],
            skus=own,
        )
        for code, own in skus.items()
    ]


def _colour_names(texts: Mapping[tuple[str, str], Texts], written: str, code: str) -> Texts:
    """A colour that is no code but a word is its own name where it has none in English."""
    names = texts.get(("COLOR", written), {})
    return names if written == code else {"en": plain_line(written), **names}
