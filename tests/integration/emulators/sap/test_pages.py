"""Playing SAP by hand: the forms of the control port's pages, used as a browser uses them."""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import httpx
import pytest

from emulators.sap.client import pyrfc
from emulators.sap.faults import FaultPlan, MessagePlan
from tests.integration.emulators.sap.conftest import Sap
from tests.integration.emulators.sap.data import LARGE, SMALL, SOLD_TO, order_call


class Forms(HTMLParser):
    """A page's forms: where each goes, and the values that it would send untouched."""

    def __init__(self, page: httpx.Response) -> None:
        super().__init__()
        self.url = str(page.url)
        self.forms: list[tuple[str, dict[str, str]]] = []
        self._select = ""
        self.feed(page.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((urljoin(self.url, found.get("action", "")), {}))
        elif tag == "select":
            self._select = found["name"]
        elif tag == "option" and ("selected" in found or self._select not in self.forms[-1][1]):
            self.forms[-1][1][self._select] = found.get("value", "")
        elif tag == "input" and found.get("type") != "checkbox":
            self.forms[-1][1][found["name"]] = found.get("value", "")


class Desk:
    """Somebody at the pages."""

    def __init__(self, url: str) -> None:
        self.client = httpx.Client(base_url=url, follow_redirects=True)

    def read(self, path: str) -> str:
        """A page's HTML."""
        reply = self.client.get(path)
        assert reply.status_code == 200, reply.text
        return reply.text

    def send(self, path: str, action: str, **fields: str) -> str:
        """Fills in the form of the page whose address ends so, and sends it."""
        page = self.client.get(path)
        [(url, values), *_] = [one for one in Forms(page).forms if one[0].endswith(action)]
        unknown = fields.keys() - values.keys() - {"AUFSD", "duplicate", "lock"}
        assert not unknown
        reply = self.client.post(url, data=values | fields)
        assert reply.status_code == 200, reply.text
        return reply.text


@pytest.fixture(name="desk")
def _desk(sap: Sap) -> Desk:
    return Desk(sap.stand_in.control_url)


@pytest.fixture(name="number")
def _number(connection: pyrfc.Connection) -> str:
    made: str = connection.call("BAPI_SALESORDER_CREATEFROMDAT2", **order_call())["SALESDOCUMENT"]
    connection.call("BAPI_TRANSACTION_COMMIT", WAIT="X")
    return made


def saved(sap: Sap, number: str) -> dict[str, Any]:
    """The order as GET /orders/{number} tells it."""
    order: dict[str, Any] = httpx.get(f"{sap.stand_in.control_url}/orders/{number}").json()
    return order


def test_an_order_is_found(desk: Desk, number: str) -> None:
    assert f"/page/orders/{number}" in desk.read("/?q=7k3q9")
    assert number not in desk.read("/?q=nothing+like+it")


def test_an_order_is_changed_by_its_forms(desk: Desk, sap: Sap, number: str) -> None:
    page = f"/page/orders/{number}"
    assert f"Saved: {number}" in desk.send(page, "/quantity", quantity="4")
    desk.send(page, "/price", price="9.99")
    desk.send(page, "/add", material=LARGE, quantity="2", price="1.50")
    desk.send(page, "/substitute", item="000020", material=SMALL)
    desk.send(page, "/blocks", LIFSK="01")
    desk.send(page, "/credit", CMGST="D")

    order = saved(sap, number)
    first, second = order["items"]
    assert (first["REQ_QTY"], first["NET_PRICE"]) == ("4.000", "9.99")
    assert (second["MATERIAL"], second["REQ_QTY"]) == (SMALL, "2.000")
    assert (order["LIFSK"], order["CMGST"]) == ("01", "D")
    assert "blocked" in desk.send(page, "/ship")
    desk.send(page, "/blocks", LIFSK="")
    assert saved(sap, number)["LIFSK"] == ""
    desk.send(page, "/reject", items="000020")
    assert [item["ABGRU"] for item in saved(sap, number)["items"]] == ["", "01"]


def test_goods_are_shipped_invoiced_and_credited(desk: Desk, sap: Sap, number: str) -> None:
    page = f"/page/orders/{number}"
    assert "Saved: 0080000001" in desk.send(page, "/ship", **{"items.000010": "3"})
    assert saved(sap, number)["items"][0]["DLV_QTY"] == "3.000"
    assert "Saved: 0090000001" in desk.send(page, "/invoice")
    desk.send("/page/documents", "/invoices/0090000001/cancel")
    assert "takes back 0090000001" in desk.read("/page/documents")
    desk.send(page, "/deliveries/0080000001/reverse")
    assert saved(sap, number)["items"][0]["DLV_QTY"] == "0.000"


def test_stock_and_customers_are_changed(desk: Desk, sap: Sap) -> None:
    assert "42" in desk.send(f"/page/stock?q={SMALL}", "/page/stock", LABST="42")
    [row] = [row for row in sap.stand_in.system.stock() if row.material == SMALL]
    assert row.unrestricted == 42
    assert "is blocked" in desk.send("/page/customers", f"{SOLD_TO}/block", AUFSD="01")
    assert "is released" in desk.send("/page/customers", f"{SOLD_TO}/block", AUFSD="")


def test_faults_are_switched_on_and_off(desk: Desk, sap: Sap) -> None:
    told = desk.send("/page/faults", "/calls", lock="true", times="2")
    assert "In force from now on" in told
    desk.send("/page/faults", "/messages", duplicate="true")
    assert sap.stand_in.system.faults.plan().model_dump(exclude_defaults=True) == {
        "lock": True,
        "times": 2,
    }
    assert "Faults are in force" in desk.read("/")
    desk.client.post("/page/faults/calls")
    desk.client.post("/page/faults/messages")
    assert "Faults are in force" not in desk.read("/")


def test_what_sap_refuses_is_told_on_the_page(desk: Desk, number: str) -> None:
    page = f"/page/orders/{number}"
    assert "SAP says no" in desk.send(page, "/substitute", material="4711")
    assert "is no number" in desk.send(page, "/price", price="a lot")


def test_every_fault_can_be_set_on_the_page(desk: Desk) -> None:
    page = desk.read("/page/faults")
    for plan in (FaultPlan, MessagePlan):
        for name, field in plan.model_fields.items():
            assert f'name="{field.alias or name}"' in page
