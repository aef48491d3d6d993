"""What becomes of a confirmed order: shipped, invoiced, cancelled, and its confirmation."""

from typing import Any

import httpx
import pytest

from tests.support import portal, sap
from tests.support.portal import Person, line

Cloud = dict[str, Any]

# In every assortment, price list and window.
STYLE = "10001"
SHIP, INVOICE = "orders/{}/ship", "orders/{}/invoice"


@pytest.fixture(scope="module")
def anna(local_cloud: Cloud) -> Person:
    """Buys for a German company."""
    return portal.person(local_cloud, "Anna")


def _confirmed(buyer: Person) -> Any:
    """An order of 3 + 2 pieces, pre-booked, so that no stock is taken from other tests."""
    windows = buyer.read("catalog/styles")["windows"]
    window = next(each["id"] for each in windows if each["kind"] == "pre_book" and each["open"])
    door = buyer.read("accounts/company/doors")["items"][0]["id"]
    sizes = buyer.read(f"catalog/styles/{STYLE}")["colourways"][0]["sizes"]
    lines = [line(sizes[0]["sku"], door, window, 3), line(sizes[1]["sku"], door, window, 2)]
    (order,) = portal.placed(buyer, portal.new_cart(buyer, lines))
    return portal.confirmed(buyer, order["number"])


def test_an_order_is_shipped_in_two_parts_and_invoiced(local_cloud: Cloud, anna: Person) -> None:
    order = _confirmed(anna)
    vbeln = order["sap_number"]
    first = sap.follow(
        local_cloud, SHIP, vbeln, items={"000010": "3"}, carrier="DPD", tracking="0123456789"
    )
    shipped = portal.in_status(anna, order["number"], "partly_shipped")
    assert [each["shipped"] for each in shipped["lines"]] == [3, 0]
    (shipment,) = shipped["shipments"]
    assert (shipment["number"], shipment["carrier"]) == (first, "DPD")
    assert shipment["tracking"] == "0123456789"

    second = sap.follow(local_cloud, SHIP, vbeln)
    shipped = portal.in_status(anna, order["number"], "shipped")
    assert [each["number"] for each in shipped["shipments"]] == [first, second]

    billing = sap.follow(local_cloud, INVOICE, vbeln)
    done = portal.in_status(anna, order["number"], "invoiced")
    (invoice,) = done["invoices"]
    assert (invoice["number"], invoice["net"]) == (billing, order["net"])
    assert invoice["gross"] == order["gross"]
    assert [step["status"] for step in done["history"]][-4:] == [
        "confirmed",
        "partly_shipped",
        "shipped",
        "invoiced",
    ]


def test_a_delivery_that_is_cancelled_is_told(local_cloud: Cloud, anna: Person) -> None:
    order = _confirmed(anna)
    delivery = sap.follow(local_cloud, SHIP, order["sap_number"])
    portal.in_status(anna, order["number"], "shipped")
    sap.follow(local_cloud, "deliveries/{}/cancel", delivery)
    back = portal.confirmed(anna, order["number"])
    assert [each["cancelled"] for each in back["shipments"]] == [True]
    assert [each["shipped"] for each in back["lines"]] == [0, 0]


@pytest.mark.parametrize(
    ("kind", "start"),
    [("pdf", b"%PDF-"), ("xlsx", b"PK\x03\x04"), ("csv", b"\xef\xbb\xbfPosition;")],
)
def test_the_confirmation_is_a_file(anna: Person, kind: str, start: bytes) -> None:
    number = anna.read("orders")["orders"][0]["number"]
    reply = anna.send("GET", f"orders/{number}/documents/confirmation.{kind}")
    assert reply.status == 200
    assert reply.body.startswith(start)
    assert f'filename="{number}.{kind}"' in reply.headers["Content-Disposition"]


def test_what_people_do_at_saps_page_is_what_the_buyer_sees(
    local_cloud: Cloud, anna: Person
) -> None:
    order = _confirmed(anna)
    page = f"{local_cloud['sap_control']}/page/orders/{order['sap_number'].zfill(10)}"
    for action, fields in (
        ("quantity", {"item": "000010", "quantity": "2"}),
        ("reject", {"items": "000020", "ABGRU": "01"}),
        ("ship", {"items.000010": "1"}),
    ):
        told = httpx.post(f"{page}/{action}", data=fields, follow_redirects=True)
        assert "Saved: " in told.text

    seen = portal.in_status(anna, order["number"], "partly_shipped")
    first, second = seen["lines"]
    assert (first["quantity"], first["shipped"]) == (2, 1)
    assert second["rejected"]
