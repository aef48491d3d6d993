"""Nothing accepted is ever lost: finds what a crash left undone, and does it again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from google.api_core.exceptions import GoogleAPICallError, RetryError
from google.cloud.firestore import Client, FieldFilter, Transaction
from pydantic import ValidationError

from shared.order import repository as orders
from shared.order.model import HandoverState, Order
from shared.order.release import release
from shared.store import in_transaction

BATCH = 200
AGAIN = timedelta(minutes=5)
"""A swept order is due again after this, should its task be lost too."""

Enqueue = Callable[[str, str], None]
"""`enqueue(order number, sweep)` asks for an export, once per sweep."""


@dataclass
class Swept:
    """What a sweep did."""

    enqueued: int = 0
    released: int = 0


def sweep(db: Client, enqueue: Enqueue, now: datetime) -> Swept:
    """Ask again for the export of overdue orders; release what refused orders had taken.

    Handles the `BATCH` longest overdue orders, oldest first; the next sweep goes on.
    """
    due = (
        db.collection("orders")
        .where(filter=FieldFilter("handover.due_at", "<=", now))
        .order_by("handover.due_at")
        .limit(BATCH)
    )
    swept = Swept()
    for snapshot in due.stream():
        try:
            _mend(db, enqueue, snapshot.id, now, swept)
        except (GoogleAPICallError, RetryError, ValidationError):
            # One order that can't be mended must not keep the others waiting.
            structlog.get_logger().exception("sweep failed", order=snapshot.id)
    return swept


def _mend(db: Client, enqueue: Enqueue, number: str, now: datetime, swept: Swept) -> None:
    reference = orders.reference(db, number)

    def body(transaction: Transaction) -> HandoverState | None:
        order = Order.model_validate(reference.get(transaction=transaction).to_dict())
        handover = order.handover
        if handover.due_at is None or handover.due_at > now:
            return None
        if handover.state is HandoverState.REFUSED:
            release(transaction, db, order)
            transaction.update(reference, {"handover.due_at": None})
        else:
            transaction.update(reference, {"handover.due_at": now + AGAIN})
        return handover.state

    state = in_transaction(db, body)
    if state is HandoverState.REFUSED:
        swept.released += 1
    elif state is not None:
        enqueue(number, now.strftime("%Y%m%d%H%M"))
        swept.enqueued += 1
