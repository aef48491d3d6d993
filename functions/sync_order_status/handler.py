"""What SAP says of orders, deliveries and invoices changes our orders.

An order's response also changes what it holds of stock and credit; what was shipped SAP takes
off its stock and its open orders at once, in the figures that it publishes itself.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import structlog
from google.cloud.firestore import SERVER_TIMESTAMP, Client, Transaction

from functions.sync_order_status.merge import faults, merge
from shared.availability import repository as availabilities
from shared.company import repository as companies
from shared.event.message import SapMessage
from shared.order import repository as orders
from shared.order.model import HandoverState, Order
from shared.order.taking import held_updates, is_alive
from shared.sap.deliveries import SapShipment, shipments
from shared.sap.fault import UntranslatableMessageError
from shared.sap.idoc import Idoc, read_packet
from shared.sap.invoices import SapInvoice, invoices
from shared.sap.order_responses import SapOrderStatus, order_status
from shared.store import Document, in_transaction, read_all, to_document

Told: TypeAlias = SapOrderStatus | SapShipment | SapInvoice


def _order_statuses(idoc: Idoc) -> list[Told]:
    status = order_status(idoc)
    return [] if status is None else [status]


_TRANSLATORS: Mapping[str, Callable[[Idoc], Sequence[Told]]] = {
    "ORDRSP": _order_statuses,
    "DESADV": shipments,
    "INVOIC": invoices,
}


def apply(db: Client, message: SapMessage) -> None:
    """Bring every order of the message to what SAP says, each in its own transaction.

    Raises:
        UntranslatableMessageError: nothing was stored, or, where only some of its orders
            are unknown or other orders than SAP thinks, only of these.
    """
    told = [one for found in read_packet(message.data, _TRANSLATORS) for one in found]
    documents = read_all(db, [orders.reference(db, one.number) for one in told])
    reasons: list[str] = []
    written = 0
    for one, document in zip(told, documents, strict=True):
        # SAP gets an order only after it was committed, so one that isn't there never comes.
        if document is None:
            reasons.append(f"order {one.number} is not known")
        elif found := faults(Order.model_validate(document), one):
            reasons += found
        else:
            order = Order.model_validate(document)
            if order.handover.state is HandoverState.WITHDRAWN:
                # It can't be: people must cancel it there, or it is delivered.
                structlog.get_logger().error(
                    "cancelled but in SAP", order=order.number, sap_number=one.sap_number
                )
            written += _apply_one(db, order, one)
    structlog.get_logger().info("applied", received=len(told), written=written)
    if reasons:
        raise UntranslatableMessageError(reasons)


def _apply_one(db: Client, seen: Order, told: Told) -> bool:
    """Whether anything was written. Of `seen`, only what never changes is used."""
    own = orders.reference(db, seen.number)
    held = [
        companies.reference(db, seen.company),
        *(availabilities.reference(db, style, seen.plant) for style in seen.styles),
    ]

    def body(transaction: Transaction) -> bool:
        whole = isinstance(told, SapOrderStatus)
        document, *others = read_all(db, [own, *held] if whole else [own], transaction)
        before = Order.model_validate(document)
        order = merge(before, told)
        updates = [(own, _order_update(document or {}, order))]
        if not whole and is_alive(before) != is_alive(order):
            others = read_all(db, held, transaction)
        if others:
            updates += zip(held, held_updates(others, seen.styles, order), strict=True)
        for reference, update in updates:
            if update:
                transaction.update(reference, update)
        return any(update for _, update in updates)

    return in_transaction(db, body)


def _order_update(document: Document, order: Order) -> dict[str, Any]:
    changed = {
        name: value
        for name, value in to_document(order).items()
        if name != "updated_at" and document.get(name) != value
    }
    return {**changed, "updated_at": SERVER_TIMESTAMP} if changed else {}
