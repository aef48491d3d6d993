"""Changing an order: here before SAP can have it, by SAP after."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from google.cloud.firestore import Client

from functions.export_order.claim import Next, claim
from functions.sync_inventory.handler import apply as apply_inventory
from shared.availability.model import Availability
from shared.availability.repository import reference as availability_reference
from shared.availability.rules import ats, pending
from shared.cart.context import CartContext
from shared.cart.model import Cart
from shared.company.repository import reference as company_reference
from shared.event.message import SapMessage
from shared.money import UnitPrice
from shared.order.documents import Shipment
from shared.order.handover import Handover, HandoverState
from shared.order.model import Order
from shared.order.repository import parse, reference
from shared.order.status import Status
from shared.order.versions import with_lines
from shared.stamped import UNTOLD
from tests.factories.assortment import NOW, TODAY
from tests.factories.availability import availability, store_availability
from tests.factories.cart import store_cart
from tests.factories.order import NUMBER, change_order, order, store_order, waiting
from tests.factories.placing import AT_ONCE, DOOR, body_for, cart_of
from tests.factories.sap import ECC, PUBLISHED_AT, stamp, stock_message, stock_row
from tests.integration.functions.orders.conftest import Person, Queue, ask
from tests.support.crowd import at_once
from tests.support.firestore_counter import counting

S, M = "10123-010-S", "10123-400-M"


@pytest.fixture
def number(anna: Person, context: CartContext, cart: Cart) -> str:
    """An order just placed: 3 of S and 2 of M, at 25 EUR."""
    placed: str = anna.place(body_for(cart, context)).json["orders"][0]["number"]
    return placed


@pytest.fixture
def in_sap(firestore: Client, number: str) -> str:
    """The same, that SAP has told of."""
    _confirm(firestore, number)
    return number


def _confirm(firestore: Client, number: str) -> None:
    accepted = Handover(state=HandoverState.ACCEPTED, due_at=None)
    done = stored(firestore, number).model_copy(
        update={
            "status": Status.CONFIRMED,
            "handover": accepted,
            "sap_number": "4711",
            "sap_stamp": stamp(100),
        }
    )
    change_order(firestore, done)


def stored(firestore: Client, number: str) -> Order:
    return parse(reference(firestore, number).get().to_dict(), "100001")


def stock(firestore: Client) -> Availability:
    found = availability_reference(firestore, "10123", "EU01").get().to_dict()
    return Availability.model_validate(found)


def taken(firestore: Client) -> dict[str, dict[str, int]]:
    """Pieces of each article by stamp."""
    return {
        article: {stamp: sum(by_date.values()) for stamp, by_date in by_stamp.items()}
        for article, by_stamp in stock(firestore).promised.items()
    }


def pieces(firestore: Client) -> int:
    return sum(sum(by_stamp.values()) for by_stamp in taken(firestore).values())


def credit(firestore: Client) -> int:
    company = company_reference(firestore, "100001").get().to_dict() or {}
    return sum(company["open_amounts"].values())


def article(firestore: Client, number: str, sku: str) -> str:
    return next(line.article for line in stored(firestore, number).lines if line.sku == sku)


def codes(answer: Any) -> list[tuple[str, str]]:
    return [(check["code"], check["pointer"]) for check in answer.json["checks"]]


def test_anonymous(app: Flask, number: str) -> None:
    body = {"version": 1, "lines": [{"sku": S, "quantity": 1}]}
    answer = ask(app, "POST", f"/{number}/change", body, {"Idempotency-Key": "k" * 8})
    assert answer.status_code == 401


def test_wrong_role(viewer: Person, number: str) -> None:
    assert viewer.change(number, {S: 1}).status_code == 403


def test_other_company(stranger: Person, firestore: Client, number: str) -> None:
    answer = stranger.change(number, {S: 1})
    assert (answer.status_code, answer.json["code"]) == (404, "order_not_found")
    assert stored(firestore, number).version == 1


def test_not_existing(anna: Person, context: CartContext) -> None:
    assert anna.change(NUMBER, {S: 1}).status_code == 404


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"version": 1}, "/lines", "missing"),
        ({"lines": [{"sku": S, "quantity": 1}]}, "/version", "missing"),
        ({"version": 1, "lines": []}, "/lines", "too_few"),
        ({"version": 1, "lines": [{"sku": S, "quantity": -1}]}, "/lines/0/quantity", "too_small"),
        ({"version": 1, "lines": [{"sku": S, "quantity": 1, "x": 1}]}, "/lines/0/x", None),
    ],
)
def test_invalid(
    anna: Person, number: str, body: dict[str, Any], pointer: str, code: str | None
) -> None:
    answer = anna.ask("POST", f"/{number}/change", body, "key-0003")
    assert answer.status_code == 422
    [error] = answer.json["errors"]
    assert error["pointer"] == pointer
    assert code in (None, error["code"])


def test_before_sap_has_it_it_is_changed_here(
    anna: Person, firestore: Client, queue: Queue, number: str
) -> None:
    small, medium = article(firestore, number, S), article(firestore, number, M)
    with counting(firestore) as count:
        answer = anna.change(number, {S: 7, M: 0})
    # And how often that was asked for, by person and by company.
    assert (count.reads, count.writes, count.rpcs) == (3 + 4 + 2, 3 + 2, 3 + 2)
    assert answer.status_code == 200
    seen = answer.json
    assert (seen["pieces"], seen["net"]["amount"], seen["version"]) == (7, 17500, 2)
    assert (seen["vat"]["amount"]["amount"], seen["gross"]["amount"]) == (3325, 20825)
    assert [line["quantity"] for line in seen["lines"]] == [7, 0]
    assert [(v["number"], v["state"], v["by"]) for v in seen["versions"]] == [
        (1, "earlier", "Anna Läufer"),
        (2, "current", "Anna Läufer"),
    ]
    assert [
        (each["position"], each["before"], each["after"], each["price_after"])
        for each in seen["versions"][1]["changes"]
    ] == [(10, 3, 7, None), (20, 2, 0, None)]
    assert (seen["change"], seen["warnings"]) == (None, [])
    assert taken(firestore) == {small: {UNTOLD: 7}}
    assert medium not in taken(firestore)
    assert credit(firestore) == 20825
    assert queue.changes == []
    order = stored(firestore, number)
    assert order.versions[0].quantities == [3, 2]
    assert claim(firestore, number, NOW, ECC).order.pieces == 7


def test_replayed(anna: Person, firestore: Client, number: str) -> None:
    first = anna.change(number, {S: 7})
    again = anna.change(number, {S: 7})
    assert (again.status_code, again.data) == (200, first.data)
    assert len(stored(firestore, number).versions) == 2


def test_the_same_key_for_another_change(anna: Person, number: str) -> None:
    anna.change(number, {S: 7})
    answer = anna.change(number, {S: 8}, version=2)
    assert (answer.status_code, answer.json["code"]) == (422, "idempotency_key_reused")


def test_another_version_than_was_seen(anna: Person, number: str) -> None:
    anna.change(number, {S: 7})
    answer = anna.change(number, {S: 8}, key="key-0004")
    assert (answer.status_code, answer.json["code"]) == (409, "order_changed")
    assert answer.json["version"] == 2


def test_what_changes_nothing(anna: Person, firestore: Client, number: str) -> None:
    answer = anna.change(number, {S: 3})
    assert (answer.status_code, answer.json["code"]) == (409, "nothing_changed")
    assert stored(firestore, number).versions == []


def test_every_fault_at_once(anna: Person, firestore: Client, number: str) -> None:
    lines = [
        {"sku": "10123-999-S", "quantity": 1},
        {"sku": S, "quantity": 1},
        {"sku": S, "quantity": 2},
    ]
    answer = anna.ask("POST", f"/{number}/change", {"version": 1, "lines": lines}, "key-0003")
    assert answer.status_code == 409
    assert codes(answer) == [("not_in_order", "/lines/0/sku"), ("given_twice", "/lines/2/sku")]
    answer = anna.change(number, {S: 60, M: 70}, key="key-0004")
    assert codes(answer) == [
        ("shortage", "/lines/0/quantity"),
        ("shortage", "/lines/1/quantity"),
    ]
    assert [check["data"]["left"] for check in answer.json["checks"]] == [50, 50]
    assert codes(anna.change(number, {S: 0, M: 0}, key="key-0005")) == [("empty", "/lines")]
    assert stored(firestore, number).version == 1


def test_a_line_that_was_removed_stays_removed(anna: Person, number: str) -> None:
    anna.change(number, {S: 0})
    answer = anna.change(number, {S: 1}, version=2, key="key-0004")
    assert codes(answer) == [("line_ended", "/lines/0/quantity")]


def test_what_sap_has_is_changed_by_sap(
    anna: Person, firestore: Client, queue: Queue, in_sap: str
) -> None:
    small = article(firestore, in_sap, S)
    answer = anna.change(in_sap, {S: 7, M: 1})
    assert answer.status_code == 200
    assert (answer.json["change"]["state"], answer.json["change"]["underway"]) == ("waiting", True)
    assert queue.changes == [(in_sap, "v2")]
    # What grows is taken; what gets less is given back only when SAP has taken it.
    promises = taken(firestore)
    assert promises[small] == {stamp(100): 3, UNTOLD: 4}
    assert sum(promises[small].values()) == 7
    assert pieces(firestore) == 9
    assert credit(firestore) == 23800
    change = stored(firestore, in_sap).change
    assert change is not None
    assert change.handover.due_at == NOW + timedelta(seconds=30)


def test_the_last_change_has_to_arrive_first(anna: Person, firestore: Client, in_sap: str) -> None:
    anna.change(in_sap, {S: 7})
    answer = anna.change(in_sap, {S: 8}, version=2, key="key-0004")
    assert (answer.status_code, answer.json["code"]) == (409, "change_running")
    assert anna.cancel(in_sap).json["code"] == "change_running"
    seen = anna.get(f"/{in_sap}").json
    assert not seen["may_change"]["allowed"]
    assert "on its way" in seen["may_change"]["why_not"]


def test_a_cancellation_goes_to_sap(
    anna: Person, firestore: Client, queue: Queue, in_sap: str
) -> None:
    answer = anna.cancel(in_sap)
    assert (answer.status_code, answer.json["status"]) == (200, "confirmed")
    assert answer.json["change"]["cancels"]
    assert answer.json["change"]["reason"] == "Bought twice"
    assert queue.changes == [(in_sap, "v2")]
    assert anna.cancel(in_sap, key="key-0009").json["change"] == answer.json["change"]
    assert pieces(firestore) == 5


def test_the_stock_is_that_of_where_the_order_comes_from(
    anna: Person, firestore: Client, context: CartContext, number: str
) -> None:
    """The company is delivered to from another plant since."""
    moved = context.company.profile.model_copy(update={"plant": "US01"})
    company_reference(firestore, "100001").update({"profile": moved.model_dump()})
    store_availability(firestore, availability(context.styles["10123"], 1_000, "US01"))
    small, medium = article(firestore, number, S), article(firestore, number, M)
    assert codes(anna.change(number, {S: 51})) == [("shortage", "/lines/0/quantity")]
    assert anna.change(number, {S: 7}).status_code == 200
    assert taken(firestore) == {small: {UNTOLD: 7}, medium: {UNTOLD: 2}}


def test_a_hand_over_that_fails_leaves_the_change_due(
    anna: Person, firestore: Client, queue: Queue, in_sap: str
) -> None:
    queue.down = True
    assert anna.change(in_sap, {S: 7}).status_code == 200
    change = stored(firestore, in_sap).change
    assert change is not None
    assert change.handover.due_at is not None


@pytest.mark.parametrize(
    ("overrides", "changing", "cancelling"),
    [
        ({"status": Status.SENT}, "handover_running", "handover_running"),
        ({"status": Status.PARTLY_SHIPPED}, "too_late_to_change", "too_late_to_cancel"),
        ({"status": Status.CLOSED}, "too_late_to_change", "too_late_to_cancel"),
        ({"status": Status.REJECTED}, "order_ended", "order_ended"),
        (
            {
                "status": Status.CONFIRMED,
                "sap_stamp": stamp(1),
                "shipments": [Shipment(number="80001", stamp=stamp(2), quantities={10: 1})],
            },
            "too_late_to_change",
            "too_late_to_cancel",
        ),
        ({"handover": waiting(lease_until=NOW + timedelta(seconds=9))}, "handover_running", None),
        ({"cut_off": TODAY - timedelta(days=1)}, "cut_off_passed", None),
    ],
)
def test_when_it_can_not_be_done(
    anna: Person,
    firestore: Client,
    context: CartContext,
    overrides: dict[str, Any],
    changing: str,
    cancelling: str | None,
) -> None:
    store_order(firestore, order(**overrides))
    answer = anna.change(NUMBER, {S: 1})
    assert (answer.status_code, answer.json["code"]) == (409, changing)
    seen = anna.get(f"/{NUMBER}").json
    assert seen["may_change"] == {
        "allowed": False,
        "until": None,
        "why_not": answer.json["detail"],
    }
    if cancelling:
        refused = anna.cancel(NUMBER)
        assert refused.json["code"] == cancelling
        assert seen["may_cancel"]["why_not"] == refused.json["detail"]


def test_the_last_pairs_of_two_buyers(app: Flask, firestore: Client, context: CartContext) -> None:
    """Twenty orders of one pair each want one more; ten are left."""
    people = [Person(app, uid=f"buyer-{i}") for i in range(20)]
    numbers = []
    for i, one in enumerate(people):
        cart = cart_of([(S, DOOR, AT_ONCE, 1)], id=f"cart-{i}")
        store_cart(firestore, cart)
        placed = one.place(body_for(cart, context), key=f"key-{i:04}").json
        numbers.append(placed["orders"][0]["number"])
    for number in numbers[::2]:
        _confirm(firestore, number)
    held = article(firestore, numbers[0], S)
    apply_inventory(
        firestore,
        ECC,
        SapMessage(
            "1", "sap-inventory", stock_message(stock_row(held, stamp(50), 30)), {}, PUBLISHED_AT
        ),
    )
    tries: list[Callable[[], Any]] = [
        partial(one.change, number, {S: 2}) for one, number in zip(people, numbers, strict=True)
    ]

    answers = at_once(tries)

    assert Counter(a.status_code for a in answers) == {200: 10, 409: 10}
    assert {codes(a)[0][0] for a in answers if a.status_code == 409} == {"shortage"}
    left = stock(firestore)
    assert sum(pending(left, held).values()) == 30
    assert ats(left, held, TODAY) == 0


def test_a_change_and_an_export_at_once(anna: Person, firestore: Client, number: str) -> None:
    """One of them comes first, and the other knows."""

    def export() -> tuple[Next, int]:
        found = claim(firestore, number, NOW, ECC)
        return found.what, found.order.pieces

    (what, pieces), answer = at_once([export, lambda: anna.change(number, {S: 7})])
    assert what is Next.CREATE
    assert answer.status_code == (200 if pieces == 9 else 409)
    assert stored(firestore, number).pieces == pieces


def test_prices_stay_whatever_they_are_now(
    anna: Person, firestore: Client, context: CartContext, number: str
) -> None:
    order = stored(firestore, number)
    price = UnitPrice(amount=2000, currency=order.currency)
    cheap = [
        line.model_copy(update={"unit_price": price, "amount": price.line_amount(line.quantity)})
        for line in order.lines
    ]
    store_order(firestore, with_lines(order, cheap))
    assert anna.change(number, {S: 4}).json["net"]["amount"] == 6 * 2000
