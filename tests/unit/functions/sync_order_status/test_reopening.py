"""SAP's people put an item into an order that had ended there, so it goes on."""

from datetime import datetime, timedelta
from itertools import permutations

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from functions.orders.changing.views import version_views
from functions.sync_order_status.merge import merge
from shared.order.changing import to_sap
from shared.order.commitment import open_amounts, promised_pieces
from shared.order.handover import HandoverState
from shared.order.model import Order
from shared.order.status import Status
from shared.order.versions import add_version, complete_cancellation
from shared.sap.fields import read_stamp
from shared.sap.order_responses import SapOrderStatus
from tests.factories.assortment import NOW
from tests.factories.order import ANNA
from tests.factories.sap import stamp
from tests.support.arrival import arrivals
from tests.unit.functions.sync_order_status.test_changes import (
    AS_PLACED,
    LARGE,
    MEDIUM,
    SMALL,
    Item,
    known,
    placed,
    status_at,
)

ADDED = Item(LARGE, 4)
LATER = NOW + timedelta(hours=1)


def ended(reason: str) -> dict[int, Item]:
    """Both items rejected."""
    return {10: Item(SMALL, 12, reason=reason), 20: Item(MEDIUM, 3, reason=reason)}


def after(order: Order, *messages: SapOrderStatus) -> Order:
    for message in messages:
        order = merge(order, message, known())
    return order


def cancelling(order: Order, now: datetime = NOW) -> Order:
    asked = to_sap(2, now, ANNA).model_copy(
        update={"cancels": True, "asked_after": order.status_stamp}
    )
    return order.model_copy(update={"change": asked})


def statuses(order: Order) -> list[Status]:
    return [step.status for step in order.history]


CONFIRMED = status_at(101, AS_PLACED)
REJECTED = status_at(102, ended("Z1"))
GOES_ON = status_at(103, {**ended("Z1"), 30: ADDED})


def test_an_order_whose_only_items_were_rejected_goes_on_with_the_one_that_was_added() -> None:
    rejected = after(placed(), CONFIRMED, REJECTED)
    assert (rejected.status, rejected.handover.state) == (Status.REJECTED, HandoverState.REFUSED)
    assert not promised_pieces(rejected)

    order = after(rejected, GOES_ON)

    assert (order.status, order.handover.state) == (Status.CONFIRMED, HandoverState.ACCEPTED)
    assert statuses(order)[-3:] == [Status.CONFIRMED, Status.REJECTED, Status.CONFIRMED]
    assert order.history[-1].at == read_stamp(stamp(103))
    assert [(line.quantity, line.rejected) for line in order.lines][2:] == [(4, False)]
    assert {one.article: pieces for one, pieces in promised_pieces(order).items()} == {LARGE: 4}
    assert sum(open_amounts(order).values()) > 0
    assert after(order, status_at(104, ended("Z1"))).status is Status.REJECTED


@pytest.mark.parametrize("messages", list(permutations([CONFIRMED, REJECTED, GOES_ON])))
def test_it_goes_on_in_whatever_order_that_is_told(messages: tuple[SapOrderStatus, ...]) -> None:
    assert after(placed(), *messages, *messages).history == (
        after(placed(), CONFIRMED, REJECTED, GOES_ON).history
    )


def test_a_cancelled_order_goes_on_with_what_was_added_afterwards() -> None:
    asked = cancelling(after(placed(), CONFIRMED))
    cancelled = after(complete_cancellation(asked), status_at(102, ended("ZS")))
    assert cancelled.status is Status.CANCELLED

    order = after(cancelled, status_at(103, {**ended("ZS"), 30: ADDED}))

    assert order.status is Status.CONFIRMED
    assert statuses(order)[-3:] == [Status.CONFIRMED, Status.CANCELLED, Status.CONFIRMED]
    assert {one.article for one in promised_pieces(order)} == {LARGE}
    both = {**ended("ZS"), 30: Item(LARGE, 4, reason="Z1")}
    assert after(order, status_at(104, both)).status is Status.CANCELLED


def test_what_was_told_before_the_cancellation_does_not_open_the_order_again() -> None:
    """Also where it had ended and gone on before."""
    asked = cancelling(after(placed(), CONFIRMED, REJECTED, GOES_ON))
    late = status_at(102, AS_PLACED)
    assert after(complete_cancellation(asked), late, REJECTED, GOES_ON).status is Status.CANCELLED


def test_an_order_that_went_on_is_cancelled_once_more() -> None:
    added = {**ended("ZS"), 30: ADDED}
    first = complete_cancellation(cancelling(after(placed(), CONFIRMED)))
    open_again = after(first, status_at(102, ended("ZS")), status_at(103, added))

    asked = after(cancelling(open_again, LATER), status_at(102, ended("ZS")))
    assert asked.status is Status.CONFIRMED, "only the first cancellation is told, once more"
    order = after(asked, status_at(104, {**ended("ZS"), 30: Item(LARGE, 4, reason="ZS")}))
    assert statuses(order)[-4:] == [
        Status.CONFIRMED,
        Status.CANCELLED,
        Status.CONFIRMED,
        Status.CANCELLED,
    ]
    assert order.status is Status.CANCELLED


def test_a_change_that_sap_had_not_taken_when_it_rejected_the_order_is_refused() -> None:
    before = after(placed(), CONFIRMED)
    asked = add_version(before, [6, 3], NOW, ANNA, via_sap=True)
    asked = asked.model_copy(update={"change": to_sap(asked.version, NOW, ANNA)})

    order = after(asked, REJECTED, GOES_ON)

    assert order.status is Status.CONFIRMED
    assert order.change
    assert (order.change.handover.state, order.change.handover.due_at) == (
        HandoverState.REFUSED,
        None,
    )
    assert [view.state for view in version_views(order, Locale("en"))] == [
        "earlier",
        "refused",
        "current",
    ]
    assert {one.article: pieces for one, pieces in promised_pieces(order).items()} == {LARGE: 4}


@given(
    data=st.data(),
    messages=st.permutations([CONFIRMED, REJECTED, GOES_ON, status_at(104, AS_PLACED)]),
)
def test_duplicates_and_delays_end_in_the_same_order(
    data: st.DataObject, messages: list[SapOrderStatus]
) -> None:
    in_time = after(placed(), *sorted(messages, key=lambda one: one.stamp))
    order = after(placed(), *data.draw(arrivals(messages)))
    assert (order.status, order.history, order.lines) == (
        in_time.status,
        in_time.history,
        in_time.lines,
    )
