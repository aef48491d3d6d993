"""What a person of the brand does about orders that do not get into SAP by themselves.

Two kinds wait for a person. One that is *parked*: SAP refuses it, or the call, or has it at
another price. And one without an answer: in a SAP that draws all numbers itself nobody can tell
whether SAP has it, and sending it again could make a second sales order. All that is decided
stays in the order, with who decided it, and is told in `audit`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from google.cloud.firestore import Client, FieldFilter

from shared import audit
from shared.actor import ActorKind
from shared.audit import Action, AuditEntry
from shared.optimistic import Attempt, optimistically
from shared.order import repository as orders
from shared.order.handover import Decision, Handover, HandoverState, Parked, ParkReason, is_in_doubt
from shared.order.history import rebuild_history
from shared.order.model import Order, Step
from shared.order.saving import save_orders
from shared.order.status import Status, may_move
from shared.order.versions import take_back_change

UNSETTLED = frozenset({HandoverState.WAITING, HandoverState.SENDING})
_ALL = datetime.min.replace(tzinfo=UTC)


class NothingToDecideError(Exception):
    """There is no such order, it does not wait for this decision, or an export of it is running."""


@dataclass(frozen=True)
class Deciding:
    """Who decides, when and why; `uid` is empty for the command line."""

    by: str
    now: datetime
    reason: str = ""
    uid: str = ""


@dataclass(frozen=True)
class Undecided:
    """An order that waits for a person; `parked` is None where SAP gave no answer."""

    order: Order
    parked: Parked | None
    is_change: bool = False


def undecided(db: Client) -> Iterator[Undecided]:
    """All that waits for a person: parked orders, parked changes, orders without an answer."""
    for order in _stored(db, "handover.parked.at"):
        yield Undecided(order, order.handover.parked)
    for order in _stored(db, "change.handover.parked.at"):
        if order.change is not None:
            yield Undecided(order, order.change.handover.parked, is_change=True)
    for order in _stored(db, "handover.due_at"):
        if order.handover.state in UNSETTLED and order.needs_person:
            yield Undecided(order, None)


def _stored(db: Client, field: str) -> Iterator[Order]:
    found = (
        db.collection("orders").where(filter=FieldFilter(field, ">", _ALL)).order_by(field).stream()
    )
    for snapshot in found:
        document = snapshot.to_dict() or {}
        settled = document["handover"]["state"] not in UNSETTLED
        # Most have been taken by SAP, and a whole order takes long to read.
        if field != "handover.due_at" or not settled:
            yield Order.model_validate(document)


def resend(db: Client, number: str, who: Deciding) -> None:
    """Have the order, or its change, sent once more; reconcile does so within a minute.

    For one without an answer that says that somebody has looked in SAP, that it has no such order
    and is not about to save one.

    Raises:
        NothingToDecideError: it waits for nobody, or not now.
    """
    _decide(db, number, who, Action.RESEND)


def accept(db: Client, number: str, who: Deciding) -> None:
    """Leave the order in SAP as it is, at SAP's price.

    Raises:
        NothingToDecideError: its price is not in question.
    """
    _decide(db, number, who, Action.ACCEPT)


def reject(db: Client, number: str, who: Deciding) -> None:
    """Reject an order that SAP refuses, or take its change back; the buyer reads the reason.

    Raises:
        NothingToDecideError: it is not parked, or SAP may have it.
    """
    _decide(db, number, who, Action.REJECT)


def decisions(order: Order, now: datetime) -> frozenset[Action]:
    """What may be decided about an order now."""
    return frozenset(
        action for action in _DECISIONS if _decided_order(order, Deciding("", now), action)
    )


def _decide(db: Client, number: str, who: Deciding, action: Action) -> None:
    entry = AuditEntry(
        at=who.now,
        by=who.by,
        uid=who.uid,
        action=action,
        object=f"orders/{number}",
        reason=who.reason,
    )

    def attempted(attempt: Attempt) -> None:
        [document] = attempt.read([orders.reference(db, number)])
        order = Order.model_validate(document) if document else None
        decided = _decided_order(order, who, action) if order else None
        if order is None or decided is None:
            raise NothingToDecideError(number)
        save_orders(attempt, db, [(order, decided.model_copy(update={"updated_at": who.now}))])
        audit.tell_with(attempt, db, entry)

    optimistically(db, attempted)


def _decided_order(order: Order, who: Deciding, action: Action) -> Order | None:
    """The order after the decision; None where there is nothing to decide, or not now."""
    lease = order.handover.lease_until
    if lease is not None and lease > who.now:
        return None
    return _DECISIONS[action](order, who)


def _resent(order: Order, who: Deciding) -> Order | None:
    if (parked := order.handover.parked) and parked.reason is not ParkReason.PRICE_DIFFERS:
        return _with_handover(order, _sent_again(order.handover, parked, who))
    change = order.change
    if change is not None and (parked := change.handover.parked):
        again = _sent_again(change.handover, parked, who)
        return order.model_copy(update={"change": change.model_copy(update={"handover": again})})
    if order.handover.state in UNSETTLED and order.needs_person:
        return _with_handover(order, _ruled_out(order.handover, who))
    return None


def _accepted(order: Order, who: Deciding) -> Order | None:
    parked = order.handover.parked
    if parked is None or parked.reason is not ParkReason.PRICE_DIFFERS:
        return None
    return _with_handover(order, _decided(order.handover, _decision("accept", parked, who)))


def _rejected(order: Order, who: Deciding) -> Order | None:
    change = order.change
    if change is not None and (parked := change.handover.parked):
        handover = _decided(change.handover, _decision("reject", parked, who))
        order = order.model_copy(
            update={"change": change.model_copy(update={"handover": handover})}
        )
        return rebuild_history(take_back_change(order))
    parked = order.handover.parked
    refused = parked is not None and order.handover.state is HandoverState.PARKED
    if parked is None or not refused or is_in_doubt(order.handover):
        return None
    if not may_move(order.status, Status.REJECTED):
        return None
    ended = {"state": HandoverState.REFUSED, "due_at": None, "lease_until": None}
    handover = _decided(order.handover, _decision("reject", parked, who))
    step = Step(
        status=Status.REJECTED, at=who.now, reason=who.reason, by=who.by, by_kind=ActorKind.REP
    )
    return order.model_copy(
        update={
            "status": step.status,
            "history": [*order.history, step],
            "handover": handover.model_copy(update=ended),
        }
    )


def _with_handover(order: Order, handover: Handover) -> Order:
    return order.model_copy(update={"handover": handover})


def _decision(word: str, parked: Parked, who: Deciding) -> Decision:
    return Decision(
        decision=word,
        about=parked.reason,
        at=who.now,
        by=who.by,
        by_kind=ActorKind.REP,
        reason=who.reason,
    )


def _decided(handover: Handover, decision: Decision) -> Handover:
    return handover.model_copy(
        update={"parked": None, "decisions": [*handover.decisions, decision]}
    )


def _sent_again(handover: Handover, parked: Parked, who: Deciding) -> Handover:
    again = {"state": HandoverState.WAITING, "due_at": who.now, "lease_until": None}
    decided = _decided(handover, _decision("resend", parked, who))
    return decided.model_copy(update=again)


def _ruled_out(handover: Handover, who: Deciding) -> Handover:
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


_DECISIONS: Mapping[Action, Callable[[Order, Deciding], Order | None]] = {
    Action.RESEND: _resent,
    Action.ACCEPT: _accepted,
    Action.REJECT: _rejected,
}
