"""A style's sizes in wearing order, whatever its colourways have of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.style.model import size_run
from tests.factories.style import colourway, style

RUN = ["XXS", "XS", "S", "M", "L", "XL", "2XL", "3XL"]


def run_of(*runs: list[str]) -> list[str]:
    colourways = [colourway(code=f"{i:03}", sizes=sizes) for i, sizes in enumerate(runs)]
    return size_run(style(colourways=colourways))


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ([["S", "M"], ["XS", "S", "L"]], ["XS", "S", "M", "L"]),
        ([["M"], ["S", "M", "L"], ["XS", "L"]], ["S", "M", "XS", "L"]),
        ([["30x32", "32x32"], ["30x30", "30x32"]], ["30x30", "30x32", "32x32"]),
        ([[]], []),
    ],
)
def test_a_size_stands_before_what_follows_it(runs: list[list[str]], expected: list[str]) -> None:
    assert run_of(*runs) == expected


@given(st.lists(st.sets(st.sampled_from(RUN)), max_size=4))
def test_with_one_whole_run_all_are_in_its_order(others: list[set[str]]) -> None:
    runs = [[size for size in RUN if size in some] for some in others]
    assert run_of(RUN, *runs) == RUN
