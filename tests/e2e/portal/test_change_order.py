"""An order is changed in the grid of its lines, and cancelled after SAP has it."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support import portal as api
from tests.support import sap, walking
from tests.support.browser import Visits
from tests.support.portal import Person, line
from tests.support.wait import wait_until

Cloud = dict[str, Any]

STYLE = "10001"


@pytest.fixture(scope="module")
def megan(local_cloud: Cloud) -> Person:
    """Buys for an American company, in English."""
    return api.person(local_cloud, "Megan")


@pytest.fixture
def order(megan: Person) -> Any:
    """Twelve of each of three sizes, pre-booked; SAP has it."""
    colourway = megan.read(f"catalog/styles/{STYLE}")["colourways"][0]
    window, door = walking.pre_books(megan)[0], str(walking.doors(megan)[0]["id"])
    cells = [line(size["sku"], door, window, 12) for size in colourway["sizes"][:3]]
    (placed,) = api.placed(megan, api.new_cart(megan, cells))
    return api.confirmed(megan, placed["number"])


def _edit(page: Page) -> list[str]:
    """The names of the cells, once they can be filled in."""
    page.get_by_role("button", name="Change the order").click()
    expect(page.get_by_role("heading", name="Change the order")).to_be_focused()
    cells = page.get_by_role("textbox")
    return [str(cell.get_attribute("aria-label")) for cell in cells.all()]


def _cell(page: Page, name: str) -> Locator:
    return page.get_by_role("textbox", name=name, exact=True)


def test_changed_by_keyboard_told_by_sap_and_cancelled(
    portal: Visits, local_cloud: Cloud, megan: Person, order: Any
) -> None:
    page = portal("Megan", f"/orders/{order['number']}")
    first, second, third = _edit(page)
    _cell(page, first).focus()
    page.keyboard.type("24")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Delete")
    expect(page.get_by_text("removed, was 12")).to_be_visible()
    expect(_cell(page, second)).to_have_value("")
    expect(_cell(page, third)).to_have_value("12")
    expect(page.get_by_text("36 pairs").first).to_be_visible()
    page.get_by_role("button", name="Save the change").click()
    expect(page.get_by_role("heading", name="Versions")).to_be_visible()
    expect(page.get_by_text("Our order processing has taken the change.")).to_be_visible()
    (there,) = sap.orders_of(local_cloud, order["number"])
    assert [item["REQ_QTY"] for item in there["items"]] == ["24.000", "12.000", "12.000"]
    assert [item["ABGRU"] for item in there["items"]] == ["", "ZS", ""]

    page.get_by_role("button", name="Cancel the order").click()
    asked = page.get_by_role("dialog")
    asked.get_by_label("Reason").fill("The shop closes")
    asked.get_by_role("button", name="Cancel the order").click()
    expect(asked).to_have_count(0)
    expect(page.get_by_role("article").get_by_text("Cancelled").first).to_be_visible()
    assert megan.read(f"orders/{order['number']}")["status"] == "cancelled"
    for doing in ("Cancel the order", "Change the order"):
        expect(page.get_by_role("button", name=doing)).to_have_count(0)


def test_what_somebody_else_changed_meanwhile_is_not_changed_back(
    portal: Visits, megan: Person, order: Any
) -> None:
    portal.allow("status of 409")
    page = portal("Megan", f"/orders/{order['number']}")
    first, *_ = _edit(page)
    wanted = [{"sku": order["lines"][1]["sku"], "quantity": 18}]
    path = f"orders/{order['number']}/change"
    reply = megan.send("POST", path, {"version": 1, "lines": wanted}, Idempotency_Key=api.new_key())
    assert reply.status == 200, reply
    wait_until(
        lambda: megan.read(f"orders/{order['number']}")["may_change"]["allowed"],
        what="SAP's word on it",
    )
    _cell(page, first).fill("24")
    page.get_by_role("button", name="Save the change").click()
    expect(page.get_by_role("alert")).to_contain_text("was changed since you saw it")
    page.get_by_role("button", name="Leave it as it was").click()
    expect(page.get_by_role("heading", name="Versions")).to_be_visible()
    assert [each["quantity"] for each in megan.read(f"orders/{order['number']}")["lines"]] == [
        12,
        18,
        12,
    ]


def test_a_viewer_can_change_nothing(portal: Visits, order: Any) -> None:
    page = portal("Tyler", f"/orders/{order['number']}")
    expect(page.get_by_role("heading", name=f"Order {order['number']}")).to_be_visible()
    expect(page.get_by_role("button", name="Change the order")).to_have_count(0)
    expect(page.get_by_role("button", name="Cancel the order")).to_have_count(0)
