"""From a cart to orders, pure: no clock, no chance, no I/O, so an attempt may be repeated."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from functions.orders.blocked import BlockedProblem
from functions.orders.consent import consent_of
from functions.orders.schema import PlaceRequest, SeenPrice
from shared.approval.rules import Asked, describe_asked
from shared.assortment.rules import last_order_day
from shared.cart.checks import Check, check_cart
from shared.cart.context import CartContext
from shared.cart.deliveries import Dates, DeliveryKey, agreed_dates
from shared.cart.model import Cart
from shared.cart.pricing import Delivery, PricedCart, PricedLine, in_order, price_cart
from shared.identity.caller import Caller
from shared.market.day import market_of
from shared.market.model import SALES_ORGANISATIONS
from shared.money import UnitPrice
from shared.order.consent import Consent
from shared.order.handover import HANDOVER_GRACE, Handover
from shared.order.model import Order, OrderLine, Step, StyleNames
from shared.order.po_number import sap_form
from shared.order.status import Status
from shared.problem import Problem
from shared.style.model import Style, size_run, style_of
from shared.text.message import N_

MOST_ORDERS = 999
"""An order's number ends with three digits."""

LARGEST_ORDER = 900_000
"""Bytes of JSON, which is about what Firestore counts; a document holds 1 MiB.

The rest is for shipments and invoices: some 10 bytes for each line that one of them has.
"""

CONFIRMATIONS = 54
"""Bytes kept free for each line: SAP may confirm it on three dates."""

LARGEST_PLACING = 5_000_000
"""Bytes of all orders together; a commit takes 10 MiB, also of what they take of stock."""


class CartNotAsSeenProblem(Problem):
    """The cart is not what the buyer saw."""

    status = 409
    code = "cart_changed"
    text = N_("The cart was changed since you saw it. Please look at it again.")


class PriceChangedProblem(Problem):
    """A price is not what the buyer saw; nothing is charged that was not shown."""

    status = 409
    code = "price_changed"
    text = N_("Prices changed since you saw the cart. Please look at them and order again.")


class TooManyOrdersProblem(Problem):
    """More doors and windows than one placing can number."""

    status = 422
    code = "too_many_orders"
    text = N_("A cart makes at most %(limit)s orders (doors × delivery windows). Please split it.")


class OrderTooLargeProblem(Problem):
    """More than one order, or one commit, can hold."""

    status = 422
    code = "order_too_large"
    text = N_("This cart is too large to be ordered at once. Please split it.")


class NotPlaceableProblem(BlockedProblem):
    """Checks of the cart block placing."""

    code = "not_placeable"
    text = N_("This cart can't be ordered as it is. Nothing was ordered.")


@dataclass(frozen=True)
class OrderPlan:
    """What placing writes, and what rules of approval measure of it."""

    orders: list[Order]
    warnings: list[Check]
    asked: Asked


def plan_order(
    cart: Cart,
    context: CartContext,
    request: PlaceRequest,
    caller: Caller,
    number: str,
    now: datetime,
) -> OrderPlan:
    """One order for each door and delivery window of `cart`, numbered `<number>-001`, ….

    Raises:
        CartNotAsSeenProblem, PriceChangedProblem, NotPlaceableProblem: the state conflicts.
        InvalidInputProblem, TooManyOrdersProblem, OrderTooLargeProblem: the request is wrong.
    """
    consent = consent_of(request, caller)
    if cart.revision != request.cart.revision:
        raise CartNotAsSeenProblem(extra={"revision": cart.revision})
    dates = agreed_dates(cart, context, request.deliveries)
    ships = {place: agreed.requested_on for place, agreed in dates.items()}
    priced = price_cart(in_order(cart.lines.values(), context), context, ships)
    if len(priced.deliveries) > MOST_ORDERS:
        raise TooManyOrdersProblem(limit=MOST_ORDERS)
    if changes := price_changes(priced, request.prices):
        raise PriceChangedProblem(extra={"prices": changes})
    checks = check_cart(priced, context, ships)
    if any(check.severity == "error" for check in checks):
        raise NotPlaceableProblem(checks)
    orders = _orders(
        priced, context, dates, _Header(cart.id, request.po_number, caller, consent, number, now)
    )
    asked = describe_asked(priced, context, caller.uid)
    return OrderPlan(orders=orders, warnings=checks, asked=asked)


def price_changes(priced: PricedCart, seen: list[SeenPrice]) -> list[dict[str, object]]:
    """Styles, and SKUs that have prices of their own, whose net unit price is not what was seen.

    `seen` is null for one not shown at all, `sku` for the price of a style.
    """
    shown = {(price.style, price.sku): price.unit_price for price in seen}
    return [
        {
            "style": style,
            "sku": sku,
            "seen": shown[style, sku].model_dump() if (style, sku) in shown else None,
            "now": now.model_dump(),
        }
        for (style, sku), now in _unit_prices(priced).items()
        if shown.get((style, sku)) != now
    ]


def _unit_prices(priced: PricedCart) -> dict[tuple[str, str | None], UnitPrice]:
    """Of each style, and of each SKU whose price is another."""
    found: dict[tuple[str, str | None], UnitPrice] = {
        (number, None): style.unit_price for number, style in priced.styles.items()
    }
    for line in priced.lines:
        if line.product and line.unit_price:
            style = line.product.style.number
            if line.unit_price != found[style, None]:
                found[style, line.line.sku] = line.unit_price
    return found


@dataclass(frozen=True)
class _Header:
    """What all orders of one placing share."""

    cart: str
    po_number: str
    caller: Caller
    consent: Consent | None
    number: str
    now: datetime


def _orders(
    priced: PricedCart, context: CartContext, dates: Mapping[DeliveryKey, Dates], header: _Header
) -> list[Order]:
    grouped: dict[DeliveryKey, list[PricedLine]] = defaultdict(list)
    for line in priced.lines:
        grouped[line.line.door, line.line.window].append(line)
    orders = []
    size = 0
    for index, delivery in enumerate(priced.deliveries, start=1):
        place = (delivery.door, delivery.window)
        lines = [_line(10 * i, line) for i, line in enumerate(grouped[place], start=1)]
        order = _order(
            f"{header.number}-{index:03}", delivery, lines, dates[place], context, header
        )
        own = len(order.model_dump_json().encode()) + CONFIRMATIONS * len(lines)
        size += own
        if own > LARGEST_ORDER or size > LARGEST_PLACING:
            raise OrderTooLargeProblem
        orders.append(order)
    return orders


def _order(
    number: str,
    delivery: Delivery,
    lines: list[OrderLine],
    dates: Dates,
    context: CartContext,
    header: _Header,
) -> Order:
    profile, window = context.company.profile, context.assortment.windows[delivery.window]
    styles = sorted({style_of(line.sku) for line in lines})
    return Order(
        **_po_number(header.po_number),
        number=number,
        group=header.number,
        company=context.company.id,
        placed_at=header.now,
        **_placed_by(header.caller),
        consent=header.consent,
        cart=header.cart,
        door=profile.doors[delivery.door],
        window=window.id,
        season=window.season,
        at_once=window.kind == "at_once",
        ship_from=window.ship_from,
        ship_to=window.ship_to,
        requested_on=dates.requested_on,
        cancel_by=dates.cancel_by,
        cut_off=last_order_day(window),
        currency=profile.currency,
        sales_area=profile.sales_area,
        market=market_of(context.company).country,
        plant=profile.plant,
        payment_terms=profile.payment_terms,
        incoterms=profile.incoterms,
        incoterms_place=profile.incoterms_place,
        lines=lines,
        names={style: _names(context.styles[style], lines) for style in styles},
        styles=styles,
        net=delivery.net,
        vat=delivery.vat,
        gross=delivery.gross,
        credit=SALES_ORGANISATIONS[profile.sales_area.organisation].credit,
        pieces=delivery.pieces,
        unit=delivery.unit,
        status=Status.ACCEPTED,
        history=[Step(status=Status.ACCEPTED, at=header.now, **header.caller.actor.signature)],
        handover=Handover(due_at=header.now + HANDOVER_GRACE),
        updated_at=header.now,
    )


def _placed_by(caller: Caller) -> dict[str, Any]:
    """Who placed it, as the order keeps it."""
    return {
        "placed_by": caller.name,
        "placed_by_uid": caller.uid,
        "placed_by_kind": caller.actor.kind,
    }


def _po_number(written: str) -> dict[str, Any]:
    """The PO number as SAP has it and, where they differ, as the buyer wrote it."""
    printed = sap_form(written)
    return {"po_number": printed, "po_written": "" if printed == written else written}


def _line(position: int, priced: PricedLine) -> OrderLine:
    product, unit_price, amount = priced.product, priced.unit_price, priced.amount
    if product is None or unit_price is None or amount is None:
        raise LookupError("a line without a price passed the checks")
    return OrderLine(
        position=position,
        sku=product.sku.id,
        article=product.sku.article,
        gtin=product.sku.gtin,
        size=product.sku.size,
        quantity=priced.line.quantity,
        unit_price=unit_price,
        list_price=priced.list_price,
        discounts=list(priced.discounts),
        amount=amount,
    )


def _names(style: Style, lines: list[OrderLine]) -> StyleNames:
    ordered = {line.sku for line in lines}
    sizes = {line.size for line in lines}
    return StyleNames(
        style=style.names,
        colours={
            colourway.code: colourway.names
            for colourway in style.colourways
            if any(sku.id in ordered for sku in colourway.skus)
        },
        sizes={size: names for size, names in style.size_names.items() if size in sizes},
        unit=style.unit,
        run=[size for size in size_run(style) if size in sizes],
    )
