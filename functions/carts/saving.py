"""The one place where a cart is written, within its transaction."""

from google.cloud.firestore import Client, Transaction

from functions.carts.reading import CurrentCart, assess
from shared.cart import repository as carts
from shared.cart.context import CartContext
from shared.cart.model import Cart
from shared.store import to_document


def save(db: Client, transaction: Transaction, cart: Cart, context: CartContext) -> CurrentCart:
    """Write the cart with what it comes to, which the list of carts shows."""
    current = assess(cart, context)
    saved = cart.model_copy(update={"net": current.priced.net})
    transaction.set(carts.reference(db, cart.id), to_document(saved))
    return CurrentCart(saved, context, current.priced)
