"""Writing what SAP's messages change: only what is newer, in few transactions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from google.cloud.firestore import SERVER_TIMESTAMP, Client, DocumentReference, Transaction

from shared.catalogue.announcement import Feed, announce
from shared.store import Document, in_transaction, read_all

CHUNK = 100
"""Documents of one transaction; far below the limits of a commit (10 MiB)."""


@dataclass(frozen=True)
class Change:
    """A change of one document: `merge` gives the new one, or None where nothing changes.

    It may be called several times, so it must be pure. `announced` says whether readers of
    the feed are told of it.
    """

    reference: DocumentReference
    merge: Callable[[Document | None], Document | None]
    announced: bool = True


def write_changes(db: Client, changes: Sequence[Change], feed: Feed | None = None) -> int:
    """Apply the changes, in transactions of up to `CHUNK` documents and one read each.

    A document that was written has `updated_at` (server time), so that readers can ask for
    what changed; if it is of `feed`, these readers are told before the commit.
    Returns how many documents were written.
    """
    merges: dict[str, list[Change]] = {}
    for change in changes:
        merges.setdefault(change.reference.path, []).append(change)
    rest = iter(merges.values())
    written = 0
    while chunk := list(islice(rest, CHUNK)):
        written += in_transaction(db, partial(_write, db=db, chunk=chunk, feed=feed))
    return written


def _write(
    transaction: Transaction, db: Client, chunk: list[list[Change]], feed: Feed | None
) -> int:
    references = [changes[0].reference for changes in chunk]
    written = 0
    to_announce = False
    for changes, stored in zip(chunk, read_all(db, references, transaction), strict=True):
        merged = merge_all(changes, stored)
        if merged is not stored and merged is not None:
            stamped = {**merged, "updated_at": SERVER_TIMESTAMP}
            transaction.set(changes[0].reference, stamped)
            written += 1
            told = [change for change in changes if change.announced]
            to_announce = to_announce or merge_all(told, stored) is not stored
    if feed and to_announce:
        announce(db, feed)
    return written


def merge_all(changes: list[Change], stored: Document | None) -> Document | None:
    """The document after all changes; `stored` itself where none changes it."""
    document = stored
    for change in changes:
        merged = change.merge(document)
        document = document if merged is None else merged
    return document


def newer(stored: Document | None, stamp: str) -> bool:
    """Whether `stamp` is newer than what is stored; the rule that makes any order safe."""
    return stored is None or str(stored["stamp"]) < stamp
