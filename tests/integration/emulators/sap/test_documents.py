"""Shipping and invoicing an order over the control port, and what SAP publishes of it."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest

from emulators.sap.__main__ import main
from emulators.sap.client import pyrfc
from emulators.sap.server import serve
from shared.sap.deliveries import SapShipment, shipments
from shared.sap.idoc import Idoc
from shared.sap.invoices import SapInvoice, invoices
from tests.factories.sap import ECC, packet
from tests.integration.emulators.sap.conftest import Sap
from tests.integration.emulators.sap.data import SMALL, order_call, schedule, small_data
from tests.support.idocs import read_packet
from tests.support.wait import wait_until

ORDER = "7K3Q9XZ4M2-001"


def save(connection: pyrfc.Connection) -> str:
    """Orders five pieces of one material at 10.00, by our number; SAP's number."""
    call = order_call(
        ORDER_ITEMS_IN=[{"ITM_NUMBER": "000010", "MATERIAL": SMALL}],
        ORDER_SCHEDULES_IN=[schedule("000010", "5")],
        ORDER_CONDITIONS_IN=[
            {
                "ITM_NUMBER": "000010",
                "COND_TYPE": "PR00",
                "COND_VALUE": Decimal("10.00"),
                "CURRENCY": "EUR",
                "COND_P_UNT": Decimal(1),
                "COND_UNIT": "ST",
            }
        ],
    )
    call["ORDER_HEADER_IN"]["PURCH_NO_C"] = f"{ORDER}/PO 1"
    number: str = connection.call("BAPI_SALESORDER_CREATEFROMDAT2", **call)["SALESDOCUMENT"]
    connection.call("BAPI_TRANSACTION_COMMIT", WAIT="X")
    return number


def read_messages(sap: Sap, kind: str, count: int) -> list[dict[str, Any]]:
    """The IDocs of a kind, once there are `count`."""

    def arrived() -> list[dict[str, Any]]:
        found = [payload for topic, payload in sap.published if topic == "sap-orders"]
        idocs = [idoc for payload in found for idoc in payload["IDOCS"]]
        return [idoc for idoc in idocs if idoc["EDI_DC40"]["MESTYP"] == kind]

    wait_until(lambda: len(arrived()) >= count, what=f"{count} {kind}")
    return arrived()


def shipment(idoc: Mapping[str, Any]) -> SapShipment:
    """As sync_order_status reads it."""
    [found] = read_packet(packet(dict(idoc)), ECC, {"DESADV": shipments})[0]
    return found


def invoice(idoc: Mapping[str, Any]) -> SapInvoice:
    """As sync_order_status reads it."""

    def translate(one: Idoc) -> list[SapInvoice]:
        return invoices(one)

    [found] = read_packet(packet(dict(idoc)), ECC, {"INVOIC": translate})[0]
    return found


def stock_of(sap: Sap) -> tuple[Decimal, Decimal]:
    """Unrestricted stock and quantity on order."""
    [row] = [row for row in sap.stand_in.system.stock() if row.material == SMALL]
    return row.unrestricted, row.on_order


def test_a_part_then_the_rest(sap: Sap, connection: pyrfc.Connection) -> None:
    number = save(connection)
    before = stock_of(sap)
    part = sap.post(f"/orders/{number}/ship", items={"000010": "2"}, tracking="1Z999").json()
    first = shipment(read_messages(sap, "DESADV", 1)[0])
    assert (first.number, first.sap_number) == (ORDER, number.lstrip("0"))
    assert first.shipment.number == part["number"].lstrip("0")
    assert (first.shipment.carrier, first.shipment.tracking) == ("DHL Freight", "1Z999")
    assert first.shipment.shipped_at is not None
    assert first.shipment.quantities == {10: 2}
    assert stock_of(sap) == (before[0] - 2, before[1] - 2)
    sap.post(f"/orders/{number}/ship")
    assert shipment(read_messages(sap, "DESADV", 2)[1]).shipment.quantities == {10: 3}
    assert sap.orders()[0]["items"][0]["DLV_QTY"] == "5.000"
    nothing = sap.post(f"/orders/{number}/ship")
    assert (nothing.status_code, "nothing of" in nothing.json()["detail"]) == (409, True)


def test_a_delivery_is_cancelled(sap: Sap, connection: pyrfc.Connection) -> None:
    number = save(connection)
    before = stock_of(sap)
    delivery = sap.post(f"/orders/{number}/ship").json()["number"]
    assert sap.post(f"/deliveries/{delivery}/cancel").status_code == 200
    gone = shipment(read_messages(sap, "DESADV", 2)[1]).shipment
    assert (gone.cancelled, gone.shipped_at, gone.quantities) == (True, None, {10: 5})
    assert stock_of(sap) == before
    assert sap.post(f"/deliveries/{delivery}/cancel").status_code == 409
    assert sap.post("/deliveries/1/cancel").status_code == 404
    assert sap.post(f"/orders/{number}/ship").status_code == 200


def test_what_has_left_is_invoiced_once(sap: Sap, connection: pyrfc.Connection) -> None:
    number = save(connection)
    assert sap.post(f"/orders/{number}/invoice").status_code == 409
    sap.post(f"/orders/{number}/ship", items={"000010": "2"})
    sap.post(f"/orders/{number}/invoice")
    first = invoice(read_messages(sap, "INVOIC", 1)[0])
    assert (first.number, first.sap_number) == (ORDER, number.lstrip("0"))
    assert first.invoice.quantities == {10: 2}
    assert (first.invoice.net.amount, first.invoice.gross.amount) == (2000, 2000)
    assert sap.post(f"/orders/{number}/invoice").status_code == 409


def test_an_invoice_is_reversed(sap: Sap, connection: pyrfc.Connection) -> None:
    number = save(connection)
    sap.post(f"/orders/{number}/ship")
    billing = sap.post(f"/orders/{number}/invoice").json()["number"]
    reversal = sap.post(f"/invoices/{billing}/cancel").json()["number"]
    assert invoice(read_messages(sap, "INVOIC", 2)[1]).invoice.cancels == billing.lstrip("0")
    assert sap.post(f"/invoices/{billing}/cancel").status_code == 409
    assert sap.post(f"/invoices/{reversal}/cancel").status_code == 409
    assert sap.post(f"/orders/{number}/invoice").status_code == 200


def test_what_is_left_of_a_rejected_item_draws_on_stock_no_more(
    sap: Sap, connection: pyrfc.Connection
) -> None:
    on_order = stock_of(sap)[1]
    number = save(connection)
    sap.post(f"/orders/{number}/ship", items={"000010": "2"})
    sap.post(f"/orders/{number}/reject")
    assert stock_of(sap)[1] == on_order


def test_deliveries_outlive_a_restart(tmp_path: Path) -> None:
    with serve(small_data(), tmp_path) as stand_in:
        with pyrfc.Connection(**stand_in.destination) as connection:
            number = save(connection)
        httpx.post(f"{stand_in.control_url}/orders/{number}/ship").raise_for_status()
    with serve(small_data(), tmp_path) as stand_in:
        assert httpx.post(f"{stand_in.control_url}/orders/{number}/ship").status_code == 409
        billing = httpx.post(f"{stand_in.control_url}/orders/{number}/invoice")
        assert billing.raise_for_status().json()["items"][0]["quantity"] == "5.000"


def test_the_commands(
    sap: Sap, connection: pyrfc.Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    number = save(connection)
    port = sap.stand_in.control_url.rpartition(":")[2]
    assert main(["ship", number, "--control-port", port]) == 0
    assert main(["invoice", number, "--control-port", port]) == 0
    assert capsys.readouterr().out.split() == ["0080000001", "0090000001"]
    assert main(["ship", number, "--control-port", port]) == 1
    assert "nothing of" in capsys.readouterr().err
