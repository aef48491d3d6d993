"""Runs of the reconciliation: begun at night or by an operator, and gone on with every minute.

Each call of the scheduler works for some seconds, customer by customer. How far a run is stands
in its document, which is written after each customer with all that was counted: a run that was
killed goes on behind the last of them, and a customer that is compared twice is counted once.
"""

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from google.cloud.firestore import Client

from functions.reconcile import differences
from functions.reconcile.alone import compare_alone
from functions.reconcile.comparing import Compared, compare
from functions.reconcile.differences import Finding
from functions.reconcile.publishing import Publish
from functions.reconcile.reading import (
    ORDERS_AT_ONCE,
    count_customers,
    customers_of,
    is_earlier,
    listed_beside,
    not_over_before,
    placed_since,
)
from functions.reconcile.sap_lists import Listed, list_customer
from shared.actor import ActorKind
from shared.audit import Doer
from shared.day import day_in
from shared.optimistic import Attempt, optimistically
from shared.order.model import Order
from shared.reconciliation.model import Counts, Deviation, Kind, Run, RunOutcome, Scope
from shared.reconciliation.repository import (
    NIGHTLY_DAYS,
    begin,
    read_current,
    run_reference,
    save_current,
)
from shared.sap import circuit
from shared.sap.failure import Failure
from shared.sap.order_list import ListedOrder
from shared.sap.rfc import Call, Connect, SapCallError
from shared.sap.source_system import SourceSystem
from shared.store import read_all

NIGHT = (2, 6)
"""Hours of SAP's clock between which a nightly run begins, when few people change orders."""

WORK_SECONDS = 15
"""After which a call begins nothing more: the scheduler waits a minute for it."""

LEASE = timedelta(seconds=90)
"""An instance that did not write for so long is dead, and another goes on."""

LONGEST = timedelta(hours=12)
"""A run that has not ended by then has failed."""

OVERDUE = timedelta(hours=36)
"""When it is told that no run has compared all orders."""

TOLD_AGAIN = timedelta(days=1)

MOST_TRIES = 3
"""After so many that ended with the same customer, by an error of SAP's or a killed instance, the
run goes on without that one: a list may be too long for SAP's time limits, or for our memory."""

MOST_REASON = 500
"""Characters that are kept of why a customer was not compared."""


@dataclass(frozen=True)
class Connections:
    """Firestore, SAP, and the topics on which SAP tells of what it has."""

    db: Client
    connect: Connect
    publish: Publish
    system: SourceSystem


def work(to: Connections, now: datetime) -> None:
    """Go on with what there is to do: begin the nightly run, mend differences, compare."""
    run = _current(to, now)
    due = differences.due(to.db, now)
    if run is None and not due:
        return
    try:
        _pass_circuit(to, now)
        with to.connect() as call:
            until = time.monotonic() + WORK_SECONDS
            for number in due:
                if time.monotonic() < until:
                    _review(to, call, number, now)
            if run is not None and (taken := _take(to.db, run.id, now, until)) is not None:
                _go_on(to, call, taken, now, until)
    except circuit.CircuitOpenError as error:
        _stop(to.db, run, now, f"SAP is away: {error}")
    except SapCallError as error:
        circuit.report(to.db, to.system.logical_system, error.failure, now, str(error))
        _stop(to.db, run, now, str(error), failed=error.failure is Failure.DENIED)
    else:
        circuit.report(to.db, to.system.logical_system, None, now, "")


def _pass_circuit(to: Connections, now: datetime) -> None:
    system = to.system.logical_system
    optimistically(to.db, lambda attempt: circuit.admit(attempt, to.db, system, now))


def _current(to: Connections, now: datetime) -> Run | None:
    """The run that is on; the nightly one begins when none is."""

    def body(attempt: Attempt) -> Run | None:
        current = read_current(attempt, to.db)
        if current.active:
            [document] = attempt.read([run_reference(to.db, current.active)])
            return Run.model_validate(document)
        local = now.astimezone(to.system.zone)
        night = day_in(to.system.zone, now).isoformat()
        if not NIGHT[0] <= local.hour < NIGHT[1] or current.night == night:
            return None
        nobody = Doer("", now, kind=ActorKind.SYSTEM)
        scope = Scope(days=NIGHTLY_DAYS, earlier=True)
        return begin(attempt, to.db, to.system.logical_system, scope, nobody, night)

    return optimistically(to.db, body)


def tell_overdue(db: Client, now: datetime) -> None:
    """Log an error, once a day, where no run has compared all for long."""

    def body(attempt: Attempt) -> bool:
        current = read_current(attempt, db)
        last = current.done_at or current.since
        told = current.told_at is not None and current.told_at > now - TOLD_AGAIN
        if last is None:
            save_current(attempt, db, current.model_copy(update={"since": now}))
        if last is None or last > now - OVERDUE or told:
            return False
        save_current(attempt, db, current.model_copy(update={"told_at": now}))
        return True

    if optimistically(db, body):
        structlog.get_logger().error("not reconciled")


def _take(db: Client, id_: str, now: datetime, until: float) -> Run | None:
    """The run with a lease on it; None where another instance has that, or it has ended.

    It counts as a try where time is left to begin with a customer.
    """

    def body(attempt: Attempt) -> Run | None:
        reference = run_reference(db, id_)
        run = Run.model_validate(attempt.read([reference])[0])
        if run.ended_at or (run.lease_until is not None and run.lease_until > now):
            return None
        before = run.tries if run.tried_after == run.place else 0
        update: dict[str, object] = {
            "lease_until": now + LEASE,
            "waits_for": "",
            "tries": before + (time.monotonic() < until),
            "tried_after": run.place,
        }
        if run.started_at is None:
            update |= {"started_at": now, "customers": count_customers(db, run.scope)}
        taken = run.model_copy(update=update)
        attempt.save_model(reference, taken)
        return taken

    return optimistically(db, body)


def _go_on(to: Connections, call: Call, run: Run, now: datetime, until: float) -> None:
    """Compare customers until the time is over, then give the lease back."""
    while time.monotonic() < until and not run.compared_all:
        customers = customers_of(to.db, run)
        if not customers and (earlier := _earlier(to.db, run)):
            if (behind := _go_on_earlier(to, call, run, earlier, now, until)) is None:
                return
            run = behind
            continue
        if not customers:
            differences.look_at_parked(to.db, run, now)
            run = _save(to.db, run, {"compared_all": True}) or run
            break
        for company, organisation in customers:
            if time.monotonic() >= until:
                break
            taken = _compared_or_failed(to, call, run, company, organisation, now)
            if taken is None:
                return
            run = taken
    if run.compared_all and not differences.any_open(to.db, run):
        end(to.db, run, now)
        return
    if now > (run.started_at or run.asked_at) + LONGEST:
        end(to.db, run, now, "it took too long")
        return
    _save(to.db, run, {"lease_until": None})


def _review(to: Connections, call: Call, number: str, now: datetime) -> None:
    """Look at one difference; one that can't be looked at keeps no other from it."""
    try:
        differences.review(to.db, call, to.publish, number, to.system, now)
    except SapCallError:
        # It may be what SAP breaks off over, so that others are looked at before it next time.
        differences.put_off(to.db, number, now)
        raise
    except Exception:  # noqa: BLE001 (whatever is wrong with one, the others must not wait)
        structlog.get_logger().exception("difference failed", order=number)
        differences.put_off(to.db, number, now)


def _compared_or_failed(
    to: Connections, call: Call, run: Run, company: str, organisation: str, now: datetime
) -> Run | None:
    """As `_compare_next`; a customer that can't be compared fails the run, and keeps no other from it."""
    if why := _reason_to_skip(run):
        structlog.get_logger().error("customer not compared", company=company)
        return _without(to.db, run, company, why)
    try:
        return _compare_next(to, call, run, company, organisation, now)
    except SapCallError:
        raise
    except Exception as error:  # noqa: BLE001 (as above)
        structlog.get_logger().exception("customer not compared", company=company)
        return _without(to.db, run, company, f"{type(error).__name__}: {error}")


def _reason_to_skip(run: Run) -> str:
    """Why the run goes on without what is next; empty where it does not."""
    tried = run.tries > MOST_TRIES and run.tried_after == run.place
    return f"no list, or killed over it, {MOST_TRIES} times" if tried else ""


def _earlier(db: Client, run: Run) -> list[Order]:
    return not_over_before(db, run, _since(run)) if run.scope.earlier else []


def _since(run: Run) -> datetime:
    return run.asked_at - timedelta(days=run.scope.days)


def _go_on_earlier(
    to: Connections, call: Call, run: Run, page: list[Order], now: datetime, until: float
) -> Run | None:
    """The run behind earlier orders, as far as the time goes; None where another instance has it.

    SAP is asked for each alone: there are few of a customer, over years of its list.
    """
    for order in page:
        if time.monotonic() >= until:
            break
        update: dict[str, object] = {"earlier": order.number, "lease_until": now + LEASE}
        more, why = compare_alone(to.db, call, run, order, to.system, now, _reason_to_skip(run))
        if why:
            update["failure"] = run.failure or f"{order.number}: {why}"[:MOST_REASON]
        behind = _save(to.db, run, update, more)
        if behind is None:
            return None
        run = behind
    return run


def _without(db: Client, run: Run, company: str, why: str) -> Run | None:
    """The run behind a customer that was not compared."""
    reason = run.failure or f"{company}: {why}"[:MOST_REASON]
    return _save(db, run, {"cursor": company, "failure": reason})


def _compare_next(
    to: Connections, call: Call, run: Run, company: str, organisation: str, now: datetime
) -> Run | None:
    """The run after one customer more; None where another instance has it."""
    since = _since(run)
    # A day before: SAP's day is its own clock's.
    first = day_in(to.system.zone, since) - timedelta(days=1)
    more: Counter[str] = Counter()
    before = differences.counts_by_order(to.db, run, company)
    listed, asked, compared = Listed(), {""}, set[str]()

    def compare_page(page: Mapping[str, Order | None]) -> None:
        for number, order in page.items():
            if order is not None and is_earlier(order, run, since):
                continue
            if number in before:
                more[before[number]] += 1
                continue
            found = _compare(order, listed, number, to.system, now)
            if found.is_pending or not found.kinds:
                more["pending" if found.is_pending else "agreed"] += 1
                continue
            documents = sorted(one.number for one in listed.documents.get(number, ()))
            seen = Finding(number, order.company if order else company, found, documents)
            more[differences.record(to.db, run, seen, now)] += 1
        compared.update(page)

    for orders_ in placed_since(to.db, company, since):
        organisations = {organisation, *(one.sales_area.organisation for one in orders_.values())}
        until = None if len(orders_) < ORDERS_AT_ONCE else day_in(to.system.zone, now)
        for one in sorted(organisations - asked):
            listed.add(list_customer(call, company, one, first, to.system, until))
        asked |= organisations
        compare_page(orders_)
    for others in listed_beside(to.db, listed, compared):
        compare_page(others)
    update: dict[str, object] = {"cursor": company, "customers_done": run.customers_done + 1}
    return _save(to.db, run, {**update, "lease_until": now + LEASE}, more)


def _compare(
    order: Order | None, listed: Listed, number: str, system: SourceSystem, now: datetime
) -> Compared:
    if reason := listed.unreadable.get(number):
        rows = [Deviation(field="order", ours="", saps=reason)]
        return Compared(kinds=[Kind.UNREADABLE], rows=rows)
    documents: list[ListedOrder] = listed.documents.get(number, [])
    return compare(order, documents, system, now)


def _save(
    db: Client, run: Run, update: Mapping[str, object], more: Mapping[str, int] | None = None
) -> Run | None:
    """The run with what changes, and `more` of its counts, which others add to meanwhile; None
    where another instance has gone on with it."""

    def body(attempt: Attempt) -> Run | None:
        reference = run_reference(db, run.id)
        stored = Run.model_validate(attempt.read([reference])[0])
        if stored.place != run.place or stored.ended_at:
            return None
        counts = Counts(**Counter(stored.counts.model_dump()) + Counter(more or {}))
        after = stored.model_copy(update={**update, "counts": counts})
        attempt.save_model(reference, after)
        return after

    return optimistically(db, body)


def _stop(db: Client, run: Run | None, now: datetime, reason: str, *, failed: bool = False) -> None:
    """Note why a run does not go on now; one that can't succeed ends."""
    if run is None:
        return
    if failed or now > (run.started_at or run.asked_at) + LONGEST:
        end(db, run, now, reason)
        return
    [document] = read_all(db, [run_reference(db, run.id)])
    there = Run.model_validate(document)
    _save(db, there, {"waits_for": reason, "lease_until": None})


def end(db: Client, run: Run, now: datetime, failure: str = "") -> None:
    """End a run, so that another may begin."""

    def body(attempt: Attempt) -> Run | None:
        reference = run_reference(db, run.id)
        current = read_current(attempt, db)
        stored = Run.model_validate(attempt.read([reference])[0])
        if stored.ended_at:
            return None
        reason = failure or stored.failure
        over = {
            "ended_at": now,
            "outcome": RunOutcome.FAILED if reason else RunOutcome.DONE,
            "failure": reason,
            "lease_until": None,
            "waits_for": "",
        }
        after = stored.model_copy(update=over)
        attempt.save_model(reference, after)
        update: dict[str, object] = {"active": ""}
        if not reason and not stored.scope.company:
            update["done_at"] = now
        save_current(attempt, db, current.model_copy(update=update))
        return after

    if (ended := optimistically(db, body)) is None:
        return
    log = structlog.get_logger().bind(run=run.id, **ended.counts.model_dump())
    if ended.outcome is RunOutcome.FAILED:
        log.error("reconciliation failed", reason=ended.failure)
    else:
        log.info("reconciled")
