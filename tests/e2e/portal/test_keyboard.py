"""The way from signing in to the order, and what may come between, without a mouse."""

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
