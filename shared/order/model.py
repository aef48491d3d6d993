"""An order: what a company bought for one door and delivery window, and its way through SAP."""

import json
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pydantic import (
    BaseModel,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

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

    `due_at` is set exactly as long as something is left to do: hand it over, release its
    promises after SAP refused it, or hear from SAP what became of it (till then its promises
    count beside SAP's own figures). `reconcile` sweeps what is overdue.
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
    """`orders/{number}`. Prices are fixed at placing and never change after (DOMAIN.md).

    As a document, each line is one packed text: as a map it would take four times the room
    of the 1 MiB that a document has, and twenty decoded values.
    """

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
    # Once per style: on every line, texts in every language would fill the document.
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
    used_keys: dict[str, str] = Field(
        default={}, description="Idempotency-Keys (hashed) of its changes -> hash of their request"
    )

    @model_serializer(mode="wrap")
    def _pack(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        document: dict[str, Any] = handler(self.model_copy(update={"lines": []}))
        return document | {"lines": [_packed(line) for line in self.lines]}

    @model_validator(mode="before")
    @classmethod
    def _unpack(cls, data: Any) -> Any:
        lines = data.get("lines") if isinstance(data, dict) else None
        if not lines or not isinstance(lines[0], str):
            return data
        return data | {"lines": [_unpacked(text, data["currency"]) for text in lines]}


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


NUMBER = r"[0-9A-HJKMNP-TV-Z]{10}-[0-9]{3}"
"""An order's number: its group's (Crockford's base 32), a hyphen, and a count from 001."""

PO_NUMBER_LENGTH = 20
"""PURCH_NO_C has 35 characters: our 14-character number, a slash, and the buyer's."""


def _packed(line: OrderLine) -> str:
    """A line as a JSON array; its amounts are in the order's currency."""
    fields = (
        line.position,
        line.sku,
        line.article,
        line.gtin,
        line.size,
        line.quantity,
        line.unit_price.amount,
        line.unit_price.per,
        line.amount.amount,
        [(one.on.isoformat(), one.quantity) for one in line.confirmed],
        int(line.rejected),
    )
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def _unpacked(text: str, currency: str) -> dict[str, Any]:
    position, sku, article, gtin, size, quantity, price, per, amount, confirmed, rejected = (
        json.loads(text)
    )
    return {
        "position": position,
        "sku": sku,
        "article": article,
        "gtin": gtin,
        "size": size,
        "quantity": quantity,
        "unit_price": UnitPrice(amount=price, currency=currency, per=per),
        "amount": Money(amount=amount, currency=currency),
        "confirmed": [{"on": on, "quantity": pieces} for on, pieces in confirmed],
        "rejected": bool(rejected),
    }
