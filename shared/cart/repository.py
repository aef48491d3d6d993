"""`carts/{id}`, always within a company."""

from google.cloud.firestore import Client, DocumentReference

from shared.cart.model import Cart, CartState
from shared.problem import Problem
from shared.store import Document
from shared.text.message import N_

COLLECTION = "carts"


class CartNotFoundProblem(Problem):
    """No such cart in this company."""

    status = 404
    code = "cart_not_found"
    text = N_("This cart does not exist.")


def reference(db: Client, cart: str) -> DocumentReference:
    """Where a cart is."""
    return db.collection(COLLECTION).document(cart)


def parse(document: Document | None, company: str) -> Cart:
    """The company's cart.

    Raises:
        CartNotFoundProblem: none, deleted, or another company's.
    """
    if document is None or document["company"] != company:
        raise CartNotFoundProblem
    cart = Cart.model_validate(document)
    if cart.state is CartState.DELETED:
        raise CartNotFoundProblem
    return cart


def entity_tag(cart: Cart) -> str:
    """The cart's strong ETag (RFC 9110, 8.8.3)."""
    return revision_tag(cart.revision)


def revision_tag(revision: int) -> str:
    """The ETag of a cart at `revision`."""
    return f'"{revision}"'
