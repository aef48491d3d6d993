"""VIES is asked for what a crash left between a commit and its task."""

from datetime import timedelta

import pytest
from google.api_core.exceptions import ServiceUnavailable
from google.cloud.firestore import Client
from structlog.testing import capture_logs

from functions.reconcile import vat_checks
from functions.reconcile.vat_checks import request_due_checks
from shared.company.model import Company
from shared.vat.request import VatRequest
from tests.factories.assortment import NOW
from tests.factories.company import company, store_company
from tests.factories.order import order, store_order
from tests.support.firestore_counter import counting

SECOND = timedelta(seconds=1)


def _company(id_: str, due: timedelta | None) -> Company:
    at = None if due is None else NOW + due
    return company(id_).model_copy(update={"vat_due_at": at})


def test_each_company_that_is_due_or_has_orders_that_are_gets_one_task(firestore: Client) -> None:
    store_company(
        firestore,
        _company("100001", -SECOND),
        _company("100002", SECOND),
        _company("100003", None),
        _company("100004", None),
    )
    store_order(
        firestore,
        order("7K3Q9XZ4M2-001", company="100001", vat_due_at=NOW),
        order("7K3Q9XZ4M2-002", company="100003", vat_due_at=NOW),
        order("7K3Q9XZ4M2-003", company="100003", vat_due_at=NOW),
        order("7K3Q9XZ4M2-004", company="100004", vat_due_at=NOW + SECOND),
        order("7K3Q9XZ4M2-005", company="100004"),
    )
    tasks: list[VatRequest] = []
    assert request_due_checks(firestore, tasks.append, NOW) == 2
    assert [task.company for task in tasks] == ["100001", "100003"]


def test_within_ten_minutes_a_company_gets_the_same_task(firestore: Client) -> None:
    store_company(firestore, _company("100001", -SECOND))
    tasks: list[VatRequest] = []
    for minutes in (0, 9, 10):
        request_due_checks(firestore, tasks.append, NOW + timedelta(minutes=minutes))
    assert tasks[0] == tasks[1] != tasks[2]


def test_a_queue_that_is_down_stops_no_sweep(firestore: Client) -> None:
    store_company(firestore, _company("100001", -SECOND), _company("100002", -SECOND))

    def down(request: VatRequest) -> None:
        raise ServiceUnavailable(f"no queue for {request.company}")

    with capture_logs() as logs:
        assert request_due_checks(firestore, down, NOW) == 2
    assert [log["event"] for log in logs] == ["vat check not requested"] * 2


def test_a_sweep_looks_at_so_many_and_writes_nothing(
    firestore: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vat_checks, "BATCH", 2)
    store_company(firestore, *(_company(f"10000{n}", -n * SECOND) for n in range(1, 5)))
    tasks: list[VatRequest] = []
    with counting(firestore) as count:
        request_due_checks(firestore, tasks.append, NOW)
    assert [task.company for task in tasks] == ["100003", "100004"]
    assert (count.reads, count.writes) == (3, 0)
