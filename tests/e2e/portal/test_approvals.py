"""A new buyer's order over the company's limit: sent back, then approved, by keys and on a phone; and
so is its change that goes further over it."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.support import walking
from tests.support.accessibility import faults
from tests.support.browser import Visits
from tests.support.people import invite
from tests.support.portal import Person, in_status, line, new_cart
from tests.support.words import Words, words

W = words("hu")
LIMIT = 250_000_000
"""Minor units of HUF, of the demo's rule."""


def _over_the_limit(buyer: Person) -> Any:
    """A cart of one colourway for a window later on, which costs more than the rule lets pass."""
    door = buyer.read("accounts/company/doors")["items"][0]["id"]
    for item in buyer.read("catalog/styles?limit=40")["items"]:
        style = buyer.read(f"catalog/styles/{item['style']}")
        for colourway in style["colourways"]:
            windows = [one for one in colourway["windows"] if one["kind"] == "pre_book"]
            if windows and windows[0]["open"] and not style["packs"].get("pre_packs"):
                pieces = 12 * (LIMIT // (12 * style["price"]["unit"]["amount"]) + 1)
                sku = colourway["sizes"][0]["sku"]
                cart = new_cart(buyer, [line(sku, door, windows[0]["id"], pieces)])
                if cart["placeable"] and cart["approval"]:
                    return cart
    raise AssertionError("nothing to order ahead")


def _place(page: Page, w: Words, cart: Any) -> None:
    page.goto(f"/carts/{cart['id']}")
    expect(page.get_by_text(w("Will need approval"))).to_be_visible()
    page.get_by_role("link", name=w("Review and order")).click()
    page.get_by_label(w("PO number")).fill("PO-77")
    page.get_by_role("button", name=w("Order now")).click()
    expect(page.get_by_text(w("Waits for approval")).first).to_be_visible()


def _invited(portal: Visits, cloud: dict[str, Any]) -> tuple[Page, Person]:
    """Somebody whom the company's admin invites, who has joined."""
    account = invite(cloud, "Noémi Szabó", {})
    admin = portal("Gábor", "/company/people")
    admin.get_by_role("button", name=W("Invite somebody")).click()
    dialog = admin.get_by_role("dialog")
    dialog.get_by_label(W("Name")).fill("Noémi Szabó")
    dialog.get_by_label(W("E-mail")).fill(account.email)
    dialog.get_by_role("button", name=W("Invite"), exact=True).click()
    expect(admin.get_by_text(account.email)).to_be_visible()
    guest = portal(None, "/", language="hu")
    walking.enter(guest, W, account.email, account.password)
    guest.get_by_role("button", name=W("Join {company}", company="").strip()).click()
    expect(guest.get_by_role("link", name=W("Carts"), exact=True)).to_be_visible()
    return guest, Person(cloud["url"], account.token(), "hu")


def test_a_new_buyer_goes_over_the_limit_and_is_approved_on_a_phone(
    portal: Visits, local_cloud: dict[str, Any]
) -> None:
    buyer, noemi = _invited(portal, local_cloud)
    cart = _over_the_limit(noemi)
    _place(buyer, W, cart)
    assert faults(buyer) == []

    phone = portal("Zsófia", "/approvals", size=(390, 844))
    phone.get_by_role("main").get_by_role("link", name="PO-77").click()
    expect(phone.get_by_role("button", name=W("Send back"))).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert faults(phone) == []
    phone.keyboard.press("b")
    dialog = phone.get_by_role("dialog")
    dialog.get_by_label(W("Reason")).fill("Half of it, please")
    assert faults(phone) == []
    dialog.get_by_role("button", name=W("Send back")).click()
    expect(phone.get_by_text(W("Sent back to the cart")).first).to_be_visible()

    _place(buyer, W, cart)
    number = re.search(r"/placed/([0-9A-Z]+)", buyer.url)
    assert number
    phone.goto("/approvals")
    phone.get_by_role("main").get_by_role("link", name="PO-77").first.click()
    expect(phone.get_by_role("button", name=W("Approve"))).to_be_visible()
    phone.keyboard.press("a")
    expect(phone.get_by_text(W("Approved")).first).to_be_visible()
    in_status(noemi, f"{number[1]}-001", "confirmed")

    _grow(buyer, f"{number[1]}-001")
    assert faults(buyer) == []
    phone.goto("/approvals")
    phone.get_by_role("main").get_by_role("link", name="PO-77").first.click()
    expect(phone.get_by_role("heading", name=W("What changes"))).to_be_visible()
    expect(phone.get_by_role("button", name=W("Send back"))).to_have_count(0)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert faults(phone) == []
    phone.keyboard.press("a")
    expect(phone.get_by_text(W("Approved")).first).to_be_visible()
    buyer.reload()
    expect(buyer.get_by_role("heading", name=W("Versions"))).to_be_visible()


def _grow(page: Page, number: str) -> None:
    page.goto(f"/orders/{number}")
    page.get_by_role("button", name=W("Change the order")).click()
    cell = page.get_by_role("textbox").first
    cell.fill(str(2 * int(re.sub(r"\D", "", cell.input_value()))))
    page.get_by_role("button", name=W("Save the change")).click()
    waits = page.get_by_text(W("A change of this order waits for approval"), exact=True)
    expect(waits).to_be_visible()


def test_an_admin_changes_the_rules(portal: Visits) -> None:
    page = portal("Gábor", "/company/approvals")
    name = page.get_by_label(W("Name of the rule"))
    expect(name).to_have_value("Large orders")
    assert faults(page) == []
    page.get_by_role("button", name=W("Add a rule")).click()
    page.get_by_label(W("Name of the rule")).last.fill("Első rendelés")
    page.get_by_label(W("What has to wait")).last.select_option("first_order")
    page.get_by_role("button", name=W("Save the rules")).click()
    expect(page.get_by_text("Large orders és Első rendelés")).to_be_visible()
    page.get_by_role("button", name=W("Remove: {name}", name="Első rendelés")).click()
    page.get_by_role("button", name=W("Save the rules")).click()
    expect(page.get_by_role("heading", level=2)).to_be_visible()
    expect(page.get_by_label(W("Name of the rule"))).to_have_count(1)
