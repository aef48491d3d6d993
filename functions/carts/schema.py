"""What the carts service takes and answers."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from shared.actor import Signed
from shared.approval.model import Fired
from shared.assortment.model import WindowKind
from shared.availability.rules import Shown
from shared.cart.checks import CheckView
from shared.cart.model import MAX_LINES, CartState
from shared.http.fields import NO_CONTROLS, Input, Visible
from shared.money import Money, UnitPrice
from shared.style.model import Unit
from shared.vat.view import VatView

MAX_QUANTITY = 100_000
Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=80),
    Visible(),
]
Identifier = Annotated[str, Field(min_length=1, max_length=64, pattern=NO_CONTROLS)]
PriceSource = Literal["customer", "price_list", "market"]


class CartName(Input):
    """A new cart's name, or the new name of one."""

    name: Name


class LineChange(Input, frozen=True):
    """How many pieces of a SKU a door is to get in a delivery window."""

    sku: Identifier
    door: Identifier
    window: Identifier
    quantity: int = Field(ge=0, le=MAX_QUANTITY, description="pieces; 0 removes the line")


class LineChanges(Input):
    """Cells of the size grid that were filled in. Other lines stay as they are."""

    lines: list[LineChange] = Field(min_length=1, max_length=MAX_LINES)


class ListQuery(Input):
    """Which page of the list."""

    limit: int = Field(default=25, ge=1, le=100)
    cursor: str | None = Field(
        default=None, max_length=200, pattern=NO_CONTROLS, description="`next` of a page"
    )


class ChangeView(Signed):
    """Who changed something, and when."""

    uid: str = Field(description="the person, as `GET /v1/accounts/me` tells who asks")
    at: datetime


class LineView(BaseModel):
    """A line. One whose SKU can't be ordered any more has no names, prices or amount."""

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
    unit_price: UnitPrice | None = Field(
        description="net, after volume tiers and discounts; of the SKU, where it has its own price"
    )
    list_price: UnitPrice | None = Field(
        description="before discounts; null where none is taken off"
    )
    price_source: PriceSource | None
    amount: Money | None
    rrp: UnitPrice | None
    available: Shown | None = Field(
        description="what can be had today; null for pre-book, which stock does not limit"
    )
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
    unit: Unit
    pieces: int
    minimum: int
    multiple: int
    price_source: PriceSource
    unit_price: UnitPrice = Field(
        description="net, after volume tiers and discounts, of SKUs without a price of their own"
    )
    list_price: UnitPrice | None = Field(
        description="before discounts; null where none is taken off"
    )
    tier: int | None = Field(
        description="the quantity from which the volume tier that is reached applies"
    )
    next_tier: NextTier | None


class DeliveryView(BaseModel):
    """The part of the cart that becomes one order: one door and delivery window.

    The dates are null where the window is not offered any more.
    """

    door: str
    door_name: str
    window: str
    kind: WindowKind | None
    ship_from: date | None
    ship_to: date | None
    cut_off: date | None
    pieces: int
    unit: Unit = Field(description="what `pieces` counts: pairs only where all goods are pairs")
    net: Money
    vat: VatView
    gross: Money
    minimum: Money
    missing: Money = Field(description="net amount that is missing to reach the minimum order")


class Totals(BaseModel):
    """All deliveries together."""

    lines: int
    pieces: int
    unit: Unit = Field(description="what `pieces` counts: pairs only where all goods are pairs")
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
    revision: int = Field(description="the version of the cart, which placing an order has to name")
    created: ChangeView
    changed: ChangeView
    lines: list[LineView]
    styles: list[StyleView]
    deliveries: list[DeliveryView]
    totals: Totals
    credit_left: Money | None = Field(
        description="credit that is left, which may be negative; null where there is no limit"
    )
    checks: list[CheckView]
    placeable: bool = Field(
        description="whether the caller can order it: they may change it, and no check is an error"
    )
    approval: list[Fired] = Field(
        default=[],
        description="rules of the company's by which it waits for an approval, if the caller"
        " places it now",
    )
    prepared_by: str | None = Field(
        description="name of the rep who made it and has not handed it over; null of other carts"
    )
    handed_over: ChangeView | None = Field(
        description="which rep gave it to the company's people, and when"
    )
    may_change: bool = Field(description="whether the caller may change the cart and place it")
    not_changed_because: str | None = Field(
        description="why the caller may not change an open cart, in their language"
    )
    may_hand_over: bool = Field(
        description="whether the caller is a rep and may give it to the company's people"
    )


class CartSummary(BaseModel):
    """A cart in the list."""

    id: str
    name: str
    etag: str
    changed: ChangeView
    lines: int
    pieces: int
    unit: Unit = Field(description="what `pieces` counted when the cart was last changed")
    net: Money | None = Field(description="net amount when the cart was last changed")
    prepared_by: str | None = Field(
        description="name of the rep who made it and has not handed it over; null of other carts"
    )
    may_change: bool = Field(description="whether the caller may change the cart and place it")


class CartPage(BaseModel):
    """Open carts, the last changed first."""

    items: list[CartSummary]
    next: str | None = Field(description="cursor of the next page; null on the last")


class CustomerCarts(BaseModel):
    """The open carts of a company that the caller acts for as a sales rep."""

    company: str
    open: int = Field(description="all open carts, those that reps made among them")
    in_preparation: int = Field(description="of these, that a rep made and has not handed over")
    handed_over: int = Field(
        description="of these, that a rep made and handed over, and nobody placed yet"
    )


class CustomerCartsPage(BaseModel):
    """The caller's customers, by number."""

    items: list[CustomerCarts]
    next: str | None = Field(description="cursor of the next page; null on the last")


class Conflict(BaseModel):
    """A line that somebody else changed meanwhile; with quantity 0 they removed it."""

    sku: str
    door: str
    window: str
    quantity: int
    changed: ChangeView
