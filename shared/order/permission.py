"""Whether an order may be changed or cancelled, and which way that goes, pure.

docs/domain.md, "Order". Before SAP can have the order it is done here. Once SAP has told that it has
it, it is told to SAP, until SAP releases it for delivery. Between the two, and until SAP has
answered the last change, we can't know which version a change would apply to, so it has to wait. An
order that somebody deleted in SAP, and that SAP refused when it was sent again, is cancelled here.
"""

from collections.abc import Callable
from datetime import datetime
from enum import Enum, auto

from shared.market.day import business_day
from shared.order.handover import HandoverState
from shared.order.market import market_of_order
from shared.order.model import Order
from shared.order.status import Status
from shared.order.versions import effective_versions
from shared.problem import Problem
from shared.text.message import N_, Message

BEFORE_SAP = frozenset({Status.PENDING_APPROVAL, Status.ON_HOLD, Status.ACCEPTED})
ENDED = frozenset({Status.REJECTED, Status.CANCELLED})


_NOT_THERE = frozenset({HandoverState.WAITING, HandoverState.SENDING, HandoverState.PARKED})
"""States of what is on its way to SAP, or waits for a person: an order that SAP had told of is sent
once more since somebody deleted it there, and there is nothing to change in SAP until it is back."""


class ChangeMode(Enum):
    """How an order is changed or cancelled."""

    HERE = auto()
    VIA_SAP = auto()


class TooLateToCancelProblem(Problem):
    """SAP delivers it, or has done."""

    status = 409
    code = "too_late_to_cancel"
    text = N_(
        "This order is being delivered or was delivered already, and can't be cancelled any more. "
        "Please contact us."
    )


class TooLateToChangeProblem(Problem):
    """SAP delivers it, or has done."""

    status = 409
    code = "too_late_to_change"
    text = N_(
        "This order is being delivered or was delivered already, and can't be changed any more. "
        "Please contact us."
    )


class TooLateToRefuseProblem(Problem):
    """SAP delivers the order, or has done."""

    status = 409
    code = "too_late_to_refuse"
    text = N_("This order is being delivered, so nothing in it can be refused. Please contact us.")


class CutOffPassedProblem(Problem):
    """Its delivery window takes no more orders, so no more changes either."""

    status = 409
    code = "cut_off_passed"
    text = N_("This order could be changed until %(cut_off)s.")


class OrderEndedProblem(Problem):
    """Cancelled, or rejected by SAP."""

    status = 409
    code = "order_ended"
    text = N_("This order was cancelled or rejected.")


class HandoverRunningProblem(Problem):
    """SAP may have the order, and has not told so yet."""

    status = 409
    code = "handover_running"
    text = N_("This order is being handed over to our order processing. Please try again soon.")


class PendingApprovalProblem(Problem):
    """It waits for an approver, who decides about what was placed together as it was placed."""

    status = 409
    code = "pending_approval"
    text = N_("This order waits for approval. Please have it withdrawn or sent back first.")


class ChangeWaitsProblem(Problem):
    """A change of it waits for an approval, and an order takes one at a time."""

    status = 409
    code = "change_waits"
    text = N_(
        "A change of this order waits for approval. Please have that decided or withdrawn first."
    )


class ChangeRunningProblem(Problem):
    """SAP has not told of the last change or cancellation yet."""

    status = 409
    code = "change_running"
    text = N_("The last change is still on its way to our order processing. Please try again soon.")


def way_to_cancel(order: Order, now: datetime) -> ChangeMode:
    """How the order is cancelled.

    Raises:
        OrderEndedProblem, PendingApprovalProblem, TooLateToCancelProblem,
        HandoverRunningProblem, ChangeRunningProblem: it can't be, or not now.
    """
    if is_lost_in_sap(order):
        return ChangeMode.HERE
    return _way(order, now, TooLateToCancelProblem)


def way_to_change(order: Order, now: datetime) -> ChangeMode:
    """How the order is changed.

    Raises:
        CutOffPassedProblem, ChangeWaitsProblem, and as `way_to_cancel`: it can't be, or not now.
    """
    way = _way(order, now, TooLateToChangeProblem)
    _check_nothing_waits(order)
    if order.cut_off is not None and order.cut_off < business_day(market_of_order(order), now):
        raise CutOffPassedProblem(cut_off=order.cut_off)
    return way


def way_to_refuse(order: Order, now: datetime) -> ChangeMode:
    """How an article is refused that the brand put in the place of one that was ordered.

    Raises:
        TooLateToRefuseProblem, ChangeWaitsProblem, and as `way_to_cancel`: it can't be, or not now.
    """
    way = _way(order, now, TooLateToRefuseProblem)
    _check_nothing_waits(order)
    return way


def why_not(
    way: Callable[[Order, datetime], ChangeMode], order: Order, now: datetime
) -> Message | None:
    """What keeps the order from going this way, for its buyer; None where nothing does."""
    try:
        way(order, now)
    except Problem as problem:
        return problem.message
    return None


def _way(order: Order, now: datetime, too_late: type[Problem]) -> ChangeMode:
    if order.status in ENDED:
        raise OrderEndedProblem
    if order.status is Status.PENDING_APPROVAL:
        raise PendingApprovalProblem
    if order.status in BEFORE_SAP:
        if not is_unknown_to_sap(order, now):
            raise HandoverRunningProblem
        return ChangeMode.HERE
    if order.status is Status.SENT:
        raise HandoverRunningProblem
    if order.status is not Status.CONFIRMED or is_released(order):
        raise too_late
    if order.sap_stamp is None or order.handover.state in _NOT_THERE:
        raise HandoverRunningProblem
    if is_on_its_way(order):
        raise ChangeRunningProblem
    return ChangeMode.VIA_SAP


def _check_nothing_waits(order: Order) -> None:
    if order.waiting_change:
        raise ChangeWaitsProblem


def is_lost_in_sap(order: Order) -> bool:
    """Whether SAP, which had the order, surely has it no more and does not take it again.

    SAP is asked for an order before it is sent once more, so what it refuses then is not there; any
    other reason for which a person has it wait says nothing of that.
    """
    latest = order.handover.attempts[-1:]
    return (
        order.status is Status.CONFIRMED
        and order.handover.state is HandoverState.PARKED
        and [one.outcome for one in latest] == ["refused"]
        and not is_released(order)
    )


_NOT_SAVED = frozenset({"failed", "refused", "denied"})
"""Outcomes after which SAP surely has nothing of what it was sent."""


def is_unknown_to_sap(order: Order, now: datetime) -> bool:
    """Whether it is certain that SAP has not got the order and is not getting it."""
    handover = order.handover
    leased = handover.lease_until is not None and handover.lease_until > now
    return (
        handover.state in (HandoverState.WAITING, HandoverState.PARKED)
        and not leased
        and all(attempt.outcome in _NOT_SAVED for attempt in handover.attempts)
    )


def is_released(order: Order) -> bool:
    """Whether SAP has begun to deliver it; items that were taken out of a delivery don't count."""
    own = [one for one in order.shipments if not one.returns and not one.sales_order]
    return any(not one.cancelled and any(one.quantities.values()) for one in own)


def is_on_its_way(order: Order) -> bool:
    """Whether SAP has yet to get the latest change, or to tell that it has it."""
    if order.change is None or order.change.handover.state is HandoverState.REFUSED:
        return False
    latest = effective_versions(order)[-1]
    told = latest.number != order.change.number or latest.sap_stamp is not None
    return order.change.handover.state is not HandoverState.ACCEPTED or not told
