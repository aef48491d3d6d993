"""Quantities are read as people mean them, or refused, and never guessed."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.text.pieces import MOST, count_pieces, read_pieces

VECTORS = json.loads((Path(__file__).parents[3] / "vectors" / "quantities.json").read_text())


@pytest.mark.parametrize(("text", "read"), VECTORS)
def test_a_text_is_read_as_in_the_portal(text: str, read: int | str) -> None:
    assert read_pieces(text) == read


@given(st.text("0123456789.,'- \u00a0½x"))
def test_digits_are_never_joined_over_a_mark_that_may_be_a_decimal_one(text: str) -> None:
    read = read_pieces(text)
    if isinstance(read, int):
        assert "-" not in text
        assert "½" not in text
        whole = text.strip(" \u00a0")
        if len(whole) < 4:
            assert str(read) == whole.split(",")[0].split(".")[0].lstrip("0").zfill(1)


@pytest.mark.parametrize(
    ("number", "read"),
    [
        (3, 3),
        (3.0000000000000004, 3),
        (0.1 * 70, 7),
        (2.9999999999999996, 3),
        (3.5, "not_whole"),
        (3.001, "not_whole"),
        (-2, "negative"),
        (-2.5, "negative"),
        (1e300, "too_large"),
        (MOST, MOST),
        (MOST + 1, "too_large"),
        (float("nan"), "not_whole"),
        (float("inf"), "too_large"),
        (float("-inf"), "negative"),
    ],
)
def test_a_number_is_read_without_what_arithmetic_is_off_by(number: float, read: int | str) -> None:
    assert count_pieces(number) == read
