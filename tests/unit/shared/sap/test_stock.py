from datetime import date

import pytest

from shared.availability.model import Receipt, Stock
from shared.sap.fault import UntranslatableMessageError
from shared.sap.stock import stock
from tests.factories.sap import STAMP, stamp, stock_message, stock_row


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
