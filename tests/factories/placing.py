"""What placing works on: carts with their context, and requests that agree with them."""

from collections.abc import Iterable, Mapping
from typing import Any

from google.cloud.firestore import Client

from functions.orders.schema import PlaceRequest
from shared.cart.context import CartContext
from shared.cart.model import Cart
from shared.cart.pricing import price_cart
from shared.identity.caller import Caller, Role
from tests.factories.assortment import store_assortment
from tests.factories.availability import store_availability
from tests.factories.cart import cart, line
from tests.factories.company import store_company
from tests.factories.price import store_prices
from tests.factories.style import store_style

DOOR, OTHER_DOOR = "200001", "200002"
AT_ONCE, PRE_BOOK = "AO", "SS27-1"

Row = tuple[str, str, str, int]
"""SKU, door, window, quantity."""


def buyer(company: str = "100001", uid: str = "anna", role: Role = Role.BUYER) -> Caller:
    """A person of a company."""
    return Caller(uid, f"{uid}@laeufer.test", uid.title(), company, role)


def cart_of(rows: Iterable[Row], **overrides: Any) -> Cart:
    """An open cart with these lines."""
    lines = [line(sku, quantity, door, window) for sku, door, window, quantity in rows]
    return cart(lines, **overrides)


def store_context(db: Client, context: CartContext) -> None:
    """Writes all that `context` has."""
    store_company(db, context.company)
    store_assortment(db, context.assortment)
    store_style(db, *context.styles.values())
    store_prices(db, *context.prices.values())
    store_availability(db, *context.availability.values())


def body_for(seen: Cart, context: CartContext, **overrides: Any) -> dict[str, Any]:
    """A request's JSON that agrees with the cart and its prices in `context`."""
    priced = price_cart(list(seen.lines.values()), context, {})
    shown = [
        {"style": number, "unit_price": one.unit_price.model_dump()}
        for number, one in priced.styles.items()
    ]
    body: dict[str, Any] = {
        "cart": {"id": seen.id, "revision": seen.revision},
        "po_number": "PO 4711/26",
        "prices": shown,
        "deliveries": [],
    }
    return body | overrides


def request_for(seen: Cart, context: CartContext, **overrides: Any) -> PlaceRequest:
    """The same as a model."""
    return PlaceRequest.model_validate(body_for(seen, context, **overrides))


def delivery(door: str = DOOR, window: str = AT_ONCE, **dates: str) -> Mapping[str, str]:
    """A wish for dates."""
    return {"door": door, "window": window, **dates}
