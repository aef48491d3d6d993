"""An order: what a company bought for one door and delivery window, and its way through SAP."""

from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel, Field

from shared.company.model import Door, SalesArea
from shared.money import Currency, Money, UnitPrice
from shared.order.status import Status
from shared.style.model import Texts
from shared.vat.rules import Vat


class HandoverState(StrEnum):
    """The order's way to SAP, as the buyer sees it."""

    WAITING = "waiting"
    SENDING = "sending"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Attempt(BaseModel):
    """One try to create the order in SAP."""

    at: datetime
    outcome: str = Field(
        description="started | created | found | refused | failed | unknown (a person reads none)"
    )
    detail: str = Field(default="", description="SAP's own words")


class Handover(BaseModel):
    """The order document is its own outbox record.

    `due_at` is set exactly as long as something is left to do: hand it over, or release
    its promises after SAP refused it. `reconcile` sweeps what is overdue.
    """

    state: HandoverState = HandoverState.WAITING
    due_at: datetime | None
    lease_until: datetime | None = Field(
        default=None, description="an export is running until then at the latest"
    )
    attempts: list[Attempt] = []


class Confirmation(BaseModel):
    """What SAP confirmed of a line (a schedule line)."""

    on: date
    quantity: int


class StyleNames(BaseModel):
    """What a style, its colours (by code) and sizes (by label) were called when it was ordered."""

    style: Texts
    colours: dict[str, Texts]
    sizes: dict[str, Texts]


class OrderLine(BaseModel):
    """One SKU of an order at its fixed price. `position` is SAP's item number (POSNR)."""

    position: int
    sku: str
    article: str
    gtin: str
    size: str
    quantity: int
    unit_price: UnitPrice
    amount: Money
    confirmed: list[Confirmation] = []
    rejected: bool = False


class Step(BaseModel):
    """A status with when, who and why."""

    status: Status
    at: datetime
    by: str
    reason: str = ""


class Order(BaseModel):
    """`orders/{number}`. Prices are fixed at placing and never change after (DOMAIN.md)."""

    number: str
    group: str = Field(description="number of its order group: the first part of `number`")
    company: str
    po_number: str
    placed_at: datetime
    placed_by: str
    placed_by_uid: str
    cart: str
    door: Door
    window: str
    season: str
    at_once: bool
    requested_on: date
    cancel_by: date | None = None
    currency: Currency
    sales_area: SalesArea
    plant: str
    payment_terms: str
    incoterms: str
    incoterms_place: str
    lines: list[OrderLine]
    # Once per style: in every language on every line, they would fill the document (1 MiB).
    names: dict[str, StyleNames] = Field(default={}, description="by style number")
    styles: list[str]
    net: Money
    vat: Vat
    gross: Money
    pieces: int
    status: Status
    history: list[Step]
    handover: Handover
    sap_number: str | None = None
    sap_stamp: str | None = Field(default=None, description="when SAP created it")
    status_stamp: str = Field(default="", description="stamp of the last SAP status applied")
    updated_at: datetime
    keys: dict[str, str] = Field(
        default={}, description="Idempotency-Keys (hashed) of its changes -> hash of their request"
    )


class OrderGroup(BaseModel):
    """`order_groups/{id}`: the orders of one placing, and the answer to its repetition.

    The id is made from company, caller and Idempotency-Key, so it is the idempotency
    record too: the same key finds it, another payload differs from `payload_hash`.
    """

    id: str
    number: str = Field(description="as people see it; its orders' numbers begin with it")
    company: str
    cart: str
    payload_hash: str
    orders: list[str]
    answer: str = Field(description="the body of the first answer (JSON)")
    placed_at: datetime
    expires_at: datetime = Field(description="TTL; after it the key may be used anew")


PO_NUMBER_LENGTH = 20
"""PURCH_NO_C has 35 characters: our 14-character number, a slash, and the buyer's."""
