"""The entry points as Pub/Sub calls them: tokens, envelopes, answers, quarantine."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import structlog
from flask.testing import FlaskClient
from google.cloud.firestore import Client

from emulators.oidc import Issuer, load_issuer
from shared.event.counting import counts
from shared.event.quarantine import list_open
from shared.sap.fields import read_stamp
from tests.factories.company import company, store_company
from tests.factories.order import order, order_line, store_order
from tests.factories.sap import packet, push_body, stamp
from tests.factories.sap_articles import artmas, zlisting
from tests.support.pushing import (
    AUDIENCE,
    CALLER,
    certificates,
    entry_point,
    environment,
    recorded,
)

TOPICS = {
    "sap-products": ("sync_products", "styles/10123"),
    "sap-prices": ("sync_prices", "prices/10123~EUR"),
    "sap-customers": ("sync_customers", "companies/100001"),
    "sap-inventory": ("sync_inventory", "availability/10123~EU01"),
}


@pytest.fixture(scope="module")
def issuer() -> Issuer:
    return load_issuer(None)


@pytest.fixture
def served(
    issuer: Issuer, firestore: Client, project_id: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], FlaskClient]]:
    """Entry points with the environment that Terraform would set."""
    with certificates(issuer) as url:
        for name, value in environment(project_id, url).items():
            monkeypatch.setenv(name, value)
        yield entry_point
    # The entry point logs to the standard output of this test, which the next has not.
    structlog.reset_defaults()


def _bearer(issuer: Issuer, audience: str = AUDIENCE, email: str = CALLER) -> dict[str, str]:
    return {"Authorization": f"Bearer {issuer.mint(audience, email)}"}


@pytest.mark.parametrize("topic", TOPICS)
def test_a_recorded_push_is_applied(
    topic: str, served: Callable[[str], FlaskClient], issuer: Issuer, firestore: Client
) -> None:
    function, path = TOPICS[topic]
    client = served(function)
    for _ in range(2):
        answer = client.post("/", json=recorded(topic), headers=_bearer(issuer))
        assert answer.status_code == 204, answer.text
    assert firestore.document(path).get().exists
    assert list(firestore.collection("quarantine").stream()) == []


def test_a_recorded_order_response_is_applied(
    served: Callable[[str], FlaskClient], issuer: Issuer, firestore: Client
) -> None:
    store_company(firestore, company())
    store_order(firestore, order(lines=[order_line(quantity=5)]))
    answer = served("sync_order_status").post(
        "/", json=recorded("sap-orders"), headers=_bearer(issuer)
    )
    assert answer.status_code == 204
    stored = firestore.document("orders/7K3Q9XZ4M2-001").get().to_dict() or {}
    assert stored["status"] == "confirmed"


def test_a_cloud_event_is_applied_too(
    served: Callable[[str], FlaskClient], issuer: Issuer, firestore: Client
) -> None:
    event = {
        "ce-id": "1",
        "ce-specversion": "1.0",
        "ce-type": "google.cloud.pubsub.topic.v1.messagePublished",
        "ce-source": "//pubsub.googleapis.com/projects/p/topics/sap-products",
    }
    answer = served("sync_products").post(
        "/", json=recorded("sap-products"), headers=_bearer(issuer) | event
    )
    assert answer.status_code == 204
    assert firestore.document("styles/10123").get().exists


def test_nobody_and_others_are_refused_and_nothing_is_acknowledged(
    served: Callable[[str], FlaskClient], issuer: Issuer, firestore: Client
) -> None:
    client, body = served("sync_products"), recorded("sap-products")
    stranger = load_issuer(None)
    expected: list[tuple[int, dict[str, Any]]] = [
        (401, {}),
        (401, {"Authorization": "Basic dTpw"}),
        (403, {"Authorization": "Bearer nonsense"}),
        (403, _bearer(stranger)),
        (403, _bearer(issuer, audience="https://other.test")),
        (403, _bearer(issuer, email="someone@demo-sellin.iam.gserviceaccount.com")),
    ]
    for status, headers in expected:
        assert client.post("/", json=body, headers=headers).status_code == status
    assert not firestore.document("styles/10123").get().exists


def test_a_body_is_not_read_before_its_caller_is_known(
    served: Callable[[str], FlaskClient], issuer: Issuer, firestore: Client
) -> None:
    client = served("sync_prices")
    for body in (b"{", b"[" * 100_000, b"null", b'{"message": {"messageId": "1", "data": "?"}}'):
        assert client.post("/", data=body).status_code == 401
        assert client.post("/", data=body, headers=_bearer(issuer)).status_code == 400
    assert client.get("/").status_code == 401
    assert client.get("/", headers=_bearer(issuer)).status_code == 405
    assert list(firestore.collection("quarantine").stream()) == []


def test_without_certificates_nothing_is_acknowledged_or_refused(
    served: Callable[[str], FlaskClient],
    issuer: Issuer,
    firestore: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OIDC_CERTS_URL", "http://127.0.0.1:9/certs")
    answer = served("sync_prices").post("/", json=recorded("sap-prices"), headers=_bearer(issuer))
    assert answer.status_code == 503
    assert not firestore.document("prices/10123~EUR").get().exists


def test_of_fifty_idocs_the_bad_one_is_quarantined_alone_and_acknowledged(
    served: Callable[[str], FlaskClient], issuer: Issuer, firestore: Client
) -> None:
    client = served("sync_products")
    numbers = [str(10123 + each) for each in range(50)]
    idocs = [artmas(number) for number in numbers]
    idocs[17] = artmas(numbers[17], Z1STYLE=[])
    body = push_body(packet(*idocs), message_id="77")
    for _ in range(2):
        assert client.post("/", json=body, headers=_bearer(issuer)).status_code == 204
    stored = {one.id for one in firestore.collection("styles").stream()}
    assert stored == set(numbers) - {numbers[17]}
    [kept] = firestore.collection("quarantine").stream()
    assert kept.id == "sap-products~77~17"
    found = kept.to_dict() or {}
    assert (found["number"], found["kind"]) == ("0000000000001234", "ARTMAS")
    assert found["place"] == "IDOCS/17 (ARTMAS 0000000000001234)"
    [reason] = found["reasons"]
    assert reason.startswith("Z1STYLE: ")
    articles = counts(firestore, datetime.now(UTC).date())["ARTMAS"]
    assert (articles.received, articles.applied, articles.quarantined) == (100, 49, 1)
    assert articles.duplicate == 50
    [part] = kept.reference.collection("parts").stream()
    [alone] = json.loads((part.to_dict() or {})["data"])["IDOCS"]
    assert alone["E1BPE1MATHEAD"] == idocs[17]["E1BPE1MATHEAD"]


def test_a_later_message_of_the_same_object_closes_what_is_in_quarantine(
    served: Callable[[str], FlaskClient], issuer: Issuer, firestore: Client
) -> None:
    client = served("sync_products")

    def send(number: str, *idocs: dict[str, Any]) -> list[str]:
        body = push_body(packet(*idocs), message_id=number)
        assert client.post("/", json=body, headers=_bearer(issuer)).status_code == 204
        return [one.id for one in list_open(firestore)]

    bad = artmas("10123", stamp(2), Z1STYLE=[])
    assert send("1", bad, artmas("10124", "2026", Z1STYLE=[])) == [
        "sap-products~1~0",
        "sap-products~1~1",
    ]
    # An older one mends nothing; neither does one of another article.
    assert len(send("2", artmas("10123", stamp(1)), artmas("10125", stamp(3)))) == 2
    assert send("3", artmas("10123", stamp(3))) == ["sap-products~1~1"]
    assert send("1", bad) == ["sap-products~1~1"]
    closed = firestore.document("quarantine/sap-products~1~0").get().to_dict() or {}
    assert (closed["open"], closed["mended_by"]) == (False, "3")


def test_what_became_of_messages_is_counted_by_day_and_family(
    served: Callable[[str], FlaskClient], issuer: Issuer, firestore: Client
) -> None:
    client = served("sync_products")
    for number, idocs in enumerate(
        [
            [artmas("10123", stamp(2)), artmas("10124", stamp(2)), zlisting(serial=stamp(1))],
            [artmas("10123", stamp(2)), artmas("10123", stamp(1)), artmas("10123", stamp(3))],
            [artmas("10123", stamp(3), colours=("400",)), artmas("10123", Z1STYLE=[]), {}],
        ]
    ):
        body = push_body(packet(*idocs), message_id=str(number))
        assert client.post("/", json=body, headers=_bearer(issuer)).status_code == 204
    found = counts(firestore, datetime.now(UTC).date())
    articles = found["ARTMAS"].model_dump(exclude_defaults=True)
    assert articles.pop("longest_lag") > 0
    assert articles.pop("latest") == read_stamp(stamp(2)).timestamp()
    assert articles.pop("heard")
    assert articles == {
        "received": 7,
        "applied": 2,
        "duplicate": 1,
        "stale": 1,
        "unchanged": 1,
        "conflict": 1,
        "quarantined": 1,
    }
    assert (found["ZLISTING"].received, found["ZLISTING"].applied) == (1, 1)
    assert (found["other"].received, found["other"].quarantined) == (1, 1)


def test_a_style_too_large_for_a_document_is_quarantined_and_the_others_stored(
    served: Callable[[str], FlaskClient], issuer: Issuer, firestore: Client
) -> None:
    client = served("sync_products")
    good, bad = artmas("10123"), artmas("10124")
    bad["Z1TEXT"][0]["TEXT"] = "x" * 1_200_000
    body = push_body(packet(bad, good), message_id="78")
    for _ in range(2):
        assert client.post("/", json=body, headers=_bearer(issuer)).status_code == 204
    assert firestore.document("styles/10123").get().exists
    assert not firestore.document("styles/10124").get().exists
    [kept] = firestore.collection("quarantine").stream()
    [reason] = (kept.to_dict() or {})["reasons"]
    assert reason.startswith("styles/10124: ")


def test_a_fault_that_passes_is_not_acknowledged(
    served: Callable[[str], FlaskClient],
    issuer: Issuer,
    firestore: Client,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("FIRESTORE_DATABASE", "no-such/database")
    client = served("sync_products")
    client.application.config["PROPAGATE_EXCEPTIONS"] = False
    answer = client.post("/", json=recorded("sap-products"), headers=_bearer(issuer))
    assert answer.status_code == 500
    assert list(firestore.collection("quarantine").stream()) == []
    [line] = [line for line in capsys.readouterr().out.splitlines() if '"ERROR"' in line]
    logged = json.loads(line)
    assert logged["topic"] == "sap-products"
    assert logged["message_id"]
    assert logged["logging.googleapis.com/trace"]
    assert "Traceback" in logged["exception"]
