"""Messages that could not be delivered, seen and dealt with at the desk."""

import pytest
from google.cloud.firestore import Client
from google.cloud.pubsub_v1 import PublisherClient, SubscriberClient

from infra.functions import topics
from shared.event import dead_letters
from tests.integration.functions.operations.conftest import Ask


@pytest.fixture
def dead(firestore: Client, pubsub_host: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two dead letters of sap-prices; their entries, the oldest first."""
    monkeypatch.setattr(dead_letters, "PULL_SECONDS", 0.5)
    publisher, subscriber = PublisherClient(), SubscriberClient()
    for topic in topics():
        for name, held in ((topic, f"{topic}-seen"), (f"{topic}-dead", f"{topic}-dead")):
            path = publisher.topic_path(firestore.project, name)
            publisher.create_topic(name=path)
            subscription = subscriber.subscription_path(firestore.project, held)
            subscriber.create_subscription(name=subscription, topic=path)
    added = {
        "CloudPubSubDeadLetterSourceDeliveryCount": "20",
        "CloudPubSubDeadLetterSourceTopicPublishTime": "2026-11-22T14:18:00.500000Z",
    }
    path = publisher.topic_path(firestore.project, "sap-prices-dead")
    return [
        "sap-prices." + publisher.publish(path, text, sender="S4", **added).result(timeout=60)
        for text in (b'{"IDOCS": []}', b"no JSON")
    ]


def test_they_are_listed_and_shown_as_often_as_one_likes(ask: Ask, dead: list[str]) -> None:
    for query in ("", "?topic=sap-prices", ""):
        found = ask("GET", f"/dead-letters{query}").body
        assert [one["entry"] for one in found["items"]] == dead
        assert not found["more"]
    assert ask("GET", "/dead-letters?topic=sap-orders").body["items"] == []
    view = ask("GET", f"/dead-letters/{dead[1]}").body
    assert (view["attempts"], view["published_at"]) == (20, "2026-11-22T14:18:00.500000Z")
    assert view["message"]["lines"] == ["no JSON"]
    assert ask("GET", "/dead-letters/sap-prices.999999").status == 404
    assert ask("GET", "/dead-letters/other.1").status == 404


def test_one_is_replayed_the_other_discarded_and_both_are_told(
    firestore: Client, ask: Ask, dead: list[str]
) -> None:
    assert ask("POST", f"/dead-letters/{dead[0]}/replay").status == 200
    subscriber = SubscriberClient()
    seen = subscriber.subscription_path(firestore.project, "sap-prices-seen")
    [received] = subscriber.pull(subscription=seen, max_messages=5).received_messages
    assert received.message.data == b'{"IDOCS": []}'
    assert dict(received.message.attributes) == {
        "sender": "S4",
        "first_published_at": "2026-11-22T14:18:00.500000+00:00",
    }
    why = {"reason": "Not from SAP"}
    assert ask("POST", f"/dead-letters/{dead[1]}/discard", why).status == 200
    assert ask("GET", "/dead-letters").body["items"] == []
    assert ask("POST", f"/dead-letters/{dead[0]}/replay").status == 404
    told = ask("GET", "/audit", role="brand_admin").body["items"]
    objects = [f"dead_letters/{entry.replace('.', '~')}" for entry in dead]
    assert sorted((one["action"], one["object"], one["reason"]) for one in told) == [
        ("discard", objects[1], "Not from SAP"),
        ("replay", objects[0], ""),
    ]


def test_large_ones_are_looked_at_some_at_a_time(
    ask: Ask, dead: list[str], firestore: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher = PublisherClient()
    path = publisher.topic_path(firestore.project, "sap-inventory-dead")
    for _ in range(3):
        publisher.publish(path, b"x" * 1_000).result(timeout=60)
    monkeypatch.setattr(dead_letters, "AT_ONCE", 1)
    monkeypatch.setattr(dead_letters, "MOST_BYTES", 2_000)
    found = ask("GET", "/dead-letters?topic=sap-inventory").body
    assert (len(found["items"]), found["more"]) == (2, True)
    assert not ask("GET", "/dead-letters?topic=sap-prices").body["more"]
    assert len(dead) == 2
