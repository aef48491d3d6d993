"""A change must be made from the cart's current version, the cart be open, and the caller's."""

from functions.carts.schema import ChangeView, Conflict
from shared.cart.model import Cart, CartLine, CartState
from shared.cart.preparation import require_own
from shared.cart.repository import entity_tag
from shared.identity.caller import Caller
from shared.problem import Problem
from shared.text.message import N_


class CartChangedProblem(Problem):
    """Somebody changed the cart since the caller read it (RFC 9110, 13.1.1).

    Carries the current `etag`, `name`, and as `conflicts` the lines that changed since;
    where `conflicts_complete` is false, removed lines may be missing from them.
    """

    status = 412
    code = "cart_changed"
    text = N_("This cart was changed meanwhile. Nothing of yours was saved; look at both.")


class CartOrderedProblem(Problem):
    """The cart was ordered; it stays as it is."""

    status = 409
    code = "cart_ordered"
    text = N_("This cart was ordered already. Copy it to order again.")


def guard(cart: Cart, caller: Caller, if_match: str | None) -> None:
    """Let a change of `cart` by the caller pass.

    Raises:
        CartOrderedProblem: the cart is not open any more.
        CartOfCustomerProblem, CartInPreparationProblem: it is others' to change.
        CartChangedProblem: `if_match` is not its current ETag.
    """
    if cart.state is CartState.ORDERED:
        raise CartOrderedProblem(extra={"group": cart.order_group})
    require_own(cart, caller)
    if if_match != entity_tag(cart):
        since = _revision(if_match or "")
        raise CartChangedProblem(
            extra={
                "etag": entity_tag(cart),
                "name": cart.name,
                "conflicts": conflicts(cart, since),
                "conflicts_complete": since >= cart.forgotten,
            }
        )


def conflicts(cart: Cart, since: int) -> list[Conflict]:
    """Lines that changed or went after revision `since`, by line key."""
    changed = {key: (line, line.quantity) for key, line in cart.lines.items()}
    gone = {key: (line, 0) for key, line in cart.removed.items()}
    return [
        _conflict(line, quantity)
        for _, (line, quantity) in sorted((changed | gone).items(), key=lambda item: item[0])
        if line.revision > since
    ]


def _conflict(line: CartLine, quantity: int) -> Conflict:
    return Conflict(
        sku=line.sku,
        door=line.door,
        window=line.window,
        quantity=quantity,
        changed=ChangeView(
            uid=line.changed.uid, at=line.changed.at, **line.changed.actor.signature
        ),
    )


def _revision(tag: str) -> int:
    """The revision that one of our ETags names; 0, so that all is told, for any other."""
    digits = tag.strip('"')
    return int(digits) if digits.isascii() and digits.isdecimal() else 0
