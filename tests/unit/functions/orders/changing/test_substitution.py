"""What a buyer says to another article than was ordered, and what becomes of that."""

from datetime import timedelta

import pytest

from functions.orders.changing.change import OrderChangedProblem
from functions.orders.changing.schema import SubstitutionRequest
from functions.orders.changing.substitution import (
    AnsweredBeforeProblem,
    NotSubstitutedProblem,
    plan_answer,
)
from functions.orders.views import order_view
from functions.sync_order_status.merge import merge
from shared.actor import Actor, ActorKind
from shared.order.documents import Shipment
from shared.order.handover import HandoverState
from shared.order.model import Order
from shared.order.permission import (
    ChangeRunningProblem,
    OrderEndedProblem,
    TooLateToRefuseProblem,
)
from shared.order.status import Status
from shared.order.substitution import answer_to
from shared.order.versions import complete_cancellation, take_back_change
from shared.store import to_document
from tests.factories.assortment import NOW
from tests.factories.sap import stamp
from tests.unit.functions.orders.test_brand_changes import EN
from tests.unit.functions.sync_order_status.test_changes import (
    AS_PLACED,
    LARGE,
    MEDIUM,
    SMALL,
    Item,
    after,
    known,
    status_at,
)

ANNA = Actor(name="Anna Vogel", kind=ActorKind.PERSON)
BEN = Actor(name="Ben Roth", kind=ActorKind.PERSON)
OTHER = "10123-010-L"
REPLACED = {**AS_PLACED, 10: Item(LARGE, 12)}


def substituted() -> Order:
    """SAP put large ones in the place of the small."""
    return after(status_at(101, AS_PLACED), status_at(102, REPLACED))


def answer(
    one: Order, accepted: bool, by: Actor = ANNA, position: int = 10, sku: str = OTHER
) -> Order:
    request = SubstitutionRequest(position=position, sku=sku, accepted=accepted)
    return plan_answer(one, request, by, NOW)


def test_accepting_is_kept_with_who_and_when_and_nothing_goes_to_sap() -> None:
    before = substituted()
    one = answer(before, True)
    assert (one.change, one.versions, one.lines) == (None, before.versions, before.lines)
    seen = order_view(one, EN, NOW).lines[0].substitution
    assert seen is not None
    assert (seen.ordered.sku, seen.accepted, seen.by, seen.at) == (
        "10123-010-S",
        True,
        "Anna Vogel",
        NOW,
    )
    assert not seen.may_refuse
    assert Order.model_validate(to_document(one)) == one


def test_refusing_takes_the_line_out_by_way_of_sap() -> None:
    one = answer(substituted(), False)
    assert [line.quantity for line in one.lines] == [0, 3]
    assert one.change is not None
    assert (one.change.number, one.change.cancels) == (3, False)
    assert one.change.handover.due_at is not None
    assert one.versions[-1].asked == {10: 0}
    seen = order_view(one, EN, NOW)
    assert seen.versions[-1].by == "Anna Vogel"
    assert [(change.before, change.after) for change in seen.versions[-1].changes] == [(12, 0)]
    assert seen.lines[0].substitution is not None
    assert seen.lines[0].substitution.accepted is False


def test_with_the_only_line_the_order_is_cancelled() -> None:
    rest = {10: Item(LARGE, 12), 20: Item(MEDIUM, 3, reason="01")}
    one = answer(after(status_at(101, AS_PLACED), status_at(102, rest)), False)
    assert one.change is not None
    assert one.change.cancels
    given = answer_to(one, one.lines[0])
    assert given is not None
    assert not given.accepted
    done = complete_cancellation(one)
    assert done.status is Status.CANCELLED
    assert answer_to(done, done.lines[0]) == given


@pytest.mark.parametrize("accepted", [True, False])
def test_the_same_answer_again_changes_nothing_and_another_is_refused(accepted: bool) -> None:
    one = answer(substituted(), accepted)
    assert answer(one, accepted, by=BEN) is one
    with pytest.raises(AnsweredBeforeProblem) as refusal:
        answer(one, not accepted, by=BEN)
    assert "Anna Vogel" in refusal.value.message.render(EN.locale)


def test_what_sap_did_not_take_is_open_again() -> None:
    one = take_back_change(answer(substituted(), False))
    assert one.lines[0].quantity == 12
    assert answer_to(one, one.lines[0]) is None
    again = answer(one, True, by=BEN)
    assert [(each.by, each.accepted) for each in again.substitution_answers] == [("Ben Roth", True)]


def test_a_cancellation_that_sap_did_not_take_is_open_again() -> None:
    rest = {10: Item(LARGE, 12), 20: Item(MEDIUM, 3, reason="01")}
    one = answer(after(status_at(101, AS_PLACED), status_at(102, rest)), False)
    one = take_back_change(one)
    assert answer_to(one, one.lines[0]) is None


def test_once_it_is_being_delivered_it_is_accepted_only() -> None:
    one = substituted()
    shipment = Shipment(number="80", stamp=stamp(103), quantities={10: 12})
    leaving = one.model_copy(update={"shipments": [shipment]})
    with pytest.raises(TooLateToRefuseProblem):
        answer(leaving, False)
    seen = order_view(leaving, EN, NOW).lines[0].substitution
    assert seen is not None
    assert (seen.may_refuse, seen.accepted) == (False, None)
    assert "being delivered" in (seen.why_not or "")
    assert answer(leaving, True).substitution_answers


def test_the_cut_off_of_the_window_does_not_count() -> None:
    one = substituted()
    late = one.model_copy(update={"cut_off": (NOW - timedelta(days=30)).date()})
    assert not order_view(late, EN, NOW).may_change.allowed
    assert answer(late, False).lines[0].quantity == 0


def test_what_has_ended_is_not_refused() -> None:
    one = substituted().model_copy(update={"status": Status.CANCELLED})
    with pytest.raises(OrderEndedProblem):
        answer(one, False)


def test_a_change_on_its_way_is_waited_for() -> None:
    both = {10: Item(LARGE, 12), 20: Item(SMALL, 3)}
    one = answer(after(status_at(101, AS_PLACED), status_at(102, both)), False)
    with pytest.raises(ChangeRunningProblem):
        answer(one, False, position=20, sku="10123-010-S")


@pytest.mark.parametrize(("position", "sku"), [(20, "10123-010-M"), (30, OTHER)])
def test_what_was_ordered_needs_no_answer(position: int, sku: str) -> None:
    with pytest.raises(NotSubstitutedProblem):
        answer(substituted(), True, position=position, sku=sku)


def test_another_article_than_the_buyer_saw_is_told() -> None:
    with pytest.raises(OrderChangedProblem):
        answer(substituted(), True, sku="10123-010-M")


def test_another_article_asks_anew_and_the_ordered_one_asks_no_more() -> None:
    one = answer(substituted(), True)
    third = merge(one, status_at(103, {**AS_PLACED, 10: Item(MEDIUM, 12)}), known())
    seen = order_view(third, EN, NOW).lines[0].substitution
    assert seen is not None
    assert seen.accepted is None
    back = merge(third, status_at(104, AS_PLACED), known())
    assert order_view(back, EN, NOW).lines[0].substitution is None


def test_messages_that_come_again_leave_the_answer() -> None:
    one = answer(substituted(), True)
    assert (
        merge(merge(one, status_at(102, REPLACED), known()), status_at(101, AS_PLACED), known())
        == one
    )


def test_sap_rejecting_the_refused_item_is_the_version_that_the_buyer_asked_for() -> None:
    one = answer(substituted(), False)
    rejected = {10: Item(LARGE, 12, reason="ZS"), 20: Item(MEDIUM, 3)}
    done = merge(one, status_at(103, rejected), known())
    assert done.change is not None
    assert done.change.handover.state is HandoverState.ACCEPTED
    assert [version.by_kind for version in done.versions[1:]] == [ActorKind.SAP, ActorKind.PERSON]
    given = answer_to(done, done.lines[0])
    assert given is not None
    assert not given.accepted
    assert SMALL not in {line.article for line in done.lines}
