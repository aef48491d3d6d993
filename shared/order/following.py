"""What SAP's deliveries and invoices add up to for an order, pure."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from shared.order.documents import Invoice, Shipment
from shared.order.model import Order


def departures(order: Order) -> list[Shipment]:
    """The shipments by which the order's goods have left, the earliest first; not those cancelled.

    What came back, or belongs to another sales order, is none of these.
    """
    gone = [
        one
        for one in order.shipments
        if one.shipped_at is not None and not one.cancelled and any(one.quantities.values())
        if not one.returns and not one.sales_order
    ]
    return sorted(gone, key=lambda one: (shipped_at(one), one.number))


def shipped_at(shipment: Shipment) -> datetime:
    """When one that has left did so.

    Raises:
        LookupError: it has not.
    """
    if shipment.shipped_at is None:
        raise LookupError(f"delivery {shipment.number} has not left")
    return shipment.shipped_at


def shipped_quantities(order: Order) -> Counter[int]:
    """Pieces that have left, by position."""
    return _sum(departures(order))


def cancelled_invoices(order: Order) -> dict[str, str]:
    """Invoices that SAP cancelled, each with the document that did it."""
    return {one.cancels: one.number for one in order.invoices if one.cancels is not None}


def valid_invoices(order: Order) -> list[Invoice]:
    """The order's invoices that stand, in the order in which SAP told them."""
    back = cancelled_invoices(order)
    found = [
        one
        for one in order.invoices
        if one.cancels is None and one.number not in back
        if not one.credit_memo and not one.sales_order
    ]
    return sorted(found, key=lambda one: (one.stamp, one.number))


def covers(order: Order, documents: Iterable[Shipment | Invoice]) -> bool:
    """Whether the documents together hold all that was ordered and not rejected."""
    quantities = _sum(documents)
    return all(line.rejected or quantities[line.position] >= line.quantity for line in order.lines)


def rejection_keys(order: Order) -> dict[int, str]:
    """SAP's reason (ABGRU) of each line that it rejects, by position; "" where it deleted the item, or
    told the reason before it was kept."""
    newest = max(order.sap_states, key=lambda one: one.stamps[-1], default=None)
    reasons = newest.reasons if newest else {}
    return {
        line.position: reasons.get(line.position, "")
        for line in order.lines
        if line.rejected and line.quantity
    }


def _sum(documents: Iterable[Shipment | Invoice]) -> Counter[int]:
    total: Counter[int] = Counter()
    for one in documents:
        total.update(one.quantities)
    return total
