"""Publishing to the real Pub/Sub emulator."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from google.cloud.pubsub_v1 import PublisherClient, SubscriberClient

from emulators.sap.client import pyrfc
from emulators.sap.publisher import to_pubsub
from emulators.sap.server import serve
from tests.integration.emulators.sap.conftest import Sap
from tests.integration.emulators.sap.data import order_call, small_data
from tests.support.wait import wait_until

TOPICS = ("sap-products", "sap-customers", "sap-orders", "sap-inventory")


@pytest.fixture
def pubsub_sap(pubsub_host: str, project_id: str, tmp_path: Path) -> Iterator[Sap]:
    """A stand-in that publishes to a project with SAP's topics."""
    publisher, subscriber = PublisherClient(), SubscriberClient()
    for topic in TOPICS:
        name = publisher.topic_path(project_id, topic)
        publisher.create_topic(name=name)
        subscriber.create_subscription(
            name=subscriber.subscription_path(project_id, topic), topic=name
        )
    with serve(small_data(), tmp_path, publish=to_pubsub(project_id)) as stand_in:
        yield Sap(stand_in, [])


def pulled(project: str, topic: str) -> list[dict[str, Any]]:
    """What waits on a topic's subscription, acknowledged."""
    with SubscriberClient() as subscriber:
        name = subscriber.subscription_path(project, topic)
        answer = subscriber.pull(subscription=name, max_messages=10)
        if answer.received_messages:
            keys = [message.ack_id for message in answer.received_messages]
            subscriber.acknowledge(subscription=name, ack_ids=keys)
        return [json.loads(message.message.data) for message in answer.received_messages]


def test_master_data_arrives(pubsub_sap: Sap, project_id: str) -> None:
    assert pubsub_sap.post("/publish", kinds=["products"]).json() == {"messages": {"products": 1}}
    (payload,) = wait_until(lambda: pulled(project_id, "sap-products"), what="the article")

    assert payload["IDOCS"][0]["EDI_DC40"]["MESTYP"] == "ARTMAS"


def test_an_order_response_arrives_after_the_commit(pubsub_sap: Sap, project_id: str) -> None:
    with pyrfc.Connection(**pubsub_sap.stand_in.destination) as connection:
        number = connection.call("BAPI_SALESORDER_CREATEFROMDAT2", **order_call())["SALESDOCUMENT"]
        connection.call("BAPI_TRANSACTION_COMMIT", WAIT="X")
    (response,) = wait_until(lambda: pulled(project_id, "sap-orders"), what="the response")
    (inventory,) = wait_until(lambda: pulled(project_id, "sap-inventory"), what="the stock")

    assert response["IDOCS"][0]["E1EDK01"][0]["BELNR"] == number
    assert inventory["ROWS"][0]["OMENG"] == "5.000"
