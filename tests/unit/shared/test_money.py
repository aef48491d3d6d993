"""Money is exact: half up to the minor unit, whatever the currency's digits."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from shared.money import Money, UnitPrice, divide_half_up, total

AMOUNTS = st.integers(min_value=-(10**15), max_value=10**15)
CURRENCIES = st.sampled_from(["EUR", "HUF", "JPY", "USD", "CHF"])


@pytest.mark.parametrize(
    ("amount", "currency", "major"),
    [
        (1999, "EUR", "19.99"),
        (1299000, "HUF", "12990.00"),
        (1200, "JPY", "1200"),
        (-5, "EUR", "-0.05"),
    ],
)
def test_digits_are_the_currencys(amount: int, currency: str, major: str) -> None:
    assert str(Money(amount=amount, currency=currency).decimal) == major


@given(AMOUNTS, st.integers(min_value=1, max_value=10**6))
def test_division_rounds_half_away_from_zero(numerator: int, denominator: int) -> None:
    exact = Decimal(numerator) / Decimal(denominator)
    # 28 digits hold such a quotient exactly enough to tell which side of a half it is on.
    assert divide_half_up(numerator, denominator) == exact.quantize(Decimal(1), ROUND_HALF_UP)


@pytest.mark.parametrize(
    ("numerator", "rounded"), [(24, 2), (25, 3), (26, 3), (-25, -3), (-24, -2)]
)
def test_a_half_goes_up(numerator: int, rounded: int) -> None:
    assert divide_half_up(numerator, 10) == rounded


@given(st.lists(AMOUNTS, max_size=20), CURRENCIES)
def test_a_total_is_the_sum(amounts: list[int], currency: str) -> None:
    moneys = [Money(amount=amount, currency=currency) for amount in amounts]
    assert total(moneys, currency) == Money(amount=sum(amounts), currency=currency)


def test_currencies_do_not_mix() -> None:
    with pytest.raises(ValueError, match="cannot add HUF to EUR"):
        total([Money(amount=1, currency="EUR"), Money(amount=1, currency="HUF")], "EUR")


@given(
    st.integers(min_value=0, max_value=10**9),
    st.integers(min_value=1, max_value=1000),
    st.integers(min_value=0, max_value=10**5),
    CURRENCIES,
)
def test_a_line_costs_the_price_times_pieces_to_half_a_minor_unit(
    amount: int, per: int, quantity: int, currency: str
) -> None:
    line = UnitPrice(amount=amount, currency=currency, per=per).line_amount(quantity)
    assert line.currency == currency
    assert -per <= 2 * (amount * quantity - line.amount * per) < per


@pytest.mark.parametrize("currency", ["eur", "EURO", "", "E1R"])
def test_a_currency_is_three_capitals(currency: str) -> None:
    with pytest.raises(ValidationError):
        Money(amount=1, currency=currency)
