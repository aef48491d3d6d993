"""Prices a cart's lines, pure (docs/domain.md, "Prices").

Volume tiers count a style over everything in the cart: colours, sizes, doors and windows.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import inf

from shared.cart.context import CartContext, Product
from shared.cart.model import CartLine
from shared.money import Money, UnitPrice, total
from shared.price.model import AppliedDiscount, Price, Source, Tier
from shared.price.rules import applied_discounts, at_quantity, list_at_quantity, tier_at
from shared.style.model import Unit, style_of, unit_of_all
from shared.vat.rules import Vat, vat


@dataclass(frozen=True)
class PricedLine:
    """A line with what it is and costs; `product` and prices None where it can't be had.

    `unit_price` is net, after volume tiers and discounts; `list_price` is before discounts, None
    where there are none.
    """

    line: CartLine
    product: Product | None
    unit_price: UnitPrice | None
    amount: Money | None
    list_price: UnitPrice | None = None
    source: Source | None = None
    discounts: tuple[AppliedDiscount, ...] = ()


@dataclass(frozen=True)
class StyleSum:
    """A style over the whole cart, with the volume tier reached and the next one."""

    style: str
    pieces: int
    price: Price
    unit_price: UnitPrice
    list_price: UnitPrice | None
    tier: Tier | None
    next_tier: Tier | None


@dataclass(frozen=True)
class Delivery:
    """What becomes one order: a door and a delivery window."""

    door: str
    window: str
    pieces: int
    unit: Unit
    net: Money
    vat: Vat

    @property
    def gross(self) -> Money:
        """Net and VAT."""
        return self.net + self.vat.amount


@dataclass(frozen=True)
class PricedCart:
    """Lines in the cart's order; amounts of lines add up to deliveries, these to `net`."""

    lines: list[PricedLine]
    styles: dict[str, StyleSum]
    deliveries: list[Delivery]
    unit: Unit
    net: Money
    vat: Money

    @property
    def gross(self) -> Money:
        """Net and VAT of all deliveries."""
        return self.net + self.vat


def in_order(lines: Iterable[CartLine], context: CartContext) -> list[CartLine]:
    """The order that lines are shown in: style, colourway, size run, door, window.

    What can't be ordered any more follows its style's other lines.
    """

    def place(line: CartLine) -> tuple[str, float, str, str, str]:
        product = context.product(line.sku)
        rank = inf if product is None else product.place
        return style_of(line.sku), rank, line.sku, line.door, line.window

    return sorted(lines, key=place)


def price_cart(
    lines: list[CartLine], context: CartContext, ships: Mapping[tuple[str, str], date]
) -> PricedCart:
    """Price `lines` for the context's company and day.

    `ships` gives requested dates by (door, window), whose VAT rates count; the first day of the
    window where it has none.
    """
    styles = _styles(lines, context)
    priced = [_line(line, context, styles) for line in lines]
    deliveries = _deliveries(priced, context, ships)
    currency = context.company.profile.currency
    return PricedCart(
        lines=priced,
        styles=styles,
        deliveries=deliveries,
        unit=_unit(priced),
        net=total([delivery.net for delivery in deliveries], currency),
        vat=total([delivery.vat.amount for delivery in deliveries], currency),
    )


def _styles(lines: list[CartLine], context: CartContext) -> dict[str, StyleSum]:
    pieces: dict[str, int] = defaultdict(int)
    for line in lines:
        if product := context.product(line.sku):
            pieces[product.style.number] += line.quantity
    sums = {}
    for number, count in pieces.items():
        price = context.price(number)
        if price is not None:
            sums[number] = StyleSum(
                style=number,
                pieces=count,
                price=price,
                unit_price=at_quantity(price, count),
                list_price=list_at_quantity(price, count),
                tier=tier_at(price, count),
                next_tier=next((t for t in price.tiers if t.quantity > count), None),
            )
    return sums


def _line(line: CartLine, context: CartContext, styles: dict[str, StyleSum]) -> PricedLine:
    product = context.product(line.sku)
    if product is None or product.style.number not in styles:
        return PricedLine(line, None, None, None)
    style = styles[product.style.number]
    price = context.price(style.style, product.sku.article) or style.price
    unit = at_quantity(price, style.pieces)
    listed = list_at_quantity(price, style.pieces)
    amount = unit.line_amount(line.quantity)
    discounts = tuple(applied_discounts(price, style.pieces))
    return PricedLine(line, product, unit, amount, listed, price.source, discounts)


def _deliveries(
    lines: list[PricedLine], context: CartContext, ships: Mapping[tuple[str, str], date]
) -> list[Delivery]:
    grouped: dict[tuple[str, str], list[PricedLine]] = defaultdict(list)
    for line in lines:
        grouped[line.line.door, line.line.window].append(line)
    deliveries = []
    for place in sorted(grouped):
        ships_on = ships.get(place) or _first_day(place[1], context)
        deliveries.append(_delivery(*place, grouped[place], context, ships_on))
    return deliveries


def _unit(lines: list[PricedLine]) -> Unit:
    return unit_of_all(line.product.style.unit for line in lines if line.product)


def _first_day(window: str, context: CartContext) -> date:
    found = context.assortment.windows.get(window)
    return max(found.ship_from, context.today) if found else context.today


def _delivery(
    door: str, window: str, lines: list[PricedLine], context: CartContext, ships_on: date
) -> Delivery:
    profile = context.company.profile
    net = total([line.amount for line in lines if line.amount], profile.currency)
    ship_to = profile.doors[door].address if door in profile.doors else profile.address
    return Delivery(
        door=door,
        window=window,
        pieces=sum(line.line.quantity for line in lines),
        unit=_unit(lines),
        net=net,
        vat=vat(context.company, ship_to, net, ships_on),
    )
