"""The buyer's answer to an article that the brand put in the place of one that was ordered.

Without an answer the order goes on with it. Accepting is written down here and changes nothing in
SAP; what is refused is taken out of the order by way of SAP, as any change, or with the last
line the order is cancelled. The delivery window's cut-off does not count: it is not the buyer who
changes the order. Once delivery has begun nothing can be refused.
"""

from datetime import datetime

import structlog
from google.cloud.firestore import Client

from functions.orders.changing.change import OrderChangedProblem, check_room
from functions.orders.changing.schema import SubstitutionRequest
from shared.actor import Actor
from shared.idempotency import KeyReusedProblem, payload_hash, request_id
from shared.identity.caller import Caller
from shared.optimistic import Attempt, optimistically
from shared.order import repository as orders
from shared.order.changing import cancel_by_sap, to_sap
from shared.order.exporting import EnqueueExport, request_change_export
from shared.order.model import Order, OrderLine, SubstitutionAnswer
from shared.order.permission import way_to_refuse
from shared.order.saving import save_orders
from shared.order.substitution import answer_to, is_substituted
from shared.order.versions import add_version
from shared.problem import Problem
from shared.text.message import N_


class NotSubstitutedProblem(Problem):
    """No line of this position has another article than was ordered."""

    status = 409
    code = "not_substituted"
    text = N_("This line has the article that was ordered.")


class AnsweredBeforeProblem(Problem):
    """Somebody of the company has answered otherwise."""

    status = 409
    code = "answered_before"
    text = N_("%(by)s has already answered this otherwise. Please look at the order again.")


def answer_substitution(
    db: Client,
    enqueue: EnqueueExport,
    caller: Caller,
    number: str,
    key: str,
    request: SubstitutionRequest,
    now: datetime,
) -> Order:
    """The order with the answer, given now or before.

    Raises:
        OrderNotFoundProblem: none, or another company's.
        KeyReusedProblem: `key` came with another request before.
        TooOftenChangedProblem: there is no room left.
        Problem: as `plan_answer`.
    """

    def body(attempt: Attempt) -> Order:
        [document] = attempt.read([orders.reference(db, number)])
        order = orders.parse(document, caller.company)
        key_id, request_hash = request_id(caller, key), payload_hash(request)
        if (used := order.used_keys.get(key_id)) is not None:
            if used != request_hash:
                raise KeyReusedProblem
            return order
        after = plan_answer(order, request, caller.actor, now)
        if after is order:
            return order
        check_room(after)
        used_keys = {**order.used_keys, key_id: request_hash}
        after = after.model_copy(update={"used_keys": used_keys, "updated_at": now})
        save_orders(attempt, db, [(order, after)])
        return after

    after = optimistically(db, body)
    structlog.get_logger().info(
        "substitution answered",
        order=number,
        position=request.position,
        accepted=request.accepted,
    )
    request_change_export(enqueue, after)
    return after


def plan_answer(order: Order, request: SubstitutionRequest, by: Actor, now: datetime) -> Order:
    """The order with the answer, pure; the same order where just that was answered before.

    Raises:
        NotSubstitutedProblem, OrderChangedProblem, AnsweredBeforeProblem: the state conflicts.
        Problem: as `way_to_refuse`.
    """
    line = next((one for one in order.lines if one.position == request.position), None)
    if line is None or not is_substituted(order, line):
        raise NotSubstitutedProblem
    if line.sku != request.sku:
        raise OrderChangedProblem(extra={"version": order.version})
    if (before := answer_to(order, line)) is not None:
        if before.accepted != request.accepted:
            raise AnsweredBeforeProblem(by=before.by)
        return order
    if line.rejected or not line.quantity:
        raise NotSubstitutedProblem
    if request.accepted:
        return _with_answer(order, line, True, None, by, now)
    return _refuse(order, line, by, now)


def _refuse(order: Order, line: OrderLine, by: Actor, now: datetime) -> Order:
    way_to_refuse(order, now)
    others = [one for one in order.lines if one is not line and not one.rejected]
    if not any(one.quantity for one in others):
        after = cancel_by_sap(order, "", by, now)
    else:
        quantities = [0 if one is line else one.quantity for one in order.lines]
        after = add_version(order, quantities, now, by, via_sap=True)
        after = after.model_copy(update={"change": to_sap(after.version, now, by)})
    number = after.change.number if after.change else None
    return _with_answer(after, line, False, number, by, now)


def _with_answer(
    order: Order, line: OrderLine, accepted: bool, change: int | None, by: Actor, now: datetime
) -> Order:
    one = SubstitutionAnswer(
        position=line.position,
        article=line.article,
        accepted=accepted,
        change=change,
        at=now,
        **by.signature,
    )
    # Only the latest of a line counts; so there are never more than lines.
    kept = [each for each in order.substitution_answers if each.position != line.position]
    return order.model_copy(update={"substitution_answers": [*kept, one]})
