"""What a person of the brand does about orders on their way to SAP.

Two kinds wait for a person. One that is *parked*: SAP refuses it, or the call, or has it at
another price, or a person has it wait. And one without an answer: in a SAP that draws all numbers
itself nobody can tell whether SAP has it, and sending it again could make a second sales order.
What is decided is told in `audit`, in the same commit (`shared.order.decisions` says what may be).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from google.cloud.firestore import Client, FieldFilter

from shared import audit
from shared.audit import Action, Doer
from shared.optimistic import Attempt, optimistically
from shared.order import repository as orders
from shared.order.decisions import UNSETTLED, decided_order
from shared.order.handover import Parked
from shared.order.model import Order
from shared.order.saving import save_orders

_ALL = datetime.min.replace(tzinfo=UTC)


class NothingToDecideError(Exception):
    """There is no such order, it does not wait for this decision, or an export of it is running."""


@dataclass(frozen=True)
class Undecided:
    """An order that waits for a person; `parked` is None where SAP gave no answer."""

    order: Order
    parked: Parked | None
    is_change: bool = False


def find_undecided(db: Client) -> Iterator[Undecided]:
    """All that waits for a person: parked orders, parked changes, orders without an answer."""
    for order in _orders_by(db, "handover.parked.at"):
        yield Undecided(order, order.handover.parked)
    for order in _orders_by(db, "change.handover.parked.at"):
        if order.change is not None:
            yield Undecided(order, order.change.handover.parked, is_change=True)
    for order in _orders_by(db, "handover.due_at"):
        if order.handover.state in UNSETTLED and order.needs_person:
            yield Undecided(order, None)


def _orders_by(db: Client, field: str) -> Iterator[Order]:
    found = (
        db.collection("orders").where(filter=FieldFilter(field, ">", _ALL)).order_by(field).stream()
    )
    for snapshot in found:
        document = snapshot.to_dict() or {}
        settled = document["handover"]["state"] not in UNSETTLED
        # Most have been taken by SAP, and a whole order takes long to read.
        if field != "handover.due_at" or not settled:
            yield Order.model_validate(document)


def decide(db: Client, number: str, action: Action, who: Doer) -> Order:
    """The order after what a person decides about it, or its change; `reconcile` sends what is to
    be sent within a minute.

    `RETRY`: it is tried at once. `RESEND`: it is sent once more; of one without an answer that says that somebody has looked in
    SAP, that it has no such order and is not about to save one. `ACCEPT`: it stays in SAP at SAP's
    price. `REJECT`: what SAP refuses ends, a change is taken back; the buyer reads the reason.
    `PARK`: it is not sent before it is sent again. `CANCEL`: as its buyer could; they read the reason.

    Raises:
        NothingToDecideError: it does not wait for that, or not now.
    """
    told = audit.reference(db)

    def attempted(attempt: Attempt) -> Order:
        document, done = attempt.read([orders.reference(db, number), told])
        if document is None:
            raise NothingToDecideError(number)
        order = Order.model_validate(document)
        if done is not None:
            # This was committed, and the answer to that was lost.
            return order
        decided = decided_order(order, who, action)
        if decided is None:
            raise NothingToDecideError(number)
        decided = decided.model_copy(update={"updated_at": who.now})
        save_orders(attempt, db, [(order, decided)])
        entry = who.entry(action, f"orders/{number}", company=order.company)
        audit.tell_at(attempt, told, entry)
        return decided

    return optimistically(db, attempted)
