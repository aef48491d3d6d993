"""What discounts make of list prices, for every number of pieces."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.price.discounts import apply_discounts, choose_discounts, net
from shared.price.model import MOST_PRICE, InForce
from shared.price.rules import applied_discounts, at_quantity, list_at_quantity, price_of
from tests.factories.assortment import TODAY
from tests.factories.company import company
from tests.factories.price import discount, key, prices, record, variant_key

AMOUNTS = st.integers(0, 5_000)
TIERS = st.lists(st.tuples(st.integers(1, 40), AMOUNTS), max_size=3, unique_by=lambda t: t[0]).map(
    lambda tiers: tuple(sorted(tiers))
)


@st.composite
def discounts(draw: st.DrawFn) -> list[InForce]:
    found = []
    for step in range(draw(st.integers(0, 3))):
        percent = draw(st.booleans())
        most = 100_000 if percent else 3_000
        rates = st.integers(-most, most)
        thresholds = draw(st.lists(st.integers(0, 60_000), max_size=3, unique=True).map(sorted))
        by_value = draw(st.booleans())
        tiers = tuple((t if by_value else t // 1_000 + 1, draw(rates)) for t in thresholds)
        found.append(
            InForce(
                step=step,
                condition=f"K{step}",
                access=0,
                source=1,
                article="",
                material_group="",
                valid_from="2026-01-01",
                percent=percent,
                running=draw(st.booleans()),
                by_value=by_value,
                rate=draw(rates),
                per=draw(st.sampled_from([1, 3, 12])),
                tiers=tuple(dict(tiers).items()),
            )
        )
    return found


@given(AMOUNTS, st.sampled_from([1, 7, 100]), TIERS, discounts(), st.integers(1, 200))
def test_net_tiers_say_for_each_number_of_pieces_what_the_discounts_leave(
    amount: int,
    per: int,
    tiers: tuple[tuple[int, int], ...],
    found: list[InForce],
    pieces: int,
) -> None:
    below, steps = apply_discounts(amount, per, tiers, found, "EUR")
    reached = [less for start, less in steps if pieces >= start]
    listed = [less for start, less in tiers if pieces >= start]
    of_pieces = reached[-1] if reached else below
    assert of_pieces == net(listed[-1] if listed else amount, per, pieces, found, "EUR")
    assert 0 <= of_pieces <= MOST_PRICE
    assert [start for start, _ in steps] == sorted({start for start, _ in steps})


def test_of_a_type_the_first_access_counts_and_in_it_the_variants_own() -> None:
    buyer = company()
    keys = {
        "general": discount(5_000, access=1),
        "style": discount(10_000, access=0),
        "variant": discount(20_000, access=0, article="10123002"),
    }
    stored = prices(wholesale=2000).model_copy(update={"discounts": keys})
    found = [price_of(stored, None, buyer, TODAY, article) for article in ("", "10123002")]
    assert [price and price.unit.amount for price in found] == [1800, 1600]


def test_a_discount_counts_from_its_first_to_its_last_day() -> None:
    dated = discount(record_of={"valid_from": date(2026, 11, 20), "valid_to": date(2026, 11, 30)})
    stored = prices(wholesale=2000).model_copy(update={"discounts": {"one": dated}})
    days = [date(2026, 11, day) for day in (19, 20, 30)] + [date(2026, 12, 1)]
    found = [price_of(stored, None, company(), day) for day in days]
    assert [price and price.unit.amount for price in found] == [2000, 1800, 1800, 2000]


def test_a_net_price_in_forints_has_no_filler() -> None:
    keys = {"one": discount(3_000)}
    stored = prices(wholesale=12_990_00, currency="HUF").model_copy(update={"discounts": keys})
    price = price_of(stored, None, company(currency="HUF"), TODAY)
    assert price is not None
    # 3 % are 389.70 Ft.
    assert price.unit.amount == 12_600_00


def test_what_is_taken_off_is_told_beside_the_net_price() -> None:
    keys = {"one": discount(10_000, [(10, 0)])}
    stored = prices(wholesale=2000).model_copy(update={"discounts": keys})
    price = price_of(stored, None, company(), TODAY)
    assert price is not None
    assert [(tier.quantity, tier.amount) for tier in price.tiers] == [(10, 2000)]
    listed = [list_at_quantity(price, pieces) for pieces in (1, 9, 10)]
    assert [one and one.amount for one in listed] == [2000, 2000, None]


@pytest.mark.parametrize(
    ("rates", "amount"),
    [
        ([60_000, 40_000], None),
        ([60_000, 39_000], 20),
        # A person has looked at one that takes all off, before it was stored.
        ([100_000], 0),
        ([100_000, 10_000], 0),
    ],
)
def test_nothing_is_sold_at_a_price_of_which_discounts_together_leave_nothing(
    rates: list[int], amount: int | None
) -> None:
    keys = {f"K{n}": discount(rate, condition=f"K{n}", step=n) for n, rate in enumerate(rates)}
    stored = prices(wholesale=2000).model_copy(update={"discounts": keys})
    found = price_of(stored, None, company(), TODAY)
    assert (found and found.unit.amount) == amount


def test_neither_where_only_many_pieces_cost_nothing() -> None:
    keys = {"K0": discount(50_000, [(100, 60_000)]), "K1": discount(40_000, condition="K1", step=1)}
    stored = prices(wholesale=2000).model_copy(update={"discounts": keys})
    assert price_of(stored, None, company(), TODAY) is None


def test_a_variants_price_of_a_lower_list_does_not_go_before_the_customers() -> None:
    variants = {"market": variant_key("10123002", record(2200))}
    stored = prices(wholesale=2000).model_copy(update={"variants": variants})
    found = price_of(stored, None, company(), TODAY, "10123002")
    assert found is not None
    assert found.unit.amount == 2200
    assert choose_discounts([]) == []


@given(
    st.integers(1, 60_000),
    TIERS,
    st.lists(st.integers(-30_000, 30_000), max_size=3),
    st.integers(1, 200),
)
def test_named_discounts_are_all_between_list_and_net_price(
    amount: int, tiers: tuple[tuple[int, int], ...], rates: list[int], pieces: int
) -> None:
    records = [record(amount, tiers=tiers)]
    found = {
        str(step): discount(rate, step=step, condition=f"K{step}")
        for step, rate in enumerate(rates)
    }
    stored = prices(keys=[key(*records)], discounts=found)
    price = price_of(stored, None, company(), TODAY)
    if price is not None:
        listed = list_at_quantity(price, pieces) or at_quantity(price, pieces)
        changed = sum(one.change for one in applied_discounts(price, pieces))
        assert listed.amount + changed == at_quantity(price, pieces).amount
