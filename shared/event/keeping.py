"""Keeps what of a message could not succeed: an IDoc (`quarantine/{topic}~{message id}~{place}`), or
the whole of one that could not be read (`quarantine/{topic}~{message id}`).

The document says what and why; the content itself is below it in `parts`, since Pub/Sub
takes 10 MB and a document 1 MiB. `shared.event.quarantine` lists and replays;
`shared.event.mending` closes what a later message mended.
"""

import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from google.api_core.exceptions import AlreadyExists
from google.cloud.firestore import SERVER_TIMESTAMP, Client
from pydantic import BaseModel, Field

from shared.actor import Signed
from shared.event.message import SapMessage
from shared.event.outcome import MessageOutcome, Result
from shared.sap.part import Part
from shared.store import Document
from shared.text.unicode import encodable

KEPT = timedelta(days=180)
"""How long a message is kept, replayed or not: half a year's season of what SAP then sent."""

PART = 900_000
"""Bytes of a part; with its names it stays below Firestore's 1 MiB."""

MOST_ENTRIES = 100
"""Of one message: nobody looks at more one by one."""

KEPT_REASONS = 1_000
REASON_LENGTH = 200
"""Characters of a reason; it may quote the value that is wrong, which may be as long as the
message. A thousand of the longest stay below 1 MiB in any script."""


class Discarded(Signed):
    """Who said that a message is not needed any more, when and why."""

    at: datetime
    reason: str


class Kept(BaseModel):
    """A part of a message that is kept, and where it comes from."""

    id: str
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
    replayed_as: str | None = Field(default=None, description="message id of its replay")
    discarded: Discarded | None = Field(
        default=None, description="that it is not needed, as a person said"
    )


def kept_fields(message: SapMessage, part: Part, reasons: list[str]) -> Document:
    """What is kept of a part beside its content, in what Firestore can hold."""
    return {
        "topic": message.topic,
        "message_id": encodable(message.id),
        "attributes": {_name(name): encodable(text) for name, text in message.attributes.items()},
        "place": shorten([part.place])[0],
        "kind": shorten([part.kind])[0],
        "number": shorten([part.number])[0],
        "object": shorten([part.object])[0],
        "stamp": part.stamp,
        "reasons": shorten(reasons[:KEPT_REASONS]),
        "published_at": message.first_published_at,
        "replayed_as": None,
    }


def keep(db: Client, message: SapMessage, outcome: MessageOutcome) -> list[Result]:
    """Keep what of the message is to be quarantined, each part for itself, with its reasons.

    Returns what was kept before: a redelivery of it changes nothing. Its bytes are kept as they are, whatever they are. What
    Firestore can't hold of the rest, which is for people, is told by escapes. Of more than
    MOST_ENTRIES parts those behind are kept in one entry, with the message as it came.
    """
    quarantined = outcome.quarantined
    apart, rest = quarantined[:MOST_ENTRIES], quarantined[MOST_ENTRIES:]
    known: list[Result] = []
    for index, one in enumerate(apart):
        is_whole = bool(one.part.data)
        name = _id(message) if is_whole else f"{_id(message)}~{_index(one.part.place, index)}"
        if not _keep_one(db, name, message, one.part, one.reasons):
            known.append(one)
    if rest:
        reasons = [f"{one.part.place}: {reason}" for one in rest for reason in one.reasons]
        whole = Part(data=message.data)
        if not _keep_one(db, f"{_id(message)}~rest", message, whole, reasons):
            known += rest
    return known


def _keep_one(db: Client, name: str, message: SapMessage, part: Part, reasons: list[str]) -> bool:
    """Whether it is kept from now on, and was not before."""
    expires_at = datetime.now(UTC) + KEPT
    reference = db.collection("quarantine").document(name)
    data = part.message
    batch = db.batch()
    batch.create(
        reference,
        {
            **kept_fields(message, part, reasons),
            "size": len(data),
            "received_at": SERVER_TIMESTAMP,
            "open": True,
            "mended_by": None,
            "expires_at": expires_at,
        },
    )
    for index, start in enumerate(range(0, len(data), PART)):
        piece = reference.collection("parts").document(f"{index:04}")
        # Firestore deletes what is in a subcollection by its own date only.
        batch.create(piece, {"data": data[start : start + PART], "expires_at": expires_at})
    try:
        batch.commit()
    except AlreadyExists:
        return False
    return True


def shorten(reasons: list[str]) -> list[str]:
    """The reasons, each as long as can be kept."""
    told = map(encodable, reasons)
    return [
        reason if len(reason) <= REASON_LENGTH else f"{reason[: REASON_LENGTH - 1]}…"
        for reason in told
    ]


def _index(place: str, index: int) -> str:
    """The number of an IDoc within its message, of a place such as "IDOCS/3 (ARTMAS 1234)"."""
    match = re.match(r"[A-Z]+/([0-9]+)", place)
    return match.group(1) if match else f"part{index}"


def _id(message: SapMessage) -> str:
    """`{topic}~{message id}`; Pub/Sub's ids are numbers, any other gets one that a path can have."""
    if re.fullmatch(r"[A-Za-z0-9_-]{1,200}", message.id):
        return f"{message.topic}~{message.id}"
    return f"{message.topic}~{sha256(message.id.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _name(attribute: str) -> str:
    """The attribute's name, with a backslash before one that Firestore keeps for itself."""
    name = encodable(attribute)
    return f"\\{name}" if not name or re.fullmatch(r"__.*__", name, re.DOTALL) else name
