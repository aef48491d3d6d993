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
    with counting(firestore) as night:
        _publish(firestore, CHANGED, as_of=stamp(3))
    # Besides the styles: as of when it is, and which styles each message named.
    messages = STYLES * SKUS // ROWS
    hold(f"{what}, full with new stamps", {"writes": 1 + messages}, _writes(night))


def _publish(db: Client, changed: set[str], as_of: str = "") -> None:
    """Every SKU in messages of ROWS; one SKU of each changed style has newer figures.

    With `as_of` the messages are a full snapshot, whose rows have no stamps of their own.
    """
    rows = [
        stock_row(
            f"{number}{sku:03}",
            "" if as_of else stamp(2 if sku == 1 and str(number) in changed else 1),
        )
        for number in range(10000, 10000 + STYLES)
        for sku in range(1, SKUS + 1)
    ]
    for part, first in enumerate(range(0, len(rows), ROWS), start=1):
        data = stock_message(*rows[first : first + ROWS])
        says = {"snapshot": as_of, "part": str(part), "parts": str(len(rows) // ROWS)}
        attributes = says if as_of else {}
        apply(db, ECC, SapMessage(str(first), "sap-inventory", data, attributes, PUBLISHED_AT))


def _writes(count: Count) -> dict[str, int]:
    return {"writes": count.writes}
