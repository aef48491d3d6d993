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


def read_message(event: CloudEvent, topic: str) -> SapMessage:
    """The message within a `google.cloud.pubsub.topic.v1.messagePublished` event.

    `topic` is the one that the function is for: functions-framework finds it in a push
    request only where the subscription's URL has it.
    """
    message = (event.get_data() or {})["message"]
    return SapMessage(
        id=message["messageId"],
        topic=topic,
        data=base64.b64decode(message.get("data", "")),
        attributes=message.get("attributes") or {},
    )
