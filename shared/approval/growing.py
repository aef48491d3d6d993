"""Which rules a change of a placed order would have to wait for, pure.

Orders that were placed together are measured together, as at their placing: what counts is what they
come to with the change. A rule fires where the change takes more of what falls under it, so that it is
over the limit, and over what somebody agreed to before by this rule:

    limit 100, placed at 80, changed to 90           nobody is asked
    changed to 120                                   it waits, with 120; approved
    changed to 60, then to 110                       nobody is asked: 120 was agreed to
    changed to 130                                   it waits, with 130

A rule without a limit fires above what was agreed to when the orders were placed, or at any growth of
what never had to wait for it; that of a first order only as long as the person has placed nothing else.

Sums of periods and budgets are those of the orders as they stand, and the growth; the period is that
in which the order was placed, and the person who placed it, since there its amount counts. Rules for
some people only hold for who placed the order and for who changes it, so that nobody goes round their
limits by another's order. What other changes that wait would add is in no sum before they are approved.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from shared.approval.model import Approval, ApprovalState, Fired, Policy, Rule, RuleKind
from shared.approval.rules import (
    NOTHING,
    Asked,
    Portion,
    Spent,
    Sum,
    day_after,
    is_over,
    portions_of,
    sums_of,
    told,
)

_OF_THE_PLACER = frozenset({RuleKind.PERIOD_AMOUNT, RuleKind.FIRST_ORDER})
_SUMMED = frozenset({RuleKind.PERIOD_AMOUNT, RuleKind.WINDOW_BUDGET, RuleKind.SEASON_BUDGET})


@dataclass(frozen=True)
class Growth:
    """What a placing comes to with a change of one of its orders, and what it does without.

    `asked.uid` placed it, on `asked.today`, and `by` changes it; `orders` is how many of it are alive.
    `agreed` has by rule what somebody agreed to before, in minor units.
    """

    asked: Asked
    was: tuple[Portion, ...]
    by: str
    orders: int
    agreed: Mapping[str, int]


def agreed_at_placing(approval: Approval | None) -> dict[str, int]:
    """What was agreed to by rule when the orders were placed; nothing where nobody was asked."""
    if approval is None or approval.state is not ApprovalState.APPROVED:
        return {}
    return {one.rule: (one.figure or approval.net).amount for one in approval.fired}


def sums_for_growth(policy: Policy, growth: Growth) -> set[Sum]:
    """What has to be summed before it can be told which rules fire."""
    return {one for rule in _concerning(policy, growth) for one in _sums(rule, growth)}


def measured_growth(
    policy: Policy, growth: Growth, spent: Mapping[Sum, Spent]
) -> list[tuple[Fired, int]]:
    """The rules that fire, in the policy's order, each with what it measures."""
    return [
        (told(rule, policy, growth.asked, figure), figure)
        for rule in _concerning(policy, growth)
        if (figure := _figure(rule, policy, growth, spent)) is not None
    ]


def _concerning(policy: Policy, growth: Growth) -> Iterator[Rule]:
    """Rules for these people, of which something grows."""
    for rule in policy.rules:
        people = {growth.asked.uid}
        if rule.kind not in _OF_THE_PLACER:
            people.add(growth.by)
        if (not rule.who or people & {*rule.who}) and _more(rule, growth) > 0:
            yield rule


def _figure(rule: Rule, policy: Policy, growth: Growth, spent: Mapping[Sum, Spent]) -> int | None:
    """What the rule measures; None where nobody has to be asked by it."""
    before = [spent.get(one, NOTHING) for one in dict.fromkeys(_sums(rule, growth))]
    if rule.kind is RuleKind.FIRST_ORDER and any(one.orders > growth.orders for one in before):
        return None
    figure = _net(rule, growth.asked)
    if rule.kind in _SUMMED:
        figure = sum(one.net for one in before) + _more(rule, growth)
    if not is_over(rule, policy, growth.asked, figure):
        return None
    return figure if figure > growth.agreed.get(rule.id, 0) else None


def _sums(rule: Rule, growth: Growth) -> Iterator[Sum]:
    for one in sums_of(rule, growth.asked):
        end = day_after(rule.period, growth.asked.today) if rule.period else None
        yield replace(one, until=end)


def _more(rule: Rule, growth: Growth) -> int:
    return _net(rule, growth.asked) - _net(rule, replace(growth.asked, portions=growth.was))


def _net(rule: Rule, asked: Asked) -> int:
    return sum(one.net for one in portions_of(rule, asked))
