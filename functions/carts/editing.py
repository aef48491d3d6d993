"""Changes of a cart, each one transaction: read cart and company, plan, write the cart."""

from dataclasses import dataclass
from datetime import datetime

from google.cloud.firestore import Client, Transaction

from functions.carts.changes import apply_lines, is_repeated, rename, with_key
from functions.carts.guard import guard
from functions.carts.reading import CurrentCart, assess
from functions.carts.saving import save
from functions.carts.schema import LineChanges
from shared.cart import repository as carts
from shared.cart.context import CartContext
from shared.cart.loading import load_context
from shared.cart.model import Cart, CartState, Change, UsedKey
from shared.company import repository as companies
from shared.company.model import Company
from shared.idempotency import payload_hash, request_id
from shared.identity.caller import Caller
from shared.store import in_transaction, read_all, to_document


@dataclass(frozen=True)
class Edit:
    """Who changes which cart, from which version (`if_match`, an ETag), and when."""

    caller: Caller
    cart: str
    if_match: str | None
    now: datetime

    @property
    def who(self) -> Change:
        """As kept beside what was changed."""
        return Change(by=self.caller.label, uid=self.caller.uid, at=self.now)


def rename_cart(db: Client, edit: Edit, name: str) -> CurrentCart:
    """Give the cart another name.

    Raises:
        CartNotFoundProblem, CartOrderedProblem, CartChangedProblem: nothing was changed.
    """

    def body(transaction: Transaction) -> CurrentCart:
        cart, company = _read(db, transaction, edit)
        guard(cart, edit.if_match)
        context = _context(db, company, cart, edit)
        return save(db, transaction, rename(cart, name, edit.who), context)

    return in_transaction(db, body)


def delete_cart(db: Client, edit: Edit) -> None:
    """Delete the cart.

    Raises:
        CartNotFoundProblem, CartOrderedProblem, CartChangedProblem: nothing was changed.
    """
    reference = carts.reference(db, edit.cart)

    def body(transaction: Transaction) -> None:
        cart = carts.parse(read_all(db, [reference], transaction)[0], edit.caller.company)
        guard(cart, edit.if_match)
        update = {
            "state": CartState.DELETED,
            "revision": cart.revision + 1,
            "changed": edit.who,
        }
        transaction.set(reference, to_document(cart.model_copy(update=update)))

    in_transaction(db, body)


def change_lines(db: Client, edit: Edit, changes: LineChanges, key: str | None) -> CurrentCart:
    """Fill in cells. The repetition of `key` answers the cart as it is now.

    Raises:
        CartNotFoundProblem, CartOrderedProblem, CartChangedProblem, KeyReusedProblem,
        InvalidInputProblem: nothing was changed.
    """
    used = key and UsedKey(key=request_id(edit.caller, key), request=payload_hash(changes))

    def body(transaction: Transaction) -> CurrentCart:
        cart, company = _read(db, transaction, edit)
        if used and is_repeated(cart, used):
            return assess(cart, _context(db, company, cart, edit))
        guard(cart, edit.if_match)
        context = _context(db, company, cart, edit, changes)
        changed = apply_lines(cart, context, changes.lines, edit.who)
        if used:
            changed = with_key(changed, used)
        if changed is cart:
            return assess(cart, context)
        return save(db, transaction, changed, context)

    return in_transaction(db, body)


def _read(db: Client, transaction: Transaction, edit: Edit) -> tuple[Cart, Company]:
    wanted = [carts.reference(db, edit.cart), companies.reference(db, edit.caller.company)]
    documents = read_all(db, wanted, transaction)
    cart = carts.parse(documents[0], edit.caller.company)
    return cart, companies.parse(edit.caller.company, documents[1])


def _context(
    db: Client, company: Company, cart: Cart, edit: Edit, changes: LineChanges | None = None
) -> CartContext:
    # Read beside the transaction: the answer is priced as of now, the cart does not depend
    # on it, and a lock on styles and stock would hold up who places orders.
    skus = [line.sku for line in cart.lines.values()]
    if changes:
        skus += [change.sku for change in changes.lines]
    return load_context(db, company, skus, edit.now.date())
