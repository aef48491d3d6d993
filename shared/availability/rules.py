"""Available to sell (docs/domain.md, "Availability"), pure."""

from bisect import bisect_right
from collections import defaultdict
from datetime import date
from itertools import accumulate
from typing import Literal

from pydantic import BaseModel, Field

from shared.availability.model import Availability, Receipt, Stock
from shared.company.model import AvailabilityDisplay
from shared.stamped import counts_beside

CAP = 100
LOW = 10


ShipDates = dict[date, int]
"""Ship date -> pieces."""


def ats(availability: Availability | None, article: str, on: date) -> int:
    """Pieces of `article` that can be sold to ship on `on`; never negative."""
    if availability is None:
        return 0
    return ats_beside(availability.stock.get(article), pending(availability, article), on)


def ats_beside(stock: Stock | None, promised: ShipDates, on: date) -> int:
    """Pieces that can be sold to ship on `on` beside what is `promised`; never negative.

    Stock and receipts up to a date, less SAP's open orders and our promises that SAP's
    figures don't include yet. A promise for a later date is not sold again earlier, so
    it is the least balance from `on` onwards that counts.
    """
    if stock is None:
        return 0
    days, least = _least_balances(stock, promised)
    return max(0, least[bisect_right(days, on)])


def pending(availability: Availability, article: str) -> ShipDates:
    """What is promised of `article` and not yet part of SAP's figures."""
    figures = availability.stock.get(article)
    result: ShipDates = defaultdict(int)
    for stamp, by_date in availability.promised.get(article, {}).items():
        if counts_beside(stamp, figures.stamp if figures else None):
            for on, pieces in by_date.items():
                result[on] += pieces
    return result


def later(availability: Availability | None, article: str, after: date) -> list[Receipt]:
    """When more can be had: dates after `after` at which ATS grows, with the ATS then."""
    if availability is None:
        return []
    return later_beside(availability.stock.get(article), pending(availability, article), after)


def later_beside(stock: Stock | None, promised: ShipDates, after: date) -> list[Receipt]:
    """`later` beside what is `promised`."""
    if stock is None:
        return []
    days, least = _least_balances(stock, promised)
    first = bisect_right(days, after)
    result: list[Receipt] = []
    known = max(0, least[first])
    for day, quantity in zip(days[first:], least[first + 1 :], strict=True):
        if quantity > known:
            result.append(Receipt(on=day, quantity=quantity))
            known = quantity
    return result


class Shown(BaseModel):
    """Availability as the company is set to see it."""

    level: Literal["none", "low", "good"]
    quantity: int | None = Field(description="pieces; None where only the level is shown")
    capped: bool = Field(default=False, description="there is more than `quantity`")


def display_quantity(quantity: int, display: AvailabilityDisplay) -> Shown:
    """`quantity` as an exact number, as a cap ("100+") or as a traffic light."""
    level: Literal["none", "low", "good"] = (
        "none" if quantity <= 0 else "low" if quantity < LOW else "good"
    )
    if display == "light":
        return Shown(level=level, quantity=None)
    if display == "cap" and quantity > CAP:
        return Shown(level=level, quantity=CAP, capped=True)
    return Shown(level=level, quantity=quantity)


def _least_balances(stock: Stock, promised: ShipDates) -> tuple[list[date], list[int]]:
    """The days on which the balance changes, ascending, and the least balance from then on.

    The balances are one more than the days: the first holds before all of them, the one after a
    day from that day on. A page of the catalogue works this out for each of its SKUs, so its cost
    grows with the receipts and not with their square.
    """
    if not stock.receipts and not promised:
        return [], [stock.on_hand - stock.ordered]
    changes: dict[date, int] = {}
    for receipt in stock.receipts:
        changes[receipt.on] = changes.get(receipt.on, 0) + receipt.quantity
    for on, pieces in promised.items():
        changes[on] = changes.get(on, 0) - pieces
    days = sorted(changes)
    balances = list(
        accumulate(map(changes.__getitem__, days), initial=stock.on_hand - stock.ordered)
    )
    return days, list(accumulate(reversed(balances), min))[::-1]
