from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.availability.model import MOST_RECEIPTS, Receipt, Stock
from shared.sap.fault import UntranslatableMessageError
from shared.sap.stock_rows import MOST_INBOUND_RECEIPTS
from tests.factories.sap import STAMP, stamp, stock_message, stock_row
from tests.support.idocs import stock


def test_rows_are_grouped_by_style_and_plant() -> None:
    found = stock(
        stock_message(
            stock_row("10123001", on_hand=12, ordered=3),
            stock_row("10123002", receipts=[("20261215", 7), ("20261201", 40), ("20261215", 3)]),
            stock_row("10123001", plant="US01"),
            stock_row("10200001"),
        )
    )
    assert set(found) == {("10123", "EU01"), ("10123", "US01"), ("10200", "EU01")}
    assert found["10123", "EU01"]["10123001"] == Stock(stamp=STAMP, on_hand=12, ordered=3)
    assert found["10123", "EU01"]["10123002"].receipts == [
        Receipt(on=date(2026, 12, 1), quantity=40),
        Receipt(on=date(2026, 12, 15), quantity=10),
    ]


def test_of_two_rows_the_newer_one_counts() -> None:
    rows = [stock_row(changed=stamp(2), on_hand=2), stock_row(changed=stamp(1), on_hand=1)]
    for order in (rows, rows[::-1]):
        assert stock(stock_message(*order))["10123", "EU01"]["10123001"].on_hand == 2


def test_stock_may_be_negative() -> None:
    assert stock(stock_message(stock_row(on_hand=-4)))["10123", "EU01"]["10123001"].on_hand == -4


def test_faults_are_named() -> None:
    rows = [stock_row() | {"LABST": "1.500"}, stock_row() | {"CHANGED": "yesterday"}]
    with pytest.raises(UntranslatableMessageError) as raised:
        stock(stock_message(*rows))
    assert "ROWS/0/LABST" in raised.value.reasons[0]
    assert "ROWS/1/CHANGED" in raised.value.reasons[1]


@given(
    st.dictionaries(
        st.dates(date(2026, 12, 1), date(2031, 12, 1)), st.integers(1, 99), max_size=150
    )
)
def test_no_more_receipts_are_kept_than_a_page_can_bear_and_none_counts_too_early(
    told: dict[date, int],
) -> None:
    rows = [(f"{day:%Y%m%d}", pieces) for day, pieces in told.items()]
    kept = stock(stock_message(stock_row(receipts=rows)))["10123", "EU01"]["10123001"].receipts
    assert len(kept) == min(len(told), MOST_RECEIPTS)
    for day in {*told, *(one.on for one in kept)}:
        arrived = sum(pieces for on, pieces in told.items() if on <= day)
        counted = sum(one.quantity for one in kept if one.on <= day)
        assert counted <= arrived
    assert sum(one.quantity for one in kept) == sum(told.values())


def test_a_message_of_too_much_is_refused_before_work() -> None:
    receipts = [("20261201", 1)] * (MOST_INBOUND_RECEIPTS + 1)
    with pytest.raises(UntranslatableMessageError, match="at most 1000 items"):
        stock(stock_message(stock_row(receipts=receipts)))
