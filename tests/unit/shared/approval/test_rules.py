"""Which rules fire, and by which figure."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.approval.model import Level, Period, Policy, Rule, RuleKind
from shared.approval.rules import Asked, Portion, Spent, Sum, fired_rules, first_day, sums_for
from tests.factories.assortment import NOW

TODAY = date(2027, 5, 14)
AMOUNTS = {RuleKind.ORDER_AMOUNT, RuleKind.PERIOD_AMOUNT}
BUDGETS = {RuleKind.WINDOW_BUDGET, RuleKind.SEASON_BUDGET}

few = st.lists(st.sampled_from("abc"), unique=True, max_size=2)
portions = st.builds(
    Portion,
    door=st.sampled_from("abc"),
    window=st.sampled_from("vw"),
    season=st.sampled_from(["SS27", "FW27"]),
    category=st.sampled_from("abc"),
    net=st.integers(0, 1_000),
)
asked = st.builds(
    Asked,
    uid=st.sampled_from("abc"),
    currency=st.just("EUR"),
    today=st.just(TODAY),
    portions=st.lists(portions, max_size=4).map(tuple),
)
rules = st.builds(
    Rule,
    id=st.uuids().map(str),
    name=st.just("A rule"),
    kind=st.sampled_from(RuleKind),
    who=few,
    doors=few,
    categories=few,
    limit=st.integers(0, 2_000),
    period=st.sampled_from(Period),
    window=st.sampled_from("vw"),
    season=st.sampled_from(["SS27", "FW27"]),
    levels=st.just([Level()]),
)


def policy(*of: Rule, currency: str = "EUR") -> Policy:
    return Policy(company="100001", currency=currency, rules=list(of), at=NOW)


def spent_of(sums: set[Sum], net: int) -> Mapping[Sum, Spent]:
    return {one: Spent(net, 1 if net else 0) for one in sums}


@given(st.lists(rules, max_size=4), asked, st.integers(0, 500))
def test_a_rule_fires_by_itself_whatever_others_there_are(
    some: list[Rule], wanted: Asked, before: int
) -> None:
    spent = spent_of(sums_for(policy(*some), wanted), before)
    alone = [one for rule in some for one in fired_rules(policy(rule), wanted, spent)]
    assert fired_rules(policy(*some), wanted, spent) == alone


@given(rules.filter(lambda rule: rule.kind in AMOUNTS | BUDGETS), asked, st.integers(0, 500))
def test_what_tips_it_is_over_the_limit(rule: Rule, wanted: Asked, before: int) -> None:
    spent = spent_of(sums_for(policy(rule), wanted), before)
    for one in fired_rules(policy(rule), wanted, spent):
        assert one.figure
        assert one.limit
        assert one.figure.amount > one.limit.amount == rule.limit
        at_the_figure = rule.model_copy(update={"limit": one.figure.amount})
        assert fired_rules(policy(at_the_figure), wanted, spent) == []


@given(rules, asked, portions, st.integers(0, 500))
def test_more_in_the_cart_never_makes_a_rule_silent(
    rule: Rule, wanted: Asked, more: Portion, before: int
) -> None:
    larger = Asked(wanted.uid, wanted.currency, wanted.today, (*wanted.portions, more))
    spent = spent_of(sums_for(policy(rule), larger), before)
    if fired_rules(policy(rule), wanted, spent):
        assert fired_rules(policy(rule), larger, spent)


@given(rules, asked)
def test_whom_and_what_a_rule_does_not_name_it_leaves_alone(rule: Rule, wanted: Asked) -> None:
    others = rule.model_copy(update={"who": ["somebody else"]})
    elsewhere = rule.model_copy(update={"doors": ["another door"]})
    for one in (others, elsewhere):
        assert sums_for(policy(one), wanted) == set()
        assert fired_rules(policy(one), wanted, {}) == []


@given(rules.filter(lambda rule: rule.kind in AMOUNTS | BUDGETS), asked)
def test_a_limit_in_a_currency_of_before_is_looked_at_by_somebody(
    rule: Rule, wanted: Asked
) -> None:
    endless = rule.model_copy(update={"limit": 10**9})
    before = policy(endless, currency="BGN")
    concerned = bool(
        fired_rules(policy(rule.model_copy(update={"kind": RuleKind.ALWAYS})), wanted, {})
    )
    if concerned and rule.kind in AMOUNTS:
        assert fired_rules(before, wanted, {})


def test_only_the_categories_named_count() -> None:
    rule = Rule(
        id="1",
        name="Shoes",
        kind=RuleKind.ORDER_AMOUNT,
        limit=100,
        categories=["shoes"],
        levels=[Level()],
    )
    cart = [Portion("d", "w", "s", "shoes", 101), Portion("d", "w", "s", "shirts", 900)]
    [one] = fired_rules(policy(rule), Asked("anna", "EUR", TODAY, tuple(cart)), {})
    assert one.figure
    assert (one.figure.amount, one.categories) == (101, ["shoes"])


@pytest.mark.parametrize(
    ("period", "first"),
    [
        (Period.MONTH, date(2027, 5, 1)),
        (Period.QUARTER, date(2027, 4, 1)),
        (Period.YEAR, date(2027, 1, 1)),
    ],
)
def test_a_period_begins_on_its_first_day(period: Period, first: date) -> None:
    assert first_day(period, TODAY) == first
