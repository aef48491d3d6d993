"""What people decide about orders that wait, each in one commit with the orders and the cart."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog
from google.cloud.firestore import Client
from pydantic import BaseModel

from functions.orders.reading import read_order
from shared.approval import deputies
from shared.approval import repository as approvals
from shared.approval.deciding import after_approval, after_declining, after_withdrawal
from shared.approval.model import Approval, ApprovalState
from shared.approval.settling import settle
from shared.idempotency import KeyReusedProblem, payload_hash, request_id
from shared.identity.caller import Caller
from shared.optimistic import Attempt, optimistically
from shared.order.exporting import (
    HANDED_OVER,
    EnqueueExport,
    request_change_export,
    request_export,
)


@dataclass(frozen=True)
class Deciding:
    """Who decides about which orders, when, and by which request."""

    caller: Caller
    number: str
    key: str
    request: BaseModel
    now: datetime


def approve(db: Client, enqueue: EnqueueExport, deciding: Deciding, reason: str) -> Approval:
    """Agree; with the last word the orders go on to SAP, or the change is carried out if it still fits.

    Raises:
        HandoverRunningProblem, ChangeRunningProblem: as `settle`.
        ApprovalNotFoundProblem: none, or another company's.
        KeyReusedProblem: the key came with another request before.
        Problem: as `word_of`.
    """
    who, now = deciding.caller, deciding.now
    after = _decide(
        db, deciding, "approve", lambda one, of: after_approval(one, who, reason, now, of)
    )
    if after.state is ApprovalState.APPROVED and after.change is None:
        for number in after.orders[:HANDED_OVER]:
            request_export(enqueue, number)
    if after.state is ApprovalState.APPROVED and after.change is not None:
        request_change_export(enqueue, read_order(db, after.company, after.change.order))
    return after


def decline(db: Client, deciding: Deciding, state: ApprovalState, reason: str) -> Approval:
    """End the orders: rejected, or sent back to their cart.

    Raises:
        Problem: as `approve`.
    """
    who, now = deciding.caller, deciding.now
    return _decide(
        db,
        deciding,
        state,
        lambda one, of: after_declining(one, state, who, reason, now, of),
    )


def withdraw(db: Client, deciding: Deciding) -> Approval:
    """Take one's own orders back into their cart, or one's own change.

    Raises:
        ApprovalNotFoundProblem, KeyReusedProblem: as `approve`.
        Problem: as `withdrawn`.
    """
    who, now = deciding.caller, deciding.now
    return _decide(db, deciding, "withdraw", lambda one, _: after_withdrawal(one, who, now))


def _decide(
    db: Client,
    deciding: Deciding,
    what: str,
    decide: Callable[[Approval, Mapping[str, str]], Approval],
) -> Approval:
    caller = deciding.caller

    def body(attempt: Attempt) -> Approval:
        own = approvals.reference(db, deciding.number)
        document, named = attempt.read([own, deputies.reference(db, caller.company)])
        before = approvals.parse(document, caller.company)
        key_id = request_id(caller, deciding.key)
        request_hash = payload_hash(deciding.request, what)
        if (used := before.used_keys.get(key_id)) is not None:
            if used != request_hash:
                raise KeyReusedProblem
            return before
        absent = deputies.stands_for(deputies.parse(named), caller.uid, deciding.now)
        stored = attempt.read(deputies.references_of(db, absent))
        of = deputies.who_approve(absent, caller.company, stored)
        after = decide(before, of)
        keys = {"used_keys": {**before.used_keys, key_id: request_hash}}
        return settle(attempt, db, before, after.model_copy(update=keys), deciding.now)

    after = optimistically(db, body)
    structlog.get_logger().info("decided", approval=after.number, what=what, state=after.state)
    return after
