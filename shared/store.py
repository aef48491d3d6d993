"""Firestore as all repositories use it: models to documents and back, batches, transactions."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, TypeVar

from google.api_core.exceptions import Aborted
from google.api_core.retry import Retry, if_exception_type
from google.cloud.firestore import Client, DocumentReference, Query, Transaction, transactional
from google.cloud.firestore_v1 import _helpers
from pydantic import BaseModel

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
        fields = self._fields
        return {name: _decode(fields[name]) for name in fields}


def _decode(value: Any) -> Any:
    # The client's own decoder takes 2.5 times as long; it still does what is rare.
    match value.WhichOneof("value_type"):
        case "string_value":
            return value.string_value
        case "integer_value":
            return value.integer_value
        case "map_value":
            fields = value.map_value.fields
            return {name: _decode(fields[name]) for name in fields}
        case "array_value":
            return [_decode(item) for item in value.array_value.values]
        case _:
            return _helpers.decode_value(value, None)


def read_lazily(
    db: Client, references: Iterable[DocumentReference], transaction: Transaction | None = None
) -> list[Read | None]:
    """Documents in the order of `references`, None for those that don't exist, in one RPC."""
    return read_at(db, references, transaction)[1]


def read_at(
    db: Client, references: Iterable[DocumentReference], transaction: Transaction | None = None
) -> tuple[datetime, list[Read | None]]:
    """`read_lazily`, and by Firestore's clock the time that nothing read is older than."""
    wanted = [f"{db._database_string}/documents/{reference.path}" for reference in references]
    found: dict[str, Read] = {}
    read_time = datetime.max.replace(tzinfo=UTC)
    if not wanted:
        return read_time, []
    for response in db._firestore_api.batch_get_documents(
        request={
            "database": db._database_string,
            "documents": list(dict.fromkeys(wanted)),
            "transaction": _helpers.get_transaction_id(transaction),
        },
        metadata=db._rpc_metadata,
    ):
        message = type(response).pb(response)
        if message.HasField("read_time"):
            read_time = min(read_time, message.read_time.ToDatetime(UTC))
        if message.WhichOneof("result") == "found":
            found[message.found.name] = Read(message.found)
    return read_time, [found.get(name) for name in wanted]


def read_all(
    db: Client, references: Iterable[DocumentReference], transaction: Transaction | None = None
) -> list[Document | None]:
    """Documents in the order of `references`, None for those that don't exist, in one RPC."""
    reads = read_lazily(db, references, transaction)
    return [None if read is None else read.data() for read in reads]


def find_all(db: Client, query: Query) -> list[Read]:
    """What a query finds, in its order, in one RPC."""
    return list(find_each(db, query))


def find_each(db: Client, query: Query) -> Iterator[Read]:
    """What a query finds, each while it comes, so that not all need be held at once."""
    request, _, _ = query._prep_stream()
    for response in db._firestore_api.run_query(request=request, metadata=db._rpc_metadata):
        message = type(response).pb(response)
        if message.HasField("document"):
            yield Read(message.document)


def in_transaction(db: Client, body: Callable[[Transaction], T]) -> T:
    """Run `body`, which may be run several times, in one transaction.

    Contention (Aborted, whether a read or the commit met it) is retried with jittered
    back-off for up to 30 seconds. Any other error leaves nothing written.
    """

    def attempt() -> T:
        try:
            result: T = transactional(body)(db.transaction(max_attempts=1))
        except ValueError as error:
            # The client wraps what it gave up on.
            if isinstance(error.__cause__, Aborted):
                raise error.__cause__ from error
            raise
        return result

    retry = Retry(
        predicate=if_exception_type(Aborted), initial=0.02, maximum=1.0, multiplier=2, timeout=30
    )
    return retry(attempt)()
