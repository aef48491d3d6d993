"""IDocs and messages that could not succeed: listed, published again once they can, discarded."""

from collections.abc import Iterator
from datetime import datetime

from google.cloud.firestore import Client, DocumentReference
from google.cloud.firestore_v1.base_query import FieldFilter
from pydantic import Field

from shared.event.keeping import Discarded, Kept
from shared.event.publishing import PUBLISH_SECONDS, publish_again
from shared.optimistic import Attempt
from shared.store import to_document


class Quarantined(Kept):
    """What could not succeed: an IDoc of a message, or a message that could not be read.

    Its id is {topic}~{message id}, and ~{place} of an IDoc in its message.
    """

    received_at: datetime
    mended_by: str | None = Field(
        default=None, description="message id of a later one of the same object"
    )

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return not (self.replayed_as or self.discarded or self.mended_by)


class NotQuarantinedError(Exception):
    """No message of this id is in quarantine."""


class NotOpenError(Exception):
    """Nothing is left to do about a message in quarantine."""


def list_open(db: Client) -> Iterator[Quarantined]:
    """What is in quarantine, neither replayed, discarded nor mended by a later message."""
    query = db.collection("quarantine").where(filter=FieldFilter("replayed_as", "==", None))
    for snapshot in query.stream():
        found = Quarantined.model_validate({**(snapshot.to_dict() or {}), "id": snapshot.id})
        if found.is_open:
            yield found


def read(db: Client, id: str) -> Quarantined:  # noqa: A002
    """What is known of a message.

    Raises:
        NotQuarantinedError: there is none of this id.
    """
    document = _reference(db, id).get().to_dict()
    if document is None:
        raise NotQuarantinedError(id)
    return Quarantined.model_validate({**document, "id": id})


def content(db: Client, id: str) -> bytes:  # noqa: A002
    """The message itself."""
    parts = _reference(db, id).collection("parts").stream()
    return b"".join((part.to_dict() or {})["data"] for part in parts)


def replay(db: Client, id: str, region: str = "", *, release: bool = False) -> str:  # noqa: A002
    """Publish the message, or the IDoc of it that failed, again to its topic; the new message's id.

    With `release`, what it was held back for is accepted (`shared.event.message.RELEASED`).
    In the cloud a topic's name begins with its region; locally there is none. Should it fail again, it is quarantined anew under the new id.

    Raises:
        NotQuarantinedError: there is none of this id.
    """
    found = read(db, id)
    published = publish_again(db.project, found, content(db, id), region, release=release)
    replayed_as = str(published.result(timeout=PUBLISH_SECONDS))
    _reference(db, id).update({"replayed_as": replayed_as, "open": False})
    return replayed_as


def discard(attempt: Attempt, db: Client, id: str, discarded: Discarded) -> None:  # noqa: A002
    """Say that the message is not needed; it is kept as long as any other, and never replayed.

    Raises:
        NotQuarantinedError: there is none of this id.
        NotOpenError: it was replayed or discarded before.
    """
    reference = _reference(db, id)
    [document] = attempt.read([reference])
    if document is None:
        raise NotQuarantinedError(id)
    if not Quarantined.model_validate({**document, "id": id}).is_open:
        raise NotOpenError(id)
    attempt.update(reference, {"discarded": to_document(discarded), "open": False})


def _reference(db: Client, id: str) -> DocumentReference:  # noqa: A002
    return db.collection("quarantine").document(id)
