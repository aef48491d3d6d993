"""Many orders wait while SAP is away for five minutes: few calls, and then each once, in order.

The queue is played as Cloud Tasks is set (terraform/modules/task_queue): a task that fails comes
again after 1, 2, 4 … 60 seconds. Time is the test's own. `make campaign` plays 2,000 orders.
"""

import heapq
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

import httpx
import pytest
from google.cloud.firestore import Client

from emulators.sap.server import StandIn
from functions.export_order.claim import (
    EarlierOrderProblem,
    ExportFailedProblem,
    ExportRunningProblem,
    begin_attempt,
)
from functions.export_order.turn import IN_HAND, PATIENCE, hand_over
from shared.order import repository as orders
from shared.order.handover import ExportAttempt
from shared.order.model import Order
from shared.sap.rfc import Connect
from tests.factories.assortment import NOW
from tests.factories.company import door
from tests.factories.order import order, store_order, waiting
from tests.integration.functions.export_order.conftest import SYSTEM, counted
from tests.support.services import fixed

ORDERS = int(os.environ.get("OUTAGE_ORDERS", "80"))
AWAY = timedelta(minutes=5)
BUYERS = {"100001": "200001", "100002": "200002"}
"""Companies and their doors, of which the second pays in forint."""

_BATCH = 200


def _placed(db: Client) -> list[Order]:
    """Orders of two companies, half a second apart, whose numbers say nothing of their order."""
    chance = Random(5)
    numbers = chance.sample(range(3_000_000_000, 3_000_100_000), ORDERS)
    placed = [
        order(
            number=f"{number}-001",
            placed_at=NOW + index * timedelta(seconds=0.1),
            company=(company := chance.choice(sorted(BUYERS))),
            door=door(BUYERS[company]),
        )
        for index, number in enumerate(numbers)
    ]
    for start in range(0, ORDERS, _BATCH):
        store_order(db, *placed[start : start + _BATCH])
    return placed


class _Queue:
    """The tasks, and what time it is for whoever is called."""

    def __init__(self, placed: list[Order]) -> None:
        self.now = NOW
        self._waiting = [(one.placed_at, one.number, 1.0) for one in placed]
        heapq.heapify(self._waiting)

    def run(self, task: Callable[[str], None], until: datetime) -> None:
        """Dispatch what is due before `until`."""
        while self._waiting and self._waiting[0][0] < until:
            self.now, number, pause = heapq.heappop(self._waiting)
            try:
                task(number)
            except (ExportFailedProblem, ExportRunningProblem, EarlierOrderProblem):
                again = self.now + timedelta(seconds=pause)
                heapq.heappush(self._waiting, (again, number, min(60.0, 2 * pause)))

    @property
    def left(self) -> int:
        """Tasks that are not done."""
        return len(self._waiting)


def test_orders_that_waited_for_sap_leave_once_each_as_they_were_placed(
    firestore: Client, connect: Connect, sap: StandIn
) -> None:
    placed = _placed(firestore)
    queue, calls = _Queue(placed), list[str]()
    session = counted(connect, calls)

    def task(number: str) -> None:
        hand_over(firestore, session, number, lambda: queue.now, SYSTEM)

    httpx.put(f"{sap.control_url}/faults", json={"down": True}).raise_for_status()
    queue.run(task, NOW + AWAY)
    assert queue.left == ORDERS
    assert 0 < len(calls) <= 100

    httpx.delete(f"{sap.control_url}/faults").raise_for_status()
    queue.run(task, NOW + timedelta(days=1))
    assert queue.left == 0

    listed = httpx.get(f"{sap.control_url}/orders").json()
    there = sorted((row["ERDAT_TS"], row["PURCH_NO_C"].partition("/")[0]) for row in listed)
    for company in BUYERS:
        wanted = [one.number for one in placed if one.company == company]
        assert [number for _, number in there if number in wanted] == wanted


@pytest.mark.parametrize("answered", [False, True])
def test_what_failed_while_sap_was_away_lets_nobody_overtake(
    firestore: Client, connect: Connect, answered: bool
) -> None:
    """But what SAP itself lets fail again and again keeps the others waiting no longer."""
    failed = ExportAttempt(at=NOW, outcome="failed", answered=answered)
    tried = waiting().model_copy(update={"attempts": [failed] * PATIENCE})
    first = order(number="3000000011-001", handover=tried)
    second = order(number="3000000012-001", placed_at=NOW + timedelta(seconds=1))
    store_order(firestore, first, second)

    hand_over(firestore, connect, second.number, lambda: NOW + AWAY, SYSTEM)

    stored = orders.reference(firestore, first.number).get().to_dict() or {}
    assert stored["status"] == ("accepted" if answered else "sent")


def test_a_log_on_that_fails_is_no_failure_of_the_order(
    firestore: Client, connect: Connect, sap: StandIn
) -> None:
    one = order(number="3000000021-001")
    store_order(firestore, one)
    for times, breaks in enumerate([{"down": True}, {"break": "after_create"}]):
        httpx.put(f"{sap.control_url}/faults", json=breaks).raise_for_status()
        at = NOW + times * AWAY
        with pytest.raises(ExportFailedProblem):
            hand_over(firestore, connect, one.number, fixed(at), SYSTEM)
    stored = orders.reference(firestore, one.number).get().to_dict() or {}
    answered = [each["answered"] for each in stored["handover"]["attempts"]]
    assert answered == [False, True]


@pytest.mark.parametrize("outcome", ["started", "unknown"])
def test_one_that_died_on_its_way_does_not_hold_up_those_behind_it(
    firestore: Client, connect: Connect, outcome: str
) -> None:
    first = order(number="3000000001-001")
    second = order(number="3000000002-001", placed_at=NOW + timedelta(seconds=1))
    begun = begin_attempt(first.handover, NOW, timedelta(seconds=90))
    attempts = [begun.attempts[0].model_copy(update={"outcome": outcome})]
    held = first.model_copy(update={"handover": begun.model_copy(update={"attempts": attempts})})
    store_order(firestore, held, second)

    if outcome == "started":
        with pytest.raises(ExportRunningProblem):
            hand_over(firestore, connect, second.number, lambda: NOW + IN_HAND / 2, SYSTEM)
    hand_over(firestore, connect, second.number, lambda: NOW + IN_HAND, SYSTEM)
    stored = orders.reference(firestore, second.number).get().to_dict() or {}
    assert stored["status"] == "sent"
