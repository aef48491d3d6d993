"""Both sides agree at rest, whatever was ordered, changed in SAP, lost, repeated or killed before.

A history is made up by Hypothesis: buyers place, change and cancel; people in SAP change, block,
ship, return and credit; messages come in any order, twice and late; processes are killed at any
call of Firestore's or SAP's; SAP is down, locked, or breaks off. `make campaign` runs many more.
"""

import itertools
import logging
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

import pytest
import structlog
from google.auth.credentials import AnonymousCredentials
from google.cloud.firestore import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from emulators.sap import people
from emulators.sap.customizing import read_settings
from emulators.sap.faults import FaultPlan
from emulators.sap.fulfilment import NotPossibleError
from emulators.sap.master import Data
from emulators.sap.order import Kind
from emulators.sap.order import Order as SalesOrder
from emulators.sap.rfc import Gateway
from emulators.sap.server import CLIENT_PATH
from emulators.sap.stock import Line
from emulators.sap.system import NotSavedError, System
from shared.order.model import Order
from shared.order.substitution import is_substituted
from shared.style.model import Sku
from tests.factories.availability import stock as stock_of
from tests.factories.cart import context_of, store_cart
from tests.factories.company import company, credit
from tests.factories.placing import AT_ONCE, DOOR, OTHER_DOOR, body_for, cart_of, store_context
from tests.factories.sap import EXTERNAL_NUMBERS
from tests.factories.style import style
from tests.integration.connection.agreement import check
from tests.integration.emulators.sap.data import STAMP, article, customer
from tests.integration.functions.orders.conftest import Person
from tests.support.connection import Connection, Fuse, clear, firestore, gateway

HISTORIES = int(os.environ.get("HISTORIES", "100"))
"""Of one run in CI; `make campaign` makes more of them."""

STEPS = 25

STYLE = style()
SKUS = [sku for colourway in STYLE.colourways for sku in colourway.skus]
ON_HAND = 50

picks = st.integers(0, 1_000)
"""Which of those that there are."""
pieces = st.integers(1, 12)
deaths = st.one_of(st.none(), st.none(), st.integers(0, 24))
"""After how many calls a process dies; most don't."""


def sap_data() -> Data:
    """The same world as SAP knows it."""
    materials = [sku.article.zfill(18) for sku in SKUS]
    generic = STYLE.number.zfill(18)
    idoc = article()
    idoc["E1BPE1VARKEY"] = [{"MATERIAL": generic, "VARIANT": one} for one in materials]
    buyer = customer("0000100001", DOOR.zfill(10))
    [head] = buyer["E1KNA1M"]
    other = OTHER_DOOR.zfill(10)
    head["E1KNVVM"][0]["E1KNVPM"].append({"PARVW": "WE", "KUNN2": other, "DEFPA": ""})
    head["Z1DOOR"].append({"KUNNR": other, "NAME1": "Läufer", "AUFSD": ""})
    rows = [
        {
            "MATNR": one,
            "SATNR": generic,
            "WERKS": "EU01",
            "LABST": f"{ON_HAND}.000",
            "OMENG": "0.000",
            "CHANGED": STAMP,
            "RECEIPTS": [],
        }
        for one in materials
    ]
    return Data(articles=[idoc], customers=[buyer], stock=rows)


class Histories(RuleBasedStateMachine):
    """One history; what is shared by all is set by the test before they begin."""

    client: ClassVar[Client]
    fuse: ClassVar[Fuse]
    gateway: ClassVar[Gateway]
    host: ClassVar[str]
    figures: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        clear(self.host, self.client.project)
        self.folder = tempfile.TemporaryDirectory()
        self.carts = itertools.count(1)

    @initialize(ordered=st.sampled_from([True, True, False]))
    def begin(self, ordered: bool) -> None:
        """The world before anybody ordered, or with two orders that SAP has told of."""
        old = {sku.article: stock_of(ON_HAND, stamp=STAMP) for sku in SKUS}
        self.context = context_of(
            STYLE, buying=company(credit=credit(limit=1_000_000_000, stamp=STAMP))
        )
        for availability in self.context.availability.values():
            availability.stock.update(old)
        store_context(self.client, self.context)
        system = System(
            sap_data(),
            Path(self.folder.name),
            read_settings(),
            publishes=True,
            external_numbers=EXTERNAL_NUMBERS,
        )
        self.gateway.system = system
        sysnr = f"{self.gateway.system_number:02d}"
        self.both = Connection(self.client, self.fuse, system, sysnr)
        self.anna = Person(self.both.app)
        if ordered:
            self.place({0: 4, 1: 6}, (DOOR, OTHER_DOOR), None)
            self.work()

    def teardown(self) -> None:
        """At rest both sides agree."""
        if not hasattr(self, "both"):
            return
        try:
            self.both.settle()
            check(self.both)
            self._count()
        finally:
            self.gateway.break_all()
            self.both.sap.close()
            self.folder.cleanup()

    def _count(self) -> None:
        sap = self.both.sap
        self.figures.update(
            {
                "histories": 1,
                "orders": len(self.both.orders()),
                "sales documents": len(sap.orders()),
                "deliveries": len(sap.deliveries()),
                "billing documents": len(sap.billings()),
                "messages delivered": self.both.delivered,
                "exports": self.both.exported,
            }
        )

    # Buyers

    @rule(
        lines=st.dictionaries(st.sampled_from(range(len(SKUS))), pieces, min_size=1, max_size=3),
        doors=st.sampled_from([(DOOR,), (DOOR, OTHER_DOOR)]),
        dies=deaths,
    )
    def place(self, lines: dict[int, int], doors: tuple[str, ...], dies: int | None) -> None:
        """A cart becomes orders; whose answer was lost is sent again."""
        number = next(self.carts)
        rows = [
            (SKUS[sku].id, door, AT_ONCE, count) for sku, count in lines.items() for door in doors
        ]
        cart = cart_of(rows, id=f"cart-{number}")
        store_cart(self.client, cart)
        body = body_for(cart, self.context)
        for calls in (dies, None):
            with self.fuse.lit(calls):
                self.anna.place(body, key=f"placing-{number:08}")

    @rule(pick=picks, line=picks, count=st.integers(0, 12), dies=deaths)
    def change(self, pick: int, line: int, count: int, dies: int | None) -> None:
        """A buyer changes a line, if the order may be changed now."""
        if order := self._order(pick):
            sku = order.lines[line % len(order.lines)].sku
            with self.fuse.lit(dies):
                self.anna.change(order.number, {sku: count}, order.version, key=self._key())

    @rule(pick=picks, dies=deaths)
    def cancel(self, pick: int, dies: int | None) -> None:
        """A buyer cancels, if the order may be cancelled now."""
        if order := self._order(pick):
            with self.fuse.lit(dies):
                self.anna.cancel(order.number, key=self._key())

    @rule(pick=picks, line=picks, accepted=st.booleans(), dies=deaths)
    def answer(self, pick: int, line: int, accepted: bool, dies: int | None) -> None:
        """A buyer accepts, or refuses, another article than was ordered."""
        order = self._order(pick)
        replaced = [one for one in order.lines if is_substituted(order, one)] if order else []
        if order and replaced:
            one = replaced[line % len(replaced)]
            body = {"position": one.position, "sku": one.sku, "accepted": accepted}
            with self.fuse.lit(dies):
                self.anna.ask("POST", f"/{order.number}/substitutions", body, self._key())

    def _key(self) -> str:
        return f"key-{next(self.carts):08}"

    def _order(self, pick: int) -> Order | None:
        # Not by number, which no two runs of a history have in common.
        found = sorted(self.both.orders(), key=lambda order: (order.cart, order.door.id))
        return found[pick % len(found)] if found else None

    # What runs by itself

    @rule(pick=picks, dies=deaths)
    def export(self, pick: int, dies: int | None) -> None:
        """A task runs, or dies."""
        if self.both.tasks:
            self.both.run_task(pick, dies)

    @rule()
    def work(self) -> None:
        """All that waits is tried once."""
        for _ in range(len(self.both.tasks)):
            self.both.run_task(0)
        self.both.fetch_mail()
        for _ in range(len(self.both.mail)):
            self.both.deliver(0)

    @rule(minutes=st.sampled_from([1, 2, 11, 61]), dies=deaths)
    def pass_time(self, minutes: int, dies: int | None) -> None:
        """Reconcile is called after so long."""
        self.both.sweep(timedelta(minutes=minutes), dies)

    @rule(pick=picks, again=st.booleans(), dies=deaths)
    def hear(self, pick: int, again: bool, dies: int | None) -> None:
        """A message of SAP's arrives, which may come again, later or at once."""
        self.both.fetch_mail()
        if self.both.mail:
            self.both.deliver(pick, again=again, calls=dies)

    # SAP

    @rule(
        plan=st.sampled_from(
            [
                {},
                {"down": True},
                {"lock": True, "times": 1},
                {"hold_commit": True, "times": 1},
                *(
                    {"break": f"{when}_{what}", "times": 1}
                    for when in ("before", "after")
                    for what in ("create", "change", "commit")
                ),
            ]
        )
    )
    def fail(self, plan: dict[str, Any]) -> None:
        """SAP has a fault, or none any more."""
        self.both.sap.faults.set(FaultPlan.model_validate(plan))

    @rule()
    def finish(self) -> None:
        """Update tasks end that took long."""
        self.both.sap.finish_held()

    @rule(sku=st.sampled_from(range(len(SKUS))), count=st.integers(0, 60))
    def stock(self, sku: int, count: int) -> None:
        """Stock is counted anew."""
        material = SKUS[sku].article.zfill(18)
        self.both.sap.change_stock(material, "EU01", Decimal(count), None)

    @rule(pick=picks, item=picks, count=pieces)
    def requantify(self, pick: int, item: int, count: int) -> None:
        """Somebody in SAP changes a quantity."""
        self._in_sap(
            pick,
            item,
            lambda sap, order, number: people.change_quantity(sap, order, number, Decimal(count)),
        )

    @rule(pick=picks, item=picks, cents=st.integers(1, 9999))
    def reprice(self, pick: int, item: int, cents: int) -> None:
        """Somebody in SAP changes a price."""
        price = Decimal(cents) / 100
        self._in_sap(
            pick, item, lambda sap, order, number: people.change_price(sap, order, number, price)
        )

    @rule(pick=picks, sku=st.sampled_from(SKUS), count=pieces)
    def add(self, pick: int, sku: Sku, count: int) -> None:
        """Somebody in SAP adds an item."""
        material = sku.article.zfill(18)
        self._in_sap(
            pick,
            0,
            lambda sap, order, _: people.add_item(
                sap, order, material, Decimal(count), Decimal(25)
            ),
        )

    @rule(pick=picks, item=picks, sku=st.sampled_from(SKUS))
    def substitute(self, pick: int, item: int, sku: Sku) -> None:
        """Somebody in SAP puts another article in the place of one."""
        material = sku.article.zfill(18)
        self._in_sap(
            pick, item, lambda sap, order, number: people.substitute(sap, order, number, material)
        )

    @rule(pick=picks, item=picks, whole=st.booleans())
    def reject(self, pick: int, item: int, whole: bool) -> None:
        """Somebody in SAP rejects an item, or the order."""
        self._in_sap(
            pick, item, lambda sap, order, number: sap.reject(order, "01", [number] * (not whole))
        )

    @rule(pick=picks, item=picks, counts=st.lists(st.integers(0, 6), max_size=3))
    def confirm(self, pick: int, item: int, counts: list[int]) -> None:
        """Somebody in SAP confirms an item by hand, in parts."""
        lines = [
            Line(date=date(2026, 12, 1) + timedelta(days=day), quantity=Decimal(count))
            for day, count in enumerate(counts)
        ]
        self._in_sap(
            pick, item, lambda sap, order, number: people.confirm_lines(sap, order, number, lines)
        )

    @rule(pick=picks, status=st.sampled_from(["B", "D"]))
    def hold(self, pick: int, status: people.Credit) -> None:
        """Somebody in SAP blocks an order for its customer's credit, or releases it."""
        self._in_sap(pick, 0, lambda sap, order, _: people.set_credit(sap, order, status))

    @rule(pick=picks, delivery=st.sampled_from(["", "01"]), billing=st.sampled_from(["", "02"]))
    def block(self, pick: int, delivery: str, billing: str) -> None:
        """Somebody in SAP sets or takes off the blocks of an order."""
        self._in_sap(
            pick, 0, lambda sap, order, _: people.set_blocks(sap, order, delivery, billing)
        )

    @rule(pick=picks, item=picks, count=st.integers(0, 6), leaves=st.booleans())
    def deliver(self, pick: int, item: int, count: int, leaves: bool) -> None:
        """A part, or all that is confirmed, is delivered, and leaves now or later."""

        def make(sap: System, order: str, number: str) -> None:
            wanted = {number: Decimal(count)} if count else {}
            (sap.ship if leaves else sap.deliver)(order, wanted, "DHL Freight", "")

        self._in_sap(pick, item, make, followers=True)

    @rule(pick=picks, what=st.sampled_from(["post", "reverse", "cancel"]))
    def move(self, pick: int, what: str) -> None:
        """A goods issue is posted or reversed, a delivery deleted."""
        sap = self.both.sap
        found = sap.deliveries()
        does = {
            "post": sap.post_goods_issue,
            "reverse": sap.reverse_goods_issue,
            "cancel": sap.cancel_delivery,
        }
        if found:
            with suppress(NotPossibleError):
                does[what](found[pick % len(found)].number)

    @rule(pick=picks)
    def bill(self, pick: int) -> None:
        """What has left is invoiced, what came back credited."""
        found = [one for one in self.both.sap.orders() if self._is_billable(one)]
        if found:
            with suppress(NotPossibleError):
                self.both.sap.bill(found[pick % len(found)].number)

    @staticmethod
    def _is_billable(order: SalesOrder) -> bool:
        return order.kind == "credit_memo" or any(item.shipped for item in order.items)

    @rule(pick=picks)
    def cancel_bill(self, pick: int) -> None:
        """A billing document is taken back."""
        if found := self.both.sap.billings():
            with suppress(NotPossibleError):
                self.both.sap.cancel_billing(found[pick % len(found)].number)

    @rule(
        pick=picks,
        item=picks,
        kind=st.sampled_from(["return", "free_delivery", "order", "credit_memo"]),
    )
    def follow(self, pick: int, item: int, kind: Kind) -> None:
        """Somebody in SAP makes another sales document of an order."""
        one = Decimal(1)
        self._in_sap(
            pick, item, lambda sap, order, number: people.follow(sap, order, kind, {number: one})
        )

    def _in_sap(
        self,
        pick: int,
        item: int,
        action: Callable[[System, str, str], object],
        *,
        followers: bool = False,
    ) -> None:
        """Does something to an item of a sales order, if there is any and SAP lets people do it."""
        found = [one for one in self.both.sap.orders() if followers or not one.reference]
        if found:
            order = found[pick % len(found)]
            number = order.items[item % len(order.items)].number
            with suppress(NotPossibleError, NotSavedError):
                action(self.both.sap, order.number, number)


@pytest.fixture(name="world")
def _world(firestore_host: str, project_id: str, tmp_path: Path) -> Iterator[None]:
    """What all histories share: a database that each empties, a gateway, the stand-in's pyrfc."""
    with ExitStack() as stack:
        quiet = structlog.make_filtering_bound_logger(logging.CRITICAL)
        structlog.configure(wrapper_class=quiet)
        stack.callback(structlog.reset_defaults)
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.syspath_prepend(str(CLIENT_PATH))
        for name in [name for name in sys.modules if name.partition(".")[0] == "pyrfc"]:
            patch.delitem(sys.modules, name)
        Histories.host = firestore_host
        Histories.fuse = Fuse()
        Histories.gateway = stack.enter_context(gateway(sap_data(), tmp_path))
        client = Client(project=project_id, credentials=AnonymousCredentials())
        Histories.client = firestore(client, Histories.fuse)
        yield
        client.close()
        figures = Histories.figures | {"processes killed": Histories.fuse.deaths}
        print("".join(f"\n{count:>9,} {what}" for what, count in figures.items()))


@pytest.mark.timeout(0)
@pytest.mark.usefixtures("world")
def test_both_sides_agree_at_rest() -> None:
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=HISTORIES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
