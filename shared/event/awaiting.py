"""Keeps what waits for something that has not come, until that comes: `waiting/{id}`.

A part of a message waits where it is stored and of no effect yet (a price of an article that has not
come), or where it can't be stored before (a price per carton, of an article that does not tell what
a carton is). Its id is made of what the part is about, so of several messages about one object the
newest waits. The function that stores what is waited for notes that it came, `reconcile` publishes
the part again, and whichever function applies it, or a newer one, ends the waiting.

Nothing is forgotten in between: what is kept is looked at once more after it was kept, in case what
it waits for came meanwhile (`shared.event.boundary`), and what was published again and is not applied
keeps waiting, of which people are told (`reconcile`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from itertools import islice

from google.cloud.firestore import Client, DocumentReference
from google.cloud.firestore_v1.base_query import FieldFilter

from shared.event.keeping import PART, kept_fields
from shared.event.message import SapMessage
from shared.event.outcome import MessageOutcome, Result
from shared.event.verdict import Verdict
from shared.event.writing import Change, write_changes
from shared.optimistic import Attempt, optimistically
from shared.sap.part import Part
from shared.store import Document, Read, find_all

KEPT = timedelta(days=180)
"""How long a part waits at most; SAP has to send it again later."""

LOOKED_THROUGH = 100
"""Entries that one query reads without asking for objects: of more, each is asked for by name."""

AT_ONCE = 30
"""Values that Firestore compares in one query."""

CHUNK = 100
"""Entries of one commit."""


def keep_waiting(
    db: Client, message: SapMessage, outcome: MessageOutcome, now: datetime
) -> MessageOutcome:
    """Keep what of a message waits, unless a newer one of the same object does.

    Returns the outcome, in which a part is quarantined that is too large to wait.
    """
    large = {one.part.place for one in outcome.waiting if len(one.part.message) > PART}
    changes = [
        Change(
            reference(db, _id(message, one)),
            partial(_merge, new=_document(message, one, now)),
            origin=one.part.place,
        )
        for one in outcome.waiting
        if one.part.place not in large
    ]
    large |= {fault.origin for fault in write_changes(db, changes).faults}
    results = [_too_large(one) if one.part.place in large else one for one in outcome.results]
    return replace(outcome, results=results)


def come_meanwhile(
    message: SapMessage, before: MessageOutcome, after: MessageOutcome
) -> MessageOutcome:
    """The outcome `before`, and as arrived what its parts waited for that wait no more `after`."""
    still = {_id(message, one) for one in after.waiting}
    came = [one for one in before.waiting if _id(message, one) not in still]
    arrived = before.arrived.union(*(one.awaits for one in came))
    return replace(before, arrived=arrived)


def settle(db: Client, message: SapMessage, outcome: MessageOutcome, now: datetime) -> int:
    """End the waiting of what the message's parts replace, and note what came for the others.

    Returns how many wait no more. Costs one query, which finds nothing most of the time.
    """
    settled = _settled_parts(outcome)
    if not settled and not outcome.arrived:
        return 0

    def decide(attempt: Attempt, ids: Iterable[str]) -> int:
        references = [reference(db, one) for one in ids]
        ended = 0
        for own, document in zip(references, attempt.read(references), strict=True):
            if document is None or not document["open"]:
                continue
            if _is_ended(document, message.topic, settled):
                attempt.delete(own)
                ended += 1
            elif outcome.arrived & {*document["awaits"]} and document["arrived_at"] is None:
                attempt.update(own, {"arrived_at": now})
        return ended

    found = {
        read.id: None
        for read in _candidates(db, settled, outcome.arrived)
        if _concerns(read.data(), message.topic, settled, outcome.arrived)
    }
    return sum(optimistically(db, partial(decide, ids=some)) for some in _batches(found, CHUNK))


def reference(db: Client, id: str) -> DocumentReference:  # noqa: A002
    """Where an entry is."""
    return db.collection("waiting").document(id)


def _id(message: SapMessage, one: Result) -> str:
    """Of the object, and of its rows where they are not stored; of the message where there is no
    object."""
    part = one.part
    names = (
        [part.object, "" if one.is_stored else part.rows]
        if part.object
        else [message.id, part.place]
    )
    name = "\n".join([message.topic, *names])
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _document(message: SapMessage, one: Result, now: datetime) -> Document:
    data = one.part.message
    return {
        **kept_fields(message, one.part, one.reasons),
        "size": len(data),
        "data": data,
        "awaits": sorted(one.awaits),
        "is_stored": one.is_stored,
        "rows": "" if one.is_stored else one.part.rows,
        "since": now,
        "arrived_at": None,
        "told_at": now,
        "is_old": False,
        "discarded": None,
        "open": True,
        "expires_at": now + KEPT,
    }


def _merge(stored: Document | None, new: Document) -> Document | None:
    """The newer one, which waits as long as the older has; None where the stored one stays."""
    if stored is None:
        return new
    before, stamp = stored["stamp"] or "", new["stamp"] or ""
    if before > stamp or (before == stamp and not stored["open"]):
        return None
    if not stored["open"]:
        return new
    if before == stamp and stored["awaits"] == new["awaits"]:
        return None
    return {**new, **{name: stored[name] for name in ("since", "told_at", "is_old")}}


def _too_large(one: Result) -> Result:
    reason = (
        f"{len(one.part.message)} bytes are too large to wait for {', '.join(sorted(one.awaits))}"
    )
    return Result(one.part, Verdict.QUARANTINED, [*one.reasons, reason], is_stored=one.is_stored)


def _settled_parts(outcome: MessageOutcome) -> dict[str, list[Result]]:
    """By object, the parts that wait for nothing."""
    found: dict[str, list[Result]] = {}
    for one in outcome.results:
        if one.part.object and one.part.stamp and not one.awaits:
            found.setdefault(one.part.object, []).append(one)
    return found


def _is_ended(document: Document, topic: str, settled: dict[str, list[Result]]) -> bool:
    return document["topic"] == topic and any(
        _replaces(one.part, one.verdict, document) for one in settled.get(document["object"], ())
    )


def _replaces(part: Part, verdict: Verdict, document: Document) -> bool:
    """Whether the part is the one that waits, tried again, or a newer one of all that it has."""
    if document["rows"] and document["rows"] != part.rows:
        return False
    if verdict is Verdict.QUARANTINED:
        return bool(part.stamp == document["stamp"])
    return str(document["stamp"] or "") <= str(part.stamp)


def _concerns(
    document: Document, topic: str, settled: dict[str, list[Result]], arrived: frozenset[str]
) -> bool:
    return _is_ended(document, topic, settled) or bool(arrived & {*document["awaits"]})


def _candidates(db: Client, objects: Iterable[str], arrived: Iterable[str]) -> Iterator[Read]:
    fields = ["topic", "object", "rows", "stamp", "awaits"]
    entries = db.collection("waiting")
    some = find_all(
        db,
        entries.where(filter=FieldFilter("open", "==", True)).select(fields).limit(LOOKED_THROUGH),
    )
    if len(some) < LOOKED_THROUGH:
        yield from some
        return
    for names in _batches(objects, AT_ONCE):
        wanted = FieldFilter("object", "in", list(names))
        yield from find_all(db, entries.where(filter=wanted).select(fields))
    for names in _batches(arrived, AT_ONCE):
        wanted = FieldFilter("awaits", "array_contains_any", list(names))
        yield from find_all(db, entries.where(filter=wanted).select(fields))


def _batches(values: Iterable[str], size: int) -> Iterator[list[str]]:
    left = iter(values)
    while some := list(islice(left, size)):
        yield some
