"""SAP's topics over one database, by which messages come to the functions that apply them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from google.cloud.firestore import Client
from google.cloud.pubsub_v1 import PublisherClient, SubscriberClient

from functions.reconcile.waiting import replay_arrived
from functions.sync_customers.handler import apply as apply_customers
from functions.sync_inventory.handler import apply as apply_inventory
from functions.sync_prices.handler import apply as apply_prices
from functions.sync_products.handler import apply as apply_products
from shared.event.boundary import Receiver, take
from shared.event.message import SapMessage
from shared.event.outcome import MessageOutcome
from shared.event.waiting import list_waiting, replay
from shared.sap.source_system import SourceSystem
from tests.factories.sap import ECC, PUBLISHED_AT

TOPICS = ("sap-products", "sap-prices", "sap-customers", "sap-inventory")


LATER = datetime(2099, 1, 1, tzinfo=UTC)


Apply = Callable[[Client, SourceSystem, SapMessage], MessageOutcome]


def _customers(db: Client, system: SourceSystem, message: SapMessage) -> MessageOutcome:
    return apply_customers(db, system, message)[0]


_APPLY: dict[str, Apply] = {
    "sap-products": apply_products,
    "sap-prices": apply_prices,
    "sap-customers": _customers,
    "sap-inventory": apply_inventory,
}


@dataclass
class Flow:
    """SAP's topics over one database; `messages` were published so far."""

    db: Client
    system: SourceSystem = ECC
    published: int = 0
    subscriber: SubscriberClient = field(default_factory=SubscriberClient)

    def open(self) -> "Flow":
        """The flow, with its topics."""
        publisher = PublisherClient()
        for topic in TOPICS:
            name = publisher.topic_path(self.db.project, topic)
            publisher.create_topic(name=name)
            seen = self.subscriber.subscription_path(self.db.project, f"{topic}-seen")
            self.subscriber.create_subscription(name=seen, topic=name)
        return self

    def send(self, topic: str, data: bytes, **attributes: str) -> SapMessage:
        """SAP publishes a message, which is delivered at once."""
        self.published += 1
        message = SapMessage(str(self.published), topic, data, attributes, PUBLISHED_AT)
        self.deliver(message)
        return message

    def deliver(self, message: SapMessage, apply: Apply | None = None) -> None:
        """The function of its topic takes it."""
        take(
            Receiver(
                self.db, lambda _: None, message.topic, self.system, apply or _APPLY[message.topic]
            ),
            message,
        )

    def sweep(self) -> int:
        """What has arrived is published again, and delivered; how many that were."""
        count = replay_arrived(self.db, partial(replay, self.db), LATER)
        left = count
        while left:
            for topic in TOPICS:
                left -= self._deliver_published(topic)
        return count

    def _deliver_published(self, topic: str) -> int:
        path = self.subscriber.subscription_path(self.db.project, f"{topic}-seen")
        pulled = self.subscriber.pull(subscription=path, max_messages=100, return_immediately=True)
        for one in pulled.received_messages:
            got = one.message
            attributes = dict(got.attributes)
            now = datetime.now(UTC)
            self.deliver(SapMessage(got.message_id, topic, got.data, attributes, now))
            self.subscriber.acknowledge(subscription=path, ack_ids=[one.ack_id])
        return len(pulled.received_messages)

    def waiting(self) -> dict[str, list[str]]:
        """What waits, by object, and for what."""
        return {one.object: one.awaits for one in list_waiting(self.db)}

    def stored(self, path: str) -> dict[str, Any]:
        """A document."""
        return self.db.document(path).get().to_dict() or {}
