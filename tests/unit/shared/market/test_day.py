"""When a day begins and ends, in every market, in every night."""

from datetime import UTC, date, datetime, timedelta

import pytest
from babel.dates import format_datetime, get_timezone
from hypothesis import example, given
from hypothesis import strategies as st

from shared.market.day import (
    business_day,
    first_instant,
    market_of,
    selling_market,
)
from shared.market.model import MARKETS, Market
from shared.order.market import market_of_order
from tests.factories.company import address, company, sales_area
from tests.factories.order import order

INSTANTS = st.integers(946_684_800, 4_102_444_800).map(lambda s: datetime.fromtimestamp(s, UTC))
ZONES = st.sampled_from(list(MARKETS.values()))
DAY = timedelta(days=1)
A_MICROSECOND = timedelta(microseconds=1)

# Directive 2000/84/EC: the last Sundays of March and October, at 1 o'clock in UTC; 15 USC 260a:
# the second Sunday of March and the first of November. Mexico has had no summer time since 2022.
SHORT_DAYS = {
    2026: (date(2026, 3, 29), date(2026, 3, 8)),
    2027: (date(2027, 3, 28), date(2027, 3, 14)),
}
LONG_DAYS = {
    2026: (date(2026, 10, 25), date(2026, 11, 1)),
    2027: (date(2027, 10, 31), date(2027, 11, 7)),
}


@given(ZONES, INSTANTS)
def test_an_instant_is_in_its_day_and_in_no_other(market: Market, at: datetime) -> None:
    day = business_day(market, at)
    assert first_instant(market, day) <= at < first_instant(market, day + DAY)


@given(
    ZONES,
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.timedeltas(timedelta(seconds=-2), timedelta(seconds=2)),
)
@example(MARKETS["DE"], date(2026, 10, 25), -A_MICROSECOND)
@example(MARKETS["US"], date(2026, 11, 1), timedelta(0))
def test_a_day_ends_with_its_last_microsecond(market: Market, day: date, past: timedelta) -> None:
    at = first_instant(market, day) + past
    assert business_day(market, at) == (day if past >= timedelta(0) else day - DAY)


@pytest.mark.parametrize("year", SHORT_DAYS)
@pytest.mark.parametrize("country", MARKETS)
def test_the_days_of_the_clock_changes_have_23_and_25_hours(country: str, year: int) -> None:
    market = MARKETS[country]
    lengths = {}
    for number in range((date(year, 12, 31) - date(year, 1, 1)).days + 1):
        day = date(year, 1, 1) + number * DAY
        lengths[day] = first_instant(market, day + DAY) - first_instant(market, day)
    changes = {day: length for day, length in lengths.items() if length != DAY}
    if country in ("IS", "MX"):  # neither changes its clocks
        assert changes == {}
    else:
        overseas = country in ("US", "CA")
        assert changes == {
            SHORT_DAYS[year][overseas]: timedelta(hours=23),
            LONG_DAYS[year][overseas]: timedelta(hours=25),
        }


@given(ZONES, INSTANTS)
def test_it_is_the_day_that_clocks_on_the_wall_show(market: Market, at: datetime) -> None:
    shown = format_datetime(at, "yyyy-MM-dd", tzinfo=get_timezone(market.time_zone), locale="en")
    assert business_day(market, at).isoformat() == shown


@pytest.mark.parametrize(
    ("at", "country", "day"),
    [
        ("2026-11-26T23:30:00+00:00", "DE", "2026-11-27"),
        ("2026-11-26T23:30:00+00:00", "PT", "2026-11-26"),
        ("2026-07-26T22:30:00+00:00", "GB", "2026-07-26"),
        ("2026-07-26T23:30:00+00:00", "GB", "2026-07-27"),
        ("2026-07-26T21:00:00+00:00", "FI", "2026-07-27"),
        ("2026-11-27T04:59:59+00:00", "US", "2026-11-26"),
        ("2026-11-27T05:00:00+00:00", "CA", "2026-11-27"),
        ("2026-11-27T05:59:59+00:00", "MX", "2026-11-26"),
        # Whichever zone it is told in.
        ("2026-11-27T00:30:00+02:00", "SE", "2026-11-26"),
    ],
)
def test_days_around_midnight(at: str, country: str, day: str) -> None:
    assert business_day(MARKETS[country], datetime.fromisoformat(at)).isoformat() == day


@pytest.mark.parametrize("country", MARKETS)
def test_a_filter_may_name_the_first_and_the_last_of_all_days(country: str) -> None:
    first = first_instant(MARKETS[country], date.min)
    assert first < first_instant(MARKETS[country], date(1, 1, 3))
    assert first_instant(MARKETS[country], date.max).year == 9999


@pytest.mark.parametrize(
    ("country", "organisation", "sells"),
    [
        ("FR", "1000", "FR"),
        ("MX", "3000", "MX"),
        ("CA", "3100", "CA"),
        # Sold to from elsewhere, and a country that is no market.
        ("CA", "3000", "US"),
        ("DE", "3100", "CA"),
        ("LI", "1000", "DE"),
        ("PR", "3000", "US"),
        ("", "1000", "DE"),
    ],
)
def test_the_market_that_sells(country: str, organisation: str, sells: str) -> None:
    area = sales_area(organisation)
    buyer = company(address=address(country=country), sales_area=area)
    assert market_of(buyer) == selling_market(country, area) == MARKETS[sells]


def test_an_order_from_before_is_of_its_sellers_market() -> None:
    before = order(sales_area=sales_area("3000"))
    assert market_of_order(before) is MARKETS["US"]
    assert market_of_order(before.model_copy(update={"market": "MX"})) is MARKETS["MX"]
