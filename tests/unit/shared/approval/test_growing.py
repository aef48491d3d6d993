"""Which rules a change of a placed order fires: at growth only, above the limit and what was agreed to."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from shared.approval.growing import Growth, agreed_at_placing, measured_growth, sums_for_growth
from shared.approval.model import ApprovalState, Fired, Level, Period, Policy, Rule, RuleKind
from shared.approval.rules import Asked, Portion, Spent, day_after, first_day
from shared.money import Money
from tests.factories.assortment import NOW
from tests.unit.shared.approval.test_deciding import waiting

TODAY = date(2027, 11, 30)
limits = st.integers(0, 100)
nets = st.integers(0, 150)


def portion(net: int, **fields: Any) -> Portion:
    there = {"door": "a", "window": "AO", "season": "SS27", "category": "shoes"}
    return Portion(**(there | fields), net=net)


def growth(was: int, after: int, agreed: int | None = None, **fields: Any) -> Growth:
    asked = Asked("anna", "EUR", TODAY, (portion(after),))
    known = {} if agreed is None else {"r1": agreed}
    return replace(Growth(asked, (portion(was),), "anna", 1, known), **fields)


def policy(kind: RuleKind, limit: int | None = None, **fields: Any) -> Policy:
    whole = {"period": Period.MONTH, "window": "AO", "season": "SS27"}
    rule = Rule(id="r1", name="A rule", kind=kind, limit=limit, levels=[Level()], **whole | fields)
    return Policy(company="100001", currency="EUR", rules=[rule], at=NOW)


def figures(of: Policy, grown: Growth, net: int = 0, orders: int = 1) -> list[int]:
    spent = {one: Spent(net, orders) for one in sums_for_growth(of, grown)}
    return [figure for _, figure in measured_growth(of, grown, spent)]


@given(st.sampled_from(RuleKind), limits, nets, nets, nets, st.none() | nets)
def test_what_does_not_grow_or_was_agreed_to_needs_nobody(
    kind: RuleKind, limit: int, was: int, after: int, beside: int, agreed: int | None
) -> None:
    fired = figures(policy(kind, limit), growth(was, after, agreed), was + beside)
    if after <= was:
        assert fired == []
    for figure in fired:
        assert figure > (agreed or 0)
    again = growth(was, after, max(fired, default=0) or agreed)
    assert figures(policy(kind, limit), again, was + beside) == []


@given(limits, nets, nets)
def test_an_amount_is_that_of_the_whole_placing(limit: int, was: int, after: int) -> None:
    assume(after > was)
    fired = figures(policy(RuleKind.ORDER_AMOUNT, limit), growth(was, after))
    assert fired == ([after] if after > limit else [])


@given(st.sampled_from([RuleKind.WINDOW_BUDGET, RuleKind.PERIOD_AMOUNT]), limits, nets, nets, nets)
def test_a_sum_is_what_the_orders_come_to_and_the_growth(
    kind: RuleKind, limit: int, was: int, after: int, beside: int
) -> None:
    assume(after > was)
    fired = figures(policy(kind, limit), growth(was, after), was + beside)
    assert fired == ([beside + after] if beside + after > limit else [])


def test_a_period_is_that_of_the_placing() -> None:
    [one] = sums_for_growth(policy(RuleKind.PERIOD_AMOUNT, 1), growth(1, 2))
    assert (one.since, one.until) == (date(2027, 11, 1), date(2027, 12, 1))


@given(st.sampled_from(Period), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_periods_follow_one_another(period: Period, day: date) -> None:
    end = day_after(period, day)
    assert day < end
    assert first_day(period, end) == end
    assert first_day(period, end - timedelta(days=1)) == first_day(period, day)


def test_a_first_order_is_one_as_long_as_there_is_no_other_placing() -> None:
    first = policy(RuleKind.FIRST_ORDER)
    assert figures(first, growth(1, 2), orders=1) == [2]
    assert figures(first, growth(1, 2, orders=3), orders=3) == [2]
    assert figures(first, growth(1, 2), orders=2) == []


def test_rules_of_who_changes_it_hold_too_but_not_for_what_another_ordered_in_a_period() -> None:
    by_erik = growth(1, 200, by="erik")
    assert figures(policy(RuleKind.ORDER_AMOUNT, 100, who=["erik"]), by_erik) == [200]
    assert figures(policy(RuleKind.ORDER_AMOUNT, 100, who=["otto"]), by_erik) == []
    assert figures(policy(RuleKind.PERIOD_AMOUNT, 100, who=["erik"]), by_erik, 1) == []
    assert figures(policy(RuleKind.PERIOD_AMOUNT, 100, who=["anna"]), by_erik, 1) == [200]


def test_a_category_that_does_not_grow_needs_nobody() -> None:
    shirts = portion(10, category="shirts")
    asked = Asked("anna", "EUR", TODAY, (portion(200), shirts))
    grown = Growth(asked, (portion(1), shirts), "anna", 1, {})
    shoes = policy(RuleKind.ORDER_AMOUNT, 5, categories=["shoes"])
    assert figures(shoes, grown) == [200]
    assert figures(policy(RuleKind.ORDER_AMOUNT, 5, categories=["shirts"]), grown) == []


def test_a_limit_in_another_currency_is_shown_to_somebody() -> None:
    foreign = policy(RuleKind.ORDER_AMOUNT, 100_000).model_copy(update={"currency": "HUF"})
    assert figures(foreign, growth(1, 2)) == [2]


def test_only_what_was_approved_counts_as_agreed_to() -> None:
    figure = Money(amount=120, currency="EUR")
    fired = Fired(rule="r1", name="", kind=RuleKind.ORDER_AMOUNT, figure=figure, limit=figure)
    whole = fired.model_copy(update={"rule": "r2", "figure": None})
    placed = waiting([]).model_copy(
        update={"fired": [fired, whole], "net": Money(amount=150, currency="EUR")}
    )
    approved = placed.model_copy(update={"state": ApprovalState.APPROVED})
    assert agreed_at_placing(approved) == {"r1": 120, "r2": 150}
    assert agreed_at_placing(placed) == agreed_at_placing(None) == {}
