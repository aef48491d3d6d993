"""Changes of a cart: read cart and company, plan, write the cart if it still is as read.

A commit whose answer was lost is met again as a cart that this very change made: who, when
and from which version are the same, so it is answered and not taken for somebody else's.
"""

from dataclasses import dataclass
from datetime import datetime

from google.cloud.firestore import Client

from functions.carts.changes import apply_lines, is_repeated, rename, with_key
from functions.carts.guard import guard
from functions.carts.reading import CurrentCart, assess
from functions.carts.saving import save
from functions.carts.schema import LineChanges
from shared.cart import repository as carts
from shared.cart.context import CartContext
from shared.cart.loading import load_context
from shared.cart.model import DELETED_KEPT, Authorship, Cart, CartState, UsedKey, authorship
from shared.cart.preparation import CartOfCustomerProblem, is_in_preparation, transfer
from shared.cart.repository import revision_tag
from shared.cart.saving import save_cart
from shared.company import repository as companies
from shared.company.model import Company
from shared.idempotency import payload_hash, request_id
from shared.identity.caller import Caller
from shared.optimistic import Attempt, optimistically


@dataclass(frozen=True)
class Edit:
    """Who changes which cart, from which version (`if_match`, an ETag), and when."""

    caller: Caller
    cart: str
    if_match: str | None
    now: datetime

    @property
    def who(self) -> Authorship:
        """As kept beside what was changed."""
        return authorship(self.caller, self.now)

    def is_maker_of(self, revision: int, changed: Authorship) -> bool:
        """Whether a cart at `revision` is what this very edit made of it."""
        return changed == self.who and self.if_match == revision_tag(revision - 1)


def rename_cart(db: Client, edit: Edit, name: str) -> CurrentCart:
    """Give the cart another name.

    Raises:
        CartNotFoundProblem, or what `guard` raises: nothing was changed.
    """

    def body(attempt: Attempt) -> CurrentCart:
        cart, company = read_cart_and_company(db, attempt, edit)
        if edit.is_maker_of(cart.revision, cart.changed):
            return assess(cart, _context(db, company, cart, edit))
        guard(cart, edit.caller, edit.if_match)
        renamed = rename(cart, name, edit.who)
        return save(db, attempt, cart, renamed, _context(db, company, cart, edit))

    return optimistically(db, body)


def delete_cart(db: Client, edit: Edit) -> None:
    """Delete the cart.

    Raises:
        CartNotFoundProblem, or what `guard` raises: nothing was changed.
    """
    reference = carts.reference(db, edit.cart)

    def body(attempt: Attempt) -> None:
        document = attempt.read([reference])[0]
        if document and edit.is_maker_of(document["revision"], Authorship(**document["changed"])):
            return
        cart = carts.parse(document, edit.caller.company)
        guard(cart, edit.caller, edit.if_match)
        deleted = {
            "state": CartState.DELETED,
            "revision": cart.revision + 1,
            "changed": edit.who,
            "expires_at": edit.now + DELETED_KEPT,
        }
        save_cart(attempt, db, cart, cart.model_copy(update=deleted))

    optimistically(db, body)


def hand_over(db: Client, edit: Edit) -> CurrentCart:
    """Give the cart that a rep prepared to the company's people; whoever does so again changes
    nothing.

    Raises:
        CartNotFoundProblem, or what `guard` raises: nothing was changed.
    """

    def body(attempt: Attempt) -> CurrentCart:
        cart, company = read_cart_and_company(db, attempt, edit)
        context = _context(db, company, cart, edit)
        if cart.handed_over:
            return assess(cart, context)
        guard(cart, edit.caller, edit.if_match)
        if not is_in_preparation(cart):
            raise CartOfCustomerProblem
        return save(db, attempt, cart, transfer(cart, edit.who), context)

    return optimistically(db, body)


def change_lines(db: Client, edit: Edit, changes: LineChanges, key: str | None) -> CurrentCart:
    """Fill in cells. The repetition of `key` answers the cart as it is now.

    Raises:
        CartNotFoundProblem, KeyReusedProblem, InvalidInputProblem, or what `guard` raises:
        nothing was changed.
    """
    used = key and UsedKey(key=request_id(edit.caller, key), request=payload_hash(changes))

    def body(attempt: Attempt) -> CurrentCart:
        cart, company = read_cart_and_company(db, attempt, edit)
        if edit.is_maker_of(cart.revision, cart.changed) or (used and is_repeated(cart, used)):
            return assess(cart, _context(db, company, cart, edit))
        guard(cart, edit.caller, edit.if_match)
        context = _context(db, company, cart, edit, changes)
        changed = apply_lines(cart, context, changes.lines, edit.who)
        if used:
            changed = with_key(changed, used)
        if changed is cart:
            return assess(cart, context)
        return save(db, attempt, cart, changed, context)

    return optimistically(db, body)


def read_cart_and_company(db: Client, attempt: Attempt, edit: Edit) -> tuple[Cart, Company]:
    """What every change starts from.

    Raises:
        CartNotFoundProblem: the company has no such cart.
    """
    wanted = [carts.reference(db, edit.cart), companies.reference(db, edit.caller.company)]
    documents = attempt.read(wanted)
    cart = carts.parse(documents[0], edit.caller.company)
    return cart, companies.parse(edit.caller.company, documents[1])


def _context(
    db: Client, company: Company, cart: Cart, edit: Edit, changes: LineChanges | None = None
) -> CartContext:
    lines = [*cart.lines.values(), *(changes.lines if changes else ())]
    skus, doors = (line.sku for line in lines), (line.door for line in lines)
    return load_context(db, company, skus, doors, edit.now)
