"""A history: what buyers do, and what runs by itself. People in SAP are in `in_sap`."""

import itertools
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copytree
from typing import Any, ClassVar

from google.cloud.firestore_v1.services.firestore.client import FirestoreClient
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from emulators.sap import shipping
from emulators.sap.fulfilment import NotPossibleError
from emulators.sap.rfc import Gateway
from shared.audit import Action
from shared.cart.context import CartContext
from shared.order.handover import is_in_doubt
from shared.order.model import Order
from shared.order.substitution import is_substituted
from shared.sap.source_system import SourceSystem
from tests.factories.cart import store_cart
from tests.factories.placing import AT_ONCE, body_for, cart_of
from tests.integration.connection.agreement import (
    AtRest,
    check,
    check_no_more_credit,
    has_waited,
)
from tests.integration.connection.world import (
    DOORS,
    SKUS,
    Writes,
    block,
    credit_message,
    store,
    store_world,
    system_of,
    writes_of,
)
from tests.integration.functions.orders.conftest import Person
from tests.support.connection import Connection, Fuse, database

picks = st.integers(0, 1_000)
"""Which of those that there are."""
pieces = st.integers(1, 12)
deaths = st.one_of(st.none(), st.none(), st.integers(0, 24))
"""After how many calls a process dies; most don't."""

SPOILERS: list[Callable[[bytes], bytes]] = [
    lambda data: data[: len(data) // 2],
    lambda data: data.replace(b'"EDI_DC40"', b'"EDI_DC41"').replace(b'"MATNR"', b'"MATNO"'),
    lambda data: b"\xff" + data,
    lambda _: b"[]",
]
"""What the way to us makes of a message that can't be read any more."""


WORK = ["task", "message", "sweep"]
"""Of an instance."""

BEGINNINGS = ["ordered", "shipped", "billed", "nothing"]


@dataclass(frozen=True)
class Start:
    """What a history begins with: Sellin's documents, SAP's files, how many carts there were, and when."""

    writes: Writes
    folder: Path
    carts: int
    now: datetime


class History(RuleBasedStateMachine):
    """One history; what is shared by all is set by the test before they begin."""

    api: ClassVar[FirestoreClient]
    fuse: ClassVar[Fuse]
    gateway: ClassVar[Gateway]
    project: ClassVar[str]
    settings: ClassVar[SourceSystem]
    contexts: ClassVar[dict[str, CartContext]]
    prepared: ClassVar[Path]
    starts: ClassVar[dict[str, Start]]
    figures: ClassVar[Counter[str]]
    serial: ClassVar["itertools.count[int]"] = itertools.count(1)

    def __init__(self) -> None:
        super().__init__()
        # To have a database of its own costs less than to empty one.
        self.db = database(f"{self.project}-{next(self.serial)}", self.api)
        self.folder = tempfile.TemporaryDirectory()
        self.carts = itertools.count(1)
        self.told_credit: set[str] = set()
        self.blocked: set[str] = set()
        self.refuses_logon = False
        self.deaths_before, self.allowances = self.fuse.deaths, 0

    @initialize(begins=st.sampled_from(BEGINNINGS))
    def begin(self, begins: str) -> None:
        """The world before anybody ordered, or with orders that SAP has told of, or sent off."""
        if begins not in self.starts:
            self._prepare(begins)
        start = self.starts[begins]
        store(self.db, start.writes)
        copytree(start.folder, self.folder.name, dirs_exist_ok=True)
        self._connect()
        self.both.now = start.now
        for _ in range(start.carts):
            next(self.carts)

    def _connect(self) -> None:
        system = system_of(self.settings, Path(self.folder.name))
        self.gateway.system = system
        self.both = Connection(self.db, self.fuse, system, f"{self.gateway.system_number:02d}")

    def _prepare(self, begins: str) -> None:
        """Makes what histories begin with, once: most of their time would go into it."""
        store_world(self.db, self.contexts)
        self._connect()
        if begins != "nothing":
            self.place("100001", {0: 4, 1: 6}, 2, None)
            self.place("100002", {0: 3}, 1, None)
            assert len(self.both.tasks) == 3, "three orders"
            self.work()
        sap = self.both.sap
        for order in sap.orders()[:2] if begins in ("shipped", "billed") else []:
            with suppress(NotPossibleError):
                shipping.ship(sap, order.number, {}, "DHL Freight", "")
                if begins == "billed":
                    shipping.bill(sap, order.number)
        assert not self.both.mail, "all is heard, but for what left"
        sap.close()
        folder = Path(tempfile.mkdtemp(dir=self.prepared))
        copytree(self.folder.name, folder, dirs_exist_ok=True)
        self.starts[begins] = Start(writes_of(self.db), folder, next(self.carts) - 1, self.both.now)
        self.carts = itertools.count(1)

    def teardown(self) -> None:
        """At rest both sides agree."""
        if not hasattr(self, "both"):
            return
        try:
            self.check_calls_of_one_away()
            for company in sorted(self.blocked):
                block(self.both.sap, company, "")
            if self.refuses_logon:
                self.both.call_again()
            self.both.settle()
            # What was taken back since SAP's figures counts till the next ones.
            there = AtRest.of(self.both)
            check_no_more_credit(there)
            for company in sorted(self.told_credit):
                self.tell_credit_of(company, there)
            if self.told_credit:
                self.both.settle()
                there = AtRest.of(self.both)
            check(there)
            self._count(there)
        finally:
            self.gateway.break_all()
            self.both.sap.close()
            self.folder.cleanup()

    def check_calls_of_one_away(self) -> None:
        """A SAP that is down, or refuses the log-on, is called once at a time of the clock.

        A process that was killed told nobody; of two instances the other may be on its way already;
        and once more is called after somebody at the desk says so.
        """
        calls = self.both.away
        deaths = self.fuse.deaths - self.deaths_before
        allowed = len({*calls}) + deaths + self.allowances
        assert len(calls) <= allowed, f"{len(calls)} calls while SAP was away, not {allowed}"

    def tell_credit_of(self, company: str, there: AtRest) -> None:
        """SAP tells what the company owes with all that is open there."""
        exposure = there.open_in_sap(company)
        self.both.mail.append(credit_message(self.both.sap, company, exposure))
        self.told_credit.add(company)

    def _count(self, there: AtRest) -> None:
        self.figures.update(
            {
                "histories": 1,
                "orders": len(there.orders),
                "changes and cancellations": sum(
                    order.change is not None for order in there.orders
                ),
                "sales documents": len(there.sales_orders),
                "deliveries": len(there.deliveries),
                "billing documents": len(there.billings),
                "messages delivered": self.both.delivered,
                "messages quarantined": self.both.quarantined,
                "exports": self.both.exported,
                "orders that SAP let wait": sum(map(has_waited, there.orders)),
                "calls while SAP was away": len(self.both.away),
            }
        )

    # Buyers

    @rule(
        company=st.sampled_from(list(DOORS)),
        lines=st.dictionaries(st.sampled_from(range(len(SKUS))), pieces, min_size=1, max_size=3),
        doors=st.integers(1, 2),
        dies=deaths,
    )
    def place(self, company: str, lines: dict[int, int], doors: int, dies: int | None) -> None:
        """A cart becomes orders; whose answer was lost is sent again."""
        number = next(self.carts)
        self.both.now += timedelta(seconds=1)
        rows = [
            (SKUS[sku].id, door, AT_ONCE, count)
            for sku, count in lines.items()
            for door in DOORS[company][:doors]
        ]
        cart = cart_of(rows, id=f"cart-{number}", company=company)
        store_cart(self.both.db, cart)
        body = body_for(cart, self.contexts[company])
        for calls in (dies, None):
            with self.fuse.lit(calls):
                self._buyer(company).place(body, key=f"placing-{number:08}")

    @rule(pick=picks, line=picks, count=st.integers(0, 12), dies=deaths)
    def change(self, pick: int, line: int, count: int, dies: int | None) -> None:
        """A buyer changes a line, if the order may be changed now."""
        if order := self._order(pick):
            sku = order.lines[line % len(order.lines)].sku
            with self.fuse.lit(dies):
                self._buyer(order.company).change(
                    order.number, {sku: count}, order.version, key=self._key()
                )

    @rule(pick=picks, dies=deaths)
    def cancel(self, pick: int, dies: int | None) -> None:
        """A buyer cancels, if the order may be cancelled now."""
        if order := self._order(pick):
            with self.fuse.lit(dies):
                self._buyer(order.company).cancel(order.number, key=self._key())

    @rule(pick=picks, line=picks, accepted=st.booleans(), dies=deaths)
    def answer(self, pick: int, line: int, accepted: bool, dies: int | None) -> None:
        """A buyer accepts, or refuses, another article than was ordered."""
        order = self._order(pick)
        replaced = [one for one in order.lines if is_substituted(order, one)] if order else []
        if order and replaced:
            one = replaced[line % len(replaced)]
            body = {"position": one.position, "sku": one.sku, "accepted": accepted}
            with self.fuse.lit(dies):
                self._buyer(order.company).ask(
                    "POST", f"/{order.number}/substitutions", body, self._key()
                )

    # The brand's people

    @rule(
        pick=picks,
        action=st.sampled_from([Action.PARK, Action.CANCEL, Action.RESEND, Action.REJECT]),
        dies=deaths,
    )
    def decide(self, pick: int, action: Action, dies: int | None) -> None:
        """Somebody at the desk parks, cancels or rejects an order, or sends one again."""
        order = self._order(pick)
        # Who lets one in doubt be sent again has to have looked in SAP before, as in `settle`.
        if order and not (action is Action.RESEND and is_in_doubt(order.handover)):
            self.both.decide_about(order.number, action, dies)

    def _buyer(self, company: str) -> Person:
        return Person(self.both.app, company=company)

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

    @rule(
        first=st.sampled_from(WORK),
        second=st.sampled_from(WORK),
        picked=st.tuples(picks, picks),
        twice=st.booleans(),
        after=st.integers(0, 24),
    )
    def meet(
        self, first: str, second: str, picked: tuple[int, int], twice: bool, after: int
    ) -> None:
        """Two instances work at once; `twice`: at the same task, or the same message, which came twice."""
        self.allowances += 1
        self.both.fetch_mail()
        works: dict[str, list[Any]] = {"task": self.both.tasks, "message": self.both.mail}
        pick, other = picked
        if twice and works.get(first):
            waiting = works[first]
            waiting.append(waiting[pick % len(waiting)])
            second, other = first, -1
        with self.fuse.meeting(lambda: self._work(second, other), after):
            self._work(first, pick)

    def _work(self, what: str, pick: int) -> None:
        if what == "sweep":
            self.both.sweep(timedelta(0))
        elif what == "task" and self.both.tasks:
            self.both.run_task(pick)
        elif what == "message" and self.both.mail:
            self.both.deliver(pick)

    @rule(pick=picks, spoil=st.sampled_from(SPOILERS))
    def garble(self, pick: int, spoil: Callable[[bytes], bytes]) -> None:
        """A message arrives spoilt, which is quarantined and changes nothing; then comes the right one."""
        self.both.fetch_mail()
        if self.both.mail:
            self.both.deliver_garbled(pick, spoil)
