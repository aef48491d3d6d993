"""What is printed is whole: every row of a long cart, every size of a wide grid."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support import portal as api
from tests.support import walking
from tests.support.browser import Visits
from tests.support.portal import Person, line
from tests.support.words import words

Cloud = dict[str, Any]

EN = words("en")
PORTRAIT = (698, 987)  # what A4 leaves inside the margins, in CSS pixels


@pytest.fixture(scope="module")
def megan(local_cloud: Cloud) -> Person:
    return api.person(local_cloud, "Megan")


def _long_cart(buyer: Person) -> tuple[Any, int]:
    """More colourways than a screen holds at once, in as many deliveries; and how many."""
    styles = [each["style"] for each in buyer.read("catalog/styles?limit=24")["items"]]
    cells = [
        (colourway["sizes"][0]["sku"], door["id"], window["id"])
        for style in styles
        for colourway in buyer.read(f"catalog/styles/{style}")["colourways"]
        for door in walking.doors(buyer)
        for window in colourway["windows"]
        if window["open"] and window["kind"] == "pre_book"
    ][:90]
    cart = api.new_cart(buyer, [line(*cell, 12) for cell in cells])
    return cart, len(cells)


def test_a_long_cart_is_printed_whole(portal: Visits, megan: Person) -> None:
    cart, count = _long_cart(megan)
    assert count > 60
    page = portal("Megan", f"/carts/{cart['id']}", cart=cart)
    shown = page.locator("[data-row] [data-cell]")
    expect(shown.first).to_be_visible()
    assert shown.count() < count
    assert _printed(page) == count
    page.emulate_media(media="print")
    expect(shown).to_have_count(count)
    page.emulate_media(media="null")
    expect(shown).not_to_have_count(count)


def _printed(page: Page) -> int:
    """How many quantities are there when the sheets are laid out."""
    page.evaluate(
        """addEventListener("beforeprint", () => {
            window.printed = document.querySelectorAll("[data-row] [data-cell]").length;
        })"""
    )
    page.pdf(format="A4")
    return int(page.evaluate("window.printed"))


@pytest.mark.parametrize("language", ["de", "hu"])
def test_nothing_goes_beyond_the_paper(portal: Visits, local_cloud: Cloud, language: str) -> None:
    signed = api.person(local_cloud, "Anna")
    anna = Person(signed.url, signed.token, language)
    style = max(
        (anna.read(f"catalog/styles/{each['style']}") for each in _listed(anna)),
        key=lambda each: max(len(colour["sizes"]) for colour in each["colourways"]),
    )
    door, window = walking.doors(anna)[0]["id"], walking.pre_books(anna)[0]
    skus = [size["sku"] for size in style["colourways"][0]["sizes"]]
    cart = api.new_cart(anna, [line(sku, door, window, 12) for sku in skus])
    order = api.placed(anna, api.new_cart(anna, [line(skus[0], door, window, 12)]))[0]
    page = portal("Anna", "/catalog", language=language, cart=cart, size=PORTRAIT)
    addresses = {
        f"/styles/{style['style']}?window={window}&door={door}": style["name"],
        f"/styles/{style['style']}": style["name"],
        f"/carts/{cart['id']}": cart["name"],
        f"/orders/{order['number']}": order["number"],
    }
    for address, title in addresses.items():
        page.emulate_media(media="screen")
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_contain_text(title)
        expect(page.get_by_role("table").first).to_be_visible()
        page.emulate_media(media="print")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PORTRAIT[0], address


def _listed(buyer: Person) -> list[Any]:
    found: list[Any] = buyer.read("catalog/styles?limit=24")["items"]
    return found
