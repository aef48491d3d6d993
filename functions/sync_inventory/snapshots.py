"""Full snapshots of stock: as of when the latest of each plant is, and what it lacks.

`state/stock` has the former, and as of when changes were told (`shared.availability.freshness`);
`stock_snapshots/{as of}~{part}` has the styles in plants that a part named. Once all parts are there,
the styles that none of them named have no stock in its plants any more. Parts may come in any order
and more than once; the last does it, and each later one again.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import partial

import structlog
from google.cloud.firestore import Client
from google.cloud.firestore_v1.base_query import FieldFilter
from pydantic import BaseModel

from functions.sync_inventory.merge import Told, merge
from shared.availability import freshness
from shared.availability import repository as availabilities
from shared.availability.freshness import StockAsOf
from shared.event.writing import Change, Written, write_changes
from shared.optimistic import Attempt, optimistically
from shared.sap.fields import read_stamp
from shared.sap.stock import Snapshot, StockMessage, StyleStock
from shared.sap.stock_rows import StyleInPlant
from shared.store import find_all, find_each, read_all

KEPT = timedelta(days=7)
"""As long as Pub/Sub keeps a message that can be played back."""

NOTED_EACH = timedelta(minutes=5)
"""How far behind the latest change its stamp in `state/stock` may be: not each change writes it."""

Guards = dict[str, str]
"""Plant to the stamp as of which its latest full snapshot tells stock."""


class SnapshotPart(BaseModel):
    """What a part of a snapshot named; `is_read` says that all of it could be told."""

    as_of: str
    part: int
    parts: int
    styles: list[str]
    is_read: bool


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
        for row in taken.says.rows.values():
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


def finish(db: Client, found: StockMessage, snapshot: Snapshot, known: Guards) -> Written:
    """Note the message's part; once all are there, take what the snapshot lacks out of stock."""
    own = SnapshotPart(
        as_of=snapshot.as_of,
        part=snapshot.part,
        parts=snapshot.parts,
        styles=sorted("~".join(key) for key in found.mentioned or ()),
        is_read=found.mentioned is not None,
    )
    parts = [own] if snapshot.parts == 1 else _noted(db, own)
    if len(parts) < snapshot.parts:
        return Written()
    if not all(part.is_read for part in parts):
        structlog.get_logger().warning("snapshot not read to its end", as_of=snapshot.as_of)
        return Written()
    named = {style for part in parts for style in part.styles}
    return write_changes(db, _gone(db, named, snapshot, known))


def _noted(db: Client, own: SnapshotPart) -> list[SnapshotPart]:
    """All parts of the snapshot that are there, with this one."""
    collection = db.collection("stock_snapshots")
    collection.document(f"{own.as_of}~{own.part}").set(
        {**own.model_dump(), "expires_at": read_stamp(own.as_of) + KEPT}
    )
    query = collection.where(filter=FieldFilter("as_of", "==", own.as_of))
    return [SnapshotPart.model_validate(read.data()) for read in find_all(db, query)]


def _gone(db: Client, named: set[str], snapshot: Snapshot, known: Guards) -> Iterator[Change]:
    for plant in sorted({name.partition("~")[2] for name in named}):
        for style, _ in _missing(db, plant, named):
            gone = Told(
                StyleStock(style, plant, {}, whole=True), snapshot.as_of, known.get(plant, "")
            )
            yield Change(availabilities.reference(db, style, plant), partial(merge, told=gone))


def _missing(db: Client, plant: str, named: set[str]) -> Iterable[StyleInPlant]:
    query = db.collection("availability").where(filter=FieldFilter("plant", "==", plant)).select([])
    for read in find_each(db, query):
        if read.id not in named:
            yield read.id.rpartition("~")[0], plant
