"""Seasons in their order, and delivery windows that close soon."""

from datetime import date, timedelta

import pytest

from functions.orders.seasons import about_to_close, current_season, season_before
from tests.factories.assortment import TODAY, at_once, pre_book

WEEK = timedelta(days=7)


@pytest.mark.parametrize(
    ("season", "before"), [("SS27", "FW26"), ("FW26", "SS26"), ("SS00", "FW99"), ("FW00", "SS00")]
)
def test_autumn_follows_spring_of_its_year(season: str, before: str) -> None:
    assert season_before(season) == before


def test_the_latest_season_that_is_open_ahead_is_the_current_one() -> None:
    windows = [
        at_once(season="FW28"),
        pre_book("FW26-9", season="FW26"),
        pre_book("SS27-1", season="SS27"),
        pre_book("FW27-1", season="FW27", opens=TODAY + WEEK),
        pre_book("SS28-1", season="SS28", cut_off=TODAY - WEEK),
        pre_book("X", season="NOS"),
    ]
    assert current_season(windows, TODAY) == "SS27"
    assert current_season(windows[:1], TODAY) is None
    assert current_season(windows[-1:], TODAY) is None


def test_a_window_is_about_to_close_for_fourteen_days_up_to_its_cut_off() -> None:
    window = pre_book(cut_off=date(2026, 12, 15))
    told = [
        day
        for day in range(10, 31)
        if about_to_close([window], date(2026, 12, 1) + timedelta(days=day - 10))
    ]
    assert told == [*range(10, 25)]
    assert about_to_close([window], date(2026, 11, 30)) == []
    assert about_to_close([pre_book(opens=date(2026, 12, 10))], date(2026, 12, 9)) == []


def test_nothing_is_ordered_after_the_last_ship_date_whatever_the_cut_off() -> None:
    window = pre_book(ship_to=TODAY + WEEK, cut_off=TODAY + 8 * WEEK)
    assert about_to_close([window], TODAY) == [window]
    assert about_to_close([window], TODAY + 2 * WEEK) == []
    assert current_season([window], TODAY + 2 * WEEK) is None


def test_the_soonest_stands_first() -> None:
    later, sooner = pre_book("A", cut_off=TODAY + WEEK), at_once("B", cut_off=TODAY)
    assert about_to_close([later, sooner], TODAY) == [sooner, later]
