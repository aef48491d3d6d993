"""Orders on their way to SAP: found by how far they are, shown, tried again."""

from datetime import UTC, datetime

from google.cloud.firestore import Client, FieldFilter

from functions.operations.doing import Doing
from functions.operations.schema import (
    ChangeHandover,
    HandoverHead,
    HandoverPage,
    HandoverQuery,
    HandoverStage,
    HandoverView,
    OrderView,
    RejectedLines,
)
from shared.audit import Action
from shared.order import desk
from shared.order import repository as orders
from shared.order.decisions import UNSETTLED, decisions
from shared.order.desk import NothingToDecideError
from shared.order.exporting import EnqueueExport, request_change_export, request_export
from shared.order.following import rejection_keys
from shared.order.handover import Handover, is_in_doubt
from shared.order.model import Order
from shared.order.repository import OrderNotFoundProblem
from shared.paging import newest_first
from shared.problem import Problem
from shared.sap.sales_order import purchase_order_number
from shared.store import Document, Read, read_all
from shared.text.message import N_

_ALL = datetime.min.replace(tzinfo=UTC)

_READ = ["number", "company", "door", "po_number", "placed_at", "sap_number", "status"]


class NothingToSendProblem(Problem):
    """Neither the order nor a change of it waits for SAP, or an export of it is running."""

    status = 409
    code = "nothing_to_send"
    text = N_("Nothing of this order can be sent just now.")


class NothingToDecideProblem(Problem):
    """The order does not wait for this decision, or an export of it is running."""

    status = 409
    code = "nothing_to_decide"
    text = N_("Nothing of this kind is to be decided about this order just now.")


def list_orders(db: Client, query: HandoverQuery) -> HandoverPage:
    """A page of the orders that are that far."""
    path = "handover" if query.of == "order" else "change.handover"
    in_doubt = query.state is HandoverStage.IN_DOUBT
    collection = db.collection("orders")
    if query.state is HandoverStage.PARKED:
        field = f"{path}.parked.at"
        found = collection.where(filter=FieldFilter(field, ">", _ALL))
    else:
        # What is in doubt is among those that are not settled, which are few but while SAP is away.
        states = [one.value for one in UNSETTLED] if in_doubt else [query.state.value]
        field = "placed_at"
        found = collection.where(filter=FieldFilter(f"{path}.state", "in", sorted(states)))

    def read(document: Read) -> HandoverHead | None:
        head = _head(document.data(), path)
        return head if head.in_doubt or not in_doubt else None

    page = newest_first(db, collection, found.select([*_READ, path]), field, query, read)
    return HandoverPage(items=page.items, next=page.next)


def view(db: Client, number: str, now: datetime) -> OrderView:
    """An order with all that was tried.

    Raises:
        OrderNotFoundProblem: there is none.
    """
    order = _read(db, number)
    may = decisions(order, now)
    return OrderView(
        number=order.number,
        company=order.company,
        door=order.door.name,
        po_number=order.buyers_po_number,
        purchase_order=purchase_order_number(order),
        placed_at=order.placed_at,
        placed_by=order.placed_by,
        sap_number=order.sap_number,
        external_number=order.external_number,
        status=order.status,
        holds=order.holds,
        rejections=_rejections(order),
        handover=HandoverView(**_facts(order.handover)),
        change=_change(order),
        may_retry=Action.RETRY in may,
        may_resend=Action.RESEND in may,
        may_accept=Action.ACCEPT in may,
        may_reject=Action.REJECT in may,
        may_park=Action.PARK in may,
        may_cancel=Action.CANCEL in may,
    )


def _rejections(order: Order) -> list[RejectedLines]:
    positions: dict[str, list[int]] = {}
    for position, key in rejection_keys(order).items():
        positions.setdefault(key, []).append(position)
    return [RejectedLines(key=key, positions=found) for key, found in positions.items()]


def decide(db: Client, enqueue: EnqueueExport, number: str, doing: Doing) -> OrderView:
    """What a person decides about an order on its way to SAP, or in SAP: `doing.action`.

    Raises:
        OrderNotFoundProblem, NothingToSendProblem, NothingToDecideProblem: it can't be.
    """
    _read(db, number)
    try:
        decided = desk.decide(db, number, doing.action, doing.doer)
    except NothingToDecideError as error:
        is_retry = doing.action is Action.RETRY
        raise (NothingToSendProblem if is_retry else NothingToDecideProblem) from error
    if doing.action in (Action.RETRY, Action.RESEND):
        request_export(enqueue, number, _sweep(doing.now))
    elif doing.action is Action.CANCEL:
        request_change_export(enqueue, decided)
    return view(db, number, doing.now)


def _sweep(now: datetime) -> str:
    """What tells the task from those before: the same second makes one."""
    return f"desk-{now:%Y%m%d%H%M%S}"


def _read(db: Client, number: str) -> Order:
    [document] = read_all(db, [orders.reference(db, number)])
    if document is None:
        raise OrderNotFoundProblem
    return Order.model_validate(document)


def _head(document: Document, path: str) -> HandoverHead:
    of = document if path == "handover" else document["change"]
    handover = Handover.model_validate(of["handover"])
    attempts = handover.attempts
    return HandoverHead(
        **{name: document[name] for name in _READ if name in HandoverHead.model_fields}
        | {"door": document["door"]["name"]},
        state=handover.state,
        in_doubt=is_in_doubt(handover) and handover.state in UNSETTLED,
        due_at=handover.due_at,
        attempts=len(attempts) + handover.forgotten,
        last_attempt=attempts[-1] if attempts else None,
        parked=handover.parked,
    )


def _change(order: Order) -> ChangeHandover | None:
    change = order.change
    if change is None:
        return None
    said = {"version": change.number, "cancels": change.cancels, "by": change.by, "at": change.at}
    return ChangeHandover(**_facts(change.handover), **said)


def _facts(handover: Handover) -> dict[str, object]:
    return {
        "state": handover.state,
        "in_doubt": is_in_doubt(handover) and handover.state in UNSETTLED,
        "due_at": handover.due_at,
        "lease_until": handover.lease_until,
        "attempts": handover.attempts,
        "forgotten": handover.forgotten,
        "parked": handover.parked,
        "decisions": handover.decisions,
    }
