"""Which rules a cart would have to wait for, pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from shared.approval.model import Fired, Period, Policy, Rule, RuleKind
from shared.cart.context import CartContext
from shared.cart.pricing import PricedCart
from shared.money import Currency, Money


@dataclass(frozen=True)
class Portion:
    """What of a cart goes to one door in one delivery window, of one category."""

    door: str
    window: str
    season: str
    category: str
    net: int


@dataclass(frozen=True)
class Asked:
    """What somebody is about to order; `net` are minor units of `currency`."""

    uid: str
    currency: Currency
    today: date
    portions: tuple[Portion, ...]


@dataclass(frozen=True)
class Sum:
    """Orders of a company whose net amounts are to be summed; an empty field is no condition.

    `until`: the first day that does not belong to it.
    """

    uid: str = ""
    since: date | None = None
    until: date | None = None
    door: str = ""
    window: str = ""
    season: str = ""


@dataclass(frozen=True)
class Spent:
    """What the orders of a `Sum` come to as they stand now."""

    net: int
    orders: int


NOTHING = Spent(0, 0)


def describe_asked(priced: PricedCart, context: CartContext, uid: str) -> Asked:
    """What the cart asks for, of those lines that have a price."""
    windows = context.assortment.windows
    portions = [
        Portion(
            door=one.line.door,
            window=one.line.window,
            season=windows[one.line.window].season if one.line.window in windows else "",
            category=one.product.style.category,
            net=one.amount.amount,
        )
        for one in priced.lines
        if one.product and one.amount
    ]
    return Asked(uid, context.company.profile.currency, context.today, tuple(portions))


def sums_for(policy: Policy, asked: Asked) -> set[Sum]:
    """What has to be summed before it can be told which rules fire."""
    return {one for rule in _concerning(policy, asked) for one in sums_of(rule, asked)}


def fired_rules(policy: Policy, asked: Asked, spent: Mapping[Sum, Spent]) -> list[Fired]:
    """The rules that fire, in the policy's order; `spent` has what `sums_for` names."""
    return [
        one for rule in _concerning(policy, asked) if (one := _fire(rule, policy, asked, spent))
    ]


def first_day(period: Period, today: date) -> date:
    """The first day of the period that `today` is in."""
    match period:
        case Period.MONTH:
            return today.replace(day=1)
        case Period.QUARTER:
            return date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
        case Period.YEAR:
            return date(today.year, 1, 1)


def day_after(period: Period, today: date) -> date:
    """The first day after the period that `today` is in."""
    months = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}[period]
    start = first_day(period, today)
    years, month = divmod(start.month - 1 + months, 12)
    return date(start.year + years, month + 1, 1)


def _concerning(policy: Policy, asked: Asked) -> Iterator[Rule]:
    """Rules for this person, which something of the cart falls under."""
    for rule in policy.rules:
        if (not rule.who or asked.uid in rule.who) and any(portions_of(rule, asked)):
            yield rule


def portions_of(rule: Rule, asked: Asked) -> Iterable[Portion]:
    """What of it falls under the rule."""
    for one in asked.portions:
        if (
            (not rule.doors or one.door in rule.doors)
            and (not rule.categories or one.category in rule.categories)
            and (rule.kind is not RuleKind.WINDOW_BUDGET or one.window == rule.window)
            and (rule.kind is not RuleKind.SEASON_BUDGET or one.season == rule.season)
        ):
            yield one


def sums_of(rule: Rule, asked: Asked) -> Iterator[Sum]:
    """What the rule sums, of orders that are there."""
    for door in rule.doors or [""]:
        match rule.kind:
            case RuleKind.PERIOD_AMOUNT:
                yield Sum(uid=asked.uid, since=_since(rule, asked), door=door)
            case RuleKind.WINDOW_BUDGET:
                yield Sum(window=rule.window, door=door)
            case RuleKind.SEASON_BUDGET:
                yield Sum(season=rule.season, door=door)
            case RuleKind.FIRST_ORDER:
                yield Sum(uid=asked.uid)


def _since(rule: Rule, asked: Asked) -> date | None:
    return first_day(rule.period, asked.today) if rule.period else None


def _fire(rule: Rule, policy: Policy, asked: Asked, spent: Mapping[Sum, Spent]) -> Fired | None:
    before = [spent.get(one, NOTHING) for one in dict.fromkeys(sums_of(rule, asked))]
    if rule.kind is RuleKind.FIRST_ORDER and any(one.orders for one in before):
        return None
    net = sum(one.net for one in portions_of(rule, asked)) + sum(one.net for one in before)
    return told(rule, policy, asked, net) if is_over(rule, policy, asked, net) else None


def is_over(rule: Rule, policy: Policy, asked: Asked, net: int) -> bool:
    """Whether it is over the rule's limit; every amount is, where it has none."""
    # A limit in a currency that the company has no longer can't be compared: somebody looks.
    limit = _limit(rule)
    return limit is None or net > limit or policy.currency != asked.currency


def _limit(rule: Rule) -> int | None:
    """None where nothing is compared, so that any amount is over it."""
    has_none = rule.kind in (RuleKind.ALWAYS, RuleKind.FIRST_ORDER)
    return None if has_none else rule.limit or 0


def told(rule: Rule, policy: Policy, asked: Asked, net: int) -> Fired:
    """The rule as it fires, with the figure where it has a limit."""
    fired = Fired(
        rule=rule.id,
        name=rule.name,
        kind=rule.kind,
        figure=None,
        limit=None,
        categories=rule.categories,
    )
    limit = _limit(rule)
    if limit is None:
        return fired
    return fired.model_copy(
        update={
            "figure": Money(amount=net, currency=asked.currency),
            "limit": Money(amount=limit, currency=policy.currency),
            "period": rule.period,
            "since": _since(rule, asked),
            "of": rule.window or rule.season,
        }
    )
