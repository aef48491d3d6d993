"""Firestore as all repositories use it: models to documents and back, and reads."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, TypeVar

from google.cloud.firestore import Client, DocumentReference, Query
from google.cloud.firestore_v1.aggregation import AggregationQuery
from pydantic import BaseModel

from shared.assumption import begin_documents
from shared.firestore_wire import decode_fields, run_query

T = TypeVar("T")
Document = dict[str, Any]


def to_document(model: BaseModel) -> Document:
    """A model as Firestore keeps it: times are timestamps, dates ISO texts, enums their value."""
    return {name: _plain(value) for name, value in model.model_dump().items()}


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple() | frozenset():
            return [_plain(item) for item in value]
        case Enum():
            return value.value
        case date() if not isinstance(value, datetime):
            return value.isoformat()
        case _:
            return value


class Read:
    """A document as it was read, decoded only when `data` is called.

    Decoding costs far more than transport, and who knows `version` (its update time,
    nanoseconds since 1970, which differs for every state of a document) may not need it.
    """

    __slots__ = ("_fields", "id", "version")

    def __init__(self, document: Any) -> None:
        self._fields = document.fields
        self.id: str = document.name.rpartition("/")[2]
        self.version: int = document.update_time.ToNanoseconds()

    def data(self) -> Document:
        """The fields, as `DocumentSnapshot.to_dict` gives them (we store no vectors)."""
        return decode_fields(self._fields)


def read_lazily(db: Client, references: Iterable[DocumentReference]) -> list[Read | None]:
    """Documents in the order of `references`, None for those that don't exist, in one RPC."""
    return read_at(db, references)[1]


Reads = tuple[datetime, list[Read | None]]
"""The time that nothing read is older than, and what was read, None for what does not exist."""


def read_at(db: Client, references: Iterable[DocumentReference]) -> Reads:
    """`read_lazily`, and by Firestore's clock the time that nothing read is older than."""
    return begin_reads(db, references)()


def begin_reads(db: Client, references: Iterable[DocumentReference]) -> Callable[[], Reads]:
    """`read_at`, which is asked for now, while what is returned waits for it."""
    paths = [reference.path for reference in references]
    if not paths:
        return lambda: (datetime.max.replace(tzinfo=UTC), [])
    finish = begin_documents(db, paths)

    def read() -> Reads:
        read_time, found = finish()
        reads = {path: Read(document) for path, document in found.items()}
        return read_time, [reads.get(path) for path in paths]

    return read


def read_all(db: Client, references: Iterable[DocumentReference]) -> list[Document | None]:
    """Documents in the order of `references`, None for those that don't exist, in one RPC."""
    reads = read_lazily(db, references)
    return [None if read is None else read.data() for read in reads]


def find_all(db: Client, query: Query) -> list[Read]:
    """What a query finds, in its order, in one RPC."""
    return list(find_each(db, query))


def count(query: Query) -> int:
    """How many documents a query finds, in one RPC that brings none of them."""
    [[counted]] = AggregationQuery(query).count().get()
    return int(counted.value)


def find_each(db: Client, query: Query) -> Iterator[Read]:
    """What a query finds, each while it comes, so that not all need be held at once."""
    return map(Read, run_query(db, query))
