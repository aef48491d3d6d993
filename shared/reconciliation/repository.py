"""Where runs and differences are stored, and what a person does about them.

One run at a time: `state/reconciliation` names it, and is written in the commit that starts or
ends one. A database belongs to one region, and so to one SAP.
"""

from datetime import datetime, timedelta
from secrets import token_hex

from google.cloud.firestore import Client, DocumentReference
from pydantic import BaseModel

from shared import audit
from shared.audit import Action, Doer
from shared.optimistic import Attempt, optimistically
from shared.order import repository as orders
from shared.order.handover import HandoverState
from shared.order.model import Order
from shared.order.saving import save_orders
from shared.reconciliation.model import Choice, Decided, Difference, Family, Run, Scope, State
from shared.store import to_document

GRACE = timedelta(minutes=10)
"""How long a message may be under way: after it, what differs still is a difference."""

KEPT = timedelta(days=400)
"""Runs, and differences that are over or that a person settled, since they were last seen."""

NIGHTLY_DAYS = 60
"""The nightly run compares all orders that were placed since, and those before that are not over."""


class Current(BaseModel):
    """`state/reconciliation`: which run is on, and when the last one compared all."""

    active: str = ""
    night: str = ""  # the day whose nightly run was started last, on SAP's clock
    since: datetime | None = None
    done_at: datetime | None = None
    told_at: datetime | None = None


class RunActiveError(Exception):
    """A run is on, and there is one at a time."""


class NotToDecideError(Exception):
    """There is no such difference, or this can't be decided about it now."""


def current_reference(db: Client) -> DocumentReference:
    """Where it says which run is on."""
    return db.collection("state").document("reconciliation")


def run_reference(db: Client, id_: str) -> DocumentReference:
    """Where a run is."""
    return db.collection("reconciliations").document(id_)


def difference_reference(db: Client, order: str) -> DocumentReference:
    """Where the difference of an order is."""
    return db.collection("differences").document(order)


def read_current(attempt: Attempt, db: Client) -> Current:
    """Which run is on, read in this attempt."""
    return Current.model_validate(attempt.read([current_reference(db)])[0] or {})


def save_current(attempt: Attempt, db: Client, current: Current) -> None:
    """Store what is on, as it was read in this attempt."""
    attempt.save_model(current_reference(db), current)


def start(db: Client, system: str, scope: Scope, who: Doer) -> Run:
    """Have a run begin within a minute.

    Raises:
        RunActiveError: one is on.
    """

    def body(attempt: Attempt) -> Run:
        run = begin(attempt, db, system, scope, who)
        entry = who.entry(Action.RECONCILE, f"reconciliations/{run.id}")
        audit.tell_with(attempt, db, entry)
        return run

    return optimistically(db, body)


def begin(
    attempt: Attempt, db: Client, system: str, scope: Scope, who: Doer, night: str = ""
) -> Run:
    """Create a run in this attempt, which is that of a `night` if nobody asks for it.

    Raises:
        RunActiveError: one is on.
    """
    current = read_current(attempt, db)
    if current.active:
        raise RunActiveError(current.active)
    run = Run(
        id=f"{who.now:%Y%m%d-%H%M%S}-{token_hex(2)}",
        system=system,
        scope=scope,
        asked_at=who.now,
        asked_by=who.by,
        uid=who.uid,
        expires_at=who.now + KEPT,
    )
    attempt.create(run_reference(db, run.id), to_document(run))
    update = {
        "active": run.id,
        "night": night or current.night,
        "since": current.since or who.now,
    }
    save_current(attempt, db, current.model_copy(update=update))
    return run


def decide(db: Client, order: str, choice: Choice, who: Doer) -> Difference:
    """Carry out what a person decides about a parked difference, or have it carried out.

    Raises:
        NotToDecideError: it can't be decided now.
    """

    def body(attempt: Attempt) -> Difference:
        reference = difference_reference(db, order)
        [document] = attempt.read([reference])
        found = Difference.model_validate(document) if document else None
        if found is None or choice not in found.choices:
            raise NotToDecideError(order)
        after = apply_decision(found, choice, who)
        if choice is Choice.RESEND:
            _hand_over(attempt, db, order, who.now)
        attempt.save_model(reference, after)
        entry = who.entry(_ACTIONS[choice], f"differences/{order}")
        audit.tell_with(attempt, db, entry)
        return after

    return optimistically(db, body)


_ACTIONS = {
    Choice.TAKE: Action.TAKE,
    Choice.RESEND: Action.RESEND,
    Choice.SETTLE: Action.SETTLE,
}


def apply_decision(found: Difference, choice: Choice, who: Doer) -> Difference:
    """The difference after the decision, pure."""
    said = Decided(choice=choice, **who.actor.signature, at=who.now, reason=who.reason)
    update: dict[str, object] = {"decisions": [*found.decisions, said], "note": ""}
    match choice:
        case Choice.SETTLE:
            update |= {"state": State.SETTLED, "expires_at": who.now + KEPT}
        case Choice.RESEND:
            update |= {
                "state": State.MENDING,
                "sent_at": who.now,
                "due_at": who.now + GRACE,
            }
        case Choice.TAKE:
            # Of customers and prices, what is to end is found by its state.
            due = who.now if found.family is Family.ORDERS else None
            update |= {"state": State.MENDING, "sent_at": None, "due_at": due}
    return found.model_copy(update=update)


def _hand_over(attempt: Attempt, db: Client, number: str, now: datetime) -> None:
    [document] = attempt.read([orders.reference(db, number)])
    if document is None:
        raise NotToDecideError(number)
    order = Order.model_validate(document)
    if (again := hand_over_again(order, now)) is None:
        raise NotToDecideError(number)
    save_orders(attempt, db, [(order, again)])


def hand_over_again(order: Order, now: datetime) -> Order | None:
    """The order, which SAP has not got any more, on its way there again; None where it is not over.

    Its earlier attempts stay, so SAP is asked for it before it is created.
    """
    if order.handover.state is not HandoverState.ACCEPTED:
        return None
    again = {"state": HandoverState.WAITING, "due_at": now, "lease_until": None}
    handover = order.handover.model_copy(update=again)
    return order.model_copy(update={"handover": handover, "updated_at": now})
