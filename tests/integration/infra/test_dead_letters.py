"""Dead letters against the Pub/Sub emulator."""

import json

import pytest
from google.cloud.firestore import Client
from google.cloud.pubsub_v1 import PublisherClient, SubscriberClient
from google.cloud.pubsub_v1.types import ReceivedMessage

from infra import dead_letters

TOPIC = "eu-sap-prices"
FIRST = "2026-11-22T14:18:00.500000Z"
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
        "CloudPubSubDeadLetterSourceTopicPublishTime": FIRST,
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
    seen: str,
    project_id: str,
    firestore: Client,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(dead_letters, "_SECONDS", 2)
    command = [TOPIC, "--project", project_id]
    signed = [*command, "--by", "Maria Berg"]
    assert dead_letters.main(["count", *command]) == 0
    assert dead_letters.main(["list", *command]) == 0
    assert dead_letters.main(["replay", *signed]) == 0
    assert dead_letters.main(["replay", *signed]) == 0
    said, *listed, replayed, nothing = capsys.readouterr().out.splitlines()
    assert said == f"{MANY} dead letters of {TOPIC}"
    assert (replayed, nothing) == (
        f"{MANY} published to {TOPIC} again",
        f"0 published to {TOPIC} again",
    )
    first = json.loads(listed[0])
    assert (first["topic"], first["attempts"], first["published_at"]) == ("sap-prices", 20, FIRST)
    subscriber = SubscriberClient()
    received: list[ReceivedMessage] = []
    while len(received) < MANY:
        answer = subscriber.pull(subscription=seen, max_messages=MANY, timeout=30)
        received += answer.received_messages
        subscriber.acknowledge(
            subscription=seen, ack_ids=[each.ack_id for each in answer.received_messages]
        )
    assert {each.message.data for each in received} == {f"{n}".encode() for n in range(MANY)}
    # What has no stamp of its own counts as of when SAP published it, not as of its replay.
    assert {tuple(sorted(each.message.attributes.items())) for each in received} == {
        (("first_published_at", "2026-11-22T14:18:00.500000+00:00"), ("sender", "ECPCLNT100"))
    }
    told = [one.to_dict() or {} for one in firestore.collection("audit").stream()]
    assert {(one["by"], one["uid"], one["action"]) for one in told} == {
        ("Maria Berg", "", "replay")
    }
    assert len({one["object"] for one in told}) == MANY


def test_one_is_shown_and_discarded_by_name_and_the_others_stay(
    seen: str,
    project_id: str,
    firestore: Client,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(dead_letters, "_SECONDS", 2)
    command = [TOPIC, "--project", project_id]
    dead_letters.main(["list", *command])
    id_ = json.loads(capsys.readouterr().out.splitlines()[0])["id"]
    assert dead_letters.main(["show", *command, id_]) == 0
    assert capsys.readouterr().out.strip().isdecimal()
    discard = ["discard", *command, "--by", "Maria Berg", "--reason", "A test", id_]
    assert dead_letters.main(discard) == 0
    assert dead_letters.main(discard) == 1
    assert dead_letters.main(["count", *command]) == 0
    said, left = capsys.readouterr().out.splitlines()
    assert (said, left) == ("1 discarded", f"{MANY - 1} dead letters of {TOPIC}")
    [told] = [one.to_dict() or {} for one in firestore.collection("audit").stream()]
    assert (told["object"], told["reason"]) == (f"dead_letters/sap-prices~{id_}", "A test")
