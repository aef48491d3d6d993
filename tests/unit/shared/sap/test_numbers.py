"""Numbers that we choose for sales orders: in SAP's range, of ten digits, drawn by the order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.sap.numbers import NumberRange

_RANGES = st.tuples(st.integers(0, 10**10 - 1), st.integers(0, 10**10 - 1)).map(
    lambda ends: NumberRange(min(ends), max(ends))
)


@given(numbers=_RANGES, order=st.text())
def test_a_number_is_in_the_range_and_always_the_same(numbers: NumberRange, order: str) -> None:
    number = numbers.draw(order)
    assert len(number) == 10
    assert numbers.first <= int(number) <= numbers.last
    assert number == numbers.draw(order)


@given(numbers=_RANGES.filter(lambda numbers: numbers.first < numbers.last), order=st.text())
def test_an_order_whose_number_is_taken_draws_another(numbers: NumberRange, order: str) -> None:
    taken = numbers.draw(order)
    other = numbers.draw(order, taken)
    assert other != taken
    assert numbers.first <= int(other) <= numbers.last


def test_orders_spread_over_the_range() -> None:
    numbers = NumberRange(500_000_000, 599_999_999)
    drawn = {numbers.draw(f"7K3Q9XZ4M2-{count:03}") for count in range(1_000)}
    assert len(drawn) > 990


def test_a_range_is_read_as_it_is_written_in_the_secret() -> None:
    assert NumberRange.parse("0500000000-0599999999") == NumberRange(500_000_000, 599_999_999)


@pytest.mark.parametrize(
    "text", ["", "5-6", "0500000000", "0599999999-0500000000", "05000000xx-0599999999", 5, None]
)
def test_what_is_no_range_is_refused(text: object) -> None:
    with pytest.raises(ValueError, match="two numbers of ten digits"):
        NumberRange.parse(text)
