"""Placing a cart."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from google.cloud.firestore import DELETE_FIELD, Client, FieldFilter

from functions.orders import placement
from shared.availability.model import Availability
from shared.availability.repository import reference as availability_reference
from shared.cart.context import CartContext
from shared.cart.model import ORDERED_KEPT, Cart, CartState
from shared.cart.repository import parse as parse_cart
from shared.cart.repository import reference as cart_reference
from shared.company.repository import parse as parse_company
from shared.company.repository import reference as company_reference
from shared.order.repository import parse as parse_order
from shared.order.repository import reference as order_reference
from shared.sap.our_order import our_order
from shared.sap.sales_order import purchase_order_number
from shared.stamped import UNTOLD
from shared.store import read_all
from shared.vat.rules import VatRule
from tests.factories.assortment import NOW
from tests.factories.availability import promised
from tests.factories.cart import context_of, store_cart
from tests.factories.company import company, store_company
from tests.factories.placing import (
    AT_ONCE,
    DOOR,
    OTHER_DOOR,
    PRE_BOOK,
    body_for,
    cart_of,
    delivery,
    store_context,
)
from tests.factories.sap import stamp
from tests.factories.style import style
from tests.integration.functions.orders.conftest import Person, Queue, ask
from tests.support.firestore_counter import counting


def orders_in(firestore: Client) -> list[str]:
    return [snapshot.id for snapshot in firestore.collection("orders").stream()]


def test_anonymous(app: Flask, context: CartContext, cart: Cart) -> None:
    answer = ask(app, "POST", "", body_for(cart, context), {"Idempotency-Key": "key-0001"})
    assert (answer.status_code, answer.json["code"]) == (401, "unauthenticated")


def test_wrong_role(viewer: Person, context: CartContext, cart: Cart) -> None:
    answer = viewer.place(body_for(cart, context))
    assert (answer.status_code, answer.json["code"]) == (403, "role_not_allowed")


def test_other_company(stranger: Person, context: CartContext, cart: Cart) -> None:
    answer = stranger.place(body_for(cart, context))
    assert (answer.status_code, answer.json["code"]) == (404, "cart_not_found")


def test_not_existing(anna: Person, context: CartContext) -> None:
    answer = anna.place(body_for(cart_of([], id="nothing"), context))
    assert (answer.status_code, answer.json["code"]) == (404, "cart_not_found")


def test_a_deleted_cart_does_not_exist(
    anna: Person, firestore: Client, context: CartContext, cart: Cart
) -> None:
    store_cart(firestore, cart.model_copy(update={"state": CartState.DELETED}))
    assert anna.place(body_for(cart, context)).status_code == 404


INVALID: list[tuple[dict[str, Any], str, str]] = [
    ({"cart": None}, "/cart", "invalid"),
    ({"cart": {"id": "a b", "revision": 1}}, "/cart/id", "malformed"),
    ({"cart": {"id": "a"}}, "/cart/revision", "missing"),
    ({"cart": {"id": "a", "revision": "1"}}, "/cart/revision", "not_a_number"),
    ({"po_number": ""}, "/po_number", "malformed"),
    ({"po_number": "\u2003\u200b"}, "/po_number", "malformed"),
    ({"po_number": "PO\t1"}, "/po_number", "malformed"),
    ({"po_number": "Auftrag für Köln-Süd"}, "/po_number", "too_long"),
    ({"po_number": "1" * 21}, "/po_number", "too_long"),
    ({"prices": [{"style": "10123"}]}, "/prices/0/unit_price", "missing"),
    ({"prices": None}, "/prices", "invalid"),
    (
        {"prices": [{"style": "1", "unit_price": {"amount": 2.5, "currency": "EUR"}}]},
        "/prices/0/unit_price/amount",
        "not_a_number",
    ),
    ({"deliveries": [{"door": "1"}]}, "/deliveries/0/window", "missing"),
    (
        {"deliveries": [delivery(requested_on="tomorrow")]},
        "/deliveries/0/requested_on",
        "not_a_date",
    ),
    ({"deliveries": [delivery(cancel_by="2026-02-30")]}, "/deliveries/0/cancel_by", "not_a_date"),
    ({"deliveries": [delivery(gift="yes")]}, "/deliveries/0/gift", "unknown_field"),
    ({"discount": 10}, "/discount", "unknown_field"),
]


@pytest.mark.parametrize(("change", "pointer", "code"), INVALID)
def test_invalid(
    anna: Person,
    firestore: Client,
    context: CartContext,
    cart: Cart,
    change: dict[str, Any],
    pointer: str,
    code: str,
) -> None:
    answer = anna.place(body_for(cart, context) | change)
    assert answer.status_code == 422
    assert [(e["pointer"], e["code"]) for e in answer.json["errors"]] == [(pointer, code)]
    assert orders_in(firestore) == []


def test_every_fault_at_once(anna: Person) -> None:
    answer = anna.ask("POST", "", {"po_number": "", "x": 1})
    faults = {(e["in"], e["pointer"], e["code"]) for e in answer.json["errors"]}
    assert faults == {
        ("header", "/Idempotency-Key", "missing"),
        ("body", "/cart", "missing"),
        ("body", "/po_number", "malformed"),
        ("body", "/prices", "missing"),
        ("body", "/x", "unknown_field"),
    }


def test_a_wish_for_what_is_not_in_the_cart(anna: Person, context: CartContext, cart: Cart) -> None:
    wishes = [delivery(OTHER_DOOR), delivery(requested_on="2030-01-01")]
    answer = anna.place(body_for(cart, context, deliveries=wishes))
    assert answer.status_code == 422
    assert [(e["pointer"], e["code"]) for e in answer.json["errors"]] == [
        ("/deliveries/0", "not_in_cart"),
        ("/deliveries/1/requested_on", "out_of_window"),
    ]


def test_a_po_number_is_kept_as_written_and_goes_to_sap_in_ascii(
    anna: Person, firestore: Client, context: CartContext, cart: Cart
) -> None:
    placed = anna.place(body_for(cart, context, po_number="\u00a0Süd – №7 ")).json
    [answered] = placed["orders"]
    assert placed["po_number"] == answered["po_number"] == "Süd – №7"
    assert answered["po_number_printed"] == "Sued - No7"
    [number] = orders_in(firestore)
    [document] = read_all(firestore, [order_reference(firestore, number)])
    order = parse_order(document, "100001")
    assert purchase_order_number(order) == f"{order.number}/Sued - No7"
    assert our_order(purchase_order_number(order)) == order.number
    [again] = anna.get("/po-number?po_number=S%C3%9CD%20-%20NO7").json["orders"]
    assert again["number"] == order.number


def test_valid(
    anna: Person,
    firestore: Client,
    queue: Queue,
    context: CartContext,
    cart: Cart,
) -> None:
    answer = anna.place(body_for(cart, context))
    assert answer.status_code == 201
    body = answer.json
    [placed] = body["orders"]
    number = placed["number"]
    assert number == f"{body['group']}-001"
    assert (body["cart"], body["po_number"], body["warnings"]) == ("cart-1", "PO 4711/26", [])
    assert (placed["door"]["id"], placed["window"], placed["pieces"]) == (DOOR, AT_ONCE, 5)
    assert placed["requested_on"] == "2026-11-22"
    assert placed["net"] == {"amount": 12500, "currency": "EUR"}
    assert placed["vat"]["amount"] == {"amount": 2375, "currency": "EUR"}
    assert placed["gross"] == {"amount": 14875, "currency": "EUR"}
    assert (placed["status"], placed["handover"]["state"]) == ("accepted", "waiting")
    assert queue.numbers == [number]

    documents = read_all(
        firestore,
        [
            order_reference(firestore, number),
            cart_reference(firestore, "cart-1"),
            company_reference(firestore, "100001"),
            availability_reference(firestore, "10123", "EU01"),
        ],
    )
    order = parse_order(documents[0], "100001")
    assert [(line.sku, line.quantity) for line in order.lines] == [
        ("10123-010-S", 3),
        ("10123-400-M", 2),
    ]
    ordered = parse_cart(documents[1], "100001")
    assert (ordered.state, ordered.order_group) == (CartState.ORDERED, body["group"])
    assert ordered.expires_at == NOW + ORDERED_KEPT
    assert (ordered.revision, ordered.changed.by) == (cart.revision + 1, "Anna Läufer")
    assert ordered.lines == cart.lines
    assert parse_company("100001", documents[2]).open_amounts == {UNTOLD: 14875}
    stock = Availability.model_validate(documents[3])
    assert stock.promised == promised(NOW.date(), {"10123001": 3, "10123005": 2})


def test_one_order_for_each_door_and_window(
    anna: Person, firestore: Client, queue: Queue, context: CartContext
) -> None:
    places = [(d, w) for d in (DOOR, OTHER_DOOR) for w in (AT_ONCE, PRE_BOOK)]
    cart = cart_of([("10123-010-S", d, w, 1) for d, w in places])
    store_cart(firestore, cart)
    body = anna.place(body_for(cart, context)).json
    placed = [(o["number"][-3:], o["door"]["id"], o["window"]) for o in body["orders"]]
    assert placed == [(f"{i:03}", d, w) for i, (d, w) in enumerate(places, start=1)]
    stock = availability_reference(firestore, "10123", "EU01").get().to_dict() or {}
    assert stock["promised"] == {"10123001": f"{UNTOLD} {NOW.date().isoformat()} 2"}
    assert queue.numbers == [order["number"] for order in body["orders"]]


def test_what_was_kept_by_order_before_still_counts(
    anna: Person, firestore: Client, context: CartContext, cart: Cart
) -> None:
    """Documents of before the sums, which placing adds to."""
    company = company_reference(firestore, "100001")
    held = {
        "ZZZZZZZZZZ-001": {"amount": 100, "sap_stamp": stamp(5)},
        "ZZZZZZZZZZ-002": {"amount": 200, "sap_stamp": None},
    }
    company.update({"open_orders": held, "open_amounts": DELETE_FIELD})
    stock = availability_reference(firestore, "10123", "EU01")
    today = NOW.date().isoformat()
    taken = {
        "ZZZZZZZZZZ-001": {"on": today, "quantities": {"10123001": 40}, "sap_stamp": None},
        "ZZZZZZZZZZ-001~2": {"on": today, "quantities": {"10123001": 7}, "sap_stamp": stamp(5)},
    }
    stock.update({"promises": taken, "promised": DELETE_FIELD})
    # 3 of the 50 are left, which is what the cart wants.
    assert anna.place(body_for(cart, context)).status_code == 201
    stored = stock.get().to_dict() or {}
    assert "promises" not in stored
    assert stored["promised"] == {
        "10123001": f"{stamp(5)} {today} 7 {UNTOLD} {today} 43",
        "10123005": f"{UNTOLD} {today} 2",
    }
    parsed = parse_company("100001", company.get().to_dict())
    assert parsed.open_amounts == {UNTOLD: 15075, stamp(5): 100}


def test_an_answer_that_no_document_holds_is_refused(
    anna: Person,
    firestore: Client,
    context: CartContext,
    cart: Cart,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(placement, "LARGEST_ORDER", 500)
    answer = anna.place(body_for(cart, context))
    assert (answer.status_code, answer.json["code"]) == (422, "order_too_large")
    assert orders_in(firestore) == []


def test_a_supply_to_another_member_state_is_exempt_and_says_so(
    anna: Person, firestore: Client, context: CartContext
) -> None:
    profile = context.company.profile
    lyon = {"country": "FR", "postal_code": "69002", "city": "Lyon"}
    abroad = profile.doors[DOOR].address.model_copy(update=lyon)
    door = profile.doors[DOOR].model_copy(update={"address": abroad})
    store_company(firestore, company(doors=[door], vat_id="FR40303265045"))
    cart = cart_of([("10123-010-S", DOOR, AT_ONCE, 1)])
    store_cart(firestore, cart)
    [placed] = anna.place(body_for(cart, context)).json["orders"]
    assert placed["vat"] == {
        "rule": "intra_community",
        "rate": 0,
        "amount": {"amount": 0, "currency": "EUR"},
        "category": "K",
        "exemption": "VATEX-EU-IC",
        "note": "Exempt intra-Community supply, Article 138 of Directive 2006/112/EC",
    }
    [snapshot] = firestore.collection("orders").stream()
    stored = snapshot.to_dict() or {}
    # The release before knows no intra-Community supply.
    assert (stored["vat"]["rule"], stored["vat"]["ground"]) == ("reverse_charge", "intra_community")
    kept = parse_order(stored, "100001")
    assert kept is not None
    assert kept.vat.rule is VatRule.INTRA_COMMUNITY
    assert (kept.vat.departure, kept.vat.arrival, kept.vat.buyer_id) == (
        "DE",
        "FR",
        "FR40303265045",
    )
    assert kept.vat.supplied_on == kept.requested_on


def test_a_shop_in_the_canary_islands_gets_an_export(
    anna: Person, firestore: Client, context: CartContext
) -> None:
    profile = context.company.profile
    islands = {"country": "ES", "postal_code": "35001", "city": "Las Palmas"}
    abroad = profile.doors[DOOR].address.model_copy(update=islands)
    door = profile.doors[DOOR].model_copy(update={"address": abroad})
    store_company(firestore, company(doors=[door], vat_id="FR40303265045"))
    cart = cart_of([("10123-010-S", DOOR, AT_ONCE, 1)])
    store_cart(firestore, cart)
    [placed] = anna.place(body_for(cart, context)).json["orders"]
    assert (placed["vat"]["rule"], placed["vat"]["category"]) == ("export", "G")


def test_a_hand_over_that_fails_leaves_the_order_due(
    anna: Person, firestore: Client, queue: Queue, context: CartContext, cart: Cart
) -> None:
    queue.down = True
    answer = anna.place(body_for(cart, context))
    assert answer.status_code == 201
    [number] = orders_in(firestore)
    order = parse_order(order_reference(firestore, number).get().to_dict(), "100001")
    assert order.handover.due_at == NOW + timedelta(seconds=30)
    overdue = FieldFilter("handover.due_at", "<=", NOW + timedelta(minutes=1))
    due = firestore.collection("orders").where(filter=overdue)
    assert [snapshot.id for snapshot in due.stream()] == [number]


def test_of_very_many_orders_reconcile_hands_over_the_rest(
    anna: Person,
    firestore: Client,
    queue: Queue,
    context: CartContext,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(placement, "HANDED_OVER", 1)
    cart = cart_of([("10123-010-S", door, PRE_BOOK, 1) for door in (DOOR, OTHER_DOOR)])
    store_cart(firestore, cart)
    first, second = (one["number"] for one in anna.place(body_for(cart, context)).json["orders"])
    assert queue.numbers == [first]
    overdue = FieldFilter("handover.due_at", "<=", NOW + timedelta(minutes=1))
    found = firestore.collection("orders").where(filter=overdue).stream()
    assert {snapshot.id for snapshot in found} == {first, second}


@pytest.mark.parametrize(("styles", "doors"), [(1, 1), (5, 1), (3, 2)])
def test_budget(
    anna: Person, firestore: Client, context: CartContext, styles: int, doors: int
) -> None:
    numbers = [str(30000 + i) for i in range(styles)]
    made = [style(number) for number in numbers]
    context = context_of(*made)
    store_context(firestore, context)
    skus = [sku.id for one in made for colourway in one.colourways for sku in colourway.skus]
    cart = cart_of([(sku, d, AT_ONCE, 1) for sku in skus for d in (DOOR, OTHER_DOOR)[:doors]])
    store_cart(firestore, cart)
    with counting(firestore) as count:
        assert anna.place(body_for(cart, context)).status_code == 201
    assert count.reads == 3 * styles + 5 <= 4 * styles + 5
    assert count.writes == styles + 3 + doors
    assert count.methods == {"BatchGetDocuments": 2, "Commit": 1}
