"""Which price applies: the customer's, else the list's, else the market's, while valid."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.money import UnitPrice
from shared.price.model import PriceKey, Source, StylePrices
from shared.price.rules import at_quantity, price_of, rrp_of, tier_at
from tests.factories.assortment import TODAY
from tests.factories.company import company, sales_area
from tests.factories.price import key, prices, record

COMPANY = company(price_list="W1")
MARKET = key(record(3000), source=Source.MARKET, holder="1000")
LIST = key(record(2800), source=Source.PRICE_LIST, holder="W1")
CUSTOMER = key(record(2600), source=Source.CUSTOMER, holder="100001")


@pytest.mark.parametrize(
    ("keys", "amount", "source"),
    [
        ([MARKET], 3000, Source.MARKET),
        ([MARKET, LIST], 2800, Source.PRICE_LIST),
        ([CUSTOMER, LIST, MARKET], 2600, Source.CUSTOMER),
        ([CUSTOMER], 2600, Source.CUSTOMER),
    ],
)
def test_the_closest_list_wins(keys: list[PriceKey], amount: int, source: Source) -> None:
    price = price_of(prices(keys=keys), None, COMPANY, TODAY)
    assert price is not None
    assert (price.unit.amount, price.source) == (amount, source)


def test_an_expired_customer_price_gives_way_to_the_list() -> None:
    expired = record(100, valid_to=TODAY - timedelta(days=1))
    customer = key(expired, source=Source.CUSTOMER, holder="100001")
    price = price_of(prices(keys=[customer, LIST, MARKET]), None, COMPANY, TODAY)
    assert price is not None
    assert price.source is Source.PRICE_LIST


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.dates(), st.dates())
def test_a_record_holds_from_its_first_to_its_last_day(on: date, start: date, end: date) -> None:
    one = prices(keys=[key(record(1, valid_from=start, valid_to=end))])
    assert (price_of(one, None, COMPANY, on) is not None) == (start <= on <= end)


def test_of_two_valid_records_the_younger_holds() -> None:
    older = record(1000, valid_from=date(2026, 1, 1))
    newer = record(1100, valid_from=date(2026, 6, 1))
    for records in ([older, newer], [newer, older]):
        price = price_of(prices(keys=[key(*records)]), None, COMPANY, TODAY)
        assert price is not None
        assert price.unit.amount == 1100


@pytest.mark.parametrize(
    "foreign",
    [
        key(source=Source.CUSTOMER, holder="100002"),
        key(source=Source.PRICE_LIST, holder="W2"),
        key(source=Source.MARKET, holder="3000", organisation="3000"),
        key(source=Source.CUSTOMER, holder="100001", organisation="3000"),
    ],
)
def test_others_prices_are_not_the_companys(foreign: PriceKey) -> None:
    assert price_of(prices(keys=[foreign]), None, COMPANY, TODAY) is None


def test_no_price_list_is_not_the_list_without_a_name() -> None:
    nameless = key(source=Source.PRICE_LIST, holder="")
    assert price_of(prices(keys=[nameless]), None, company(price_list=""), TODAY) is None


def test_without_prices_there_is_no_price() -> None:
    assert price_of(None, None, COMPANY, TODAY) is None
    assert rrp_of(None, None, COMPANY, TODAY) is None
    assert rrp_of(prices(rrp=None), None, COMPANY, TODAY) is None


def test_rrp_and_wholesale_are_apart() -> None:
    both = prices(wholesale=2500, rrp=5000)
    price = price_of(both, None, COMPANY, TODAY)
    assert price is not None
    assert price.unit == UnitPrice(amount=2500, currency="EUR")
    assert rrp_of(both, None, COMPANY, TODAY) == UnitPrice(amount=5000, currency="EUR")


def test_a_price_for_a_hundred_keeps_its_quantity() -> None:
    price = price_of(prices(keys=[key(record(1005, per=100))]), None, COMPANY, TODAY)
    assert price is not None
    assert price.unit.line_amount(50).amount == 503


def test_the_market_is_the_companys_sales_organisation() -> None:
    american = company(currency="USD", sales_area=sales_area("3000"))
    one = prices(currency="USD", holder="3000", organisation="3000")
    assert price_of(one, None, american, TODAY) is not None
    assert price_of(one, None, COMPANY, TODAY) is None


TIERS = st.dictionaries(
    st.integers(min_value=1, max_value=500), st.integers(min_value=0, max_value=10**6), max_size=6
).map(lambda tiers: sorted(tiers.items()))


@given(TIERS, st.integers(min_value=1, max_value=600))
def test_the_highest_tier_reached_holds(tiers: list[tuple[int, int]], pieces: int) -> None:
    price = price_of(prices(keys=[key(record(9999, tiers))]), None, COMPANY, TODAY)
    assert price is not None
    reached = [tier for tier in tiers if tier[0] <= pieces]
    assert at_quantity(price, pieces).amount == (reached[-1][1] if reached else 9999)
    tier = tier_at(price, pieces)
    assert (tier and tier.quantity) == (reached[-1][0] if reached else None)


def test_a_customers_own_prices_are_beside_the_customer() -> None:
    price = price_of(prices(keys=[LIST, MARKET]), prices(keys=[CUSTOMER]), COMPANY, TODAY)
    assert price is not None
    assert (price.unit.amount, price.source) == (2600, Source.CUSTOMER)
    alone = price_of(None, prices(keys=[CUSTOMER]), COMPANY, TODAY)
    assert alone == price


@pytest.mark.parametrize("stamps", [("1", "2"), ("2", "1")])
@pytest.mark.parametrize("ended", [True, False])
def test_of_a_key_in_both_places_the_newer_holds(stamps: tuple[str, str], *, ended: bool) -> None:
    def at(stamp: str, amount: int) -> StylePrices:
        one = key(record(amount), source=Source.CUSTOMER, holder="100001", stamp=stamp)
        kept = one.model_copy(update={"records": []}) if ended and stamp == "2" else one
        return prices(keys=[kept, MARKET])

    there, own = at(stamps[0], int(stamps[0])), at(stamps[1], int(stamps[1]))
    price = price_of(there, own, COMPANY, TODAY)
    assert price is not None
    assert price.unit.amount == (3000 if ended else 2)
