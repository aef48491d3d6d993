"""What a cart would become: an order for each door and delivery window, as `orders` makes them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from google.cloud.firestore import Client

from functions.simulations.schema import SimulationRequest
from shared.cart import repository as carts
from shared.cart.context import CartContext
from shared.cart.deliveries import Dates, DeliveryKey, agreed_dates
from shared.cart.loading import load_context
from shared.cart.pricing import Delivery, PricedLine, in_order, price_cart
from shared.company import repository as companies
from shared.company.model import Company
from shared.sap.enquiry import AskedLine, AskedOrder
from shared.store import read_all


@dataclass(frozen=True)
class PlannedOrder:
    """A delivery of the cart, and the order that it would become."""

    delivery: Delivery
    order: AskedOrder


@dataclass(frozen=True)
class PlannedOrders:
    """What the cart would become, for a company."""

    company: Company
    orders: list[PlannedOrder]


def planned_orders(
    db: Client, company_id: str, request: SimulationRequest, now: datetime
) -> PlannedOrders:
    """The orders of what can be ordered of the cart.

    Raises:
        CartNotFoundProblem: the company has no such cart.
        InvalidInputProblem: with every fault of the request's deliveries.
    """
    cart_document, company_document = read_all(
        db, [carts.reference(db, request.cart), companies.reference(db, company_id)]
    )
    cart = carts.parse(cart_document, company_id)
    company = companies.parse(company_id, company_document)
    lines = cart.lines.values()
    skus, doors = (line.sku for line in lines), (line.door for line in lines)
    context = load_context(db, company, skus, doors, now)
    dates = agreed_dates(cart, context, request.deliveries)
    ships = {place: agreed.requested_on for place, agreed in dates.items()}
    priced = price_cart(in_order(lines, context), context, ships)
    grouped: dict[DeliveryKey, list[AskedLine]] = defaultdict(list)
    for line in priced.lines:
        place = (line.line.door, line.line.window)
        if asked := _line(10 * (len(grouped[place]) + 1), line):
            grouped[place].append(asked)
    orders = [
        PlannedOrder(delivery, _order(context, delivery, dates[place], grouped[place]))
        for delivery in priced.deliveries
        if (place := (delivery.door, delivery.window)) in dates and grouped[place]
    ]
    return PlannedOrders(company, orders)


def _line(position: int, priced: PricedLine) -> AskedLine | None:
    """None for what can't be ordered, which a check of the cart says."""
    product, unit_price = priced.product, priced.unit_price
    if product is None or unit_price is None or not priced.line.quantity:
        return None
    return AskedLine(
        position=position,
        sku=product.sku.id,
        article=product.sku.article,
        quantity=priced.line.quantity,
        unit=product.style.unit,
        unit_price=unit_price,
        discounted=priced.list_price is not None,
    )


def _order(
    context: CartContext, delivery: Delivery, dates: Dates, lines: list[AskedLine]
) -> AskedOrder:
    profile = context.company.profile
    return AskedOrder(
        at_once=context.assortment.windows[delivery.window].kind == "at_once",
        company=context.company.id,
        door=delivery.door,
        sales_area=profile.sales_area,
        plant=profile.plant,
        currency=profile.currency,
        requested_on=dates.requested_on,
        lines=lines,
    )
