"""Writes down how an attempt ended."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import takewhile

from google.cloud.firestore import Client

from functions.export_order.claim import Claim
from shared.actor import SAP
from shared.optimistic import Attempt, optimistically
from shared.order import repository as orders
from shared.order.handover import (
    PARKED_DUE,
    ExportAttempt,
    Handover,
    HandoverState,
    Parked,
    ParkReason,
    is_in_doubt,
)
from shared.order.hold import Hold, HoldKind
from shared.order.model import Order, Step
from shared.order.saving import save_orders
from shared.order.status import Status, may_move
from shared.sap.failure import Failure
from shared.sap.sales_order import NetInSap
from shared.text.unicode import encodable

RETRY_DUE = timedelta(minutes=10)
"""When reconcile looks after an order whose task should have tried again long before."""

CONFIRMATION_DUE = timedelta(hours=1)
"""When reconcile tells that SAP has not sent its order response, which takes it moments."""

SETTLING = timedelta(seconds=60)
"""After a break during COMMIT, SAP gets this long to finish before it is asked.

A slow SAP goes on with what its caller gave up waiting for (shared.sap.rfc.CALL_SECONDS). Most
have finished then; that one may take longer makes no second sales order (`export`).
"""

LOOK_UPS_DUE = (timedelta(minutes=1), timedelta(hours=1))
"""While only a person may have an order sent again, SAP is asked for it after the first, then
after twice the time each, up to the second."""

LATE_COMMIT = timedelta(hours=4)
"""So long after a commit of unknown outcome SAP may still save the order: what it says against a
second try is not final before."""


@dataclass(frozen=True)
class AttemptOutcome:
    """How an attempt ended.

    `word` is created, changed, found, refused (as the order is), denied (whatever the order is),
    clash (the change would overwrite what people in SAP did), failed (SAP saved nothing) or unknown (it broke during the commit); `sap_number` is that of an
    order created or found, `detail` has SAP's words, `positions` are those of the lines that a
    refusal names. `next_number` is to be tried next, where another sales order has the order's.
    `failure` tells that SAP did not answer, `answered` whether it had before, `holds` what keeps a
    saved order from going on, `net` what SAP makes of its prices, `uncompared` that it did not tell.
    """

    word: str
    sap_number: str | None = None
    detail: str = ""
    next_number: str | None = None
    positions: tuple[int, ...] = ()
    failure: Failure | None = None
    answered: bool = True
    holds: Mapping[HoldKind, str] = field(default_factory=dict)
    net: NetInSap | None = None
    uncompared: bool = False


def settle(db: Client, claim: Claim, outcome: AttemptOutcome, now: datetime) -> None:
    """Record the outcome of the attempt that `claim` began.

    What SAP has told meanwhile by its own message (confirmed, rejected) stays.
    """
    reference = orders.reference(db, claim.order.number)

    def body(attempt: Attempt) -> None:
        [document] = attempt.read([reference])
        order = Order.model_validate(document)
        settled = apply_outcome(order, claim.attempt, outcome, now)
        save_orders(attempt, db, [(order, settled)])

    optimistically(db, body)


def apply_outcome(order: Order, attempt: datetime, outcome: AttemptOutcome, now: datetime) -> Order:
    """The order after its attempt, pure."""
    if outcome.word == "refused" and _may_be_saved(order.handover, attempt, now):
        # Else a person would have it created, or rejected, and SAP would save it after all.
        outcome = replace(outcome, word="failed")
    handover = record_outcome(order.handover, attempt, outcome, now)
    update: dict[str, object] = {"updated_at": now}
    # Whose lease was over and taken by another must not end that one's; a number always counts.
    counts = bool(outcome.sap_number) or is_latest(handover, attempt)
    if handover.state is HandoverState.SENDING and counts:
        handover = handover.model_copy(update=end_attempt(outcome, now))
        if outcome.next_number:
            update["external_number"] = outcome.next_number
        after = order.model_copy(update={"handover": handover})
        if outcome.word == "failed" and after.needs_person:
            handover = handover.model_copy(update={"due_at": now + _until_look_up(handover)})
    if outcome.sap_number:
        handover = note_comparison(order, handover, outcome, now)
    update["handover"] = handover
    if outcome.sap_number:
        update["sap_number"] = outcome.sap_number
        if not order.status_stamp:
            update["holds"] = [
                Hold(kind=kind, reason=encodable(words), since=now)
                for kind, words in outcome.holds.items()
            ]
        if may_move(order.status, Status.SENT):
            step = Step(status=Status.SENT, at=now, **SAP.signature)
            update |= {"status": Status.SENT, "history": [*order.history, step]}
    return order.model_copy(update=update)


def apply_comparison(order: Order, outcome: AttemptOutcome, now: datetime) -> Order:
    """The order after a comparison that no attempt of its hand-over could make, pure."""
    due = None if order.status_stamp else now + CONFIRMATION_DUE
    handover = order.handover.model_copy(update={"due_at": due})
    handover = note_comparison(order, handover, outcome, now)
    return order.model_copy(update={"handover": handover, "updated_at": now})


def note_comparison(
    order: Order, handover: Handover, outcome: AttemptOutcome, now: datetime
) -> Handover:
    """The handover with what came of the comparison of prices; `reconcile` has it repeated."""
    if outcome.uncompared:
        later = {"uncompared": True, "due_at": now + RETRY_DUE}
        return handover.model_copy(update=later)
    handover = handover.model_copy(update={"uncompared": False})
    if outcome.net is None or not outcome.net.differing:
        return handover
    return handover.model_copy(update={"parked": _at_another_price(order, outcome, now)})


def _at_another_price(order: Order, outcome: AttemptOutcome, now: datetime) -> Parked:
    in_sap = outcome.net.total if outcome.net else None
    return Parked(
        reason=ParkReason.PRICE_DIFFERS,
        at=now,
        positions=list(outcome.net.differing) if outcome.net else [],
        agreed=order.net,
        in_sap=in_sap,
    )


def _may_be_saved(handover: Handover, attempt: datetime, now: datetime) -> bool:
    """Whether SAP may still save what was sent before that attempt."""
    recent = [one for one in handover.attempts if now - LATE_COMMIT < one.at < attempt]
    return is_in_doubt(handover.model_copy(update={"attempts": recent}))


def _until_look_up(handover: Handover) -> timedelta:
    """How long until SAP is asked again for an order that only a person may have sent again."""
    first, most = LOOK_UPS_DUE
    outcomes = [attempt.outcome for attempt in reversed(handover.attempts)]
    asked = len(list(takewhile(lambda outcome: outcome == "failed", outcomes)))
    return min(most, first * (1 << max(asked - 1, 0)))


def record_outcome(
    handover: Handover, attempt: datetime, outcome: AttemptOutcome, now: datetime
) -> Handover:
    """The handover with the outcome of its attempt that began at `attempt` and has ended now."""
    # SAP cuts its texts to a length, through the middle of a character too.
    detail = encodable(outcome.detail)
    attempts = [
        ExportAttempt(
            at=a.at, outcome=outcome.word, detail=detail, answered=outcome.answered, ended_at=now
        )
        if a.at == attempt
        else a
        for a in handover.attempts
    ]
    return handover.model_copy(update={"attempts": attempts})


def is_latest(handover: Handover, attempt: datetime) -> bool:
    """Whether no other attempt began after it."""
    return [a.at for a in handover.attempts[-1:]] == [attempt]


def end_attempt(outcome: AttemptOutcome, now: datetime) -> dict[str, object]:
    """Fields of the handover after the outcome of its latest attempt."""
    match outcome.word:
        case "created" | "changed" | "found":
            return {
                "state": HandoverState.ACCEPTED,
                "lease_until": None,
                "due_at": now + CONFIRMATION_DUE,
            }
        case "refused" | "denied" | "clash":
            reason = "changed_in_sap" if outcome.word == "clash" else outcome.word
            parked = Parked(
                reason=ParkReason(reason),
                at=now,
                positions=list(outcome.positions),
                detail=encodable(outcome.detail),
            )
            return {
                "state": HandoverState.PARKED,
                "lease_until": None,
                "due_at": now + PARKED_DUE,
                "parked": parked,
            }
        case "unknown":
            return {
                "state": HandoverState.WAITING,
                "lease_until": now + SETTLING,
                "due_at": now + RETRY_DUE,
            }
        case _:
            return {
                "state": HandoverState.WAITING,
                "lease_until": None,
                "due_at": now + RETRY_DUE,
            }
