"""Cancelling an order as long as SAP can't have it."""

from datetime import datetime

import structlog
from google.cloud.firestore import Client

from functions.orders.schema import CancelRequest
from shared.idempotency import KeyReusedProblem, payload_hash, request_id
from shared.identity.caller import Caller
from shared.optimistic import Attempt, optimistically
from shared.order import repository as orders
from shared.order.model import HandoverState, Order, Step
from shared.order.release import release
from shared.order.status import Status
from shared.problem import Problem
from shared.store import to_document
from shared.text.message import N_

BEFORE_SAP = frozenset({Status.PENDING_APPROVAL, Status.ON_HOLD, Status.ACCEPTED})


class TooLateToCancelProblem(Problem):
    """SAP has the order, or may have it."""

    status = 409
    code = "too_late_to_cancel"
    text = N_("This order is being processed and can't be cancelled here. Please contact us.")


def cancel(
    db: Client, caller: Caller, number: str, key: str, request: CancelRequest, now: datetime
) -> Order:
    """The order, cancelled now or before.

    Raises:
        OrderNotFoundProblem: none, or another company's.
        TooLateToCancelProblem: SAP has it, or may have it.
        KeyReusedProblem: `key` came with another request before.
    """

    def body(attempt: Attempt) -> Order:
        reference = orders.reference(db, number)
        [document] = attempt.read([reference])
        order = orders.parse(document, caller.company)
        key_id, request_hash = request_id(caller, key), payload_hash(request)
        if order.used_keys.get(key_id, request_hash) != request_hash:
            raise KeyReusedProblem
        if order.status is Status.CANCELLED:
            return order
        if not may_withdraw(order, now):
            raise TooLateToCancelProblem
        step = Step(status=Status.CANCELLED, at=now, by=caller.label, reason=request.reason)
        cancelled = withdrawn(order, step, used_keys={**order.used_keys, key_id: request_hash})
        document = to_document(cancelled)
        changed = ("status", "history", "handover", "used_keys", "updated_at")
        attempt.update(reference, {name: document[name] for name in changed})
        release(attempt, db, order)
        return cancelled

    cancelled = optimistically(db, body)
    structlog.get_logger().info("cancelled", order=number)
    return cancelled


def may_withdraw(order: Order, now: datetime) -> bool:
    """Whether it is certain that SAP has not got the order and is not getting it."""
    handover = order.handover
    leased = handover.lease_until is not None and handover.lease_until > now
    return (
        order.status in BEFORE_SAP
        and handover.state is HandoverState.WAITING
        and not leased
        and all(attempt.outcome == "failed" for attempt in handover.attempts)
    )


def withdrawn(order: Order, step: Step, used_keys: dict[str, str]) -> Order:
    """The order after `step`, with nothing left to hand over."""
    handover = order.handover.model_copy(
        update={"state": HandoverState.WITHDRAWN, "due_at": None, "lease_until": None}
    )
    return order.model_copy(
        update={
            "status": step.status,
            "history": [*order.history, step],
            "handover": handover,
            "used_keys": used_keys,
            "updated_at": step.at,
        }
    )
