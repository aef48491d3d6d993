"""Assortments and delivery windows around `TODAY`."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from google.cloud.firestore import SERVER_TIMESTAMP, Client, transactional

from shared.assortment.model import Assortment, DeliveryWindow, Item
from shared.assortment.repository import reference
from shared.catalogue.announcement import announce
from shared.store import to_document

STAMP = "20261101080000000000"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOW.date()


def at_once(id: str = "AO", **overrides: Any) -> DeliveryWindow:  # noqa: A002
    """The window of goods now in stores (FW26), open."""
    fields: dict[str, Any] = {
        "id": id,
        "kind": "at_once",
        "season": "FW26",
        "ship_from": date(2026, 7, 1),
        "ship_to": date(2027, 1, 31),
        "opens": date(2026, 7, 1),
        "cut_off": date(2027, 1, 15),
    }
    return DeliveryWindow(**fields | overrides)


def pre_book(id: str = "SS27-1", **overrides: Any) -> DeliveryWindow:  # noqa: A002
    """A window of the coming season (SS27), open."""
    fields: dict[str, Any] = {
        "id": id,
        "kind": "pre_book",
        "season": "SS27",
        "ship_from": date(2027, 2, 1),
        "ship_to": date(2027, 2, 28),
        "opens": date(2026, 9, 1),
        "cut_off": date(2026, 12, 15),
    }
    return DeliveryWindow(**fields | overrides)


def item(style: str = "10123", colour: str = "") -> Item:
    """A colourway, or all of a style."""
    return Item(style=style, colour=colour)


def assortment(
    id: str = "SPORT",  # noqa: A002
    windows: Iterable[DeliveryWindow] | None = None,
    **overrides: Any,
) -> Assortment:
    """All of the brand NORD in two open windows."""
    given = [at_once(), pre_book()] if windows is None else windows
    fields: dict[str, Any] = {
        "id": id,
        "stamp": STAMP,
        "rules": [{"brand": ["NORD"]}],
        "windows": {one.id: one for one in given},
    }
    return Assortment(**fields | overrides)


def store_assortment(db: Client, *assortments: Assortment) -> None:
    """Writes `assortments/…` in one commit, as a sync would, and tells the instances."""

    def body(transaction: Any) -> None:
        for one in assortments:
            document = {**to_document(one), "updated_at": SERVER_TIMESTAMP}
            transaction.set(reference(db, one.id), document)
        announce(db, "assortments")

    transactional(body)(db.transaction())
