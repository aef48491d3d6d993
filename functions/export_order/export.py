"""One accepted order becomes exactly one sales order in SAP.

After a break during the commit nobody knows whether SAP has the order, and a process that
was killed left an attempt without an outcome. After any earlier attempt SAP is therefore
asked for the order (by PURCH_NO_C) before it is created, and the lease keeps a second
export away until the first can't be running any more: one that was slow to get as far as
its commit leaves it.
"""

from collections.abc import Callable
from datetime import datetime

import structlog
from google.cloud.firestore import Client

from functions.export_order.change import export_change
from functions.export_order.claim import ExportFailedProblem, Next, claim
from functions.export_order.luw import save
from functions.export_order.settlement import Outcome, settle
from shared.order.model import Order
from shared.sap.rfc import Call, Connect
from shared.sap.sales_order import (
    create_parameters,
    found_number,
    lookup_parameters,
    lookup_refusal,
    refusal,
)


def export(db: Client, connect: Connect, number: str, clock: Callable[[], datetime]) -> None:
    """Hand the order over, or its change where SAP has the order; done when it returns.

    Raises:
        ExportRunningProblem, ExportFailedProblem: try again later.
        NotFoundProblem: no such order.
    """
    log = structlog.get_logger().bind(order=number)
    claimed = claim(db, number, clock())
    if claimed.what is Next.NOTHING:
        export_change(db, connect, number, clock)
        return
    outcome = save(connect, claimed, _look_up, _prepare, clock)
    now = clock()
    settle(db, claimed, outcome, now)
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
    if failed:
        raise ExportFailedProblem


def _look_up(call: Call, order: Order) -> Outcome | None:
    """None where SAP surely has no such order."""
    answer = call("BAPI_SALESORDER_GETLIST", **lookup_parameters(order))
    if found := found_number(answer):
        return Outcome("found", sap_number=found)
    refused = lookup_refusal(answer)
    return None if refused is None else Outcome("failed", detail=refused)


def _prepare(call: Call, order: Order) -> Outcome:
    answer = call("BAPI_SALESORDER_CREATEFROMDAT2", **create_parameters(order))
    refused = refusal(answer["RETURN"])
    if refused is None:
        return Outcome("created", sap_number=str(answer["SALESDOCUMENT"]).lstrip("0"))
    call("BAPI_TRANSACTION_ROLLBACK")
    return Outcome("failed" if refused.transient else "refused", detail=refused.text)
