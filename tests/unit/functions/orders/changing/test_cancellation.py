"""Until when an order can be taken back: as long as SAP surely has not got it."""

from datetime import timedelta
from typing import Any

import pytest

from shared.order.documents import Shipment
from shared.order.handover import ExportAttempt, Handover, HandoverState
from shared.order.model import Order
from shared.order.permission import (
    BEFORE_SAP,
    ChangeMode,
    HandoverRunningProblem,
    is_released,
    is_unknown_to_sap,
    way_to_cancel,
    way_to_change,
)
from shared.order.status import Status, may_move
from tests.factories.assortment import NOW
from tests.factories.order import order, waiting
from tests.factories.sap import stamp

SECOND = timedelta(seconds=1)


def tried(*outcomes: str) -> Handover:
    return waiting(attempts=[ExportAttempt(at=NOW, outcome=outcome) for outcome in outcomes])


def shipment(quantities: dict[int, int], **overrides: Any) -> Shipment:
    return Shipment(number="80001", stamp=stamp(2), quantities=quantities, **overrides)


@pytest.mark.parametrize(
    ("handover", "expected"),
    [
        (waiting(), True),
        (tried("failed"), True),
        (tried("failed", "failed"), True),
        (tried("unknown"), False),
        (tried("unknown", "failed"), False),
        (tried("started"), False),
        (tried("refused").model_copy(update={"state": HandoverState.PARKED}), True),
        (tried("unknown", "denied").model_copy(update={"state": HandoverState.PARKED}), False),
        (waiting(lease_until=NOW + SECOND), False),
        (waiting(lease_until=NOW - SECOND), True),
        *(
            (waiting(state=state), False)
            for state in HandoverState
            if state not in (HandoverState.WAITING, HandoverState.PARKED)
        ),
    ],
)
def test_only_while_sap_can_not_have_it(handover: Handover, *, expected: bool) -> None:
    assert is_unknown_to_sap(order(handover=handover), NOW) is expected


def _deleted_in_sap(*outcomes: str, state: HandoverState = HandoverState.PARKED) -> Order:
    """An order that SAP had told of, and that was sent again since somebody deleted it there."""
    handover = tried("created", *outcomes).model_copy(update={"state": state})
    return order(
        status=Status.CONFIRMED,
        handover=handover,
        sap_number="4711",
        sap_stamp=stamp(1),
        status_stamp=stamp(1),
    )


def test_what_sap_deleted_and_does_not_take_again_is_cancelled_here() -> None:
    lost = _deleted_in_sap("refused")
    assert way_to_cancel(lost, NOW) is ChangeMode.HERE
    # There is nothing in SAP to change.
    with pytest.raises(HandoverRunningProblem):
        way_to_change(lost, NOW)


@pytest.mark.parametrize("outcomes", [(), ("denied",), ("unknown",), ("failed",)])
def test_what_sap_may_have_still_waits(outcomes: tuple[str, ...]) -> None:
    with pytest.raises(HandoverRunningProblem):
        way_to_cancel(_deleted_in_sap(*outcomes), NOW)


def test_what_sap_has_is_cancelled_there() -> None:
    there = _deleted_in_sap(state=HandoverState.ACCEPTED)
    assert way_to_cancel(there, NOW) is ChangeMode.VIA_SAP


@pytest.mark.parametrize("status", sorted(BEFORE_SAP))
def test_what_is_taken_back_was_on_an_edge(status: Status) -> None:
    assert may_move(status, Status.CANCELLED)


@pytest.mark.parametrize(
    ("shipments", "expected"),
    [
        ([], False),
        ([shipment({10: 2})], True),
        ([shipment({10: 2}, cancelled=True)], False),
        ([shipment({10: 0, 20: 0})], False),
        ([shipment({10: 0}), shipment({10: 0, 20: 1})], True),
    ],
)
def test_sap_delivers_what_is_in_a_delivery(shipments: list[Shipment], *, expected: bool) -> None:
    assert is_released(order(shipments=shipments)) is expected
