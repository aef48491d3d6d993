"""Cancelling an order until SAP has released it for delivery."""

from datetime import datetime

import structlog
from google.cloud.firestore import Client

from functions.orders.changing.change import to_sap
from functions.orders.changing.permission import Way, is_on_its_way, way_to_cancel
from functions.orders.changing.schema import CancelRequest
from functions.orders.exporting import EnqueueExport, request_change_export
from shared.actor import Actor
from shared.idempotency import KeyReusedProblem, payload_hash, request_id
from shared.identity.caller import Caller
from shared.optimistic import Attempt, optimistically
from shared.order import repository as orders
from shared.order.handover import HandoverState
from shared.order.model import Order, Step
from shared.order.saving import save_orders
from shared.order.status import Status
from shared.order.versions import next_number


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
        way = way_to_cancel(order, now)
        used_keys = {**order.used_keys, key_id: request_hash}
        if way is Way.VIA_SAP:
            asked = cancelled_by_sap(order, request.reason, caller.actor, now)
            after = asked.model_copy(update={"used_keys": used_keys})
        else:
            step = Step(
                status=Status.CANCELLED,
                at=now,
                reason=request.reason,
                **caller.actor.signature,
            )
            after = withdraw(order, step, used_keys=used_keys)
        save_orders(attempt, db, [(order, after)])
        return after

    after = optimistically(db, body)
    structlog.get_logger().info("cancelled", order=number, status=after.status)
    request_change_export(enqueue, after)
    return after


def cancelled_by_sap(order: Order, reason: str, by: Actor, now: datetime) -> Order:
    """The order with its cancellation on its way to SAP."""
    asked = to_sap(next_number(order), now, by).model_copy(
        update={"cancels": True, "reason": reason, "asked_after": order.status_stamp}
    )
    return order.model_copy(update={"change": asked})


def is_being_cancelled(order: Order) -> bool:
    """Whether the order is cancelled, or is going to be as far as we can tell."""
    asked = order.change is not None and order.change.cancels and is_on_its_way(order)
    return asked or order.status is Status.CANCELLED


def withdraw(order: Order, step: Step, used_keys: dict[str, str]) -> Order:
    """The order after `step`, with nothing left to hand over."""
    handover = order.handover.model_copy(
        update={
            "state": HandoverState.WITHDRAWN,
            "due_at": None,
            "lease_until": None,
            "parked": None,
        }
    )
    return order.model_copy(
        update={
            "status": step.status,
            "history": [*order.history, step],
            "handover": handover,
            "used_keys": used_keys,
        }
    )
