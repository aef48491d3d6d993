"""What is in an assortment: rules plus explicit in and out; out wins."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.assortment.rules import contains, is_open, windows_of
from tests.factories.assortment import TODAY, assortment, at_once, item, pre_book
from tests.factories.style import colourway, style

TEE = style()
BLACK, BLUE = TEE.colourways


def inside(**overrides: Any) -> bool:
    return contains(assortment(**overrides), TEE, BLACK)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"brand": ["NORD"]}, True),
        ({"brand": ["OTHER"]}, False),
        ({"brand": ["OTHER", "NORD"]}, True),
        ({"brand": ["NORD"], "gender": ["women"]}, False),
        ({"brand": ["NORD"], "gender": ["women", "men"], "tier": ["A"]}, True),
        ({"season": ["SS27"]}, True),
        ({"season": ["SS25"]}, False),
        ({"category": ["TOPS"], "division": ["APPAREL"]}, True),
        ({}, False),
    ],
)
def test_all_fields_of_a_rule_must_match(rule: dict[str, list[str]], expected: bool) -> None:
    assert inside(rules=[rule]) is expected


def test_one_rule_is_enough() -> None:
    assert inside(rules=[{"brand": ["OTHER"]}, {"gender": ["men"]}])
    assert not inside(rules=[])


def test_a_season_is_the_colourways() -> None:
    old = colourway(code="400", seasons=["FW25"])
    assert not contains(assortment(rules=[{"season": ["SS27"]}]), TEE, old)


def test_what_no_window_offers_is_out_of_season() -> None:
    old = colourway(code="400", seasons=["FW25"])
    assert not contains(assortment(), TEE, old)
    assert not contains(assortment(included=[item()]), TEE, old)
    assert contains(assortment(windows=[pre_book(season="FW25")]), TEE, old)


def test_a_window_that_is_closed_is_of_the_season_still() -> None:
    closed = pre_book(cut_off=TODAY - timedelta(days=1))
    assert inside(windows=[closed])
    assert not inside(windows=[])


def test_explicit_in_needs_no_rule() -> None:
    assert inside(rules=[], included=[item("10123", "010")])
    assert inside(rules=[], included=[item("10123")])
    assert not inside(rules=[], included=[item("10123", "400")])


@given(
    st.booleans(),
    st.sampled_from([[], [item("10123")], [item("10123", "010")]]),
    st.sampled_from([[item("10123")], [item("10123", "010")]]),
)
def test_out_always_wins(matching: bool, included: list, excluded: list) -> None:
    rules = [{"brand": ["NORD"]}] if matching else []
    assert not inside(rules=rules, included=included, excluded=excluded)


def test_out_of_one_colour_leaves_the_others() -> None:
    some = assortment(excluded=[item("10123", "010")])
    assert not contains(some, TEE, BLACK)
    assert contains(some, TEE, BLUE)


def test_exclusives_are_for_rules_that_name_them() -> None:
    exclusive = style(exclusive="CLUB")
    black = exclusive.colourways[0]
    assert not contains(assortment(), exclusive, black)
    assert not contains(assortment(rules=[{"exclusive": ["OTHER"]}]), exclusive, black)
    assert contains(assortment(rules=[{"exclusive": ["CLUB"]}]), exclusive, black)
    assert contains(assortment(rules=[], included=[item()]), exclusive, black)


def test_nothing_is_in_what_is_deleted() -> None:
    assert not inside(deleted=True)
    assert not contains(assortment(), style(deleted=True), BLACK)


def test_windows_are_those_of_the_colourways_seasons_at_once_first() -> None:
    late = pre_book("SS27-2", ship_from=TODAY + timedelta(days=120))
    some = assortment(windows=[late, pre_book(), at_once(), pre_book("FW27-1", season="FW27")])
    assert [window.id for window in windows_of(some, BLACK)] == ["AO", "SS27-1", "SS27-2"]
    assert [window.id for window in windows_of(some, colourway(seasons=["FW27"]))] == ["FW27-1"]


def test_a_window_is_open_from_its_first_to_its_last_day() -> None:
    window = pre_book()
    day = timedelta(days=1)
    moments = [window.opens - day, window.opens, window.cut_off, window.cut_off + day]
    assert [is_open(window, moment) for moment in moments] == [False, True, True, False]


def test_a_window_that_is_over_is_closed_whatever_its_cut_off() -> None:
    window = pre_book(ship_to=TODAY - timedelta(days=1), cut_off=TODAY)
    assert not is_open(window, TODAY)
