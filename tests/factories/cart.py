"""Carts of company 100001, filled by one person."""

from collections.abc import Iterable
from typing import Any

from google.cloud.firestore import Client

from shared.cart.model import Cart, CartLine, Change, line_key
from shared.cart.repository import reference
from shared.store import to_document
from tests.factories.assortment import NOW

ANNA = Change(by="Anna Läufer", uid="anna", at=NOW)


def line(
    sku: str = "10123-010-M",
    quantity: int = 6,
    door: str = "200001",
    window: str = "AO",
    **overrides: Any,
) -> CartLine:
    """A line of the at-once window, as the first revision has it."""
    fields: dict[str, Any] = {"revision": 1, "changed": ANNA}
    return CartLine(sku=sku, door=door, window=window, quantity=quantity, **fields | overrides)


def cart(lines: Iterable[CartLine] = (), id: str = "cart-1", **overrides: Any) -> Cart:  # noqa: A002
    """An open cart at its first revision."""
    fields: dict[str, Any] = {
        "id": id,
        "company": "100001",
        "name": "Spring",
        "revision": 1,
        "created": ANNA,
        "changed": ANNA,
        "lines": {line_key(one.sku, one.door, one.window): one for one in lines},
    }
    return Cart(**fields | overrides)


def store_cart(db: Client, *carts: Cart) -> None:
    """Writes `carts/…` in one commit."""
    batch = db.batch()
    for one in carts:
        batch.set(reference(db, one.id), to_document(one))
    batch.commit()
