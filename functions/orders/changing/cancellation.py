"""Cancelling an order until SAP has released it for delivery.

A change of it that waits for an approval is taken back with it, in the same commit.
"""

from datetime import datetime

import structlog
from google.cloud.firestore import Client

from functions.orders.changing.schema import CancelRequest
from shared.approval import repository as approvals
from shared.approval.deciding import after_cancellation
from shared.idempotency import KeyReusedProblem, payload_hash, request_id
from shared.identity.caller import Caller
from shared.optimistic import Attempt, optimistically
from shared.order import repository as orders
from shared.order.changing import apply_cancellation, is_being_cancelled
from shared.order.exporting import EnqueueExport, request_change_export
from shared.order.model import Order, Proposal
from shared.order.proposal import drop
from shared.order.saving import save_orders


def cancel(
    db: Client,
    enqueue: EnqueueExport,
    caller: Caller,
    number: str,
    key: str,
    request: CancelRequest,
    now: datetime,
) -> Order:
    """The order, cancelled now or before, or with its cancellation on its way to SAP.

    Raises:
        OrderNotFoundProblem: none, or another company's.
        KeyReusedProblem: `key` came with another request before.
        Problem: as `way_to_cancel`.
    """

    def body(attempt: Attempt) -> Order:
        [document] = attempt.read([orders.reference(db, number)])
        order = orders.parse(document, caller.company)
        key_id, request_hash = request_id(caller, key), payload_hash(request)
        used = order.used_keys.get(key_id)
        if used not in (None, request_hash):
            raise KeyReusedProblem
        if used or is_being_cancelled(order):
            return order
        after = apply_cancellation(order, request.reason, caller.actor, now).model_copy(
            update={"used_keys": {**order.used_keys, key_id: request_hash}}
        )
        if order.waiting_change:
            _take_back(db, attempt, order.waiting_change, caller, request.reason, now)
        save_orders(attempt, db, [(order, drop(after))])
        return drop(after)

    after = optimistically(db, body)
    structlog.get_logger().info("cancelled", order=number, status=after.status)
    request_change_export(enqueue, after)
    return after


def _take_back(
    db: Client, attempt: Attempt, waiting: Proposal, caller: Caller, reason: str, now: datetime
) -> None:
    own = approvals.reference(db, waiting.approval)
    [document] = attempt.read([own])
    before = approvals.parse(document, caller.company)
    attempt.save_model(own, after_cancellation(before, caller, reason, now))
