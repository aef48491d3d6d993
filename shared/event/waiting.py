"""What waits for something that has not come (`shared.event.awaiting`): listed, published again,
discarded."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from google.cloud.firestore import Client
from google.cloud.firestore_v1.base_query import FieldFilter
from pydantic import Field

from shared.event.awaiting import reference
from shared.event.keeping import Discarded, Kept
from shared.event.publishing import PUBLISH_SECONDS, publish_again
from shared.optimistic import Attempt, optimistically
from shared.store import Document, to_document


class Waiting(Kept):
    """A part of a message that waits."""

    awaits: list[str] = Field(description="what it waits for, as shared.event.awaited names that")
    is_stored: bool = Field(description="whether it is stored, of no effect yet")
    rows: str = Field(default="", description="which rows of the object it has, where not all")
    since: datetime = Field(description="when the first message of the object began to wait")
    arrived_at: datetime | None = Field(
        default=None, description="when something that it waits for came, until it is replayed"
    )
    told_at: datetime | None = Field(description="when people were last told of it, or it began")
    is_old: bool = Field(default=False, description="whether people were told of it")
    open: bool = True
    data: bytes


class NotWaitingError(Exception):
    """Nothing of this id waits."""


def read(db: Client, id: str) -> Waiting:  # noqa: A002
    """One that waits, or was discarded.

    Raises:
        NotWaitingError: there is none of this id.
    """
    document = reference(db, id).get().to_dict()
    if document is None:
        raise NotWaitingError(id)
    return Waiting.model_validate({**document, "id": id})


def list_waiting(db: Client) -> Iterator[Waiting]:
    """All parts of messages that wait."""
    for found in db.collection("waiting").where(filter=FieldFilter("open", "==", True)).stream():
        yield Waiting.model_validate({**(found.to_dict() or {}), "id": found.id})


def replay(db: Client, some: Iterable[Waiting], region: str = "") -> int:
    """Publish parts again, whether or not what they wait for has come; how many.

    They wait on until they are applied.
    """
    published = [(one, publish_again(db.project, one, one.data, region)) for one in some]
    for one, future in published:
        fields = {"replayed_as": str(future.result(timeout=PUBLISH_SECONDS)), "arrived_at": None}

        def note(attempt: Attempt, id_: str = one.id, fields: Document = fields) -> None:
            own = reference(db, id_)
            [document] = attempt.read([own])
            if document is not None:  # else it is applied already
                attempt.update(own, fields)

        optimistically(db, note)
    return len(published)


def discard(attempt: Attempt, db: Client, id: str, discarded: Discarded) -> None:  # noqa: A002
    """Say that a part is not needed; a newer message of the same object waits all the same.

    Raises:
        NotWaitingError: there is none of this id, or it was discarded before.
    """
    own = reference(db, id)
    [document] = attempt.read([own])
    if document is None or not document["open"]:
        raise NotWaitingError(id)
    ended = {"open": False, "arrived_at": None, "told_at": None}
    attempt.update(own, {**ended, "discarded": to_document(discarded)})
