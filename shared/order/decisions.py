"""What may be decided about an order on its way to SAP, and what that makes of it. Pure.

Who decides is one of the brand's people; `shared.order.desk` writes it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from shared.audit import Action, Doer
from shared.order.changing import apply_cancellation, is_being_cancelled
from shared.order.handover import (
    PARKED_DUE,
    Decision,
    Handover,
    HandoverState,
    Parked,
    ParkReason,
    is_in_doubt,
)
from shared.order.history import rebuild_history
from shared.order.model import Order, Step
from shared.order.permission import BEFORE_SAP
from shared.order.status import Status, may_move
from shared.order.versions import take_back_change
from shared.problem import Problem

UNSETTLED = frozenset({HandoverState.WAITING, HandoverState.SENDING})
"""States of what is not in SAP, as far as anybody knows, and does not wait for a person."""


def decisions(order: Order, now: datetime) -> frozenset[Action]:
    """What may be decided about an order now."""
    return frozenset(action for action in _DECISIONS if decided_order(order, Doer("", now), action))


def decided_order(order: Order, who: Doer, action: Action) -> Order | None:
    """The order after the decision; None where there is nothing to decide, or not now."""
    return None if is_running(order, who.now) else _DECISIONS[action](order, who)


def is_running(order: Order, now: datetime) -> bool:
    """Whether an export of it, or of its change, is running, or was killed so lately that SAP may
    still work."""
    both = [order.handover, *([order.change.handover] if order.change else [])]
    return any(one.lease_until is not None and one.lease_until > now for one in both)


def _retry(order: Order, who: Doer) -> Order | None:
    """Due at once, be it the order or its change, and also if SAP is only asked for it."""
    if order.handover.state in UNSETTLED and order.handover.due_at is not None:
        return _with_handover(order, order.handover.model_copy(update={"due_at": who.now}))
    change = order.change
    if change is not None and change.handover.state in UNSETTLED:
        return _with_change_handover(order, change.handover.model_copy(update={"due_at": who.now}))
    return None


def _resent(order: Order, who: Doer) -> Order | None:
    if (parked := order.handover.parked) and parked.reason is not ParkReason.PRICE_DIFFERS:
        return _with_handover(order, _send_again(order.handover, parked, who))
    change = order.change
    if change is not None and (parked := change.handover.parked):
        return _with_change_handover(order, _send_again(change.handover, parked, who))
    if order.handover.state in UNSETTLED and order.needs_person:
        return _with_handover(order, _rule_out(order.handover, who))
    return None


def _accept(order: Order, who: Doer) -> Order | None:
    parked = order.handover.parked
    if parked is None or parked.reason is not ParkReason.PRICE_DIFFERS:
        return None
    return _with_handover(
        order, _note_decision(order.handover, _decision("accept", parked.reason, who))
    )


def _reject(order: Order, who: Doer) -> Order | None:
    change = order.change
    if change is not None and (parked := change.handover.parked):
        handover = _note_decision(change.handover, _decision("reject", parked.reason, who))
        return rebuild_history(take_back_change(_with_change_handover(order, handover)))
    parked = order.handover.parked
    refused = parked is not None and order.handover.state is HandoverState.PARKED
    if parked is None or not refused or is_in_doubt(order.handover):
        return None
    if not may_move(order.status, Status.REJECTED):
        return None
    ended = {"state": HandoverState.REFUSED, "due_at": None, "lease_until": None}
    handover = _note_decision(order.handover, _decision("reject", parked.reason, who))
    step = Step(status=Status.REJECTED, at=who.now, reason=who.reason, **who.actor.signature)
    return order.model_copy(
        update={
            "status": step.status,
            "history": [*order.history, step],
            "handover": handover.model_copy(update=ended),
        }
    )


def _park(order: Order, who: Doer) -> Order | None:
    """With the order, or its change, not to be sent before somebody has it sent again.

    Not what SAP may have: it has to be asked for that.
    """
    if _may_be_parked(order.handover) and order.status in BEFORE_SAP:
        return _with_handover(order, _put_aside(order.handover, who))
    if order.change is not None and _may_be_parked(order.change.handover):
        return _with_change_handover(order, _put_aside(order.change.handover, who))
    return None


def _may_be_parked(handover: Handover) -> bool:
    waits = handover.state is HandoverState.WAITING and handover.due_at is not None
    return waits and not is_in_doubt(handover)


def _cancel(order: Order, who: Doer) -> Order | None:
    """Cancelled, or its cancellation on its way to SAP, where the buyer's people could do so."""
    if is_being_cancelled(order):
        return None
    try:
        return apply_cancellation(order, who.reason, who.actor, who.now)
    except Problem:
        return None


def _with_handover(order: Order, handover: Handover) -> Order:
    return order.model_copy(update={"handover": handover})


def _with_change_handover(order: Order, handover: Handover) -> Order:
    if order.change is None:
        return order
    change = order.change.model_copy(update={"handover": handover})
    return order.model_copy(update={"change": change})


def _decision(word: str, about: ParkReason, who: Doer) -> Decision:
    return Decision(
        decision=word, about=about, at=who.now, reason=who.reason, **who.actor.signature
    )


def _note_decision(handover: Handover, decision: Decision) -> Handover:
    return handover.model_copy(
        update={"parked": None, "decisions": [*handover.decisions, decision]}
    )


def _send_again(handover: Handover, parked: Parked, who: Doer) -> Handover:
    again = {"state": HandoverState.WAITING, "due_at": who.now, "lease_until": None}
    decided = _note_decision(handover, _decision("resend", parked.reason, who))
    return decided.model_copy(update=again)


def _put_aside(handover: Handover, who: Doer) -> Handover:
    decided = _note_decision(handover, _decision("park", ParkReason.BY_PERSON, who))
    parked = Parked(reason=ParkReason.BY_PERSON, at=who.now, detail=who.reason)
    aside = {"state": HandoverState.PARKED, "due_at": who.now + PARKED_DUE, "parked": parked}
    return decided.model_copy(update=aside)


def _rule_out(handover: Handover, who: Doer) -> Handover:
    seen = {"ruled_out_by": who.by, "ruled_out_at": who.now}
    attempts = [
        one
        if not is_in_doubt(Handover(due_at=None, attempts=[one]))
        else one.model_copy(update=seen)
        for one in handover.attempts
    ]
    return handover.model_copy(
        update={"attempts": attempts, "state": HandoverState.WAITING, "due_at": who.now}
    )


_DECISIONS: Mapping[Action, Callable[[Order, Doer], Order | None]] = {
    Action.RETRY: _retry,
    Action.RESEND: _resent,
    Action.ACCEPT: _accept,
    Action.REJECT: _reject,
    Action.PARK: _park,
    Action.CANCEL: _cancel,
}
