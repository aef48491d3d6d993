"""Delivery windows as an order names them: by id and days."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from babel import Locale
from babel.dates import format_interval
from google.cloud.firestore import Client

from functions.orders.schema import OrderHead
from shared.assortment import repository as assortments
from shared.assortment.model import DeliveryWindow
from shared.company import repository as companies
from shared.order.model import Order
from shared.store import read_all
from shared.text.message import N_, Message

Told = TypeVar("Told", Order, OrderHead)


def window_text(order: Order, locale: Locale) -> str:
    """The order's delivery window, for a paper: who has only that can't look up its days."""
    if order.at_once:
        return Message(N_("At once")).render(locale)
    if order.ship_from is None or order.ship_to is None:
        return order.window
    days = format_interval(order.ship_from, order.ship_to, "yMMMd", locale=locale)
    return f"{order.window} ({days})"


def with_days(db: Client, company: str, orders: Iterable[Told]) -> list[Told]:
    """The company's orders; those of before it was kept have the days that their window has now."""
    told = list(orders)
    if not any(map(_lacks_days, told)):
        return told
    windows = _offered(db, company)
    return [
        one.model_copy(update=_days(windows[one.window]))
        if _lacks_days(one) and one.window in windows
        else one
        for one in told
    ]


def _lacks_days(order: Order | OrderHead) -> bool:
    return order.ship_from is None and not order.at_once


def _days(window: DeliveryWindow) -> dict[str, date]:
    return {"ship_from": window.ship_from, "ship_to": window.ship_to}


def _offered(db: Client, company: str) -> Mapping[str, DeliveryWindow]:
    """By id, the delivery windows of what the company may order today."""
    [found] = read_all(db, [companies.reference(db, company)])
    if found is None:
        return {}
    assortment = companies.parse(company, found).assortment
    [document] = read_all(db, [assortments.reference(db, assortment)])
    return assortments.parse(assortment, document).windows
