"""Publishing to Pub/Sub: what is asked for at once, what SAP saved from its outbox."""

import json
import logging
from collections.abc import Mapping
from typing import Any

from google.api_core.exceptions import GoogleAPICallError, RetryError
from google.cloud.pubsub_v1 import PublisherClient
from google.cloud.pubsub_v1.types import PublisherOptions

from emulators.sap.ordering import ordering_key
from emulators.sap.system import Publish, System

_log = logging.getLogger(__name__)

_RETRY_SECONDS = 1.0
_PUBLISH_SECONDS = 10.0


def to_pubsub(project: str) -> Publish:
    """A function that publishes to a project's topics; PUBSUB_EMULATOR_HOST applies.

    Messages about one record come in order (emulators/sap/ordering.py).
    """
    client = PublisherClient(publisher_options=PublisherOptions(enable_message_ordering=True))

    def publish(topic: str, payload: Mapping[str, Any]) -> None:
        path, key = client.topic_path(project, topic), ordering_key(payload)
        data = json.dumps(payload, ensure_ascii=False).encode()
        try:
            client.publish(path, data, ordering_key=key).result(timeout=_PUBLISH_SECONDS)
        except Exception:
            # Until then the client refuses all that has this key.
            client.resume_publish(path, key)
            raise

    return publish


def drain(system: System, publish: Publish) -> None:
    """Publishes the outbox, oldest first, until the system stops.

    A message leaves the outbox after it is published: at least once, as SAP does it.
    """
    while not system.stopping.is_set():
        system.outbox_filled.clear()
        message = system.next_message()
        if message is None:
            system.outbox_filled.wait(_RETRY_SECONDS)
            continue
        key, topic, payload = message
        try:
            publish(topic, payload)
        except (GoogleAPICallError, RetryError, TimeoutError) as error:
            _log.warning("publishing to %s failed, it is tried again: %s", topic, error)
            system.stopping.wait(_RETRY_SECONDS)
            continue
        system.published(key)
