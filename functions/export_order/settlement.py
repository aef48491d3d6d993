"""Writes down how an attempt ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from google.cloud.firestore import Client

from functions.export_order.claim import Claim
from shared.optimistic import Attempt, optimistically
from shared.order import repository as orders
from shared.order.model import ExportAttempt, Handover, HandoverState, Order, Step
from shared.order.saving import save_orders
from shared.order.status import Status, may_move

RETRY_DUE = timedelta(minutes=10)
"""When reconcile looks after an order whose task should have tried again long before."""

CONFIRMATION_DUE = timedelta(hours=1)
"""When reconcile tells that SAP has not sent its order response, which takes it moments."""

SETTLING = timedelta(seconds=60)
"""After a break during COMMIT, SAP gets this long to finish before it is asked.

A slow SAP goes on with what its caller gave up waiting for (shared.sap.rfc.CALL_SECONDS).
"""


@dataclass(frozen=True)
class Outcome:
    """How an attempt ended.

    `word` is created, changed, found, refused, failed (SAP saved nothing) or unknown (it broke
    during the commit); `sap_number` is that of an order created or found, `detail` has SAP's
    words.
    """

    word: str
    sap_number: str | None = None
    detail: str = ""


def settle(db: Client, claim: Claim, outcome: Outcome, now: datetime) -> None:
    """Record the outcome of the attempt that `claim` began.

    What SAP has told meanwhile by its own message (confirmed, rejected) stays.
    """
    reference = orders.reference(db, claim.order.number)

    def body(attempt: Attempt) -> None:
        [document] = attempt.read([reference])
        order = Order.model_validate(document)
        settled = settled_order(order, claim.attempt, outcome, now)
        save_orders(attempt, db, [(order, settled)])

    optimistically(db, body)


def settled_order(order: Order, attempt: datetime, outcome: Outcome, now: datetime) -> Order:
    """The order after its attempt, pure."""
    handover = told_handover(order.handover, attempt, outcome)
    update: dict[str, object] = {"updated_at": now}
    # Whose lease was over and taken by another must not end that one's; a number always counts.
    counts = bool(outcome.sap_number) or is_latest(handover, attempt)
    if handover.state is HandoverState.SENDING and counts:
        handover = handover.model_copy(update=ended_handover(outcome, now))
    update["handover"] = handover
    if outcome.sap_number:
        update["sap_number"] = outcome.sap_number
    status = {"created": Status.SENT, "found": Status.SENT, "refused": Status.REJECTED}.get(
        outcome.word if counts else ""
    )
    if status is not None and may_move(order.status, status):
        step = Step(status=status, at=now, by="SAP", reason=outcome.detail)
        update |= {"status": status, "history": [*order.history, step]}
    return order.model_copy(update=update)


def told_handover(handover: Handover, attempt: datetime, outcome: Outcome) -> Handover:
    """The handover with the outcome of its attempt that began then."""
    attempts = [
        ExportAttempt(at=a.at, outcome=outcome.word, detail=outcome.detail)
        if a.at == attempt
        else a
        for a in handover.attempts
    ]
    return handover.model_copy(update={"attempts": attempts})


def is_latest(handover: Handover, attempt: datetime) -> bool:
    """Whether no other attempt began after it."""
    return [a.at for a in handover.attempts[-1:]] == [attempt]


def ended_handover(outcome: Outcome, now: datetime) -> dict[str, object]:
    """What becomes of a handover by the outcome of its latest attempt."""
    match outcome.word:
        case "created" | "changed" | "found":
            return {
                "state": HandoverState.ACCEPTED,
                "lease_until": None,
                "due_at": now + CONFIRMATION_DUE,
            }
        case "refused":
            return {"state": HandoverState.REFUSED, "lease_until": None, "due_at": None}
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
