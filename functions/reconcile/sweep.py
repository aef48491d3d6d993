"""Nothing accepted is ever lost: finds what a crash left undone, and does it again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from google.api_core.exceptions import GoogleAPICallError
from google.cloud.firestore import Client, DocumentReference, DocumentSnapshot, FieldFilter

from shared.optimistic import Attempt, optimistically
from shared.order import repository as orders
from shared.order.handover import Handover, HandoverState
from shared.order.model import Order
from shared.order.saving import save_orders
from shared.order.status import Status

BATCH = 200
MOST = 10 * BATCH
"""Of one kind that a sweep looks at, should so many be broken."""

AGAIN = timedelta(minutes=5)
"""A swept order is due again after this, should its task be lost too."""

LONG = timedelta(hours=1)
"""An order that is not in SAP so long after it was placed is told of, as an error; so often SAP is
asked for the prices of one that it has, and did not tell them."""

TOLD_AGAIN = timedelta(days=1)
"""An order that SAP has and says nothing of, or that is parked, is told of every day."""

Snapshot = DocumentSnapshot[DocumentReference]

Enqueue = Callable[[str, str], None]
"""`enqueue(order number, sweep)` asks for an export, once per sweep."""


@dataclass
class Swept:
    """What a sweep did."""

    enqueued: int = 0
    released: int = 0


def sweep(db: Client, enqueue: Enqueue, now: datetime) -> Swept:
    """Ask again for the export of overdue orders and changes; release what refused orders had.

    What only a person can mend is logged as an error: what SAP does not take for long, or has
    and never confirmed.
    An order that can't be mended, whatever its fault, is told of and looked at again after
    `AGAIN`, so that it never keeps others waiting. A sweep mends up to `BATCH` of each kind, the
    longest overdue first, and looks at up to `MOST`; the next one goes on.
    """
    swept = Swept()
    for path, mend in (("handover", _mend), ("change.handover", _mend_change)):
        mended = 0
        for snapshot in _overdue(db, f"{path}.due_at", now):
            try:
                mend(db, enqueue, snapshot.id, now, swept)
            except Exception:  # noqa: BLE001 (whatever is wrong with one, the others must not wait)
                structlog.get_logger().exception("sweep failed", order=snapshot.id)
                _put_off(db, snapshot, f"{path}.due_at", now)
            else:
                mended += 1
                if mended == BATCH:
                    break
    return swept


def _overdue(db: Client, field: str, now: datetime) -> Iterator[Snapshot]:
    """What is due, the longest overdue first; page by page, since each moves its own date."""
    due = (
        db.collection("orders")
        .where(filter=FieldFilter(field, "<=", now))
        .order_by(field)
        .select([field])  # each is read again when it is mended
        .limit(BATCH)
    )
    page = list(due.stream())
    for _ in range(MOST // BATCH):
        yield from page
        if len(page) < BATCH:
            return
        page = list(due.start_after(page[-1]).stream())


def _put_off(db: Client, snapshot: Snapshot, field: str, now: datetime) -> None:
    """Move the date of an order that nobody else has touched since it was found."""
    as_found = db.write_option(last_update_time=snapshot.update_time)
    try:
        snapshot.reference.update({field: now + AGAIN}, option=as_found)
    except GoogleAPICallError:
        # Then it stays where it is, and the sweep goes on behind it.
        structlog.get_logger().exception("not put off", order=snapshot.id)


def _mend(db: Client, enqueue: Enqueue, number: str, now: datetime, swept: Swept) -> None:

    def body(attempt: Attempt) -> Order | None:
        [document] = attempt.read([orders.reference(db, number)])
        order = Order.model_validate(document)
        handover = order.handover
        if handover.due_at is None or handover.due_at > now:
            return None
        before = order
        match handover.state:
            case HandoverState.REFUSED:
                # Settled by a release that left it to reconcile to give back what it held.
                before = order.model_copy(update={"status": Status.ACCEPTED})
                due = None
            case _:
                due = now + _until_next(handover)
        later = handover.model_copy(update={"due_at": due})
        save_orders(attempt, db, [(before, order.model_copy(update={"handover": later}))])
        return order

    order = optimistically(db, body)
    if order is None:
        return
    log = structlog.get_logger().bind(order=number, company=order.company)
    match order.handover.state:
        case HandoverState.REFUSED:
            swept.released += 1
        case HandoverState.ACCEPTED if order.handover.uncompared:
            enqueue(number, now.strftime("%Y%m%d%H%M"))
            swept.enqueued += 1
        case HandoverState.ACCEPTED:
            log.error("not confirmed", sap_number=order.sap_number)
        case HandoverState.PARKED:
            log.error("order parked", reason=_reason_parked(order.handover))
        case _:
            if order.placed_at < now - LONG:
                told = {"placed_at": order.placed_at.isoformat()}
                # Then nothing but `python -m infra.handover` gets it further.
                log.error("not handed over", **told, needs_person=order.needs_person)
            enqueue(number, now.strftime("%Y%m%d%H%M"))
            swept.enqueued += 1


def _until_next(handover: Handover) -> timedelta:
    if handover.state is HandoverState.ACCEPTED and handover.uncompared:
        return LONG
    has_told = handover.state in (HandoverState.ACCEPTED, HandoverState.PARKED)
    return TOLD_AGAIN if has_told else AGAIN


def _mend_change(db: Client, enqueue: Enqueue, number: str, now: datetime, swept: Swept) -> None:

    def body(attempt: Attempt) -> Order | None:
        [document] = attempt.read([orders.reference(db, number)])
        order = Order.model_validate(document)
        if order.change is None:
            return None
        handover = order.change.handover
        if handover.due_at is None or handover.due_at > now:
            return None
        later = handover.model_copy(update={"due_at": now + _until_next(handover)})
        change = order.change.model_copy(update={"handover": later})
        save_orders(attempt, db, [(order, order.model_copy(update={"change": change}))])
        return order

    order = optimistically(db, body)
    if order is None or order.change is None:
        return
    log = structlog.get_logger().bind(order=number, company=order.company)
    if order.change.handover.state is HandoverState.ACCEPTED:
        log.error("change not confirmed", change=order.change.number)
        return
    if order.change.handover.state is HandoverState.PARKED:
        log.error("order parked", reason=_reason_parked(order.change.handover))
        return
    if order.change.at < now - LONG:
        told = {"change": order.change.number, "asked_at": order.change.at.isoformat()}
        log.error("change not handed over", **told)
    enqueue(number, f"v{order.change.number}-{now:%Y%m%d%H%M}")
    swept.enqueued += 1


def _reason_parked(handover: Handover) -> str:
    return handover.parked.reason.value if handover.parked else ""
