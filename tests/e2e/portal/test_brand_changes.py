"""What people in SAP make of an order, as its buyer reads it."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.support import portal as api
from tests.support import walking
from tests.support.browser import Visits
from tests.support.portal import Person, line, send
from tests.support.wait import wait_until

Cloud = dict[str, Any]

# In every assortment, price list and window.
STYLE = "10001"


@pytest.fixture(scope="module")
def anna(local_cloud: Cloud) -> Person:
    """Buys for a German company."""
    return api.person(local_cloud, "Anna")


def _act(cloud: Cloud, vbeln: str, action: str, **body: Any) -> Any:
    reply = send("POST", f"{cloud['sap_control']}/orders/{vbeln.zfill(10)}/{action}", body)
    assert reply.status == 200, reply
    return reply.body


@pytest.fixture(scope="module")
def order(local_cloud: Cloud, anna: Person) -> Any:
    """3 + 2 pieces, of which SAP's people made 1 at another price, and another article."""
    sizes = anna.read(f"catalog/styles/{STYLE}")["colourways"][0]["sizes"]
    door, window = walking.doors(anna)[0]["id"], walking.pre_books(anna)[0]
    lines = [line(sizes[0]["sku"], door, window, 3), line(sizes[1]["sku"], door, window, 2)]
    (placed,) = api.placed(anna, api.new_cart(anna, lines))
    confirmed = api.confirmed(anna, placed["number"])
    vbeln = confirmed["sap_number"]
    _act(local_cloud, vbeln, "quantity", item="000010", quantity="1")
    _act(local_cloud, vbeln, "price", item="000010", price="50.00")
    other = confirmed["lines"][0]["article"][:-3] + "003"
    _act(local_cloud, vbeln, "substitute", item="000020", material=other)
    _act(local_cloud, vbeln, "credit", CMGST="B")
    wait_until(lambda: anna.read(f"orders/{placed['number']}")["holds"], what="the hold", every=0.2)
    _act(local_cloud, vbeln, "follow", kind="free_delivery", items={"000010": "1"})
    wait_until(
        lambda: anna.read(f"orders/{placed['number']}")["related"],
        what="the free delivery",
        every=0.2,
    )
    return anna.read(f"orders/{placed['number']}")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_buyer_reads_what_the_brand_made_of_the_order(
    portal: Visits, order: Any, width: int
) -> None:
    page = portal("Anna", f"/orders/{order['number']}", size=(width, 900))
    expect(page.get_by_text("Die Marke hält diesen Auftrag zurück")).to_be_visible()
    expect(page.get_by_text("Er wartet auf die Kreditprüfung.")).to_be_visible()
    expect(page.get_by_text("1 statt 3").first).to_be_visible()
    expect(page.get_by_role("button", name="Ablehnen")).to_be_visible()
    expect(page.get_by_role("heading", name="Kostenlose Lieferung")).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width


def test_the_list_names_what_is_held_and_changed(portal: Visits, order: Any) -> None:
    page = portal("Anna", "/orders")
    row = page.get_by_role("listitem").filter(has_text=order["number"])
    expect(row.get_by_text("Von der Marke zurückgehalten")).to_be_visible()
    expect(row.get_by_text("Von der Marke geändert")).to_be_visible()
