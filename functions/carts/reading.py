"""Reading a cart with all that it is priced and checked by."""

from dataclasses import dataclass
from datetime import datetime

from google.cloud.firestore import Client

from shared.approval.model import Fired
from shared.cart import repository as carts
from shared.cart.context import CartContext
from shared.cart.loading import load_context
from shared.cart.model import Cart
from shared.cart.pricing import PricedCart, in_order, price_cart
from shared.company import repository as companies
from shared.identity.caller import Caller
from shared.store import read_all


@dataclass(frozen=True)
class CurrentCart:
    """A cart and what it comes to now; `fired` are rules by which it would wait for approval."""

    cart: Cart
    context: CartContext
    priced: PricedCart
    fired: tuple[Fired, ...] = ()


def assess(cart: Cart, context: CartContext) -> CurrentCart:
    """Price the cart's lines, in the order that they are shown in."""
    return CurrentCart(
        cart, context, price_cart(in_order(cart.lines.values(), context), context, {})
    )


def read_cart(db: Client, caller: Caller, cart_id: str, now: datetime) -> CurrentCart:
    """The cart.

    Raises:
        CartNotFoundProblem: the company has no such cart.
    """
    documents = read_all(
        db, [carts.reference(db, cart_id), companies.reference(db, caller.company)]
    )
    cart = carts.parse(documents[0], caller.company)
    company = companies.parse(caller.company, documents[1])
    lines = cart.lines.values()
    skus, doors = (line.sku for line in lines), (line.door for line in lines)
    return assess(cart, load_context(db, company, skus, doors, now))
