"""One accepted order becomes exactly one sales order in SAP.

After a break during the commit nobody knows whether SAP has the order, and a process that
was killed left an attempt without an outcome. After any earlier attempt SAP is therefore
asked for the order (by PURCH_NO_C) before it is created, and the lease keeps a second
export away until the first can't be running any more: one that was slow to get as far as
its commit leaves it.

Still SAP may finish a commit after it was asked, however long that takes. So an order is
created under a number of its own (`shared.sap.numbers`), which SAP gives to one sales order
only. A SAP without an external number range can't refuse the second one: there, after an
attempt in doubt, SAP is only asked for the order, until a person has looked and lets it be
sent again (`shared.order.desk`).
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from google.cloud.firestore import Client

from functions.export_order.change import export_change
from functions.export_order.claim import ExportFailedProblem, Next, claim
from functions.export_order.comparison import compare_later, tell_difference, with_net
from functions.export_order.luw import save
from functions.export_order.settlement import AttemptOutcome, settle
from shared.order.handover import is_in_doubt
from shared.order.model import Order
from shared.sap.circuit import report
from shared.sap.numbers import NumberRange
from shared.sap.our_order import our_order
from shared.sap.rfc import Call, Connect
from shared.sap.sales_order import (
    create_parameters,
    found_number,
    holder,
    holder_parameters,
    join_messages,
    lookup_parameters,
    lookup_refusal,
    ordered_lines,
    refusal,
    warned_holds,
)
from shared.sap.source_system import SourceSystem


def export(
    db: Client,
    connect: Connect,
    number: str,
    clock: Callable[[], datetime],
    system: SourceSystem,
) -> None:
    """Hand the order over, or its change where SAP has the order; done when it returns.

    An order that SAP has, and whose prices it did not tell then, is compared with it before.

    Done is also a look-up that found nothing, where nothing else may be done: `reconcile` asks
    for the next one. Nothing is recorded of a try that the circuit does not let through.

    Raises:
        SapAwayProblem, ExportRunningProblem, ExportFailedProblem: try again later.
        NotFoundProblem: no such order.
    """
    log = structlog.get_logger().bind(order=number)
    claimed = claim(db, number, clock(), system)
    if claimed.what is Next.NOTHING:
        if claimed.order.handover.uncompared:
            compare_later(db, connect, claimed.order, clock, system)
        export_change(db, connect, number, clock, system)
        return
    look_up, prepare = partial(_look_up, system), partial(_prepare, system)
    outcome = save(connect, claimed, look_up, prepare, with_net, clock)
    now = clock()
    settle(db, claimed, outcome, now)
    report(db, system.logical_system, outcome.failure, now, outcome.detail)
    failed = outcome.word in ("failed", "unknown")
    tell = log.warning if failed else log.info
    # How long the order has waited for SAP, attempt by attempt, is what the objective counts.
    age = int((now - claimed.order.placed_at).total_seconds())
    tell(
        "export",
        outcome=outcome.word,
        sap_number=outcome.sap_number,
        detail=outcome.detail,
        age_seconds=age,
    )
    if outcome.word in ("refused", "denied"):
        log.error("order parked", reason=outcome.word, detail=outcome.detail)
    tell_difference(claimed.order, outcome)
    if failed and claimed.what is not Next.LOOK_UP_ONLY:
        raise ExportFailedProblem


def _look_up(system: SourceSystem, call: Call, order: Order) -> AttemptOutcome | None:
    """None where SAP surely has no such order."""
    answer = call("BAPI_SALESORDER_GETLIST", **lookup_parameters(order))
    if found := found_number(order, answer, system):
        return AttemptOutcome("found", sap_number=found)
    refused = lookup_refusal(answer, system.orders.nothing_found)
    return None if refused is None else AttemptOutcome("failed", detail=refused)


def _prepare(system: SourceSystem, call: Call, order: Order) -> AttemptOutcome:
    answer = call("BAPI_SALESORDER_CREATEFROMDAT2", **create_parameters(order, system))
    refused = refusal(answer["RETURN"], system.orders.locks)
    if refused is None:
        return _read_draft(system, call, order, answer)
    call("BAPI_TRANSACTION_ROLLBACK")
    if refused.transient:
        return AttemptOutcome("failed", detail=refused.text)
    sent = ordered_lines(order)
    positions = tuple(sent[row - 1].position for row in refused.rows if 0 < row <= len(sent))
    return _by_number(system.orders.number_range, call, order) or AttemptOutcome(
        "refused", detail=refused.text, positions=positions
    )


def _read_draft(
    system: SourceSystem, call: Call, order: Order, answer: Mapping[str, Any]
) -> AttemptOutcome:
    """What SAP has drafted without an error, unless it drafted nothing, or under another number.

    A second sales order under a number that SAP drew would not be refused.
    """
    number, detail = str(answer["SALESDOCUMENT"]), join_messages(answer["RETURN"])
    if not number:
        wrong = AttemptOutcome("refused", detail=f"SAP gave no number and no error: {detail}")
    elif order.external_number not in (None, number):
        told = f"SAP took {number} in place of {order.external_number}: {detail}"
        wrong = AttemptOutcome("denied", detail=told)
    else:
        holds = warned_holds(answer["RETURN"], system)
        return AttemptOutcome("created", sap_number=number.lstrip("0"), detail=detail, holds=holds)
    call("BAPI_TRANSACTION_ROLLBACK")
    return wrong


def _by_number(numbers: NumberRange | None, call: Call, order: Order) -> AttemptOutcome | None:
    """What SAP's refusal means if the order's number is there already; None if it is not.

    By which message SAP says so, systems differ in; so it is asked who has the number.
    """
    taken = order.external_number
    if numbers is None or taken is None:
        return None
    reference = holder(call("BAPI_SALESORDER_GETSTATUS", **holder_parameters(order)))
    if reference is None:
        return None
    by = our_order(reference)
    if by == order.number:
        return AttemptOutcome("found", sap_number=taken.lstrip("0"))
    detail = f"{reference or 'another sales order'} has the number {taken}"
    if by is None and is_in_doubt(order.handover):
        # It may be this very order, whose purchase order number somebody has changed in SAP.
        return AttemptOutcome("failed", detail=detail)
    return AttemptOutcome("failed", detail=detail, next_number=numbers.draw(order.number, taken))
