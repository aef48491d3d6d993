"""Sellin and SAP, connected in this process: places where a process dies, mail, tasks, a clock.

Firestore is its emulator, SAP the stand-in behind its gateway, and what lies between them is held
here: messages that SAP published wait in `mail` until they are delivered, exports wait in `tasks`
until they are run. So a test says what comes when, and how often.
"""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.request import Request, urlopen

import grpc
import grpc.experimental
from flask import Flask
from google.auth.credentials import AnonymousCredentials
from google.cloud.firestore import Client, Query
from google.cloud.firestore_v1.services.firestore.client import FirestoreClient
from google.cloud.firestore_v1.services.firestore.transports import FirestoreGrpcTransport

from emulators.sap.customizing import client as client_of
from emulators.sap.rfc import Gateway, listen
from emulators.sap.server import destination
from emulators.sap.system import System
from functions.export_order.turn import hand_over
from functions.orders.placement import VatChecks
from functions.orders.resources import Resources
from functions.orders.routes import SERVICE
from functions.reconcile import runs
from functions.reconcile.runs import Connections
from functions.reconcile.sweep import sweep
from functions.sync_customers.handler import apply as apply_customers
from functions.sync_inventory.handler import apply as apply_inventory
from functions.sync_order_status.handler import apply as apply_orders
from shared.audit import Action, Doer
from shared.event.message import SapMessage
from shared.event.outcome import MessageOutcome
from shared.http.app import create_app
from shared.http.authentication import Verifiers
from shared.order import desk
from shared.order import repository as orders
from shared.order.exporting import request_change_export
from shared.order.handover import ParkReason
from shared.order.model import Order
from shared.problem import Problem
from shared.sap import circuit
from shared.sap.fault import UntranslatableMessageError
from shared.sap.rfc import Call, connector
from shared.store import Document, find_all
from tests.factories.assortment import NOW
from tests.factories.sap import BUYER_TEXTS

ROUNDS = 40
"""Of settling: more than any wait that the code makes, six minutes each."""

LONGEST_WAIT = timedelta(hours=2)
"""All that is due by itself, such as a look-up in SAP, is due within this time."""


class Killed(BaseException):
    """The process dies here: nothing after it runs but the closing of its sockets."""


@dataclass
class Fuse:
    """Lets a process live for so many calls yet, counted before and after each; None: for ever."""

    left: int | None = None
    deaths: int = 0
    until: int = 0
    other: Callable[[], None] | None = None

    def burn(self) -> None:
        """A call begins or ends."""
        if self.other is not None:
            self._let_other_work()
        if self.left is None:
            return
        if self.left == 0:
            raise Killed
        self.left -= 1

    def _let_other_work(self) -> None:
        if self.until > 0:
            self.until -= 1
            return
        other, self.other = self.other, None
        # Another thread, since each has a connection to SAP of its own, as each instance does.
        with ThreadPoolExecutor(1) as instance:
            instance.submit(other or (lambda: None)).result()

    @contextmanager
    def meeting(self, other: Callable[[], None], after: int) -> Iterator[None]:
        """After so many calls of the block, another instance does all of `other` before the next."""
        self.until, self.other = after, other
        try:
            yield
        finally:
            self.other = None

    @contextmanager
    def lit(self, calls: int | None) -> Iterator[None]:
        """The process of the block dies after so many calls, and its death is what it ends with."""
        self.left = calls
        try:
            yield
        except Killed:
            self.deaths += 1
        finally:
            self.left = None


class _Burning(grpc.UnaryUnaryClientInterceptor, grpc.UnaryStreamClientInterceptor):  # type: ignore[misc]
    def __init__(self, fuse: Fuse) -> None:
        self._fuse = fuse

    def intercept_unary_unary(self, continuation: Callable, details: Any, request: Any) -> Any:
        self._fuse.burn()
        answer = continuation(details, request)
        answer.result()
        self._fuse.burn()
        return answer

    def intercept_unary_stream(self, continuation: Callable, details: Any, request: Any) -> Any:
        self._fuse.burn()
        return continuation(details, request)


@contextmanager
def burning(host: str, fuse: Fuse) -> Iterator[FirestoreClient]:
    """The emulator at `host`, each of whose calls burns the fuse."""
    # Else each read starts a thread of its own, which takes longer than the read.
    one_thread = (grpc.experimental.ChannelOptions.SingleThreadedUnaryStream, 1)
    with grpc.insecure_channel(host, options=[one_thread]) as channel:
        burns = grpc.intercept_channel(channel, _Burning(fuse))
        yield FirestoreClient(transport=FirestoreGrpcTransport(channel=burns))


def database(project: str, api: FirestoreClient) -> Client:
    """The database of a project of the emulator, which is empty till somebody writes there."""
    client = Client(project=project, credentials=AnonymousCredentials())
    client._firestore_api_internal = api
    return client


@contextmanager
def gateway(first: System) -> Iterator[Gateway]:
    """A gateway on a free port, of a SAP that every history replaces by its own."""
    found = listen(first, None)
    thread = threading.Thread(target=found.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield found
    finally:
        found.shutdown()
        found.break_all()
        found.server_close()
        thread.join()
        first.close()


@dataclass
class Connection:
    """Both sides. `now` is Sellin's clock; SAP has its own.

    `away` has when SAP was called while it was down, or refused the log-on.
    """

    db: Client
    fuse: Fuse
    sap: System
    sysnr: str
    now: datetime = NOW
    mail: list[SapMessage] = field(default_factory=list)
    tasks: list[str] = field(default_factory=list)
    away: list[datetime] = field(default_factory=list)
    delivered: int = 0
    quarantined: int = 0
    exported: int = 0

    def __post_init__(self) -> None:
        self._connect = connector(destination(self.sysnr, client_of(self.sap.settings)))

    @cached_property
    def app(self) -> Flask:
        """What buyers call."""
        checks = VatChecks(lambda _: None, timedelta(days=7))
        resources = Resources(self.db, self.enqueue, checks, BUYER_TEXTS)
        verifiers = Verifiers(person=json.loads, writer=json.loads)
        return create_app(SERVICE, resources, verifiers, lambda: self.now, self.db)

    def enqueue(self, number: str, _name: str = "") -> None:
        """Makes a task, as Cloud Tasks does; that may be killed too."""
        self.fuse.burn()
        self.tasks.append(number)

    def run_task(self, index: int, calls: int | None = None) -> None:
        """Runs a task, which comes again unless it ends well."""
        number = self.tasks[index % len(self.tasks)]
        self.exported += 1
        with self.fuse.lit(calls), suppress(Problem):
            hand_over(self.db, self._burning, number, lambda: self.now, self.sap.settings)
            # Another instance may have been given the same task, and be done.
            if number in self.tasks:
                self.tasks.remove(number)

    @contextmanager
    def _burning(self) -> Iterator[Call]:
        self.fuse.burn()
        plan = self.sap.faults.plan()
        if plan.down or plan.logon:
            self.away.append(self.now)
        with self._connect() as call:

            def burned(name: str, **parameters: Any) -> dict[str, Any]:
                self.fuse.burn()
                answer = call(name, **parameters)
                self.fuse.burn()
                return answer

            yield burned

    def sweep(self, after: timedelta, calls: int | None = None) -> None:
        """Lets time pass and calls reconcile."""
        self.now += after
        with self.fuse.lit(calls):
            sweep(self.db, self.enqueue, self.now)

    def reconcile(self, after: timedelta = timedelta(minutes=1), calls: int | None = None) -> None:
        """Lets time pass and lets a run go on, as it does every minute."""
        self.now += after
        to = Connections(self.db, self._burning, self._publish, self.sap.settings)
        with self.fuse.lit(calls):
            runs.work(to, self.now)

    def _publish(self, _topic: str, message: Mapping[str, Any]) -> None:
        self.fuse.burn()
        data = json.dumps(message).encode()
        key = f"reconciled-{len(self.mail)}-{self.now.isoformat()}"
        self.mail.append(SapMessage(key, "sap-orders", data, {}, datetime.now(NOW.tzinfo)))
        self.fuse.burn()

    def fetch_mail(self) -> None:
        """Takes over what SAP has published."""
        for key, topic, payload in self.sap.waiting_messages():
            data = json.dumps(payload).encode()
            self.mail.append(SapMessage(str(key), topic, data, {}, datetime.now(NOW.tzinfo)))
            self.sap.published(key)

    def deliver(self, index: int, *, again: bool = False, calls: int | None = None) -> None:
        """Delivers one of the messages; it comes again where that is said, or it isn't taken."""
        message = self.mail.pop(index % len(self.mail))
        self.delivered += 1
        taken = False
        with self.fuse.lit(calls):
            kept = self._apply(message).quarantined
            assert not kept, [one.reasons for one in kept]
            taken = True
        if again or not taken:
            self.mail.append(message)

    def deliver_garbled(self, index: int, garbled: Callable[[bytes], bytes]) -> None:
        """Delivers a message that something on the way has spoilt; the right one still comes."""
        message = self.mail[index % len(self.mail)]
        spoilt = replace(message, data=garbled(message.data))
        with suppress(UntranslatableMessageError):
            self.quarantined += 1
            assert self._apply(spoilt).quarantined, spoilt.data

    def _apply(self, message: SapMessage) -> MessageOutcome:
        match message.topic:
            case "sap-orders":
                return apply_orders(self.db, self.sap.settings, message)[0]
            case "sap-inventory":
                return apply_inventory(self.db, self.sap.settings, message)
            case _:
                return apply_customers(self.db, self.sap.settings, message)[0]

    def settle(self) -> None:
        """Everything works again, and goes on until nothing is left to be done."""
        self.sap.faults.clear()
        for _ in range(ROUNDS):
            self.sap.finish_held()
            for _ in range(len(self.tasks)):
                self.run_task(0)
            self.fetch_mail()
            while self.mail:
                self.deliver(len(self.mail) // 2)
            self.decide()
            waits = bool(self.tasks)
            self.sweep(timedelta(minutes=6) if waits else LONGEST_WAIT)
            if not waits and not self.tasks and not self.sap.waiting_messages():
                return
        raise AssertionError(f"never at rest: {self.tasks}")

    def decide(self) -> None:
        """The brand's people send again what waits for them, having looked that SAP has it not."""
        there = {one.purchase_order.split("/")[0] for one in self.sap.orders()}
        for one in list(desk.find_undecided(self.db)):
            number, who = one.order.number, Doer("Maria Berg", self.now)
            with suppress(desk.NothingToDecideError):
                if one.parked and one.parked.reason is ParkReason.PRICE_DIFFERS:
                    desk.decide(self.db, number, Action.ACCEPT, who)
                elif one.parked or number not in there:
                    desk.decide(self.db, number, Action.RESEND, who)

    def call_again(self) -> None:
        """One of the brand's people says that SAP will take the log-on."""
        circuit.release(self.db, self.sap.settings.logical_system, "Maria Berg", self.now)

    def decide_about(self, number: str, action: Action, calls: int | None = None) -> None:
        """One of the brand's people decides about an order, if there is anything to decide."""
        who = Doer("Maria Berg", self.now, "As agreed by phone")
        with self.fuse.lit(calls), suppress(desk.NothingToDecideError):
            decided = desk.decide(self.db, number, action, who)
            request_change_export(self.enqueue, decided)

    def orders(self) -> list[Order]:
        """All of Sellin's."""
        return [Order.model_validate(one) for one in self.stored("orders")]

    def stored(self, collection: str) -> list[Document]:
        """All documents of a collection; read as Sellin reads, which takes a third of the client's time."""
        return [one.data() for one in find_all(self.db, Query(self.db.collection(collection)))]

    def order(self, number: str) -> Order:
        """One of them."""
        return Order.model_validate(orders.reference(self.db, number).get().to_dict())


def clear(host: str, project: str) -> None:
    """Empties a database of the Firestore emulator."""
    url = f"http://{host}/emulator/v1/projects/{project}/databases/(default)/documents"
    urlopen(Request(url, method="DELETE")).read()
