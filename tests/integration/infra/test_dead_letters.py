"""Dead letters against the Pub/Sub emulator."""

import pytest
from google.cloud.pubsub_v1 import PublisherClient, SubscriberClient
from google.cloud.pubsub_v1.types import ReceivedMessage

from infra import dead_letters

TOPIC = "eu-sap-prices"
MANY = 120
"""More than one pull brings."""


@pytest.fixture
def seen(pubsub_host: str, project_id: str) -> str:
    """A topic with dead letters; the subscription that sees what comes to the topic."""
    publisher, subscriber = PublisherClient(), SubscriberClient()
    path = subscriber.subscription_path(project_id, "seen")
    for name, subscription in [
        (TOPIC, path),
        (f"{TOPIC}-dead", subscriber.subscription_path(project_id, f"{TOPIC}-dead")),
    ]:
        topic = publisher.topic_path(project_id, name)
        publisher.create_topic(name=topic)
        subscriber.create_subscription(name=subscription, topic=topic)
    added = {
        "CloudPubSubDeadLetterSourceDeliveryCount": "20",
        "googclient_schemaencoding": "JSON",
    }
    sent = [
        publisher.publish(
            publisher.topic_path(project_id, f"{TOPIC}-dead"),
            f"{n}".encode(),
            sender="ECPCLNT100",
            **added,
        )
        for n in range(MANY)
    ]
    for future in sent:
        future.result(timeout=60)
    return str(path)


def test_dead_letters_are_counted_and_stay_till_they_are_replayed(
    seen: str, project_id: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dead_letters, "_SECONDS", 2)
    command = [TOPIC, "--project", project_id]
    assert dead_letters.main(["count", *command]) == 0
    assert dead_letters.main(["replay", *command]) == 0
    assert dead_letters.main(["replay", *command]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{MANY} dead letters of {TOPIC}",
        f"{MANY} published to {TOPIC} again",
        f"0 published to {TOPIC} again",
    ]
    subscriber = SubscriberClient()
    received: list[ReceivedMessage] = []
    while len(received) < MANY:
        answer = subscriber.pull(subscription=seen, max_messages=MANY, timeout=30)
        received += answer.received_messages
        subscriber.acknowledge(
            subscription=seen, ack_ids=[each.ack_id for each in answer.received_messages]
        )
    assert {each.message.data for each in received} == {f"{n}".encode() for n in range(MANY)}
    assert {tuple(each.message.attributes.items()) for each in received} == {
        (("sender", "ECPCLNT100"),)
    }
