"""What comes in and goes out of orders."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.cart.checks import CheckView
from shared.company.model import Address
from shared.http.fields import NO_CONTROLS, PATH_ID, Day
from shared.money import Currency, Money, UnitPrice
from shared.order.model import PO_NUMBER_LENGTH, Confirmation, HandoverState
from shared.order.status import Status
from shared.vat.rules import VatRule

Id = Annotated[str, Field(min_length=1, max_length=64, pattern=NO_CONTROLS)]

# PURCH_NO_C takes any printable character, but what passes it on to carriers and EDI partners
# may know ASCII only. A slash is fine: ours is the first one, after exactly 14 characters.
PO_NUMBER = r"^[!-~]([ -~]*[!-~])?$"

# Lines of text, of which one at least says something.
_LINE_FEEDS_ONLY = r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
REASON = rf"^{_LINE_FEEDS_ONLY}*[^\s\x00-\x1f\x7f-\x9f]{_LINE_FEEDS_ONLY}*$"


class Input(BaseModel):
    """Unknown fields are a fault: they are more often a typing error than meant."""

    model_config = ConfigDict(extra="forbid")


class CartVersion(Input):
    """A cart as the buyer saw it."""

    id: str = Field(pattern=PATH_ID)
    revision: int = Field(ge=0, le=1_000_000_000)


class SeenPrice(Input):
    """The unit price of a style that the buyer saw, after volume tiers."""

    style: Id
    unit_price: UnitPrice


class DeliveryRequest(Input):
    """When the goods of a door and delivery window are wanted."""

    door: Id
    window: Id
    requested_on: Day | None = Field(
        default=None, description="absent: the window's first ship date, today for at-once"
    )
    cancel_by: Day | None = Field(
        default=None, description="what has not been shipped by then is not wanted any more"
    )


class PlaceRequest(Input):
    """Place a cart, as it was seen."""

    cart: CartVersion
    po_number: str = Field(max_length=PO_NUMBER_LENGTH, pattern=PO_NUMBER)
    prices: list[SeenPrice] = Field(max_length=5000)
    deliveries: list[DeliveryRequest] = Field(default=[], max_length=5000)


class CancelRequest(Input):
    """Cancel an order."""

    reason: str = Field(max_length=500, pattern=REASON)


class WantedLine(Input):
    """New pieces of a line."""

    sku: Id
    quantity: int = Field(ge=0, le=100_000, description="pieces; 0 removes the line for good")


class ChangeRequest(Input):
    """Change an order, as it was seen. Lines that are not given stay as they are."""

    version: int = Field(ge=1, le=1_000_000_000, description="the order's, as it was seen")
    lines: list[WantedLine] = Field(min_length=1, max_length=5000)


class ListQuery(Input):
    """Filters (all must match) and the page. Days are in UTC and included."""

    status: Status | None = None
    door: Id | None = None
    window: Id | None = None
    season: Id | None = None
    po_number: str | None = Field(default=None, max_length=PO_NUMBER_LENGTH, pattern=NO_CONTROLS)
    style: Id | None = Field(default=None, description="style number or SKU of the style")
    placed_from: Day | None = None
    placed_to: Day | None = None
    limit: int = Field(default=25, ge=1, le=100)
    cursor: str | None = Field(
        default=None, max_length=512, pattern=NO_CONTROLS, description="`next` of a page"
    )


class VatView(BaseModel):
    """VAT of an order."""

    rule: VatRule
    rate: int = Field(description="tenths of a percent")
    amount: Money
    note: str | None = Field(description="wording for documents; null where none is needed")


class HandoverView(BaseModel):
    """The order's way into SAP, with a text for people."""

    state: HandoverState
    detail: str


class DoorView(BaseModel):
    """Where the goods go."""

    id: str
    name: str
    address: Address


class OrderHead(BaseModel):
    """An order without its lines."""

    number: str
    group: str
    po_number: str
    placed_at: datetime
    placed_by: str
    door: DoorView
    window: str
    season: str
    at_once: bool
    requested_on: date
    cancel_by: date | None
    pieces: int
    net: Money
    gross: Money
    status: Status
    sap_number: str | None


class PlacedOrder(OrderHead):
    """An order as answered when it was placed."""

    vat: VatView
    handover: HandoverView


class PlacedGroup(BaseModel):
    """What became of a cart: one order for each door and delivery window."""

    group: str = Field(description="number of the order group")
    cart: str
    po_number: str
    orders: list[PlacedOrder]
    warnings: list[CheckView]


class OrderPage(BaseModel):
    """Orders, newest first; `next` is the cursor of the next page, null on the last."""

    orders: list[OrderHead]
    next: str | None


class LineView(BaseModel):
    """A line in the reader's language."""

    position: int
    sku: str
    style: str
    style_name: str
    colour: str
    colour_name: str
    size: str
    size_name: str
    article: str
    gtin: str
    quantity: int
    unit_price: UnitPrice
    amount: Money
    confirmed: list[Confirmation] = Field(description="SAP's schedule lines; empty before")
    shipped: int = Field(description="pieces that have left")
    rejected: bool


class StepView(BaseModel):
    """A status that the order came into."""

    status: Status
    at: datetime
    by: str
    reason: str


class QuantityView(BaseModel):
    """Pieces of one of the order's lines."""

    position: int
    quantity: int


class ShipmentView(BaseModel):
    """An outbound delivery, as far as it holds goods of the order."""

    number: str = Field(description="SAP's delivery")
    carrier: str
    tracking: str
    shipped_at: datetime | None = Field(description="null while it has not left")
    cancelled: bool
    lines: list[QuantityView]


class InvoiceView(BaseModel):
    """An invoice; its sums are the whole document's, also where it is about other orders too."""

    number: str = Field(description="SAP's billing document")
    on: date
    net: Money
    gross: Money
    cancelled_by: str | None = Field(description="number of the document that took it back")


class PermissionView(BaseModel):
    """Whether something can be done with the order now; `why_not` is for people."""

    allowed: bool
    until: date | None = Field(description="last day that is known of; null for none")
    why_not: str | None


class LineChange(BaseModel):
    """Pieces of a line in the version before and in this one."""

    position: int
    before: int
    after: int


class VersionView(BaseModel):
    """What the order was, is, or was to be."""

    number: int
    at: datetime
    by: str
    pieces: int
    net: Money
    state: Literal["current", "earlier", "refused"]
    changes: list[LineChange]


class ChangeView(BaseModel):
    """The way of the latest change or cancellation to SAP, with a text for people."""

    number: int = Field(description="of the version that it makes; a cancellation makes none")
    cancels: bool
    at: datetime
    by: str
    reason: str
    state: HandoverState
    underway: bool = Field(description="there is more to come without anybody's doing")
    detail: str


class OrderView(PlacedOrder):
    """An order with everything; a line of no pieces was removed."""

    version: int = Field(description="to be named when it is changed")
    versions: list[VersionView] = Field(description="oldest first; empty before the first change")
    change: ChangeView | None
    may_change: PermissionView
    may_cancel: PermissionView

    cart: str
    currency: Currency
    payment_terms: str
    incoterms: str
    incoterms_place: str
    lines: list[LineView]
    history: list[StepView]
    shipments: list[ShipmentView]
    invoices: list[InvoiceView]


class ChangedOrder(OrderView):
    """The order after a change; `warnings` are about the change."""

    warnings: list[CheckView]
