"""A buyer's whole way in Chromium: from signing in to SAP's order number, and on from there."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support import portal as api
from tests.support import sap, walking
from tests.support.browser import Visits
from tests.support.queue import paused
from tests.support.walking import Range
from tests.support.words import Words, words

Cloud = dict[str, Any]

# In every assortment and pre-book window.
STYLE = "10001"


@pytest.mark.parametrize(("name", "search"), [("Anna", "wanderschuh"), ("Bence", "túracipő")])
def test_a_buyer_orders(portal: Visits, local_cloud: Cloud, name: str, search: str) -> None:
    buyer = api.person(local_cloud, name)
    w = words(buyer.language)
    style = buyer.read(f"catalog/styles/{STYLE}")
    page = portal(None, language=buyer.language)
    _sign_in(page, w, next(a for a in local_cloud["accounts"] if a["name"].startswith(name)))
    _start_a_cart(page, w, f"Frühjahr {name}")
    _find(page, w, search, style)

    first_window, second_window = walking.pre_books(buyer)[:2]
    first_door, second_door = walking.doors(buyer)[:2]
    forty = walking.range_of(style, colours=2, sizes=20)
    ones, many = [[1] * 20] * 2, [[2, *[1] * 19], [0, *[3] * 19]]
    page.get_by_role("radio", name=first_window).check()
    walking.type_range(page, w, forty)
    walking.is_saved(page, w)
    walking.has_range(page, w, forty, ones)
    page.get_by_role("combobox", name=w("Deliver to"), exact=True).select_option(
        second_door["name"]
    )
    page.get_by_role("radio", name=second_window).check()
    walking.has_range(page, w, forty, [[0] * 20] * 2)
    walking.paste_range(page, w, forty, many)
    walking.is_saved(page, w)
    walking.has_range(page, w, forty, many)

    with paused(local_cloud):
        _place(page, w, f"Frühjahr {name}", f"EK/{name}")
        links = page.get_by_role("main").get_by_role("listitem").get_by_role("link")
        expect(links).to_have_count(2)
        expect(page.get_by_text(w("Brand's order number: {sap}", sap=""))).to_have_count(0)
    ordered = {}
    for number in links.all_inner_texts():
        order = api.confirmed(buyer, number)
        # The page was not touched since.
        expect(
            page.get_by_text(w("Brand's order number: {sap}", sap=order["sap_number"]))
        ).to_be_visible()
        ordered[order["door"]["name"], order["window"]] = _quantities(order)
        (row,) = sap.orders_of(local_cloud, number)
        assert row["PURCH_NO_C"] == f"{number}/EK/{name}"
    assert ordered == {
        (first_door["name"], first_window): _wanted(style, forty, ones),
        (second_door["name"], second_window): _wanted(style, forty, many),
    }


def _sign_in(page: Page, w: Words, account: dict[str, Any]) -> None:
    walking.enter(page, w, account["email"], account["password"])
    expect(page.get_by_role("heading", name=w("Catalogue"), level=1)).to_be_visible()


def _start_a_cart(page: Page, w: Words, name: str) -> None:
    page.get_by_role("link", name=w("Carts"), exact=True).click()
    page.get_by_label(w("Name of a new cart")).fill(name)
    page.get_by_role("button", name=w("Create cart")).click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def _find(page: Page, w: Words, search: str, style: Any) -> None:
    """By words, then by category; the address holds both."""
    page.get_by_role("link", name=w("Catalogue"), exact=True).click()
    cards = page.get_by_role("region", name=w("Styles")).get_by_role("article")
    expect(cards.nth(3)).to_be_visible()
    page.get_by_role("searchbox", name=w("Search")).press_sequentially(search)
    expect(cards).to_have_count(2)
    page.get_by_role("checkbox", name=style["category_name"]).check()
    expect(page).to_have_url(re.compile(r"[?&]category=.*q=|[?&]q=.*category="))
    page.get_by_role("link", name=style["name"]).click()
    expect(page.get_by_role("heading", name=style["name"], level=1)).to_be_visible()


def _place(page: Page, w: Words, cart: str, po_number: str) -> None:
    page.get_by_role("banner").get_by_role("link", name=cart).click()
    page.get_by_role("link", name=w("Review and order")).click()
    page.get_by_label(w("PO number")).fill(po_number)
    page.get_by_role("button", name=w("Order now")).click()
    expect(page.get_by_role("heading", name=w("Thank you, it is ordered."))).to_be_visible()


def _quantities(order: Any) -> dict[str, int]:
    return {each["sku"]: each["quantity"] for each in order["lines"]}


def _wanted(style: Any, filled: Range, rows: list[list[int]]) -> dict[str, int]:
    skus = {
        (colourway["name"], size["size_name"]): size["sku"]
        for colourway in style["colourways"]
        for size in colourway["sizes"]
    }
    quantities = [quantity for row in rows for quantity in row]
    return {
        skus[place]: quantity
        for place, quantity in zip(filled.cells, quantities, strict=True)
        if quantity
    }
