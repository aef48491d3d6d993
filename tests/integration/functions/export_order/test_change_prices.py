"""The price of an order in SAP after a change of ours."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from google.cloud.firestore import Client

from emulators.sap.server import StandIn
from shared.order.changing import to_sap
from shared.order.handover import HandoverState, ParkReason
from shared.order.model import Order
from shared.order.versions import add_version
from shared.sap.failure import Failure
from shared.sap.order_change import change_parameters
from shared.sap.rfc import Call, Connect, SapCallError
from shared.sap.sales_order import create_parameters
from shared.sap.source_system import SourceSystem
from tests.factories.assortment import NOW
from tests.factories.order import ANNA
from tests.factories.order import order as placed_order
from tests.factories.sap import ECC, S4
from tests.integration.functions.export_order.changes import (
    COMMIT,
    LATER,
    ask_for,
    export,
)
from tests.integration.functions.export_order.mishaps import fault, stored_order


def test_another_price_after_a_change_waits_for_a_person(
    firestore: Client, connect: Connect, sap: StandIn, confirmed: Callable[[], Order]
) -> None:
    order = ask_for(firestore, confirmed(), 6)

    fault(sap, net_percent=10)
    export(firestore, connect, order.number, lambda: LATER)

    stored = stored_order(firestore, order.number)
    assert stored.change is not None
    assert stored.change.handover.state is HandoverState.ACCEPTED
    parked = stored.handover.parked
    assert parked is not None
    assert (parked.reason, parked.positions) == (ParkReason.PRICE_DIFFERS, [10])
    assert parked.agreed == order.net
    assert parked.in_sap is not None
    assert parked.in_sap.amount == order.net.amount * 11 // 10


@contextmanager
def _silent_after_commit(connect: Connect) -> Iterator[Call]:
    with connect() as call:
        committed = False

        def silent(name: str, **given: Any) -> dict[str, Any]:
            nonlocal committed
            if committed:
                raise SapCallError("no answer", Failure.UNREACHABLE)
            committed = name == COMMIT
            return call(name, **given)

        yield silent


def test_a_change_without_an_answer_about_its_price_is_compared_later(
    firestore: Client, connect: Connect, sap: StandIn, confirmed: Callable[[], Order]
) -> None:
    order = ask_for(firestore, confirmed(), 6)
    fault(sap, net_percent=10)
    export(firestore, lambda: _silent_after_commit(connect), order.number, lambda: LATER)
    assert stored_order(firestore, order.number).handover.uncompared

    export(firestore, connect, order.number, lambda: LATER)

    stored = stored_order(firestore, order.number)
    assert not stored.handover.uncompared
    assert stored.handover.parked is not None


@pytest.mark.parametrize("system", [ECC, S4])
def test_a_change_treats_conditions_as_creating_does(system: SourceSystem) -> None:
    changed = add_version(placed_order(sap_number="4711"), [6], NOW, ANNA, via_sap=True)
    changed = changed.model_copy(update={"change": to_sap(changed.version, NOW, ANNA)})
    switch = change_parameters(changed, system)["LOGIC_SWITCH"]
    assert switch == create_parameters(placed_order(), system)["LOGIC_SWITCH"]
