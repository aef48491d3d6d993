"""Many at once: nothing is sold twice, and nothing is ordered twice."""

from collections import Counter
from functools import partial

from flask import Flask
from google.cloud.firestore import Client

from shared.availability.model import Availability
from shared.availability.repository import reference as availability_reference
from shared.availability.rules import ats, pending
from tests.factories.assortment import TODAY
from tests.factories.availability import availability, stock
from tests.factories.cart import context_of, store_cart
from tests.factories.company import company, store_company
from tests.factories.placing import AT_ONCE, DOOR, body_for, cart_of, store_context
from tests.factories.style import style
from tests.integration.functions.orders.conftest import Person, Queue
from tests.support.crowd import at_once

BUYERS, PAIRS, COMPANIES = 64, 10, 8
SKU = "10123-010-S"
ARTICLE = "10123001"
NEXT_WEEK = TODAY.replace(day=29)


def test_64_buyers_after_the_last_10_pairs(app: Flask, firestore: Client, queue: Queue) -> None:
    arriving = stock(PAIRS, [(NEXT_WEEK, 40)])
    context = context_of(stock=[availability(style(), 0, "EU01", **{SKU: arriving})])
    store_context(firestore, context)
    ids = [str(100001 + i) for i in range(COMPANIES)]
    store_company(firestore, *(company(one) for one in ids))
    requests = []
    for i in range(BUYERS):
        owner = ids[i % COMPANIES]
        cart = cart_of([(SKU, DOOR, AT_ONCE, 1)], id=f"cart-{i}", company=owner)
        store_cart(firestore, cart)
        person = Person(app, uid=f"buyer-{i}", company=owner)
        requests.append((person, body_for(cart, context), f"key-{i:05}"))

    answers = at_once([partial(person.place, body, key) for person, body, key in requests])

    assert Counter(a.status_code for a in answers) == {201: PAIRS, 409: BUYERS - PAIRS}
    sold = [o["number"] for a in answers if a.status_code == 201 for o in a.json["orders"]]
    stored = availability_reference(firestore, "10123", "EU01").get().to_dict()
    left = Availability.model_validate(stored)
    assert len(sold) == PAIRS
    assert set(sold) == set(queue.numbers)
    assert sum(pending(left, ARTICLE).values()) == PAIRS
    assert ats(left, ARTICLE, TODAY) == 0
    for refused in (a.json for a in answers if a.status_code == 409):
        assert refused["code"] == "not_placeable"
        [check] = refused["checks"]
        assert check["code"] == "shortage"
        told = check["data"]
        assert (told["sku"], told["left"]) == (SKU, 0)
        assert told["later"] == [{"on": NEXT_WEEK.isoformat(), "quantity": 40}]


def test_the_same_order_20_times_at_once(app: Flask, firestore: Client, queue: Queue) -> None:
    context = context_of()
    store_context(firestore, context)
    cart = cart_of([(SKU, DOOR, AT_ONCE, 3)])
    store_cart(firestore, cart)
    anna = Person(app)
    answers = at_once([partial(anna.place, body_for(cart, context))] * 20)
    assert {a.status_code for a in answers} == {201}
    assert len({a.data for a in answers}) == 1
    assert sum("Idempotent-Replay" not in a.headers for a in answers) == 1
    orders = [snapshot.id for snapshot in firestore.collection("orders").stream()]
    assert orders == queue.numbers == [answers[0].json["orders"][0]["number"]]
    assert len(list(firestore.collection("order_groups").stream())) == 1


def test_a_cart_that_20_people_place_at_once(app: Flask, firestore: Client) -> None:
    context = context_of()
    store_context(firestore, context)
    cart = cart_of([(SKU, DOOR, AT_ONCE, 3)])
    store_cart(firestore, cart)
    people = [Person(app, uid=f"buyer-{i}") for i in range(20)]
    answers = at_once([partial(one.place, body_for(cart, context)) for one in people])
    assert Counter(a.status_code for a in answers) == {201: 1, 409: 19}
    [number] = [o["number"] for a in answers if a.status_code == 201 for o in a.json["orders"]]
    refused = [a.json for a in answers if a.status_code == 409]
    assert {r["code"] for r in refused} == {"cart_ordered"}
    assert all(r["orders"] == [number] for r in refused)
