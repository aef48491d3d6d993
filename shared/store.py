"""Firestore as all repositories use it: models to documents and back, batches, transactions."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from google.api_core.exceptions import Aborted
from google.api_core.retry import Retry, if_exception_type
from google.cloud.firestore import Client, DocumentReference, Transaction, transactional
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


def read_all(
    db: Client, references: Iterable[DocumentReference], transaction: Transaction | None = None
) -> list[Document | None]:
    """Documents in the order of `references`, None for those that don't exist, in one RPC."""
    wanted = list(references)
    found = {
        snapshot.reference.path: snapshot.to_dict() if snapshot.exists else None
        for snapshot in db.get_all(wanted, transaction=transaction)
    }
    return [found[reference.path] for reference in wanted]


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
