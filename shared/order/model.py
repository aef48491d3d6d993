"""An order: what a company bought for one door and delivery window, and its way through SAP."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    Field,
    PlainSerializer,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from shared.actor import Actor, ActorKind, Signed, SignedBySapToo
from shared.company.model import Door, SalesArea
from shared.market.model import CreditBasis
from shared.money import Currency, Money, UnitPrice
from shared.order import packing
from shared.order.consent import Consent
from shared.order.documents import Invoice, RelatedOrder, Shipment
from shared.order.handover import Handover, is_in_doubt
from shared.order.hold import Hold, HoldKind
from shared.order.search import search_terms
from shared.order.status import Status
from shared.packing import check_format
from shared.price.model import AppliedDiscount
from shared.style.model import Texts, Unit
from shared.vat.check import VatOccasion
from shared.vat.rules import Vat


class Confirmation(BaseModel):
    """What SAP confirmed of a line (a schedule line)."""

    on: date
    quantity: int


class StyleNames(BaseModel):
    """What a style, its colours (by code) and sizes (by label) were called when it was ordered."""

    style: Texts
    colours: dict[str, Texts]
    sizes: dict[str, Texts]
    unit: Literal["PCE", "PR"] | None = Field(
        default=None, description="piece or pair; null in orders of before it was kept"
    )
    run: list[str] = Field(
        default=[], description="the sizes in wearing order; empty in orders of before it was kept"
    )


class OrderLine(BaseModel):
    """One SKU of an order at its fixed price. `position` is SAP's item number (POSNR)."""

    position: int
    sku: str
    article: str
    gtin: str
    size: str
    quantity: int
    unit_price: UnitPrice = Field(description="net, after discounts")
    list_price: UnitPrice | None = Field(
        default=None,
        description="before discounts, for people; null where none was taken off, or SAP's people"
        " changed the price",
    )
    discounts: list[AppliedDiscount] = Field(
        default=[], description="what made the net price of the list price, in its order"
    )
    amount: Money
    confirmed: list[Confirmation] = []
    rejected: bool = False


class Step(SignedBySapToo):
    """A status with when, who and why."""

    status: Status
    at: datetime
    reason: str = ""


Pieces = Annotated[
    list[int],
    BeforeValidator(lambda kept: [int(n) for n in kept.split()] if isinstance(kept, str) else kept),
    PlainSerializer(lambda pieces: " ".join(map(str, pieces))),
]
"""Pieces of each line of an order, in the order of its lines; in a document one text."""


class Version(SignedBySapToo):
    """What an order was, is, or was to be: pieces of each of its lines, and what that costs.

    `via_sap`: SAP had the order before, so this version is a change there; then `sap_stamp` is
    the first stamp that SAP told it with (stock stamped so or later includes it), and `refused`
    says that SAP did not take it.
    """

    number: int
    at: datetime
    quantities: Pieces
    pieces: int
    net: Money
    gross: Money
    via_sap: bool = False
    refused: bool = False
    sap_stamp: str | None = None
    asked: dict[int, int] | None = Field(
        default=None,
        description="pieces by position that a change of the buyer's asks SAP for; null in "
        "orders of before it was kept",
    )
    asked_after: str = Field(
        default="", description="stamp of SAP's last word then: none till then has this version"
    )


class OrderChange(Signed):
    """The latest change of an order that SAP has, and its way there: its own outbox record.

    `number` is that of the version which it makes; one that `cancels` makes none.
    `handover.due_at` is set exactly as long as something is left to do: hand it over, or hear
    from SAP that it has it.
    """

    number: int
    cancels: bool = False
    asked_after: str = Field(
        default="",
        description="of one that cancels: stamp of SAP's last word then, which has it not yet",
    )
    at: datetime
    reason: str = ""
    handover: Handover


class Proposal(Signed):
    """The latest change that had to wait for an approval, and whether it still does.

    As long as it `waits`, the order is what it was, here and in SAP, and the increase is held
    (`shared.order.commitment`). Nothing but the end of its approval, in the same commit, ends that
    (`shared.order.proposal`), so the hold is released or consumed once.
    """

    approval: str = Field(description="number of its approval, which says why and for whom")
    version: int = Field(description="of the order that it was asked of")
    asked: dict[int, int] = Field(description="pieces by position, of the lines that it changes")
    at: datetime
    waits: bool = True


class SubstitutionAnswer(Signed):
    """What the buyer said to an article that SAP put in the place of one that was ordered."""

    position: int
    article: str = Field(description="the one that SAP put there")
    accepted: bool
    change: int | None = Field(
        default=None, description="number of the change by which a refused one is taken out in SAP"
    )
    at: datetime


class SapLine(BaseModel):
    """An item of the sales order; amounts are minor units of the order's currency."""

    article: str
    quantity: int
    price: int = Field(description="of `per` pieces")
    per: int
    amount: int


class SapState(BaseModel):
    """What order responses of these stamps told, as far as it is not what SAP was created with.

    Kept so that messages may come in any order: the versions that people in SAP made are told
    anew from all states (`functions.sync_order_status.changes`).
    """

    stamps: list[str] = Field(description="ascending")
    lines: dict[int, SapLine] = Field(default={}, description="by position, which differ")
    rejected: list[int] = []
    gone: list[int] = Field(
        default=[], description="positions that were ordered, and that the message had not"
    )
    holds: list[tuple[HoldKind, str]] = Field(default=[], description="kind and reason")
    reasons: dict[int, str] = Field(
        default={}, description="SAP's (ABGRU), by position, of those that are rejected"
    )


class SapArticle(BaseModel):
    """An article that SAP put in place of one that was ordered, or beside."""

    sku: str
    gtin: str
    size: str


class Order(BaseModel):
    """`orders/{number}`. Prices are fixed at placing (docs/domain.md).

    Lines are in the order of their positions. None is taken away: one that was removed stays,
    with no pieces. Only people in SAP add lines, or change articles and prices.

    As a document, each line, state, shipment and invoice is one packed text: as a map it would take
    four times the room of the 1 MiB that a document has, and twenty decoded values.
    """

    number: str
    group: str = Field(description="number of its order group: the first part of `number`")
    company: str
    po_number: str = Field(description="the buyer's, in ASCII: as SAP has it in PURCH_NO_C")
    po_written: str = Field(default="", description="as the buyer wrote it, where that differs")
    placed_at: datetime
    placed_by: str
    placed_by_uid: str
    placed_by_kind: ActorKind | None = None
    consent: Consent | None = Field(
        default=None, description="of the company's people, where a rep placed it"
    )
    cart: str
    door: Door
    window: str
    season: str
    at_once: bool
    ship_from: date | None = Field(
        default=None, description="the window's first day, as it was when placed"
    )
    ship_to: date | None = Field(
        default=None, description="its last day; both empty in orders of before they were kept"
    )
    requested_on: date
    cancel_by: date | None = None
    cut_off: date | None = Field(
        default=None, description="the window's last day for changes, as it was when placed"
    )
    currency: Currency
    sales_area: SalesArea
    market: str = Field(
        default="", description="country whose market sold it; empty in orders from before"
    )
    plant: str
    payment_terms: str
    incoterms: str
    incoterms_place: str
    lines: list[OrderLine]
    # Once per style: on every line, texts in every language would fill the document.
    names: dict[str, StyleNames] = Field(default={}, description="by style number")
    styles: list[str]
    net: Money
    vat: Vat
    gross: Money
    credit: CreditBasis = Field(
        default="net", description="how it counts towards the credit limit, as it was when placed"
    )
    pieces: int
    unit: Unit | None = Field(
        default=None, description="what they are: pairs only where all are; empty in orders before"
    )
    status: Status
    history: list[Step]
    handover: Handover
    sap_number: str | None = None
    external_number: str | None = Field(
        default=None, description="that SAP is to create it under; drawn before the first try"
    )
    sap_stamp: str | None = Field(default=None, description="when SAP created it")
    status_stamp: str = Field(default="", description="stamp of the last SAP status applied")
    holds: list[Hold] = Field(
        default=[], description="what SAP holds the order for; at most one of a kind"
    )
    told: list[Step] = Field(
        default=[], description="the first confirmation and rejection that SAP ever told"
    )
    shipments: list[Shipment] = Field(default=[], description="by number")
    invoices: list[Invoice] = Field(default=[], description="by number")
    related: list[RelatedOrder] = Field(default=[], description="by number")
    version: int = Field(default=1, description="number of the version that `lines` are")
    versions: list[Version] = Field(
        default=[], description="all there ever were, oldest first; none before the first change"
    )
    brand_changed_at: datetime | None = Field(
        default=None, description="set while the current version is one that people in SAP made"
    )
    placed_lines: list[OrderLine] = Field(
        default=[], description="as placed, those whose article or price SAP changed"
    )
    sap_states: list[SapState] = Field(default=[], description="by the first of their stamps")
    sap_added: list[int] = Field(default=[], description="positions that people in SAP added")
    sap_articles: dict[str, SapArticle] = Field(
        default={}, description="by article number, those that SAP put into the order"
    )
    substitution_answers: list[SubstitutionAnswer] = Field(
        default=[], description="the latest of each line, in the order in which they were given"
    )
    change: OrderChange | None = None
    proposal: Proposal | None = Field(
        default=None, description="the latest change that had to wait for an approval"
    )
    agreed: dict[str, int] = Field(
        default={},
        description="what approved changes were measured at, in minor units, by the rules' ids",
    )
    vat_checks: list[VatOccasion] = Field(
        default=[], description="of VIES: at placing, then at each goods issue"
    )
    vat_due_at: datetime | None = Field(
        default=None, description="set while VIES is to be asked for it: its own outbox record"
    )
    updated_at: datetime
    used_keys: dict[str, str] = Field(
        default={}, description="Idempotency-Keys (hashed) of its changes -> hash of their request"
    )

    @property
    def waiting_change(self) -> Proposal | None:
        """The change that waits for an approval; None where none does."""
        return self.proposal if self.proposal and self.proposal.waits else None

    @property
    def buyers_po_number(self) -> str:
        """The PO number in the buyer's own letters."""
        return self.po_written or self.po_number

    @property
    def placer(self) -> Actor:
        """Who placed it."""
        return Actor(name=self.placed_by, kind=self.placed_by_kind)

    @property
    def needs_person(self) -> bool:
        """Whether it must not be sent to SAP once more before a person allows it.

        SAP may have it, or may still be about to save it, and the order has no number by which SAP
        would refuse a second sales order. Until then SAP is only asked for it.
        """
        return self.external_number is None and is_in_doubt(self.handover)

    @model_serializer(mode="wrap")
    def _pack(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        bare: dict[str, Any] = {name: [] for name in ("lines", "placed_lines", "sap_states")}
        bare |= {"shipments": [], "invoices": []}
        document: dict[str, Any] = handler(self.model_copy(update=bare))
        return document | {
            "format": packing.FORMAT,
            "search": search_terms(self.number, self.po_number, self.sap_number),
            "vat": packing.name_rule_as_before(document["vat"]),
            "lines": [packing.pack_line(line) for line in self.lines],
            "placed_lines": [packing.pack_line(line) for line in self.placed_lines],
            "sap_states": [packing.pack_state(one) for one in self.sap_states],
            "shipments": [packing.pack_shipment(one) for one in self.shipments],
            "invoices": [packing.pack_invoice(one) for one in self.invoices],
        }

    @model_validator(mode="before")
    @classmethod
    def _unpack(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        check_format(data.get("format"), packing.FORMAT)
        currency = data.get("currency")

        def lines(found: Any) -> Any:
            return packing.unpack_each(found, lambda text: packing.unpack_line(text, currency))

        return data | {
            "lines": lines(data.get("lines")),
            "placed_lines": lines(data.get("placed_lines", [])),
            "sap_states": packing.unpack_each(data.get("sap_states", []), packing.unpack_state),
            "vat": packing.rule_of_today(data.get("vat")),
            "shipments": packing.unpack_each(data.get("shipments", []), packing.unpack_shipment),
            "invoices": packing.unpack_each(data.get("invoices", []), packing.unpack_invoice),
        }


NUMBER = r"[0-9A-HJKMNP-TV-Z]{10}-[0-9]{3}"
"""An order's number: its group's (Crockford's base 32), a hyphen, and a count from 001."""
