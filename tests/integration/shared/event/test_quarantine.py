"""Quarantine against the emulators of Firestore and Pub/Sub."""

from datetime import UTC, datetime

import pytest
from google.cloud.firestore import Client
from google.cloud.pubsub_v1 import PublisherClient, SubscriberClient

from shared.event.keeping import KEPT, KEPT_REASONS, PART, REASON_LENGTH, keep
from shared.event.message import FIRST_PUBLISHED, RELEASED, SapMessage
from shared.event.outcome import whole
from shared.event.quarantine import NotQuarantinedError, list_open, replay
from tests.factories.sap import PUBLISHED_AT

MESSAGE = SapMessage("77", "sap-prices", b'{"IDOCS": []}', {"sender": "ECPCLNT100"}, PUBLISHED_AT)

FIRST = {FIRST_PUBLISHED: PUBLISHED_AT.isoformat()}


def _published(project: str, topic: str = "sap-prices") -> tuple[SubscriberClient, str]:
    publisher, subscriber = PublisherClient(), SubscriberClient()
    topic = publisher.topic_path(project, topic)
    subscription = subscriber.subscription_path(project, "seen")
    publisher.create_topic(name=topic)
    subscriber.create_subscription(name=subscription, topic=topic)
    return subscriber, subscription


def test_a_message_is_kept_whole_with_its_reasons(firestore: Client) -> None:
    keep(firestore, MESSAGE, whole(["no IDoc"], MESSAGE.data))
    keep(firestore, MESSAGE, whole(["delivered again"], MESSAGE.data))
    [found] = list_open(firestore)
    assert found.id == "sap-prices~77"
    assert (found.topic, found.message_id, found.size) == ("sap-prices", "77", 13)
    assert found.attributes == {"sender": "ECPCLNT100"}
    assert found.reasons == ["no IDoc"]


def test_message_and_parts_expire_together(firestore: Client) -> None:
    before = datetime.now(UTC)
    large = SapMessage("79", "sap-prices", b"x" * (PART + 1), {}, PUBLISHED_AT)
    keep(firestore, large, whole(["too new"], large.data))
    document = firestore.collection("quarantine").document("sap-prices~79").get()
    parts = firestore.collection_group("parts").stream()
    dates = [(one.to_dict() or {})["expires_at"] for one in (document, *parts)]
    assert len(dates) == 3
    assert len(set(dates)) == 1
    assert before + KEPT <= dates[0] <= datetime.now(UTC) + KEPT


def test_reasons_without_end_are_cut(firestore: Client) -> None:
    keep(firestore, MESSAGE, whole(["x"] * (KEPT_REASONS + 1), MESSAGE.data))
    [found] = list_open(firestore)
    assert len(found.reasons) == KEPT_REASONS


def test_reasons_that_quote_half_the_message_are_cut(firestore: Client) -> None:
    keep(
        firestore, MESSAGE, whole(["한" * 1_000_000, *["한" * 1_000] * KEPT_REASONS], MESSAGE.data)
    )
    [found] = list_open(firestore)
    assert {len(reason) for reason in found.reasons} == {REASON_LENGTH}


def test_a_replay_publishes_the_same_message_again(
    firestore: Client, pubsub_host: str, project_id: str
) -> None:
    subscriber, subscription = _published(project_id)
    # Of a topic with a schema Pub/Sub tells it so, and would not be told it.
    attributes = {"sender": "S4", "googclient_schemaencoding": "JSON"}
    large = SapMessage(
        "78", "sap-prices", bytes(range(256)) * (PART // 100), attributes, PUBLISHED_AT
    )
    keep(firestore, large, whole(["too new"], large.data))
    replayed_as = replay(firestore, "sap-prices~78")
    [received] = subscriber.pull(subscription=subscription, max_messages=5).received_messages
    assert received.message.message_id == replayed_as
    assert received.message.data == large.data
    assert dict(received.message.attributes) == {"sender": "S4", **FIRST}
    assert list(list_open(firestore)) == []


def test_a_release_says_that_a_person_accepted_it(
    firestore: Client, pubsub_host: str, project_id: str
) -> None:
    subscriber, subscription = _published(project_id)
    keep(firestore, MESSAGE, whole(["held back: 0.00 EUR"], MESSAGE.data))
    replay(firestore, "sap-prices~77", release=True)
    [received] = subscriber.pull(subscription=subscription, max_messages=5).received_messages
    assert dict(received.message.attributes) == {"sender": "ECPCLNT100", RELEASED: "true"} | FIRST
    assert list(list_open(firestore)) == []


def test_what_is_not_there_is_not_replayed(firestore: Client) -> None:
    with pytest.raises(NotQuarantinedError):
        replay(firestore, "sap-prices~1")


def test_a_regions_topic_is_named_by_it(
    firestore: Client, pubsub_host: str, project_id: str
) -> None:
    subscriber, subscription = _published(project_id, "eu-sap-prices")
    keep(firestore, MESSAGE, whole(["no IDoc"], MESSAGE.data))
    replay(firestore, "sap-prices~77", "eu")
    [received] = subscriber.pull(subscription=subscription, max_messages=5).received_messages
    assert received.message.data == MESSAGE.data
