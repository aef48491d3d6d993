"""Availability of styles in a plant."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from google.cloud.firestore import SERVER_TIMESTAMP, Client

from shared.availability.model import Availability, Promised, Receipt, Stock
from shared.availability.repository import reference
from shared.stamped import UNTOLD
from shared.store import to_document
from shared.style.model import Style

STAMP = "20261101080000000000"


def stock(on_hand: int = 50, receipts: Iterable[tuple[date, int]] = (), **overrides: Any) -> Stock:
    """SAP's figures of a SKU; `receipts` are (date, pieces)."""
    fields: dict[str, Any] = {
        "stamp": STAMP,
        "on_hand": on_hand,
        "ordered": 0,
        "receipts": [Receipt(on=on, quantity=quantity) for on, quantity in receipts],
    }
    return Stock(**fields | overrides)


def promised(on: date, quantities: Mapping[str, int], stamp: str = UNTOLD) -> Promised:
    """What an accepted order takes (article -> pieces)."""
    return {article: {stamp: {on: pieces}} for article, pieces in quantities.items()}


def availability(
    style: Style, on_hand: int = 50, plant: str = "EU01", **by_sku: Stock
) -> Availability:
    """`on_hand` pieces of every SKU of the style, but for those given (`**{sku id: stock}`)."""
    return Availability(
        style=style.number,
        plant=plant,
        stock={
            sku.article: by_sku.get(sku.id, stock(on_hand))
            for colourway in style.colourways
            for sku in colourway.skus
        },
    )


def store_availability(db: Client, *availabilities: Availability) -> None:
    """Writes `availability/…` in one commit. Instances hold none, so no version is raised."""
    batch = db.batch()
    for one in availabilities:
        document = {**to_document(one), "updated_at": SERVER_TIMESTAMP}
        batch.set(reference(db, one.style, one.plant), document)
    batch.commit()
