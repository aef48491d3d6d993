"""What is the rule of a day holds in every zone that there is, in nights in which clocks change.

The zones are all of the time zone database, which speaks for the time since 1970; clocks were put
back across midnight in some, forward at midnight in others, and by a whole day in the Pacific.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from unittest.mock import patch
from zoneinfo import ZoneInfo, available_timezones

import pytest
from babel import Locale
from babel.dates import format_date
from hypothesis import example, given
from hypothesis import strategies as st

from functions.orders.documents.content import confirmation
from functions.orders.wording import Reader
from shared.assortment.model import DeliveryWindow
from shared.assortment.rules import is_open
from shared.day import day_in
from shared.market.day import business_day, first_instant
from shared.market.model import MARKETS, Market
from shared.order.permission import CutOffPassedProblem, way_to_change
from shared.price.rules import price_of
from shared.sap.sales_order import create_parameters
from tests.factories.company import company
from tests.factories.order import order
from tests.factories.price import key, prices, record
from tests.factories.sap import ECC

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
ALL = sorted(available_timezones())
# Back across midnight, forward at it, back to it, over a day that there never was, by half an hour,
# by two hours, and by three at once.
ODD = {
    "America/St_Johns": 2010,
    "America/Goose_Bay": 1988,
    "America/Sao_Paulo": 2018,
    "Africa/Cairo": 2026,
    "Asia/Beirut": 2026,
    "America/Havana": 2026,
    "Pacific/Apia": 2011,
    "Pacific/Kwajalein": 1993,
    "Australia/Lord_Howe": 2026,
    "Antarctica/Troll": 2026,
    "Antarctica/Casey": 2010,
}


@cache
def changes(zone: str, year: int) -> tuple[datetime, ...]:
    """The first instants after each change of the zone's clocks in a year."""
    return tuple(_changes(ZoneInfo(zone), year))


def _changes(zone: ZoneInfo, year: int) -> Iterator[datetime]:
    first = datetime(year, 1, 1, tzinfo=UTC)
    for before, after in pairwise(first + number * DAY for number in range(367)):
        low, high = before, after
        if _offset(zone, low) == _offset(zone, high):
            continue
        while high - low > SECOND:
            middle = low + (high - low) // 2
            low, high = (
                (middle, high) if _offset(zone, middle) == _offset(zone, low) else (low, middle)
            )
        yield high.replace(microsecond=0)


def _offset(zone: ZoneInfo, at: datetime) -> timedelta | None:
    return at.astimezone(zone).utcoffset()


def _market(zone: str) -> Market:
    return Market("DE", "1000", "EUR", ("de",), zone)


@st.composite
def moments(draw: st.DrawFn) -> tuple[str, datetime]:
    """A zone and an instant, most of them about a change of its clocks or a midnight."""
    zone, year = draw(st.sampled_from(ALL)), draw(st.integers(1970, 2100))
    beside = draw(st.timedeltas(timedelta(hours=-25), timedelta(hours=25)))
    near = draw(st.sampled_from((beside, timedelta(0), -timedelta(microseconds=1))))
    midnight = first_instant(_market(zone), date(year, draw(st.integers(1, 12)), 1))
    return zone, draw(st.sampled_from((*changes(zone, year), midnight))) + near


def about(zone: str, year: int) -> Iterator[datetime]:
    """Instants around each change of a year's clocks."""
    for change in changes(zone, year):
        for minutes in (-1441, -61, -31, -1, 0, 1, 29, 31, 59, 61, 121, 181, 1441):
            yield change + timedelta(minutes=minutes)


def assert_days_hold(zone: str, at: datetime) -> None:
    """An instant is in its day and in no other, and days never go back."""
    market = _market(zone)
    day = business_day(market, at)
    assert first_instant(market, day) <= at < first_instant(market, day + DAY)
    assert business_day(market, at - SECOND) <= day <= business_day(market, at + SECOND)
    shown = at.astimezone(ZoneInfo(zone)).date()
    # After midnight clocks may be put back to before it; then the new day goes on.
    assert shown <= day <= shown + DAY


@given(moments())
def test_an_instant_is_in_its_day_and_in_no_other(moment: tuple[str, datetime]) -> None:
    assert_days_hold(*moment)


@pytest.mark.parametrize("zone", ODD)
def test_so_it_is_where_clocks_change_oddly(zone: str) -> None:
    moments_of_it = list(about(zone, ODD[zone]))
    assert moments_of_it
    for at in moments_of_it:
        assert_days_hold(zone, at)


@pytest.mark.parametrize("year", [2026, 2027])
def test_so_it_is_in_every_zone_of_these_years(year: int) -> None:
    for zone in ALL:
        for at in about(zone, year):
            assert_days_hold(zone, at)


def test_a_day_that_clocks_left_out_has_no_instant() -> None:
    samoa = _market("Pacific/Apia")
    assert first_instant(samoa, date(2011, 12, 30)) == first_instant(samoa, date(2011, 12, 31))


def test_a_day_that_has_begun_goes_on_when_clocks_are_put_back_to_before_it() -> None:
    # At a minute past midnight of 7 November 2010 clocks showed a minute past 23 again.
    zone = ZoneInfo("America/St_Johns")
    change = datetime(2010, 11, 7, 2, 31, tzinfo=UTC)
    days = {
        minutes: day_in(zone, change + timedelta(minutes=minutes))
        for minutes in (-2, -1, 0, 58, 59)
    }
    assert days == {-2: date(2010, 11, 6)} | dict.fromkeys((-1, 0, 58, 59), date(2010, 11, 7))


@given(moments())
@example(("America/St_Johns", datetime(2010, 11, 7, 2, 40, tzinfo=UTC)))
@example(("America/Sao_Paulo", datetime(2018, 11, 4, 3, tzinfo=UTC)))
@example(("Pacific/Apia", datetime(2011, 12, 30, 10, tzinfo=UTC)))
def test_all_that_has_a_day_has_the_same(moment: tuple[str, datetime]) -> None:
    """Window, cut-off, price, paper, SAP's PURCH_DATE and the list's filter by days."""
    zone, at = moment
    at = at.replace(microsecond=0)
    market = _market(zone)
    day = business_day(market, at)
    placed = order(placed_at=at, market="DE", cut_off=day)
    with patch.dict(MARKETS, {"DE": market}):
        purchased = create_parameters(placed, ECC)["ORDER_HEADER_IN"]["PURCH_DATE"]
        facts = confirmation(placed, company().profile, Reader(Locale.parse("en"))).facts
        way_to_change(placed, at)
        with pytest.raises(CutOffPassedProblem):
            way_to_change(placed.model_copy(update={"cut_off": day - DAY}), at)
    assert purchased == f"{day:%Y%m%d}"
    [told] = [fact.value for fact in facts if fact.label == "Ordered on"]
    assert told == format_date(day, "medium", locale="en")
    window = DeliveryWindow(
        id="X", season="X", kind="pre_book", opens=day, cut_off=day, ship_from=day, ship_to=day
    )
    assert is_open(window, day)
    valid = prices(keys=[key(record(valid_from=day, valid_to=day))])
    assert price_of(valid, None, company(), day)
    assert not price_of(valid, None, company(), day + DAY)
    assert not is_open(window, business_day(market, first_instant(market, day) - SECOND))
    assert not is_open(window, business_day(market, first_instant(market, day + DAY)))
