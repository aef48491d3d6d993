"""Sizes stand in wearing order."""

from itertools import pairwise

import pytest

from functions.catalog.answers.facets import size_order


@pytest.mark.parametrize(
    "run",
    [
        ("XS", "S", "M", "L", "XL", "2XL", "3XL"),
        ("36", "36.5", "37", "47.5", "116"),
        ("30x30", "30x32", "32x30"),
        ("75A", "75B", "80A"),
        ("92/98", "104/110"),
        ("S", "36", "ONE SIZE"),
    ],
)
def test_wearing_order(run: tuple[str, ...]) -> None:
    assert all(size_order(one) < size_order(next_) for one, next_ in pairwise(run))
