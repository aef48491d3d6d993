"""Every check of a changed order (docs/domain.md, "Order"), pure.

What a change leaves as it was is not held against it, nor is what it takes less of: a style
that is not offered any more can still be reduced or removed. Pointers are into the request.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shared.assortment.rules import is_open
from shared.availability.promised import add
from shared.availability.rules import ats_beside, later_beside, pending
from shared.cart.checks import Check, shortage_check
from shared.cart.context import CartContext
from shared.cart.shortage import Shortage
from shared.company.blocks import block_message
from shared.money import Money
from shared.order.commitment import counted_by_sap, promised_pieces
from shared.order.model import Order, OrderLine
from shared.style.model import Unit, style_of
from shared.text.message import N_, Message, N_plural


@dataclass(frozen=True)
class LineEdit:
    """A line of the order that the request changes: `index` in the order, `place` in the request."""

    place: int
    index: int
    line: OrderLine
    quantity: int

    @property
    def grows(self) -> bool:
        """Whether it takes more."""
        return self.quantity > self.line.quantity


def check_change(
    order: Order, new: Order, changes: list[LineEdit], context: CartContext
) -> list[Check]:
    """All checks of `new`, which the `changes` make of `order`."""
    growing = any(change.grows for change in changes)
    return [
        *(_company(context) if growing else ()),
        *_window(order, context),
        *(check for change in changes for check in _line(order, change, context)),
        *_styles(order, new, context),
        *_sums(order, new, context),
    ]


def _company(context: CartContext) -> Iterator[Check]:
    if blocked := block_message(context.company):
        yield Check("company_blocked", "error", "", blocked, {"reason": context.company.block})


def _window(order: Order, context: CartContext) -> Iterator[Check]:
    window = context.assortment.windows.get(order.window)
    if window is None:
        text = N_("Changes are not possible any more for this delivery window.")
        yield Check("window_not_offered", "error", "", Message(text))
    elif not is_open(window, context.today):
        text = N_("Orders for this delivery window are taken from %(opens)s to %(cut_off)s.")
        parameters = {"opens": window.opens, "cut_off": window.cut_off}
        data = {"opens": window.opens.isoformat(), "cut_off": window.cut_off.isoformat()}
        yield Check("window_closed", "error", "", Message(text, parameters), data)


def _line(order: Order, change: LineEdit, context: CartContext) -> Iterator[Check]:
    place, line = f"/lines/{change.place}/quantity", change.line
    product = context.product(line.sku)
    data = {"sku": line.sku}
    if line.rejected or not line.quantity:
        text = N_("%(sku)s is not part of this order any more.")
        yield Check("line_ended", "error", place, Message(text, data), data)
        return
    if product is not None and change.quantity % product.style.multiple:
        multiple = product.style.multiple
        message = Message(N_("Order this in steps of %(multiple)s."), {"multiple": multiple})
        yield Check("not_a_multiple", "error", place, message, {**data, "multiple": multiple})
    if not change.grows:
        return
    if product is None:
        text = N_("%(sku)s can't be ordered any more.")
        yield Check("not_available", "error", place, Message(text, data), data)
    door = context.company.profile.doors.get(order.door.id)
    if door is None or door.blocked:
        text = N_("This door can't be delivered to.")
        yield Check("door_not_allowed", "error", place, Message(text), data)
    if order.at_once and (short := _shortage(order, change, context)):
        yield shortage_check(short)


def _shortage(order: Order, change: LineEdit, context: CartContext) -> Shortage | None:
    """What can be had beside all others; what the order has already is its own."""
    on = max(order.requested_on, context.today)
    line = change.line
    product = context.product(line.sku)
    unit = product.style.unit if product else "PCE"
    availability = context.availability.get(style_of(line.sku))
    if availability is None:
        return Shortage(change.place, line.sku, line.quantity, on, [], unit)
    own = {
        (promise.article, promise.stamp, promise.on): -pieces
        for promise, pieces in promised_pieces(order).items()
        if promise.article == line.article
    }
    others = add(availability.promised, own)
    promised = pending(availability.model_copy(update={"promised": others}), line.article)
    stock = availability.stock.get(line.article)
    if stock is not None:
        counted = counted_by_sap(order, change.index, stock.stamp)
        stock = stock.model_copy(update={"ordered": stock.ordered - counted})
    left = max(line.quantity, ats_beside(stock, promised, on))
    if change.quantity <= left:
        return None
    return Shortage(change.place, line.sku, left, on, later_beside(stock, promised, on), unit)


def _styles(order: Order, new: Order, context: CartContext) -> Iterator[Check]:
    """Minimums of the styles that there is less of; one may be taken out altogether."""
    before, after = _by_style(order), _by_style(new)
    for number, pieces in after.items():
        style = context.styles.get(number)
        if style is None or not 0 < pieces < min(style.minimum, before[number]):
            continue
        minimum = style.minimum
        message = Message(
            _AT_LEAST[style.unit], {"count": minimum, "style": number, "pieces": pieces}
        )
        data = {"style": number, "minimum": minimum, "pieces": pieces}
        yield Check("below_style_minimum", "error", "/lines", message, data)


_AT_LEAST: dict[Unit, tuple[str, str]] = {
    "PCE": N_plural(
        "Order at least %(count)s piece of style %(style)s; the order has %(pieces)s.",
        "Order at least %(count)s pieces of style %(style)s; the order has %(pieces)s.",
    ),
    "PR": N_plural(
        "Order at least %(count)s pair of style %(style)s; the order has %(pieces)s.",
        "Order at least %(count)s pairs of style %(style)s; the order has %(pieces)s.",
    ),
}


def _by_style(order: Order) -> Mapping[str, int]:
    pieces: Counter[str] = Counter()
    for line in order.lines:
        pieces[style_of(line.sku)] += 0 if line.rejected else line.quantity
    return pieces


def _sums(order: Order, new: Order, context: CartContext) -> Iterator[Check]:
    if not any(_by_style(new).values()):
        text = N_("Nothing would be left of this order. Cancel it instead.")
        yield Check("empty", "error", "/lines", Message(text))
        return
    profile = context.company.profile
    if new.net.amount < min(profile.minimum_order, order.net.amount):
        minimum = Money(amount=profile.minimum_order, currency=profile.currency)
        text = N_("An order is at least %(minimum)s; this one has %(net)s.")
        message = Message(text, {"minimum": minimum, "net": new.net})
        data = {"minimum": minimum.amount, "net": new.net.amount}
        yield Check("below_order_minimum", "error", "/lines", message, data)
    before, after = (order.gross, new.gross) if order.credit == "gross" else (order.net, new.net)
    more = Money(amount=after.amount - before.amount, currency=order.currency)
    left = context.company.credit_left()
    if left and left.currency == more.currency and more.amount > max(0, left.amount):
        text = N_(
            "This adds %(more)s, which is over the credit that is left (%(left)s). "
            "The order may be held until that is cleared."
        )
        shown = Money(amount=max(0, left.amount), currency=left.currency)
        data = {"left": left.amount, "more": more.amount}
        yield Check(
            "over_credit", "warning", "", Message(text, {"more": more, "left": shown}), data
        )
