"""The statuses that an order came into, as SAP's facts have it, pure.

An order's history is told anew from what is known: what people and the hand-over did before
SAP had it, the first confirmation and rejection that SAP ever told, the shipments that left,
the invoices that stand. Messages in any order so end in the same history. It only ever moves
along the allowed edges; where SAP cancels a delivery or an invoice, what rested on it is no
longer told, while the shipment or invoice itself stays to be seen as cancelled.

- A rejection or the buyer's cancellation ends an order until people in SAP put an item into it
  again. A rejection of what goods have left of is none, whether they had left before or were in a
  delivery that left after it: the rest of the order was dropped.
- Shipped is what was ordered and not rejected; invoiced is the same, after goods have left.
- What people ended (cancelled, closed) SAP's other messages don't move; what led there they may tell.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from shared.actor import SAP
from shared.order.following import covers, departures, shipped_at, valid_invoices
from shared.order.handover import HandoverState
from shared.order.model import Order, Step
from shared.order.status import Status, may_move
from shared.order.versions import has_items, is_cancelled_by
from shared.sap.fields import read_stamp

_TOLD = (Status.CONFIRMED, Status.REJECTED)
_SAPS = (*_TOLD, Status.PARTLY_SHIPPED, Status.SHIPPED, Status.INVOICED)
_ENDS = (Status.CANCELLED, Status.CLOSED, Status.REJECTED)


def rebuild_history(order: Order, said: Step | None = None) -> Order:
    """The order with its status and history by what is known and `said` now."""
    known = [*order.told, *filter(_is_told, order.history), *([said] if said else [])]
    told = _first_told(known)
    order = order.model_copy(update={"told": list(told.values())})
    ours = [step for step in order.history if not step.is_saps or step.status not in _SAPS]
    before = [step for step in ours if step.status not in _ENDS]
    end = [step for step in ours if step.status in _ENDS]
    if not before or order.handover.state is HandoverState.WITHDRAWN:
        return order
    reopened = _reopening_step(order, told)
    if end:
        history = _with_end(order, before, _answers(order, told, reopened), end)
        after = [reopened, *_shipping(order), *_invoicing(order)] if reopened else []
        history += _along_the_edges(end[-1], after)
        return order.model_copy(update={"status": history[-1].status, "history": history})
    steps = _along_the_edges(before[-1], _saps(order, told, reopened))
    # Who was put somewhere without a step for it stays there.
    status = steps[-1].status if steps else order.status
    return order.model_copy(update={"status": status, "history": [*before, *steps]})


def _with_end(
    order: Order, before: list[Step], answers: Iterable[Step], end: list[Step]
) -> list[Step]:
    """The history up to the last of the steps by which people ended the order."""
    if len(end) > 1:
        # SAP opened it again between them, as is told already.
        return order.history[: order.history.index(end[-1]) + 1]
    steps = _along_the_edges(before[-1], answers)
    while steps and not may_move(steps[-1].status, end[0].status):
        steps.pop()
    return [*before, *steps, *end]


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


def _saps(order: Order, told: dict[Status, Step], reopened: Step | None) -> Iterator[Step]:
    answers = list(_answers(order, told, reopened))
    yield from answers
    if answers and answers[-1].status is Status.REJECTED:
        if reopened is None:
            return
        yield reopened
    yield from _shipping(order)
    yield from _invoicing(order)


def _answers(order: Order, told: dict[Status, Step], reopened: Step | None) -> Iterator[Step]:
    """The first confirmation, unless it came after the rejection, and that rejection, if any."""
    confirmed, rejected = told.get(Status.CONFIRMED), told.get(Status.REJECTED)
    first = next(_shipping(order), None)
    # Of an order that was opened again, goods may have left because of that.
    if rejected and first and (reopened is None or first.at < rejected.at):
        rejected = None
    if confirmed is not None and (rejected is None or confirmed.at < rejected.at):
        yield confirmed
    if rejected is not None:
        yield rejected


def _reopening_step(order: Order, told: dict[Status, Step]) -> Step | None:
    """The step by which SAP goes on with an order that had ended there, if it now does.

    Its newest states then have an item that is not rejected, and one before had none. What SAP
    told before the buyer asked for the cancellation says nothing of what came after it.
    """
    moments = {
        read_stamp(stamp): has_items(order, state)
        for state in order.sap_states
        for stamp in state.stamps
    }
    if (rejected := told.get(Status.REJECTED)) is not None:
        # Orders of before states were kept have no other trace of it.
        moments.setdefault(rejected.at, False)
    since = None
    for at, alive in sorted(moments.items(), reverse=True):
        if not alive:
            ended = since is not None and at > _earliest_reopening(order)
            return Step(status=Status.CONFIRMED, at=since, **SAP.signature) if ended else None
        since = at
    return None


def _earliest_reopening(order: Order) -> datetime:
    change = order.change
    stamp = change.asked_after if change and is_cancelled_by(order, change) else ""
    return read_stamp(stamp) if stamp else datetime.min.replace(tzinfo=UTC)


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
