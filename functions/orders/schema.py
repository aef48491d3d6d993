"""What comes in and goes out of orders."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    Field,
    StringConstraints,
    WithJsonSchema,
    computed_field,
)
from pydantic_core import PydanticCustomError

from functions.orders.changing.schema import (
    ChangeView,
    PermissionView,
    ProposalView,
    SubstitutionView,
    VersionView,
)
from functions.orders.following_schema import InvoiceView, RelatedOrderView, ShipmentView
from functions.orders.items import ItemView
from shared.actor import ActorKind, Signed
from shared.cart.checks import CheckView
from shared.cart.deliveries import DeliveryRequest, Id
from shared.company.model import Address
from shared.http.fields import NO_CONTROLS, PATH_ID, Day, Input, Visible
from shared.money import Currency, Money, UnitPrice
from shared.order import po_number
from shared.order.consent import Consent, ConsentMeans
from shared.order.handover import HandoverState
from shared.order.hold import HoldKind
from shared.order.model import Confirmation
from shared.order.rejection import RejectionReason
from shared.order.status import Status
from shared.style.model import Unit
from shared.vat.check_wording import VatCheckView
from shared.vat.view import VatView


def _read_po_number(written: str) -> str:
    printed = po_number.sap_form(written)
    if not printed:
        raise PydanticCustomError("nothing_printed", "nothing of it can be printed")
    if len(printed) > po_number.LONGEST:
        needed: dict[str, Any] = {"printed": printed, "length": len(printed)}
        raise PydanticCustomError(
            "printed_too_long", "too long", {**needed, "most": po_number.LONGEST}
        )
    return po_number.clean(written)


# A slash is fine: ours is the first one in PURCH_NO_C, after exactly 14 characters.
PoNumber = Annotated[
    str,
    StringConstraints(strip_whitespace=True),
    Field(max_length=100, pattern=NO_CONTROLS),
    AfterValidator(_read_po_number),
    # Without the pattern: contracts of before had a narrower one, and whether one pattern has
    # all of another is not to be told of two patterns.
    WithJsonSchema({"type": "string", "maxLength": 100}),
]
"""A PO number in the buyer's letters, of at most 20 characters as it is printed."""


class CartVersion(Input):
    """A cart as the buyer saw it."""

    id: str = Field(pattern=PATH_ID)
    revision: int = Field(ge=0, le=1_000_000_000)


class SeenPrice(Input):
    """The net unit price of a style that the buyer saw, after volume tiers and discounts.

    With `sku`, that of one of its SKUs that differs from the style's.
    """

    style: Id
    sku: Id | None = None
    unit_price: UnitPrice


class ConsentGiven(Input):
    """Who of the company agreed to the order that a rep places, and how."""

    name: Annotated[
        str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True), Visible()
    ]
    means: ConsentMeans


class PlaceRequest(Input):
    """Place a cart as the buyer saw it."""

    cart: CartVersion
    po_number: PoNumber
    prices: list[SeenPrice] = Field(max_length=5000)
    deliveries: list[DeliveryRequest] = Field(default=[], max_length=5000)
    consent: ConsentGiven | None = Field(
        default=None, description="of the buyer: required of a rep, and of nobody else"
    )


class ListQuery(Input):
    """Filters (all must match) and the page. Days are business days of the company's market, and included."""

    status: Status | None = None
    door: Id | None = None
    window: Id | None = None
    season: Id | None = None
    po_number: str | None = Field(
        default=None, max_length=100, pattern=NO_CONTROLS, description="all of it, in this case"
    )
    q: str | None = Field(
        default=None,
        max_length=100,
        pattern=NO_CONTROLS,
        description="part of the PO number, how the order's number begins, or how SAP's ends; "
        "in any case, with or without blanks and dashes; not together with `style`",
    )
    style: Id | None = Field(
        default=None, description="number of a style, or a colourway or SKU of it"
    )
    placed_from: Day | None = None
    placed_to: Day | None = None
    limit: int = Field(default=25, ge=1, le=100)
    cursor: str | None = Field(
        default=None, max_length=512, pattern=NO_CONTROLS, description="`next` of a page"
    )


class PoNumberQuery(Input):
    """The PO number that an order is to have."""

    po_number: PoNumber


class HandoverView(BaseModel):
    """How far the order has got on its way to SAP, with a text for people."""

    state: HandoverState
    detail: str


class DoorView(BaseModel):
    """Where the goods go."""

    id: str
    name: str
    address: Address

    @computed_field(
        description="city and postal code, with the state or province, as written in the country"
    )
    def locality(self) -> str:
        return self.address.locality

    @computed_field(description="street, city and postal code as letters to the country have them")
    def address_lines(self) -> list[str]:
        return self.address.lines


class HoldView(BaseModel):
    """Why the brand's order processing does not go on with an order."""

    kind: HoldKind
    since: datetime


class OrderHead(BaseModel):
    """An order without its lines."""

    number: str
    group: str
    po_number: str = Field(description="as the buyer wrote it")
    po_number_printed: str = Field(description="as SAP and carriers have it, in ASCII")
    placed_at: datetime
    placed_by: str
    placed_by_kind: ActorKind | None = Field(
        default=None, description="null of orders placed before kinds were kept"
    )
    consent: Consent | None = Field(
        default=None, description="who of the company agreed, where a rep placed it"
    )
    door: DoorView
    window: str
    season: str
    at_once: bool
    ship_from: date | None = Field(
        default=None,
        description="first day of the window, as it was when placed; null where it is not known",
    )
    ship_to: date | None = Field(
        default=None, description="last day of the window; null where it is not known"
    )
    requested_on: date
    cancel_by: date | None
    pieces: int
    unit: Unit | None = Field(
        default=None,
        description="what `pieces` counts: pairs only where all goods are pairs; null of orders "
        "placed before it was kept",
    )
    net: Money
    gross: Money
    status: Status
    sap_number: str | None
    brand_changed_at: datetime | None = Field(
        default=None, description="when the brand made the current version; null if it is not its"
    )
    holds: list[HoldView] = Field(
        default=[], description="what the brand's order processing holds the order for"
    )


class PlacedOrder(OrderHead):
    """An order as answered when it was placed."""

    vat: VatView
    handover: HandoverView


class PlacedGroup(BaseModel):
    """The orders that a cart became: one for each door and delivery window."""

    group: str = Field(description="number of the order group")
    cart: str
    po_number: str
    orders: list[PlacedOrder]
    warnings: list[CheckView]


class PoNumberView(BaseModel):
    """A PO number before it is used."""

    po_number: str = Field(description="as it will be kept")
    printed: str = Field(description="as SAP and carriers will have it, in ASCII")
    orders: list[OrderHead] = Field(
        description="the company's latest orders that have it already, in whatever case"
    )


class OrderPage(BaseModel):
    """Orders, newest first; `next` is the cursor of the next page, null on the last."""

    orders: list[OrderHead]
    next: str | None


class RejectionView(BaseModel):
    """Why the brand does not deliver a line."""

    reason: RejectionReason
    text: str = Field(description="in the reader's language")


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
    unit_price: UnitPrice = Field(description="net, after discounts")
    list_price: UnitPrice | None = Field(
        default=None, description="before discounts; null where none was taken off"
    )
    discounts: list[str] = Field(
        default=[], description="what made the net price of it, by name, with what each changes"
    )
    amount: Money
    confirmed: list[Confirmation] = Field(
        description="quantities and dates that SAP confirmed; empty until it does"
    )
    shipped: int = Field(description="pieces that have been shipped")
    rejected: bool
    rejection: RejectionView | None = Field(
        default=None, description="why pieces of it were rejected; null where none were"
    )
    in_place_of: ItemView | None = Field(
        default=None,
        description="what was ordered, where the brand put another article in its place",
    )
    substitution: SubstitutionView | None = Field(
        default=None, description="of a line that `in_place_of` has something of"
    )
    added_by_brand: bool = False


class StepView(Signed):
    """A status that the order reached, when, by whom and why."""

    status: Status
    at: datetime
    reason: str = Field(
        description="why, in the reader's language where SAP rejected it and else in the words of"
        " who did; of a delivery or an invoice its number"
    )


class OccasionView(VatCheckView):
    """VIES's answer on the buyer's VAT id when the order was placed, or when goods left."""

    occasion: Literal["placing", "goods_issue"]
    delivery: str = Field(description="number of the delivery in SAP; empty at placing")


class OrderView(PlacedOrder):
    """An order with everything. A line of zero pieces was removed by a change."""

    version: int = Field(description="number of the current version, which a change has to name")
    versions: list[VersionView] = Field(description="oldest first; empty before the first change")
    change: ChangeView | None
    proposal: ProposalView | None = None
    may_change: PermissionView
    may_cancel: PermissionView

    cart: str
    currency: Currency
    payment_terms: str = Field(description="SAP's key, for programs: people read the name")
    payment_terms_name: str = Field(description="what the key says, in the reader's language")
    incoterms: str = Field(
        description="code of the ICC's rule; empty where SAP has a key of its own"
    )
    incoterms_place: str
    lines: list[LineView]
    size_runs: dict[str, list[str]] = Field(
        description="by style its sizes in wearing order; empty for orders of before these were kept"
    )
    history: list[StepView]
    shipments: list[ShipmentView]
    invoices: list[InvoiceView]
    returned: list[ShipmentView] = Field(default=[], description="deliveries back to the brand")
    credit_memos: list[InvoiceView] = []
    related: list[RelatedOrderView] = []
    vat_checks: list[OccasionView] = Field(
        description="of VIES, of deliveries to another member state; empty for all others"
    )
    vat_warning: str | None = Field(
        description="what follows from an id that VIES calls invalid, and how to mend it; else null"
    )


class ChangedOrder(OrderView):
    """The order after a change, with warnings about the change."""

    warnings: list[CheckView]
