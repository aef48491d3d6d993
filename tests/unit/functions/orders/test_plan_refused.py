"""What placing a cart is refused for, with every fault at once."""

import json
from datetime import date

import pytest

from functions.orders import plan as planning
from functions.orders.plan import (
    CartNotAsSeenProblem,
    NotPlaceableProblem,
    OrderTooLargeProblem,
    PriceChangedProblem,
    TooManyOrdersProblem,
)
from shared.cart.context import CartContext
from shared.order.model import Confirmation, Order
from shared.problem import InvalidInputProblem
from shared.store import to_document
from tests.factories.assortment import TODAY, assortment, at_once
from tests.factories.cart import context_of
from tests.factories.company import company, credit, door
from tests.factories.placing import (
    AT_ONCE,
    DOOR,
    OTHER_DOOR,
    PRE_BOOK,
    Row,
    cart_of,
    delivery,
    request_for,
)
from tests.factories.price import prices
from tests.factories.style import style
from tests.unit.functions.orders.test_plan import PLACES, SKUS, plan


@pytest.mark.parametrize(
    ("wish", "pointer", "code"),
    [
        (delivery("200009"), "/deliveries/1", "not_in_cart"),
        (delivery(DOOR, PRE_BOOK), "/deliveries/1", "not_in_cart"),
        (delivery(OTHER_DOOR), "/deliveries/1", "given_twice"),
        (delivery(requested_on="2026-11-21"), "/deliveries/1/requested_on", "out_of_window"),
        (delivery(requested_on="2027-02-01"), "/deliveries/1/requested_on", "out_of_window"),
        (delivery(cancel_by="2026-11-21"), "/deliveries/1/cancel_by", "before_requested"),
    ],
)
def test_wishes_that_can_not_be_met_are_faults(
    wish: dict[str, str], pointer: str, code: str
) -> None:
    context = context_of()
    cart = cart_of([(SKUS[0], DOOR, AT_ONCE, 1), (SKUS[0], OTHER_DOOR, AT_ONCE, 1)])
    request = request_for(cart, context, deliveries=[delivery(OTHER_DOOR), wish])
    with pytest.raises(InvalidInputProblem) as refused:
        plan(cart, context, request)
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [(pointer, code)]


def test_every_fault_is_told_at_once() -> None:
    context = context_of()
    cart = cart_of([(SKUS[0], DOOR, AT_ONCE, 1)])
    wishes = [delivery(requested_on="2020-01-01", cancel_by="2019-01-01"), delivery("1", "X")]
    with pytest.raises(InvalidInputProblem) as refused:
        plan(cart, context, request_for(cart, context, deliveries=wishes))
    assert [fault.code for fault in refused.value.faults] == [
        "out_of_window",
        "before_requested",
        "not_in_cart",
    ]


def test_a_changed_cart_is_not_placed() -> None:
    context = context_of()
    cart = cart_of([(SKUS[0], DOOR, AT_ONCE, 1)])
    request = request_for(cart, context)
    with pytest.raises(CartNotAsSeenProblem) as refused:
        plan(cart.model_copy(update={"revision": cart.revision + 1}), context, request)
    assert refused.value.extra == {"revision": cart.revision + 1}


def test_a_changed_price_is_told_with_both() -> None:
    context = context_of()
    cart = cart_of([(SKUS[0], DOOR, AT_ONCE, 1)])
    dearer = context_of(all_prices=[prices(wholesale=2600)])
    with pytest.raises(PriceChangedProblem) as refused:
        plan(cart, dearer, request_for(cart, context))
    assert refused.value.extra == {
        "prices": [
            {
                "style": "10123",
                "sku": None,
                "seen": {"amount": 2500, "currency": "EUR", "per": 1},
                "now": {"amount": 2600, "currency": "EUR", "per": 1},
            }
        ]
    }


def test_a_price_that_was_not_shown_is_not_charged() -> None:
    context = context_of()
    cart = cart_of([(SKUS[0], DOOR, AT_ONCE, 1)])
    with pytest.raises(PriceChangedProblem) as refused:
        plan(cart, context, request_for(cart, context, prices=[]))
    assert refused.value.extra["prices"][0]["seen"] is None


@pytest.mark.parametrize(
    ("context", "row", "code"),
    [
        (context_of(), ("99999-010-S", DOOR, AT_ONCE, 1), "not_available"),
        (context_of(), (SKUS[0], "200009", AT_ONCE, 1), "door_not_allowed"),
        (context_of(), (SKUS[0], DOOR, "FW99", 1), "window_not_offered"),
        (context_of(style(multiple=6)), (SKUS[0], DOOR, AT_ONCE, 5), "not_a_multiple"),
        (context_of(style(minimum=12)), (SKUS[0], DOOR, AT_ONCE, 5), "below_style_minimum"),
        (
            context_of(buying=company(minimum_order=1_000_000)),
            (SKUS[0], DOOR, AT_ONCE, 5),
            "below_order_minimum",
        ),
        (
            context_of(buying=company(order_block=True)),
            (SKUS[0], DOOR, AT_ONCE, 5),
            "company_blocked",
        ),
        (
            context_of(seen=assortment(windows=[at_once(cut_off=date(2026, 11, 21))])),
            (SKUS[0], DOOR, AT_ONCE, 1),
            "window_closed",
        ),
    ],
)
def test_checks_block_placing(context: CartContext, row: Row, code: str) -> None:
    with pytest.raises(NotPlaceableProblem) as refused:
        plan(cart_of([row]), context)
    assert code in {check.code for check in refused.value.checks}


def test_an_empty_cart_is_not_placed() -> None:
    with pytest.raises(NotPlaceableProblem):
        plan(cart_of([]), context_of())


def test_warnings_do_not_block() -> None:
    context = context_of(buying=company(credit=credit(limit=100)))
    planned = plan(cart_of([(SKUS[0], DOOR, AT_ONCE, 1)]), context)
    assert [check.code for check in planned.warnings] == ["over_credit"]


def test_at_most_999_orders_at_a_time() -> None:
    doors = [door(str(300000 + i)) for i in range(1000)]
    context = context_of(buying=company(doors=doors))
    cart = cart_of([(SKUS[0], one.id, PRE_BOOK, 1) for one in doors])
    with pytest.raises(TooManyOrdersProblem):
        plan(cart, context)


def test_an_order_has_room_for_what_sap_confirms() -> None:
    huge = style("10123", [f"{code:03}" for code in range(100)], [str(s) for s in range(100)])
    context = context_of(huge)
    skus = [sku.id for colourway in huge.colourways for sku in colourway.skus]

    def placed(count: int) -> Order:
        cart = cart_of([(sku, DOOR, PRE_BOOK, 1) for sku in skus[:count]])
        return plan(cart, context).orders[0]

    with pytest.raises(OrderTooLargeProblem):
        placed(10_000)
    largest = placed(6_000)
    dates = [Confirmation(on=TODAY, quantity=1000)] * 3
    lines = [line.model_copy(update={"confirmed": dates}) for line in largest.lines]
    document = to_document(largest.model_copy(update={"lines": lines}))
    packed = sum(len(line) + 1 for line in document.pop("lines"))
    assert packed + len(json.dumps(document, default=str).encode()) < 1 << 20


@pytest.mark.parametrize(("limit", "most"), [("LARGEST_ORDER", 1000), ("LARGEST_PLACING", 3000)])
def test_what_no_document_or_commit_holds_is_refused(
    monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    cart = cart_of([(SKUS[0], d, w, 1) for d, w in PLACES])
    assert len(plan(cart, context_of()).orders) == 4
    monkeypatch.setattr(planning, limit, most)
    with pytest.raises(OrderTooLargeProblem):
        plan(cart, context_of())
