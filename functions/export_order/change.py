"""A change or cancellation of an order that SAP has, told to SAP.

Quantities are absolute, so a change that arrives twice is as if it arrived once; still SAP is
asked (BAPI_SALESORDER_GETSTATUS) whether it has it before any retry, since what SAP took it
may by then refuse to take again. A cancellation is for all that SAP has: before and after it SAP is
asked which items those are, as people there may have added some that no message told of yet. What
SAP refuses is taken back here in one commit: pieces, stock and credit are as SAP has the order. What people in SAP made of the same items since the buyer
looked is not overwritten: the change is parked, with both sides, and a person decides.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

import structlog
from google.cloud.firestore import Client

from functions.export_order.claim import (
    Claim,
    ExportFailedProblem,
    Next,
    before_attempt,
    begin_attempt,
    next_step,
    pass_circuit,
)
from functions.export_order.comparison import tell_difference, with_changed_net
from functions.export_order.luw import save
from functions.export_order.settlement import (
    AttemptOutcome,
    end_attempt,
    is_latest,
    note_comparison,
    record_outcome,
)
from functions.export_order.time_limits import lease_of
from shared.optimistic import Attempt, optimistically
from shared.order import repository as orders
from shared.order.handover import HandoverState, ParkReason
from shared.order.history import rebuild_history
from shared.order.model import Order
from shared.order.saving import save_orders
from shared.order.status import Status
from shared.order.versions import complete_cancellation, take_back_change
from shared.sap.circuit import report
from shared.sap.order_change import (
    cancel_parameters,
    change_parameters,
    clashes,
    has_change,
    is_in_delivery,
    order_status_parameters,
)
from shared.sap.rfc import Call, Connect, SapCallError
from shared.sap.sales_order import join_messages, lookup_refusal, refusal
from shared.sap.source_system import SourceSystem


@dataclass(frozen=True)
class ChangeClaim(Claim):
    """The order as claimed, with the lease on its change of that number."""

    change: int


def export_change(
    db: Client,
    connect: Connect,
    number: str,
    clock: Callable[[], datetime],
    system: SourceSystem,
) -> None:
    """Tell SAP of the order's change, if it has one on its way; done when it returns.

    Raises:
        ExportRunningProblem, ExportFailedProblem: try again later.
    """
    claim = claim_change(db, number, clock(), system)
    if claim is None:
        return
    look_up, prepare = partial(_look_up, system), partial(_prepare, system)
    outcome = save(connect, claim, look_up, prepare, partial(_check, system), clock)
    now = clock()
    settle_change(db, claim, outcome, now)
    report(db, system.logical_system, outcome.failure, now, outcome.detail)
    failed = outcome.word in ("failed", "unknown")
    log = structlog.get_logger().bind(order=number, change=claim.change)
    tell = log.warning if failed else log.info
    tell("change exported", outcome=outcome.word, detail=outcome.detail)
    if outcome.word in ("denied", "clash"):
        log.error("order parked", reason=outcome.word, detail=outcome.detail)
    tell_difference(claim.order, outcome)
    if failed:
        raise ExportFailedProblem


def claim_change(
    db: Client, number: str, now: datetime, system: SourceSystem
) -> ChangeClaim | None:
    """Take the lease of the order's change; None where there is nothing to tell.

    Raises:
        ExportRunningProblem: somebody else holds the lease.
        SapAwayProblem: SAP is not to be called now.
    """

    tried = False

    def body(attempt: Attempt) -> ChangeClaim | None:
        nonlocal tried
        [document] = attempt.read([orders.reference(db, number)])
        order = Order.model_validate(document)
        change = order.change
        if change is None or order.status in (Status.REJECTED, Status.CANCELLED):
            return None
        if tried and (earlier := before_attempt(change.handover, now)):
            # This claim was committed, and the answer to that was lost.
            return ChangeClaim(order, next_step(earlier, now), now, change.number)
        what = next_step(change.handover, now)
        if what is Next.NOTHING:
            return None
        pass_circuit(attempt, db, system, now)
        tried = True
        handover = begin_attempt(change.handover, now, lease_of(order))
        leased = change.model_copy(update={"handover": handover})
        save_orders(attempt, db, [(order, order.model_copy(update={"change": leased}))])
        return ChangeClaim(order, what, now, change.number)

    return optimistically(db, body)


def settle_change(db: Client, claim: ChangeClaim, outcome: AttemptOutcome, now: datetime) -> None:
    """Record the outcome of the attempt that `claim` began; what SAP told meanwhile stays."""

    def body(attempt: Attempt) -> None:
        [document] = attempt.read([orders.reference(db, claim.order.number)])
        order = Order.model_validate(document)
        save_orders(attempt, db, [(order, apply_outcome(order, claim, outcome, now))])

    optimistically(db, body)


def apply_outcome(
    order: Order, claim: ChangeClaim, outcome: AttemptOutcome, now: datetime
) -> Order:
    """The order after an attempt to tell SAP of its change, pure."""
    change = order.change
    if change is None or change.number != claim.change:
        return order
    handover = record_outcome(change.handover, claim.attempt, outcome, now)
    taken = outcome.word in ("changed", "found")
    # Whose lease was over and taken by another must not end that one's; what SAP took counts.
    counts = taken or is_latest(handover, claim.attempt)
    running = handover.state is HandoverState.SENDING and counts
    if running:
        handover = handover.model_copy(update=end_attempt(outcome, now))
    change = change.model_copy(update={"handover": handover})
    order = order.model_copy(update={"change": change, "updated_at": now})
    if taken and not change.cancels:
        handed = note_comparison(order, order.handover, outcome, now)
        order = order.model_copy(update={"handover": handed})
    if running and taken and change.cancels:
        return complete_cancellation(order)
    if running and outcome.word == "refused":
        return rebuild_history(take_back_change(order))
    return order


def _look_up(system: SourceSystem, call: Call, order: Order) -> AttemptOutcome | None:
    """None where SAP surely has not got the change."""
    answer = call("BAPI_SALESORDER_GETSTATUS", **order_status_parameters(order.sap_number))
    if refused_look := lookup_refusal(answer):
        return AttemptOutcome("failed", detail=refused_look)
    return AttemptOutcome("found") if has_change(order, answer, system) else None


def _check(
    system: SourceSystem, call: Call, order: Order, outcome: AttemptOutcome
) -> AttemptOutcome:
    """With what SAP makes of the prices; in doubt where a cancellation left an item, which somebody in
    SAP added at that moment."""
    if order.change is not None and not order.change.cancels:
        return with_changed_net(call, order, replace(outcome, sap_number=order.sap_number))
    if outcome.word != "changed":
        return outcome
    try:
        left = _look_up(system, call, order)
    except SapCallError as error:
        return AttemptOutcome("unknown", detail=str(error), failure=error.failure)
    if left is None:
        return AttemptOutcome("unknown", detail="SAP has an item that was added meanwhile")
    return outcome if left.word == "found" else AttemptOutcome("unknown", detail=left.detail)


def _prepare(system: SourceSystem, call: Call, order: Order) -> AttemptOutcome:
    there = call("BAPI_SALESORDER_GETSTATUS", **order_status_parameters(order.sap_number))
    if refused_look := lookup_refusal(there):
        return AttemptOutcome("failed", detail=refused_look)
    if order.change is not None and order.change.cancels:
        if is_in_delivery(there):
            # SAP refuses that only of items that it would have to reject, not of those that people
            # there rejected after some of their goods had left.
            return AttemptOutcome("refused", detail="some of it is in delivery, or has left")
        parameters = cancel_parameters(order, system, there)
        if not parameters["ORDER_ITEM_IN"]:
            return AttemptOutcome(
                "refused", detail="people in SAP have rejected all of it themselves"
            )
    else:
        if not _is_to_overwrite(order) and (found := clashes(order, there)):
            positions = tuple(one.position for one in found)
            return AttemptOutcome("clash", detail="; ".join(map(str, found)), positions=positions)
        parameters = change_parameters(order, system)
    answer = call("BAPI_SALESORDER_CHANGE", **parameters)
    refused_change = refusal(answer["RETURN"], system.orders.locks)
    if refused_change is None:
        return AttemptOutcome("changed", detail=join_messages(answer["RETURN"]))
    call("BAPI_TRANSACTION_ROLLBACK")
    word = "failed" if refused_change.transient else "refused"
    return AttemptOutcome(word, detail=refused_change.text)


def _is_to_overwrite(order: Order) -> bool:
    """Whether a person has seen both sides, and has the change sent all the same."""
    decisions = order.change.handover.decisions if order.change else []
    return any(
        one.about is ParkReason.CHANGED_IN_SAP and one.decision == "resend" for one in decisions
    )
