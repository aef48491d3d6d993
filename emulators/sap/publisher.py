"""Publishing to Pub/Sub: what is asked for at once, what SAP saved from its outbox."""

import json
import logging
from collections.abc import Mapping
from typing import Any

from google.api_core.exceptions import GoogleAPICallError, RetryError
from google.cloud.pubsub_v1 import PublisherClient
from google.cloud.pubsub_v1.types import PublisherOptions

from emulators.sap.faults import MessagePlan
from emulators.sap.ordering import ordering_key
from emulators.sap.system import Publish, System

_log = logging.getLogger(__name__)

_RETRY_SECONDS = 1.0
REORDERED_SECONDS = 2.0
_PUBLISH_SECONDS = 10.0


def to_pubsub(project: str) -> Publish:
    """A function that publishes to a project's topics; PUBSUB_EMULATOR_HOST applies.

    Messages about one record come in order (emulators/sap/ordering.py).
    """
    client = PublisherClient(publisher_options=PublisherOptions(enable_message_ordering=True))

    def publish(
        topic: str,
        payload: Mapping[str, Any] | bytes,
        attributes: Mapping[str, str] | None = None,
    ) -> None:
        path, key = client.topic_path(project, topic), ""
        if isinstance(payload, bytes):
            data = payload
        else:
            key, data = ordering_key(payload), _written(payload)
        try:
            published = client.publish(path, data, ordering_key=key, **(attributes or {}))
            published.result(timeout=_PUBLISH_SECONDS)
        except Exception:
            # Until then the client refuses all that has this key.
            client.resume_publish(path, key)
            raise

    return publish


def _written(payload: Mapping[str, Any]) -> bytes:
    return json.dumps(payload, ensure_ascii=False).encode()


def drain(system: System, publish: Publish) -> None:
    """Publishes the outbox, oldest first unless a fault says else, until the system stops.

    A message leaves the outbox after it is published: at least once, as SAP does it.
    """
    while not system.stopping.is_set():
        system.outbox_filled.clear()
        if system.message_faults.plan().down or not system.waiting_messages():
            system.outbox_filled.wait(_RETRY_SECONDS)
            continue
        plan = system.message_faults.next()
        system.stopping.wait(plan.delay_seconds)
        if plan.reorder:
            system.stopping.wait(REORDERED_SECONDS)
        waiting = system.waiting_messages()
        try:
            for key, topic, payload in reversed(waiting) if plan.reorder else waiting[:1]:
                _publish(publish, plan, topic, payload)
                system.published(key)
        except (GoogleAPICallError, RetryError, TimeoutError) as error:
            _log.warning("publishing to %s failed, it is tried again: %s", topic, error)
            system.stopping.wait(_RETRY_SECONDS)


def _publish(publish: Publish, plan: MessagePlan, topic: str, payload: Mapping[str, Any]) -> None:
    if plan.lose:
        return
    if plan.garbage:
        whole = _written(payload)
        publish(topic, whole[: len(whole) // 2])
    for _ in range(2 if plan.duplicate else 1):
        publish(topic, payload)
