"""What a person of the brand does about orders that do not get into SAP by themselves.

Two kinds wait for a person. One that is *parked*: SAP refuses it, or the call, or has it at
another price. And one without an answer: in a SAP that draws all numbers itself nobody can tell
whether SAP has it, and sending it again could make a second sales order. All that is decided
stays in the order, with who decided it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from google.cloud.firestore import Client, FieldFilter

from shared.actor import ActorKind
from shared.optimistic import Attempt, optimistically
from shared.order import repository as orders
from shared.order.handover import is_in_doubt, needs_person
from shared.order.model import Decision, Handover, HandoverState, Order, Parked, ParkReason, Step
from shared.order.saving import save_orders
from shared.order.status import Status, may_move
from shared.order.versions import take_back_change

_UNSETTLED = frozenset({HandoverState.WAITING, HandoverState.SENDING})
_ALL = datetime.min.replace(tzinfo=UTC)


class NothingToDecideError(Exception):
    """There is no such order, it does not wait for this decision, or an export of it is running."""


@dataclass(frozen=True)
class Waiting:
    """An order that waits for a person; `parked` is None where SAP gave no answer."""

    order: Order
    parked: Parked | None
    is_change: bool = False


def waiting(db: Client) -> Iterator[Waiting]:
    """All that waits for a person: parked orders, parked changes, orders without an answer."""
    for order in _stored(db, "handover.parked.at"):
        yield Waiting(order, order.handover.parked)
    for order in _stored(db, "change.handover.parked.at"):
        if order.change is not None:
            yield Waiting(order, order.change.handover.parked, is_change=True)
    for order in _stored(db, "handover.due_at"):
        if order.handover.state in _UNSETTLED and needs_person(order):
            yield Waiting(order, None)


def _stored(db: Client, field: str) -> Iterator[Order]:
    found = (
        db.collection("orders").where(filter=FieldFilter(field, ">", _ALL)).order_by(field).stream()
    )
    for snapshot in found:
        document = snapshot.to_dict() or {}
        settled = document["handover"]["state"] not in _UNSETTLED
        # Most have been taken by SAP, and a whole order takes long to read.
        if field != "handover.due_at" or not settled:
            yield Order.model_validate(document)


def resend(db: Client, number: str, by: str, now: datetime) -> None:
    """Have the order, or its change, sent once more; reconcile does so within a minute.

    For one without an answer that says that somebody has looked in SAP, that it has no such order
    and is not about to save one.

    Raises:
        NothingToDecideError: it waits for nobody, or not now.
    """

    def body(order: Order) -> Order:
        if (parked := order.handover.parked) and parked.reason is not ParkReason.PRICE_DIFFERS:
            return _with_handover(order, _sent_again(order.handover, parked, by, now))
        change = order.change
        if change is not None and (parked := change.handover.parked):
            again = _sent_again(change.handover, parked, by, now)
            return order.model_copy(
                update={"change": change.model_copy(update={"handover": again})}
            )
        if order.handover.state in _UNSETTLED and needs_person(order):
            return _with_handover(order, _ruled_out(order.handover, by, now))
        raise NothingToDecideError(number)

    _decide(db, number, now, body)


def accept(db: Client, number: str, by: str, now: datetime) -> None:
    """Leave the order in SAP as it is, at SAP's price.

    Raises:
        NothingToDecideError: its price is not in question.
    """

    def body(order: Order) -> Order:
        parked = order.handover.parked
        if parked is None or parked.reason is not ParkReason.PRICE_DIFFERS:
            raise NothingToDecideError(number)
        decision = _decision("accept", parked, by, now)
        return _with_handover(order, _decided(order.handover, decision))

    _decide(db, number, now, body)


def reject(db: Client, number: str, by: str, reason: str, now: datetime) -> None:
    """Reject an order that SAP refuses, or take its change back; the buyer reads `reason`.

    Raises:
        NothingToDecideError: it is not parked, or SAP may have it.
    """

    def body(order: Order) -> Order:
        change = order.change
        if change is not None and (parked := change.handover.parked):
            decision = _decision("reject", parked, by, now, reason)
            handover = _decided(change.handover, decision)
            order = order.model_copy(
                update={"change": change.model_copy(update={"handover": handover})}
            )
            return take_back_change(order)
        parked = order.handover.parked
        refused = parked is not None and order.handover.state is HandoverState.PARKED
        if parked is None or not refused or is_in_doubt(order.handover):
            raise NothingToDecideError(number)
        if not may_move(order.status, Status.REJECTED):
            raise NothingToDecideError(number)
        ended = {"state": HandoverState.REFUSED, "due_at": None, "lease_until": None}
        handover = _decided(order.handover, _decision("reject", parked, by, now, reason))
        step = Step(status=Status.REJECTED, at=now, reason=reason, by=by, by_kind=ActorKind.REP)
        return order.model_copy(
            update={
                "status": step.status,
                "history": [*order.history, step],
                "handover": handover.model_copy(update=ended),
            }
        )

    _decide(db, number, now, body)


def _decide(db: Client, number: str, now: datetime, body: Callable[[Order], Order]) -> None:
    def attempted(attempt: Attempt) -> None:
        [document] = attempt.read([orders.reference(db, number)])
        if document is None:
            raise NothingToDecideError(number)
        order = Order.model_validate(document)
        lease = order.handover.lease_until
        if lease is not None and lease > now:
            raise NothingToDecideError(number)
        after = body(order).model_copy(update={"updated_at": now})
        save_orders(attempt, db, [(order, after)])

    optimistically(db, attempted)


def _with_handover(order: Order, handover: Handover) -> Order:
    return order.model_copy(update={"handover": handover})


def _decision(word: str, parked: Parked, by: str, now: datetime, reason: str = "") -> Decision:
    return Decision(
        decision=word, about=parked.reason, at=now, by=by, by_kind=ActorKind.REP, reason=reason
    )


def _decided(handover: Handover, decision: Decision) -> Handover:
    return handover.model_copy(
        update={"parked": None, "decisions": [*handover.decisions, decision]}
    )


def _sent_again(handover: Handover, parked: Parked, by: str, now: datetime) -> Handover:
    again = {"state": HandoverState.WAITING, "due_at": now, "lease_until": None}
    decided = _decided(handover, _decision("resend", parked, by, now))
    return decided.model_copy(update=again)


def _ruled_out(handover: Handover, by: str, now: datetime) -> Handover:
    seen = {"ruled_out_by": by, "ruled_out_at": now}
    attempts = [
        one
        if not is_in_doubt(Handover(due_at=None, attempts=[one]))
        else one.model_copy(update=seen)
        for one in handover.attempts
    ]
    return handover.model_copy(
        update={"attempts": attempts, "state": HandoverState.WAITING, "due_at": now}
    )
