"""Who may export an order now, under which number, and what is known of earlier tries.

Pure but for `claim`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from google.cloud.firestore import Client

from functions.export_order.time_limits import lease_of
from shared.optimistic import Attempt, optimistically
from shared.order import repository as orders
from shared.order.handover import ExportAttempt, Handover, HandoverState, is_in_doubt
from shared.order.model import Order
from shared.order.saving import save_orders
from shared.order.status import Status
from shared.problem import NotFoundProblem, Problem
from shared.sap import circuit
from shared.sap.numbers import NumberRange
from shared.sap.source_system import SourceSystem
from shared.text.message import N_

KEPT_FAILURES = 20


class ExportRunningProblem(Problem):
    """Another export of the order is running, or was killed so lately that SAP may still work."""

    status = 503
    code = "export_running"
    text = N_("This order is being handed over already.")


class SapAwayProblem(ExportRunningProblem):
    """SAP is not called now: it is away, or refuses the log-on (`shared.sap.circuit`)."""

    code = "sap_away"


class EarlierOrderProblem(ExportRunningProblem):
    """An order that the company placed before is to be handed over first."""

    code = "earlier_order"


class ExportFailedProblem(Problem):
    """SAP did not take the order, or its change, this time; the task is to be tried again."""

    status = 503
    code = "export_failed"
    text = N_("SAP did not take the order. It will be tried again.")


class Next(Enum):
    """What to do with an order, or its change. `LOOK_UP_ONLY`: a person has to allow more."""

    NOTHING = auto()
    CREATE = auto()
    LOOK_UP_FIRST = auto()
    LOOK_UP_ONLY = auto()


@dataclass(frozen=True)
class Claim:
    """The order as claimed; the lease is recognized by `attempt`'s time when it is settled."""

    order: Order
    what: Next
    attempt: datetime


def claim(db: Client, number: str, now: datetime, system: SourceSystem) -> Claim:
    """Take the lease of an order that SAP should get, and draw its number.

    Raises:
        NotFoundProblem: no such order.
        ExportRunningProblem: somebody else holds the lease.
        SapAwayProblem: SAP is not to be called now.
    """
    reference = orders.reference(db, number)
    tried = False

    def body(attempt: Attempt) -> Claim:
        nonlocal tried
        # The circuit is read in the same RPC.
        document, _ = attempt.read([reference, circuit.reference(db, system.logical_system)])
        if document is None:
            raise NotFoundProblem
        order = Order.model_validate(document)
        if tried and (earlier := before_attempt(order.handover, now)):
            # This claim was committed, and the answer to that was lost.
            order = order.model_copy(update={"handover": earlier})
            what = Next.LOOK_UP_ONLY if order.needs_person else next_step(earlier, now)
            return Claim(order, what, now)
        # One that waits for approval has no task, unless somebody made one by hand.
        waits = order.status is Status.PENDING_APPROVAL
        what = Next.NOTHING if waits else next_step(order.handover, now)
        if what is Next.NOTHING:
            return Claim(order, what, now)
        pass_circuit(attempt, db, system, now)
        numbered = assign_number(order, system.orders.number_range)
        if numbered.needs_person:
            what = Next.LOOK_UP_ONLY
        tried = True
        begun = begin_attempt(numbered.handover, now, lease_of(order))
        save_orders(attempt, db, [(order, numbered.model_copy(update={"handover": begun}))])
        return Claim(numbered, what, now)

    return optimistically(db, body)


def pass_circuit(attempt: Attempt, db: Client, system: SourceSystem, now: datetime) -> None:
    """See that SAP may be called.

    Raises:
        SapAwayProblem: not now.
    """
    try:
        circuit.admit(attempt, db, system.logical_system, now)
    except circuit.CircuitOpenError as error:
        raise SapAwayProblem from error


def assign_number(order: Order, numbers: NumberRange | None) -> Order:
    """The order with the number that SAP is to create it under.

    An order that SAP may have under another number gets none any more: a second sales order
    would not be refused.
    """
    if numbers is None or order.external_number or is_in_doubt(order.handover):
        return order
    return order.model_copy(update={"external_number": numbers.draw(order.number)})


def next_step(handover: Handover, now: datetime) -> Next:
    """What is to be done.

    SAP is asked before every retry: an attempt without a recorded outcome may have been
    committed there.

    Raises:
        ExportRunningProblem: the lease is held.
    """
    if handover.state not in (HandoverState.WAITING, HandoverState.SENDING):
        return Next.NOTHING
    if handover.lease_until is not None and handover.lease_until > now:
        raise ExportRunningProblem
    return Next.LOOK_UP_FIRST if handover.attempts else Next.CREATE


def begin_attempt(handover: Handover, now: datetime, lease: timedelta) -> Handover:
    """The handover with one more attempt, which has begun; a lease keeps others away."""
    attempts = [*handover.attempts, ExportAttempt(at=now, outcome="started")]
    kept = _forget_failures(attempts)
    return handover.model_copy(
        update={
            "state": HandoverState.SENDING,
            "lease_until": now + lease,
            # Should this process die, reconcile finds the order when the lease is over.
            "due_at": now + lease,
            "attempts": kept,
            "forgotten": handover.forgotten + len(attempts) - len(kept),
        }
    )


def before_attempt(handover: Handover, now: datetime) -> Handover | None:
    """The handover as it was before the attempt of `now` began; None where none began then."""
    latest = handover.attempts[-1:]
    if not latest or latest[0].at != now or latest[0].outcome != "started":
        return None
    waiting = {"state": HandoverState.WAITING, "lease_until": None}
    return handover.model_copy(update={**waiting, "attempts": handover.attempts[:-1]})


def _forget_failures(attempts: list[ExportAttempt]) -> list[ExportAttempt]:
    """The attempts without all but the latest failures.

    SAP being down for days makes thousands of failures. Others stay: they tell whether SAP may
    have the order, and an order that it may have can't be cancelled here.
    """
    failures = [attempt for attempt in attempts if attempt.outcome == "failed"]
    forgotten = {attempt.at for attempt in failures[:-KEPT_FAILURES]}
    return [attempt for attempt in attempts if attempt.at not in forgotten]
