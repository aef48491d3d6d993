"""What becomes of orders whose approval ended, pure."""

from datetime import datetime

from shared.actor import Actor, ActorKind
from shared.approval.deciding import after_lapse
from shared.approval.model import Approval, ApprovalState, AskedChange
from shared.order.changing import cancel_here
from shared.order.handover import HANDOVER_GRACE
from shared.order.model import Order, Step
from shared.order.proposal import carry_out, drop, why_it_lapses
from shared.order.status import Status

SELLIN = Actor(name="Sellin", kind=ActorKind.SYSTEM)


def after_placing(order: Order, after: Approval, now: datetime) -> Order:
    """An order that waited since it was placed: it goes on to SAP, or is cancelled."""
    by, reason = last_word(after)
    if after.state is not ApprovalState.APPROVED:
        return cancel_here(order, reason, by, now)
    step = Step(status=Status.ACCEPTED, at=now, reason=reason, **by.signature)
    due = order.handover.model_copy(update={"due_at": now + HANDOVER_GRACE})
    history = [*order.history, step]
    return order.model_copy(
        update={"status": step.status, "history": history, "handover": due, "updated_at": now}
    )


def after_change(
    order: Order, after: Approval, asked: AskedChange, now: datetime
) -> tuple[Order, Approval]:
    """An order of which a change waited, with what became of the approval: where all agreed, it lapses
    if the change does not fit any more.

    Raises:
        HandoverRunningProblem, ChangeRunningProblem: nobody can tell yet whether it fits.
    """
    settled = drop(order)
    if after.state is ApprovalState.APPROVED:
        if (lapse := why_it_lapses(order, now)) is not None:
            after = after_lapse(after, lapse, now)
        else:
            agreed = {"agreed": {**order.agreed, **asked.figures}}
            settled = carry_out(order, now).model_copy(update=agreed)
    return settled.model_copy(update={"updated_at": now}), after


def last_word(approval: Approval) -> tuple[Actor, str]:
    """Who ended it, and why."""
    if approval.state is ApprovalState.EXPIRED:
        return SELLIN, ""
    last = approval.decisions[-1]
    return Actor(name=last.by, kind=last.by_kind), last.reason
