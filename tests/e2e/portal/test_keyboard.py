"""The way from signing in to the order, and what may come between, without a mouse."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.support import portal as api
from tests.support import walking
from tests.support.browser import Visits
from tests.support.keyboard import Keys
from tests.support.walking import cell
from tests.support.words import words

Cloud = dict[str, Any]

STYLE = "10001"


def test_a_buyer_orders_by_keyboard_alone(portal: Visits, local_cloud: Cloud) -> None:
    anna = api.person(local_cloud, "Anna")
    w = words("de")
    style = anna.read(f"catalog/styles/{STYLE}")
    page, po_number = portal(None, language="de"), api.new_key()[:20]
    keys = Keys(page)
    keys.fill(page.get_by_label(w("E-mail")), "anna.buyer@sporthaus-lindenau.example")
    keys.fill(page.get_by_label(w("Password")), "sellin-demo")
    keys.press("Enter")

    keys.use(page.get_by_role("link", name=w("Carts"), exact=True))
    keys.fill(page.get_by_label(w("Name of a new cart")), "Tastatur")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Tastatur", level=1)).to_be_visible()

    keys.use(page.get_by_role("link", name=w("Catalogue"), exact=True))
    keys.fill(page.get_by_role("searchbox", name=w("Search")), "wanderschuh")
    expect(page.get_by_role("article")).to_have_count(2)
    keys.use(page.get_by_role("checkbox", name=style["category_name"]), "Space")
    keys.use(page.get_by_role("link", name=style["name"]))
    expect(page.get_by_role("heading", name=style["name"], level=1)).to_be_visible()

    first_window, second_window = walking.pre_books(anna)[:2]
    second_door = walking.doors(anna)[1]["name"]
    forty = walking.range_of(style, colours=2, sizes=20)
    start = cell(page, w, forty.colours[0], forty.sizes[0])
    keys.pick(page.get_by_role("radio", name=first_window))
    keys.to(start)
    walking.type_range(page, w, forty)
    walking.is_saved(page, w)
    keys.to(page.get_by_role("radio", name=first_window), "Shift+Tab")
    keys.pick(page.get_by_role("radio", name=second_window))
    keys.to(page.get_by_role("combobox", name=w("Deliver to"), exact=True), "Shift+Tab")
    keys.choose(page.get_by_role("combobox", name=w("Deliver to"), exact=True), second_door)
    keys.to(start)
    walking.paste_range(page, w, forty, [[3] * 20] * 2)
    walking.is_saved(page, w)

    keys.to(page.get_by_role("banner").get_by_role("link", name="Tastatur"), "Shift+Tab")
    keys.press("Enter")
    keys.use(page.get_by_role("link", name=w("Review and order")))
    keys.fill(page.get_by_label(w("PO number")), po_number)
    keys.press("Enter")
    expect(page.get_by_role("heading", name=w("Thank you, it is ordered."))).to_be_visible()
    orders = anna.read(f"orders?po_number={po_number}")["orders"]
    assert sorted(order["pieces"] for order in orders) == [40, 120]


def test_a_shortage_is_settled_by_keyboard_and_the_order_ordered_again(
    portal: Visits, local_cloud: Cloud
) -> None:
    megan, w = api.person(local_cloud, "Megan"), words("en")
    door, window = walking.doors(megan)[0]["id"], walking.pre_books(megan)[0]
    at_once = next(
        each["id"] for each in megan.read("catalog/styles")["windows"] if each["kind"] == "at_once"
    )
    sku = megan.read(f"catalog/styles/{STYLE}")["colourways"][0]["sizes"][0]["sku"]
    lines = [api.line(sku, door, at_once, 9_999), api.line(sku, door, window, 50)]
    cart = api.new_cart(megan, lines)
    page = portal("Megan", f"/carts/{cart['id']}", cart=cart)
    keys = Keys(page)
    keys.use(page.get_by_role("button", name=w("Drop"), exact=True).last)
    walking.is_saved(page, w)
    keys.use(page.get_by_role("link", name=w("Review and order")))
    keys.fill(page.get_by_label(w("PO number")), "KEYS")
    keys.press("Enter")
    expect(page.get_by_role("heading", name=w("Thank you, it is ordered."))).to_be_visible()
    keys.use(page.get_by_role("main").get_by_role("listitem").get_by_role("link"))
    keys.use(page.get_by_role("button", name=w("Order again")))
    expect(page.get_by_role("textbox", name=re.compile("size"))).to_have_value("50")


def test_language_and_a_conflict_are_chosen_by_keyboard(portal: Visits, local_cloud: Cloud) -> None:
    portal.allow("status of 412")
    anna, w = api.person(local_cloud, "Anna"), words("de")
    cart = api.new_cart(anna, [])
    filled = walking.range_of(anna.read(f"catalog/styles/{STYLE}"), colours=1, sizes=1)
    address = f"/styles/{STYLE}?window={walking.pre_books(anna)[0]}"
    page, petras = (portal(name, address, cart=cart, language="de") for name in ("Anna", "Petra"))
    keys, (at,) = Keys(petras), filled.cells
    held = walking.hold_saving(petras)
    with petras.expect_request("**/lines"):
        keys.fill(cell(petras, w, *at), "7")
    cell(page, w, *at).fill("5")
    walking.is_saved(page, w)
    held.pop().continue_()
    keys.use(petras.get_by_role("dialog").get_by_role("button", name="Anna Vogel: 5"))
    walking.is_saved(page, w)
    expect(cell(petras, w, *at)).to_have_value("5")
    expect(cell(petras, w, *at)).to_be_focused()

    keys.to(petras.get_by_role("banner").get_by_role("button"), "Shift+Tab")
    keys.press("Enter")
    keys.to(petras.get_by_role("combobox", name=w("Language")))
    keys.type("Sv")
    sv = words("sv")
    keys.use(petras.get_by_role("dialog").get_by_role("button", name=sv("Close")))
    expect(petras.get_by_role("link", name=sv("Carts"), exact=True)).to_be_visible()
    expect(petras.get_by_role("banner").get_by_role("button")).to_be_focused()
    api.person(local_cloud, "Petra").send("PATCH", "accounts/me", {"language": "de"})


def test_a_file_is_uploaded_by_keyboard(portal: Visits, local_cloud: Cloud) -> None:
    megan, w = api.person(local_cloud, "Megan"), words("en")
    cart = api.new_cart(megan, [])
    page = portal("Megan", f"/carts/{cart['id']}", cart=cart)
    keys = Keys(page)
    keys.use(page.get_by_role("button", name=w("Upload a file")))
    asked = page.get_by_role("dialog")
    with page.expect_file_chooser():
        keys.use(asked.get_by_role("button", name=w("Choose a file")))
    keys.press("Escape")
    expect(asked).to_have_count(0)
    expect(page.get_by_role("button", name=w("Upload a file"))).to_be_focused()
