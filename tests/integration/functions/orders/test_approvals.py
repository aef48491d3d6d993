"""Orders that wait for an approval, and what people decide about them."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from google.cloud.firestore import Client

from functions.reconcile.approvals import expire_approvals
from shared.approval.model import Policy
from shared.approval.repository import policy_reference
from shared.availability.model import Availability
from shared.availability.repository import parse
from shared.cart.context import CartContext
from shared.cart.model import Cart
from shared.cart.repository import parse as parse_cart
from shared.cart.repository import reference as cart_reference
from shared.company.repository import reference as company_reference
from shared.order.commitment import open_amounts, promised_pieces
from shared.order.model import Order
from shared.store import read_all, to_document
from tests.factories.assortment import NOW
from tests.factories.cart import store_cart
from tests.factories.company import company, credit, store_company
from tests.factories.placing import AT_ONCE, DOOR, body_for, cart_of
from tests.integration.functions.orders.conftest import Clock, Person, Queue, Reply

ROW = ("10123-010-S", DOOR, AT_ONCE, 5)
OVER = {"id": "r1", "name": "Over 100", "kind": "order_amount", "limit": 10_000}


def rule(**fields: Any) -> dict[str, Any]:
    return OVER | {"levels": [{}]} | fields


def store_rules(db: Client, *rules: dict[str, Any]) -> None:
    policy = Policy.model_validate(
        {"company": "100001", "currency": "EUR", "rules": rules, "revision": 1, "at": NOW}
    )
    policy_reference(db, "100001").set(to_document(policy))
    company_reference(db, "100001").update({"approval_rules": True})


@pytest.fixture
def erik(app: Flask) -> Person:
    """An approver of company 100001."""
    return Person(app, uid="erik", name="Erik", role="approver")


@pytest.fixture
def ada(app: Flask) -> Person:
    """An admin of company 100001."""
    return Person(app, uid="ada", name="Ada", role="admin")


class Waiting:
    """Anna's order of 125 EUR, which waits."""

    def __init__(self, db: Client, anna: Person, cart: Cart, context: CartContext) -> None:
        self.db, self.anna, self.cart, self.context = db, anna, cart, context
        store_company(db, company("100001", credit()))
        store_rules(db, rule())

    def place(self, key: str = "key-0001", who: Person | None = None) -> Any:
        now = self.read_cart()
        reply = (who or self.anna).place(body_for(now, self.context), key)
        assert reply.status_code == 201, reply.json
        return reply.json

    def read_cart(self) -> Cart:
        [document] = read_all(self.db, [cart_reference(self.db, self.cart.id)])
        return parse_cart(document, "100001")

    def orders(self) -> list[Order]:
        found = self.db.collection("orders").stream()
        return [Order.model_validate(one.to_dict()) for one in found]

    def status(self) -> list[str]:
        return [order.status.value for order in self.orders()]

    def held(self, known: list[Order] | None = None) -> tuple[int, int]:
        """Pieces promised and minor units open, which are those of the orders, unless read already."""
        orders = self.orders() if known is None else known
        stock = [parse(one.to_dict()) for one in self.db.collection("availability").stream()]
        [document] = read_all(self.db, [company_reference(self.db, "100001")])
        pieces = sum(count for one in stock if one for count in _sums(one))
        amounts = sum((document or {})["open_amounts"].values())
        assert pieces == sum(promised_pieces(one).total() for one in orders)
        assert amounts == sum(open_amounts(one).total() for one in orders)
        return pieces, amounts


@pytest.fixture
def waiting(firestore: Client, anna: Person, context: CartContext, cart: Cart) -> Waiting:
    """Anna's order, which is not placed yet."""
    return Waiting(firestore, anna, cart, context)


def _sums(stock: Availability) -> Iterator[int]:
    for by_stamp in stock.promised.values():
        for by_date in by_stamp.values():
            yield from by_date.values()


def decide(
    who: Person, what: str, number: str, reason: str = "Too much", key: str = "key-0009"
) -> Reply:
    body = None if what == "withdraw" else {"reason": reason}
    return who.ask("POST", f"/approvals/{number}/{what}", body, key)


def test_within_the_limit_nothing_waits(waiting: Waiting, queue: Queue) -> None:
    store_rules(waiting.db, rule(limit=12_500))
    [order] = waiting.place()["orders"]
    assert (order["status"], queue.numbers) == ("accepted", [order["number"]])


def test_over_it_the_order_waits_with_what_it_holds(
    waiting: Waiting, queue: Queue, erik: Person
) -> None:
    placed = waiting.place()
    [order] = placed["orders"]
    assert (order["status"], queue.numbers) == ("pending_approval", [])
    assert order["handover"]["detail"] == "Waiting for approval in your company."
    assert waiting.held() == (5, 14_875)
    [item] = erik.get("/approvals").json["items"]
    [fired] = item["fired"]
    assert (fired["figure"]["amount"], fired["limit"]["amount"]) == (12_500, 10_000)
    assert (item["number"], item["may_decide"]) == (placed["group"], True)
    shown = waiting.anna.get(f"/{order['number']}").json
    assert shown["may_cancel"]["allowed"] is shown["may_change"]["allowed"] is False


def test_who_approves_sends_it_on(waiting: Waiting, queue: Queue, erik: Person) -> None:
    number = waiting.place()["group"]
    first = decide(erik, "approve", number, "Fine")
    again = decide(erik, "approve", number, "Fine")
    assert (first.status_code, first.json["state"]) == (200, "approved")
    assert again.json == first.json
    assert waiting.status() == ["accepted"]
    assert {*queue.numbers} == {f"{number}-001"}
    [order] = waiting.orders()
    assert [(step.status, step.by) for step in order.history] == [
        ("pending_approval", "Anna Läufer"),
        ("accepted", "Erik"),
    ]
    assert order.handover.due_at is not None
    assert waiting.held() == (5, 14_875)


@pytest.mark.parametrize(
    ("what", "state", "open_again"),
    [("reject", "rejected", False), ("return", "returned", True)],
)
def test_what_is_declined_holds_nothing(
    waiting: Waiting, queue: Queue, erik: Person, what: str, state: str, *, open_again: bool
) -> None:
    number = waiting.place()["group"]
    assert decide(erik, what, number).json["state"] == state
    [order] = waiting.orders()
    assert (order.status, order.history[-1].reason) == ("cancelled", "Too much")
    assert waiting.held() == (0, 0)
    assert (waiting.read_cart().state == "open") is open_again
    assert queue.numbers == []


def test_what_was_sent_back_can_be_placed_again(waiting: Waiting, erik: Person) -> None:
    decide(erik, "return", waiting.place()["group"])
    assert {line.quantity for line in waiting.read_cart().lines.values()} == {2, 3}
    again = waiting.place("key-0002")["group"]
    assert decide(erik, "approve", again, key="key-0010").json["state"] == "approved"
    assert sorted(waiting.status()) == ["accepted", "cancelled"]
    assert waiting.held() == (5, 14_875)


def test_only_who_placed_it_withdraws(waiting: Waiting, erik: Person, ada: Person) -> None:
    number = waiting.place()["group"]
    assert decide(ada, "withdraw", number).json["code"] == "not_yours"
    assert decide(waiting.anna, "withdraw", number).json["state"] == "withdrawn"
    assert waiting.read_cart().state == "open"
    late = decide(erik, "approve", number)
    assert (late.status_code, late.json["code"]) == (409, "approval_ended")
    assert late.json["state"] == "withdrawn"


def test_nobody_decides_about_their_own(
    waiting: Waiting, ada: Person, erik: Person, app: Flask
) -> None:
    number = waiting.place(who=ada)["group"]
    assert ada.get("/approvals").json["items"] == []
    for what in ("approve", "reject", "return"):
        assert decide(ada, what, number).json["code"] == "own_approval"
    rep = Person(app, uid="rita", name="Rita", role="rep")
    assert decide(rep, "approve", number).json["code"] == "role_not_allowed"
    assert decide(erik, "approve", number).status_code == 200


def test_who_alone_is_named_does_not_decide_about_their_own(
    waiting: Waiting, erik: Person, ada: Person
) -> None:
    store_rules(waiting.db, rule(levels=[{"approvers": ["erik"]}]))
    number = waiting.place(who=erik)["group"]
    assert decide(erik, "approve", number).json["code"] == "own_approval"
    assert decide(ada, "approve", number).json["state"] == "approved"


def test_strangers_find_nothing(waiting: Waiting, app: Flask) -> None:
    number = waiting.place()["group"]
    stranger = Person(app, uid="otto", name="Otto", role="admin", company="100002")
    assert stranger.get("/approvals?box=all").json["items"] == []
    assert stranger.get(f"/approvals/{number}").status_code == 404
    for what in ("approve", "reject", "return", "withdraw"):
        assert decide(stranger, what, number).json["code"] == "approval_not_found"


def test_levels_decide_one_after_the_other(
    waiting: Waiting, erik: Person, ada: Person, app: Flask
) -> None:
    frieda = Person(app, uid="frieda", name="Frieda", role="approver")
    both = {"approvers": ["erik", "frieda"], "need": "all"}
    store_rules(waiting.db, rule(levels=[both, {"approvers": ["ada"]}]))
    number = waiting.place()["group"]
    assert decide(ada, "approve", number).json["code"] == "not_your_turn"
    assert decide(erik, "approve", number).json["state"] == "waiting"
    assert decide(erik, "approve", number, key="key-0010").json["code"] == "not_your_turn"
    after = decide(frieda, "approve", number).json
    assert [level["state"] for level in after["levels"]] == ["agreed", "open"]
    assert [item["number"] for item in ada.get("/approvals").json["items"]] == [number]
    assert erik.get("/approvals").json["items"] == []
    assert decide(ada, "approve", number).json["state"] == "approved"


def test_four_eyes_are_of_two_people(waiting: Waiting, erik: Person, ada: Person) -> None:
    store_rules(waiting.db, rule(levels=[{}, {}]))
    number = waiting.place()["group"]
    assert decide(erik, "approve", number).json["state"] == "waiting"
    assert decide(erik, "approve", number, key="key-0010").json["code"] == "not_your_turn"
    assert decide(ada, "approve", number).json["state"] == "approved"


def test_after_half_the_time_an_admin_steps_in(waiting: Waiting, ada: Person, clock: Clock) -> None:
    store_rules(waiting.db, rule(levels=[{"approvers": ["gone"]}]))
    number = waiting.place()["group"]
    assert decide(ada, "approve", number).json["code"] == "not_your_turn"
    assert ada.get("/approvals").json["items"] == []
    clock.now += timedelta(days=1.5)
    assert ada.get("/approvals").json["items"][0]["number"] == number
    assert decide(ada, "approve", number).json["state"] == "approved"


def test_what_nobody_decides_ends_in_time(waiting: Waiting, erik: Person, clock: Clock) -> None:
    number = waiting.place()["group"]
    assert expire_approvals(waiting.db, clock.now + timedelta(days=3, seconds=-1)) == 0
    clock.now += timedelta(days=3)
    assert decide(erik, "approve", number).json["state"] == "expired"
    assert waiting.held() == (5, 14_875)
    assert expire_approvals(waiting.db, clock.now) == 1
    assert expire_approvals(waiting.db, clock.now) == 0
    assert (waiting.held(), waiting.read_cart().state) == ((0, 0), "open")
    assert waiting.anna.get(f"/approvals/{number}").json["state"] == "expired"
    [order] = waiting.orders()
    assert order.history[-1].by == "Sellin"


def test_of_two_decisions_at_once_one_holds(waiting: Waiting, erik: Person, ada: Person) -> None:
    number = waiting.place()["group"]
    deeds: list[Callable[[], Reply]] = [
        lambda: decide(erik, "approve", number),
        lambda: decide(ada, "return", number),
        lambda: decide(waiting.anna, "withdraw", number),
    ]
    with ThreadPoolExecutor(3) as pool:
        replies = [future.result() for future in [pool.submit(deed) for deed in deeds]]
    assert sorted(reply.status_code for reply in replies) == [200, 409, 409]
    [held] = [reply.json["state"] for reply in replies if reply.status_code == 200]
    assert erik.get(f"/approvals/{number}").json["state"] == held
    assert waiting.held() == ((5, 14_875) if held == "approved" else (0, 0))


def test_a_person_s_orders_of_the_month_are_summed(
    waiting: Waiting, firestore: Client, erik: Person
) -> None:
    store_rules(waiting.db, rule(kind="period_amount", period="month", limit=25_000))
    waiting.place()
    for number in ("cart-8", "cart-9"):
        other = cart_of([ROW], id=number)
        store_cart(firestore, other)
        reply = waiting.anna.place(body_for(other, waiting.context), f"key-{number}")
        assert reply.status_code == 201
        status = reply.json["orders"][0]["status"]
        assert status == ("accepted" if number == "cart-8" else "pending_approval")
    [item] = erik.get("/approvals").json["items"]
    assert item["fired"][0]["figure"]["amount"] == 37_500
    assert item["fired"][0]["since"] == NOW.date().replace(day=1).isoformat()


def test_two_placings_at_once_don_t_both_slip_under_the_limit(
    waiting: Waiting, firestore: Client
) -> None:
    store_rules(waiting.db, rule(kind="window_budget", window=AT_ONCE, limit=13_000))
    others = [cart_of([ROW], id=f"cart-{number}") for number in range(4)]
    store_cart(firestore, *others)
    bodies = [body_for(other, waiting.context) for other in others]
    with ThreadPoolExecutor(4) as pool:
        placed = [
            pool.submit(waiting.anna.place, body, f"key-000{i}") for i, body in enumerate(bodies)
        ]
    assert [one.result().status_code for one in placed] == [201] * 4
    assert sorted(waiting.status()) == ["accepted", *["pending_approval"] * 3]


def test_a_first_order_waits(waiting: Waiting, firestore: Client, erik: Person) -> None:
    store_rules(waiting.db, rule(kind="first_order", limit=None))
    number = waiting.place()["group"]
    decide(erik, "approve", number)
    other = cart_of([ROW], id="cart-9")
    store_cart(firestore, other)
    reply = waiting.anna.place(body_for(other, waiting.context), "key-0002")
    assert reply.json["orders"][0]["status"] == "accepted"


def test_a_pending_order_is_neither_changed_nor_cancelled(waiting: Waiting) -> None:
    number = waiting.place()["orders"][0]["number"]
    for reply in (waiting.anna.cancel(number), waiting.anna.change(number, {"10123-010-S": 1})):
        assert (reply.status_code, reply.json["code"]) == (409, "pending_approval")


def test_the_same_key_with_another_reason_is_refused(waiting: Waiting, erik: Person) -> None:
    number = waiting.place()["group"]
    decide(erik, "reject", number, "Too much")
    assert decide(erik, "reject", number, "Too little").json["code"] == "idempotency_key_reused"
    assert decide(erik, "return", number, "Too much").json["code"] == "idempotency_key_reused"
