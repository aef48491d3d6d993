"""Saves an edited cart with its net value and unit, which the list of carts shows."""

from google.cloud.firestore import Client

from functions.carts.reading import CurrentCart, assess
from shared.cart.context import CartContext
from shared.cart.model import Cart
from shared.cart.saving import save_cart
from shared.optimistic import Attempt


def save(
    db: Client, attempt: Attempt, before: Cart | None, after: Cart, context: CartContext
) -> CurrentCart:
    """Write a cart that `attempt` read as `before`; None for one that must not exist yet."""
    current = assess(after, context)
    priced = after.model_copy(update={"net": current.priced.net, "unit": current.priced.unit})
    save_cart(attempt, db, before, priced)
    return CurrentCart(priced, context, current.priced)
