"""A style with its colourways, size runs and SKUs (SAP generic article and variants)."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from pydantic import BaseModel, Field, computed_field

Gender = Literal["men", "women", "unisex", "kids"]
Unit = Literal["PCE", "PR"]
"""What is counted, by UN/ECE Recommendation 20: pieces or pairs."""
Texts = dict[str, str]  # language key (ISO 639-1, or a locale such as fr_CA) -> text


def chain_of(organisation: str, channel: str) -> str:
    """The name of a distribution chain (SAP VKORG and VTWEG)."""
    return f"{organisation}~{channel}"


class Sku(BaseModel):
    """A colourway in one size.

    `article` is SAP's variant number without leading zeros; stock and orders use it.
    """

    id: str = Field(description="style-colour-size")
    size: str
    article: str
    gtin: str = Field(default="", description="GTIN-13; empty where it has none yet")
    case_gtin: str = Field(
        default="", description="that of its case, where it is not the SKU's own as a GTIN-14"
    )
    blocked_in: list[str] = Field(
        default=[], description="distribution chains in which it is not sold (SAP MVKE-VMSTA)"
    )


class Colourway(BaseModel):
    """A style in one colour; `skus` are its size run in wearing order."""

    code: str
    names: Texts
    family: str
    family_names: Texts = Field(default={}, description="what SAP calls the family")
    hex: str = Field(description="RRGGBB")
    picture: str = Field(description="file name below the media URL")
    seasons: list[str] = Field(description="offered in, e.g. FW26, SS27")
    skus: list[Sku]


class PrePack(BaseModel):
    """A fixed size run of one colourway, sold as a whole."""

    code: str
    quantities: dict[str, int] = Field(description="size label -> pieces")


class Style(BaseModel):
    """`styles/{number}`: everything that SAP's article master says of a style.

    `stamp` is the source stamp of the message it came by.
    """

    number: str
    stamp: str
    deleted: bool = False
    names: Texts
    descriptions: Texts
    brand: str
    division: str
    category: str
    category_names: Texts = Field(default={}, description="what SAP calls the category")
    gender: Gender
    tier: str
    exclusive: str = ""
    unit: Unit
    pricing_groups: dict[str, str] = Field(
        default={}, description="material pricing group (SAP KONDM) by distribution chain"
    )
    units: dict[str, int] = Field(
        default={}, description="SAP's other units of measure -> pieces in one"
    )
    multiple: int = Field(default=1, ge=1, description="order multiple: pieces per case")
    minimum: int = Field(default=0, ge=0, description="least pieces of the style per cart")
    launched: date
    rank: int = Field(description="bestseller rank, 1 sells best")
    size_names: dict[str, Texts] = {}
    prepacks: list[PrePack] = []
    colourways: list[Colourway]

    @computed_field  # type: ignore[prop-decorator]
    @property
    def gtins(self) -> list[str]:
        """GTINs of all SKUs and their cases; stored beside the colourways, which no index sees
        into."""
        skus = [sku for colourway in self.colourways for sku in colourway.skus]
        return sorted({gtin for sku in skus for gtin in (sku.gtin, sku.case_gtin) if gtin})

    @computed_field  # type: ignore[prop-decorator]
    @property
    def articles(self) -> list[str]:
        """Article numbers of all SKUs, stored as `gtins` are: by which an article is found."""
        return sorted({sku.article for colour in self.colourways for sku in colour.skus})


def size_run(style: Style) -> list[str]:
    """The sizes of all colourways in wearing order.

    One that the colourways before lack stands before what follows it in its own size run.
    """
    run: list[str] = []
    for colourway in style.colourways:
        sizes = [sku.size for sku in colourway.skus]
        for place, size in enumerate(sizes):
            if size not in run:
                following = (run.index(other) for other in sizes[place + 1 :] if other in run)
                run.insert(next(following, len(run)), size)
    return run


def unit_of_all(units: Iterable[Unit]) -> Unit:
    """What goods of these units are counted in together: pairs only where all of them are."""
    return "PR" if set(units) == {"PR"} else "PCE"


def style_of(sku: str) -> str:
    """The style number within a SKU id: all before the last two hyphens."""
    return sku.rsplit("-", 2)[0]


def styles_spelt(text: str) -> list[str]:
    """The style numbers of a SKU that may be spelt otherwise than its id: 10001-010-39-42, too."""
    return list(dict.fromkeys(text.rsplit("-", after)[0] for after in (2, 3)))


def styles_named(text: str) -> list[str]:
    """The style numbers that a style number, colourway or SKU may have in it, the longest first.

    "CW2288-111" is a style, or colour 111 of style CW2288.
    """
    parts = text.split("-")
    return ["-".join(parts[: len(parts) - less]) for less in range(min(len(parts), 3))]


def colour_of(sku: str) -> str:
    """The colour code within a SKU id; empty where there is none."""
    parts = sku.rsplit("-", 2)
    return parts[1] if len(parts) > 1 else ""
