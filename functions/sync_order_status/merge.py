"""What SAP's word on an order changes, pure.

Messages come in any order and more than once, so nothing here depends on what came
before: lines and SAP's numbers are those of the newest message, and of the statuses that
SAP ever told the history keeps the first of each kind that an order moving along the
allowed edges would have gone through. A rejection is final (no edge leads out of it).
"""

from datetime import datetime

from shared.availability.model import Availability, Promise
from shared.availability.rules import settled
from shared.company.model import Credit, OpenOrder
from shared.order.model import HandoverState, Order, OrderLine, Step
from shared.order.status import Status, may_move
from shared.sap.fields import read_stamp
from shared.sap.order_responses import SapOrderStatus

SAP = "SAP"
_TOLD = (Status.CONFIRMED, Status.REJECTED)
_BEFORE = (Status.PENDING_APPROVAL, Status.ON_HOLD, Status.ACCEPTED, Status.SENT)


def faults(order: Order, sap: SapOrderStatus) -> list[str]:
    """Why the message can't be about this order; empty where it can."""
    found = []
    if order.sap_number not in (None, sap.sap_number):
        found.append(f"{order.number} is the sales order {order.sap_number}, not {sap.sap_number}")
    found += [
        f"position {line.position} of {order.number} is {line.article}, not {there.article}"
        for line in order.lines
        if (there := sap.lines.get(line.position)) and there.article != line.article
    ]
    return found


def merge(order: Order, sap: SapOrderStatus) -> Order:
    """The order after the message; equal to `order` where it changes nothing."""
    if sap.stamp > order.status_stamp:
        order = order.model_copy(
            update={
                "status_stamp": sap.stamp,
                "sap_number": sap.sap_number,
                "sap_stamp": sap.sap_stamp,
                "lines": [_line(line, sap) for line in order.lines],
            }
        )
    order = _moved(order, _step(order, sap))
    if order.handover.state is HandoverState.WITHDRAWN or order.status is Status.CANCELLED:
        return order
    refused = order.status is Status.REJECTED
    state = HandoverState.REFUSED if refused else HandoverState.ACCEPTED
    # What is left to do for a refused order, giving back what it took, is done with this.
    handover = order.handover.model_copy(
        update={"state": state, "due_at": None, "lease_until": None}
    )
    return order.model_copy(update={"handover": handover})


def promise_of(order: Order, style: str, availability: Availability) -> Promise | None:
    """What the order still takes of a style; None where nothing, or SAP's figures include it."""
    quantities = {
        line.article: line.quantity
        for line in order.lines
        if line.sku.startswith(f"{style}-") and not line.rejected
    }
    if not order.at_once or not _is_alive(order) or not quantities:
        return None
    promise = Promise(on=order.requested_on, quantities=quantities, sap_stamp=order.sap_stamp)
    return None if settled(availability, promise) else promise


def open_order_of(order: Order, credit: Credit | None) -> OpenOrder | None:
    """The order's share of the credit; None where it has none, or SAP's exposure includes it."""
    if not _is_alive(order):
        return None
    if credit is not None and order.sap_stamp is not None and order.sap_stamp <= credit.stamp:
        return None
    amount = sum(line.amount.amount for line in order.lines if not line.rejected)
    return OpenOrder(amount=amount, sap_stamp=order.sap_stamp)


def _is_alive(order: Order) -> bool:
    return order.status not in (Status.REJECTED, Status.CANCELLED)


def _line(line: OrderLine, sap: SapOrderStatus) -> OrderLine:
    there = sap.lines.get(line.position)
    return line.model_copy(
        update={
            "confirmed": there.confirmed if there else [],
            # A message is the whole order, so a line that it has not was deleted in SAP.
            "rejected": there is None or bool(there.rejection),
        }
    )


def _step(order: Order, sap: SapOrderStatus) -> Step:
    ours = [sap.lines.get(line.position) for line in order.lines]
    rejected = all(there is None or there.rejection for there in ours)
    reasons = [there.rejection for there in ours if there and there.rejection]
    return Step(
        status=Status.REJECTED if rejected else Status.CONFIRMED,
        at=read_stamp(sap.stamp),
        by=SAP,
        reason=", ".join(dict.fromkeys(reasons)) if rejected else "",
    )


def _moved(order: Order, step: Step) -> Order:
    told = {old.status: old for old in order.history if old.by == SAP and old.status in _TOLD}
    rejected = told.get(Status.REJECTED)
    known = told.get(step.status)
    before_rejection = rejected is not None and step.at < rejected.at
    if known is None and not before_rejection and not may_move(order.status, step.status):
        return order
    if known is None or step.at < known.at:
        told[step.status] = step
    if Status.REJECTED in told:
        told = _until(told, told[Status.REJECTED].at)
    status = step.status if may_move(order.status, step.status) else order.status
    return order.model_copy(update={"status": status, "history": _history(order, told)})


def _history(order: Order, told: dict[Status, Step]) -> list[Step]:
    """What SAP told, between what came before it and after it.

    Not by time alone: SAP writes its message before we note that the order was sent.
    """
    others = [step for step in order.history if step.by != SAP or step.status not in _TOLD]
    return [
        *(step for step in others if step.status in _BEFORE),
        *sorted(told.values(), key=lambda step: step.at),
        *(step for step in others if step.status not in _BEFORE),
    ]


def _until(told: dict[Status, Step], end: datetime) -> dict[Status, Step]:
    """Without a confirmation after the rejection, which ended the order's way."""
    return {
        status: step for status, step in told.items() if status is Status.REJECTED or step.at < end
    }
