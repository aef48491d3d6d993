"""Until when an order can be taken back: as long as SAP surely has not got it."""

from datetime import timedelta

import pytest

from functions.orders.permission import BEFORE_SAP, sap_has_it_not
from shared.order.model import Attempt, Handover, HandoverState
from shared.order.status import Status, may_move
from tests.factories.assortment import NOW
from tests.factories.order import order, waiting

SECOND = timedelta(seconds=1)


def tried(*outcomes: str) -> Handover:
    return waiting(attempts=[Attempt(at=NOW, outcome=outcome) for outcome in outcomes])


@pytest.mark.parametrize(
    ("handover", "expected"),
    [
        (waiting(), True),
        (tried("failed"), True),
        (tried("failed", "failed"), True),
        (tried("unknown"), False),
        (tried("unknown", "failed"), False),
        (tried("started"), False),
        (waiting(lease_until=NOW + SECOND), False),
        (waiting(lease_until=NOW - SECOND), True),
        *(
            (waiting(state=state), False)
            for state in HandoverState
            if state is not HandoverState.WAITING
        ),
    ],
)
def test_only_while_sap_can_not_have_it(handover: Handover, *, expected: bool) -> None:
    assert sap_has_it_not(order(handover=handover), NOW) is expected


@pytest.mark.parametrize("status", sorted(BEFORE_SAP))
def test_what_is_taken_back_was_on_an_edge(status: Status) -> None:
    assert may_move(status, Status.CANCELLED)
