"""Whatever people try in whatever order, an approval has one outcome, and the right ones gave it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.approval.deciding import (
    APPROVERS,
    NotYourTurnProblem,
    after_approval,
    after_declining,
    after_expiry,
    after_withdrawal,
    may_decide,
    open_levels,
    waiting_for,
)
from shared.approval.model import Approval, ApprovalState, Fired, PlacedLevel, RuleKind
from shared.identity.caller import Caller, Role
from shared.money import Money
from shared.problem import Problem
from tests.factories.assortment import NOW

HISTORIES = 2_000
HOLD = timedelta(hours=72)
PEOPLE = {
    uid: Caller(uid, f"{uid}@example.com", uid.title(), "100001", role)
    for uid, role in {
        "anna": Role.ADMIN,
        "erik": Role.APPROVER,
        "ines": Role.APPROVER,
        "ada": Role.ADMIN,
        "otto": Role.BUYER,
    }.items()
}
"""Anna placed the orders, and would be let decide about any other's."""
DEPUTIES = {"erik": {"ines": "Ines", "anna": "Anna"}, "otto": {"ines": "Ines"}}
"""For whom each decides, too; Otto may not approve, as he may once have been."""


@dataclass(frozen=True)
class Try:
    """What somebody tries, some hours after what was tried before."""

    who: str
    what: ApprovalState
    hours: int


tries = st.builds(
    Try,
    who=st.sampled_from(sorted(PEOPLE)),
    # Most agree, so that levels which ask all of their people come to an end, too.
    what=st.sampled_from(
        [
            *(one for one in ApprovalState if one is not ApprovalState.WAITING),
            *[ApprovalState.APPROVED] * 5,
        ]
    ),
    hours=st.sampled_from([0, 1, 30]),
)
levels = st.builds(
    PlacedLevel,
    place=st.integers(0, 1),
    approvers=st.lists(st.sampled_from(["anna", "erik", "ines", "ada"]), unique=True, max_size=3),
    need=st.sampled_from(["any", "all"]),
)


def waiting(asked: list[PlacedLevel]) -> Approval:
    nothing = Money(amount=0, currency="EUR")
    fired = Fired(rule="r", name="A rule", kind=RuleKind.ALWAYS, figure=None, limit=None)
    return waiting_for(
        Approval(
            number="G-1",
            company="100001",
            cart="cart-1",
            orders=["W-1"],
            po_number="PO 1",
            placed_at=NOW,
            placed_by="Anna",
            placed_by_uid="anna",
            net=nothing,
            pieces=1,
            fired=[fired],
            levels=sorted(asked, key=lambda level: level.place),
            held_until=NOW + HOLD,
            steps_in_at=NOW + HOLD / 2,
        )
    )


def history(asked: list[PlacedLevel], tried: Iterable[Try]) -> list[tuple[Try, Approval, Approval]]:
    """What was tried, with the approval before and after; it is as before where it was refused."""
    now, approval, found = NOW, waiting(asked), []
    for one in tried:
        now += timedelta(hours=one.hours)
        before = approval
        try:
            approval = attempt(before, one, now - NOW)
        except Problem:
            approval = before
        found.append((one, before, approval))
    return found


def attempt(approval: Approval, one: Try, since: timedelta) -> Approval:
    caller, now = PEOPLE[one.who], NOW + since
    if one.what is ApprovalState.APPROVED:
        return after_approval(approval, caller, "", now, DEPUTIES.get(one.who, {}))
    if one.what is ApprovalState.WITHDRAWN:
        return after_withdrawal(approval, caller, now)
    if one.what is ApprovalState.EXPIRED:
        over = approval.state is ApprovalState.WAITING and now >= approval.held_until
        return after_expiry(approval, now) if over else approval
    return after_declining(approval, one.what, caller, "No.", now, DEPUTIES.get(one.who, {}))


@settings(max_examples=HISTORIES, derandomize=True)
@given(st.lists(levels, min_size=1, max_size=3), st.lists(tries, max_size=8))
def test_there_is_one_outcome_which_the_right_people_gave(
    asked: list[PlacedLevel], tried: list[Try]
) -> None:
    assert_next_may_decide(waiting(asked))
    for one, before, after in history(asked, tried):
        if before.state is not ApprovalState.WAITING:
            assert after == before
        if after.state is not before.state:
            assert after.state is one.what
            assert after.ended_at is not None
            assert after.approvers == []
        if after.state is ApprovalState.APPROVED:
            assert open_levels(after) == []
        if after.state is ApprovalState.WAITING:
            assert open_levels(after)
            assert_next_may_decide(after)
        for decision in after.decisions[len(before.decisions) :]:
            own = decision.uid == after.placed_by_uid
            assert own is (decision.state is ApprovalState.WITHDRAWN)
            assert own or PEOPLE[decision.uid].role in APPROVERS
            assert decision.at < after.held_until
            # No level has a word before all earlier ones agreed.
            assert {*decision.levels} <= {*open_levels(before)}
        for whose in ("uid", "counts_for"):
            words = [(getattr(one, whose), at) for one in after.decisions for at in one.levels]
            assert len(words) == len({*words})
        for decision in after.decisions:
            assert decision.instead_of in {"", *DEPUTIES.get(decision.uid, {})}
            assert decision.counts_for != after.placed_by_uid or not decision.levels


def test_an_admin_who_agreed_as_one_of_the_named_does_not_agree_again_for_the_others() -> None:
    both = waiting([PlacedLevel(place=0, approvers=["ada", "erik"], need="all")])
    late = both.steps_in_at
    agreed = after_approval(both, PEOPLE["ada"], "", late)

    with pytest.raises(NotYourTurnProblem):
        after_approval(agreed, PEOPLE["ada"], "", late)

    assert after_approval(agreed, PEOPLE["erik"], "", late).state is ApprovalState.APPROVED


def assert_next_may_decide(approval: Approval) -> None:
    for uid in {*approval.approvers} & {*PEOPLE}:
        assert may_decide(approval, PEOPLE[uid], NOW)
