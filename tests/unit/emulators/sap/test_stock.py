"""Confirming schedule lines, and SAP's amounts and stamps."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulators.sap.amounts import number, quantity, rounded, shifted, unshifted
from emulators.sap.stamp import Stamps
from emulators.sap.stock import Line, StockRow, confirm

TODAY = date(2026, 11, 22)

pieces = st.integers(0, 200).map(Decimal)
dates = st.integers(0, 60).map(lambda days: TODAY + timedelta(days=days))
lines = st.builds(Line, date=dates, quantity=pieces)


def row(stock: str, on_order: str = "0", receipts: list[Line] | None = None) -> StockRow:
    """A stock row."""
    return StockRow(
        material="M",
        generic="G",
        plant="EU01",
        unrestricted=Decimal(stock),
        on_order=Decimal(on_order),
        receipts=receipts or [],
    )


def line(days: int, amount: str) -> Line:
    """A line some days from today."""
    return Line(date=TODAY + timedelta(days=days), quantity=Decimal(amount))


@pytest.mark.parametrize(
    ("stock", "wanted", "confirmed"),
    [
        (row("10"), line(0, "4"), [line(0, "4")]),
        (row("10", on_order="8"), line(0, "4"), [line(0, "2")]),
        (row("10", on_order="12"), line(0, "4"), [line(0, "0")]),
        (row("1", receipts=[line(7, "2")]), line(0, "4"), [line(0, "1"), line(7, "2")]),
        (row("1", receipts=[line(7, "9")]), line(0, "4"), [line(0, "1"), line(7, "3")]),
        (row("0", receipts=[line(7, "9")]), line(8, "4"), [line(8, "4")]),
    ],
)
def test_confirmation(stock: StockRow, wanted: Line, confirmed: list[Line]) -> None:
    assert confirm(stock, wanted) == confirmed


@given(stock=pieces, on_order=pieces, receipts=st.lists(lines, max_size=4), wanted=lines)
def test_never_more_is_confirmed_than_wanted_or_there(
    stock: Decimal, on_order: Decimal, receipts: list[Line], wanted: Line
) -> None:
    stock_row = row(str(stock), str(on_order), sorted(receipts, key=lambda each: each.date))
    confirmed = confirm(stock_row, wanted)

    assert confirmed[0].date == wanted.date
    total = Decimal(0)
    for each in confirmed:
        total += each.quantity
        assert total <= min(wanted.quantity, stock_row.available(each.date))
    dates_confirmed = [each.date for each in confirmed]
    assert dates_confirmed == sorted(set(dates_confirmed))
    assert total == min(
        wanted.quantity, stock_row.available(max(TODAY + timedelta(days=60), wanted.date))
    )


@given(st.decimals(min_value=-99999, max_value=99999, places=3))
def test_quantities_are_read_as_written(value: Decimal) -> None:
    assert number(quantity(value)) == value


@given(st.integers(0, 10**9), st.sampled_from(["EUR", "HUF", "JPY"]))
def test_shifting_back_gives_the_amount(amount: int, currency: str) -> None:
    real = rounded(Decimal(amount) / 100, currency)

    assert unshifted(shifted(real, currency), currency) == real


def test_forints_are_stored_with_two_decimals_too_many() -> None:
    assert shifted(Decimal(12990), "HUF") == Decimal("129.90")
    assert shifted(Decimal("12.50"), "EUR") == Decimal("12.50")


def test_stamps_rise_even_if_the_clock_does_not() -> None:
    future = f"{datetime.now(UTC) + timedelta(days=1):%Y%m%d%H%M%S%f}"
    stamps = Stamps(future)
    drawn = [future, *(stamps.draw() for _ in range(100))]

    assert drawn == sorted(set(drawn))
    assert {len(stamp) for stamp in drawn} == {20}
