"""A stock snapshot of SAP, counted at Firestore's client.

The budget is of 100,000 SKUs; a fifth of them is counted here, as the emulator takes half
a minute for a pass over all.
"""

from google.cloud.firestore import Client

from functions.sync_inventory.handler import apply
from shared.event.message import SapMessage
from tests.bench.conftest import Hold
from tests.factories.sap import ECC, PUBLISHED_AT, stamp, stock_message, stock_row
from tests.support.firestore_counter import Count, counting

STYLES, SKUS = 2_000, 10
ROWS = 5_000
"""Rows of a message."""

CHANGED = {f"{10000 + 37 * i}" for i in range(25)}


def test_a_snapshot(firestore: Client, hold: Hold) -> None:
    _publish(firestore, set())
    what = f"stock snapshot, {STYLES * SKUS:,} SKUs"
    with counting(firestore) as unchanged:
        _publish(firestore, set())
    hold(f"{what}, unchanged", {"writes": 0}, _writes(unchanged))
    with counting(firestore) as changed:
        _publish(firestore, CHANGED)
    hold(f"{what}, {len(CHANGED)} styles changed", {"writes": len(CHANGED)}, _writes(changed))
    assert changed.writes == len(CHANGED)


def _publish(db: Client, changed: set[str]) -> None:
    """Every SKU in messages of ROWS; one SKU of each changed style has newer figures."""
    rows = [
        stock_row(f"{number}{sku:03}", stamp(2 if sku == 1 and str(number) in changed else 1))
        for number in range(10000, 10000 + STYLES)
        for sku in range(1, SKUS + 1)
    ]
    for first in range(0, len(rows), ROWS):
        data = stock_message(*rows[first : first + ROWS])
        apply(db, ECC, SapMessage(str(first), "sap-inventory", data, {}, PUBLISHED_AT))


def _writes(count: Count) -> dict[str, int]:
    return {"writes": count.writes}
