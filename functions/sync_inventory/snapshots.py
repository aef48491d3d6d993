"""Full snapshots of stock: as of when the latest of each plant is, and what it lacks.

`state/stock` has the former, and as of when changes were told (`shared.availability.freshness`); what a
part named is noted with what it compared (`shared.reconciliation.recording`). Once all parts are there,
the styles that none of them named have no stock in its plants any more. Parts may come in any order and
more than once; the last does it, and each later one again.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from itertools import chain

import structlog
from google.cloud.firestore import Client
from google.cloud.firestore_v1.base_query import FieldFilter

from functions.sync_inventory.merge import ToldStock, merge, sides
from shared.availability import freshness
from shared.availability import repository as availabilities
from shared.availability.freshness import StockAsOf
from shared.event.outcome import MessageOutcome
from shared.event.writing import Change, write_changes
from shared.optimistic import Attempt, optimistically
from shared.reconciliation.model import Family
from shared.reconciliation.recording import Held, Recording, digest, digests
from shared.reconciliation.snapshot import SnapshotPart
from shared.sap.fields import read_stamp
from shared.sap.source_system import SourceSystem
from shared.sap.stock import StockMessage, StyleStock
from shared.store import find_each, read_all

NOTED_EACH = timedelta(minutes=5)
"""How far behind the latest change its stamp in `state/stock` may be: not each change writes it."""

Guards = dict[str, str]
"""Plant to the stamp as of which its latest full snapshot tells stock."""


def guards(db: Client, found: StockMessage) -> Guards:
    """The latest snapshot of each plant, with the one that the message is a part of.

    What the message tells is noted before it is applied: one that dies in between comes again.
    """
    if found.snapshot is None:
        stamps = _latest_changes(found)
        [document] = read_all(db, [freshness.reference(db)])
        if not _to_note(StockAsOf.model_validate(document or {}), stamps):
            return StockAsOf.model_validate(document or {}).snapshots
        return optimistically(db, partial(_note_changes, db, stamps)).snapshots
    as_of = found.snapshot.as_of
    plants = {taken.says.plant for taken in found.packet.taken}

    def body(attempt: Attempt) -> Guards:
        [document] = attempt.read([freshness.reference(db)])
        known = StockAsOf.model_validate(document or {}).snapshots
        latest = known | {plant: max(as_of, known.get(plant, "")) for plant in plants}
        attempt.save(freshness.reference(db), document, {**(document or {}), "snapshots": latest})
        return latest

    return optimistically(db, body)


def _latest_changes(found: StockMessage) -> dict[str, str]:
    latest: dict[str, str] = {}
    for taken in found.packet.taken:
        by_location = (some.values() for some in taken.says.locations.values())
        for row in chain(taken.says.rows.values(), *by_location):
            latest[taken.says.plant] = max(row.stamp, latest.get(taken.says.plant, ""))
    return latest


def _to_note(known: StockAsOf, stamps: dict[str, str]) -> dict[str, str]:
    """Those of `stamps`, by plant, that are enough later than what is known."""
    return {
        plant: stamp
        for plant, stamp in stamps.items()
        if (before := known.as_of(plant)) is None or read_stamp(stamp) >= before + NOTED_EACH
    }


def _note_changes(db: Client, stamps: dict[str, str], attempt: Attempt) -> StockAsOf:
    [document] = attempt.read([freshness.reference(db)])
    known = StockAsOf.model_validate(document or {})
    if later := _to_note(known, stamps):
        changes = known.changes | later
        attempt.save(freshness.reference(db), document, {**(document or {}), "changes": changes})
    return known


def recording(db: Client, system: SourceSystem, found: StockMessage) -> Recording | None:
    """Of the message, where it is a part of a snapshot, and all of it."""
    if found.snapshot is None or found.snapshot.is_excerpt:
        return None
    places = {taken.place: number for number, taken in enumerate(found.packet.taken)}
    return Recording(db, Family.STOCK, system.logical_system, found.snapshot, places)


def finish(part: Recording, found: StockMessage, outcome: MessageOutcome, known: Guards) -> None:
    """Note the message's part; once all are there, take what the snapshot lacks out of stock."""
    articles = {
        taken.place: len(taken.says.rows.keys() | taken.says.locations.keys())
        for taken in found.packet.taken
    }
    mentioned = found.mentioned or set()
    held = Held(
        keys=("~".join(key) for key in mentioned),
        plants={plant for _, plant in mentioned},
        is_read=found.mentioned is not None,
    )
    part.finish(outcome, articles, held)
    parts = part.parts()
    if len(parts) < part.snapshot.parts:
        return
    if all(one.is_read for one in parts):
        write_changes(part.db, _missing_changes(part, parts, known), tally=part.tally_swept)
    else:
        structlog.get_logger().warning("snapshot not read to its end", as_of=part.snapshot.as_of)
    part.swept()


def _missing_changes(part: Recording, parts: list[SnapshotPart], known: Guards) -> Iterator[Change]:
    named = {key for one in parts for key in digests(one.keys)}
    for plant in sorted({plant for one in parts for plant in one.plants}):
        for style in _missing(part.db, plant, named):
            gone = ToldStock(
                StyleStock(style, plant, {}, whole=True), part.snapshot.as_of, known.get(plant, "")
            )
            yield Change(
                availabilities.reference(part.db, style, plant),
                partial(merge, told=gone),
                sides=partial(sides, told=gone),
            )


def _missing(db: Client, plant: str, named: set[bytes]) -> Iterator[str]:
    query = db.collection("availability").where(filter=FieldFilter("plant", "==", plant)).select([])
    for read in find_each(db, query):
        if digest(read.id) not in named:
            yield read.id.rpartition("~")[0]
