"""Orders: one at-once line of the style of `tests.factories.style`, waiting for its export."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from google.cloud.firestore import Client

from shared.actor import Actor, ActorKind
from shared.money import Money, UnitPrice, total
from shared.optimistic import Attempt, optimistically
from shared.order.handover import Handover, HandoverState
from shared.order.model import Order, OrderLine, Step, StyleNames
from shared.order.repository import reference
from shared.order.saving import save_orders
from shared.order.status import Status
from shared.store import to_document
from shared.style.model import style_of
from shared.vat.rules import Vat, VatRule
from tests.factories.assortment import NOW, TODAY
from tests.factories.company import door, sales_area
from tests.factories.style import NAMES, gtin

NUMBER = "7K3Q9XZ4M2-001"
ANNA = Actor(name="Anna", kind=ActorKind.PERSON)


def order_line(
    sku: str = "10123-010-S",
    article: str = "10123001",
    quantity: int = 2,
    price: int = 2500,
    currency: str = "EUR",
    **overrides: Any,
) -> OrderLine:
    """A line; `price` in minor units."""
    unit_price = UnitPrice(amount=price, currency=currency)
    fields: dict[str, Any] = {
        "position": 10,
        "sku": sku,
        "article": article,
        "gtin": gtin(article),
        "size": sku.rsplit("-", 1)[1],
        "quantity": quantity,
        "unit_price": unit_price,
        "amount": unit_price.line_amount(quantity),
    }
    return OrderLine(**fields | overrides)


def order(
    number: str = NUMBER, lines: Iterable[OrderLine] | None = None, **overrides: Any
) -> Order:
    """An accepted order of German goods, so with 19 % VAT; sums are those of its lines."""
    bought = [order_line()] if lines is None else list(lines)
    currency = overrides.get("currency", "EUR")
    net = total([line.amount for line in bought], currency)
    tax = Money(amount=net.amount * 19 // 100, currency=currency)
    styles = sorted({style_of(line.sku) for line in bought})
    fields: dict[str, Any] = {
        "number": number,
        "group": number.partition("-")[0],
        "company": "100001",
        "po_number": "PO 4711",
        "placed_at": NOW,
        "placed_by": "Anna Buyer",
        "placed_by_uid": "anna",
        "cart": "cart-1",
        "door": door(default=True),
        "window": "AO",
        "season": "FW26",
        "at_once": True,
        "requested_on": TODAY,
        "currency": currency,
        "sales_area": sales_area(),
        "plant": "EU01",
        "payment_terms": "ZN30",
        "incoterms": "DAP",
        "incoterms_place": "Berlin",
        "lines": bought,
        "names": {
            style: StyleNames(style=NAMES, colours={"010": {"en": "Colour 010"}}, sizes={})
            for style in styles
        },
        "styles": styles,
        "net": net,
        "vat": Vat(rule=VatRule.DOMESTIC, rate=190, amount=tax),
        "gross": net + tax,
        "pieces": sum(line.quantity for line in bought),
        "status": Status.ACCEPTED,
        "history": [Step(status=Status.ACCEPTED, at=NOW, by="Anna Buyer")],
        "handover": waiting(),
        "updated_at": NOW,
    }
    return Order(**fields | overrides)


def waiting(**overrides: Any) -> Handover:
    """Just placed."""
    fields: dict[str, Any] = {
        "state": HandoverState.WAITING,
        "due_at": NOW + timedelta(seconds=30),
    }
    return Handover(**fields | overrides)


def confirmed_on(day: date, quantity: int) -> dict[str, Any]:
    """A schedule line of SAP."""
    return {"on": day, "quantity": quantity}


def place_order(db: Client, placed: Order) -> None:
    """Stores a new order, with what it takes of stock and credit."""
    optimistically(db, lambda attempt: save_orders(attempt, db, [(None, placed)]))


def change_order(db: Client, after: Order) -> None:
    """Makes a stored order `after`, with what that changes of stock and credit."""

    def body(attempt: Attempt) -> None:
        [document] = attempt.read([reference(db, after.number)])
        save_orders(attempt, db, [(Order.model_validate(document), after)])

    optimistically(db, body)


def store_order(db: Client, *orders: Order) -> None:
    """Writes `orders/…` in one commit."""
    batch = db.batch()
    for one in orders:
        batch.set(reference(db, one.number), to_document(one))
    batch.commit()
