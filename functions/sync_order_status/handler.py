"""SAP's order responses change our orders, and what these hold of stock and credit."""

from typing import Any

import structlog
from google.cloud.firestore import SERVER_TIMESTAMP, Client, Transaction
from pydantic import BaseModel

from functions.sync_order_status.merge import faults, merge, open_order_of, promise_of
from shared.availability import repository as availabilities
from shared.availability.model import Availability
from shared.company import repository as companies
from shared.company.model import Credit
from shared.event.message import SapMessage
from shared.order import repository as orders
from shared.order.model import HandoverState, Order
from shared.sap.fault import UntranslatableMessageError
from shared.sap.idoc import read_packet
from shared.sap.order_responses import SapOrderStatus, order_status
from shared.store import Document, in_transaction, read_all, to_document


def apply(db: Client, message: SapMessage) -> None:
    """Bring every order of the message to what SAP says, each in its own transaction.

    Raises:
        UntranslatableMessageError: nothing was stored, or, where only some of its orders
            are unknown or other orders than SAP thinks, only of these.
    """
    told = [status for status in read_packet(message.data, {"ORDRSP": order_status}) if status]
    documents = read_all(db, [orders.reference(db, status.number) for status in told])
    reasons: list[str] = []
    written = 0
    for status, document in zip(told, documents, strict=True):
        # SAP gets an order only after it was committed, so one that isn't there never comes.
        if document is None:
            reasons.append(f"order {status.number} is not known")
        elif found := faults(Order.model_validate(document), status):
            reasons += found
        else:
            order = Order.model_validate(document)
            if order.handover.state is HandoverState.WITHDRAWN:
                # It can't be: people must cancel it there, or it is delivered.
                structlog.get_logger().error(
                    "cancelled but in SAP", order=order.number, sap_number=status.sap_number
                )
            written += _apply_one(db, order, status)
    structlog.get_logger().info("applied", received=len(told), written=written)
    if reasons:
        raise UntranslatableMessageError(reasons)


def _apply_one(db: Client, seen: Order, sap: SapOrderStatus) -> bool:
    """Whether anything was written. Of `seen`, only what never changes is used."""
    references = [
        orders.reference(db, seen.number),
        companies.reference(db, seen.company),
        *(availabilities.reference(db, style, seen.plant) for style in seen.styles),
    ]

    def body(transaction: Transaction) -> bool:
        document, company, *stocks = read_all(db, references, transaction)
        order = merge(Order.model_validate(document), sap)
        updates = [
            _order_update(document or {}, order),
            _company_update(company, order),
            *(
                _availability_update(stock, style, order)
                for style, stock in zip(seen.styles, stocks, strict=True)
            ),
        ]
        for reference, update in zip(references, updates, strict=True):
            if update:
                transaction.update(reference, update)
        return any(updates)

    return in_transaction(db, body)


def _order_update(document: Document, order: Order) -> dict[str, Any]:
    changed = {
        name: value
        for name, value in to_document(order).items()
        if name != "updated_at" and document.get(name) != value
    }
    return {**changed, "updated_at": SERVER_TIMESTAMP} if changed else {}


def _company_update(document: Document | None, order: Order) -> dict[str, Any]:
    open_orders = (document or {}).get("open_orders", {})
    if document is None or order.number not in open_orders:
        return {}
    credit = Credit.model_validate(document["credit"]) if document.get("credit") else None
    share = open_order_of(order, credit)
    return _replaced("open_orders", open_orders, order.number, share)


def _availability_update(document: Document | None, style: str, order: Order) -> dict[str, Any]:
    if document is None:
        return {}
    promise = promise_of(order, style, Availability.model_validate(document))
    changed = _replaced("promises", document.get("promises", {}), order.number, promise)
    return {**changed, "updated_at": SERVER_TIMESTAMP} if changed else {}


def _replaced(field: str, old: Document, key: str, value: BaseModel | None) -> dict[str, Any]:
    new = {name: entry for name, entry in old.items() if name != key}
    if value is not None:
        new[key] = to_document(value)
    return {} if new == old else {field: new}
