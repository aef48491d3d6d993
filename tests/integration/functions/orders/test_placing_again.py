"""Placing a cart more than once, or while something else happens: the same request, another one, a change."""

from datetime import timedelta

import pytest
from flask import Flask
from google.cloud.firestore import Client

from shared.cart.context import CartContext
from shared.cart.model import Cart
from shared.optimistic import Attempt, ChangedMeanwhileError
from tests.factories.availability import availability, store_availability
from tests.factories.cart import store_cart
from tests.factories.placing import (
    AT_ONCE,
    DOOR,
    body_for,
    cart_of,
)
from tests.factories.price import prices, store_prices
from tests.factories.style import style
from tests.integration.functions.orders.conftest import Clock, Person, Queue
from tests.integration.functions.orders.test_placing import orders_in


def test_replayed(
    anna: Person, firestore: Client, queue: Queue, clock: Clock, context: CartContext, cart: Cart
) -> None:
    first = anna.place(body_for(cart, context))
    clock.now += timedelta(days=6)
    again = anna.place(body_for(cart, context), language="fr")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.data == first.data
    assert "Idempotent-Replay" not in first.headers
    assert again.headers["Idempotent-Replay"] == "true"
    assert len(orders_in(firestore)) == 1
    assert queue.numbers == orders_in(firestore)


def test_the_same_key_for_something_else(
    anna: Person, firestore: Client, context: CartContext, cart: Cart
) -> None:
    anna.place(body_for(cart, context))
    answer = anna.place(body_for(cart, context, po_number="another"))
    assert (answer.status_code, answer.json["code"]) == (422, "idempotency_key_reused")
    assert len(orders_in(firestore)) == 1


def test_a_key_may_be_used_anew_after_a_week(
    anna: Person, firestore: Client, clock: Clock, context: CartContext, cart: Cart
) -> None:
    anna.place(body_for(cart, context))
    clock.now += timedelta(days=8)
    other = cart_of([("10123-010-S", DOOR, AT_ONCE, 1)], id="cart-2")
    store_cart(firestore, other)
    answer = anna.place(body_for(other, context))
    assert (answer.status_code, answer.json["cart"]) == (201, "cart-2")
    assert len(orders_in(firestore)) == 2


def test_a_colleagues_key_is_another_key(
    anna: Person, app: Flask, firestore: Client, context: CartContext, cart: Cart
) -> None:
    anna.place(body_for(cart, context))
    other = cart_of([("10123-010-S", DOOR, AT_ONCE, 1)], id="cart-2")
    store_cart(firestore, other)
    ben = Person(app, uid="ben", name="Ben", role="approver")
    assert ben.place(body_for(other, context)).status_code == 201


def test_a_cart_that_was_ordered_names_its_orders(
    anna: Person, firestore: Client, context: CartContext, cart: Cart
) -> None:
    anna.place(body_for(cart, context))
    answer = anna.place(body_for(cart, context), key="key-0009")
    assert (answer.status_code, answer.json["code"]) == (409, "cart_ordered")
    assert answer.json["orders"] == orders_in(firestore)


def test_a_changed_cart(anna: Person, firestore: Client, context: CartContext, cart: Cart) -> None:
    store_cart(firestore, cart.model_copy(update={"revision": cart.revision + 1}))
    answer = anna.place(body_for(cart, context))
    assert (answer.status_code, answer.json["code"]) == (409, "cart_changed")
    assert answer.json["revision"] == cart.revision + 1
    assert orders_in(firestore) == []


def test_a_price_that_changed_is_told_and_not_charged(
    anna: Person, firestore: Client, queue: Queue, context: CartContext, cart: Cart
) -> None:
    seen = body_for(cart, context)
    store_prices(firestore, prices(wholesale=2600))
    answer = anna.place(seen)
    assert (answer.status_code, answer.json["code"]) == (409, "price_changed")
    [change] = answer.json["prices"]
    assert (change["style"], change["seen"]["amount"], change["now"]["amount"]) == (
        "10123",
        2500,
        2600,
    )
    assert (orders_in(firestore), queue.numbers) == ([], [])
    seen["prices"][0]["unit_price"] = change["now"]
    assert anna.place(seen).json["orders"][0]["net"]["amount"] == 5 * 2600


def test_a_shortage_is_told_for_each_sku(
    anna: Person, firestore: Client, context: CartContext, cart: Cart
) -> None:
    store_availability(firestore, availability(style(), 1))
    answer = anna.place(body_for(cart, context))
    assert (answer.status_code, answer.json["code"]) == (409, "not_placeable")
    shortages = [check["data"] for check in answer.json["checks"]]
    assert [(s["sku"], s["left"]) for s in shortages] == [("10123-010-S", 1), ("10123-400-M", 1)]
    assert answer.json["checks"][0]["detail"].startswith("Only 1 piece of 10123-010-S is left")
    assert orders_in(firestore) == []


def test_a_commit_whose_answer_was_lost_is_recognized(
    anna: Person,
    firestore: Client,
    queue: Queue,
    context: CartContext,
    cart: Cart,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    commit = Attempt.commit

    def lose_the_answer(attempt: Attempt) -> None:
        monkeypatch.setattr(Attempt, "commit", commit)
        attempt.commit()
        raise ChangedMeanwhileError

    monkeypatch.setattr(Attempt, "commit", lose_the_answer)
    answer = anna.place(body_for(cart, context))
    assert answer.status_code == 201
    assert "Idempotent-Replay" not in answer.headers
    assert orders_in(firestore) == queue.numbers == [answer.json["orders"][0]["number"]]
