"""Sizes are one where people mean one, and never where they mean two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.style.sizes import fold_size, is_size_heading

APART = [
    *("36", "36.5", "36\u2153", "36\u2154", "37 1/3", "36.25", "36.75", "3", "6", "32", "34"),
    *("30x32", "30/32", "W32/L34", "W30/L34", "98-104", "4-5Y", "4-5", "3-6M", "6M", "12Y"),
    *("S", "M", "L", "XL", "XXL", "2XL", "2XL Tall", "3XL", "S/M", "M/L", "L/XL", "XS", "1X", "2X"),
    *("75B", "75C", "70B", "70DD", "75", "38+", "38", "38 OS", "One Size"),
]


@pytest.mark.parametrize(
    "same",
    [
        ["36\u2154", "36 2/3", "36 \u2154", "36-2/3", "36  2/3"],
        ["36.5", "36,5", "36\u00bd", "36 1/2", "36 \u00bd"],
        ["75B", "75 B", "75 b", "75\u00a0B"],
        ["4-5Y", "4 - 5 Y", "4\u20135 y"],
        ["W32/L34", "W32 L34", "w32l34", "W 32 / L 34", "W32xL34"],
        ["One Size", "OS", "onesize", "one-size", "\u00daNICA", "TU", "Uni", "T.U.", "En storlek"],
        ["2XL Tall", "2xl  tall", "2 XL Tall", "2XL (Tall)"],
        ["42", "42.0", "42,00"],
        ["39-42", "39/42", "39\u201342", "39 - 42", "39 / 42"],
        ["S-M", "S/M", "s \u2013 m"],
    ],
)
def test_spellings_of_one_size_are_equal(same: list[str]) -> None:
    assert len(set(map(fold_size, same))) == 1


def test_sizes_that_differ_stay_apart_and_head_columns() -> None:
    assert len(set(map(fold_size, APART))) == len(APART)
    assert [size for size in APART if not is_size_heading(size) and size != "38 OS"] == []


@pytest.mark.parametrize(
    "name",
    [
        *(
            "",
            "2027",
            "1/2027",
            "01.07.2027",
            "KW 9",
            "EUR",
            "79.95 EUR",
            "Total",
            "Farbe",
            "Price 36",
        )
    ],
)
def test_other_names_are_no_sizes(name: str) -> None:
    assert not is_size_heading(name)


@given(st.text(max_size=20) | st.sampled_from(APART))
def test_a_folded_size_folds_to_itself(text: str) -> None:
    assert fold_size(fold_size(text)) == fold_size(text)
