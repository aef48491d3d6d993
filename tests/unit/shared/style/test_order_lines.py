"""A line of a pasted list is read as a code and a quantity, or asked about."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.style.order_lines import read_line
from tests.support.work import lines_run


@pytest.mark.parametrize(
    ("line", "code", "quantity"),
    [
        ("10001-010-M", "10001-010-M", 1),
        ("10001-010-M 3", "10001-010-M", 3),
        ("10001-010-42.5\t12", "10001-010-42.5", 12),
        ("10001-010-M;3", "10001-010-M", 3),
        ("10001-010-M,3", "10001-010-M", 3),
        ("10001-010-42, 5", "10001-010-42", 5),
        ("10001-010-42,5", "10001-010-42", "ambiguous_quantity"),
        ("10001-010-M 3,5", "10001-010-M", "not_whole"),
        ("10001-010-M 3,0", "10001-010-M", 3),
        ("10001-010-M -3", "10001-010-M", "negative"),
        ("10001-010-M 1.000", "10001-010-M", "ambiguous_quantity"),
        ("10001-010-M\tShirt\t3", "10001-010-M", "not_whole"),
        ("4012345678901,6", "4012345678901", 6),
        ("4012345678901 1 200", "4012345678901", 1200),
        ("4 012345 678901", "4 012345 678901", 1),
        ("4 012345 678901 7", "4 012345 678901", 7),
        ("4 012345 67890-1", "4 012345 67890-1", 1),
        ("4 012345 678901 1 200", "4 012345 678901", 1200),
        ("4 0 1 2 3 4 5 6 7 8 9 0 1 3", "4 0 1 2 3 4 5 6 7 8 9 0 1", 3),
        ("(01) 14012345678908 (10) A 1", "(01)14012345678908(10)A1", 1),
        ("4 012345 67890-1 7", "4 012345 67890-1", 7),
        ("10001-010-42 12", "10001-010-42", 12),
        ("\u200e4012345678901\u00a02", "4012345678901", 2),
        ("(01) 14012345678908 (37) 24", "(01)14012345678908(37)24", 1),
        ("(01)14012345678908;2", "(01)14012345678908", 2),
        ("some words here", "SOME", "not_whole"),
    ],
)
def test_a_line_is_read(line: str, code: str, quantity: int | str) -> None:
    read, _, pieces = read_line(line)
    assert (read.text, pieces) == (code, quantity)


@pytest.mark.parametrize("word", ["1", "x", "1-1", "4012345678901", "\u200b1"])
def test_more_words_cost_no_more_than_reading_the_line(word: str) -> None:
    few, many = (lines_run(partial(read_line, f"{word} " * n)) for n in (100, 1_000))
    assert many < 2 * few


@given(st.lists(st.sampled_from(["1", "200", "4", "012345", "678901", "x", "3"]), max_size=9))
def test_any_words_are_a_code_and_a_quantity(words: list[str]) -> None:
    code, text, _ = read_line(" ".join(words))
    assert not words or "".join(words).upper().startswith(code.text.replace(" ", ""))
    assert "".join(words).endswith(text.replace(" ", ""))
