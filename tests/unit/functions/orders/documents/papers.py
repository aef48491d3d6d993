"""An order, and its confirmation, for the tests of papers."""

from datetime import date
from pathlib import Path
from typing import Any

from babel import Locale

from functions.orders.documents import pdf_writer
from functions.orders.documents.content import Confirmation, confirmation
from functions.orders.wording import Reader
from shared.order.model import Confirmation as Confirmed
from shared.order.model import Order, StyleNames
from tests.factories.company import company
from tests.factories.order import order, order_line
from tests.factories.sap import BUYER_TEXTS

FOLDER = Path(pdf_writer.__file__).parent
NAMES = StyleNames(
    style={"en": "Tech Tee", "de": "Technik-T-Shirt", "el": "Μπλούζα", "bg": "Тениска"},
    colours={"010": {"en": "Black", "de": "Schwarz"}, "400": {"en": "Blue"}},
    sizes={"S": {"fr": "P"}},
)


def placed(**overrides: Any) -> Order:
    lines = [
        order_line(confirmed=[Confirmed(on=date(2026, 12, 1), quantity=1)]),
        order_line("10123-010-M", "10123002", 3, position=20),
        order_line("10123-400-S", "10123003", 4, position=30),
        order_line("10123-400-M", "10123004", 0, position=40),
    ]
    return order(lines=lines, names={"10123": NAMES}, sap_number="4711", **overrides)


def confirmation_of(locale: str = "de", one: Order | None = None) -> Confirmation:
    return confirmation(
        one or placed(), company().profile, Reader(Locale.parse(locale), BUYER_TEXTS)
    )
