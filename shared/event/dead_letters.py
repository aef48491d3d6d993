"""Messages that could not be delivered: looked at, published again or taken away, one by one.

Pub/Sub moves what a function could not answer for to the topic's dead letters, and keeps it a month
in the subscription `{topic}-dead`, which has no other reader. To look at them is to pull them and to
give them back at once; what somebody else holds in that moment is not seen.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cache, partial
from typing import TYPE_CHECKING

from google.api_core.exceptions import DeadlineExceeded
from google.api_core.retry import Retry
from pydantic import BaseModel, Field

from shared.event.message import FIRST_PUBLISHED
from shared.event.publishing import GOOGLES, PUBLISH_SECONDS, publish_message

if TYPE_CHECKING:
    from google.cloud.pubsub_v1 import SubscriberClient
    from google.cloud.pubsub_v1.types import ReceivedMessage

MOST = 100
"""Of a topic that are looked at; those behind them are seen once these are dealt with."""

AT_ONCE = 10
"""That a pull may bring."""

MOST_BYTES = 20_000_000
"""Of a topic's that are looked at: one may have 10 MB, and an instance some hundred in all."""

PULL_SECONDS = 2
"""How long a pull waits for more before there are no others."""

_ADDED = "CloudPubSubDeadLetter"
"""How attributes begin that Pub/Sub adds when it gives a message up
(https://cloud.google.com/pubsub/docs/handling-failures#track_delivery_attempts)."""


class DeadLetter(BaseModel):
    """A message that could not be delivered."""

    id: str = Field(description="Pub/Sub's id of it as a dead letter")
    topic: str = Field(description="what SAP published it to, without the region")
    attributes: dict[str, str]
    published_at: datetime = Field(description="when Pub/Sub took it from SAP")
    died_at: datetime = Field(description="when Pub/Sub gave it up")
    attempts: int = Field(description="how often it was delivered")
    data: bytes


class NoDeadLetterError(Exception):
    """No dead letter of this id is there, or somebody else holds it just now."""


def look(project: str, region: str, topics: Sequence[str]) -> list[DeadLetter]:
    """Dead letters of these topics, which stay; of each up to `MOST`, or so many that they have
    `MOST_BYTES`."""
    with ThreadPoolExecutor(len(topics)) as pool:
        found = pool.map(partial(_look, project, region), topics)
        return [
            _read(topic, one) for topic, some in zip(topics, found, strict=True) for one in some
        ]


def may_be_more(some: Sequence[DeadLetter]) -> bool:
    """Whether a topic may have others than these that were looked at."""
    return len(some) >= MOST or sum(len(one.data) for one in some) >= MOST_BYTES


def take(
    project: str, region: str, topic: str, id_: str, deal: Callable[[DeadLetter], None]
) -> DeadLetter:
    """Take a dead letter away once `deal` has dealt with it.

    Raises:
        NoDeadLetterError: it is not there; nothing was done.
    """
    path = _path(project, region, topic)
    held: list[str] = []
    try:
        for some in pull(path, PULL_SECONDS):
            held += [one.ack_id for one in some]
            for one in some:
                if one.message.message_id == id_:
                    found = _read(topic, one)
                    deal(found)
                    _subscriber().acknowledge(subscription=path, ack_ids=[one.ack_id])
                    held.remove(one.ack_id)
                    return found
            if len(held) >= MOST:
                break
        raise NoDeadLetterError(id_)
    finally:
        give_back(path, held)


def take_all(
    project: str, region: str, topic: str, deal: Callable[[DeadLetter], None], seconds: float
) -> int:
    """Take all dead letters of a topic away, each once `deal` has dealt with it; how many."""
    path = _path(project, region, topic)
    count = 0
    for some in pull(path, seconds):
        for one in some:
            deal(_read(topic, one))
            _subscriber().acknowledge(subscription=path, ack_ids=[one.ack_id])
            count += 1
    return count


def publish(project: str, region: str, letter: DeadLetter) -> None:
    """Publish a dead letter to its topic again, as of when SAP published it."""
    attributes = _own(letter.attributes) | _first_published(letter)
    publish_message(project, region, letter.topic, letter.data, attributes).result(
        timeout=PUBLISH_SECONDS
    )


def pull(path: str, seconds: float) -> "Iterator[list[ReceivedMessage]]":
    """What a subscription holds, some at a time, until none comes for so long."""
    while True:
        try:
            answer = _subscriber().pull(
                subscription=path,
                max_messages=AT_ONCE,
                timeout=seconds,
                retry=Retry(predicate=lambda _: False),
            )
        except DeadlineExceeded:
            return
        if not answer.received_messages:
            return
        yield list(answer.received_messages)


def give_back(path: str, held: Sequence[str]) -> None:
    """Let others have what was pulled, by `ack_id`."""
    for start in range(0, len(held), 1_000):
        _subscriber().modify_ack_deadline(
            subscription=path, ack_ids=held[start : start + 1_000], ack_deadline_seconds=0
        )


def _look(project: str, region: str, topic: str) -> "list[ReceivedMessage]":
    path = _path(project, region, topic)
    held: list[ReceivedMessage] = []
    try:
        for some in pull(path, PULL_SECONDS):
            held += some
            if len(held) >= MOST or sum(len(one.message.data) for one in held) >= MOST_BYTES:
                break
    finally:
        give_back(path, [one.ack_id for one in held])
    return held[:MOST]


def _path(project: str, region: str, topic: str) -> str:
    name = f"{region}-{topic}-dead" if region else f"{topic}-dead"
    return str(_subscriber().subscription_path(project, name))


def _read(topic: str, received: "ReceivedMessage") -> DeadLetter:
    message = received.message
    attributes = dict(message.attributes)
    first = attributes.get(f"{_ADDED}SourceTopicPublishTime")
    return DeadLetter(
        id=message.message_id,
        topic=topic,
        attributes=attributes,
        published_at=datetime.fromisoformat(first) if first else message.publish_time,
        died_at=message.publish_time,
        attempts=int(attributes.get(f"{_ADDED}SourceDeliveryCount", 0)),
        data=message.data,
    )


def _own(attributes: dict[str, str]) -> dict[str, str]:
    """Those that SAP, or a replay, gave it."""
    return {
        name: value for name, value in attributes.items() if not name.startswith((_ADDED, GOOGLES))
    }


def _first_published(letter: DeadLetter) -> dict[str, str]:
    if FIRST_PUBLISHED in letter.attributes:
        return {}
    return {FIRST_PUBLISHED: letter.published_at.isoformat()}


@cache
def _subscriber() -> "SubscriberClient":
    # Imported when first needed, as what publishes is (`shared.event.publishing`).
    from google.cloud.pubsub_v1 import SubscriberClient  # noqa: PLC0415

    return SubscriberClient()
