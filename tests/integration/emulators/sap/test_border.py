"""What the stand-in publishes is what shared/sap reads, and demo data is what it takes."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from emulators.demo.generate import generate, write
from emulators.demo.systems import SYSTEMS, DemoSystem
from emulators.sap.client import pyrfc
from emulators.sap.master import read_data
from emulators.sap.server import serve
from shared.sap.order_responses import order_status
from tests.factories.sap import ECC
from tests.integration.emulators.sap.conftest import Sap
from tests.integration.emulators.sap.data import LARGE, order_call, schedule
from tests.support.idocs import read_packet, stock
from tests.support.wait import wait_until


def test_our_side_reads_a_response_and_its_stock(sap: Sap, connection: pyrfc.Connection) -> None:
    number = connection.call(
        "BAPI_SALESORDER_CREATEFROMDAT2",
        **order_call(
            ORDER_ITEMS_IN=[{"ITM_NUMBER": "000010", "MATERIAL": LARGE}],
            ORDER_SCHEDULES_IN=[schedule("000010", "8")],
        ),
    )["SALESDOCUMENT"]
    connection.call("BAPI_TRANSACTION_COMMIT", WAIT="X")
    wait_until(lambda: len(sap.published) == 2, what="the response and the stock")
    response, inventory = (json.dumps(payload).encode() for _, payload in sap.published)

    (status,) = read_packet(response, ECC, {"ORDRSP": order_status})
    assert status is not None
    assert (status.number, status.sap_number) == ("7K3Q9XZ4M2-001", number.lstrip("0"))
    assert [each.quantity for each in status.lines[10].confirmed] == [5]
    row = stock(inventory)["10123", "EU01"]["10123002"]
    assert (row.on_hand, row.ordered) == (5, 8)
    assert row.stamp >= status.sap_stamp


@pytest.mark.parametrize("demo", SYSTEMS.values(), ids=SYSTEMS)
def test_demo_data_is_known_and_can_be_ordered(demo: DemoSystem, tmp_path: Path) -> None:
    write(generate(1, 4, 4, datetime.now(UTC).date(), demo), tmp_path)
    data = read_data(tmp_path / "sap.json")
    with serve(data, tmp_path / "state", settings=demo.settings) as stand_in:
        system = stand_in.system
        number, customer = next(iter(system.master.customers.items()))
        (organisation, channel, division), area = next(iter(customer.areas.items()))
        material = next(row.material for row in system.stock() if row.plant == area.plant)
        with pyrfc.Connection(**stand_in.destination) as connection:
            answer = connection.call(
                "BAPI_SALESORDER_CREATEFROMDAT2",
                ORDER_HEADER_IN={
                    "DOC_TYPE": demo.settings.order_types.at_once,
                    "SALES_ORG": organisation,
                    "DISTR_CHAN": channel,
                    "DIVISION": division,
                },
                ORDER_PARTNERS=[
                    {"PARTN_ROLE": "AG", "PARTN_NUMB": number},
                    {"PARTN_ROLE": "WE", "PARTN_NUMB": next(iter(customer.ship_tos))},
                ],
                ORDER_ITEMS_IN=[{"ITM_NUMBER": "000010", "MATERIAL": material}],
                ORDER_SCHEDULES_IN=[schedule("000010", "5")],
            )

    assert answer["SALESDOCUMENT"]
