"""IDocs and messages that could not succeed: listed, and published again once they can. For operators:

python -m shared.event.quarantine list --project P --database sellin-eu
python -m shared.event.quarantine replay --project P --database sellin-eu --region eu 'sap-prices~1234~0'
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache

from google.cloud.firestore import Client, DocumentReference
from google.cloud.firestore_v1.base_query import FieldFilter
from google.cloud.pubsub_v1 import PublisherClient
from pydantic import BaseModel, Field

from shared.event.message import FIRST_PUBLISHED, RELEASED
from shared.optimistic import Attempt
from shared.store import to_document

PUBLISH_SECONDS = 60

GOOGLES = "goog"
"""How attributes begin that Pub/Sub itself adds, as the schema that a message fitted, and takes
from nobody."""


class Discarded(BaseModel):
    """Who said that a message is not needed any more, when and why."""

    by: str
    at: datetime
    reason: str


class Quarantined(BaseModel):
    """What could not succeed: an IDoc of a message, or a message that could not be read."""

    id: str = Field(description="{topic}~{message id}, and ~{place} of an IDoc in its message")
    topic: str
    message_id: str
    attributes: dict[str, str]
    place: str = ""
    kind: str = Field(default="", description="MESTYP")
    number: str = Field(default="", description="DOCNUM")
    object: str = Field(default="", description="what it is about; shared.sap.objects")
    stamp: str | None = Field(default=None, description="when SAP made it, where that is known")
    reasons: list[str]
    size: int = Field(description="bytes of the message")
    published_at: datetime | None = Field(default=None, description="when Pub/Sub took it")
    received_at: datetime
    mended_by: str | None = Field(
        default=None, description="message id of a later one of the same object"
    )
    replayed_as: str | None = Field(default=None, description="message id of its replay")
    discarded: Discarded | None = Field(
        default=None, description="that it is not needed, as a person said"
    )

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return not (self.replayed_as or self.discarded or self.mended_by)


class NotQuarantinedError(Exception):
    """No message of this id is in quarantine."""


class NotOpenError(Exception):
    """Nothing is left to do about a message in quarantine."""


def waiting(db: Client) -> Iterator[Quarantined]:
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
    publisher = _publisher()
    topic = f"{region}-{found.topic}" if region else found.topic
    attributes = {n: text for n, text in found.attributes.items() if not n.startswith(GOOGLES)}
    if found.published_at:
        attributes[FIRST_PUBLISHED] = found.published_at.isoformat()
    if release:
        attributes[RELEASED] = "true"
    future = publisher.publish(
        publisher.topic_path(db.project, topic),
        content(db, id),
        **attributes,
    )
    replayed_as = str(future.result(timeout=PUBLISH_SECONDS))
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


@cache
def _publisher() -> PublisherClient:
    return PublisherClient()


def main(arguments: Sequence[str]) -> int:
    """The operators' command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m shared.event.quarantine")
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("list", "replay", "release"):
        command = commands.add_parser(name)
        command.add_argument("--project", required=True)
        command.add_argument("--database", default="(default)")
        if name != "list":
            command.add_argument("--region", default="", help="as in the topics' names: eu or na")
            command.add_argument("ids", nargs="+", metavar="id")
    chosen = parser.parse_args(arguments)
    db = Client(project=chosen.project, database=chosen.database)
    if chosen.command == "list":
        for found in waiting(db):
            sys.stdout.write(f"{found.model_dump_json()}\n")
        return 0
    for id_ in chosen.ids:
        try:
            new = replay(db, id_, chosen.region, release=chosen.command == "release")
            sys.stdout.write(f"{id_} published as {new}\n")
        except NotQuarantinedError:
            sys.stderr.write(f"{id_} is not in quarantine\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
