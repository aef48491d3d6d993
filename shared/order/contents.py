"""What each version of an order has on its lines: article, pieces, price. Pure.

A version of the buyer's says pieces only. What SAP made another (an article put in place of
another, a price, an item of its own) stands in what SAP told, `Order.sap_states`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from shared.money import Money, UnitPrice
from shared.order.model import Order, OrderLine, SapState, Version


@dataclass(frozen=True)
class Content:
    """A line as a version has it; of zero pieces it has not."""

    article: str  # empty before people in SAP added the line
    quantity: int
    unit_price: UnitPrice
    amount: Money

    def of(self, quantity: int) -> "Content":
        """The same at the same price, but so many; an amount that SAP told stays as it is."""
        if quantity == self.quantity:
            return self
        return replace(self, quantity=quantity, amount=self.unit_price.line_amount(quantity))


def contents(order: Order, versions: Sequence[Version]) -> Iterator[tuple[Version, list[Content]]]:
    """Each of the `versions` that count, oldest first, with its lines in the order's places."""
    told = {stamp: state for state in order.sap_states for stamp in state.stamps}
    now = placed_contents(order, versions[0])
    for version in versions:
        state = told.get(version.sap_stamp or "") if version.via_sap else None
        if state is not None:
            now = overlaid(order, versions[0], now, state)
        now = [one.of(pieces) for one, pieces in zip(now, version.quantities, strict=True)]
        yield version, now


def placed_lines(order: Order) -> list[OrderLine]:
    """The lines as they were placed, where SAP has changed them; those of SAP's own as they are."""
    kept = {line.position: line for line in order.placed_lines}
    return [kept.get(line.position, line) for line in order.lines]


def placed_contents(order: Order, created: Version) -> list[Content]:
    """The lines that SAP was created with."""
    return [
        _nothing(order)
        if line.position in order.sap_added
        else Content(line.article, line.quantity, line.unit_price, line.amount).of(quantity)
        for line, quantity in zip(placed_lines(order), created.quantities, strict=True)
    ]


def _nothing(order: Order) -> Content:
    """Of a line that is not there yet, so that it is the same however the line came to be."""
    nothing = UnitPrice(amount=0, currency=order.currency)
    return Content("", 0, nothing, nothing.line_amount(0))


def overlaid(
    order: Order, created: Version, now: Sequence[Content], state: SapState
) -> list[Content]:
    """The lines after SAP told its `state`; one that it rejects, or has not, stays as it was."""
    lines = zip(order.lines, now, placed_contents(order, created), strict=True)
    return [_after(order, line.position, before, placed, state) for line, before, placed in lines]


def _after(
    order: Order, position: int, before: Content, placed: Content, state: SapState
) -> Content:
    if told := state.lines.get(position):
        price = UnitPrice(amount=told.price, currency=order.currency, per=told.per)
        amount = Money(amount=told.amount, currency=order.currency)
        return Content(told.article, told.quantity, price, amount)
    ended = position in state.rejected or position in state.gone
    return before if ended or position in order.sap_added else placed
