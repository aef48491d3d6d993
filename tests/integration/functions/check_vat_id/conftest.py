"""The stand-in of VIES, reached over HTTP as VIES is, and the service before it."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from google.cloud.firestore import Client
from werkzeug.serving import make_server

from emulators.vies.app import PATH, make_app
from emulators.vies.faults import FaultPlan, Faults
from emulators.vies.register import Register, Trader
from functions.check_vat_id.checking import check
from functions.check_vat_id.vies import Ask, client
from shared.company import repository as companies
from shared.company.model import Company
from shared.order import repository as orders
from shared.order.model import Order
from tests.factories.assortment import NOW
from tests.factories.vat import FRENCH, SELLER
from tests.support import services


@dataclass
class Vies:
    """The stand-in; `ask` asks it over HTTP. Its clock moves on with every question."""

    url: str
    register: Register
    faults: Faults
    ask: Ask
    now: datetime = field(default=NOW + timedelta(minutes=1))

    def break_(self, **plan: Any) -> None:
        self.faults.set(FaultPlan(**plan))

    def clock(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    @property
    def questions(self) -> int:
        return len(self.register.asked)


@pytest.fixture
def vies() -> Iterator[Vies]:
    """Knows the French company, and us."""
    traders = {FRENCH: Trader("SA FOULEE", "3 RUE DE LA PAIX\n75002 PARIS")}
    register, faults = Register(traders, frozenset({SELLER})), Faults()
    server = make_server("127.0.0.1", 0, make_app(register, faults), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    root = f"http://127.0.0.1:{server.server_port}"
    yield Vies(root, register, faults, client(f"{root}{PATH}", patience=(1, 1)))
    server.shutdown()
    thread.join()


@dataclass(frozen=True)
class World:
    """Documents, and checks of the one company."""

    db: Client
    vies: Vies

    def check(self, ask: Ask | None = None) -> None:
        check(self.db, ask or self.vies.ask, "100001", self.vies.clock)

    def company(self) -> Company:
        document = companies.reference(self.db, "100001").get().to_dict()
        return Company.model_validate({**(document or {}), "id": "100001"})

    def order(self, number: str) -> Order:
        return orders.parse(orders.reference(self.db, number).get().to_dict(), "100001")


@pytest.fixture
def world(firestore: Client, vies: Vies) -> World:
    """An empty database beside the stand-in."""
    return World(firestore, vies)


@pytest.fixture
def http(firestore: Client) -> FlaskClient:
    """The service, whose VIES is down."""
    return services.make_app("check_vat_id", firestore, services.fixed(NOW)).test_client()
