"""The ground the other tests stand on."""

from google.cloud import firestore as firestore_client
from google.cloud.pubsub_v1 import PublisherClient


def test_every_test_has_a_database_of_its_own(firestore: firestore_client.Client) -> None:
    styles = firestore.collection("styles")
    assert list(styles.stream()) == []
    styles.document("10123").set({"name": "Tech Tee"})
    assert [found.id for found in styles.stream()] == ["10123"]


def test_pubsub_topics_can_be_made(pubsub_host: str, project_id: str) -> None:
    publisher = PublisherClient()
    topic = publisher.topic_path(project_id, "sap-products")
    publisher.create_topic(name=topic)
    assert publisher.get_topic(topic=topic).name == topic
