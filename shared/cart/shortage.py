"""Which at-once lines ask for more than is available."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shared.availability.model import Availability, Promise, Receipt
from shared.availability.rules import ats, later
from shared.cart.context import CartContext
from shared.cart.pricing import PricedLine


@dataclass(frozen=True)
class Shortage:
    """Line number `line` can have `left` pieces on `on`, and more at the dates of `later`."""

    line: int
    sku: str
    left: int
    on: date
    later: list[Receipt]


def shortages(
    lines: list[PricedLine], context: CartContext, ships: Mapping[tuple[str, str], date]
) -> list[Shortage]:
    """Shortages of at-once lines; pre-book is not limited by today's stock.

    Lines share what there is: each takes its pieces before the next is looked at, the
    earlier ship date first.
    """
    remaining = dict(context.availability)
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
        availability = remaining.get(style)
        left = ats(availability, article, on)
        if priced.line.quantity > left:
            more = later(availability, article, on)
            result.append(Shortage(index, priced.line.sku, left, on, more))
        if availability is not None:
            taken = min(left, priced.line.quantity)
            remaining[style] = _taking(availability, f"line {index}", article, taken, on)
    return result


def is_at_once(context: CartContext, window: str) -> bool:
    """Whether a window sells from stock."""
    found = context.assortment.windows.get(window)
    return found is not None and found.kind == "at_once"


def _taking(
    availability: Availability, holder: str, article: str, quantity: int, on: date
) -> Availability:
    promise = Promise(on=on, quantities={article: quantity})
    return availability.model_copy(update={"promises": {**availability.promises, holder: promise}})
