"""What placing works on: carts with their context, and requests that agree with them."""

from collections.abc import Iterable, Mapping
from typing import Any

from google.cloud.firestore import Client

from functions.orders.schema import PlaceRequest
from shared.assortment.model import Assortment
from shared.availability.model import Availability
from shared.cart.context import CartContext
from shared.cart.model import Cart
from shared.cart.pricing import price_cart
from shared.company.model import Company
from shared.identity.caller import Caller, Role
from shared.price.model import StylePrices
from shared.style.model import Style
from tests.factories.assortment import NOW, assortment, store_assortment
from tests.factories.availability import availability, store_availability
from tests.factories.cart import cart, line
from tests.factories.company import company, store_company
from tests.factories.price import prices, store_prices
from tests.factories.style import store_style, style

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


def context_of(
    styles: Iterable[Style] | None = None,
    all_prices: Iterable[StylePrices] | None = None,
    stock: Iterable[Availability] | None = None,
    buying: Company | None = None,
    seen: Assortment | None = None,
) -> CartContext:
    """All of what is given; one style at 25 EUR with 50 pieces of each SKU otherwise."""
    known = [style()] if styles is None else list(styles)
    priced = [prices(one.number) for one in known] if all_prices is None else all_prices
    stocked = [availability(one) for one in known] if stock is None else stock
    return CartContext(
        company=buying or company(),
        assortment=seen or assortment(),
        styles={one.number: one for one in known},
        prices={one.style: one for one in priced},
        availability={one.style: one for one in stocked},
        today=NOW.date(),
    )


def store_context(db: Client, context: CartContext) -> None:
    """Writes all that `context` has."""
    store_company(db, context.company)
    store_assortment(db, context.assortment)
    store_style(db, *context.styles.values())
    store_prices(db, *context.prices.values())
    store_availability(db, *context.availability.values())


def body_for(seen: Cart, context: CartContext, **overrides: Any) -> dict[str, Any]:
    """A request's JSON that agrees with the cart and its prices in `context`."""
    priced = price_cart(list(seen.lines.values()), context)
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
