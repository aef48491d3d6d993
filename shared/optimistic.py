"""Reads without locks, and one commit that fails if anything it writes changed since it was read.

Firestore's own transactions lock what they read. Where many want the same document at once,
all hold its read lock and wait for each other to let go, until locks time out (two seconds
each time in the emulator) and one of them wins. Here nobody waits: of those who read the
same state the first commit wins, the others are told at once and read again; whoever then
has nothing to write is answered without any lock. It is one round trip less, too.

What is only read is as of that moment: an order that was priced just before a new price
arrives is an order that was placed just before.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from google.api_core.exceptions import Aborted, AlreadyExists, FailedPrecondition, NotFound
from google.api_core.retry import Retry, if_exception_type
from google.cloud.firestore import (
    DELETE_FIELD,
    SERVER_TIMESTAMP,
    Client,
    DocumentReference,
    WriteBatch,
    WriteOption,
)
from google.cloud.firestore_v1.field_path import FieldPath
from google.protobuf.timestamp_pb2 import Timestamp  # type: ignore[import-untyped]

from shared.store import Document, read_lazily

T = TypeVar("T")

_CHANGED = (Aborted, AlreadyExists, FailedPrecondition, NotFound)


class ChangedMeanwhileError(Exception):
    """Somebody else changed what was to be written."""


class Attempt:
    """One try: reads, then writes that are committed together."""

    def __init__(self, db: Client) -> None:
        self._db = db
        self._batch = db.batch()
        self._versions: dict[str, int] = {}

    def read(self, references: Iterable[DocumentReference]) -> list[Document | None]:
        """Documents in the order of `references`, None for those that don't exist, in one RPC."""
        wanted = list(references)
        reads = read_lazily(self._db, wanted)
        for reference, read in zip(wanted, reads, strict=True):
            if read is not None:
                self._versions[reference.path] = read.version
        return [None if read is None else read.data() for read in reads]

    def create(self, reference: DocumentReference, document: Document) -> None:
        """Write a document that must not exist."""
        self._batch.create(reference, document)

    def update(self, reference: DocumentReference, fields: Document) -> None:
        """Change these field paths; the document must be as it was read, if it was."""
        self._batch.update(reference, fields, self._as_read(reference))

    def delete(self, reference: DocumentReference) -> None:
        """Delete a document; it must be as it was read, if it was."""
        self._batch.delete(reference, self._as_read(reference))

    def _as_read(self, reference: DocumentReference) -> WriteOption | None:
        if (version := self._versions.get(reference.path)) is None:
            return None
        at = Timestamp()
        at.FromNanoseconds(version)
        return self._db.write_option(last_update_time=at)

    def save(
        self, reference: DocumentReference, before: Document | None, after: Document
    ) -> Document:
        """Make `before`, as it was read, `after`; None where there was no document.

        Only fields that differ are written, and `updated_at` (server time) with them; fields
        that `after` lacks are deleted. Returns what differs: empty where nothing is written.
        """
        if before is None:
            self.create(reference, {**after, "updated_at": SERVER_TIMESTAMP})
            return after
        missing = object()
        changed = {
            name: value
            for name, value in after.items()
            if name != "updated_at" and before.get(name, missing) != value
        }
        changed |= {
            name: DELETE_FIELD for name in before if name != "updated_at" and name not in after
        }
        if changed:
            paths = {FieldPath(name).to_api_repr(): value for name, value in changed.items()}
            self.update(reference, {**paths, "updated_at": SERVER_TIMESTAMP})
        return changed

    @property
    def batch(self) -> WriteBatch:
        """What is committed, for writes that hold whatever the document is meanwhile."""
        return self._batch

    def commit(self) -> None:
        """Write all or nothing.

        Raises:
            ChangedMeanwhileError: nothing was written.
        """
        if len(self._batch) == 0:
            return
        try:
            self._batch.commit()
        except _CHANGED as error:
            raise ChangedMeanwhileError from error


def optimistically(db: Client, body: Callable[[Attempt], T]) -> T:
    """Run `body` and commit, again and again for up to 30 seconds while others come first.

    An error of `body` leaves nothing written. When an answer of Firestore was lost, `body`
    runs again although its writes are there, so it must recognize them.
    """

    def attempt() -> T:
        tried = Attempt(db)
        result = body(tried)
        tried.commit()
        return result

    retry = Retry(
        predicate=if_exception_type(ChangedMeanwhileError),
        initial=0.02,
        maximum=1.0,
        multiplier=2,
        timeout=30,
    )
    return retry(attempt)()
