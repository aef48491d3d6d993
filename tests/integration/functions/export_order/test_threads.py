"""An instance serves several orders at once, each on a connection of its own; large ones get longer."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from google.cloud.firestore import Client

from emulators.sap.server import StandIn
from functions.export_order.claim import ExportFailedProblem
from functions.export_order.export import export
from functions.export_order.time_limits import SECONDS_PER_LINE, SMALL
from shared.order.handover import HandoverState
from shared.order.model import Order
from shared.sap.failure import Failure
from shared.sap.rfc import CALL_SECONDS, Call, Connect, SapCallError
from shared.sap.source_system import SourceSystem
from tests.factories.assortment import NOW
from tests.factories.order import order_line
from tests.factories.sap import ECC, S4
from tests.integration.emulators.sap.data import order_call
from tests.integration.functions.export_order.conftest import SYSTEM
from tests.integration.functions.export_order.mishaps import in_sap, stored_order

CREATE, COMMIT = "BAPI_SALESORDER_CREATEFROMDAT2", "BAPI_TRANSACTION_COMMIT"
ROLLBACK = "BAPI_TRANSACTION_ROLLBACK"


def test_what_a_thread_prepares_another_can_not_commit(connect: Connect, sap: StandIn) -> None:
    both = Barrier(2, timeout=30)

    def work(last: str) -> None:
        with connect() as call:
            call(CREATE, **order_call(f"{last} here"))
            both.wait()  # both have prepared one
            if last == ROLLBACK:
                call(last)
            both.wait()  # one is taken back before the other is saved
            if last == COMMIT:
                call(last, WAIT="X")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, (COMMIT, ROLLBACK)))

    saved = {one.purchase_order for one in sap.system.orders()}
    assert f"{COMMIT} here" in saved
    assert f"{ROLLBACK} here" not in saved


def test_orders_that_threads_export_at_once_are_all_there_once(
    firestore: Client, connect: Connect, sap: StandIn, placed: Callable[..., Order]
) -> None:
    accepted = [placed(company="100001") for _ in range(6)]
    with ThreadPoolExecutor(3) as pool:
        once = partial(export, firestore, connect, clock=lambda: NOW, system=SYSTEM)
        list(pool.map(once, [one.number for one in accepted]))

    for one in accepted:
        assert len(in_sap(sap, one)) == 1
        assert stored_order(firestore, one.number).handover.state is HandoverState.ACCEPTED


@pytest.mark.parametrize("system", [ECC, S4], ids=["ecc_eu", "s4_na"])
@pytest.mark.parametrize(
    ("lines", "seconds"),
    [
        (1, CALL_SECONDS),
        (SMALL, CALL_SECONDS),
        (SMALL + 400, CALL_SECONDS + 400 * SECONDS_PER_LINE),
    ],
)
def test_sap_gets_longer_for_larger_orders(
    firestore: Client,
    placed: Callable[..., Order],
    system: SourceSystem,
    lines: int,
    seconds: float,
) -> None:
    given: list[float] = []

    @contextmanager
    def noting() -> Iterator[Call]:
        def call(_name: str, **parameters: Any) -> dict[str, Any]:
            given.append(parameters["options"]["timeout"])
            raise SapCallError("no answer", Failure.TRANSIENT)

        yield call

    accepted = placed(lines=[order_line(position=10 * n) for n in range(1, lines + 1)])
    with pytest.raises(ExportFailedProblem):
        export(firestore, noting, accepted.number, lambda: NOW, system)

    assert given == [pytest.approx(seconds)]
