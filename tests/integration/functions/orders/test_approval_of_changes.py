"""A change of a placed order that grew over the company's limit waits, and the order stays as it was."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from google.cloud.firestore import Client

from functions.reconcile.approvals import expire_approvals
from shared.cart.context import CartContext
from shared.cart.model import Cart
from shared.order.documents import Shipment
from shared.order.handover import Handover, HandoverState
from shared.order.model import Order
from shared.order.status import Status
from tests.factories.assortment import NOW
from tests.factories.order import change_order, place_order
from tests.factories.sap import stamp
from tests.integration.functions.orders.conftest import Clock, Person, Queue
from tests.integration.functions.orders.test_approvals import Waiting, decide, rule, store_rules
from tests.support.crowd import at_once

SKU = "10123-010-S"
LIMIT = 15_000
"""Of a placing; five pieces are 125 EUR, six are 150."""


@pytest.fixture
def erik(app: Flask) -> Person:
    """An approver of company 100001."""
    return Person(app, uid="erik", name="Erik", role="approver")


class Placed(Waiting):
    """Anna's order of five pieces, which nobody had to approve."""

    number = ""

    def order(self) -> Order:
        [order] = self.orders()
        return order

    def ask(self, pieces: int, key: str = "key-0003") -> str:
        """Asks for so many of one article, beside three of another; the approval's number."""
        answer = self.anna.change(self.number, {SKU: pieces}, self.order().version, key).json
        assert answer["proposal"]["waits"], answer
        number: str = answer["proposal"]["approval"]
        return number

    def make(self, **fields: Any) -> None:
        change_order(self.db, self.order().model_copy(update=fields))

    def confirm(self) -> None:
        accepted = Handover(state=HandoverState.ACCEPTED, due_at=None)
        self.make(
            status=Status.CONFIRMED, handover=accepted, sap_number="4711", sap_stamp=stamp(100)
        )


@pytest.fixture
def placed(firestore: Client, anna: Person, context: CartContext, cart: Cart) -> Placed:
    """The order, in a company whose limit it is within."""
    own = Placed(firestore, anna, cart, context)
    store_rules(firestore, rule(limit=LIMIT))
    own.number = own.place()["orders"][0]["number"]
    return own


def pieces_of(order: Order) -> list[int]:
    return [line.quantity for line in order.lines]


def test_within_the_limit_it_is_changed_at_once(placed: Placed) -> None:
    [first, *_] = pieces_of(placed.order())
    answer = placed.anna.change(placed.number, {SKU: first + 1}).json
    assert (answer["pieces"], answer["proposal"], answer["version"]) == (6, None, 2)


def test_over_it_the_change_waits_with_what_it_takes_more(
    placed: Placed, queue: Queue, erik: Person
) -> None:
    before = placed.order()
    number = placed.ask(7)
    assert pieces_of(placed.order()) == pieces_of(before)
    assert (queue.changes, placed.order().version) == ([], 1)
    more = 7 - pieces_of(before)[0]
    assert placed.held() == (5 + more, round((5 + more) * 2_500 * 1.19))
    [item] = erik.get("/approvals").json["items"]
    assert (item["number"], item["may_decide"]) == (number, True)
    assert item["change"]["order"] == placed.number
    assert (item["change"]["pieces_before"], item["pieces"]) == (5, 5 + more)
    [line] = erik.get(f"/approvals/{number}").json["differences"]
    assert (line["item"]["sku"], line["before"], line["after"]) == (SKU, 7 - more, 7)
    assert (line["amount_before"]["amount"], line["amount_after"]["amount"]) == (
        (7 - more) * 2_500,
        7 * 2_500,
    )


def test_approved_it_is_carried_out_here(placed: Placed, erik: Person) -> None:
    number = placed.ask(7)
    held = placed.held()
    assert decide(erik, "approve", number, "Fine").json["state"] == "approved"
    order = placed.order()
    assert (order.version, pieces_of(order)[0], placed.held()) == (2, 7, held)
    assert [one.by for one in order.versions] == ["Anna Läufer"] * 2
    assert placed.anna.get(f"/{order.number}").json["proposal"]["waits"] is False


def test_approved_after_sap_has_the_order_it_goes_there(
    placed: Placed, erik: Person, queue: Queue
) -> None:
    number = placed.ask(7)
    placed.confirm()
    assert queue.changes == []
    assert decide(erik, "approve", number).json["state"] == "approved"
    assert decide(erik, "approve", number).json["state"] == "approved"
    assert {*queue.changes} == {(placed.number, "v2")}
    placed.held()


@pytest.mark.parametrize("what", ["reject", "withdraw"])
def test_declined_it_is_dropped_and_holds_nothing(placed: Placed, erik: Person, what: str) -> None:
    before = placed.held()
    who = placed.anna if what == "withdraw" else erik
    reply = decide(who, what, placed.ask(7))
    assert reply.json["state"] == {"reject": "rejected", "withdraw": "withdrawn"}[what]
    assert (placed.held(), placed.order().version) == (before, 1)
    assert placed.order().status is Status.ACCEPTED


def test_nobody_decides_in_time(placed: Placed, erik: Person, clock: Clock) -> None:
    before = placed.held()
    number = placed.ask(7)
    clock.now += timedelta(days=3)
    assert expire_approvals(placed.db, clock.now) == 1
    assert expire_approvals(placed.db, clock.now) == 0
    assert placed.held() == before
    late = decide(erik, "approve", number)
    assert (late.status_code, late.json["state"]) == (409, "expired")


def test_what_was_agreed_to_is_not_asked_about_again(placed: Placed, erik: Person) -> None:
    decide(erik, "approve", placed.ask(8))
    for key, pieces in (("key-0004", 1), ("key-0005", 8)):
        version = placed.order().version
        answer = placed.anna.change(placed.number, {SKU: pieces}, version, key).json
        assert answer["proposal"]["waits"] is False
        assert placed.order().version == version + 1
    assert placed.ask(9, "key-0006")


def test_a_placing_that_was_approved_is_asked_about_only_above_that(
    placed: Placed, erik: Person
) -> None:
    store_rules(placed.db, rule(limit=5_000), {**rule(kind="always", limit=None), "id": "r2"})
    placed.anna.cancel(placed.number)
    placed.db.collection("carts").document(placed.cart.id).update(
        {"state": "open", "order_group": None}
    )
    group = placed.place("key-0009")["group"]
    decide(erik, "approve", group)
    [order] = [one for one in placed.orders() if one.group == group]
    less = placed.anna.change(order.number, {SKU: 1}, 1, "key-0010").json
    back = placed.anna.change(order.number, {SKU: pieces_of(order)[0]}, 2, "key-0011").json
    assert (less["proposal"], back["proposal"]) == (None, None)
    more = placed.anna.change(order.number, {SKU: 9}, 3, "key-0012").json
    assert more["proposal"]["waits"]
    [item] = erik.get("/approvals").json["items"]
    assert [one["rule"] for one in item["fired"]] == ["r1", "r2"]


def test_while_it_waits_another_change_is_refused(placed: Placed) -> None:
    placed.ask(7)
    reply = placed.anna.change(placed.number, {SKU: 1}, key="key-0004")
    assert (reply.status_code, reply.json["code"]) == (409, "change_waits")
    shown = placed.anna.get(f"/{placed.number}").json
    assert (shown["may_change"]["allowed"], shown["may_cancel"]["allowed"]) == (False, True)


def test_the_same_request_asks_once(placed: Placed, erik: Person) -> None:
    assert placed.anna.change(placed.number, {SKU: 7}).json["proposal"]["waits"]
    assert placed.anna.change(placed.number, {SKU: 7}).json["proposal"]["waits"]
    assert len(erik.get("/approvals").json["items"]) == 1


def test_cancelling_the_order_takes_it_back(placed: Placed, erik: Person) -> None:
    number = placed.ask(7)
    placed.anna.cancel(placed.number, reason="Bought twice")
    assert placed.held() == (0, 0)
    shown = erik.get(f"/approvals/{number}").json
    assert (shown["state"], shown["decisions"][0]["reason"]) == ("withdrawn", "Bought twice")


def test_it_has_no_cart_to_go_back_to(placed: Placed, erik: Person) -> None:
    reply = decide(erik, "return", placed.ask(7))
    assert (reply.status_code, reply.json["code"]) == (409, "nothing_to_send_back")


def test_neither_who_asks_nor_who_placed_the_order_decides(placed: Placed, app: Flask) -> None:
    ada = Person(app, uid="ada", name="Ada", role="admin")
    answer = ada.change(placed.number, {SKU: 7}).json
    number = answer["proposal"]["approval"]
    for who in (ada, Person(app, role="admin")):
        reply = decide(who, "approve", number)
        assert (reply.status_code, reply.json["code"]) == (403, "own_change")


def _delivered(placed: Placed) -> None:
    placed.make(shipments=[Shipment(number="80", stamp=stamp(101), quantities={10: 1})])


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (lambda placed: placed.make(status=Status.REJECTED), "cancelled or rejected"),
        (lambda placed: placed.make(version=2), "changed meanwhile"),
        (_delivered, "delivery of the order had begun"),
        (lambda placed: placed.make(cut_off=(NOW - timedelta(days=2)).date()), "had closed"),
    ],
)
def test_what_fits_no_more_lapses_with_a_reason(
    placed: Placed, erik: Person, happens: Any, why: str
) -> None:
    number = placed.ask(7)
    placed.confirm()
    happens(placed)
    shown = decide(erik, "approve", number).json
    assert shown["state"] == "lapsed"
    assert why in shown["why_lapsed"]
    order = placed.order()
    assert order.proposal is not None
    assert (order.proposal.waits, order.change) == (False, None)
    placed.held()


def test_while_sap_gets_the_order_nobody_can_tell_yet(placed: Placed, erik: Person) -> None:
    number = placed.ask(7)
    placed.make(status=Status.SENT)
    reply = decide(erik, "approve", number)
    assert (reply.status_code, reply.json["code"]) == (409, "handover_running")
    placed.confirm()
    assert decide(erik, "approve", number).json["state"] == "approved"


def test_of_two_who_decide_at_once_one_does(placed: Placed, erik: Person, app: Flask) -> None:
    number = placed.ask(7)
    ada = Person(app, uid="ada", name="Ada", role="admin")
    replies = at_once(
        [
            lambda: decide(erik, "approve", number, key="key-0021"),
            lambda: decide(ada, "reject", number, key="key-0022"),
        ]
    )
    assert sorted(one.status_code for one in replies) == [200, 409]
    pieces = 7 + pieces_of(placed.order())[1] if placed.order().version == 2 else 5
    assert placed.held()[0] == pieces


def test_orders_of_one_placing_are_measured_together(placed: Placed, erik: Person) -> None:
    other = placed.order().model_copy(update={"number": f"{placed.order().group}-002"})
    place_order(placed.db, other)
    answer = placed.anna.change(placed.number, {SKU: pieces_of(other)[0] + 1}).json
    [fired] = erik.get(f"/approvals/{answer['proposal']['approval']}").json["fired"]
    assert fired["figure"]["amount"] == 2 * 12_500 + 2_500
