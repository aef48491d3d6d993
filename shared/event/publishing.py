"""What was kept of SAP's messages, published to its topic again."""

from collections.abc import Mapping
from concurrent.futures import Future
from functools import cache
from typing import TYPE_CHECKING

from shared.event.keeping import Kept
from shared.event.message import EXCERPT, FIRST_PUBLISHED, RELEASED

if TYPE_CHECKING:
    from google.cloud.pubsub_v1 import PublisherClient

PUBLISH_SECONDS = 60
"""How long Pub/Sub may take to answer."""

GOOGLES = "goog"
"""How attributes begin that Pub/Sub itself adds, as the schema that a message fitted, and takes
from nobody."""


def publish_again(
    project: str, kept: Kept, data: bytes, region: str, *, release: bool = False
) -> Future[str]:
    """Publish a part of a message that was kept; the id of the new message, once it is there.

    It keeps the time at which it was published first, which its stamp may be. With `release`, what
    it was held back for is accepted (`shared.event.message.RELEASED`).
    """
    attributes = {n: text for n, text in kept.attributes.items() if not n.startswith(GOOGLES)}
    if kept.published_at:
        attributes[FIRST_PUBLISHED] = kept.published_at.isoformat()
    if kept.place:
        attributes[EXCERPT] = "true"
    if release:
        attributes[RELEASED] = "true"
    return publish_message(project, region, kept.topic, data, attributes)


def publish_message(
    project: str, region: str, topic: str, data: bytes, attributes: Mapping[str, str]
) -> Future[str]:
    """Publish to one of SAP's topics; the id of the message, once it is there.

    In the cloud a topic's name begins with its region; locally there is none.
    """
    client = publisher()
    name = f"{region}-{topic}" if region else topic
    published: Future[str] = client.publish(client.topic_path(project, name), data, **attributes)
    return published


@cache
def publisher() -> "PublisherClient":
    """The process's client of Pub/Sub."""
    # Imported when first needed: it would be a third of a function's cold start.
    from google.cloud.pubsub_v1 import PublisherClient  # noqa: PLC0415

    return PublisherClient()
