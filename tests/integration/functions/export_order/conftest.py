"""SAP's stand-in, reached as in production: through `pyrfc`."""

import itertools
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from google.cloud.firestore import Client

from emulators.sap.server import CLIENT_PATH, StandIn, serve
from functions.export_order.time_limits import lease_of
from shared.order.model import Order
from shared.sap.rfc import Call, Connect, connector
from shared.sap.source_system import SourceSystem
from tests.factories.assortment import NOW
from tests.factories.availability import availability, store_availability
from tests.factories.company import company, store_company
from tests.factories.order import order, place_order
from tests.factories.sap import ECC, EXTERNAL_NUMBERS
from tests.factories.style import style
from tests.integration.emulators.sap.data import small_data
from tests.integration.functions.export_order.changes import export, tell
from tests.integration.functions.export_order.mishaps import stored_order


def numbering(system: SourceSystem, numbers: str | None) -> SourceSystem:
    """The system with another range of external numbers, or none."""
    orders = system.orders.model_copy(update={"numbers": numbers})
    return system.model_copy(update={"orders": orders})


def counted(connect: Connect, calls: list[str]) -> Connect:
    """Sessions that note log-ons, also those that fail, and calls."""

    @contextmanager
    def session() -> Iterator[Call]:
        calls.append("log-on")
        with connect() as call:

            def noted(name: str, **given: Any) -> dict[str, Any]:
                calls.append(name)
                return call(name, **given)

            yield noted

    return session


SYSTEM = ECC
DRAWING = numbering(ECC, None)
"""A SAP that draws all numbers itself."""

LEASE = lease_of(order())

_GROUPS = itertools.count(1_000_000_000)


@pytest.fixture(scope="module")
def sap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    """The small SAP of the stand-in's own tests; its `pyrfc` comes before the real one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(CLIENT_PATH))
        for name in [name for name in sys.modules if name.partition(".")[0] == "pyrfc"]:
            patch.delitem(sys.modules, name)
        state: Path = tmp_path_factory.mktemp("sap")
        with serve(small_data(), state, external_numbers=EXTERNAL_NUMBERS) as stand_in:
            yield stand_in


@pytest.fixture
def connect(sap: StandIn) -> Iterator[Connect]:
    """Opens sessions; no fault is in force before and after the test."""
    httpx.delete(f"{sap.control_url}/faults").raise_for_status()
    yield connector(sap.destination)
    httpx.delete(f"{sap.control_url}/faults").raise_for_status()


@pytest.fixture(name="placed")
def _placed(firestore: Client) -> Callable[..., Order]:
    """Places orders, each of another number."""

    def placed(**overrides: Any) -> Order:
        accepted = order(number=f"{next(_GROUPS)}-001", **overrides)
        place_order(firestore, accepted)
        return accepted

    return placed


@pytest.fixture(name="confirmed")
def _confirmed(
    firestore: Client, connect: Connect, placed: Callable[..., Order]
) -> Callable[[], Order]:
    """Makes orders of two pieces that SAP has and told of."""

    def confirmed() -> Order:
        store_availability(firestore, availability(style()))
        store_company(firestore, company())
        number = placed().number
        export(firestore, connect, number, lambda: NOW)
        sap_number = stored_order(firestore, number).sap_number
        tell(firestore, number, sap_number or "", 1, {10: 2})
        return stored_order(firestore, number)

    return confirmed
