"""What SAP's word on an order says of its changes, pure."""

from shared.order.model import HandoverState, Order, Version
from shared.order.versions import effective_versions, finish_change
from shared.sap.order_change import CUSTOMER_WITHDREW
from shared.sap.order_responses import SapOrderStatus


def mark_in_sap(order: Order, sap: SapOrderStatus) -> Order:
    """The order, with its latest version marked as in SAP where the message has it.

    A version may be what an earlier one was, so only messages after that of the version before
    tell of it; no change is taken before SAP told of the last one.
    """
    versions = effective_versions(order)
    latest = versions[-1]
    if not latest.via_sap or not _has(order, latest, sap):
        return order
    before = versions[-2].sap_stamp if versions[-2].via_sap else order.sap_stamp
    if before is not None and sap.stamp <= before:
        return order
    first = min(sap.stamp, latest.sap_stamp or sap.stamp)
    marked = [
        one.model_copy(update={"sap_stamp": first}) if one.number == latest.number else one
        for one in order.versions
    ]
    order = order.model_copy(update={"versions": marked})
    change = order.change
    if change is None or change.number != latest.number:
        return order
    return finish_change(order, HandoverState.ACCEPTED)


def has_cancellation(order: Order, sap: SapOrderStatus) -> bool:
    """Whether SAP has the order's cancellation."""
    if order.change is None or not order.change.cancels:
        return False
    there = [found for line in order.lines if (found := sap.lines.get(line.position))]
    return all(line.rejection for line in there) and any(
        line.rejection == CUSTOMER_WITHDREW for line in there
    )


def _has(order: Order, version: Version, sap: SapOrderStatus) -> bool:
    """Whether the sales order is this version; nobody can tell of items that were deleted."""
    for line, quantity in zip(order.lines, version.quantities, strict=True):
        there = sap.lines.get(line.position)
        if there and (there.ordered != quantity if quantity else not there.rejection):
            return False
    return True
