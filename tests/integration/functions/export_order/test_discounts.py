"""SAP takes off no discount twice: the order's conditions of zero take the place of its own.

Without them, or if they did not replace SAP's, the sales order would cost less than what was agreed, or
more where there is a surcharge.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from google.cloud.firestore import Client

from emulators.sap.server import CLIENT_PATH, StandIn, serve
from functions.export_order.export import export
from shared.order import repository as orders
from shared.order.handover import HandoverState, ParkReason
from shared.order.model import Order
from shared.sap.rfc import Call, connector
from shared.sap.sales_order import create_parameters
from shared.sap.source_system import SourceSystem
from tests.factories.assortment import NOW
from tests.factories.order import order, order_line, place_order
from tests.factories.sap import ECC, EXTERNAL_NUMBERS, S4
from tests.factories.sap_prices import discount
from tests.integration.emulators.sap.data import GENERIC, SHIP_TO, SOLD_TO, customer, small_data

CREATE, COMMIT = "BAPI_SALESORDER_CREATEFROMDAT2", "BAPI_TRANSACTION_COMMIT"
Change = Callable[[dict[str, Any]], None]


def _as_sent(_: dict[str, Any]) -> None:
    """As Sellin sends it."""


def _without_zeros(parameters: dict[str, Any]) -> None:
    for name in ("ORDER_CONDITIONS_IN", "ORDER_CONDITIONS_INX"):
        own = parameters["ORDER_CONDITIONS_IN"][0]["COND_TYPE"]
        parameters[name] = [row for row in parameters[name] if row["COND_TYPE"] == own]


def _beside(parameters: dict[str, Any]) -> None:
    parameters["LOGIC_SWITCH"] = {**parameters["LOGIC_SWITCH"], "COND_HANDL": ""}


@dataclass(frozen=True)
class World:
    """A SAP that has 10 % for the customer on all, and 10 % for everybody on the style."""

    sap: StandIn
    system: SourceSystem

    def order(self, number: str) -> Order:
        """Of 2 pieces at 22.50 net, agreed."""
        area = self.system.sales_areas[0]
        line = order_line(price=2250, list_price=order_line().unit_price)
        return order(
            number=number,
            lines=[line],
            sales_area={
                "organisation": area.organisation,
                "channel": area.channel,
                "division": area.division,
            },
            external_number=f"05000{number[:5]}" if self.system.orders.numbers else None,
        )


@pytest.fixture(scope="module", params=[ECC, S4], ids=["ecc", "s4"])
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    system: SourceSystem = request.param
    area = system.sales_areas[0]
    buyer = customer(SOLD_TO, SHIP_TO)
    bought_in = {"VKORG": area.organisation, "VTWEG": area.channel, "SPART": area.division}
    [general] = buyer["E1KNA1M"]
    general["E1KNVVM"] = [{**row, **bought_in} for row in general["E1KNVVM"]]
    of_customer, of_style = ("K007", "KA00") if system is ECC else ("YK07", "YK05")
    tenths = "100.00-" if system is ECC else "10.000-"
    conditions = [
        discount(of_customer, "007", tenths, system=system, SPART=area.division, KUNNR=SOLD_TO),
        discount(of_style, "004", tenths, system=system, MATNR=GENERIC),
    ]
    numbers = EXTERNAL_NUMBERS if system.orders.numbers else None
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(CLIENT_PATH))
        for name in [name for name in sys.modules if name.partition(".")[0] == "pyrfc"]:
            patch.delitem(sys.modules, name)
        state: Path = tmp_path_factory.mktemp("sap")
        data = small_data(customers=[buyer], conditions=conditions)
        with serve(data, state, settings=system, external_numbers=numbers) as stand_in:
            yield World(stand_in, system)


def _net(call: Call, parameters: dict[str, Any]) -> Decimal:
    """What the sales order costs that SAP makes of it."""
    answer = call(CREATE, **parameters)
    assert [row["MESSAGE"] for row in answer["RETURN"] if row["TYPE"] == "E"] == []
    call(COMMIT, WAIT="X")
    status = call("BAPI_SALESORDER_GETSTATUS", SALESDOCUMENT=answer["SALESDOCUMENT"])
    [row] = status["STATUSINFO"]
    return Decimal(row["NET_VALUE"])


@pytest.mark.parametrize(
    ("number", "change", "net"),
    [
        ("20001", _as_sent, "45.00"),
        # 20 % of 22.50 once more; in the S4 10 % of the 20.25 that 10 % leave.
        ("20002", _without_zeros, None),
        ("20003", _beside, None),
    ],
)
def test_only_conditions_of_zero_that_replace_saps_keep_what_was_agreed(
    world: World, number: str, change: Change, net: str | None
) -> None:
    parameters = create_parameters(world.order(f"{number}00000-001"), world.system)
    change(parameters)
    twice = "36.00" if world.system is ECC else "36.44"
    with connector(world.sap.destination)() as call:
        assert _net(call, parameters) == Decimal(net or twice)


def test_an_order_of_a_discounted_price_is_handed_over_at_that_price(
    firestore: Client, world: World
) -> None:
    accepted = world.order("2000400000-001")
    place_order(firestore, accepted)
    export(firestore, connector(world.sap.destination), accepted.number, lambda: NOW, world.system)
    stored = Order.model_validate(orders.reference(firestore, accepted.number).get().to_dict())
    assert (stored.handover.state, stored.handover.parked) == (HandoverState.ACCEPTED, None)


def test_an_order_whose_discount_the_settings_lack_is_parked_at_once(
    firestore: Client, world: World
) -> None:
    of_one = world.system.prices.discounts[:1]
    prices = world.system.prices.model_copy(update={"discounts": of_one})
    lacking = world.system.model_copy(update={"prices": prices})
    accepted = world.order("2000500000-001")
    place_order(firestore, accepted)
    export(firestore, connector(world.sap.destination), accepted.number, lambda: NOW, lacking)
    stored = Order.model_validate(orders.reference(firestore, accepted.number).get().to_dict())
    assert stored.handover.parked
    assert stored.handover.parked.reason is ParkReason.PRICE_DIFFERS
