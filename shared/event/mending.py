"""Closes what is in quarantine once a later message of the same object was applied."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from google.cloud.firestore import Client, DocumentSnapshot
from google.cloud.firestore_v1.base_query import FieldFilter

from shared.event.message import SapMessage
from shared.event.outcome import MessageOutcome
from shared.event.verdict import Verdict

AT_ONCE = 30
"""Objects that one query may ask for; as many entries are looked through without asking by object."""

_MENDING = (Verdict.APPLIED, Verdict.UNCHANGED, Verdict.DUPLICATE, Verdict.WAITING)


def mend(db: Client, message: SapMessage, outcome: MessageOutcome) -> int:
    """Close the open entries that the message's parts supersede; how many.

    An entry is superseded by a part of the same object that is not older. Of one whose stamp could
    not be read, the time of publishing counts. Costs one query that finds nothing most of the time.
    """
    stamps: dict[str, str] = {}
    for one in outcome.results:
        if one.verdict in _MENDING and one.part.object and one.part.stamp:
            known = stamps.get(one.part.object, "")
            stamps[one.part.object] = max(known, one.part.stamp)
    if not stamps:
        return 0
    mended = 0
    for entry in _entries(db, message.topic, stamps):
        kept = entry.to_dict() or {}
        stamp = stamps.get(kept["object"])
        if stamp is not None and _is_older(kept, stamp, message):
            entry.reference.update({"open": False, "mended_by": message.id})
            mended += 1
    return mended


def _entries(db: Client, topic: str, objects: Iterable[str]) -> Iterator[DocumentSnapshot[Any]]:
    entries = (
        db.collection("quarantine")
        .where(filter=FieldFilter("topic", "==", topic))
        .where(filter=FieldFilter("open", "==", True))
    )
    fields = ["object", "stamp", "published_at"]
    found = list(entries.select(fields).limit(AT_ONCE).stream())
    if len(found) < AT_ONCE:
        yield from found
        return
    names = iter(objects)
    while some := list(islice(names, AT_ONCE)):
        yield from entries.where(filter=FieldFilter("object", "in", some)).select(fields).stream()


def _is_older(kept: dict[str, object], stamp: str, message: SapMessage) -> bool:
    if kept["stamp"] is not None:
        return str(kept["stamp"]) <= stamp
    published_at = kept["published_at"]
    return published_at is not None and published_at < message.published_at  # type: ignore[operator]
