"""Lines add up; tiers count a style over colours, sizes, doors and windows."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.cart.model import CartLine
from shared.cart.pricing import in_order, price_cart
from shared.money import divide_half_up
from shared.price.model import Source
from shared.vat.rules import VatRule
from tests.factories.assortment import assortment, item
from tests.factories.cart import context_of, line
from tests.factories.company import address, company, door
from tests.factories.price import key, prices, record
from tests.factories.style import style

TEE, SHOE = style(), style("10200", colours=("001",), sizes=("41", "42", "43"))
SKUS = [sku.id for one in (TEE, SHOE) for colour in one.colourways for sku in colour.skus]
TIERS = st.dictionaries(
    st.integers(min_value=2, max_value=300), st.integers(min_value=0, max_value=10**7), max_size=4
).map(lambda tiers: sorted(tiers.items()))
PLACES = st.tuples(
    st.sampled_from(SKUS), st.sampled_from(["200001", "200002"]), st.sampled_from(["AO", "SS27-1"])
)
LINES = st.dictionaries(PLACES, st.integers(min_value=1, max_value=100_000), max_size=30).map(
    lambda cells: [line(sku, n, door, window) for (sku, door, window), n in cells.items()]
)


@given(
    LINES,
    TIERS,
    st.integers(min_value=0, max_value=10**7),
    st.sampled_from([1, 10, 100, 1000]),
    st.sampled_from(["EUR", "HUF", "JPY"]),
)
def test_lines_add_up_to_the_totals(
    lines: list[CartLine], tiers: list[tuple[int, int]], amount: int, per: int, currency: str
) -> None:
    records = record(amount, tiers, per=per)
    all_prices = [prices(n, currency, keys=[key(records)]) for n in ("10123", "10200")]
    buyer = company(currency=currency, vat_id="", vat_id_valid=False)
    priced = price_cart(lines, context_of(TEE, SHOE, all_prices=all_prices, buying=buyer), {})

    pieces: dict[str, int] = defaultdict(int)
    for one in lines:
        pieces[one.sku.split("-", maxsplit=1)[0]] += one.quantity
    expected = 0
    for one, shown in zip(lines, priced.lines, strict=True):
        reached = [less for start, less in tiers if start <= pieces[one.sku.split("-")[0]]]
        unit = reached[-1] if reached else amount
        assert shown.amount is not None
        assert shown.amount.amount == divide_half_up(unit * one.quantity, per)
        expected += shown.amount.amount
    assert priced.net.amount == expected
    assert priced.net.amount == sum(d.net.amount for d in priced.deliveries)
    assert priced.vat.amount == sum(d.vat.amount.amount for d in priced.deliveries)
    assert priced.gross.amount == priced.net.amount + priced.vat.amount
    assert priced.gross.amount == sum(d.gross.amount for d in priced.deliveries)
    assert {priced.net.currency, priced.vat.currency, priced.gross.currency} == {currency}
    assert {n: s.pieces for n, s in priced.styles.items()} == pieces


def test_five_grey_and_five_blue_are_ten() -> None:
    tiered = [prices(keys=[key(record(2500, [(10, 2000), (20, 1500)]))])]
    nine = [line("10123-010-M", 5), line("10123-400-L", 4)]
    ten = [line("10123-010-M", 5), line("10123-400-L", 4), line("10123-400-L", 1, "200002")]
    below = price_cart(nine, context_of(all_prices=tiered), {}).styles["10123"]
    reached = price_cart(ten, context_of(all_prices=tiered), {}).styles["10123"]
    assert (below.unit_price.amount, below.tier) == (2500, None)
    assert below.next_tier is not None
    assert below.next_tier.quantity == 10
    assert reached.unit_price.amount == 2000
    assert reached.tier is not None
    assert reached.next_tier is not None
    assert (reached.tier.quantity, reached.next_tier.quantity) == (10, 20)


def test_another_style_does_not_help_a_tier() -> None:
    tiered = [prices(n, keys=[key(record(2500, [(10, 2000)]))]) for n in ("10123", "10200")]
    priced = price_cart(
        [line(quantity=9), line("10200-001-41", 9)], context_of(TEE, SHOE, all_prices=tiered), {}
    )
    assert {style.unit_price.amount for style in priced.styles.values()} == {2500}


def test_half_a_minor_unit_goes_up_on_each_line() -> None:
    half = [prices(keys=[key(record(5, per=10))])]
    priced = price_cart(
        [line("10123-010-S", 1), line("10123-010-M", 1)], context_of(all_prices=half), {}
    )
    assert [shown.amount and shown.amount.amount for shown in priced.lines] == [1, 1]
    assert priced.net.amount == 2


def test_the_source_of_a_price_is_told() -> None:
    own = key(record(1999), source=Source.CUSTOMER, holder="100001")
    priced = price_cart([line()], context_of(all_prices=[prices(keys=[own])]), {})
    assert priced.styles["10123"].price.source is Source.CUSTOMER


def test_what_can_not_be_had_costs_nothing_and_counts_for_no_tier() -> None:
    tiered = [prices(keys=[key(record(2500, [(10, 2000)]))])]
    known = context_of(all_prices=tiered, seen=assortment(excluded=[item("10123", "400")]))
    priced = price_cart([line("10123-010-M", 6), line("10123-400-M", 6)], known, {})
    assert priced.lines[1].product is None
    assert priced.lines[1].amount is None
    assert priced.styles["10123"].pieces == 6
    assert priced.net.amount == 15_000


def test_each_doors_place_decides_its_vat() -> None:
    doors = [
        door("200001"),
        door("200002", address=address(country="FR")),
        door("200003", address=address(country="CH")),
    ]
    buyer = company(doors=doors, vat_id="FR40303265045")
    lines = [line(quantity=1, door=one.id) for one in doors]
    priced = price_cart(lines, context_of(buying=buyer), {})
    assert [delivery.vat.rule for delivery in priced.deliveries] == [
        VatRule.DOMESTIC,
        VatRule.INTRA_COMMUNITY,
        VatRule.EXPORT,
    ]
    assert priced.vat.amount == 475


@given(LINES)
def test_the_order_is_of_style_colour_size_door_window(lines: list[CartLine]) -> None:
    known = context_of(TEE, SHOE)
    ordered = in_order(lines, known)
    places = [(SKUS.index(one.sku), one.door, one.window) for one in ordered]
    assert places == sorted(places)
    assert in_order(reversed(lines), known) == ordered


def test_sizes_are_in_wearing_order_and_what_is_gone_is_last_of_its_style() -> None:
    skus = ["10123-010-L", "10123-010-XXL", "10200-001-41", "10123-010-S", "10123-400-M"]
    ordered = in_order([line(sku) for sku in skus], context_of(TEE, SHOE))
    assert [one.sku for one in ordered] == [
        "10123-010-S",
        "10123-010-L",
        "10123-400-M",
        "10123-010-XXL",
        "10200-001-41",
    ]


@pytest.mark.parametrize("currency", ["EUR", "HUF", "JPY"])
def test_an_empty_cart_is_zero(currency: str) -> None:
    priced = price_cart([], context_of(buying=company(currency=currency)), {})
    assert (priced.net.amount, priced.gross.currency) == (0, currency)


@given(LINES)
def test_only_what_is_all_pairs_is_counted_in_pairs(lines: list[CartLine]) -> None:
    shoe = style("10200", colours=("001",), sizes=("41", "42", "43"), unit="PR")
    priced = price_cart(lines, context_of(TEE, shoe), {})

    def expected(counted: list[CartLine]) -> str:
        return "PR" if {one.sku.split("-")[0] for one in counted} == {"10200"} else "PCE"

    assert priced.unit == expected(lines)
    for delivery in priced.deliveries:
        place = (delivery.door, delivery.window)
        assert delivery.unit == expected([one for one in lines if (one.door, one.window) == place])
