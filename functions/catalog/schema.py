"""What the catalog is asked, and what it answers."""

from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from shared.assortment.model import WindowKind
from shared.availability.rules import Shown
from shared.http.fields import NO_CONTROLS, NO_NUL, Input
from shared.money import Currency, Money, UnitPrice
from shared.style.codes import CodeFault
from shared.style.model import Gender

Sort = Literal["relevance", "bestseller", "newest", "price", "price_desc", "name"]
Value = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=NO_CONTROLS)]
PriceSource = Literal["customer", "price_list", "market"]

LOOKUP_LIMIT = 5_000
LINE_SHEET_LIMIT = 50


def _alternatives(description: str) -> list[str]:
    field: list[str] = Field(default=[], max_length=50, description=f"{description}; any of them")
    return field


class StylesQuery(Input):
    """Filters, sort and page. A style is answered if one of its SKUs meets all filters."""

    q: str = Field(
        default="",
        max_length=100,
        pattern=NO_CONTROLS,
        description="words, style number, SKU or GTIN",
    )
    season: list[Value] = _alternatives("e.g. SS27")
    delivery: list[Value] = _alternatives("delivery window ids")
    category: list[Value] = _alternatives("category keys")
    gender: list[Gender] = Field(default=[], max_length=4)
    colour: list[Value] = _alternatives("colour families")
    size: list[Value] = _alternatives("size labels")
    price_from: int | None = Field(
        default=None,
        ge=0,
        le=1_000_000_000,
        description="wholesale price of one piece, minor units, inclusive",
    )
    price_to: int | None = Field(
        default=None, ge=0, le=1_000_000_000, description="the same as price_from, but the greatest"
    )
    availability: Literal["any", "at_once"] = Field(
        default="any", description="at_once: in stock and offered at once"
    )
    sort: Sort | None = Field(
        default=None, description="relevance where there is a q, else bestseller"
    )
    limit: int = Field(default=24, ge=1, le=96)
    cursor: str | None = Field(
        default=None, max_length=1_000, pattern=NO_CONTROLS, description="of the page before"
    )


class Window(BaseModel):
    """A delivery window; `open` tells whether orders are taken today."""

    id: str
    kind: WindowKind
    season: str
    ship_from: date
    ship_to: date
    opens: date
    cut_off: date = Field(description="last day that an order is taken")
    open: bool


class PriceSpan(BaseModel):
    """A least and a greatest price."""

    model_config = ConfigDict(populate_by_name=True)

    from_: Money = Field(alias="from")
    to: Money


class PriceRange(BaseModel):
    """Net wholesale price of one piece from the best tier to none, rounded to the minor unit."""

    model_config = ConfigDict(populate_by_name=True)

    from_: Money = Field(alias="from")
    to: Money
    tiers: bool = Field(description="whether the price falls with the quantity")
    list_price: Money | None = Field(description="before discounts; null where none is taken off")
    sizes: PriceSpan | None = Field(
        description="the cheapest and the dearest SKU, of one piece; null where all cost the same"
    )


class ColourwayItem(BaseModel):
    """A visible colourway on a page of styles."""

    id: str
    code: str
    name: str
    family: str
    hex: str
    picture: str = Field(description="URL")
    availability: Shown = Field(description="sum of its sizes, at once")
    windows: list[str] = Field(description="ids of the delivery windows that it is offered in")


class StyleItem(BaseModel):
    """A style on a page of styles."""

    style: str
    name: str
    brand: str
    category: str
    category_name: str
    gender: Gender
    new: bool = Field(description="launched within the last 60 days, or to be")
    price: PriceRange
    rrp: UnitPrice | None
    availability: Shown = Field(description="sum of its visible colourways, at once")
    windows: list[str]
    colourways: list[ColourwayItem]


class FacetValue(BaseModel):
    """A value to filter by, and how many styles it would answer with all other filters."""

    value: str
    label: str
    count: int


class PriceFacet(PriceSpan):
    """Least and greatest piece price with all filters but the price's."""


class Facets(BaseModel):
    """Each is counted with all filters but its own; values that answer nothing are left out."""

    season: list[FacetValue]
    delivery: list[FacetValue]
    category: list[FacetValue]
    gender: list[FacetValue]
    colour: list[FacetValue]
    size: list[FacetValue]
    price: PriceFacet | None
    at_once: int | None = Field(
        description="styles in stock, by figures at most 30 s old; "
        "null where none are at hand, as they only are if somebody filters by them"
    )
    pre_book: int = Field(
        description="styles that some delivery window takes pre-book orders for, with all other "
        "filters than the delivery"
    )


class PageTail(BaseModel):
    """A page without its items."""

    total: int
    currency: Currency
    windows: list[Window] = Field(description="all delivery windows of the assortment")
    facets: Facets
    next: str | None = Field(description="cursor of the next page")


class StylesPage(PageTail):
    """A page of styles."""

    items: list[StyleItem]


class PriceTier(BaseModel):
    """What `per` pieces cost from `quantity` pieces of the style on, net and before discounts."""

    quantity: int
    price: UnitPrice
    list_price: UnitPrice | None = Field(description="null where none is taken off")


class PriceDetail(BaseModel):
    """The net wholesale price, the list that it comes from, and its volume tiers.

    The tiers are those of the list price and of the discounts together.
    """

    unit: UnitPrice
    list_price: UnitPrice | None = Field(
        description="before discounts; null where none is taken off"
    )
    source: PriceSource
    tiers: list[PriceTier]


class Later(BaseModel):
    """When more can be had."""

    on: date
    availability: Shown


class SkuDetail(BaseModel):
    """A size of a colourway."""

    sku: str
    gtin: str
    size: str
    size_name: str
    price: PriceDetail | None = Field(
        description="its own, where it is another than the style's; null for the style's"
    )
    rrp: UnitPrice | None = Field(
        description="its own, where it is another than the style's; null for the style's"
    )
    availability: Shown = Field(description="at once")
    later: list[Later]


class PrePackDetail(BaseModel):
    """A fixed size run of one colourway, sold as a whole."""

    code: str
    quantities: dict[str, int] = Field(description="size label -> pieces")


class Packs(BaseModel):
    """How the style is packed."""

    multiple: int = Field(description="pieces per case; quantities are multiples of it")
    minimum: int = Field(description="least pieces of the style per cart; 0 for none")
    prepacks: list[PrePackDetail]


class ColourwayDetail(BaseModel):
    """A visible colourway with its size run in wearing order."""

    id: str
    code: str
    name: str
    family: str
    hex: str
    picture: str = Field(description="URL")
    seasons: list[str]
    windows: list[Window]
    sizes: list[SkuDetail]


class StyleDetail(BaseModel):
    """Everything that a size grid needs."""

    style: str
    name: str
    description: str
    brand: str
    category: str
    category_name: str
    gender: Gender
    unit: Literal["PCE", "PR"] = Field(description="UN/ECE rec. 20: piece or pair")
    new: bool
    launched: date
    price: PriceDetail
    rrp: UnitPrice | None
    packs: Packs
    colourways: list[ColourwayDetail]


class LineSheetQuery(Input):
    """Which styles to print."""

    style: list[Value] = Field(
        min_length=1, max_length=LINE_SHEET_LIMIT, description="style numbers"
    )


class LineSheet(BaseModel):
    """Styles with everything that is printed of them."""

    styles: list[StyleDetail] = Field(
        description="in the order asked for; what is not in the company's range is left out"
    )


class LookupRequest(Input):
    """SKUs or GTINs, as typed, pasted or scanned."""

    entries: list[Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL)]] = Field(
        min_length=1, max_length=LOOKUP_LIMIT
    )
    with_quantities: bool = Field(
        default=False, description="whether each entry is a code with a quantity behind it"
    )


class FoundLine(BaseModel):
    """What an entry is."""

    status: Literal["found"] = "found"
    input: str
    sku: str
    gtin: str
    style: str
    style_name: str
    colourway: str
    colour_name: str
    size: str
    size_name: str
    picture: str
    price: PriceDetail
    availability: Shown
    windows: list[str] = Field(description="ids of the delivery windows that it is offered in")
    pieces: int | None = Field(
        description="what the entry asks for: what its label names, times the quantity behind it;"
        " null where that can't be read"
    )
    note: str | None = Field(
        description="for people: what was read otherwise than it is written, or can't be read"
    )


NotFoundCode: TypeAlias = (
    Literal["not_found", "several_articles", "unknown_colour", "unknown_size"] | CodeFault
)


class NotFoundLine(BaseModel):
    """An entry that is nothing this company may buy, or not one article."""

    status: Literal["not_found"] = "not_found"
    input: str
    code: NotFoundCode
    reason: str = Field(description="for people, in the reader's language")
    choices: list[FoundLine] = Field(
        description="the articles of which one may be meant: those that have the GTIN, or the "
        "sizes of the colourway or style that the entry names"
    )


class LookupAnswer(BaseModel):
    """One line for each entry, in the order sent."""

    lines: list[Annotated[FoundLine | NotFoundLine, Field(discriminator="status")]]
    windows: list[Window] = Field(description="all delivery windows of the assortment")
