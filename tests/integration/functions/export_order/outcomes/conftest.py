"""SAP as each of the two systems, reached as in production."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from google.cloud.firestore import Client

from emulators.sap.server import CLIENT_PATH, StandIn, serve
from shared.audit import Doer
from shared.order.model import Order
from shared.sap.rfc import Connect, connector
from shared.sap.source_system import SourceSystem
from tests.factories.assortment import NOW
from tests.factories.company import sales_area
from tests.factories.order import order, place_order
from tests.factories.sap import ECC, EXTERNAL_NUMBERS, S4
from tests.integration.emulators.sap.data import SHIP_TO, SOLD_TO, customer, small_data

LATER = NOW + timedelta(minutes=10)

MARIA = Doer("Maria Berg", LATER)

_GROUPS = count(2_000_000_000)


@dataclass(frozen=True)
class World:
    """One SAP, and how Sellin knows it."""

    sap: StandIn
    system: SourceSystem

    def fault(self, **plan: Any) -> None:
        """Something goes wrong there from now on."""
        httpx.put(f"{self.sap.control_url}/faults", json=plan).raise_for_status()

    def mend(self) -> None:
        """All is well again."""
        httpx.delete(f"{self.sap.control_url}/faults").raise_for_status()

    def orders_of(self, one: Order) -> list[dict[str, Any]]:
        """What SAP has of an order of ours."""
        listed = httpx.get(f"{self.sap.control_url}/orders").json()
        return [row for row in listed if row["PURCH_NO_C"].startswith(one.number)]


@pytest.fixture(scope="module", params=[ECC, S4], ids=["ecc", "s4"])
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    system: SourceSystem = request.param
    area = system.sales_areas[0]
    bought_in = {"VKORG": area.organisation, "VTWEG": area.channel, "SPART": area.division}
    buyer = customer(SOLD_TO, SHIP_TO)
    [general] = buyer["E1KNA1M"]
    general["E1KNVVM"] = [{**row, **bought_in} for row in general["E1KNVVM"]]
    numbers = EXTERNAL_NUMBERS if system.orders.numbers else None
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(CLIENT_PATH))
        for name in [name for name in sys.modules if name.partition(".")[0] == "pyrfc"]:
            patch.delitem(sys.modules, name)
        state: Path = tmp_path_factory.mktemp("sap")
        data = small_data(customers=[buyer])
        with serve(data, state, settings=system, external_numbers=numbers) as stand_in:
            yield World(stand_in, system)


@pytest.fixture
def connect(world: World) -> Iterator[Connect]:
    world.mend()
    yield connector(world.sap.destination)
    world.mend()


@pytest.fixture(name="placed")
def _placed(firestore: Client, world: World) -> Callable[..., Order]:
    area = world.system.sales_areas[0]

    def placed(**overrides: Any) -> Order:
        sold_in = sales_area(area.organisation).model_copy(update={"division": area.division})
        fields: dict[str, Any] = {"sales_area": sold_in, **overrides}
        accepted = order(number=f"{next(_GROUPS)}-001", **fields)
        place_order(firestore, accepted)
        return accepted

    return placed
