"""What discounts and surcharges make of a list price (docs/domain.md, "Prices").

Of each condition type the first access that has a valid record counts. The types follow each other
in the steps of the pricing procedure; each takes off, or adds, its part of the list price, or of what
the steps before have left, and what it is for `per` pieces is rounded half up to what SAP keeps of
the currency (`price_grain`). A net price is never below zero, and never more than a price can be.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from shared.company.model import Company
from shared.market.currencies import price_grain
from shared.money import divide_half_up
from shared.price.holders import concerns
from shared.price.model import MOST_PRICE, DiscountKey, InForce, StylePrices, Tiers

PERCENT = 100_000
"""A rate of 100 %: rates are in thousandths of a percent."""


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
                    key.source.value,
                    key.article,
                    key.material_group,
                    record.valid_from.isoformat(),
                    key.calculation == "percent",
                    key.base == "running",
                    key.scale == "value",
                    record.rate,
                    record.per,
                    record.rates,
                )


def of_documents(*documents: StylePrices | None) -> list[DiscountKey]:
    """The discounts' keys of a style."""
    return [key for prices in documents if prices for key in prices.discounts.values()]


def choose_discounts(
    found: Iterable[InForce], article: str = "", material_group: str = ""
) -> list[InForce]:
    """Of each condition type the record that counts for an article, in the order of the steps.

    `material_group` is the article's (SAP KONDM). That of the first access counts; within one the
    variant's own, then the one that became valid last.
    """
    best: dict[str, InForce] = {}
    for one in found:
        if one.article in ("", article) and one.material_group in ("", material_group):
            known = best.get(one.condition)
            if known is None or _rank(known) < _rank(one):
                best[one.condition] = one
    return sorted(best.values(), key=lambda one: one.step)


def _rank(one: InForce) -> tuple[int, bool, str]:
    return -one.access, bool(one.article), one.valid_from


def apply_discounts(
    amount: int, per: int, tiers: Tiers, discounts: list[InForce], currency: str
) -> tuple[int, Tiers]:
    """The net price below the first tier, and net tiers: all thresholds of price and discounts."""
    if not discounts:
        return amount, tiers
    steps: list[tuple[int, int]] = []
    for pieces in sorted(_thresholds(amount, per, tiers, discounts)):
        found = net(_at(amount, tiers, pieces), per, pieces, discounts, currency)
        if not steps or steps[-1][1] != found:
            steps.append((pieces, found))
    return steps[0][1], tuple(steps[1:])


def leaves_nothing(amount: int, tiers: Tiers, net: Iterable[int], found: list[InForce]) -> bool:
    """Whether discounts together make one of the `net` prices zero, of a list price that is not.

    Each of them may be right, all of them hardly ever are, and a placed order keeps its price: nothing
    is sold at it. Of one that takes all off by itself a person said so before it was stored.
    """
    if 0 not in net or not amount or any(listed == 0 for _, listed in tiers):
        return False
    rates = {rate for one in found if one.percent for rate in (one.rate, *dict(one.tiers).values())}
    return PERCENT not in rates


def net(amount: int, per: int, pieces: int, discounts: Iterable[InForce], currency: str) -> int:
    """What `per` pieces cost of `pieces` of the style, whose list price is `amount`."""
    steps = changes(amount, per, pieces, discounts, currency)
    return amount + sum(change for _, _, change in steps)


def changes(
    amount: int, per: int, pieces: int, discounts: Iterable[InForce], currency: str
) -> Iterator[tuple[InForce, int, int]]:
    """What each discount, at its rate for `pieces` of the style, makes of the price of `per` pieces
    that the steps before have left."""
    left, grain = amount, price_grain(currency)
    for one in discounts:
        rate = one.rate_at(pieces, amount * pieces // per)
        if one.percent:
            less = divide_half_up((left if one.running else amount) * rate, PERCENT * grain)
        else:
            less = divide_half_up(rate * per, one.per * grain)
        less *= grain
        after = min(MOST_PRICE, max(0, left - less))
        yield one, rate, after - left
        left = after


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
