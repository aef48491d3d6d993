"""Who may decide about what waits, and what a decision makes of it, pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from shared.approval.model import (
    ADMINS,
    ANYBODY,
    Approval,
    ApprovalState,
    Decision,
    Fired,
    Lapse,
    PlacedLevel,
    Policy,
)
from shared.identity.caller import Caller, Role
from shared.problem import Problem
from shared.text.message import N_

APPROVERS = frozenset({Role.APPROVER, Role.ADMIN})
"""Who may decide about what others order."""

NOBODY: Mapping[str, str] = {}
"""Whose deputy most people are."""


class ApprovalEndedProblem(Problem):
    """It waits no longer; carries what became of it."""

    status = 409
    code = "approval_ended"
    text = N_("This order does not wait for approval any more.")


class OwnApprovalProblem(Problem):
    """Nobody approves what they ordered themselves."""

    status = 403
    code = "own_approval"
    text = N_("You placed this order yourself, so somebody else has to decide about it.")


class NotYourTurnProblem(Problem):
    """It waits for others."""

    status = 403
    code = "not_your_turn"
    text = N_("This order waits for somebody else's approval.")


class OwnChangeProblem(Problem):
    """Nobody approves a change that they asked for, or one of their own order."""

    status = 403
    code = "own_change"
    text = N_(
        "You placed this order or asked for this change, so somebody else has to decide about it."
    )


class NothingToSendBackProblem(Problem):
    """A change has no cart that it could go back to."""

    status = 409
    code = "nothing_to_send_back"
    text = N_("A change can only be approved or rejected.")


class NotYoursProblem(Problem):
    """Only who asked for it takes it back."""

    status = 403
    code = "not_yours"
    text = N_("Only who asked for this approval can withdraw it.")


def merged_levels(policy: Policy, fired: Iterable[Fired]) -> list[PlacedLevel]:
    """The levels of all rules that fired, the first of each before the second of any."""
    named = {one.rule for one in fired}
    levels: list[PlacedLevel] = []
    for rule in policy.rules:
        for place, level in enumerate(rule.levels if rule.id in named else ()):
            names = [policy.names.get(uid, uid) for uid in level.approvers]
            one = PlacedLevel(**dict(level), place=place, names=names)
            if one not in levels:
                levels.append(one)
    return sorted(levels, key=lambda level: level.place)


def waiting_for(approval: Approval) -> Approval:
    """The approval with whom it waits for now."""
    found: set[str] = set()
    if approval.state is ApprovalState.WAITING:
        found.add(ADMINS)
        for index in open_levels(approval):
            found.update(_asked_people(approval, index) or {ANYBODY})
    return approval.model_copy(update={"approvers": sorted(found)})


def open_levels(approval: Approval) -> list[int]:
    """Positions of the levels that have to agree next; none where all did."""
    left = [index for index in range(len(approval.levels)) if not _has_agreed(approval, index)]
    first = approval.levels[left[0]].place if left else None
    return [index for index in left if approval.levels[index].place == first]


@dataclass(frozen=True)
class Word:
    """Levels by which somebody's word counts, in whose place (user id; empty: their own)."""

    levels: list[int]
    instead_of: str = ""


def word_of(
    approval: Approval, caller: Caller, now: datetime, stands_for: Iterable[str] = ()
) -> Word:
    """The levels by which the caller's word counts now: by themselves, else as a deputy of the first
    of those whom they stand for.

    Raises:
        ApprovalEndedProblem, OwnApprovalProblem, OwnChangeProblem, NotYourTurnProblem: it does
            by none.
    """
    check_waiting(approval, now)
    if caller.uid in _own(approval):
        raise OwnChangeProblem if approval.change else OwnApprovalProblem
    asked = open_levels(approval)
    if found := [index for index in asked if _may(approval, index, caller, now)]:
        return Word(found)
    for other in sorted(stands_for):
        if found := [index for index in asked if _may_for(approval, index, caller, other)]:
            return Word(found, other)
    raise NotYourTurnProblem


def may_decide(
    approval: Approval, caller: Caller, now: datetime, stands_for: Iterable[str] = ()
) -> bool:
    """Whether the caller's word counts now."""
    try:
        return bool(word_of(approval, caller, now, stands_for).levels)
    except Problem:
        return False


def after_approval(
    approval: Approval,
    caller: Caller,
    reason: str,
    now: datetime,
    stands_for: Mapping[str, str] = NOBODY,
) -> Approval:
    """The approval after the caller agreed; `stands_for` has names by user id.

    Raises:
        Problem: as `word_of`.
    """
    word = word_of(approval, caller, now, stands_for)
    decision = _decision(ApprovalState.APPROVED, caller, reason, now, word, stands_for)
    after = approval.model_copy(update={"decisions": [*approval.decisions, decision]})
    return waiting_for(after) if open_levels(after) else _end(after, ApprovalState.APPROVED, now)


def after_declining(
    approval: Approval,
    state: ApprovalState,
    caller: Caller,
    reason: str,
    now: datetime,
    stands_for: Mapping[str, str] = NOBODY,
) -> Approval:
    """The approval after an approver rejected it, or sent it back.

    Raises:
        NothingToSendBackProblem: it is a change.
        Problem: as `word_of`.
    """
    word = word_of(approval, caller, now, stands_for)
    if approval.change and state is ApprovalState.RETURNED:
        raise NothingToSendBackProblem
    decision = _decision(state, caller, reason, now, word, stands_for)
    after = approval.model_copy(update={"decisions": [*approval.decisions, decision]})
    return _end(after, state, now)


def after_withdrawal(approval: Approval, caller: Caller, now: datetime) -> Approval:
    """The approval after who placed the order took it back.

    Raises:
        ApprovalEndedProblem, NotYoursProblem: it waits no longer, or is not the caller's.
    """
    check_waiting(approval, now)
    if caller.uid != approval.placed_by_uid:
        raise NotYoursProblem
    decision = _decision(ApprovalState.WITHDRAWN, caller, "", now)
    after = approval.model_copy(update={"decisions": [*approval.decisions, decision]})
    return _end(after, ApprovalState.WITHDRAWN, now)


def after_cancellation(approval: Approval, caller: Caller, reason: str, now: datetime) -> Approval:
    """The approval of a change after somebody cancelled the order that it was to change."""
    if approval.state is not ApprovalState.WAITING:
        return approval
    if now >= approval.held_until:
        return after_expiry(approval, now)
    decision = _decision(ApprovalState.WITHDRAWN, caller, reason, now)
    after = approval.model_copy(update={"decisions": [*approval.decisions, decision]})
    return _end(after, ApprovalState.WITHDRAWN, now)


def after_lapse(approval: Approval, lapse: Lapse, now: datetime) -> Approval:
    """The approval of a change that all agreed to, and that does not fit its order any more."""
    return _end(approval, ApprovalState.LAPSED, now).model_copy(update={"lapse": lapse})


def after_expiry(approval: Approval, now: datetime) -> Approval:
    """The approval after nobody decided in time."""
    return _end(approval, ApprovalState.EXPIRED, now)


def check_waiting(approval: Approval, now: datetime) -> None:
    """See that it can be decided.

    Raises:
        ApprovalEndedProblem: it was, or its time is over, whether that is noted yet or not.
    """
    over = approval.state is ApprovalState.WAITING and now >= approval.held_until
    if approval.state is not ApprovalState.WAITING or over:
        state = ApprovalState.EXPIRED if over else approval.state
        raise ApprovalEndedProblem(extra={"state": state.value})


def _end(approval: Approval, state: ApprovalState, now: datetime) -> Approval:
    return approval.model_copy(update={"state": state, "ended_at": now, "approvers": []})


def _decision(
    state: ApprovalState,
    caller: Caller,
    reason: str,
    now: datetime,
    word: Word = Word([]),
    stands_for: Mapping[str, str] = NOBODY,
) -> Decision:
    return Decision(
        uid=caller.uid,
        at=now,
        state=state,
        levels=word.levels,
        instead_of=word.instead_of,
        instead_of_name=stands_for.get(word.instead_of, ""),
        reason=reason,
        **caller.actor.signature,
    )


def _asked_people(approval: Approval, index: int) -> set[str]:
    """The named who have not agreed; none where nobody else than who placed it is named, so that
    any other approver decides."""
    given = {one.counts_for for one in approval.decisions if index in one.levels}
    return {*approval.levels[index].approvers} - _own(approval) - given


def _own(approval: Approval) -> set[str]:
    """Whose it is: who placed the order and, of a change of it, who asked for that."""
    placer = {approval.change.ordered_by} if approval.change else set()
    return {approval.placed_by_uid} | placer


def _may(approval: Approval, index: int, caller: Caller, now: datetime) -> bool:
    if caller.role not in APPROVERS:
        return False
    level = approval.levels[index]
    named = {*level.approvers} - _own(approval)
    if named:
        # An admin who is named and agreed has said their word; it does not stand for another's.
        steps_in = caller.role is Role.ADMIN and now >= approval.steps_in_at
        in_place = steps_in and caller.uid not in named
        return caller.uid in _asked_people(approval, index) or in_place
    # Four eyes: who agreed before is none of the others.
    return all(one.uid != caller.uid for one in approval.decisions)


def _may_for(approval: Approval, index: int, caller: Caller, other: str) -> bool:
    """Whether the caller decides in place of another, who is asked; in one level nobody counts twice."""
    if caller.role not in APPROVERS or caller.uid in approval.levels[index].approvers:
        return False
    decided = any(one.uid == caller.uid for one in approval.decisions if index in one.levels)
    return not decided and other in _asked_people(approval, index)


def _has_agreed(approval: Approval, index: int) -> bool:
    given = [one.counts_for for one in approval.decisions if index in one.levels]
    level = approval.levels[index]
    named = {*level.approvers} - _own(approval)
    # Who is not named decided in place of all who are.
    alone = level.need == "any" or any(uid not in named for uid in given)
    return bool(given) and (alone or named <= {*given})
