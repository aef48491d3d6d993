"""What SAP makes of an order's prices, compared with what was agreed.

It is compared when SAP has saved the order. Where SAP did not answer then, `reconcile` asks for
the export once more, which finds nothing to hand over but this.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

import structlog
from google.cloud.firestore import Client

from functions.export_order.claim import pass_circuit
from functions.export_order.settlement import AttemptOutcome, apply_comparison
from functions.export_order.time_limits import call_seconds
from shared.optimistic import Attempt, optimistically
from shared.order import repository as orders
from shared.order.contents import placed_contents
from shared.order.handover import HandoverState, ParkReason
from shared.order.model import Order
from shared.order.saving import save_orders
from shared.order.versions import created_version, with_contents
from shared.sap.circuit import report
from shared.sap.order_change import order_status_parameters
from shared.sap.rfc import Call, Connect, SapCallError
from shared.sap.sales_order import lookup_refusal, net_in_sap
from shared.sap.source_system import SourceSystem


def with_net(call: Call, order: Order, outcome: AttemptOutcome) -> AttemptOutcome:
    """With what SAP makes of the prices of an order that it was created with."""
    return _with_net(call, _as_created(order), outcome)


def with_changed_net(call: Call, order: Order, outcome: AttemptOutcome) -> AttemptOutcome:
    """With what SAP makes of the prices of an order after its change."""
    return _with_net(call, order, outcome)


def _with_net(call: Call, agreed: Order, outcome: AttemptOutcome) -> AttemptOutcome:
    """SAP has the order, whatever becomes of this."""
    try:
        return _compare_in_sap(call, agreed, outcome)
    except SapCallError as error:
        structlog.get_logger().warning("not compared", order=agreed.number, detail=str(error))
        return replace(outcome, uncompared=True)


def _as_created(order: Order) -> Order:
    return with_contents(order, placed_contents(order, created_version(order)))


def _as_agreed(order: Order) -> Order:
    """As it was created, or as it was changed where SAP has that."""
    change = order.change
    if change is None or change.cancels or change.handover.state is not HandoverState.ACCEPTED:
        return _as_created(order)
    return order


def _compare_in_sap(call: Call, agreed: Order, outcome: AttemptOutcome) -> AttemptOutcome:
    log = structlog.get_logger().bind(order=agreed.number)
    answer = call("BAPI_SALESORDER_GETSTATUS", **order_status_parameters(outcome.sap_number))
    try:
        if refused := lookup_refusal(answer):
            log.warning("not compared", detail=refused)
            return replace(outcome, uncompared=True)
        return replace(outcome, net=net_in_sap(agreed, answer))
    except (LookupError, ValueError, ArithmeticError) as error:
        # No SAP should answer so, and it would the next time.
        log.warning("not compared", detail=str(error))
        return outcome


def compare_later(
    db: Client,
    connect: Connect,
    order: Order,
    clock: Callable[[], datetime],
    system: SourceSystem,
) -> None:
    """Compare the prices of an order that SAP has, and that no attempt could compare.

    Raises:
        SapAwayProblem: SAP is not to be called now.
    """

    def admitted(attempt: Attempt) -> None:
        pass_circuit(attempt, db, system, clock())

    optimistically(db, admitted)
    outcome = AttemptOutcome("found", sap_number=order.sap_number)
    try:
        with connect() as unlimited:
            call = partial(unlimited, options={"timeout": call_seconds(order)})
            outcome = _compare_in_sap(call, _as_agreed(order), outcome)
    except SapCallError as error:
        structlog.get_logger().warning("not compared", order=order.number, detail=str(error))
        outcome = replace(outcome, uncompared=True, failure=error.failure, detail=str(error))
    now = clock()
    report(db, system.logical_system, outcome.failure, now, outcome.detail)

    def body(attempt: Attempt) -> None:
        [document] = attempt.read([orders.reference(db, order.number)])
        before = Order.model_validate(document)
        if before.handover.uncompared:
            save_orders(attempt, db, [(before, apply_comparison(before, outcome, now))])

    optimistically(db, body)
    tell_difference(order, outcome)


def tell_difference(order: Order, outcome: AttemptOutcome) -> None:
    """A person has to look at an order that SAP has at another price."""
    if outcome.net is not None and outcome.net.differing:
        structlog.get_logger().error(
            "order parked", order=order.number, reason=ParkReason.PRICE_DIFFERS.value
        )
