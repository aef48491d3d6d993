"""What a crash left undone is found and done again; what SAP refused gives back its stock."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from google.api_core.exceptions import ServiceUnavailable
from google.cloud.firestore import DELETE_FIELD, Client
from structlog.testing import capture_logs

from functions.reconcile.routes import SERVICE, Resources
from functions.reconcile.runs import Connections
from functions.reconcile.sweep import AGAIN, LONG, TOLD_AGAIN, sweep
from shared.availability import repository as availabilities
from shared.availability.rules import ats, pending
from shared.company import repository as companies
from shared.http.app import create_app
from shared.http.authentication import Verifiers
from shared.identity.tokens import InvalidTokenError
from shared.order import repository as orders
from shared.order.handover import HandoverState
from shared.order.model import Order
from shared.order.status import Status
from shared.stamped import UNTOLD
from shared.store import to_document
from tests.factories.assortment import NOW, TODAY
from tests.factories.availability import availability, store_availability
from tests.factories.company import company, store_company
from tests.factories.order import NUMBER, order, store_order, waiting
from tests.factories.sap import ECC
from tests.factories.style import style
from tests.support.services import forget, no_sap

OTHER = "7K3Q9XZ4M2-002"


class Tasks(list[tuple[str, str]]):
    """The tasks asked for; `lost` order numbers fail, as when Cloud Tasks can't be reached."""

    def __init__(self, *lost: str) -> None:
        super().__init__()
        self.lost = lost

    def __call__(self, number: str, sweep_name: str) -> None:
        if number in self.lost:
            raise ServiceUnavailable("no queue")
        self.append((number, sweep_name))


def _overdue(number: str = NUMBER, **overrides: Any) -> Order:
    handover = waiting(due_at=NOW - timedelta(seconds=1), **overrides)
    return order(number=number, handover=handover)


def _read(db: Client, number: str = NUMBER) -> Order:
    return orders.parse(orders.reference(db, number).get().to_dict(), "100001")


def test_an_order_whose_task_was_lost_is_handed_over_again(firestore: Client) -> None:
    store_order(firestore, _overdue())
    tasks = Tasks()

    swept = sweep(firestore, tasks, NOW)

    assert swept.enqueued == 1
    assert [number for number, _ in tasks] == [NUMBER]
    assert tasks[0][1]  # a name of its own: that of the lost task is used for an hour


def test_an_export_that_died_is_tried_again(firestore: Client) -> None:
    store_order(firestore, _overdue(state=HandoverState.SENDING, lease_until=NOW))
    tasks = Tasks()

    sweep(firestore, tasks, NOW)

    assert [number for number, _ in tasks] == [NUMBER]


def test_what_was_swept_is_left_alone_until_it_is_due_again(firestore: Client) -> None:
    store_order(firestore, _overdue())
    tasks = Tasks()
    sweep(firestore, tasks, NOW)

    assert sweep(firestore, tasks, NOW + AGAIN - timedelta(seconds=1)).enqueued == 0
    assert sweep(firestore, tasks, NOW + AGAIN).enqueued == 1


def test_what_is_not_due_or_done_is_left_alone(firestore: Client) -> None:
    store_order(
        firestore,
        order(handover=waiting(due_at=NOW + timedelta(seconds=1))),
        order(number=OTHER, handover=waiting(state=HandoverState.ACCEPTED, due_at=None)),
    )
    tasks = Tasks()

    sweep(firestore, tasks, NOW)

    assert tasks == []


def test_an_order_that_sap_never_confirms_is_told_of_every_day(firestore: Client) -> None:
    store_order(firestore, _overdue(state=HandoverState.ACCEPTED))
    tasks = Tasks()
    with capture_logs() as logged:
        sweep(firestore, tasks, NOW)
        sweep(firestore, tasks, NOW + TOLD_AGAIN - timedelta(seconds=1))
        sweep(firestore, tasks, NOW + TOLD_AGAIN)
    assert [(e["event"], e["log_level"], e["order"]) for e in logged] == 2 * [
        ("not confirmed", "error", NUMBER)
    ]
    assert tasks == []


def test_an_order_that_sap_does_not_take_for_long_is_told_of(firestore: Client) -> None:
    store_order(firestore, _overdue())
    with capture_logs() as logged:
        sweep(firestore, Tasks(), NOW + LONG)
        sweep(firestore, Tasks(), NOW + LONG + AGAIN)
    assert [(e["event"], e["log_level"]) for e in logged] == [("not handed over", "error")]


def test_one_order_that_fails_does_not_keep_the_others(firestore: Client) -> None:
    store_order(firestore, _overdue(), _overdue(OTHER))
    tasks = Tasks(NUMBER)

    sweep(firestore, tasks, NOW)

    assert [number for number, _ in tasks] == [OTHER]


def test_what_sap_refused_before_the_sums_is_available_again(firestore: Client) -> None:
    """As an earlier release left it: refused, with what it had taken kept by its number."""
    refused = _overdue(state=HandoverState.REFUSED).model_copy(update={"status": Status.REJECTED})
    (line,) = refused.lines
    taken = {"on": refused.requested_on.isoformat(), "quantities": {line.article: line.quantity}}
    stock = availability(style())
    store_availability(firestore, stock)
    kept_stock = availabilities.reference(firestore, stock.style, stock.plant)
    kept_stock.update({"promises": {NUMBER: taken, OTHER: taken}})
    store_company(firestore, company())
    kept_company = companies.reference(firestore, "100001")
    kept_company.update({"open_orders": {NUMBER: {"amount": 5000}, OTHER: {"amount": 100}}})
    store_order(firestore, refused)

    for _ in range(2):  # doing it twice changes nothing
        sweep(firestore, Tasks(), NOW)

    left = availabilities.parse(kept_stock.get().to_dict())
    assert left is not None
    assert pending(left, line.article) == {refused.requested_on: line.quantity}
    assert ats(left, line.article, TODAY) == ats(stock, line.article, TODAY) - line.quantity
    kept = companies.parse("100001", kept_company.get().to_dict())
    assert kept.open_amounts == {UNTOLD: 100}
    assert _read(firestore).handover.due_at is None


@pytest.fixture(name="http")
def _http(firestore: Client) -> FlaskClient:
    def verify(token: str) -> None:
        if token != "scheduler":
            raise InvalidTokenError

    verifiers = Verifiers(machine=verify)
    connections = Connections(firestore, no_sap, forget, ECC)
    return create_app(
        SERVICE,
        Resources(firestore, Tasks(), forget, lambda _: 0, timedelta(hours=24), connections),
        verifiers,
        lambda: NOW,
    ).test_client()


@pytest.mark.parametrize("token", ["", "Bearer somebody", "Basic scheduler"])
def test_only_the_scheduler_may_call(http: FlaskClient, firestore: Client, token: str) -> None:
    store_order(firestore, _overdue())

    answer = http.post("/v1/reconcile", headers={"Authorization": token})

    assert answer.status_code == 401
    assert _read(firestore).handover.due_at == NOW - timedelta(seconds=1)


def test_the_scheduler_is_told_what_was_done(http: FlaskClient, firestore: Client) -> None:
    store_order(firestore, _overdue())

    answer = http.post("/v1/reconcile", headers={"Authorization": "Bearer scheduler"})

    assert (answer.status_code, answer.json) == (
        200,
        {
            "enqueued": 1,
            "released": 0,
            "vat_checks": 0,
            "replayed": 0,
            "old": 0,
            "expired": 0,
            "planned": 0,
        },
    )


UNREADABLE = 250
FAULTS: list[dict[str, Any]] = [
    {"lines": DELETE_FIELD},  # a field is missing
    {"lines": ["[10]"]},  # a packed line is too short
    {"lines": ["no JSON"]},
    {"lines": [7]},
    {"currency": 7},
    {"format": 99},  # of a later release
    {"handover.state": "lost"},
    {"vat": {"rule": "none"}},
    {"names": "x" * 900_000},  # nearly as large as a document may be
]


def test_orders_that_cannot_be_read_never_keep_one_that_can(firestore: Client) -> None:
    """More of them than a page, all overdue for longer, each with one of the faults."""
    bad = [f"{number:010}-001" for number in range(UNREADABLE)]
    for first in range(0, UNREADABLE, len(FAULTS)):
        batch = firestore.batch()
        for number, fault in zip(bad[first : first + len(FAULTS)], FAULTS, strict=False):
            longer = waiting(due_at=NOW - timedelta(days=1))
            broken = to_document(order(number=number, handover=longer))
            batch.set(orders.reference(firestore, number), broken)
            batch.update(orders.reference(firestore, number), fault)
        batch.commit()
    store_order(firestore, _overdue())
    tasks = Tasks()
    with capture_logs() as logged:
        sweep(firestore, tasks, NOW)
        once = [line["order"] for line in logged if line["log_level"] == "error"]
        sweep(firestore, tasks, NOW + AGAIN - timedelta(seconds=1))

    assert [number for number, _ in tasks] == [NUMBER]
    assert sorted(once) == bad  # each is told of, and not again before its time
    assert len([line for line in logged if line["event"] == "sweep failed"]) == UNREADABLE
    with capture_logs() as later:
        sweep(firestore, tasks, NOW + AGAIN)
    assert sorted({line["order"] for line in later} - {NUMBER}) == bad


def test_an_order_that_somebody_mends_meanwhile_is_not_put_off(firestore: Client) -> None:
    store_order(firestore, _overdue())
    reference = orders.reference(firestore, NUMBER)

    def mended_then_failing(number: str, _: str) -> None:
        reference.update({"handover.due_at": NOW + timedelta(seconds=1)})
        raise RuntimeError(number)

    sweep(firestore, mended_then_failing, NOW)

    assert _read(firestore).handover.due_at == NOW + timedelta(seconds=1)
