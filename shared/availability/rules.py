"""Available to sell (DOMAIN.md, "Availability"), pure."""

from collections import defaultdict
from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from shared.availability.model import Availability, Promise, Receipt, Stock
from shared.company.model import AvailabilityDisplay

CAP = 100
LOW = 10


Promised = dict[date, int]  # pieces by ship date


def ats(availability: Availability | None, article: str, on: date) -> int:
    """Pieces of `article` that can be sold to ship on `on`; never negative."""
    if availability is None:
        return 0
    return ats_beside(availability.stock.get(article), pending(availability, article), on)


def ats_beside(stock: Stock | None, promised: Promised, on: date) -> int:
    """Pieces that can be sold to ship on `on` beside what is `promised`; never negative.

    Stock and receipts up to a date, less SAP's open orders and our promises that SAP's
    figures don't include yet. A promise for a later date is not sold again earlier, so
    it is the least balance from `on` onwards that counts.
    """
    if stock is None:
        return 0
    days = {on, *(receipt.on for receipt in stock.receipts), *promised}
    return max(0, min(_balance(stock, promised, day) for day in days if day >= on))


def pending(availability: Availability, article: str) -> Promised:
    """Promises of `article` that SAP's figures don't include yet."""
    result: Promised = defaultdict(int)
    for promise in availability.promises.values():
        if article in promise.quantities and not includes(availability, article, promise):
            result[promise.on] += promise.quantities[article]
    return result


def pending_by_article(availability: Availability) -> dict[str, Promised]:
    """The `pending` of every article that has any, in one pass over the promises."""
    result: dict[str, Promised] = {}
    for promise in availability.promises.values():
        for article, quantity in promise.quantities.items():
            if not includes(availability, article, promise):
                result.setdefault(article, defaultdict(int))[promise.on] += quantity
    return result


def includes(availability: Availability, article: str, promise: Promise) -> bool:
    """Whether SAP's figures of `article` already count this promise among its open orders."""
    stock = availability.stock.get(article)
    return promise.sap_stamp is not None and stock is not None and stock.stamp >= promise.sap_stamp


def settled(availability: Availability, promise: Promise) -> bool:
    """Whether SAP's figures include all of the promise, so that it can be forgotten."""
    return all(includes(availability, article, promise) for article in promise.quantities)


def later(availability: Availability | None, article: str, after: date) -> list[Receipt]:
    """When more can be had: dates after `after` at which ATS grows, with the ATS then."""
    if availability is None:
        return []
    return later_beside(availability.stock.get(article), pending(availability, article), after)


def later_beside(stock: Stock | None, promised: Promised, after: date) -> list[Receipt]:
    """`later` beside what is `promised`."""
    if stock is None:
        return []
    result: list[Receipt] = []
    known = ats_beside(stock, promised, after)
    for day in sorted({receipt.on for receipt in stock.receipts if receipt.on > after}):
        quantity = ats_beside(stock, promised, day)
        if quantity > known:
            result.append(Receipt(on=day, quantity=quantity))
            known = quantity
    return result


class Shown(BaseModel):
    """Availability as the company is set to see it."""

    level: Literal["none", "low", "good"]
    quantity: int | None = Field(description="pieces; None where only the level is shown")
    capped: bool = Field(default=False, description="there is more than `quantity`")


def shown(quantity: int, display: AvailabilityDisplay) -> Shown:
    """`quantity` as an exact number, as a cap ("100+") or as a traffic light."""
    level: Literal["none", "low", "good"] = (
        "none" if quantity <= 0 else "low" if quantity < LOW else "good"
    )
    if display == "light":
        return Shown(level=level, quantity=None)
    if display == "cap" and quantity > CAP:
        return Shown(level=level, quantity=CAP, capped=True)
    return Shown(level=level, quantity=quantity)


def _balance(stock: Stock, promised: Promised, day: date) -> int:
    arrived = sum(receipt.quantity for receipt in stock.receipts if receipt.on <= day)
    gone = sum(quantity for on, quantity in promised.items() if on <= day)
    return stock.on_hand + arrived - stock.ordered - gone
