"""What the assortments service takes and answers."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from shared.actor import ActorKind
from shared.assortment.model import Dimension, WindowKind
from shared.assortment.rules import Ground
from shared.http.fields import NO_CONTROLS, PATH_ID, Day, Input, Moment, Visible
from shared.money import Currency, UnitPrice
from shared.price.model import Tier

ASSORTMENT_ID = r"^[A-Z0-9][A-Z0-9_-]{0,9}$"
"""Pattern of the key of an assortment; SAP's (ASORT) have up to ten characters."""

MOST_RULES, MOST_VALUES, MOST_ITEMS, MOST_WINDOWS = 100, 100, 4_000, 50
"""What an assortment, and what is planned of it, can have in one document of 1 MiB."""

Key = Annotated[str, StringConstraints(pattern=PATH_ID)]
Words = Annotated[str, StringConstraints(max_length=500), Visible()]
Name = Annotated[str, StringConstraints(max_length=80, strip_whitespace=True), Visible()]
Value = Annotated[str, StringConstraints(max_length=40, pattern=NO_CONTROLS)]
Values = Annotated[list[Value], Field(min_length=1, max_length=MOST_VALUES)]
StyleNumber = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=NO_CONTROLS)]
Season = Annotated[str, StringConstraints(min_length=1, max_length=10, pattern=NO_CONTROLS)]
Code = Annotated[str, StringConstraints(max_length=20, pattern=NO_CONTROLS)]
WindowId = Annotated[str, StringConstraints(max_length=20, pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]


Rule = Annotated[
    dict[Dimension, Values],
    Field(
        min_length=1,
        description="all dimensions that it names must match, each with one of the values; only a"
        " rule that names `exclusive` lists styles that are exclusive to somebody",
    ),
]


class Colourways(Input):
    """A colourway, or all of a style."""

    style: StyleNumber
    colour: Code = Field(default="", description="empty for all of the style")


class Window(Input):
    """When goods of a season can be asked for, and until when orders are taken."""

    id: WindowId
    kind: WindowKind
    season: Season
    ship_from: Day
    ship_to: Day
    opens: Day
    cut_off: Day = Field(description="last day that an order is taken")


class Draft(Input):
    """What an assortment is to have."""

    name: Name
    rules: list[Rule] = Field(default=[], max_length=MOST_RULES)
    included: list[Colourways] = Field(default=[], max_length=MOST_ITEMS)
    excluded: list[Colourways] = Field(
        default=[], max_length=MOST_ITEMS, description="wins over `included`"
    )
    windows: list[Window] = Field(default=[], max_length=MOST_WINDOWS)


class PreviewedDraft(Draft):
    """A draft, and the id of its assortment, which need not exist yet."""

    id: Key


class Decision(Draft):
    """A draft that is to take effect."""

    reason: Words
    holds_from: Moment | None = Field(
        default=None, description="null for at once, as anything that has passed"
    )


class NewAssortment(Decision):
    """An assortment that is to be made."""

    id: Annotated[str, StringConstraints(pattern=ASSORTMENT_ID)]


class AssortmentHead(BaseModel):
    """An assortment in a list."""

    id: str
    name: str = Field(description="empty where only SAP listed it")
    keeper: Literal["sap", "desk"] = Field(
        description="who keeps it up to date: SAP's listings, or the desk since its first change"
    )
    planned_for: datetime | None
    etag: str = Field(description="for `If-Match`; differs after any change of the assortment")


class AssortmentList(BaseModel):
    """Assortments by id."""

    items: list[AssortmentHead]
    next: str | None = Field(description="cursor of the next page")


class ContentView(BaseModel):
    """What an assortment has."""

    name: str
    rules: list[dict[Dimension, list[str]]]
    included: list[Colourways]
    excluded: list[Colourways]
    windows: list[Window]


class Plan(ContentView):
    """What it is to have from `holds_from` on."""

    holds_from: datetime
    by: str
    reason: str


class AssortmentView(ContentView, AssortmentHead):
    """An assortment, with what is planned."""

    companies: int = Field(description="how many have it")
    plan: Plan | None


class VersionView(ContentView):
    """What it had from `since` on, until the version after it."""

    number: int
    since: datetime
    by: str
    by_kind: ActorKind | None
    reason: str


class History(BaseModel):
    """The versions, the newest first; before the first of them SAP's listings held."""

    items: list[VersionView]
    next: str | None = Field(description="cursor of the next page")


class Colourway(BaseModel):
    """A colourway that comes or goes."""

    style: str
    name: str
    colour: str
    colour_name: str


class Shift(BaseModel):
    """How much comes or goes, with examples."""

    styles: int
    colourways: int
    examples: list[Colourway] = Field(description="the first hundred by style number")


class Preview(BaseModel):
    """What a draft changes for the companies that have the assortment, against today."""

    companies: int
    styles: int = Field(description="that they see then, if they have a price")
    gained: Shift
    lost: Shift


class Choice(BaseModel):
    """A value that rules can name, and how many styles have it."""

    value: str
    text: str = Field(description="in the reader's language; the value where SAP sent no text")
    styles: int


class Choices(BaseModel):
    """The values that styles have and rules can name, by dimension."""

    brand: list[Choice]
    division: list[Choice]
    category: list[Choice]
    gender: list[Choice]
    season: list[Choice]
    tier: list[Choice]
    exclusive: list[Choice]


class PageQuery(Input):
    """Which page of a list."""

    limit: int = Field(default=50, ge=1, le=200)
    cursor: str | None = Field(default=None, pattern=PATH_ID, description="of the page before")


class CompanyQuery(PageQuery):
    """Which companies are listed, and which page of them."""

    assortment: Key | None = None


class CompanyHead(BaseModel):
    """A company, and the assortment that it sees."""

    id: str
    name: str
    city: str
    country: str
    assortment: str
    saps: str = Field(description="the assortment that SAP's customer master names")
    assigned: bool = Field(description="whether the desk gave it another one than SAP's")


class CompanyList(BaseModel):
    """Companies by number."""

    items: list[CompanyHead]
    next: str | None = Field(description="cursor of the next page")


class Assignment(Input):
    """Which assortment a company is to see."""

    assortment: Key | None = Field(description="null for the one that SAP's customer master names")
    reason: Words


class PastQuery(Input):
    """Of which day is asked, and what was known by when."""

    day: Day = Field(description="a business day of the market that sells to the company")
    known_at: Moment | None = Field(
        default=None,
        description="with what was known then, such as the moment of an order; null: by the day's end",
    )


PriceSource = Literal["market", "price_list", "customer", "price_group"]


class PastPrice(BaseModel):
    """What a piece cost."""

    unit: UnitPrice = Field(description="net")
    list_price: UnitPrice | None = Field(
        description="before discounts; null where none was taken off"
    )
    source: PriceSource = Field(description="whose price it was")
    tiers: list[Tier] = Field(description="net prices from so many pieces of the style on")


class PastSize(BaseModel):
    """A size of a colourway."""

    sku: str
    size: str
    blocked: bool = Field(description="SAP blocked it where the company buys")
    visible: bool = Field(description="the company could see and buy it")
    price: PastPrice | None = Field(description="null without a valid one")
    rrp: UnitPrice | None


class PastColourway(BaseModel):
    """A colourway, and why it was in the company's assortment or not."""

    code: str
    name: str = Field(description="as it is called today")
    ground: Ground
    rule: dict[Dimension, list[str]] | None = Field(
        description="the rule that listed it, if one did"
    )
    windows: list[str] = Field(description="delivery windows that took orders of it on that day")
    sizes: list[PastSize]


class PastStyle(BaseModel):
    """What a company could see of a style on a day, at which prices and minimums."""

    company: str
    style: str
    name: str = Field(description="as it is called today")
    day: date
    known_at: datetime
    assortment: str = Field(description="that the company saw then")
    currency: Currency
    minimum_order: int = Field(description="minor units, per order")
    minimum: int = Field(description="least pieces of the style per cart")
    multiple: int = Field(description="pieces per case")
    colourways: list[PastColourway]
