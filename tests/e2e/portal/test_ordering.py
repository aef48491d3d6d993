"""What may stand between a cart and its order, and what is done with an order afterwards."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories.sap_prices import position_of
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


def _order_now(page: Page) -> str:
    """The PO number under which it is."""
    po_number = api.new_key()[:20]
    page.get_by_label("PO number").fill(po_number)
    page.get_by_role("button", name="Order now").click()
    return po_number


def test_a_changed_price_is_shown_before_it_is_ordered(
    portal: Visits, local_cloud: Cloud, megan: Person
) -> None:
    portal.allow("status of 409")
    cart = _cart(megan)
    page = portal("Megan", f"/carts/{cart['id']}/place", cart=cart)
    expect(page.get_by_role("button", name="Order now")).to_be_visible()
    before, after = _dearer(local_cloud, megan, cart)
    number = _order_now(page)
    told = page.get_by_role("alert")
    expect(told.get_by_role("listitem")).to_contain_text(f"{after} instead of {before}")
    assert megan.read(f"orders?po_number={number}")["orders"] == []
    page.get_by_role("button", name="Order at the new prices").click()
    expect(page.get_by_role("heading", name="Thank you, it is ordered.")).to_be_visible()


def _dearer(cloud: Cloud, reader: Person, cart: Any) -> tuple[str, str]:
    """SAP's new price of the cart's style has arrived: the one before, and the new one."""
    (style,) = cart["styles"]
    seen = style["unit_price"]["amount"]
    idoc = sap.wholesale_condition(cloud, STYLE, reader.read("accounts/company")["price_list"])
    position_of(idoc).update(KBETR=f"{(seen + 100) / 100:.2f}", E1KONM=[])
    sap.publish(cloud, "sap-prices", idoc)

    def now() -> int:
        amount: int = reader.read(f"carts/{cart['id']}")["styles"][0]["unit_price"]["amount"]
        return amount

    wait_until(lambda: now() != seen, what="the new price")
    return tuple(f"${amount / 100:.2f}" for amount in (seen, now()))  # type: ignore[return-value]


def test_a_shortage_is_settled_in_each_way_there_is(portal: Visits, megan: Person) -> None:
    """Twenty pieces too many of three colours: what is left, the rest later, nothing at all."""
    door, at_once, (later, *_) = _door(megan), _at_once(megan), walking.pre_books(megan)
    left = _left(megan, door, at_once)
    cart = api.new_cart(megan, [line(sku, door, at_once, left[sku] + 20) for sku in left])
    page = portal("Megan", f"/carts/{cart['id']}", cart=cart)
    rows = page.get_by_role("listitem").filter(has=page.get_by_role("button", name="Drop"))
    expect(rows).to_have_count(3)
    review = page.get_by_role("link", name="Review and order")
    less, moved, dropped = left
    rows.filter(has_text=less).get_by_role("button", name=f"Take {left[less]:,}").click()
    rows.filter(has_text=moved).get_by_role("button", name="Take later").click()
    rows.filter(has_text=dropped).get_by_role("button", name="Drop").click()
    walking.is_saved(page, EN)
    expect(rows).to_have_count(0)
    review.click()
    number = _order_now(page)
    expect(page.get_by_role("heading", name="Thank you, it is ordered.")).to_be_visible()
    kept = {(less, at_once): left[less], (moved, at_once): left[moved]}
    if not _comes_whole(cart, moved, left[moved] + 20):
        assert _lines(megan, number) == kept | {(moved, later): 20}
        return
    assert _lines(megan, number) == kept
    waiting = next(
        each
        for each in megan.read("carts")["items"]
        if each["name"].startswith(f"{cart['name']}, from ")
    )
    (rest,) = megan.read(f"carts/{waiting['id']}")["lines"]
    assert (rest["sku"], rest["window"], rest["quantity"]) == (moved, at_once, 20)


def _comes_whole(cart: Any, sku: str, pieces: int) -> bool:
    """Whether a later day is told on which there are so many of it."""
    short = (check["data"] for check in cart["checks"] if check["code"] == "shortage")
    later = next(data["later"] for data in short if data["sku"] == sku)
    return any(each["quantity"] >= pieces for each in later)


def _at_once(reader: Person) -> str:
    windows = reader.read("catalog/styles")["windows"]
    return next(str(each["id"]) for each in windows if each["kind"] == "at_once")


def _left(reader: Person, door: str, at_once: str) -> dict[str, int]:
    """A size of each colour of which there are some, and how many: what a cart tells."""
    colourways = reader.read(f"catalog/styles/{STYLE}")["colourways"]
    skus = [size["sku"] for each in colourways for size in each["sizes"]]
    asked = api.new_cart(reader, [line(sku, door, at_once, 9_999) for sku in skus])
    short = [check["data"] for check in asked["checks"] if check["code"] == "shortage"]
    some = {data["sku"]: data["left"] for data in short if data["left"] > 0}
    return dict({sku[:9]: (sku, pieces) for sku, pieces in some.items()}.values())


def _lines(reader: Person, po_number: str) -> dict[tuple[str, str], int]:
    orders = [
        reader.read(f"orders/{each['number']}")
        for each in reader.read(f"orders?po_number={po_number}")["orders"]
    ]
    return {
        (each["sku"], "AO" if order["at_once"] else order["window"]): each["quantity"]
        for order in orders
        for each in order["lines"]
    }


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
    number = _order_now(page)
    expect(page.get_by_role("heading", name="Thank you, it is ordered.")).to_be_visible()
    (again,) = megan.read(f"orders?po_number={number}")["orders"]
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
    expect(page.get_by_text("Your role in this company may look, but not order.")).to_be_visible()
    boxes = page.get_by_role("main").get_by_role("textbox")
    expect(boxes).to_have_count(3)
    for box in boxes.all():
        expect(box).not_to_be_editable()
