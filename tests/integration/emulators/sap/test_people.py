"""What people in SAP do to an order over the control port, and what SAP then says of it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from emulators.sap.client import pyrfc
from tests.integration.emulators.sap.conftest import Sap
from tests.integration.emulators.sap.data import GENERIC, LARGE, SMALL, SOLD_TO, order_call
from tests.support.wait import wait_until


@pytest.fixture
def number(connection: pyrfc.Connection) -> str:
    """A saved order of five pieces of SMALL at 12.50 EUR."""
    made: str = connection.call("BAPI_SALESORDER_CREATEFROMDAT2", **order_call())["SALESDOCUMENT"]
    connection.call("BAPI_TRANSACTION_COMMIT", WAIT="X")
    return made


def done(sap: Sap, path: str, **body: Any) -> dict[str, Any]:
    """What the control port answers to something that SAP lets people do."""
    reply = sap.post(path, **body)
    assert reply.status_code == 200, reply.text
    answer: dict[str, Any] = reply.json()
    return answer


def refused(sap: Sap, path: str, status: int = 409, **body: Any) -> str:
    """Why SAP doesn't let them."""
    reply = sap.post(path, **body)
    assert reply.status_code == status, reply.text
    return str(reply.json()["detail"])


def stock_of(sap: Sap, material: str) -> tuple[int, int]:
    """Unrestricted stock and quantity on order."""
    [row] = [row for row in sap.stand_in.system.stock() if row.material == material]
    return int(row.unrestricted), int(row.on_order)


def published(sap: Sap, kind: str) -> list[Mapping[str, Any]]:
    """The IDocs of a kind so far, once the outbox is empty."""
    wait_until(lambda: not sap.stand_in.system.waiting_messages(), what="an empty outbox")
    packets = [payload for topic, payload in sap.published if topic != "sap-inventory"]
    idocs = [idoc for packet in packets for idoc in packet["IDOCS"]]
    return [idoc for idoc in idocs if idoc["EDI_DC40"]["MESTYP"] == kind]


def test_a_quantity_and_a_price_are_changed(sap: Sap, number: str) -> None:
    done(sap, f"/orders/{number}/quantity", item="000010", quantity="4")
    order = done(sap, f"/orders/{number}/price", item="000010", price="9.99")

    [item] = order["items"]
    assert (item["REQ_QTY"], item["CONFIR_QTY"]) == ("4.000", "4.000")
    assert (item["NET_PRICE"], item["NET_VALUE"]) == ("9.99", "39.96")
    assert stock_of(sap, SMALL)[1] == 4
    assert len(published(sap, "ORDRSP")) == 3


def test_an_item_is_added(sap: Sap, number: str) -> None:
    order = done(sap, f"/orders/{number}/add", material="10123002", quantity="7", price="12.50")

    added = order["items"][1]
    assert (added["ITM_NUMBER"], added["MATERIAL"]) == ("000020", LARGE)
    assert (added["REQ_QTY"], added["CONFIR_QTY"]) == ("7.000", "5.000")
    assert stock_of(sap, LARGE)[1] == 7
    refused(sap, f"/orders/{number}/add", 404, material=GENERIC, quantity="1", price="1")


def test_an_article_is_substituted(sap: Sap, number: str) -> None:
    order = done(sap, f"/orders/{number}/substitute", item="000010", material=LARGE)

    assert (order["items"][0]["MATERIAL"], order["items"][0]["NET_PRICE"]) == (LARGE, "12.50")
    assert (stock_of(sap, SMALL)[1], stock_of(sap, LARGE)[1]) == (0, 5)


def test_an_item_is_confirmed_in_part_over_several_days(sap: Sap, number: str) -> None:
    later = f"{datetime.now(UTC) + timedelta(days=9):%Y%m%d}"
    today = f"{datetime.now(UTC):%Y%m%d}"
    lines = [{"date": later, "quantity": "1"}, {"date": today, "quantity": "2"}]
    order = done(sap, f"/orders/{number}/lines", item="000010", lines=lines)

    assert order["items"][0]["schedule_lines"] == [
        {"EDATU": today, "WMENG": "2.000"},
        {"EDATU": later, "WMENG": "1.000"},
    ]
    too_many = [{"date": today, "quantity": "6"}]
    refused(sap, f"/orders/{number}/lines", item="000010", lines=too_many)


def test_a_block_keeps_goods_and_invoices_back_until_it_is_taken_off(sap: Sap, number: str) -> None:
    assert done(sap, f"/orders/{number}/credit", CMGST="B")["CMGST"] == "B"
    assert "blocked" in refused(sap, f"/orders/{number}/ship")
    done(sap, f"/orders/{number}/credit", CMGST="D")
    done(sap, f"/orders/{number}/blocks", LIFSK="01", FAKSK="02")
    refused(sap, f"/orders/{number}/ship")
    assert done(sap, f"/orders/{number}/blocks", LIFSK="")["FAKSK"] == "02"
    done(sap, f"/orders/{number}/ship")
    refused(sap, f"/orders/{number}/invoice")
    done(sap, f"/orders/{number}/blocks", FAKSK="")
    done(sap, f"/orders/{number}/invoice")


def test_goods_leave_come_back_and_leave_again(sap: Sap, number: str) -> None:
    delivery = done(sap, f"/orders/{number}/deliver", items={"000010": "3"})["number"]
    assert stock_of(sap, SMALL) == (100, 5)
    refused(sap, f"/deliveries/{delivery}/reverse")
    done(sap, f"/deliveries/{delivery}/post")
    assert stock_of(sap, SMALL) == (97, 2)
    refused(sap, f"/deliveries/{delivery}/post")
    done(sap, f"/deliveries/{delivery}/reverse")
    assert stock_of(sap, SMALL) == (100, 5)
    done(sap, f"/deliveries/{delivery}/post")

    assert len(published(sap, "DESADV")) == 4
    refused(sap, f"/orders/{number}/quantity", item="000010", quantity="2")
    order = done(sap, f"/orders/{number}/quantity", item="000010", quantity="4")
    assert order["items"][0]["CONFIR_QTY"] == "4.000"
    assert stock_of(sap, SMALL) == (97, 1)


def test_what_is_being_delivered_cant_be_substituted(sap: Sap, number: str) -> None:
    done(sap, f"/orders/{number}/deliver")
    refused(sap, f"/orders/{number}/substitute", item="000010", material=LARGE)


def test_goods_come_back_and_are_credited(sap: Sap, number: str) -> None:
    refused(sap, f"/orders/{number}/follow", kind="return")
    done(sap, f"/orders/{number}/ship")
    back = done(sap, f"/orders/{number}/follow", kind="return", items={"000010": "2"})
    assert (back["PURCH_NO_C"], back["REFERENCE"]) == ("7K3Q9XZ4M2-001/PO 1", number)
    assert stock_of(sap, SMALL) == (95, 0)

    delivery = done(sap, f"/orders/{back['VBELN']}/ship")
    assert delivery["kind"] == "LR"
    assert stock_of(sap, SMALL) == (97, 0)
    memo = done(sap, f"/orders/{back['VBELN']}/invoice")
    assert (memo["credit_memo"], memo["items"][0]["net"]) == (True, "25.00")
    assert published(sap, "INVOIC")[0]["E1EDK01"][0]["BSART"] == "CRME"


def test_a_free_delivery_costs_nothing(sap: Sap, number: str) -> None:
    free = done(sap, f"/orders/{number}/follow", kind="free_delivery", items={"000010": "1"})
    done(sap, f"/orders/{free['VBELN']}/ship")

    assert free["NET_VALUE"] == "0.00"
    assert stock_of(sap, SMALL) == (99, 5)
    refused(sap, f"/orders/{free['VBELN']}/invoice")


def test_a_second_order_has_the_same_purchase_order(sap: Sap, number: str) -> None:
    second = done(sap, f"/orders/{number}/follow", kind="order")

    assert second["VBELN"] != number
    assert second["items"][0]["REQ_QTY"] == "5.000"
    assert stock_of(sap, SMALL)[1] == 10


def test_money_is_credited_without_goods(sap: Sap, number: str) -> None:
    memo = done(sap, f"/orders/{number}/follow", kind="credit_memo", items={"000010": "1"})

    refused(sap, f"/orders/{memo['VBELN']}/ship")
    assert done(sap, f"/orders/{memo['VBELN']}/invoice")["credit_memo"]
    refused(sap, f"/orders/{memo['VBELN']}/invoice")


def test_a_customer_is_blocked_and_released(sap: Sap, connection: pyrfc.Connection) -> None:
    assert done(sap, f"/customers/{SOLD_TO}/block", AUFSD="01")["blocked"]
    answer = connection.call("BAPI_SALESORDER_CREATEFROMDAT2", **order_call())
    assert not answer["SALESDOCUMENT"]
    assert not done(sap, f"/customers/{SOLD_TO}/block")["blocked"]
    assert connection.call("BAPI_SALESORDER_CREATEFROMDAT2", **order_call())["SALESDOCUMENT"]

    blocked, released = published(sap, "DEBMAS")
    assert [one["E1KNA1M"][0]["AUFSD"] for one in (blocked, released)] == ["01", ""]
    assert blocked["EDI_DC40"]["SERIAL"] < released["EDI_DC40"]["SERIAL"]
    refused(sap, "/customers/4711/block", 404)


def test_what_sap_does_not_know_is_said(sap: Sap, number: str) -> None:
    refused(sap, "/orders/1/quantity", 404, item="000010", quantity="1")
    refused(sap, f"/orders/{number}/quantity", 404, item="000090", quantity="1")
    refused(sap, f"/orders/{number}/quantity", 422, item="000010", quantity="few")
    refused(sap, f"/orders/{number}/melt", 404)
