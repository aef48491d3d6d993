"""SAP's answer for its reader: where it differs from Sellin's figures, and where there is none."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_time

from functions.simulations.asking import Answered, Why
from functions.simulations.cart import PlannedOrder, PlannedOrders
from functions.simulations.schema import ShortfallView, SimulatedOrder, SimulationView
from shared.market.day import market_of
from shared.money import Money, total
from shared.sap.enquiry import AnsweredLine, AskedLine, AskedOrder
from shared.text.message import N_, Message, Parameter

_NOTICES = {
    Why.AWAY: N_(
        "The brand's order system does not answer just now. Availability and prices are those "
        "known here at %(at)s; you can order all the same."
    ),
    Why.LATE: N_(
        "The brand's order system took too long to answer. Availability and prices are those "
        "known here at %(at)s; you can order all the same."
    ),
    Why.REFUSED: N_(
        "The brand's order system could not check this order beforehand. Availability and prices "
        "are those known here at %(at)s; you can order all the same."
    ),
}


def view(
    found: PlannedOrders, answers: list[Answered], locale: Locale, now: datetime
) -> SimulationView:
    """What there is to be told of each order that SAP was to be asked about."""
    zone = ZoneInfo(market_of(found.company).time_zone)
    at = str(format_time(now, "short", tzinfo=zone, locale=locale))
    orders = [
        _order(planned, answer, at, locale)
        for planned, answer in zip(found.orders, answers, strict=True)
        if answer.why is not Why.OFF
    ]
    differs = any(order.price_difference for order in orders)
    text = N_("I have seen that the brand's prices differ, and order at the prices shown here.")
    return SimulationView(
        at=now, orders=orders, to_accept=Message(text).render(locale) if differs else None
    )


def _order(planned: PlannedOrder, answer: Answered, at: str, locale: Locale) -> SimulatedOrder:
    delivery, order = planned.delivery, planned.order
    text = _NOTICES[answer.why] if answer.why and not answer.lines else None
    sap_net = _net(order, answer)
    return SimulatedOrder(
        door=delivery.door,
        window=delivery.window,
        source="sap" if answer.lines else "sellin",
        notice=Message(text, {"at": at}).render(locale) if text else None,
        shortfalls=list(_shortfalls(order, answer, locale)),
        net=delivery.net,
        sap_net=sap_net,
        price_difference=_price_difference(delivery.net, sap_net, locale),
    )


def _net(order: AskedOrder, answer: Answered) -> Money | None:
    """None where a line's is not known, and in another currency, which nobody can compare."""
    amounts = [line.net for line in answer.lines if line.net is not None]
    if (
        not amounts
        or len(amounts) < len(order.lines)
        or {amount.currency for amount in amounts} != {order.currency}
    ):
        return None
    return total(amounts, order.currency)


def _price_difference(ours: Money, saps: Money | None, locale: Locale) -> str | None:
    if saps is None or saps == ours:
        return None
    text = N_(
        "The brand comes to %(saps)s net for this order instead of %(ours)s. You order at "
        "%(ours)s; the brand clears the difference before it delivers."
    )
    return Message(text, {"saps": saps, "ours": ours}).render(locale)


def _shortfalls(order: AskedOrder, answer: Answered, locale: Locale) -> Iterator[ShortfallView]:
    answered = {line.position: line for line in answer.lines}
    for line in order.lines:
        one = answered.get(line.position)
        if one is None or _in_time(one, order) >= line.quantity:
            continue
        yield ShortfallView(
            sku=line.sku,
            quantity=line.quantity,
            confirmed=one.confirmed,
            text=_shortfall(order, line, one).render(locale),
        )


def _in_time(answered: AnsweredLine, order: AskedOrder) -> int:
    return sum(one.quantity for one in answered.confirmed if one.on <= order.requested_on)


def _shortfall(order: AskedOrder, line: AskedLine, answered: AnsweredLine) -> Message:
    on, in_time = order.requested_on, _in_time(answered, order)
    later = [
        Message(N_("%(quantity)s on %(on)s"), {"quantity": one.quantity, "on": one.on})
        for one in answered.confirmed
        if one.on > on
    ]
    values: dict[str, Parameter] = {
        "sku": line.sku,
        "confirmed": in_time,
        "quantity": line.quantity,
        "on": on,
    }
    if later:
        text = N_(
            "%(sku)s: the brand confirms %(confirmed)s of %(quantity)s for %(on)s, then %(later)s."
        )
        return Message(text, {**values, "later": later})
    text = N_(
        "%(sku)s: the brand confirms %(confirmed)s of %(quantity)s for %(on)s, and no more yet."
    )
    return Message(text, values)
