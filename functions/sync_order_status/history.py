"""The statuses that an order came into, as SAP's facts have it, pure.

An order's history is told anew from what is known: what people and the hand-over did before
SAP had it, the first confirmation and rejection that SAP ever told, the shipments that left,
the invoices that stand. Messages in any order so end in the same history. It only ever moves
along the allowed edges; where SAP cancels a delivery or an invoice, what rested on it is no
longer told, while the shipment or invoice itself stays to be seen as cancelled.

- Out of a rejection no edge leads. One that came after goods had left is none: what is left
  of the order was dropped.
- Shipped is what was ordered and not rejected; invoiced is the same, after goods have left.
- What people ended (cancelled, closed) SAP's messages don't move; what led there they may tell.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from shared.actor import SAP
from shared.order.following import covers, departures, shipped_at, valid_invoices
from shared.order.model import HandoverState, Order, Step
from shared.order.status import Status, may_move
from shared.sap.fields import read_stamp

_TOLD = (Status.CONFIRMED, Status.REJECTED)
_SAPS = (*_TOLD, Status.PARTLY_SHIPPED, Status.SHIPPED, Status.INVOICED)
_ENDS = (Status.CANCELLED, Status.CLOSED, Status.REJECTED)


def rebuild_history(order: Order, said: Step) -> Order:
    """The order with its status and history by what is known and `said` now."""
    told = _first_told([*order.told, *filter(_is_told, order.history), said])
    order = order.model_copy(update={"told": list(told.values())})
    ours = [step for step in order.history if not step.is_saps or step.status not in _SAPS]
    before = [step for step in ours if step.status not in _ENDS]
    end = [step for step in ours if step.status in _ENDS]
    if not before or order.handover.state is HandoverState.WITHDRAWN:
        return order
    steps = _along_the_edges(before[-1], _saps(order, told))
    while end and steps and not may_move(steps[-1].status, end[0].status):
        steps.pop()
    history = [*before, *steps, *end]
    # Who was put somewhere without a step for it stays there.
    status = history[-1].status if steps and not end else order.status
    return order.model_copy(update={"status": status, "history": history})


def _along_the_edges(last: Step, steps: Iterable[Step]) -> list[Step]:
    found: list[Step] = []
    for step in steps:
        if may_move(last.status, step.status):
            found.append(step)
            last = step
    return found


def _is_told(step: Step) -> bool:
    return step.is_saps and step.status in _TOLD


def _first_told(steps: list[Step]) -> dict[Status, Step]:
    """The earliest of each kind, ordered by time."""
    told: dict[Status, Step] = {}
    for step in sorted(steps, key=lambda step: (step.at, step.status, step.reason)):
        told.setdefault(step.status, step)
    return told


def _saps(order: Order, told: dict[Status, Step]) -> Iterator[Step]:
    confirmed, rejected = told.get(Status.CONFIRMED), told.get(Status.REJECTED)
    shipped = list(_shipping(order))
    if rejected is not None and not (shipped and shipped[0].at < rejected.at):
        if confirmed is not None and confirmed.at < rejected.at:
            yield confirmed
        yield rejected
        return
    if confirmed is not None:
        yield confirmed
    yield from shipped
    yield from _invoicing(order)


def _shipping(order: Order) -> Iterator[Step]:
    shipments = departures(order)
    for count, shipment in enumerate(shipments, start=1):
        if covers(order, shipments[:count]):
            yield _by_sap(Status.SHIPPED, shipped_at(shipment), shipment.number)
            return
        if count == 1:
            yield _by_sap(Status.PARTLY_SHIPPED, shipped_at(shipment), shipment.number)


def _invoicing(order: Order) -> Iterator[Step]:
    invoices = valid_invoices(order)
    for count, invoice in enumerate(invoices, start=1):
        if covers(order, invoices[:count]):
            yield _by_sap(Status.INVOICED, read_stamp(invoice.stamp), invoice.number)
            return


def _by_sap(status: Status, at: datetime, document: str) -> Step:
    """A step whose reason is the number of the delivery or billing document."""
    return Step(status=status, at=at, reason=document, **SAP.signature)
