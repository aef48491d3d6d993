"""A change of ours meets what people in SAP did to the order meanwhile."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from google.cloud.firestore import Client

from emulators.sap import people
from emulators.sap.server import StandIn
from shared.audit import Action, Doer
from shared.order import desk
from shared.order.handover import HandoverState, ParkReason
from shared.order.model import Order
from shared.sap.rfc import Connect
from tests.integration.functions.export_order.changes import LATER, ask_for, export, in_sap
from tests.integration.functions.export_order.mishaps import stored_order


def _change_in_sap(sap: StandIn, order: Order, pieces: int) -> None:
    number = (order.sap_number or "").zfill(10)
    people.change_quantity(sap.system, number, "000010", Decimal(pieces))


@pytest.fixture(name="clashing")
def _clashing(
    firestore: Client, connect: Connect, sap: StandIn, confirmed: Callable[[], Order]
) -> Order:
    """An order that the buyer changes from 2 to 6, and people in SAP to 4."""
    order = ask_for(firestore, confirmed(), 6)
    _change_in_sap(sap, order, 4)
    export(firestore, connect, order.number, lambda: LATER)
    return stored_order(firestore, order.number)


def test_what_people_in_sap_did_since_is_not_overwritten(sap: StandIn, clashing: Order) -> None:
    assert in_sap(sap, clashing) == [("4.000", "")]
    assert clashing.change is not None
    assert clashing.change.handover.state is HandoverState.PARKED
    parked = clashing.change.handover.parked
    assert parked is not None
    assert (parked.reason, parked.positions) == (ParkReason.CHANGED_IN_SAP, [10])
    assert parked.detail == "10: 2 → 6, SAP 4"


def test_a_person_has_it_overwritten(
    firestore: Client, connect: Connect, sap: StandIn, clashing: Order
) -> None:
    desk.decide(firestore, clashing.number, Action.RESEND, Doer("Maria", LATER))

    export(firestore, connect, clashing.number, lambda: LATER)

    assert in_sap(sap, clashing) == [("6.000", "")]


def test_a_person_takes_the_change_back(firestore: Client, sap: StandIn, clashing: Order) -> None:
    who = Doer("Maria", LATER, "Agreed by phone")
    desk.decide(firestore, clashing.number, Action.REJECT, who)

    stored = stored_order(firestore, clashing.number)
    assert (stored.pieces, stored.change and stored.change.handover.state) == (
        2,
        HandoverState.REFUSED,
    )
    assert in_sap(sap, clashing) == [("4.000", "")]


def test_what_sap_has_already_is_no_clash(
    firestore: Client, connect: Connect, sap: StandIn, confirmed: Callable[[], Order]
) -> None:
    order = ask_for(firestore, confirmed(), 6)
    _change_in_sap(sap, order, 6)

    export(firestore, connect, order.number, lambda: LATER)

    stored = stored_order(firestore, order.number)
    assert stored.change is not None
    assert stored.change.handover.state is HandoverState.ACCEPTED
