"""Prices that are held back, whatever order messages come in."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.sync_prices.doubts import doubts
from functions.sync_prices.merge import StoredKey, merge, stored_keys
from shared.store import Document
from tests.factories.sap import stamp
from tests.factories.sap_prices import cond_a
from tests.support.arrival import arrivals
from tests.support.idocs import price_key


def _key(second: int, amount: str = "40.00", **fields: Any) -> StoredKey:
    idoc = cond_a(serial=stamp(second), amount=amount, **fields)
    found = price_key(idoc)
    assert found is not None
    [stored] = stored_keys(found, [])
    return stored


def _take(stored: Document | None, keys: Sequence[StoredKey]) -> Document | None:
    """What is stored after the keys came, as the handler stores them."""
    for key in keys:
        if not doubts(stored, key):
            stored = merge(stored, key) or stored
    return stored


def _in_force(stored: Document | None) -> tuple[str, int]:
    assert stored is not None
    [key] = stored["keys"].values()
    return key["stamp"], key["records"][0]["amount"]


@pytest.mark.parametrize(
    ("amount", "is_held"),
    [
        ("0.00", True),
        ("0.40", True),
        ("0.41", False),
        ("4000.00", True),
        ("3999.99", False),
        ("40.00", False),
        ("12.00", False),
    ],
)
def test_zero_and_a_hundredfold_either_way_are_held_back(amount: str, is_held: bool) -> None:
    stored = merge(None, _key(1))
    assert bool(doubts(stored, _key(2, amount))) is is_held


def test_the_reason_names_the_price_and_what_it_was() -> None:
    stored = merge(None, _key(1))
    [reason] = doubts(stored, _key(2, "0.00"))
    assert reason.startswith("held back: PR00~")
    assert reason.endswith(": 0.00 EUR, was 40.00 EUR")
    [first] = doubts(None, _key(1, "0.00"))
    assert first.endswith(": 0.00 EUR, new")


def test_a_first_price_and_one_that_is_not_newer_are_in_no_doubt() -> None:
    stored = merge(None, _key(5))
    assert doubts(None, _key(1, "99999.00")) == []
    assert doubts(stored, _key(5, "0.00")) == []
    assert doubts(stored, _key(4, "0.00")) == []


def test_the_same_price_for_another_number_of_pieces_is_no_jump() -> None:
    stored = merge(None, _key(1))
    new = _key(2, "4000.00")
    [record] = new.key.records
    record.per = 100
    assert doubts(stored, new) == []
    record.per = 1
    assert len(doubts(stored, new)) == 1


def test_a_price_after_a_released_zero_is_taken() -> None:
    stored = merge(None, _key(1, "0.00"))
    assert doubts(stored, _key(2)) == []


AMOUNTS = st.sampled_from(["0.00", "0.01", "0.30", "25.00", "40.00", "2600.00", "9000.00"])
TOLD = st.lists(AMOUNTS, min_size=1, max_size=6)


@given(TOLD, st.data())
def test_newest_wins_among_what_is_in_no_doubt_in_any_order(
    amounts: list[str], data: st.DataObject
) -> None:
    keys = [_key(second, amount) for second, amount in enumerate(amounts)]
    stored: Document | None = None
    held: list[StoredKey] = []
    for key in data.draw(arrivals(keys)):
        before = stored
        if doubts(stored, key):
            held.append(key)
        stored = _take(stored, [key])
        if before is not None:
            assert _in_force(stored)[0] >= _in_force(before)[0]
    newest = keys[-1]
    # The newest is in force, or it is held back and a person is told.
    in_force = stored is not None and _in_force(stored)[0] == newest.key.stamp
    assert in_force or newest.key.stamp in {key.key.stamp for key in held}
    if stored is not None:
        assert _in_force(stored)[1] > 0
    # Released in whatever order, what was held back ends as if nothing had been.
    for key in data.draw(arrivals(held)) if held else []:
        stored = merge(stored, key) or stored
    assert _in_force(stored) == (newest.key.stamp, newest.key.records[0].amount)


@given(st.lists(st.integers(100, 9_999), min_size=1, max_size=6), st.data())
def test_without_a_doubt_any_order_ends_with_the_newest(
    cents: list[int], data: st.DataObject
) -> None:
    keys = [_key(n, f"{one // 100}.{one % 100:02}") for n, one in enumerate(cents)]
    stored = _take(None, data.draw(arrivals(keys)))
    assert _in_force(stored) == (keys[-1].key.stamp, cents[-1])
