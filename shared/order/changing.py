"""How an order is cancelled, or a change of it is sent on its way to SAP. Pure.

docs/domain.md, "Order". The buyer's people and the brand's cancel in the same way; which way that
goes, and whether it may, is `shared.order.permission`.
"""

from datetime import datetime

from shared.actor import Actor
from shared.order.handover import HANDOVER_GRACE, Handover, HandoverState
from shared.order.model import Order, OrderChange, Step
from shared.order.permission import ChangeMode, is_on_its_way, way_to_cancel
from shared.order.status import Status
from shared.order.versions import next_number


def apply_cancellation(order: Order, reason: str, by: Actor, now: datetime) -> Order:
    """The order, cancelled where SAP has not got it, else with its cancellation on its way there.

    Raises:
        Problem: as `way_to_cancel`.
    """
    if way_to_cancel(order, now) is ChangeMode.VIA_SAP:
        return cancel_by_sap(order, reason, by, now)
    return cancel_here(order, reason, by, now)


def cancel_here(order: Order, reason: str, by: Actor, now: datetime) -> Order:
    """The order, which SAP has not got, cancelled."""
    step = Step(status=Status.CANCELLED, at=now, reason=reason, **by.signature)
    nothing_left = {"state": HandoverState.WITHDRAWN, "due_at": None, "lease_until": None}
    handover = order.handover.model_copy(update={**nothing_left, "parked": None})
    return order.model_copy(
        update={
            "status": step.status,
            "history": [*order.history, step],
            "handover": handover,
        }
    )


def cancel_by_sap(order: Order, reason: str, by: Actor, now: datetime) -> Order:
    """The order with its cancellation on its way to SAP."""
    asked = to_sap(next_number(order), now, by).model_copy(
        update={"cancels": True, "reason": reason, "asked_after": order.status_stamp}
    )
    return order.model_copy(update={"change": asked})


def is_being_cancelled(order: Order) -> bool:
    """Whether the order is cancelled, or is going to be as far as we can tell."""
    asked = order.change is not None and order.change.cancels and is_on_its_way(order)
    return asked or order.status is Status.CANCELLED


def to_sap(number: int, now: datetime, by: Actor) -> OrderChange:
    """A change that SAP is to be told of."""
    handover = Handover(due_at=now + HANDOVER_GRACE)
    return OrderChange(number=number, at=now, handover=handover, **by.signature)
