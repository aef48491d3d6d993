"""Changes of orders that a crash left on their way are asked for again, or told of."""

from datetime import timedelta
from typing import Any

import pytest
from google.cloud.firestore import Client
from structlog.testing import capture_logs

from functions.reconcile.sweep import AGAIN, LONG, TOLD_AGAIN, sweep
from shared.order.changing import to_sap
from shared.order.handover import HandoverState
from shared.order.model import Order
from shared.order.status import Status
from tests.factories.assortment import NOW
from tests.factories.order import ANNA, NUMBER, order, store_order, waiting
from tests.integration.functions.reconcile.test_sweep import Tasks

LATER = NOW + timedelta(minutes=2)


def _changing(**overrides: Any) -> Order:
    """An order that SAP has, with a change on its way."""
    change = to_sap(2, NOW, ANNA)
    handover = change.handover.model_copy(update=overrides)
    return order(
        status=Status.CONFIRMED,
        handover=waiting(state=HandoverState.ACCEPTED, due_at=None),
        change=change.model_copy(update={"handover": handover}),
    )


@pytest.mark.parametrize("left", [{}, {"state": HandoverState.SENDING, "lease_until": NOW}])
def test_a_change_whose_task_or_export_was_lost(firestore: Client, left: dict[str, Any]) -> None:
    store_order(firestore, _changing(**left))
    tasks = Tasks()

    assert sweep(firestore, tasks, LATER).enqueued == 1

    [(number, name)] = tasks
    assert number == NUMBER
    assert name.startswith("v2-")
    assert sweep(firestore, tasks, LATER).enqueued == 0
    assert sweep(firestore, tasks, LATER + AGAIN).enqueued == 1
    assert len({name for _, name in tasks}) == 2


@pytest.mark.parametrize(
    "left",
    [
        {"due_at": LATER + timedelta(seconds=1)},
        {"state": HandoverState.REFUSED, "due_at": None},
        {"state": HandoverState.ACCEPTED, "due_at": None},
    ],
)
def test_what_is_not_due_or_done_is_left_alone(firestore: Client, left: dict[str, Any]) -> None:
    store_order(firestore, _changing(**left))
    tasks = Tasks()
    sweep(firestore, tasks, LATER)
    assert tasks == []


def test_what_takes_long_is_told_of(firestore: Client) -> None:
    store_order(firestore, _changing())
    with capture_logs() as logged:
        sweep(firestore, Tasks(), NOW + LONG)
        sweep(firestore, Tasks(), NOW + LONG + AGAIN)
    assert [(e["event"], e["change"]) for e in logged if e["log_level"] == "error"] == [
        ("change not handed over", 2)
    ]


def test_a_change_that_sap_never_confirms_is_told_of_every_day(firestore: Client) -> None:
    store_order(firestore, _changing(state=HandoverState.ACCEPTED))
    with capture_logs() as logged:
        sweep(firestore, Tasks(), LATER)
        sweep(firestore, Tasks(), LATER + TOLD_AGAIN - timedelta(seconds=1))
        sweep(firestore, Tasks(), LATER + TOLD_AGAIN)
    assert [e["event"] for e in logged if e["log_level"] == "error"] == 2 * ["change not confirmed"]
