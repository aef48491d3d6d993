"""Reads without locks, and one commit that fails if anything it writes changed since it was read.

This is how Sellin writes wherever several writers may meet. Firestore's own transactions lock
what they read in a database of pessimistic concurrency, as the emulator is: of many who want the
same document all hold its read lock and wait for each other, until locks time out after two
seconds. In a database of OPTIMISTIC concurrency, as Terraform makes ours, they don't. A commit
with preconditions behaves the same in both, so what holds in production is what the tests run.
Here nobody waits: of those who read the same state the first commit wins, the others are told at
once and read again; whoever then has nothing to write is answered without any commit. It is one
round trip less, too.

What is only read is as of that moment: an order that was priced just before a new price
arrives is an order that was placed just before.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from google.api_core.exceptions import Aborted, AlreadyExists, FailedPrecondition, NotFound
from google.api_core.retry import Retry, if_exception_type
from google.cloud.firestore import (
    DELETE_FIELD,
    SERVER_TIMESTAMP,
    Client,
    DocumentReference,
    Increment,
    WriteBatch,
    WriteOption,
)
from google.cloud.firestore_v1.field_path import FieldPath
from google.protobuf.timestamp_pb2 import Timestamp  # type: ignore[import-untyped]
from pydantic import BaseModel

from shared.assumption import verify_assumed
from shared.firestore_wire import add_create, add_update
from shared.store import Document, read_lazily, to_document

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
        self._documents: dict[str, Document | None] = {}

    def read(self, references: Iterable[DocumentReference]) -> list[Document | None]:
        """Documents in the order of `references`, None for those that don't exist, in one RPC.

        A document is read once in an attempt; later it is given as it was read. Callers must
        not change it.
        """
        wanted = list(references)
        missing = [one for one in wanted if one.path not in self._documents]
        for reference, read in zip(missing, read_lazily(self._db, missing), strict=True):
            self._documents[reference.path] = None if read is None else read.data()
            if read is not None:
                self._versions[reference.path] = read.version
        return [self._documents[one.path] for one in wanted]

    def create(self, reference: DocumentReference, document: Document) -> None:
        """Write a document that must not exist."""
        add_create(self._batch, reference, document)

    def update(self, reference: DocumentReference, fields: Document) -> None:
        """Change these field paths; the document must be as it was read, if it was."""
        version = self._versions.get(reference.path)
        add_update(self._batch, reference, fields, version)

    def delete(self, reference: DocumentReference) -> None:
        """Delete a document; it must be as it was read, if it was."""
        self._batch.delete(reference, self._as_read(reference))

    def _as_read(self, reference: DocumentReference) -> WriteOption | None:
        if (version := self._versions.get(reference.path)) is None:
            return None
        at = Timestamp()
        at.FromNanoseconds(version)
        return self._db.write_option(last_update_time=at)

    def increment(
        self, reference: DocumentReference, field: str, amounts: Mapping[str, int]
    ) -> None:
        """Add to numbers within a map, whatever else became of the document since it was read."""
        more = {FieldPath(field, one).to_api_repr(): Increment(n) for one, n in amounts.items()}
        if more:
            add_update(self._batch, reference, more, None)

    def save_model(self, reference: DocumentReference, model: BaseModel) -> Document:
        """Store a model in a document that was read in this attempt, as `save` does.

        Fields that this release does not know are kept; a document in an older format becomes
        one in today's.
        """
        [stored] = self.read([reference])
        return self.save(reference, stored, {**(stored or {}), **to_document(model)})

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
        verify_assumed()
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
