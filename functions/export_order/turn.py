"""Orders of a company leave in the order in which they were placed.

While SAP is away tasks wait for a random time each. So whoever comes first hands over those that
the company placed before, too, and only then its own.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from google.cloud.firestore import Client, FieldFilter

from functions.export_order.claim import EarlierOrderProblem, SapAwayProblem
from functions.export_order.export import export
from shared.order import repository as orders
from shared.order.handover import HandoverState
from shared.order.model import Order
from shared.problem import NotFoundProblem
from shared.sap import circuit
from shared.sap.rfc import Connect
from shared.sap.source_system import SourceSystem
from shared.store import read_all

AT_WORK = timedelta(seconds=20)
"""How long a task begins with further orders; it is over within `shared.queue.DISPATCH_SECONDS`."""

PATIENCE = 5
"""Tries that SAP let fail after which an order keeps those behind it waiting no longer."""

IN_HAND = timedelta(seconds=10)
"""How long those behind it wait for one that is with SAP: most take a second or two, and of one
whose process died, or whose commit broke, nobody hears for a minute."""

_UNSETTLED = (HandoverState.WAITING, HandoverState.SENDING)
_PAGE = 20


def hand_over(
    db: Client,
    connect: Connect,
    number: str,
    clock: Callable[[], datetime],
    system: SourceSystem,
) -> None:
    """Hand over the order, or its change, after what its company placed before it.

    While SAP is away nobody is looked for who goes first: each of thousands of waiting tasks would
    read twenty orders at each of its tries.

    Raises:
        as `export`; EarlierOrderProblem: others took all the time that a task has.
    """
    began = clock()
    way = circuit.reference(db, system.logical_system)
    document, state = read_all(db, [orders.reference(db, number), way])
    if document is None:
        raise NotFoundProblem
    order = Order.model_validate(document)
    if order.handover.state in _UNSETTLED:
        if not circuit.parse(state).lets_through(began):
            raise SapAwayProblem
        for earlier in _before(db, order, clock):
            if clock() > began + AT_WORK:
                raise EarlierOrderProblem
            export(db, connect, earlier, clock, system)
    export(db, connect, number, clock, system)


def _before(db: Client, order: Order, clock: Callable[[], datetime]) -> Iterator[str]:
    """Numbers of the company's earlier orders that wait to be handed over, the oldest first."""
    waiting = (
        db.collection("orders")
        .where(filter=FieldFilter("company", "==", order.company))
        .where(filter=FieldFilter("handover.state", "in", [state.value for state in _UNSETTLED]))
        .where(filter=FieldFilter("placed_at", "<=", order.placed_at))
        .order_by("placed_at")
        .limit(_PAGE)
    )
    page = list(waiting.stream())
    while page:
        for snapshot in page:
            if snapshot.id == order.number:
                return
            if _goes_first(Order.model_validate(snapshot.to_dict()), clock()):
                yield snapshot.id
        page = list(waiting.start_after(page[-1]).stream()) if len(page) == _PAGE else []


def _goes_first(order: Order, now: datetime) -> bool:
    """Whether those behind it wait for it: not for one that a person has to approve or look at."""
    handover = order.handover
    if handover.lease_until is not None and handover.lease_until > now:
        latest = handover.attempts[-1]
        return latest.outcome == "started" and now < latest.at + IN_HAND
    # What failed since SAP is away is no reason to let others go first.
    failures = sum(one.outcome == "failed" and one.answered for one in handover.attempts)
    return handover.due_at is not None and not order.needs_person and failures < PATIENCE
