"""Writes what became of an approval, with its orders and its cart, in one commit."""

from datetime import datetime

from google.cloud.firestore import Client

from shared.actor import Actor, ActorKind
from shared.approval import repository as approvals
from shared.approval.deciding import after_expiry
from shared.approval.model import Approval, ApprovalState
from shared.cart import repository as carts
from shared.cart.model import Authorship, Cart, CartState
from shared.cart.saving import save_cart
from shared.optimistic import Attempt, optimistically
from shared.order import repository as orders
from shared.order.changing import cancel_here
from shared.order.handover import HANDOVER_GRACE
from shared.order.model import Order, Step
from shared.order.saving import save_orders
from shared.order.status import Status

SELLIN = Actor(name="Sellin", kind=ActorKind.SYSTEM)

_REOPENS = frozenset({ApprovalState.RETURNED, ApprovalState.WITHDRAWN, ApprovalState.EXPIRED})
"""What gives the cart back to its people."""


def settle(attempt: Attempt, db: Client, before: Approval, after: Approval, now: datetime) -> None:
    """Write the approval; where it ended, its orders go on or end, and what they held with them."""
    if before.state is not after.state:
        own = [orders.reference(db, number) for number in after.orders]
        documents = attempt.read([*own, carts.reference(db, after.cart)])
        waiting = [
            order
            for order in map(Order.model_validate, filter(None, documents[:-1]))
            if order.status is Status.PENDING_APPROVAL
        ]
        save_orders(attempt, db, [(order, _settle(order, after, now)) for order in waiting])
        if after.state in _REOPENS and documents[-1] is not None:
            _reopen(attempt, db, Cart.model_validate(documents[-1]), after, now)
    attempt.save_model(approvals.reference(db, after.number), after)


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


def _settle(order: Order, after: Approval, now: datetime) -> Order:
    by, reason = _last_word(after)
    if after.state is not ApprovalState.APPROVED:
        return cancel_here(order, reason, by, now)
    step = Step(status=Status.ACCEPTED, at=now, reason=reason, **by.signature)
    due = order.handover.model_copy(update={"due_at": now + HANDOVER_GRACE})
    history = [*order.history, step]
    return order.model_copy(
        update={"status": step.status, "history": history, "handover": due, "updated_at": now}
    )


def _last_word(approval: Approval) -> tuple[Actor, str]:
    if approval.state is ApprovalState.EXPIRED:
        return SELLIN, ""
    last = approval.decisions[-1]
    return Actor(name=last.by, kind=last.by_kind), last.reason


def _reopen(attempt: Attempt, db: Client, cart: Cart, after: Approval, now: datetime) -> None:
    if cart.state is not CartState.ORDERED or cart.order_group != after.number:
        return  # somebody deleted it
    by, _ = _last_word(after)
    uid = after.decisions[-1].uid if after.state is not ApprovalState.EXPIRED else ""
    again = {
        "state": CartState.OPEN,
        "order_group": None,
        "revision": cart.revision + 1,
        "changed": Authorship(uid=uid, at=now, **by.signature),
        "expires_at": None,
    }
    save_cart(attempt, db, cart, cart.model_copy(update=again))
