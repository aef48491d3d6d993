"""Carts of company 100001, filled by one person, and what they are priced by."""

from collections.abc import Iterable
from typing import Any

from google.cloud.firestore import Client

from shared.actor import ActorKind
from shared.assortment.model import Assortment
from shared.availability.model import Availability
from shared.cart.context import CartContext
from shared.cart.model import Authorship, Cart, CartLine, line_key
from shared.cart.repository import reference
from shared.company.model import Company
from shared.identity.caller import Caller, Role
from shared.price.model import StylePrices
from shared.store import to_document
from shared.style.model import Style
from tests.factories.assortment import NOW, TODAY, assortment
from tests.factories.availability import availability
from tests.factories.company import company
from tests.factories.price import prices
from tests.factories.style import style

ANNA = Authorship(by="Anna Läufer", uid="anna", at=NOW)
NINA = Authorship(by="Nina Sommer", by_kind=ActorKind.REP, uid="nina", at=NOW)
"""A rep."""
BUYER = Caller("anna", "anna@example.com", "Anna Läufer", "100001", Role.BUYER)
REP = Caller("nina", "nina@example.com", "Nina Sommer", "100001", Role.REP)


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


def context_of(
    *styles: Style,
    all_prices: Iterable[StylePrices] | None = None,
    stock: Iterable[Availability] | None = None,
    own_prices: Iterable[StylePrices] = (),
    buying: Company | None = None,
    seen: Assortment | None = None,
) -> CartContext:
    """`styles` (one, unless given) at 25 EUR with 50 pieces of each SKU, unless said else."""
    known = styles or (style(),)
    priced = [prices(one.number) for one in known] if all_prices is None else all_prices
    stocked = [availability(one) for one in known] if stock is None else stock
    return CartContext(
        company=buying or company(),
        assortment=seen or assortment(),
        styles={one.number: one for one in known},
        prices={one.style: one for one in priced},
        availability={one.style: one for one in stocked},
        own_prices={one.style: one for one in own_prices},
        today=TODAY,
    )


def store_cart(db: Client, *carts: Cart) -> None:
    """Writes `carts/…` in one commit."""
    batch = db.batch()
    for one in carts:
        batch.set(reference(db, one.id), to_document(one))
    batch.commit()
