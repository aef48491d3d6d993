"""A Pub/Sub message that SAP published, from the request that pushes it."""

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime

FIRST_PUBLISHED = "first_published_at"
"""Attribute of a message that was quarantined and is tried again: when Pub/Sub first took it."""

RELEASED = "released"
"""Attribute of a message that a person released from quarantine although it is in doubt: "true"."""

EXCERPT = "excerpt"
"""Attribute of a message that has one part only of what was published, and is tried again: "true"."""


@dataclass(frozen=True)
class SapMessage:
    """`data` as published; `id` and `published_at` are Pub/Sub's, the same for a redelivery only."""

    id: str
    topic: str
    data: bytes
    attributes: dict[str, str]
    published_at: datetime

    @property
    def first_published_at(self) -> datetime:
        """When Pub/Sub took it, before it was quarantined and tried again."""
        try:
            first = datetime.fromisoformat(self.attributes.get(FIRST_PUBLISHED, ""))
        except ValueError:
            return self.published_at
        return min(first.replace(tzinfo=first.tzinfo or UTC), self.published_at)


class NotAPushError(Exception):
    """The request is none of Pub/Sub's."""


def read_message(body: bytes, topic: str) -> SapMessage:
    """The message within a wrapped push, or a CloudEvent of one, in binary mode.

    https://cloud.google.com/pubsub/docs/push#receive_push; `topic` is the one that the function
    is for, which the body does not name.

    Raises:
        NotAPushError: it is neither.
    """
    try:
        message = json.loads(body)["message"]
        return SapMessage(
            id=str(message["messageId"]),
            topic=topic,
            data=base64.b64decode(message.get("data") or "", validate=True),
            attributes={str(n): str(text) for n, text in (message.get("attributes") or {}).items()},
            published_at=datetime.fromisoformat(message["publishTime"]),
        )
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise NotAPushError from error
