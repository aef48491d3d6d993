"""One accepted order becomes exactly one sales order in SAP.

BAPI_SALESORDER_CREATEFROMDAT2 only prepares; nothing exists in SAP before
BAPI_TRANSACTION_COMMIT on the same connection. So a break before the commit was sent
means that nothing was created, a break during it that nobody knows, and a process that
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
from functions.export_order.claim import COMMIT_WITHIN, Claim, ExportFailedProblem, Next, claim
from functions.export_order.settlement import Outcome, settle
from shared.order.model import Order
from shared.sap.rfc import Call, Connect, SapUnreachableError
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
    outcome = _try(connect, claimed, clock)
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


def _try(connect: Connect, claimed: Claim, clock: Callable[[], datetime]) -> Outcome:
    committing = False
    try:
        with connect() as call:
            if claimed.what is Next.LOOK_UP_FIRST and (found := _look_up(call, claimed.order)):
                return found
            prepared = _prepare(call, claimed.order)
            if prepared.word != "created":
                return prepared
            if clock() > claimed.attempt + COMMIT_WITHIN:
                call("BAPI_TRANSACTION_ROLLBACK")
                return Outcome("failed", detail="SAP was too slow to commit within the lease")
            committing = True
            return _commit(call, prepared)
    except SapUnreachableError as error:
        return Outcome("unknown" if committing else "failed", detail=str(error))


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


def _commit(call: Call, prepared: Outcome) -> Outcome:
    refused = refusal([call("BAPI_TRANSACTION_COMMIT", WAIT="X")["RETURN"]])
    # The update task may have done part of it, so the next attempt asks first.
    return prepared if refused is None else Outcome("unknown", detail=refused.text)
