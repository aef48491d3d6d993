"""New carts, empty or as a copy. A repeated request finds the cart that the first one made."""

from datetime import datetime

from google.cloud.firestore import Client

from functions.carts.changes import copy_lines, new_cart
from functions.carts.listing import require_room
from functions.carts.reading import CurrentCart, assess
from functions.carts.saving import save
from functions.carts.schema import CartName
from shared.cart import repository as carts
from shared.cart.loading import load_context
from shared.cart.model import Cart, authorship
from shared.company import repository as companies
from shared.idempotency import KeyReusedProblem, payload_hash, request_id
from shared.identity.caller import Caller
from shared.optimistic import Attempt, optimistically
from shared.store import Document


def create_cart(
    db: Client, caller: Caller, key: str, body: CartName, now: datetime, source: str | None = None
) -> CurrentCart:
    """A new cart, with the lines of the cart `source` if given.

    Its id is made from company, person and key, so the key's repetition finds it.

    Raises:
        KeyReusedProblem: the key created another cart.
        CartNotFoundProblem: no such `source`, or the key's cart was deleted since.
        TooManyCartsProblem: the company has too many that are open.
    """
    cart_id = request_id(caller, key)
    origin = payload_hash(body, source or "")
    who = authorship(caller, now)
    wanted = [carts.reference(db, cart_id), companies.reference(db, caller.company)]
    if source:
        wanted.append(carts.reference(db, source))

    def body_of(attempt: Attempt) -> CurrentCart:
        existing, company_document, *rest = attempt.read(wanted)
        company = companies.parse(caller.company, company_document)
        if existing:
            cart = _repeat(existing, caller.company, origin)
        else:
            require_room(db, caller.company)
            cart = new_cart(cart_id, caller.company, body.name, who, origin)
            if source:
                cart = copy_lines(carts.parse(rest[0], caller.company), cart)
        lines = cart.lines.values()
        skus, doors = (line.sku for line in lines), (line.door for line in lines)
        context = load_context(db, company, skus, doors, now)
        return assess(cart, context) if existing else save(db, attempt, None, cart, context)

    return optimistically(db, body_of)


def _repeat(document: Document, company: str, origin: str) -> Cart:
    if document["origin"] != origin:
        raise KeyReusedProblem
    return carts.parse(document, company)
