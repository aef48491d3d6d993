"""The answer's lines, styles and deliveries are where its checks point to."""

from typing import Any

import pytest
from babel import Locale

from functions.carts.reading import assess
from functions.carts.schema import CartView
from functions.carts.view import view
from shared.assortment.model import Assortment
from shared.cart.context import CartContext
from shared.cart.model import CartLine, CartState
from shared.price.model import Source
from shared.style.model import Sku
from tests.factories.assortment import assortment, item
from tests.factories.cart import BUYER, cart, context_of, line
from tests.factories.company import company, credit, door
from tests.factories.price import key, prices, record
from tests.factories.style import colourway, style

EN, DE = Locale.parse("en"), Locale.parse("de")


def shown(
    lines: list[CartLine], known: CartContext | None = None, locale: Locale = EN, **overrides: Any
) -> CartView:
    current = assess(cart(lines, **overrides), known or context_of())
    return view(current, BUYER, locale)


def test_a_line_is_whole() -> None:
    own = key(record(2500, [(10, 2000)]), source=Source.CUSTOMER, holder="100001")
    rrp = key(record(4999), kind="rrp")
    [one] = shown([line(quantity=6)], context_of(all_prices=[prices(keys=[own, rrp])])).lines
    dumped = one.model_dump(exclude={"changed"})
    assert dumped == {
        "sku": "10123-010-M",
        "door": "200001",
        "window": "AO",
        "quantity": 6,
        "style": "10123",
        "style_name": "Tech Tee 2.0",
        "colour": "010",
        "colour_name": "Colour 010",
        "size": "M",
        "size_name": "M",
        "gtin": one.gtin,
        "unit_price": {"amount": 2500, "currency": "EUR", "per": 1},
        "list_price": None,
        "price_source": "customer",
        "amount": {"amount": 15000, "currency": "EUR"},
        "rrp": {"amount": 4999, "currency": "EUR", "per": 1},
        "available": {"level": "good", "quantity": 50, "capped": False},
    }
    assert one.gtin is not None
    assert one.changed.by == "Anna Läufer"


def test_names_are_in_the_readers_language() -> None:
    tee = style(
        colourways=[colourway(names={"en": "Black", "de": "Schwarz"})],
        size_names={"M": {"en": "Medium", "de": "Mittel"}},
    )
    answer = shown([line()], context_of(tee), DE)
    one = answer.lines[0]
    assert (one.style_name, one.colour_name, one.size_name) == (
        "Technik-Shirt 2.0",
        "Schwarz",
        "Mittel",
    )
    assert answer.styles[0].name == "Technik-Shirt 2.0"


def test_a_size_is_named_as_the_catalogue_does_where_its_sku_lacks_a_character() -> None:
    kids = style(
        colourways=[colourway(skus=[Sku(id="10123-010-92_98", size="92/98", article="10123001")])]
    )
    (one,) = shown([line("10123-010-92_98")], context_of(kids)).lines
    assert (one.size, one.size_name) == ("92/98", "92/98")


@pytest.mark.parametrize(
    ("display", "available"),
    [
        ("exact", {"level": "good", "quantity": 50, "capped": False}),
        ("light", {"level": "good", "quantity": None, "capped": False}),
    ],
)
def test_availability_is_shown_as_the_company_is_set(
    display: str, available: dict[str, Any]
) -> None:
    answer = shown([line()], context_of(buying=company(availability_display=display)))
    assert answer.lines[0].available is not None
    assert answer.lines[0].available.model_dump() == available


def test_pre_book_has_no_stock_to_show() -> None:
    assert shown([line(window="SS27-1")]).lines[0].available is None


def test_what_is_gone_is_still_told() -> None:
    gone = context_of(seen=assortment(rules=[], windows=[]), buying=company(doors=[door("1")]))
    answer = shown([line("10123-010-30x32", 6)], gone)
    one, delivery = answer.lines[0], answer.deliveries[0]
    assert (one.style, one.colour, one.size) == ("10123", "010", "30x32")
    assert (one.unit_price, one.amount, one.price_source, one.rrp, one.available) == (None,) * 5
    assert (delivery.door_name, delivery.kind, delivery.cut_off) == ("200001", None, None)
    assert answer.totals.pieces == 6
    assert answer.totals.net.amount == 0
    assert not answer.placeable


def test_the_way_to_the_next_tier() -> None:
    tiered = context_of(all_prices=[prices(keys=[key(record(2500, [(10, 2000), (50, 1800)]))])])
    answer = shown([line(quantity=8), line("10123-400-S", 4)], tiered)
    [one] = answer.styles
    assert (one.pieces, one.tier, one.unit_price.amount) == (12, 10, 2000)
    assert one.next_tier is not None
    assert (one.next_tier.quantity, one.next_tier.missing) == (50, 38)
    assert one.next_tier.unit_price.amount == 1800
    [top] = shown([line(quantity=50)], tiered).styles
    assert (top.tier, top.next_tier) == (50, None)


def test_a_delivery_tells_what_lacks_to_its_minimum() -> None:
    known = context_of(buying=company(minimum_order=20_000))
    answer = shown([line(quantity=6), line(quantity=10, door="200002", window="SS27-1")], known)
    first, second = answer.deliveries
    assert (first.net.amount, first.missing.amount, first.minimum.amount) == (15_000, 5_000, 20_000)
    assert (second.net.amount, second.missing.amount) == (25_000, 0)
    assert (first.kind, second.kind) == ("at_once", "pre_book")
    assert (first.vat.amount.amount, first.gross.amount) == (2_850, 17_850)
    assert answer.totals.gross.amount == first.gross.amount + second.gross.amount


BLIND: Assortment = assortment(excluded=[item("10123", "400")])


def test_every_pointer_points_to_what_it_says() -> None:
    shoe = style("10200", colours=("001",), sizes=("41", "42"), multiple=4, minimum=30)
    known = context_of(
        style(minimum=20),
        shoe,
        seen=BLIND,
        buying=company(minimum_order=10**6, doors=[door(), door("200002", blocked=True)]),
    )
    lines = [
        line("10200-001-42", 7, "200002"),
        line("10123-400-M", 1),
        line("10123-010-L", 60),
        line("10123-010-S", 1, window="NO"),
    ]
    answer = shown(lines, known).model_dump(mode="json")
    assert [one["sku"] for one in answer["lines"]] == [
        "10123-010-S",
        "10123-010-L",
        "10123-400-M",
        "10200-001-42",
    ]
    pointed = {
        (check["code"], _at(answer, check["pointer"]))
        for check in answer["checks"]
        if isinstance(_at(answer, check["pointer"]), str | int)
    }
    assert pointed == {
        ("not_available", "10123-400-M"),
        ("window_not_offered", "NO"),
        ("shortage", 60),
        ("not_a_multiple", 7),
        ("door_not_allowed", "200002"),
    }
    for check in answer["checks"]:
        there = _at(answer, check["pointer"])
        if check["code"] == "below_style_minimum":
            assert (there["style"], there["pieces"]) == (
                check["data"]["style"],
                check["data"]["pieces"],
            )
        if check["code"] == "below_order_minimum":
            assert there["net"]["amount"] == check["data"]["net"]


def _at(document: Any, pointer: str) -> Any:
    for token in pointer.split("/")[1:]:
        document = document[int(token) if isinstance(document, list) else token]
    return document


def test_placeable_is_open_without_errors() -> None:
    warned = context_of(buying=company(credit=credit(limit=1)))
    assert shown([line(quantity=1)]).placeable
    assert shown([line(quantity=1)], warned).placeable
    assert not shown([]).placeable
    assert not shown([line(quantity=51)]).placeable
    assert not shown([line(quantity=1)], state=CartState.ORDERED).placeable


def test_the_credit_that_is_left() -> None:
    known = context_of(buying=company(credit=credit(limit=500, exposure=700)))
    left = shown([], known).credit_left
    assert left is not None
    assert left.amount == -200
    assert shown([]).credit_left is None
