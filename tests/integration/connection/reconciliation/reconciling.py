"""Both systems whose orders are compared, and people on both sides."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from google.cloud.firestore import Client

from emulators.sap.customizing import external_numbers
from emulators.sap.system import System
from shared.audit import Doer
from shared.order.model import Order
from shared.reconciliation.model import Choice, Counts, Difference, Run, Scope
from shared.reconciliation.repository import (
    GRACE,
    decide,
    difference_reference,
    run_reference,
    start,
)
from tests.factories.availability import stock as stock_of
from tests.factories.cart import context_of, store_cart
from tests.factories.company import company, credit
from tests.factories.placing import AT_ONCE, DOOR, body_for, cart_of, store_context
from tests.factories.sap import ECC
from tests.integration.connection.small_world import ON_HAND, SKUS, STYLE, sap_data
from tests.integration.emulators.sap.data import STAMP
from tests.integration.functions.orders.conftest import Person
from tests.support.connection import Connection, Fuse, clear

BothSides = tuple[Client, Fuse, Any, str, Path]
"""A client that burns, its fuse, SAP's gateway, Firestore's host and a folder for SAP's state."""

MARIA = "Maria Costa"


class World:
    """Both systems, and people on both sides."""

    def __init__(self, both: Connection, context: Any) -> None:
        self.both = both
        self.context = context
        self.anna = Person(both.app)
        self.placed = 0

    @property
    def db(self) -> Client:
        return self.both.db

    @property
    def sap(self) -> System:
        return self.both.sap

    def place(self, **pieces: int) -> str:
        """An order that SAP has and has told of; `pieces` by the SKU's place: a=2, b=3."""
        number = self.accept(**pieces)
        self.both.run_task(0)
        self.hear()
        return number

    def accept(self, **pieces: int) -> str:
        """An order that waits for its hand-over."""
        self.placed += 1
        known = {one.number for one in self.both.orders()}
        rows = [
            (SKUS["abcd".index(name)].id, DOOR, AT_ONCE, count)
            for name, count in (pieces or {"a": 2}).items()
        ]
        cart = cart_of(rows, id=f"cart-{self.placed}")
        store_cart(self.db, cart)
        reply = self.anna.place(body_for(cart, self.context), key=f"placing-{self.placed:08}")
        assert reply.status_code == 201, reply.json
        [number] = {one.number for one in self.both.orders()} - known
        return number

    def hear(self) -> None:
        """All that SAP says arrives."""
        self.both.fetch_mail()
        while self.both.mail:
            self.both.deliver(0)

    def lose(self) -> None:
        """Nothing that SAP says arrives."""
        self.both.fetch_mail()
        self.both.mail.clear()

    def in_sap(self, number: str) -> str:
        """SAP's number."""
        [found] = [
            one.number
            for one in self.sap.orders()
            if one.purchase_order.startswith(number) and not one.reference
        ]
        return found

    def start(self, **scope: Any) -> Run:
        """An operator has a run begin."""
        asking = Doer(MARIA, self.both.now, uid="maria")
        return start(self.db, self.system, Scope(**{"days": 30} | scope), asking)

    @property
    def system(self) -> str:
        return self.sap.settings.logical_system

    def run(self, **scope: Any) -> Run:
        """A run from its beginning to its end, with all that happens meanwhile.

        By then what SAP said first of an order has long been under way.
        """
        self.both.now += GRACE
        return self.finish(self.start(**scope))

    def finish(self, run: Run) -> Run:
        """The run as it ended."""
        for _ in range(30):
            self.both.reconcile(timedelta(minutes=2))
            self.hear()
            if (there := self.read(run)).ended_at:
                return there
            if self.both.now > run.asked_at + GRACE:
                for _ in range(len(self.both.tasks)):
                    self.both.run_task(0)
                self.both.sweep(timedelta(seconds=1))
        raise AssertionError(there)

    def read(self, run: Run) -> Run:
        return Run.model_validate(run_reference(self.db, run.id).get().to_dict())

    def difference(self, number: str) -> Difference:
        return Difference.model_validate(difference_reference(self.db, number).get().to_dict())

    def order(self, number: str) -> Order:
        return self.both.order(number)

    def decide(self, number: str, choice: Choice) -> Difference:
        asking = Doer(MARIA, self.both.now, uid="maria", reason="Looked in SAP")
        return decide(self.db, number, choice, asking)


def counts(**some: int) -> Counts:
    return Counts(**some)


def sap_system(folder: Path) -> System:
    return System(sap_data(), folder, ECC, publishes=True, external_numbers=external_numbers(ECC))


def opened(both_sides: BothSides, name: str) -> World:
    client, fuse, found, host, folder = both_sides
    clear(host, client.project)
    found.break_all()
    old = {sku.article: stock_of(ON_HAND, stamp=STAMP) for sku in SKUS}
    context = context_of(STYLE, buying=company(credit=credit(limit=1_000_000_000, stamp=STAMP)))
    for availability in context.availability.values():
        availability.stock.update(old)
    store_context(client, context)
    found.system = sap_system(folder / name)
    both = Connection(client, fuse, found.system, f"{found.system_number:02d}")
    return World(both, context)
