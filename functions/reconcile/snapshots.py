"""SAP's full snapshots: how far each is, what ends it, and that none came for long.

Each call of the scheduler looks at those that have not ended. What their parts compared is summed up
anew each time, so that nothing is counted twice; only the sweep for what SAP lacks goes on at a cursor.
"""

import time
from collections.abc import Iterable
from datetime import datetime, timedelta

import structlog
from google.cloud.firestore import Client, FieldFilter

from functions.reconcile.ending import end_decided
from functions.reconcile.lacking import sweep
from functions.reconcile.publishing import Publish
from shared.optimistic import Attempt, optimistically
from shared.reconciliation.model import Family, RunOutcome
from shared.reconciliation.repository import GRACE
from shared.reconciliation.snapshot import (
    MOST_SHOWN,
    LastSnapshot,
    LastSnapshots,
    PartCounts,
    SnapshotPart,
    SnapshotRun,
)
from shared.reconciliation.snapshots import last_reference, read_last, run_reference
from shared.sap.setting import Snapshots
from shared.sap.source_system import SourceSystem
from shared.store import find_all, find_each

WORK_SECONDS = 15
"""After which a call begins no page more."""

MOST_AT_ONCE = 20
"""Snapshots that a call looks at."""

TOLD_AGAIN = timedelta(days=1)

NAMED = 20
"""Parts that lack, of which the failure tells the numbers."""

_FIELDS = [name for name in SnapshotPart.model_fields if name not in ("keys", "mended", "unread")]


def work(db: Client, publish: Publish, system: SourceSystem, now: datetime) -> None:
    """Go on with the snapshots that have not ended, and with what people decided about."""
    until = time.monotonic() + WORK_SECONDS
    known = read_last(db)
    for run in _open(db):
        try:
            _go_on(db, run, system, known, now, until)
        except Exception:  # noqa: BLE001 (whatever is wrong with one, the others must not wait)
            structlog.get_logger().exception("snapshot not gone on with", snapshot=run.id)
    end_decided(db, publish, system, now)
    tell_late(db, system, now)


def _open(db: Client) -> Iterable[SnapshotRun]:
    query = db.collection("snapshots").where(filter=FieldFilter("ended_at", "==", None))
    return [
        SnapshotRun.model_validate(one.data()) for one in find_all(db, query.limit(MOST_AT_ONCE))
    ]


def marks_of(system: SourceSystem) -> dict[Family, Snapshots]:
    """The settings of the families that SAP publishes full snapshots of."""
    found = {
        Family.STOCK: system.stock.snapshots,
        Family.PRICES: system.prices.snapshots,
        Family.CUSTOMERS: system.customers.snapshots,
    }
    return {family: marks for family, marks in found.items() if marks is not None}


def _go_on(
    db: Client,
    run: SnapshotRun,
    system: SourceSystem,
    known: LastSnapshots,
    now: datetime,
    until: float,
) -> None:
    run, parts = _with_progress(db, run)
    marks = marks_of(system).get(run.family)
    within = timedelta(hours=marks.complete_within_hours if marks else 0)
    if run.missing:
        if now > run.last_part_at + within:
            _end(db, run, marks, now, _which_lack(run))
        return
    if run.family is Family.STOCK:
        if run.swept_at is None and now <= run.last_part_at + within:
            return
        is_swept = run.swept_at is not None
        _end(db, run, marks, now, _unread(parts) if is_swept else "not looked for what it lacks")
        return
    if now < run.last_part_at + GRACE:
        return
    last = known.families.get(run.family, LastSnapshot())
    if (failure := _unread(parts)) or run.as_of < last.as_of:
        # What an older one lacks is no news.
        _end(db, run, marks, now, failure)
    elif swept := sweep(db, run, system, now, until):
        _end(db, swept, marks, now)


def _which_lack(run: SnapshotRun) -> str:
    numbers = ", ".join(str(one) for one in run.missing[:NAMED])
    more = ", …" if len(run.missing) > NAMED else ""
    return f"parts have not come: {numbers}{more} of {run.parts}"


def _unread(parts: Iterable[SnapshotPart]) -> str:
    numbers = ", ".join(str(one.part) for one in parts if not one.is_read)
    return f"not looked for what it lacks: part {numbers} has records of nobody knows what" * bool(
        numbers
    )


def _with_progress(db: Client, run: SnapshotRun) -> tuple[SnapshotRun, list[SnapshotPart]]:
    """The run with what its parts compared until now."""
    query = db.collection("snapshot_parts").where(filter=FieldFilter("snapshot", "==", run.id))
    found = (
        SnapshotPart.model_validate(one.data()) for one in find_each(db, query.select(_FIELDS))
    )
    parts = sorted((one for one in found if one.ended_at), key=lambda one: one.part)

    def body(attempt: Attempt) -> SnapshotRun:
        reference = run_reference(db, run.id)
        stored = SnapshotRun.model_validate(attempt.read([reference])[0])
        swept = PartCounts(compared=stored.emptied, emptied=stored.emptied)
        update = {
            "parts": max([stored.parts, *(one.parts for one in parts)]),
            "came": [one.part for one in parts],
            "counts": sum((one.counts for one in parts), swept),
            "examples": [side for one in parts for side in one.examples][:MOST_SHOWN],
            "last_part_at": max(
                [stored.began_at, *(one.ended_at for one in parts if one.ended_at)]
            ),
        }
        after = stored.model_copy(update=update)
        attempt.save_model(reference, after)
        return after

    return optimistically(db, body), parts


def _end(
    db: Client, run: SnapshotRun, marks: Snapshots | None, now: datetime, failure: str = ""
) -> None:
    """End a snapshot; one that was complete is the family's last, unless a later one was."""

    def body(attempt: Attempt) -> SnapshotRun | None:
        reference, last = run_reference(db, run.id), last_reference(db)
        stored, state = attempt.read([reference, last])
        there = SnapshotRun.model_validate(stored)
        if there.ended_at:
            return None
        outcome = RunOutcome.FAILED if failure else RunOutcome.DONE
        update = {"ended_at": now, "outcome": outcome, "failure": failure}
        after = there.model_copy(update=update)
        attempt.save_model(reference, after)
        known = LastSnapshots.model_validate(state or {})
        before = known.families.get(run.family, LastSnapshot())
        if not failure and run.as_of > before.as_of:
            late_at = now + timedelta(hours=marks.every_hours) if marks else None
            done = {"as_of": run.as_of, "done_at": now, "late_at": late_at, "told_at": None}
            families = {**known.families, run.family: before.model_copy(update=done)}
            attempt.save_model(last, LastSnapshots(families=families))
        return after

    if (ended := optimistically(db, body)) is None:
        return
    counts = {**ended.counts.model_dump(), "lacking": ended.lacking, "known": ended.known}
    log = structlog.get_logger().bind(snapshot=run.id, **counts)
    if failure:
        log.error("snapshot failed", reason=failure)
    else:
        log.info("snapshot compared")


def tell_late(db: Client, system: SourceSystem, now: datetime) -> None:
    """Log an error, once a day, for each family of which no snapshot was complete for long."""
    expected = marks_of(system)

    def body(attempt: Attempt) -> list[Family]:
        [document] = attempt.read([last_reference(db)])
        known = LastSnapshots.model_validate(document or {})
        families, late = dict(known.families), []
        for family, marks in expected.items():
            one = families.get(family, LastSnapshot())
            if one.late_at is None:
                update = {"since": now, "late_at": now + timedelta(hours=marks.every_hours)}
                families[family] = one.model_copy(update=update)
            elif one.late_at < now and not (one.told_at and one.told_at > now - TOLD_AGAIN):
                families[family] = one.model_copy(update={"told_at": now})
                late.append(family)
        if families != known.families:
            attempt.save_model(last_reference(db), LastSnapshots(families=families))
        return late

    for family in optimistically(db, body):
        structlog.get_logger().error("no snapshot", family=family.value)
