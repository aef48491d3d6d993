"""The one place where carts are written."""

from google.cloud.firestore import Client

from shared.cart import repository as carts
from shared.cart.model import Cart
from shared.optimistic import Attempt
from shared.store import to_document


def save_cart(attempt: Attempt, db: Client, before: Cart | None, after: Cart) -> None:
    """Write what differs of a cart that `attempt` read as `before`; None for a new one."""
    if before is None:
        attempt.create(carts.reference(db, after.id), to_document(after))
    elif before != after:
        attempt.save_model(carts.reference(db, after.id), after)
