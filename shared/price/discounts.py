"""What discounts make of a list price (docs/domain.md, "Prices").

Of each condition type the first access that has a valid record counts. The types follow each other
in the steps of the pricing procedure; each takes its part of the list price, or of what the steps
before have left, and the price of `per` pieces is rounded half up to the minor unit after each. A
net price is never below zero.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from shared.company.model import Company
from shared.money import divide_half_up
from shared.price.holders import concerns
from shared.price.model import DiscountKey, StylePrices

PERCENT = 100_000
"""A rate of 100 %: rates are in thousandths of a percent."""

Tiers = tuple[tuple[int, int], ...]
"""(from, amount or rate), ascending."""


class InForce(NamedTuple):
    """A record of a discount on a day. `rate` and `tiers` are thousandths of a percent where it is
    `percent`, else minor units for `per` pieces; tiers begin at pieces of the style, or at minor
    units where it is `by_value`."""

    step: int
    condition: str
    access: int
    article: str
    valid_from: str
    percent: bool
    running: bool
    by_value: bool
    rate: int
    per: int
    tiers: Tiers

    def rate_at(self, pieces: int, value: int) -> int:
        """The rate for so many pieces of the style, of which all cost `value`."""
        counted = value if self.by_value else pieces
        return next((rate for start, rate in reversed(self.tiers) if counted >= start), self.rate)


def in_force(
    keys: Iterable[DiscountKey], company: Company, currency: str, on: date
) -> Iterator[InForce]:
    """The records of `keys` that concern the company, in its currency, on a day."""
    for key in keys:
        if key.currency not in ("", currency) or not concerns(key, company):
            continue
        for record in key.records:
            if record.valid_from <= on <= record.valid_to:
                yield InForce(
                    key.step,
                    key.condition,
                    key.access,
                    key.article,
                    record.valid_from.isoformat(),
                    key.calculation == "percent",
                    key.base == "running",
                    key.scale == "value",
                    record.amount,
                    record.per,
                    tuple((tier.quantity, tier.amount) for tier in record.tiers),
                )


def of_documents(*documents: StylePrices | None) -> list[DiscountKey]:
    """The discounts' keys of a style."""
    return [key for prices in documents if prices for key in prices.discounts.values()]


def chosen(found: Iterable[InForce], article: str = "") -> list[InForce]:
    """Of each condition type the record that counts for an article, in the order of the steps.

    That of the first access; within one the variant's own, then the one that became valid last.
    """
    best: dict[str, InForce] = {}
    for one in found:
        if one.article in ("", article):
            known = best.get(one.condition)
            if known is None or _rank(known) < _rank(one):
                best[one.condition] = one
    return sorted(best.values(), key=lambda one: one.step)


def _rank(one: InForce) -> tuple[int, bool, str]:
    return -one.access, bool(one.article), one.valid_from


def discounted(amount: int, per: int, tiers: Tiers, discounts: list[InForce]) -> tuple[int, Tiers]:
    """The net price below the first tier, and net tiers: all thresholds of price and discounts."""
    if not discounts:
        return amount, tiers
    steps: list[tuple[int, int]] = []
    for pieces in sorted(_thresholds(amount, per, tiers, discounts)):
        found = net(_at(amount, tiers, pieces), per, pieces, discounts)
        if not steps or steps[-1][1] != found:
            steps.append((pieces, found))
    return steps[0][1], tuple(steps[1:])


def net(amount: int, per: int, pieces: int, discounts: list[InForce]) -> int:
    """What `per` pieces cost of `pieces` of the style, whose list price is `amount`."""
    left = amount
    for one in discounts:
        rate = one.rate_at(pieces, amount * pieces // per)
        if one.percent:
            less = divide_half_up((left if one.running else amount) * rate, PERCENT)
        else:
            less = divide_half_up(rate * per, one.per)
        left = max(0, left - less)
    return left


def _at(amount: int, tiers: Tiers, pieces: int) -> int:
    return next((less for start, less in reversed(tiers) if pieces >= start), amount)


def _thresholds(amount: int, per: int, tiers: Tiers, discounts: list[InForce]) -> set[int]:
    """Every number of pieces at which the list price or a rate may change, and 1."""
    listed = [(1, amount), *tiers]
    ends = [*(start for start, _ in tiers), None]
    found = {start for start, _ in listed}
    for one in discounts:
        for value, _ in one.tiers:
            if not one.by_value:
                found.add(value)
                continue
            for (start, listed_at), end in zip(listed, ends, strict=True):
                if listed_at:
                    pieces = max(start, -(-value * per // listed_at))
                    if end is None or pieces < end:
                        found.add(pieces)
    return found
