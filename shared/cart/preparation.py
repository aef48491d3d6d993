"""Whose cart it is: a rep prepares carts and hands them over, the company's people own theirs. Pure."""

from shared.actor import ActorKind
from shared.cart.model import Authorship, Cart, CartState
from shared.identity.caller import WRITERS, Caller, Role
from shared.problem import Problem, RoleProblem
from shared.text.message import N_


class CartOfCustomerProblem(Problem):
    """A rep changes or places no cart that the company's people made or were handed over."""

    status = 403
    code = "cart_of_customer"
    text = N_(
        "This cart is your customer's own, and only their people change or order it. Copy it to "
        "go on in a cart of yours."
    )


class CartInPreparationProblem(Problem):
    """The company's people get a cart that a rep prepares once it is handed over."""

    status = 403
    code = "cart_in_preparation"
    text = N_(
        "%(rep)s (sales rep) prepares this cart for you. You can change and order it once it is "
        "handed over; copy it if you don't want to wait."
    )


def is_in_preparation(cart: Cart) -> bool:
    """Whether a rep made the cart and has not handed it over."""
    return cart.created.by_kind is ActorKind.REP and cart.handed_over is None


def hindrance(cart: Cart, caller: Caller) -> Problem | None:
    """Why the caller may not change or place the cart, apart from its state; None: they may.

    A cart of before kinds were kept is the company's, and still its maker's, too.
    """
    if caller.role not in WRITERS:
        return RoleProblem()
    if is_in_preparation(cart):
        return None if caller.role is Role.REP else CartInPreparationProblem(rep=cart.created.by)
    if caller.role is Role.REP and not _is_old_and_made_by(cart, caller):
        return CartOfCustomerProblem()
    return None


def require_own(cart: Cart, caller: Caller) -> None:
    """Let pass who may change and place the cart.

    Raises:
        CartOfCustomerProblem, CartInPreparationProblem, RoleProblem: the caller may not.
    """
    if problem := hindrance(cart, caller):
        raise problem


def may_hand_over(cart: Cart, caller: Caller) -> bool:
    """Whether the caller prepares the cart and may give it to the company's people."""
    is_open = cart.state is CartState.OPEN
    return is_open and caller.role is Role.REP and is_in_preparation(cart)


def transfer(cart: Cart, who: Authorship) -> Cart:
    """The cart as the company's people have it from now on."""
    return cart.model_copy(
        update={"handed_over": who, "revision": cart.revision + 1, "changed": who}
    )


def _is_old_and_made_by(cart: Cart, caller: Caller) -> bool:
    return cart.created.by_kind is None and cart.created.uid == caller.uid
