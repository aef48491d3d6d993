"""What placing works on: carts with their context, and requests that agree with them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from google.cloud.firestore import Client

from functions.orders.schema import PlaceRequest
from shared.assortment.model import Assortment
from shared.availability.model import Availability
from shared.cart import repository as carts
from shared.cart.context import CartContext
from shared.cart.model import Cart, CartLine, Change, line_key
from shared.cart.pricing import price_cart
from shared.company.model import Company
from shared.identity.caller import Caller, Role
from shared.price.model import StylePrices
from shared.store import to_document
from shared.style.model import Style
from tests.factories.assortment import NOW, assortment, store_assortment
from tests.factories.availability import availability, store_availability
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


def cart_of(
    rows: Iterable[Row],
    id: str = "cart-1",  # noqa: A002
    company: str = "100001",
    at: datetime = NOW,
    **overrides: Any,
) -> Cart:
    """An open cart at revision 3 with these lines."""
    change = Change(by="Anna", uid="anna", at=at)
    lines = {
        line_key(sku, door, window): CartLine(
            sku=sku, door=door, window=window, quantity=quantity, revision=3, changed=change
        )
        for sku, door, window, quantity in rows
    }
    fields: dict[str, Any] = {
        "id": id,
        "company": company,
        "name": "Spring",
        "revision": 3,
        "created": change,
        "changed": change,
        "lines": lines,
    }
    return Cart(**fields | overrides)


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


def store_cart(db: Client, *all_carts: Cart) -> None:
    """Writes `carts/…`."""
    batch = db.batch()
    for one in all_carts:
        batch.set(carts.reference(db, one.id), to_document(one))
    batch.commit()


def body_for(cart: Cart, context: CartContext, **overrides: Any) -> dict[str, Any]:
    """A request's JSON that agrees with the cart and its prices in `context`."""
    priced = price_cart(list(cart.lines.values()), context)
    seen = [
        {"style": number, "unit_price": one.unit_price.model_dump()}
        for number, one in priced.styles.items()
    ]
    body: dict[str, Any] = {
        "cart": {"id": cart.id, "revision": cart.revision},
        "po_number": "PO 4711/26",
        "prices": seen,
        "deliveries": [],
    }
    return body | overrides


def request_for(cart: Cart, context: CartContext, **overrides: Any) -> PlaceRequest:
    """The same as a model."""
    return PlaceRequest.model_validate(body_for(cart, context, **overrides))


def delivery(door: str = DOOR, window: str = AT_ONCE, **dates: str) -> Mapping[str, str]:
    """A wish for dates."""
    return {"door": door, "window": window, **dates}
