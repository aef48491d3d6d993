"""What the brand's people decide about an order while its buyer, or an export, is at it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from google.cloud.firestore import Client

from functions.export_order.claim import ExportRunningProblem, Next, claim
from shared.audit import Action, Doer
from shared.cart.context import CartContext
from shared.cart.model import Cart
from shared.order import desk
from shared.order.handover import HandoverState
from shared.order.model import Order
from shared.order.repository import parse, reference
from shared.order.status import Status
from tests.factories.assortment import NOW
from tests.factories.placing import body_for
from tests.factories.sap import ECC
from tests.integration.functions.orders.conftest import Person
from tests.integration.functions.orders.test_cancelling import held
from tests.support.crowd import at_once

MARIA = Doer("Maria Berg", NOW, "Sold out", "maria")


@pytest.fixture
def number(anna: Person, context: CartContext, cart: Cart) -> str:
    """An order just placed."""
    placed: str = anna.place(body_for(cart, context)).json["orders"][0]["number"]
    return placed


def _stored(db: Client, number: str) -> Order:
    return parse(reference(db, number).get().to_dict(), "100001")


def _deciding(db: Client, number: str, action: Action) -> Callable[[], str]:
    """A decision, and whether it was one."""

    def decide() -> str:
        try:
            desk.decide(db, number, action, MARIA)
        except desk.NothingToDecideError:
            return "nothing"
        return "decided"

    return decide


def _claiming(db: Client, number: str) -> Callable[[], str]:
    def claimed() -> str:
        try:
            return claim(db, number, NOW, ECC).what.name.lower()
        except ExportRunningProblem:
            return "running"

    return claimed


def _audited_actions(db: Client) -> list[str]:
    return sorted(one.get("action") for one in db.collection("audit").stream())


@pytest.mark.parametrize("action", [Action.PARK, Action.CANCEL])
def test_either_an_export_begins_or_the_decision_counts(
    firestore: Client, number: str, action: Action
) -> None:
    two = [_deciding(firestore, number, action), _claiming(firestore, number)]
    said = at_once(two)
    order = _stored(firestore, number)
    assert said in (["decided", "nothing"], ["nothing", "create"])
    if said[0] == "decided":
        assert order.handover.attempts == []
        assert order.handover.state in (HandoverState.PARKED, HandoverState.WITHDRAWN)
        assert claim(firestore, number, NOW + timedelta(days=1), ECC).what is Next.NOTHING
    else:
        assert order.handover.state is HandoverState.SENDING
    assert _audited_actions(firestore) == ([action.value] if said[0] == "decided" else [])


def test_a_cancellation_of_both_sides_gives_back_once(
    firestore: Client, anna: Person, number: str
) -> None:
    def ask() -> int:
        return anna.cancel(number).status_code

    status, *_ = at_once([ask, *[_deciding(firestore, number, Action.CANCEL)] * 3])
    assert status == 200
    order = _stored(firestore, number)
    assert [step.status for step in order.history] == [Status.ACCEPTED, Status.CANCELLED]
    promised, amount = held(firestore)
    assert (not any(promised.values()), amount) == (True, 0)
    brands = order.history[-1].by == "Maria Berg"
    assert _audited_actions(firestore) == (["cancel"] if brands else [])


def test_of_a_change_and_a_cancellation_one_sees_the_other(
    firestore: Client, anna: Person, number: str, cart: Cart
) -> None:
    sku = _stored(firestore, number).lines[0].sku

    def change() -> int:
        return anna.change(number, {sku: 0 if len(cart.lines) > 1 else 7}).status_code

    status, said = at_once([change, _deciding(firestore, number, Action.CANCEL)])
    order = _stored(firestore, number)
    assert (said, order.status) == ("decided", Status.CANCELLED)
    assert status in (200, 409)
    assert order.version == (2 if status == 200 else 1)
    promised, amount = held(firestore)
    assert (not any(promised.values()), amount) == (True, 0)


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "Our staff cancelled this order before it was sent to our order processing."),
        (
            "de",
            (
                "Unsere Mitarbeiter haben diese Bestellung storniert, bevor sie an unsere"
                " Auftragsabwicklung ging."
            ),
        ),
    ],
)
def test_the_buyer_reads_that_the_brand_cancelled_it_and_why(
    firestore: Client, anna: Person, number: str, language: str, says: str
) -> None:
    desk.decide(firestore, number, Action.PARK, MARIA)
    parked: Any = anna.get(f"/{number}", "en").json
    assert parked["handover"]["detail"].startswith("Our staff are looking at this order")
    assert "Sold out" not in str(parked)
    desk.decide(firestore, number, Action.CANCEL, MARIA)
    shown: Any = anna.get(f"/{number}", language).json
    assert shown["handover"]["detail"] == says
    last = shown["history"][-1]
    assert (last["status"], last["by_kind"], last["reason"]) == ("cancelled", "brand", "Sold out")
