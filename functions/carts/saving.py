"""The one place where a cart is written: with what it comes to, which the list shows."""

from google.cloud.firestore import Client

from functions.carts.reading import CurrentCart, assess
from shared.cart import repository as carts
from shared.cart.context import CartContext
from shared.cart.model import Cart
from shared.optimistic import Attempt
from shared.store import to_document


def create(db: Client, attempt: Attempt, cart: Cart, context: CartContext) -> CurrentCart:
    """Write a cart that must not exist yet."""
    current = _with_net(cart, context)
    attempt.create(carts.reference(db, cart.id), to_document(current.cart))
    return current


def save(db: Client, attempt: Attempt, cart: Cart, context: CartContext) -> CurrentCart:
    """Write a cart that must be as `attempt` read it."""
    current = _with_net(cart, context)
    attempt.update(carts.reference(db, cart.id), to_document(current.cart))
    return current


def _with_net(cart: Cart, context: CartContext) -> CurrentCart:
    current = assess(cart, context)
    priced = cart.model_copy(update={"net": current.priced.net})
    return CurrentCart(priced, context, current.priced)
