"""What was agreed with the buyer is what SAP gets, and what its prices are compared with."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from google.cloud.firestore import Client

from functions.export_order.export import export
from functions.reconcile.sweep import sweep
from functions.sync_order_status.handler import apply
from shared.audit import Action
from shared.event.message import SapMessage
from shared.order import desk
from shared.order.handover import HandoverState, ParkReason
from shared.order.model import Order
from shared.order.status import Status
from shared.sap.failure import Failure
from shared.sap.rfc import Call, Connect, SapCallError
from tests.factories.assortment import NOW
from tests.factories.sap import PUBLISHED_AT, packet, stamp
from tests.factories.sap_documents import ordrsp
from tests.integration.functions.export_order.mishaps import at, stored_order
from tests.integration.functions.export_order.outcomes.conftest import LATER, MARIA, World


def test_an_order_at_another_price_in_sap_waits_for_a_person_with_both_prices(
    firestore: Client, connect: Connect, world: World, placed: Callable[..., Order]
) -> None:
    accepted = placed()
    world.fault(net_percent=-10)
    export(firestore, connect, accepted.number, at(NOW), world.system)
    stored = stored_order(firestore, accepted.number)
    parked = stored.handover.parked
    assert stored.status is Status.SENT
    assert parked is not None
    assert (parked.reason, parked.positions) == (ParkReason.PRICE_DIFFERS, [10])
    assert parked.agreed is not None
    assert parked.in_sap is not None
    assert (parked.agreed.amount, parked.in_sap.amount) == (5000, 4500)
    assert [one.order.number for one in desk.find_undecided(firestore)] == [accepted.number]

    desk.decide(firestore, accepted.number, Action.ACCEPT, MARIA)
    assert list(desk.find_undecided(firestore)) == []
    assert (
        stored_order(firestore, accepted.number).handover.decisions[-1].about
        is ParkReason.PRICE_DIFFERS
    )


@contextmanager
def _silent_about(connect: Connect, module: str) -> Iterator[Call]:
    with connect() as call:

        def answered(name: str, **parameters: Any) -> dict[str, Any]:
            if name == module:
                raise SapCallError("no answer", Failure.UNREACHABLE)
            return call(name, **parameters)

        yield answered


@pytest.mark.parametrize("told", [False, True], ids=["silent", "told"])
@pytest.mark.parametrize("percent", [0, -10])
def test_prices_that_sap_did_not_tell_are_compared_when_reconcile_asks(
    firestore: Client,
    connect: Connect,
    world: World,
    placed: Callable[..., Order],
    percent: int,
    told: bool,
) -> None:
    """Also when its response came in between, which else ends the hand-over."""
    accepted, asked = placed(), list[str]()
    world.fault(net_percent=percent)
    silent = lambda: _silent_about(connect, "BAPI_SALESORDER_GETSTATUS")  # noqa: E731
    export(firestore, silent, accepted.number, at(NOW), world.system)
    stored = stored_order(firestore, accepted.number)
    assert (stored.handover.state, stored.handover.uncompared) == (HandoverState.ACCEPTED, True)
    if told:
        response = ordrsp(
            accepted.number,
            stamp(1),
            stored.sap_number or "",
            stamp(0),
            lines=[(line.position, line.article, line.quantity, "") for line in accepted.lines],
            ordered={line.position: line.quantity for line in accepted.lines},
        )
        response["EDI_DC40"]["SNDPRN"] = world.system.logical_system
        message = SapMessage("1", "sap-orders", packet(response), {}, PUBLISHED_AT)
        told_of, _ = apply(firestore, world.system, message)
        assert not told_of.quarantined

    sweep(firestore, lambda number, _: asked.append(number), LATER)
    assert asked.count(accepted.number) == 1
    export(firestore, connect, accepted.number, at(LATER), world.system)

    handover = stored_order(firestore, accepted.number).handover
    assert (handover.uncompared, handover.due_at is None) == (False, told)
    assert (handover.parked.reason if handover.parked else None) == (
        ParkReason.PRICE_DIFFERS if percent else None
    )
    assert len(world.orders_of(accepted)) == 1


def test_sap_gets_all_that_was_agreed(
    firestore: Client, connect: Connect, world: World, placed: Callable[..., Order]
) -> None:
    accepted = placed(
        cancel_by=NOW.date() + timedelta(days=30), po_number="Koeln 7", po_written="Köln 7"
    )
    export(firestore, connect, accepted.number, at(NOW), world.system)
    [row] = world.orders_of(accepted)
    types, ids = world.system.order_types, world.system.orders.texts
    assert row["DOC_TYPE"] == types.at_once
    assert [item["PLANT"] for item in row["items"]] == ["EU01"]
    texts = {(text["ITM_NUMBER"], text["TEXT_ID"]): text["TEXT_LINE"] for text in row["texts"]}
    assert texts == {
        ("000000", ids.cancel_by): "2026-12-22",
        ("000000", ids.season): "FW26 AO",
        ("000000", ids.po_written): "Köln 7",
        ("000010", ids.item): "10123-010-S",
    }
