"""Cancelling an order."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from google.cloud.firestore import Client

from functions.export_order.claim import Next, claim
from shared.availability.repository import reference as availability_reference
from shared.cart.context import CartContext
from shared.cart.model import Cart
from shared.company.repository import reference as company_reference
from shared.order.handover import ExportAttempt, Handover, HandoverState
from shared.order.model import Order
from shared.order.repository import parse, reference
from shared.order.status import Status
from tests.factories.assortment import NOW
from tests.factories.order import NUMBER, order, store_order, waiting
from tests.factories.placing import body_for
from tests.factories.sap import ECC
from tests.integration.functions.orders.conftest import Person, ask
from tests.support.crowd import at_once
from tests.support.firestore_counter import counting


@pytest.fixture
def number(anna: Person, context: CartContext, cart: Cart) -> str:
    """An order just placed."""
    placed: str = anna.place(body_for(cart, context)).json["orders"][0]["number"]
    return placed


def stored(firestore: Client, number: str) -> Order:
    return parse(reference(firestore, number).get().to_dict(), "100001")


def held(firestore: Client) -> tuple[dict[str, Any], int]:
    """What is promised, and what is open."""
    stock = availability_reference(firestore, "10123", "EU01").get().to_dict() or {}
    company = company_reference(firestore, "100001").get().to_dict() or {}
    return stock["promised"], sum(company["open_amounts"].values())


def test_availability_says_when_it_was_taken_and_given_back(
    anna: Person, firestore: Client, context: CartContext, cart: Cart
) -> None:
    stock = availability_reference(firestore, "10123", "EU01")
    before = stock.get().get("updated_at")
    number = anna.place(body_for(cart, context)).json["orders"][0]["number"]
    placed = stock.get().get("updated_at")
    assert anna.cancel(number).status_code == 200
    assert before < placed < stock.get().get("updated_at")


def test_anonymous(app: Flask, number: str) -> None:
    answer = ask(app, "POST", f"/{number}/cancel", {"reason": "x"}, {"Idempotency-Key": "k" * 8})
    assert answer.status_code == 401


def test_wrong_role(viewer: Person, number: str) -> None:
    assert viewer.cancel(number).status_code == 403


def test_other_company(stranger: Person, firestore: Client, number: str) -> None:
    answer = stranger.cancel(number)
    assert (answer.status_code, answer.json["code"]) == (404, "order_not_found")
    assert stored(firestore, number).status is Status.ACCEPTED


def test_not_existing(anna: Person) -> None:
    assert anna.cancel(NUMBER).status_code == 404


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({}, "/reason", "missing"),
        ({"reason": "  "}, "/reason", "malformed"),
        ({"reason": "x" * 501}, "/reason", "too_long"),
        ({"reason": 1}, "/reason", "not_a_text"),
        ({"reason": "x", "force": True}, "/force", "unknown_field"),
    ],
)
def test_invalid(anna: Person, number: str, body: dict[str, Any], pointer: str, code: str) -> None:
    answer = anna.ask("POST", f"/{number}/cancel", body, "key-0002")
    assert answer.status_code == 422
    assert [(e["pointer"], e["code"]) for e in answer.json["errors"]] == [(pointer, code)]


def test_a_key_is_needed(anna: Person, number: str) -> None:
    answer = anna.ask("POST", f"/{number}/cancel", {"reason": "x"})
    assert [e["pointer"] for e in answer.json["errors"]] == ["/Idempotency-Key"]


def test_valid(anna: Person, firestore: Client, number: str) -> None:
    assert all(held(firestore))
    with counting(firestore) as count:
        answer = anna.cancel(number)
    # The order, then its company and its style, whose sums change; and how often it is asked.
    assert (count.rpcs, count.reads, count.writes) == (3 + 2, 3 + 2, 3 + 2)
    assert answer.status_code == 200
    assert (answer.json["status"], answer.json["handover"]["state"]) == ("cancelled", "withdrawn")
    assert held(firestore) == ({}, 0)
    order = stored(firestore, number)
    assert (order.status, order.handover.state) == (Status.CANCELLED, HandoverState.WITHDRAWN)
    assert order.handover.due_at is None
    step = order.history[-1]
    assert (step.status, step.by, step.reason, step.at) == (
        Status.CANCELLED,
        "Anna Läufer",
        "Bought twice",
        NOW,
    )


def test_sap_does_not_get_it_any_more(anna: Person, firestore: Client, number: str) -> None:
    anna.cancel(number)
    assert claim(firestore, number, NOW, ECC).what is Next.NOTHING


def test_replayed(anna: Person, firestore: Client, number: str) -> None:
    first = anna.cancel(number)
    again = anna.cancel(number)
    assert (again.status_code, again.data) == (200, first.data)
    assert len(stored(firestore, number).history) == 2


def test_the_same_key_for_another_reason(anna: Person, number: str) -> None:
    anna.cancel(number)
    answer = anna.cancel(number, reason="Changed my mind")
    assert (answer.status_code, answer.json["code"]) == (422, "idempotency_key_reused")


def test_cancelled_by_a_colleague(anna: Person, app: Flask, number: str) -> None:
    first = anna.cancel(number)
    ben = Person(app, uid="ben", name="Ben")
    assert ben.cancel(number).data == first.data


def test_20_at_once(anna: Person, firestore: Client, number: str) -> None:
    body = {"reason": "Bought twice"}
    path = f"/{number}/cancel"
    answers = at_once([lambda: anna.ask("POST", path, body, "key-0002")] * 20)
    assert {a.status_code for a in answers} == {200}
    assert len({a.data for a in answers}) == 1
    assert len(stored(firestore, number).history) == 2


@pytest.mark.parametrize(
    "handover",
    [
        waiting(state=HandoverState.SENDING, lease_until=NOW + timedelta(seconds=60)),
        waiting(state=HandoverState.SENDING, lease_until=NOW - timedelta(seconds=60)),
        waiting(attempts=[ExportAttempt(at=NOW, outcome="unknown")]),
        waiting(attempts=[ExportAttempt(at=NOW, outcome="started")]),
        waiting(lease_until=NOW + timedelta(seconds=5)),
        waiting(state=HandoverState.ACCEPTED, due_at=None),
        waiting(state=HandoverState.REFUSED, due_at=NOW),
    ],
)
def test_too_late(
    anna: Person, firestore: Client, context: CartContext, handover: Handover
) -> None:
    store_order(firestore, order(handover=handover))
    answer = anna.cancel(NUMBER)
    assert (answer.status_code, answer.json["code"]) == (409, "handover_running")
    assert stored(firestore, NUMBER) == order(handover=handover)


def test_after_an_attempt_that_created_nothing(
    anna: Person, firestore: Client, context: CartContext
) -> None:
    handover = waiting(attempts=[ExportAttempt(at=NOW, outcome="failed", detail="SAP is down")])
    store_order(firestore, order(handover=handover, at_once=False))
    assert anna.cancel(NUMBER).status_code == 200


def test_an_export_and_a_cancellation_at_once(anna: Person, firestore: Client, number: str) -> None:
    """One of them comes first, and the other knows."""

    def export() -> Next:
        return claim(firestore, number, NOW, ECC).what

    what, answer = at_once([export, lambda: anna.cancel(number)])
    exported = what is not Next.NOTHING
    assert answer.status_code == (409 if exported else 200)
    order = stored(firestore, number)
    assert order.status is (Status.ACCEPTED if exported else Status.CANCELLED)
