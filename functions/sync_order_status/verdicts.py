"""What a message of SAP's is to an order: newer or older, the same or other. Pure."""

from collections.abc import Iterable
from typing import TypeVar

from functions.sync_order_status.merge import SapRecord, document_of, is_own, key_of, line_after
from functions.sync_order_status.states import related_order, state_of
from shared.event.verdict import Verdict, judge
from shared.order.documents import Invoice, RelatedOrder, Shipment
from shared.order.model import Order
from shared.sap.deliveries import SapShipment
from shared.sap.invoices import SapInvoice
from shared.sap.order_responses import SapOrderStatus
from shared.store import to_document

D = TypeVar("D", Shipment, Invoice, RelatedOrder)

_STAMPED = {"status_stamp", "sap_states", "told", "history", "updated_at"}
"""What of an order only tells when SAP said something."""


def verdict(before: Order, after: Order, sap: SapRecord) -> Verdict:
    """What the message is to the order `before`, which it makes `after`."""
    match sap:
        case SapOrderStatus() if is_own(before, sap):
            return _of_response(before, after, sap)
        case SapOrderStatus():
            return _of_document(before.related, related_order(sap))
        case SapShipment():
            return _of_document(before.shipments, document_of(before, sap))
        case SapInvoice():
            return _of_document(before.invoices, document_of(before, sap))


def _of_response(before: Order, after: Order, sap: SapOrderStatus) -> Verdict:
    changes = _substance(before) != _substance(after)
    if sap.stamp > before.status_stamp:
        return Verdict.APPLIED if changes else Verdict.UNCHANGED
    known = [one for one in before.sap_states if sap.stamp in one.stamps]
    if known:
        return Verdict.DUPLICATE if _is_same(before, sap, known[0].stamps) else Verdict.CONFLICT
    # One that is told late may still be a version that nobody knew of.
    return Verdict.APPLIED if changes else Verdict.STALE


def _is_same(order: Order, sap: SapOrderStatus, stamps: list[str]) -> bool:
    told = state_of(order, sap).model_copy(update={"stamps": stamps})
    if told not in order.sap_states:
        return False
    # What is confirmed is kept of the newest only.
    is_newest = sap.stamp == order.status_stamp
    return not is_newest or [line_after(line, sap) for line in order.lines] == order.lines


def _substance(order: Order) -> dict[str, object]:
    return {name: getattr(order, name) for name in Order.model_fields if name not in _STAMPED}


def _of_document(known: Iterable[D], told: D) -> Verdict:
    stored = {key_of(one): one for one in known}.get(key_of(told))
    return judge(None if stored is None else to_document(stored), told)
