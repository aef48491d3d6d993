"""What placing a cart comes to, whatever is in it."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.orders.plan import (
    NotPlaceableProblem,
    OrderPlan,
    plan_order,
)
from functions.orders.schema import PlaceRequest
from shared.cart.context import CartContext
from shared.cart.model import Cart
from shared.order.commitment import promised_pieces
from shared.order.handover import HandoverState
from shared.order.status import Status
from shared.stamped import UNTOLD
from shared.style.model import style_of
from shared.vat.rules import VatRule
from tests.factories.assortment import NOW, TODAY, assortment, pre_book
from tests.factories.availability import availability, stock
from tests.factories.cart import context_of
from tests.factories.company import address, company, door, sales_area
from tests.factories.placing import (
    AT_ONCE,
    DOOR,
    OTHER_DOOR,
    PRE_BOOK,
    Row,
    buyer,
    cart_of,
    delivery,
    request_for,
)
from tests.factories.price import key, prices, record
from tests.factories.style import style

NUMBER = "7K3Q9XZ4M2"
SMALL = style()
SKUS = [sku.id for colourway in SMALL.colourways for sku in colourway.skus]


def plan(cart: Cart, context: CartContext, request: PlaceRequest | None = None) -> OrderPlan:
    return plan_order(cart, context, request or request_for(cart, context), buyer(), NUMBER, NOW)


# Any cart that can be placed: up to three styles, two doors, two windows, three currencies.

STYLES = [style(number) for number in ("10123", "10124", "20001")]
ALL_SKUS = [s.id for one in STYLES for c in one.colourways for s in c.skus]
PLACES = [(d, w) for d in (DOOR, OTHER_DOOR) for w in (AT_ONCE, PRE_BOOK)]


@st.composite
def contexts(draw: st.DrawFn) -> CartContext:
    currency = draw(st.sampled_from(["EUR", "HUF", "ISK"]))
    amounts = st.integers(0, 10**7)
    all_prices = [
        prices(
            one.number,
            currency,
            keys=[
                key(
                    record(
                        draw(amounts),
                        tiers=[(draw(st.integers(2, 40)), draw(amounts))],
                        per=draw(st.sampled_from([1, 3, 10, 100])),
                    )
                )
            ],
        )
        for one in STYLES
    ]
    country = draw(st.sampled_from(["DE", "HU", "CH"]))
    doors = [
        door(DOOR, address=address(country=country), default=True),
        door(OTHER_DOOR, address=address()),
    ]
    return context_of(
        *STYLES,
        all_prices=all_prices,
        stock=[availability(one, on_hand=10_000) for one in STYLES],
        buying=company(currency=currency, doors=doors, vat_id_valid=draw(st.booleans())),
    )


@st.composite
def carts(draw: st.DrawFn) -> Cart:
    rows = draw(
        st.dictionaries(
            st.tuples(st.sampled_from(ALL_SKUS), st.sampled_from(PLACES)),
            st.integers(1, 200),
            min_size=1,
            max_size=25,
        )
    )
    return cart_of([(sku, place[0], place[1], n) for (sku, place), n in rows.items()])


@settings(deadline=None)
@given(carts(), contexts())
def test_orders_partition_the_cart(cart: Cart, context: CartContext) -> None:
    orders = plan(cart, context).orders
    ordered = [
        (line.sku, order.door.id, order.window, line.quantity)
        for order in orders
        for line in order.lines
    ]
    assert Counter(ordered) == Counter(
        (line.sku, line.door, line.window, line.quantity) for line in cart.lines.values()
    )
    places = [(order.door.id, order.window) for order in orders]
    assert len(set(places)) == len(places)
    assert [order.number for order in orders] == [
        f"{NUMBER}-{i:03}" for i in range(1, len(orders) + 1)
    ]
    for order in orders:
        assert [line.position for line in order.lines] == [
            10 * i for i in range(1, len(order.lines) + 1)
        ]
        assert set(order.styles) == {style_of(line.sku) for line in order.lines}


@settings(deadline=None)
@given(carts(), contexts())
def test_amounts_add_up_to_totals(cart: Cart, context: CartContext) -> None:
    for order in plan(cart, context).orders:
        assert {line.amount.currency for line in order.lines} == {order.currency}
        assert all(
            line.amount == line.unit_price.line_amount(line.quantity) for line in order.lines
        )
        assert order.net.amount == sum(line.amount.amount for line in order.lines)
        assert order.gross == order.net + order.vat.amount
        assert order.pieces == sum(line.quantity for line in order.lines)
        # Half up, so never further off than half a minor unit.
        assert abs(1000 * order.vat.amount.amount - order.vat.rate * order.net.amount) <= 500


@settings(deadline=None)
@given(carts(), contexts())
def test_a_style_has_one_price_in_the_whole_cart(cart: Cart, context: CartContext) -> None:
    found = {
        (style_of(line.sku), line.unit_price)
        for order in plan(cart, context).orders
        for line in order.lines
    }
    assert len(found) == len({number for number, _ in found})


@settings(deadline=None)
@given(carts(), contexts())
def test_promises_are_the_at_once_quantities(cart: Cart, context: CartContext) -> None:
    for order in plan(cart, context).orders:
        assert promised_pieces(order) == {
            (style_of(line.sku), line.article, UNTOLD, order.requested_on): line.quantity
            for line in order.lines
            if order.window == AT_ONCE
        }


@settings(deadline=None)
@given(carts(), contexts(), st.randoms())
def test_the_plan_is_the_same_however_the_lines_came(
    cart: Cart, context: CartContext, chance: Any
) -> None:
    shuffled = list(cart.lines.items())
    chance.shuffle(shuffled)
    again = cart.model_copy(update={"lines": dict(shuffled)})
    request = request_for(cart, context)
    first, second = plan(cart, context, request), plan(again, context, request)
    assert [o.model_dump() for o in first.orders] == [o.model_dump() for o in second.orders]


@settings(deadline=None)
@given(
    st.integers(0, 30), st.lists(st.tuples(st.sampled_from(SKUS), st.integers(1, 20)), min_size=1)
)
def test_an_order_never_takes_more_than_there_is(
    on_hand: int, wanted: list[tuple[str, int]]
) -> None:
    # One SKU for two doors shares one stock.
    rows: dict[Row, int] = {}
    for i, (sku, n) in enumerate(wanted):
        rows[sku, (DOOR, OTHER_DOOR)[i % 2], AT_ONCE, 0] = n
    cart = cart_of([(sku, d, w, n) for (sku, d, w, _), n in rows.items()])
    asked: Counter[str] = Counter()
    for line in cart.lines.values():
        asked[line.sku] += line.quantity
    context = context_of(stock=[availability(SMALL, on_hand)])
    if max(asked.values()) <= on_hand:
        assert plan(cart, context).orders
    else:
        with pytest.raises(NotPlaceableProblem):
            plan(cart, context)


# Single cases


def test_an_order_is_whole() -> None:
    context = context_of()
    cart = cart_of([(SKUS[1], DOOR, AT_ONCE, 3), (SKUS[0], DOOR, AT_ONCE, 2)])
    [order] = plan(cart, context).orders
    profile = context.company.profile
    assert (order.company, order.door, order.po_number) == (
        "100001",
        profile.doors[DOOR],
        "PO 4711/26",
    )
    assert (order.window, order.season, order.at_once) == ("AO", "FW26", True)
    assert (order.requested_on, order.cancel_by) == (TODAY, None)
    assert (order.payment_terms, order.incoterms) == ("ZN30", "DAP")
    assert (order.plant, order.sales_area) == ("EU01", sales_area())
    assert [(line.sku, line.article, line.size) for line in order.lines] == [
        ("10123-010-S", "10123001", "S"),
        ("10123-010-M", "10123002", "M"),
    ]
    assert order.net.amount == 5 * 2500
    assert (order.vat.rule, order.vat.rate) == (VatRule.DOMESTIC, 190)
    assert order.names["10123"].style["de"] == "Technik-Shirt 2.0"
    assert set(order.names["10123"].colours) == {"010"}
    assert order.names["10123"].run == [
        size for size in ("S", "M", "L") if size in {line.size for line in order.lines}
    ]
    [step] = order.history
    assert (step.status, step.at, step.by) == (Status.ACCEPTED, NOW, "Anna")
    assert order.handover.state is HandoverState.WAITING
    assert order.handover.due_at == NOW + timedelta(seconds=30)


def test_pre_book_is_not_limited_by_stock_and_wanted_from_its_window_on() -> None:
    context = context_of(stock=[availability(SMALL, 0)])
    planned = plan(cart_of([(SKUS[0], DOOR, PRE_BOOK, 500)]), context)
    assert promised_pieces(planned.orders[0]) == {}
    assert planned.orders[0].requested_on == pre_book().ship_from


def test_goods_of_a_window_that_has_begun_are_wanted_today() -> None:
    begun = pre_book(ship_from=date(2026, 11, 1))
    context = context_of(seen=assortment(windows=[begun]))
    [order] = plan(cart_of([(SKUS[0], DOOR, PRE_BOOK, 1)]), context).orders
    assert order.requested_on == TODAY


def test_dates_asked_for_are_kept() -> None:
    context = context_of()
    cart = cart_of([(SKUS[0], DOOR, AT_ONCE, 1), (SKUS[0], OTHER_DOOR, PRE_BOOK, 1)])
    wish = delivery(OTHER_DOOR, PRE_BOOK, requested_on="2027-02-14", cancel_by="2027-02-28")
    first, second = plan(cart, context, request_for(cart, context, deliveries=[wish])).orders
    assert (first.requested_on, first.cancel_by) == (TODAY, None)
    assert (second.requested_on, second.cancel_by) == (date(2027, 2, 14), date(2027, 2, 28))


def test_a_later_day_can_have_what_arrives_until_then() -> None:
    arriving = stock(1, [(date(2026, 12, 1), 9)])
    context = context_of(stock=[availability(SMALL, 0, "EU01", **{SKUS[0]: arriving})])
    cart = cart_of([(SKUS[0], DOOR, AT_ONCE, 10)])
    with pytest.raises(NotPlaceableProblem) as refused:
        plan(cart, context)
    [check] = refused.value.body(Locale("en"), "r").model_dump()["checks"]
    assert check["data"] == {
        "sku": SKUS[0],
        "left": 1,
        "on": "2026-11-22",
        "later": [{"on": "2026-12-01", "quantity": 10}],
    }
    wish = delivery(requested_on="2026-12-01")
    [order] = plan(cart, context, request_for(cart, context, deliveries=[wish])).orders
    assert order.requested_on == date(2026, 12, 1)
