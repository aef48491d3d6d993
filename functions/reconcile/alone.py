"""An order compared alone, as SAP lists it by its number: of those placed before a run's days."""

from collections.abc import Mapping
from datetime import datetime

import structlog
from google.cloud.firestore import Client

from functions.reconcile import differences
from functions.reconcile.differences import Finding
from functions.reconcile.sap_lists import look_again
from shared.order.model import Order
from shared.reconciliation.model import Run
from shared.sap.rfc import Call, SapCallError
from shared.sap.source_system import SourceSystem


def compare_alone(
    db: Client,
    call: Call,
    run: Run,
    order: Order,
    system: SourceSystem,
    now: datetime,
    given_up: str,
) -> tuple[Mapping[str, int], str]:
    """Which counts of the run it adds to, and why it was not compared; one that can't be compared
    keeps no other from it.

    Raises:
        SapCallError: SAP did not answer.
    """
    log = structlog.get_logger().bind(company=order.company, order=order.number)
    if given_up:
        log.error("customer not compared")
        return {}, given_up
    try:
        return {_count(db, call, run, order, system, now): 1}, ""
    except SapCallError:
        raise
    except Exception as error:
        log.exception("customer not compared")
        return {}, f"{type(error).__name__}: {error}"


def _count(
    db: Client, call: Call, run: Run, order: Order, system: SourceSystem, now: datetime
) -> str:
    before = differences.counts_by_order(db, run, order.company)
    if order.number in before:
        return before[order.number]
    found = look_again(call, order, system, now)
    if found.is_pending or not found.kinds:
        return "pending" if found.is_pending else "agreed"
    seen = Finding(order.number, order.company, found, [one.number for one in found.tell])
    return differences.record(db, run, seen, now)
