"""Every check with its place, severity and data; none of them is silent or wrong."""

from datetime import date, timedelta
from typing import Any

import pytest
from babel import Locale

from shared.availability.model import Availability
from shared.cart.checks import Check, check_cart, shortage_check, view
from shared.cart.context import CartContext
from shared.cart.model import CartLine
from shared.cart.pricing import in_order, price_cart
from shared.cart.shortage import Shortage
from shared.style.model import Unit
from tests.factories.assortment import TODAY, assortment, at_once, item, pre_book
from tests.factories.availability import stock
from tests.factories.cart import context_of, line
from tests.factories.company import address, company, credit, door
from tests.factories.price import key, prices, record
from tests.factories.style import colourway, style

EN = Locale.parse("en")


def checks(lines: list[CartLine], known: CartContext | None = None) -> list[Check]:
    known = known or context_of()
    return check_cart(price_cart(in_order(lines, known), known, {}), known, {})


def brief(found: list[Check]) -> list[tuple[str, str, str]]:
    return [(check.code, check.severity, check.pointer) for check in found]


def test_a_good_cart_has_none() -> None:
    assert checks([line(quantity=6), line("10123-400-S", 1, "200002", "SS27-1")]) == []


def test_an_empty_cart_can_not_be_placed() -> None:
    assert brief(checks([])) == [("empty", "error", "/lines")]


CLOSED = pre_book(cut_off=TODAY - timedelta(days=1))
UNOPENED = pre_book(opens=TODAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("lines", "known", "expected"),
    [
        (
            [line("10123-010-L"), line("10123-010-S")],
            context_of(seen=assortment(excluded=[item("10123", "010")])),
            [
                ("not_available", "error", "/lines/0/sku"),
                ("not_available", "error", "/lines/1/sku"),
            ],
        ),
        (
            [line()],
            context_of(all_prices=[prices(keys=[key(record(valid_to=date(2026, 1, 1)))])]),
            [("not_available", "error", "/lines/0/sku")],
        ),
        (
            [line("10123-400-M"), line(window="SS27-1")],
            context_of(seen=assortment(windows=[at_once(), CLOSED])),
            [("window_closed", "error", "/lines/0/window")],
        ),
        (
            [line(window="SS27-1")],
            context_of(seen=assortment(windows=[at_once(), UNOPENED])),
            [("window_closed", "error", "/lines/0/window")],
        ),
        (
            [line(window="FW25-9")],
            context_of(),
            [("window_not_offered", "error", "/lines/0/window")],
        ),
        (
            [line("10123-010-S", window="SS27-1")],
            context_of(style(colourways=[colourway(seasons=["FW26"])])),
            [("window_not_offered", "error", "/lines/0/window")],
        ),
        (
            [line("10123-010-S", 6), line("10123-010-M", 7)],
            context_of(style(multiple=6)),
            [("not_a_multiple", "error", "/lines/1/quantity")],
        ),
        (
            [line(door="200002")],
            context_of(buying=company(doors=[door(), door("200002", blocked=True)])),
            [("door_not_allowed", "error", "/lines/0/door")],
        ),
        ([line(door="9")], context_of(), [("door_not_allowed", "error", "/lines/0/door")]),
        ([line(quantity=51)], context_of(), [("shortage", "error", "/lines/0/quantity")]),
        (
            [line("10200-001-41", 1), line(quantity=1)],
            context_of(style(), style("10200", ("001",), ("41",), minimum=2)),
            [("below_style_minimum", "error", "/styles/1")],
        ),
        (
            [line(quantity=10), line(quantity=9, door="200002")],
            context_of(buying=company(minimum_order=25_000)),
            [("below_order_minimum", "error", "/deliveries/1")],
        ),
        (
            [line()],
            context_of(buying=company(order_block=True)),
            [("company_blocked", "error", "")],
        ),
        (
            [line(quantity=10)],
            context_of(buying=company(credit=credit(limit=29_749))),
            [("over_credit", "warning", "")],
        ),
        (
            # Leva of the stored profile and prices, after Bulgaria took the euro.
            [line()],
            context_of(all_prices=[prices(currency="BGN")], buying=company(currency="BGN")),
            [("currency_ended", "error", "")],
        ),
        (
            [line(quantity=10)],
            context_of(buying=company(credit=credit(limit=1, currency="HUF"))),
            [],
        ),
        (
            [line()],
            context_of(
                buying=company(
                    doors=[door(address=address(country="FR"))], vat_id="", vat_id_valid=False
                )
            ),
            [("no_vat_id", "warning", "")],
        ),
    ],
)
def test_a_check_is_told_where_it_is(
    lines: list[CartLine], known: CartContext, expected: list[tuple[str, str, str]]
) -> None:
    assert brief(checks(lines, known)) == expected


@pytest.mark.parametrize(
    ("lines", "known"),
    [
        ([line(quantity=50)], context_of()),
        ([line(quantity=12)], context_of(style(multiple=6, minimum=12))),
        ([line(quantity=10)], context_of(buying=company(minimum_order=25_000))),
        ([line(quantity=10)], context_of(buying=company(credit=credit(limit=29_750)))),
        ([line(window="SS27-1")], context_of(seen=assortment(windows=[pre_book(cut_off=TODAY)]))),
    ],
)
def test_the_limit_itself_is_allowed(lines: list[CartLine], known: CartContext) -> None:
    assert checks(lines, known) == []


def test_all_is_told_at_once() -> None:
    known = context_of(style(multiple=6, minimum=100), buying=company(minimum_order=10**9))
    found = checks([line(quantity=55), line("10123-010-S", 1, "9", "X")], known)
    assert {check.code for check in found} == {
        "not_a_multiple",
        "shortage",
        "window_not_offered",
        "door_not_allowed",
        "below_style_minimum",
        "below_order_minimum",
    }


SCARCE = Availability(
    style="10123",
    plant="EU01",
    stock={"10123002": stock(1, [(TODAY + timedelta(days=2), 8)])},  # of 10123-010-M
)


@pytest.mark.parametrize(
    ("known", "quantity", "code", "detail", "data"),
    [
        (
            context_of(stock=[SCARCE]),
            5,
            "shortage",
            "Only 1 piece of 10123-010-M is left for Nov 22, 2026. From Nov 24, 2026 there are 9.",
            {
                "sku": "10123-010-M",
                "left": 1,
                "on": "2026-11-22",
                "later": [{"on": "2026-11-24", "quantity": 9}],
            },
        ),
        (
            context_of(style(multiple=6)),
            5,
            "not_a_multiple",
            "Order this in steps of 6.",
            {"multiple": 6},
        ),
        (
            context_of(buying=company(credit=credit(limit=100, exposure=200))),
            1,
            "over_credit",
            (
                "This cart takes €29.75 of your credit, of which €0.00 is left. "
                "The order may be held until that is cleared."
            ),
            {"left": -100, "value": 2975, "net": 2500},
        ),
    ],
)
def test_texts_and_data(
    known: CartContext, quantity: int, code: str, detail: str, data: dict[str, Any]
) -> None:
    [check] = checks([line(quantity=quantity)], known)
    shown = view(check, EN)
    assert (shown.code, shown.detail, shown.data) == (code, detail, data)


@pytest.mark.parametrize(
    ("unit", "left", "told"),
    [
        ("PR", 2, "Only 2 pairs of 10123-010-M are left for Nov 22, 2026."),
        ("PCE", 2, "Only 2 pieces of 10123-010-M are left for Nov 22, 2026."),
        ("PR", 0, "Nothing of 10123-010-M is left for Nov 22, 2026."),
    ],
)
def test_a_shortage_is_counted_as_the_style_is(unit: Unit, left: int, told: str) -> None:
    short = Shortage(0, "10123-010-M", left, date(2026, 11, 22), [], unit)
    assert shortage_check(short).message.render(Locale("en")) == told


def test_the_minimum_of_a_shoe_is_in_pairs() -> None:
    shoe = style("10200", colours=("001",), sizes=("41",), unit="PR", minimum=12)
    context = context_of(shoe)
    [check] = [
        one
        for one in check_cart(price_cart([line("10200-001-41", 1)], context, {}), context, {})
        if one.code == "below_style_minimum"
    ]
    assert check.message.render(Locale("de")).startswith("Bestellen Sie mindestens 12 Paar von")
