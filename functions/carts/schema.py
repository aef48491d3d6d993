"""What the carts service takes and answers."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from shared.assortment.model import WindowKind
from shared.availability.rules import Shown
from shared.cart.checks import CheckView
from shared.cart.model import MAX_LINES, CartState
from shared.http.fields import NO_CONTROLS, NOT_BLANK
from shared.money import Money, UnitPrice
from shared.vat.rules import Vat

MAX_QUANTITY = 100_000
Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=NOT_BLANK),
]
Identifier = Annotated[str, Field(min_length=1, max_length=64, pattern=NO_CONTROLS)]
PriceSource = Literal["customer", "price_list", "market"]


class CartName(BaseModel):
    """A new cart's name, or the new name of one."""

    model_config = ConfigDict(extra="forbid")

    name: Name


class LineChange(BaseModel):
    """How many pieces of a SKU a door shall get in a delivery window."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sku: Identifier
    door: Identifier
    window: Identifier
    quantity: int = Field(ge=0, le=MAX_QUANTITY, description="pieces; 0 removes the line")


class LineChanges(BaseModel):
    """Cells that were filled in; other lines stay as they are."""

    model_config = ConfigDict(extra="forbid")

    lines: list[LineChange] = Field(min_length=1, max_length=MAX_LINES)


class ListQuery(BaseModel):
    """Which page of the list."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(default=25, ge=1, le=100)
    cursor: str | None = Field(
        default=None, max_length=200, pattern=NO_CONTROLS, description="`next` of a page"
    )


class ChangeView(BaseModel):
    """Who, and when."""

    by: str
    at: datetime


class LineView(BaseModel):
    """A line; what can't be had any more has no names, prices or amount."""

    sku: str
    door: str
    window: str
    quantity: int
    style: str
    style_name: str
    colour: str
    colour_name: str
    size: str
    size_name: str
    gtin: str | None
    unit_price: UnitPrice | None
    price_source: PriceSource | None
    amount: Money | None
    rrp: UnitPrice | None
    available: Shown | None = Field(description="today; null where stock does not limit (pre-book)")
    changed: ChangeView


class NextTier(BaseModel):
    """The next volume tier and how many pieces of the style it takes."""

    quantity: int
    unit_price: UnitPrice
    missing: int


class StyleView(BaseModel):
    """A style over the whole cart; volume tiers count all its colours and sizes."""

    style: str
    name: str
    pieces: int
    minimum: int
    multiple: int
    price_source: PriceSource
    unit_price: UnitPrice
    tier: int | None = Field(description="from-quantity of the tier reached")
    next_tier: NextTier | None


class DeliveryView(BaseModel):
    """What becomes one order; the dates are null where the window is not offered any more."""

    door: str
    door_name: str
    window: str
    kind: WindowKind | None
    ship_from: date | None
    ship_to: date | None
    cut_off: date | None
    pieces: int
    net: Money
    vat: Vat
    gross: Money
    minimum: Money
    missing: Money = Field(description="what lacks to the minimum")


class Totals(BaseModel):
    """All deliveries together."""

    lines: int
    pieces: int
    net: Money
    vat: Money
    gross: Money


class CartView(BaseModel):
    """A cart, priced and checked as of now. Pointers of `checks` point into this."""

    id: str
    name: str
    state: CartState
    order_group: str | None
    etag: str = Field(description="the ETag header, for If-Match")
    revision: int = Field(description="the same version as placing an order names it")
    created: ChangeView
    changed: ChangeView
    lines: list[LineView]
    styles: list[StyleView]
    deliveries: list[DeliveryView]
    totals: Totals
    credit_left: Money | None = Field(description="may be negative; null without a limit")
    checks: list[CheckView]
    placeable: bool = Field(description="open, and no check is an error")


class CartSummary(BaseModel):
    """A cart in the list."""

    id: str
    name: str
    etag: str
    changed: ChangeView
    lines: int
    pieces: int
    net: Money | None = Field(description="as priced with the last change")


class CartPage(BaseModel):
    """Open carts, the last changed first."""

    items: list[CartSummary]
    next: str | None = Field(description="cursor of the next page; null on the last")


class Conflict(BaseModel):
    """A line that changed meanwhile; quantity 0: it was removed."""

    sku: str
    door: str
    window: str
    quantity: int
    changed: ChangeView
