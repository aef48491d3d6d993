from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from babel.numbers import get_currency_precision
from hypothesis import given
from hypothesis import strategies as st

from shared.sap.fields import (
    language,
    minor_units,
    read_date,
    read_decimal,
    read_stamp,
    read_whole,
    without_zeros,
)
from tests.factories.sap import curr

CURRENCIES = [
    "EUR",
    "CZK",
    "DKK",
    "HUF",
    "PLN",
    "RON",
    "SEK",
    "NOK",
    "CHF",
    "GBP",
    "USD",
    "CAD",
    "MXN",
    "JPY",
    "KRW",
    "CLP",
]


@pytest.mark.parametrize(
    ("padded", "plain"),
    [("000000000000010123", "10123"), ("0000100001", "100001"), ("AB12", "AB12"), ("7", "7")],
)
def test_only_numeric_identifiers_are_padded(padded: str, plain: str) -> None:
    assert without_zeros(padded) == plain


@given(st.integers(1, 10**10 - 1))
def test_padding_is_undone(number: int) -> None:
    assert without_zeros(f"{number:018}") == str(number)


@pytest.mark.parametrize("value", ["", "0000000000", "10 123", "a/b", "-10", "..", "٣٤"])
def test_what_is_no_identifier_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="not an identifier"):
        without_zeros(value)


@given(st.decimals(-(10**9), 10**9, places=3))
def test_the_minus_stands_behind(value: Decimal) -> None:
    text = f"{abs(value)}-" if value < 0 else f"{value.copy_abs()}"
    assert read_decimal(text) == value
    assert read_decimal(f"  {text} ") == value


@pytest.mark.parametrize("value", ["", "-", "-1", "1,5", "1e5", "NaN", "Infinity", "1.2.3", "--"])
def test_what_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        read_decimal(value)


def test_pieces_are_whole() -> None:
    assert read_whole("12.000") == 12
    with pytest.raises(ValueError, match="not a whole number"):
        read_whole("12.500")


@given(st.dates())
def test_dates_are_eight_digits(day: date) -> None:
    assert read_date(f"{day.year:04}{day.month:02}{day.day:02}") == day


@pytest.mark.parametrize("value", ["00000000", "", "20261301", "2026-1122", "20260230"])
def test_what_is_no_date_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"date|month|day|year"):
        read_date(value)


def test_stamps_are_utc_to_the_microsecond() -> None:
    assert read_stamp("20261122141800123456").isoformat() == "2026-11-22T14:18:00.123456+00:00"


@pytest.mark.parametrize(
    ("stored", "currency", "minor"),
    [
        ("25.99", "EUR", 2599),
        ("129.90", "HUF", 1_299_000),  # 12,990 forint; CLDR gives the forint two digits
        ("12.99", "JPY", 1299),
        ("1000.00", "TND", 100_000),  # 100 dinars of 1,000 millimes
        ("5.00-", "EUR", -500),
    ],
)
def test_curr_values_are_shifted_by_tcurx(stored: str, currency: str, minor: int) -> None:
    assert minor_units(read_decimal(stored), currency) == minor


@given(st.integers(0, 10**9), st.sampled_from(CURRENCIES))
def test_whole_amounts_come_back_whatever_the_currency(amount: int, currency: str) -> None:
    stored = curr(str(amount), currency)
    expected = amount * 10 ** get_currency_precision(currency)
    assert minor_units(read_decimal(stored), currency) == expected


def test_finer_than_the_minor_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="finer"):
        minor_units(Decimal("1.005"), "EUR")


@pytest.mark.parametrize(
    ("spras", "iso", "expected"),
    [("D", "DE", "de"), ("D", "", "de"), ("O", "NO", "nb"), ("O", "", "nb"), ("5", "", "sl")],
)
def test_languages(spras: str, iso: str, expected: str) -> None:
    assert language(spras, iso) == expected


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="not a language"):
        language("?")


@pytest.mark.parametrize("value", [12, 1.5, True, None, [], {}])
@pytest.mark.parametrize("read", [read_decimal, read_whole, read_date])
def test_what_is_no_text_is_refused(read: Callable[[object], object], value: object) -> None:
    with pytest.raises(ValueError, match="is not text"):
        read(value)
