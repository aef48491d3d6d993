"""Which at-once lines ask for more than is available."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shared.availability.model import Receipt
from shared.availability.rules import ShipDates, ats_beside, later_beside, pending
from shared.cart.context import CartContext
from shared.cart.pricing import PricedLine
from shared.style.model import Unit


@dataclass(frozen=True)
class Shortage:
    """Line number `line` can have `left` pieces on `on`, and more at the dates of `later`."""

    line: int
    sku: str
    left: int
    on: date
    later: list[Receipt]
    unit: Unit


def shortages(
    lines: list[PricedLine], context: CartContext, ships: Mapping[tuple[str, str], date]
) -> list[Shortage]:
    """Shortages of at-once lines, in the order of `lines`; pre-book isn't limited by stock.

    Lines share what there is: each takes its pieces before the next is looked at, the
    earlier ship date first.
    """
    promised: dict[str, ShipDates] = {}
    result = []
    dated = [
        (ships.get((priced.line.door, priced.line.window), context.today), index, priced)
        for index, priced in enumerate(lines)
        if priced.product and is_at_once(context, priced.line.window)
    ]
    for on, index, priced in sorted(dated, key=lambda item: item[:2]):
        if (product := priced.product) is None:
            continue
        style, article = product.style.number, product.sku.article
        availability = context.availability.get(style)
        stock = availability.stock.get(article) if availability else None
        if article not in promised:
            promised[article] = pending(availability, article) if availability else {}
        promises = promised[article]
        left = ats_beside(stock, promises, on)
        if priced.line.quantity > left:
            more = later_beside(stock, promises, on)
            result.append(Shortage(index, priced.line.sku, left, on, more, product.style.unit))
        promises[on] = promises.get(on, 0) + min(left, priced.line.quantity)
    return sorted(result, key=lambda shortage: shortage.line)


def is_at_once(context: CartContext, window: str) -> bool:
    """Whether a window sells from stock."""
    found = context.assortment.windows.get(window)
    return found is not None and found.kind == "at_once"
