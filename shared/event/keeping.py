"""Keeps a message that could not succeed whole (`quarantine/{topic}~{message id}`).

The document says what and why; the message itself is below it in `parts`, since Pub/Sub
takes 10 MB and a document 1 MiB. `shared.event.quarantine` lists and replays.
"""

import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from google.api_core.exceptions import AlreadyExists
from google.cloud.firestore import SERVER_TIMESTAMP, Client

from shared.event.message import SapMessage
from shared.text.unicode import encodable

KEPT = timedelta(days=180)
"""How long a message is kept, replayed or not: half a year's season of what SAP then sent."""

PART = 900_000
"""Bytes of a part; with its names it stays below Firestore's 1 MiB."""

KEPT_REASONS = 1_000
REASON_LENGTH = 200
"""Characters of a reason; it may quote the value that is wrong, which may be as long as the
message. A thousand of the longest stay below 1 MiB in any script."""


def keep(db: Client, message: SapMessage, reasons: list[str]) -> None:
    """Keep the message with its reasons; a redelivery of it changes nothing.

    Its bytes are kept as they are, whatever they are. What Firestore can't hold of the rest, which
    is for people, is told by escapes.
    """
    expires_at = datetime.now(UTC) + KEPT
    reference = db.collection("quarantine").document(_id(message))
    batch = db.batch()
    batch.create(
        reference,
        {
            "topic": message.topic,
            "message_id": encodable(message.id),
            "attributes": {
                _name(name): encodable(text) for name, text in message.attributes.items()
            },
            "reasons": shortened(reasons[:KEPT_REASONS]),
            "size": len(message.data),
            "received_at": SERVER_TIMESTAMP,
            "replayed_as": None,
            "expires_at": expires_at,
        },
    )
    for index, start in enumerate(range(0, len(message.data), PART)):
        part = reference.collection("parts").document(f"{index:04}")
        # Firestore deletes what is in a subcollection by its own date only.
        batch.create(part, {"data": message.data[start : start + PART], "expires_at": expires_at})
    try:
        batch.commit()
    except AlreadyExists:
        return


def shortened(reasons: list[str]) -> list[str]:
    """The reasons, each as long as can be kept."""
    told = map(encodable, reasons)
    return [
        reason if len(reason) <= REASON_LENGTH else f"{reason[: REASON_LENGTH - 1]}…"
        for reason in told
    ]


def _id(message: SapMessage) -> str:
    """`{topic}~{message id}`; Pub/Sub's ids are numbers, any other gets one that a path can have."""
    if re.fullmatch(r"[A-Za-z0-9_-]{1,200}", message.id):
        return f"{message.topic}~{message.id}"
    return f"{message.topic}~{sha256(message.id.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _name(attribute: str) -> str:
    """The attribute's name, with a backslash before one that Firestore keeps for itself."""
    name = encodable(attribute)
    return f"\\{name}" if not name or re.fullmatch(r"__.*__", name, re.DOTALL) else name
