"""Writes what became of an approval, with its orders and its cart, in one commit."""

from datetime import datetime

from google.cloud.firestore import Client

from shared.approval import repository as approvals
from shared.approval.deciding import after_expiry
from shared.approval.model import Approval, ApprovalState, AskedChange
from shared.approval.outcomes import after_change, after_placing, last_word
from shared.cart import repository as carts
from shared.cart.model import Authorship, Cart, CartState
from shared.cart.saving import save_cart
from shared.optimistic import Attempt, optimistically
from shared.order import repository as orders
from shared.order.model import Order
from shared.order.saving import save_orders
from shared.order.status import Status

_REOPENS = frozenset({ApprovalState.RETURNED, ApprovalState.WITHDRAWN, ApprovalState.EXPIRED})
"""What gives the cart back to its people."""


def settle(
    attempt: Attempt, db: Client, before: Approval, after: Approval, now: datetime
) -> Approval:
    """Write the approval; where it ended, its orders go on or end, and what they held with them.

    The approval as it was written: what was agreed to may have lapsed.

    Raises:
        HandoverRunningProblem, ChangeRunningProblem: nobody can tell yet whether a change fits.
    """
    if before.state is not after.state:
        if after.change is None:
            _settle_placing(attempt, db, after, now)
        else:
            after = _settle_change(attempt, db, after, after.change, now)
    attempt.save_model(approvals.reference(db, after.number), after)
    return after


def _settle_placing(attempt: Attempt, db: Client, after: Approval, now: datetime) -> None:
    own = [orders.reference(db, number) for number in after.orders]
    documents = attempt.read([*own, carts.reference(db, after.cart)])
    waiting = [
        order
        for order in map(Order.model_validate, filter(None, documents[:-1]))
        if order.status is Status.PENDING_APPROVAL
    ]
    save_orders(attempt, db, [(order, after_placing(order, after, now)) for order in waiting])
    if after.state in _REOPENS and documents[-1] is not None:
        _reopen(attempt, db, Cart.model_validate(documents[-1]), after, now)


def _settle_change(
    attempt: Attempt, db: Client, after: Approval, asked: AskedChange, now: datetime
) -> Approval:
    [document] = attempt.read([orders.reference(db, asked.order)])
    order = orders.parse(document, after.company)
    settled, outcome = after_change(order, after, asked, now)
    save_orders(attempt, db, [(order, settled)])
    return outcome


def expire(db: Client, number: str, now: datetime) -> bool:
    """End what waited too long; whether it did."""

    def body(attempt: Attempt) -> bool:
        [document] = attempt.read([approvals.reference(db, number)])
        if document is None:
            return False
        before = Approval.model_validate(document)
        if before.state is not ApprovalState.WAITING or now < before.held_until:
            return False
        settle(attempt, db, before, after_expiry(before, now), now)
        return True

    return optimistically(db, body)


def _reopen(attempt: Attempt, db: Client, cart: Cart, after: Approval, now: datetime) -> None:
    if cart.state is not CartState.ORDERED or cart.order_group != after.number:
        return  # somebody deleted it
    by, _ = last_word(after)
    uid = after.decisions[-1].uid if after.state is not ApprovalState.EXPIRED else ""
    again = {
        "state": CartState.OPEN,
        "order_group": None,
        "revision": cart.revision + 1,
        "changed": Authorship(uid=uid, at=now, **by.signature),
        "expires_at": None,
    }
    save_cart(attempt, db, cart, cart.model_copy(update=again))
