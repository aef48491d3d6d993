"""A style and a company with more orders unsettled than anybody has, and one more."""

from collections import Counter
from datetime import timedelta

from google.cloud.firestore import Client

from shared.availability.model import Availability
from shared.availability.promised import PromisedKey, change
from shared.availability.repository import reference as availability_reference
from shared.availability.rules import pending
from shared.cart.context import CartContext
from shared.cart.model import Cart
from shared.company.open_amounts import fold_amounts
from shared.company.repository import reference as company_reference
from shared.stamped import UNTOLD
from tests.factories.assortment import TODAY
from tests.factories.availability import store_availability
from tests.factories.company import store_company
from tests.factories.order import change_order, order, store_order
from tests.factories.placing import body_for
from tests.factories.sap import stamp
from tests.integration.functions.orders.conftest import Person

ORDERS = 20_000
DAYS = 60
ROOM = 150_000
"""Bytes that the sums may take of the 1 MiB of a document."""


def test_20000_unsettled_orders_of_a_style(
    anna: Person, firestore: Client, context: CartContext, cart: Cart
) -> None:
    """Every second one SAP has told of, each with a stamp of its own, for any day of two months."""
    stock = context.availability["10123"]
    articles = list(stock.stock)
    sums: Counter[PromisedKey] = Counter()
    for number in range(ORDERS):
        at = UNTOLD if number % 2 else stamp(number)
        on = TODAY + timedelta(days=number % DAYS)
        sums[articles[number // DAYS % len(articles)], at, on] += 1
    held = stock.model_copy(update={"promised": change(stock, sums)})
    plenty = {a: row.model_copy(update={"on_hand": ORDERS}) for a, row in stock.stock.items()}
    store_availability(firestore, held.model_copy(update={"stock": plenty}))

    answer = anna.place(body_for(cart, context))

    assert answer.status_code == 201
    stored = availability_reference(firestore, "10123", "EU01").get().to_dict() or {}
    assert len(str(stored["promised"])) < ROOM
    taken = sum(sum(pending(held, article).values()) for article in articles)
    assert taken == ORDERS
    after = Availability.model_validate(stored)
    pieces = [n for article in articles for n in pending(after, article).values()]
    assert sum(pieces) == ORDERS + answer.json["orders"][0]["pieces"]
    assert anna.cancel(answer.json["orders"][0]["number"]).status_code == 200


def test_20000_open_orders_of_a_company(
    anna: Person, firestore: Client, context: CartContext, cart: Cart
) -> None:
    amounts = fold_amounts({stamp(number): 100 for number in range(ORDERS - 1)} | {UNTOLD: 100})
    buyer = context.company.model_copy(update={"open_amounts": amounts})
    store_company(firestore, buyer)
    # SAP tells of more of them, each with a stamp of its own.
    for number in range(200):
        placed = order(f"BBBBBBBBBB-{number:03}", sap_stamp=None)
        store_order(firestore, placed)
        change_order(firestore, placed.model_copy(update={"sap_stamp": stamp(ORDERS + number)}))

    assert anna.place(body_for(cart, context)).status_code == 201

    stored = company_reference(firestore, "100001").get().to_dict() or {}
    assert len(str(stored["open_amounts"])) < ROOM
    assert sum(stored["open_amounts"].values()) == 100 * ORDERS + 14875
