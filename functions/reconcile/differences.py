"""What becomes of a difference: seen, looked at again, mended where it is clear, else parked.

A message may be under way, so nothing is done about a difference before it was seen twice, with
`GRACE` between. What mends it is looked for after as long a time. A difference is its own outbox
record (`due_at`): whoever is killed leaves it due.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from google.api_core.exceptions import FailedPrecondition, NotFound
from google.cloud.firestore import Client, FieldFilter

from functions.reconcile.comparing import Compared
from functions.reconcile.publishing import ORDERS_TOPIC, Publish
from functions.reconcile.sap_lists import look_again, reference_of
from shared.optimistic import Attempt, optimistically
from shared.order import repository as orders
from shared.order.model import Order
from shared.order.saving import save_orders
from shared.reconciliation.model import (
    MOST_ROWS,
    Counts,
    Difference,
    Family,
    Kind,
    Run,
    State,
)
from shared.reconciliation.repository import (
    GRACE,
    KEPT,
    difference_reference,
    hand_over_again,
    run_reference,
)
from shared.sap.order_list import UnreadableListError, response
from shared.sap.rfc import Call
from shared.sap.source_system import SourceSystem
from shared.store import read_all

BATCH = 50
"""Differences that one call looks at, those that are due longest first."""

_OPEN = (State.SEEN, State.MENDING)


@dataclass(frozen=True)
class Finding:
    """A difference as a comparison found it."""

    order: str
    company: str
    found: Compared
    sap_numbers: list[str]


def record(db: Client, run: Run, seen: Finding, now: datetime) -> str:
    """Keep a difference that a run has found: which of its counts that adds to.

    One that was parked or settled and is as it was stays so.
    """
    new = Difference(
        order=seen.order,
        company=seen.company,
        sap_numbers=seen.sap_numbers,
        kinds=seen.found.kinds,
        rows=seen.found.rows[:MOST_ROWS],
        row_count=len(seen.found.rows),
        state=State.SEEN,
        found_at=now,
        seen_at=now,
        run=run.id,
        due_at=now + GRACE,
    )

    def body(attempt: Attempt) -> str:
        reference = difference_reference(db, seen.order)
        [document] = attempt.read([reference])
        known = Difference.model_validate(document) if document else None
        if known is None or not (known.state in _OPEN or (known.is_same(new) and _stays(known))):
            attempt.save_model(reference, new)
            return "found"
        update: dict[str, Any] = {"seen_at": now, "run": run.id}
        if known.state is State.SETTLED:
            update["expires_at"] = now + KEPT
        attempt.save_model(reference, known.model_copy(update=update))
        return "found" if known.state in _OPEN else "known"

    return optimistically(db, body)


def _stays(known: Difference) -> bool:
    return known.state in (State.PARKED, State.SETTLED)


def counts_by_order(db: Client, run: Run, company: str) -> dict[str, str]:
    """By order, which count of the run the differences of a customer add to that it has recorded.

    There are some where the run was killed after it had, before it counted them. What became of
    them meanwhile does not matter here.
    """
    found = (
        db.collection("differences")
        .where(filter=FieldFilter("run", "==", run.id))
        .where(filter=FieldFilter("company", "==", company))
    )
    began = run.started_at or run.asked_at
    ones = [Difference.model_validate(snapshot.to_dict()) for snapshot in found.stream()]
    return {one.order: "known" if one.found_at < began and _stays(one) else "found" for one in ones}


def due(db: Client, now: datetime) -> list[str]:
    """Orders whose differences are to be looked at again."""
    found = (
        db.collection("differences")
        .where(filter=FieldFilter("due_at", "<=", now))
        .order_by("due_at")
        .select([])
        .limit(BATCH)
    )
    return [snapshot.id for snapshot in found.stream()]


def put_off(db: Client, number: str, now: datetime) -> None:
    """Have one that could not be looked at looked at later."""
    difference_reference(db, number).update({"due_at": now + GRACE})


def any_open(db: Client, run: Run) -> bool:
    """Whether a run waits for differences that it found."""
    found = (
        db.collection("differences")
        .where(filter=FieldFilter("run", "==", run.id))
        .where(filter=FieldFilter("state", "in", [state.value for state in _OPEN]))
        .select([])
        .limit(1)
    )
    return bool(list(found.stream()))


def look_at_parked(db: Client, run: Run, now: datetime) -> None:
    """Have those that are parked, and that a run did not see, looked at again: they may be gone."""
    parked = db.collection("differences").where(
        filter=FieldFilter("state", "==", State.PARKED.value)
    )
    for snapshot in parked.select(["seen_at", "due_at", "family"]).stream():
        if (snapshot.to_dict() or {}).get("family", Family.ORDERS.value) != Family.ORDERS.value:
            continue  # the next snapshot sees to it
        if snapshot.get("seen_at") < (run.started_at or now) and snapshot.get("due_at") is None:
            as_found = db.write_option(last_update_time=snapshot.update_time)
            # Somebody may decide about it meanwhile.
            with suppress(FailedPrecondition, NotFound):
                snapshot.reference.update({"due_at": now}, option=as_found)


def review(
    db: Client, call: Call, publish: Publish, number: str, system: SourceSystem, now: datetime
) -> None:
    """Look at a difference again, and do about it what is to be done.

    Raises:
        SapCallError: SAP did not answer; it stays due.
    """
    difference_document, order_document = read_all(
        db, [difference_reference(db, number), orders.reference(db, number)]
    )
    before = Difference.model_validate(difference_document)
    if before.due_at is None or before.due_at > now:
        return
    order = Order.model_validate(order_document) if order_document else None
    try:
        found = _unknown(call, before) if order is None else look_again(call, order, system, now)
    except UnreadableListError as error:
        _save(db, before, _park(before, now, note=str(error)))
        return
    after = _next(before, found, now)
    if after.state is State.MENDING and after.sent_at == now and order is not None:
        if found.hands_over:
            _hand_over(db, before, after, order, now)
            return
        for one in found.tell:
            publish(ORDERS_TOPIC, response(one, order, system, now))
    _save(db, before, after)


def _unknown(call: Call, difference: Difference) -> Compared:
    """Of an order that was never placed: whether SAP still has what bears its number."""
    there = [
        row
        for row in difference.rows
        if (reference_of(call, row.saps) or "").startswith(difference.order)
    ]
    return Compared(kinds=[Kind.UNKNOWN] if there else [], rows=there)


def _next(before: Difference, found: Compared, now: datetime) -> Difference:
    """The difference after both sides were compared again, pure."""
    mended = before.state is State.MENDING
    if found.is_pending and before.state is not State.SEEN:
        # What is parked is looked at again by the next run.
        return before.model_copy(update={"due_at": now + GRACE if mended else None})
    if not found.kinds:
        over = {"state": State.MENDED if mended else State.GONE, "expires_at": now + KEPT}
        return before.model_copy(update={**over, "due_at": None, "seen_at": now})
    current = before.model_copy(
        update={
            "kinds": found.kinds,
            "rows": found.rows[:MOST_ROWS],
            "row_count": len(found.rows),
            "seen_at": now,
        }
    )
    asked = mended and before.sent_at is None
    mends = bool(found.tell) if asked else before.state is State.SEEN and found.is_clear
    if mends:
        sent = {"state": State.MENDING, "sent_at": now, "due_at": now + GRACE}
        return current.model_copy(update=sent)
    return _park(current, now, note="what was to mend it did not" if mended else before.note)


def _park(difference: Difference, now: datetime, note: str) -> Difference:
    update = {"state": State.PARKED, "due_at": None, "seen_at": now, "note": note}
    return difference.model_copy(update=update)


def _hand_over(
    db: Client, before: Difference, after: Difference, order: Order, now: datetime
) -> None:
    """Hand the order over again, in the commit that says so."""
    again = hand_over_again(order, now)

    def also(attempt: Attempt) -> bool:
        [document] = attempt.read([orders.reference(db, order.number)])
        as_compared = document is not None and Order.model_validate(document) == order
        if again is None or not as_compared:
            return False
        return save_orders(attempt, db, [(order, again)])

    _save(db, before, after, also)


def _save(
    db: Client,
    before: Difference,
    after: Difference,
    also: Callable[[Attempt], bool] = lambda _: True,
) -> None:
    """Store it unless somebody else did meanwhile, and count what became of it."""

    def body(attempt: Attempt) -> bool:
        reference = difference_reference(db, before.order)
        own = run_reference(db, before.run)
        document, run = attempt.read([reference, own])
        if document is None or Difference.model_validate(document) != before:
            return False
        if not also(attempt):
            return False
        attempt.save_model(reference, after)
        if run is not None and before.state in _OPEN and after.state not in _OPEN:
            counts = Counts.model_validate(run["counts"])
            more = getattr(counts, after.state.value) + 1
            counts = counts.model_copy(update={after.state.value: more})
            attempt.save(own, run, {**run, "counts": counts.model_dump()})
        return True

    if not optimistically(db, body) or after.state is before.state:
        return
    log = structlog.get_logger().bind(order=before.order, run=before.run)
    if after.state is State.PARKED:
        log.error("difference parked", kinds=[kind.value for kind in after.kinds])
    else:
        log.info("difference", state=after.state.value, kinds=[kind.value for kind in after.kinds])
