"""A Pub/Sub message that SAP published, from the event that delivers it."""

import base64
from dataclasses import dataclass

from cloudevents.http import CloudEvent


@dataclass(frozen=True)
class SapMessage:
    """`data` as published; `id` is Pub/Sub's, the same for a redelivery only."""

    id: str
    topic: str
    data: bytes
    attributes: dict[str, str]


def read_message(event: CloudEvent) -> SapMessage:
    """The message within a `google.cloud.pubsub.topic.v1.messagePublished` event."""
    message = event.get_data()["message"]
    return SapMessage(
        id=message["messageId"],
        topic=event["source"].rpartition("/topics/")[2],
        data=base64.b64decode(message.get("data", "")),
        attributes=message.get("attributes") or {},
    )
