"""Every check of a cart (docs/domain.md, "Cart"), pure. Errors block placing, warnings don't."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from babel import Locale
from pydantic import BaseModel

from shared.assortment.model import DeliveryWindow
from shared.assortment.rules import is_open, windows_of
from shared.cart.context import CartContext
from shared.cart.pricing import PricedCart, PricedLine
from shared.cart.shortage import Shortage, shortages
from shared.company.blocks import block_message
from shared.company.model import Company
from shared.market.currencies import currency_fault
from shared.market.model import SALES_ORGANISATIONS
from shared.money import Money
from shared.style.model import Unit
from shared.text.message import N_, Message, N_plural, Parameter
from shared.vat.check import VatAnswer
from shared.vat.check_wording import check_text
from shared.vat.ids import last_check
from shared.vat.rules import VatRule
from shared.vat.wording import NO_VAT_ID

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Check:
    """One finding; `pointer` is an RFC 6901 pointer into the cart as answered."""

    code: str
    severity: Severity
    pointer: str
    message: Message
    data: Mapping[str, Any] = field(default_factory=dict)


class CheckView(BaseModel):
    """A check as the portal gets it; `data` holds what its `code` needs, for programs."""

    code: str
    severity: Severity
    pointer: str
    detail: str
    data: dict[str, Any]


def view(check: Check, locale: Locale) -> CheckView:
    """The check in the reader's language."""
    return CheckView(
        code=check.code,
        severity=check.severity,
        pointer=check.pointer,
        detail=check.message.render(locale),
        data=dict(check.data),
    )


def check_cart(
    cart: PricedCart, context: CartContext, ships: Mapping[tuple[str, str], date]
) -> list[Check]:
    """All checks. `ships` gives requested dates by (door, window); today where it has none."""
    return [
        *_company(cart, context),
        *(check for i, line in enumerate(cart.lines) for check in check_line(i, line, context)),
        *map(shortage_check, shortages(cart.lines, context, ships)),
        *_styles(cart, context),
        *_orders(cart, context),
    ]


def _company(cart: PricedCart, context: CartContext) -> Iterator[Check]:
    if blocked := block_message(context.company):
        yield Check("company_blocked", "error", "", blocked, {"reason": context.company.block})
    currency = context.company.profile.currency
    if currency_fault(currency, context.today):
        text = N_(
            "Nothing can be ordered in %(currency)s any more. Please contact us for your prices "
            "in the new currency."
        )
        yield Check("currency_ended", "error", "", Message(text, {"currency": currency}))
    left = context.company.credit_left()
    if left is not None and left.currency != cart.net.currency:
        left = None  # the company's currency changed; SAP's next figures tell
    organisation = SALES_ORGANISATIONS[context.company.profile.sales_area.organisation]
    value = cart.gross if organisation.credit == "gross" else cart.net
    if left is not None and value.amount > left.amount:
        text = N_(
            "This cart takes %(value)s of your credit, of which %(left)s is left. "
            "The order may be held until that is cleared."
        )
        shown = Money(amount=max(0, left.amount), currency=left.currency)
        data = {"left": left.amount, "value": value.amount, "net": cart.net.amount}
        yield Check(
            "over_credit", "warning", "", Message(text, {"value": value, "left": shown}), data
        )
    if any(delivery.vat.rule is VatRule.NO_VAT_ID for delivery in cart.deliveries):
        yield Check("no_vat_id", "warning", "", _no_vat_id(context.company))


def _no_vat_id(company: Company) -> Message:
    check = last_check(company)
    if check is None or check.answer is not VatAnswer.INVALID or not company.profile.vat_id_valid:
        return NO_VAT_ID
    text = N_(
        "%(answer)s So VAT is charged. Have the id registered for trade within the EU, or tell us "
        "the right one."
    )
    return Message(text, {"answer": check_text(check)})


def check_line(index: int, priced: PricedLine, context: CartContext) -> Iterator[Check]:
    """What is wrong with the line at `index` whatever else the cart has."""
    line, place = priced.line, f"/lines/{index}"
    if priced.product is None:
        text = N_("%(sku)s can't be ordered any more.")
        message = Message(text, {"sku": line.sku})
        yield Check("not_available", "error", f"{place}/sku", message)
    else:
        windows = windows_of(context.assortment, priced.product.colourway)
        yield from _window(line.window, windows, context.today, f"{place}/window")
        multiple = priced.product.style.multiple
        if line.quantity % multiple:
            text = N_("Order this in steps of %(multiple)s.")
            message = Message(text, {"multiple": multiple})
            data = {"multiple": multiple}
            yield Check("not_a_multiple", "error", f"{place}/quantity", message, data)
    door = context.company.profile.doors.get(line.door)
    if door is None or door.blocked:
        text = N_("This door can't be delivered to.")
        yield Check("door_not_allowed", "error", f"{place}/door", Message(text))


def _window(
    window: str, offered: Iterable[DeliveryWindow], today: date, pointer: str
) -> Iterator[Check]:
    found = next((w for w in offered if w.id == window), None)
    if found is None:
        text = N_("This style is not offered in this delivery window.")
        yield Check("window_not_offered", "error", pointer, Message(text))
    elif not is_open(found, today):
        text = N_("Orders for this delivery window are taken from %(opens)s to %(cut_off)s.")
        parameters = {"opens": found.opens, "cut_off": found.cut_off}
        data = {"opens": found.opens.isoformat(), "cut_off": found.cut_off.isoformat()}
        yield Check("window_closed", "error", pointer, Message(text, parameters), data)


_ONLY: dict[Unit, tuple[str, str]] = {
    "PCE": N_plural(
        "Only %(count)s piece of %(sku)s is left for %(on)s.",
        "Only %(count)s pieces of %(sku)s are left for %(on)s.",
    ),
    "PR": N_plural(
        "Only %(count)s pair of %(sku)s is left for %(on)s.",
        "Only %(count)s pairs of %(sku)s are left for %(on)s.",
    ),
}
_AT_LEAST: dict[Unit, tuple[str, str]] = {
    "PCE": N_plural(
        "Order at least %(count)s piece of style %(style)s; the cart has %(pieces)s.",
        "Order at least %(count)s pieces of style %(style)s; the cart has %(pieces)s.",
    ),
    "PR": N_plural(
        "Order at least %(count)s pair of style %(style)s; the cart has %(pieces)s.",
        "Order at least %(count)s pairs of style %(style)s; the cart has %(pieces)s.",
    ),
}


def shortage_check(shortage: Shortage) -> Check:
    """What can be had of a line that asks for too much."""
    text: str | tuple[str, str]
    text = _ONLY[shortage.unit] if shortage.left else N_("Nothing of %(sku)s is left for %(on)s.")
    message = Message(text, {"count": shortage.left, "sku": shortage.sku, "on": shortage.on})
    if shortage.later:
        first = shortage.later[0]
        text = N_plural(
            "%(shortage)s From %(later)s there is %(count)s.",
            "%(shortage)s From %(later)s there are %(count)s.",
        )
        message = Message(text, {"shortage": message, "later": first.on, "count": first.quantity})
    data = {
        "sku": shortage.sku,
        "left": shortage.left,
        "on": shortage.on.isoformat(),
        "later": [{"on": r.on.isoformat(), "quantity": r.quantity} for r in shortage.later],
    }
    return Check("shortage", "error", f"/lines/{shortage.line}/quantity", message, data)


def _styles(cart: PricedCart, context: CartContext) -> Iterator[Check]:
    for index, number in enumerate(cart.styles):
        style, pieces = context.styles[number], cart.styles[number].pieces
        if pieces < (minimum := style.minimum):
            told: dict[str, Parameter] = {"count": minimum, "style": number, "pieces": pieces}
            message = Message(_AT_LEAST[style.unit], told)
            data = {"style": number, "minimum": minimum, "pieces": pieces}
            yield Check("below_style_minimum", "error", f"/styles/{index}", message, data)


def _orders(cart: PricedCart, context: CartContext) -> Iterator[Check]:
    profile = context.company.profile
    if not cart.lines:
        yield Check("empty", "error", "/lines", Message(N_("The cart is empty.")))
    for index, delivery in enumerate(cart.deliveries):
        if delivery.net.amount < profile.minimum_order:
            minimum = Money(amount=profile.minimum_order, currency=profile.currency)
            text = N_("An order is at least %(minimum)s; this one has %(net)s.")
            message = Message(text, {"minimum": minimum, "net": delivery.net})
            data = {"minimum": minimum.amount, "net": delivery.net.amount}
            yield Check("below_order_minimum", "error", f"/deliveries/{index}", message, data)
