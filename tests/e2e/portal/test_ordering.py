"""What may stand between a cart and its order, and what is done with an order afterwards."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support import portal as api
from tests.support import sap, walking
from tests.support.browser import Visits
from tests.support.portal import Person, line
from tests.support.queue import paused
from tests.support.wait import wait_until
from tests.support.words import words

Cloud = dict[str, Any]

# In every assortment, price list and window.
STYLE = "10001"
EN = words("en")


@pytest.fixture(scope="module")
def megan(local_cloud: Cloud) -> Person:
    """Buys for an American company, in English."""
    return api.person(local_cloud, "Megan")


def _skus(reader: Person) -> list[str]:
    style = reader.read(f"catalog/styles/{STYLE}")
    return [size["sku"] for size in style["colourways"][0]["sizes"]]


def _door(reader: Person) -> str:
    return str(walking.doors(reader)[0]["id"])


def _cart(reader: Person, quantity: int = 12) -> Any:
    """Three sizes for the first door, pre-booked."""
    window = walking.pre_books(reader)[0]
    cells = [line(sku, _door(reader), window, quantity) for sku in _skus(reader)[:3]]
    return api.new_cart(reader, cells)


def _order_now(page: Page, po_number: str) -> None:
    page.get_by_label("PO number").fill(po_number)
    page.get_by_role("button", name="Order now").click()


def test_a_changed_price_is_shown_before_it_is_ordered(
    portal: Visits, local_cloud: Cloud, megan: Person
) -> None:
    portal.allow("status of 409")
    cart = _cart(megan)
    page = portal("Megan", f"/carts/{cart['id']}/place", cart=cart)
    expect(page.get_by_role("button", name="Order now")).to_be_visible()
    before, after = _dearer(local_cloud, megan, cart)
    _order_now(page, "PO DEARER")
    told = page.get_by_role("alert")
    expect(told.get_by_role("listitem")).to_contain_text(f"{after} instead of {before}")
    assert megan.read("orders?po_number=PO DEARER".replace(" ", "%20"))["orders"] == []
    _order_now(page, "PO DEARER")
    expect(page.get_by_role("heading", name="Thank you, it is ordered.")).to_be_visible()


def _dearer(cloud: Cloud, reader: Person, cart: Any) -> tuple[str, str]:
    """SAP's new price of the cart's style has arrived: the one before, and the new one."""
    (style,) = cart["styles"]
    seen = style["unit_price"]["amount"]
    idoc = sap.wholesale_condition(cloud, STYLE, reader.read("accounts/company")["price_list"])
    (record,) = idoc["E1KONP"]
    # Also from the quantities on that have a price of their own.
    tiers = [{**row, "KBETR": f"{float(row['KBETR']) + 1:.2f}"} for row in idoc.get("E1KONM", [])]
    row = {**record, "KBETR": f"{float(record['KBETR']) + 1:.2f}"}
    sap.publish(cloud, "sap-prices", {**idoc, "E1KONP": [row], "E1KONM": tiers})

    def now() -> int:
        amount: int = reader.read(f"carts/{cart['id']}")["styles"][0]["unit_price"]["amount"]
        return amount

    wait_until(lambda: now() != seen, what="the new price")
    return tuple(f"${amount / 100:.2f}" for amount in (seen, now()))  # type: ignore[return-value]


def test_an_order_is_cancelled_while_sap_does_not_have_it(
    portal: Visits, local_cloud: Cloud, megan: Person
) -> None:
    with paused(local_cloud):
        (order,) = api.placed(megan, _cart(megan))
        page = portal("Megan", "/orders")
        page.get_by_role("link", name=order["number"]).click()
        page.get_by_role("button", name="Cancel the order").click()
        asked = page.get_by_role("dialog", name=f"Cancel order {order['number']}?")
        asked.get_by_label("Reason").fill("Ordered twice")
        asked.get_by_role("button", name="Cancel the order").click()
        expect(asked).to_have_count(0)
        expect(page.get_by_role("button", name="Cancel the order")).to_have_count(0)
        expect(page.get_by_text("Ordered twice")).to_be_visible()
    assert megan.read(f"orders/{order['number']}")["status"] == "cancelled"


def test_an_order_is_ordered_again(portal: Visits, megan: Person) -> None:
    (order,) = api.placed(megan, _cart(megan))
    page = portal("Megan", f"/orders/{order['number']}")
    page.get_by_role("button", name="Order again").click()
    expect(page.get_by_role("heading", name=f"Again {order['number']}", level=1)).to_be_visible()
    page.get_by_role("link", name="Review and order").click()
    _order_now(page, "PO AGAIN")
    expect(page.get_by_role("heading", name="Thank you, it is ordered.")).to_be_visible()
    (again,) = megan.read("orders?po_number=PO%20AGAIN")["orders"]
    assert (again["pieces"], again["window"]) == (order["pieces"], order["window"])


def test_a_cart_is_copied(portal: Visits, megan: Person) -> None:
    cart = _cart(megan)
    page = portal("Megan", f"/carts/{cart['id']}", cart=cart)
    page.get_by_role("button", name="Copy", exact=True).click()
    asked = page.get_by_role("dialog")
    asked.get_by_label("Name").fill("A second one")
    asked.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="A second one", level=1)).to_be_visible()
    copied = next(c for c in megan.read("carts")["items"] if c["name"] == "A second one")
    assert copied["pieces"] == 36


def test_a_viewer_sees_it_all_and_changes_nothing(portal: Visits, megan: Person) -> None:
    cart = _cart(megan)
    page = portal("Tyler", f"/carts/{cart['id']}", cart=cart)
    expect(page.get_by_role("heading", name=cart["name"], level=1)).to_be_visible()
    for doing in ("Rename", "Copy", "Delete"):
        expect(page.get_by_role("button", name=doing, exact=True)).to_have_count(0)
    expect(page.get_by_role("link", name="Review and order")).to_have_count(0)
    boxes = page.get_by_role("main").get_by_role("textbox")
    expect(boxes).to_have_count(3)
    for box in boxes.all():
        expect(box).not_to_be_editable()
