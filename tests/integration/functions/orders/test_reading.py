"""One order."""

from datetime import date, timedelta

import pytest
from flask import Flask
from google.cloud.firestore import Client

from shared.actor import SAP
from shared.money import Money
from shared.order.documents import Invoice, Shipment
from shared.order.handover import ExportAttempt, HandoverState
from shared.order.model import Confirmation, SapState, Step, StyleNames
from shared.order.status import Status
from tests.factories.assortment import NOW
from tests.factories.order import NUMBER, order, order_line, store_order, waiting
from tests.integration.functions.orders.conftest import Person, ask
from tests.support.firestore_counter import counting


@pytest.fixture
def placed(firestore: Client) -> None:
    """An order that SAP confirmed in part."""
    lines = [
        order_line(confirmed=[Confirmation(on=date(2026, 12, 1), quantity=1)]),
        order_line("10123-010-M", "10123002", position=20, rejected=True),
    ]
    names = StyleNames(
        style={"en": "Tech Tee", "fr": "T-shirt technique"},
        colours={"010": {"en": "Black", "de": "Schwarz"}},
        sizes={"S": {"fr": "P"}},
    )
    sent = Step(status=Status.SENT, at=NOW + timedelta(minutes=1), by="SAP")
    one = order(
        lines=lines,
        names={"10123": names},
        status=Status.SENT,
        sap_number="4711",
        handover=waiting(state=HandoverState.ACCEPTED, due_at=None),
        sap_states=[SapState(stamps=["20261122141800000000"], reasons={20: "Z1"})],
    )
    store_order(firestore, one.model_copy(update={"history": [*one.history, sent]}))


def test_anonymous(app: Flask, placed: None) -> None:
    assert ask(app, "GET", f"/{NUMBER}", None, {}).status_code == 401


def test_other_company(stranger: Person, placed: None) -> None:
    answer = stranger.get(f"/{NUMBER}")
    assert (answer.status_code, answer.json["code"]) == (404, "order_not_found")


@pytest.mark.parametrize("number", ["7K3Q9XZ4M2-002", "x", "..", "a%2Fb"])
def test_not_existing(anna: Person, placed: None, number: str) -> None:
    assert anna.get(f"/{number}").status_code == 404


def test_invalid(anna: Person, placed: None) -> None:
    answer = anna.get(f"/{NUMBER}?fields=all")
    assert [e["code"] for e in answer.json["errors"]] == ["unknown_field"]


def test_valid(viewer: Person, firestore: Client, placed: None) -> None:
    with counting(firestore) as count:
        answer = viewer.get(f"/{NUMBER}", language="fr")
    assert (count.reads, count.rpcs) == (1, 1)
    body = answer.json
    assert (body["number"], body["group"], body["cart"]) == (NUMBER, "7K3Q9XZ4M2", "cart-1")
    assert (body["sap_number"], body["status"]) == ("4711", "sent")
    assert (body["payment_terms"], body["incoterms"]) == ("ZN30", "DAP")
    # A key that nobody told the meaning of.
    assert body["payment_terms_name"] == "Comme convenu"
    first, second = body["lines"]
    assert (first["style_name"], first["colour_name"], first["size_name"]) == (
        "T-shirt technique",
        "Black",
        "P",
    )
    assert (first["position"], first["gtin"]) == (10, order_line().gtin)
    assert first["unit_price"] == {"amount": 2500, "currency": "EUR", "per": 1}
    assert first["amount"] == {"amount": 5000, "currency": "EUR"}
    assert first["confirmed"] == [{"on": "2026-12-01", "quantity": 1}]
    assert (first["rejected"], second["rejected"], second["size_name"]) == (False, True, "M")
    assert first["rejection"] is None
    assert second["rejection"] == {"reason": "sold_out", "text": "Épuisé"}
    assert [(s["status"], s["by"]) for s in body["history"]] == [
        ("accepted", "Anna Buyer"),
        ("sent", "SAP"),
    ]
    assert body["net"]["amount"] == 10_000
    assert body["vat"]["amount"]["amount"] == 1900
    assert body["gross"]["amount"] == 11_900


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (HandoverState.WAITING, "finding out whether our order processing has this order"),
        (HandoverState.SENDING, "Being sent"),
        (HandoverState.ACCEPTED, "as number 4711"),
        (HandoverState.REFUSED, "Our staff can tell you the reason"),
        (HandoverState.WITHDRAWN, "Cancelled before it was sent"),
    ],
)
def test_the_way_into_sap_in_words(
    anna: Person, firestore: Client, state: HandoverState, said: str
) -> None:
    tried = ExportAttempt(at=NOW, outcome="unknown", detail="sap-prod.internal:3300 broke off")
    handover = waiting(state=state, attempts=[tried])
    rejected = Step(status=Status.REJECTED, at=NOW, by="SAP", reason="Material 10123001 is blocked")
    history = [*order().history, rejected] if state is HandoverState.REFUSED else []
    store_order(firestore, order(handover=handover, sap_number="4711", history=history))
    answered = anna.get(f"/{NUMBER}").json["handover"]
    assert answered["state"] == state.value
    assert said in answered["detail"]
    assert "internal" not in answered["detail"]


def test_why_sap_rejected_an_order_is_told_without_its_keys(
    anna: Person, firestore: Client
) -> None:
    step = Step(status=Status.REJECTED, at=NOW, reason="Z1, 77", **SAP.signature)
    one = order(
        lines=[order_line(rejected=True)],
        handover=waiting(state=HandoverState.REFUSED),
        status=Status.REJECTED,
        history=[*order().history, step],
        sap_states=[SapState(stamps=["20261122141800000000"], reasons={10: "77"})],
    )
    store_order(firestore, one)
    body = anna.get(f"/{NUMBER}", language="de").json
    told = "Ausverkauft; Den Grund nennen Ihnen unsere Mitarbeiter"
    assert body["history"][-1]["reason"] == told
    assert body["handover"]["detail"].endswith(told)
    assert body["lines"][0]["rejection"]["reason"] == "other"
    assert "77" not in [body["lines"][0]["rejection"]["text"], body["history"][-1]["reason"]]


@pytest.mark.parametrize("outcomes", [[], ["failed"]])
def test_what_sap_surely_has_not_is_waiting(
    anna: Person, firestore: Client, outcomes: list[str]
) -> None:
    tried = [ExportAttempt(at=NOW, outcome=outcome) for outcome in outcomes]
    store_order(firestore, order(handover=waiting(attempts=tried)))
    assert "Waiting to be sent" in anna.get(f"/{NUMBER}").json["handover"]["detail"]


def test_shipments_and_invoices(viewer: Person, firestore: Client) -> None:
    left = Shipment(
        number="80000001",
        stamp="20261201081500000000",
        carrier="DHL Freight",
        tracking="0034043416",
        shipped_at=NOW,
        quantities={10: 2},
    )
    deleted = left.model_copy(update={"number": "80000002", "cancelled": True})
    billed = Invoice(
        number="90000001",
        stamp="20261202081500000000",
        on=date(2026, 12, 2),
        net=Money(amount=5000, currency="EUR"),
        gross=Money(amount=5950, currency="EUR"),
        quantities={10: 2},
    )
    back = billed.model_copy(update={"number": "90000002", "cancels": "90000001"})
    lines = [order_line(quantity=5)]
    store_order(firestore, order(lines=lines, shipments=[left, deleted], invoices=[billed, back]))
    found = viewer.get(f"/{NUMBER}").json
    assert found["lines"][0]["shipped"] == 2
    assert found["shipments"][0] == {
        "number": "80000001",
        "carrier": "DHL Freight",
        "tracking": "0034043416",
        "shipped_at": NOW.isoformat().replace("+00:00", "Z"),
        "cancelled": False,
        "sales_order": "",
        "lines": [{"position": 10, "quantity": 2}],
    }
    assert found["shipments"][1]["cancelled"]
    assert found["invoices"] == [
        {
            "number": "90000001",
            "on": "2026-12-02",
            "net": {"amount": 5000, "currency": "EUR"},
            "gross": {"amount": 5950, "currency": "EUR"},
            "cancelled_by": "90000002",
            "sales_order": "",
        }
    ]
