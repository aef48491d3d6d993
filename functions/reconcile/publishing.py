"""Messages in SAP's name, published to the topics on which SAP tells what they tell."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from shared.event.publishing import PUBLISH_SECONDS, publish_message

ORDERS_TOPIC = "sap-orders"

Publish = Callable[[str, Mapping[str, Any]], None]
"""Publishes a message of IDocs to one of SAP's topics, as SAP does."""


def publisher(project: str, region: str) -> Publish:
    """To the topics of a project, whose names begin with the region; empty locally."""

    def publish(topic: str, message: Mapping[str, Any]) -> None:
        data = json.dumps(message).encode()
        publish_message(project, region, topic, data, {}).result(timeout=PUBLISH_SECONDS)

    return publish
