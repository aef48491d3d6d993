"""For how long a family of SAP's messages is silent counts in business hours."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from shared.sap.expected import Expected

BERLIN = ZoneInfo("Europe/Berlin")
STOCK = Expected(within_hours={"stock": 4}, opens=8, closes=18)

FRIDAY = datetime(2026, 11, 27, 16, tzinfo=BERLIN)
"""Two hours before business ends for the week."""

_MOMENTS = st.integers(0, 365 * 24 * 60).map(lambda late: FRIDAY + timedelta(minutes=late))


@pytest.mark.parametrize(
    ("until", "hours"),
    [
        (datetime(2026, 11, 27, 17, tzinfo=BERLIN), 1),
        (datetime(2026, 11, 27, 23, tzinfo=BERLIN), 2),
        (datetime(2026, 11, 29, 12, tzinfo=BERLIN), 2),
        (datetime(2026, 11, 30, 9, tzinfo=BERLIN), 3),
        (datetime(2026, 12, 1, 18, tzinfo=UTC), 22),
    ],
)
def test_nights_and_weekends_do_not_count(until: datetime, hours: int) -> None:
    assert STOCK.business_time(FRIDAY, until, BERLIN) == timedelta(hours=hours)


def test_it_is_silent_when_business_was_open_for_longer() -> None:
    monday = datetime(2026, 11, 30, 10, tzinfo=BERLIN)
    assert not STOCK.is_silent("stock", FRIDAY, monday, BERLIN)
    assert STOCK.is_silent("stock", FRIDAY, monday + timedelta(minutes=1), BERLIN)


@given(moments=st.lists(_MOMENTS, min_size=3, max_size=3))
def test_time_adds_up_however_it_is_cut(moments: list[datetime]) -> None:
    """Also on the days on which clocks are changed."""
    first, middle, last = sorted(moments)
    parts = STOCK.business_time(first, middle, BERLIN) + STOCK.business_time(middle, last, BERLIN)
    assert parts == STOCK.business_time(first, last, BERLIN)
    assert parts <= last - first


def test_round_the_clock_all_time_counts() -> None:
    always = Expected(within_hours={}, opens=0, closes=24, weekdays=(1, 2, 3, 4, 5, 6, 7))
    later = FRIDAY + timedelta(days=9, minutes=7)
    assert always.business_time(FRIDAY, later, BERLIN) == timedelta(days=9, minutes=7)


@pytest.mark.parametrize(
    "settings",
    [{"within_hours": {"MATMAS": 4}}, {"within_hours": {"stock": 4}, "opens": 18, "closes": 8}],
)
def test_what_can_not_be_is_refused(settings: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Expected.model_validate(settings)
