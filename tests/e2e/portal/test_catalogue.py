"""The catalogue in Chromium: what is found stays found, and nothing is lost on the way back."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support import portal as api
from tests.support import walking
from tests.support.browser import Visits
from tests.support.portal import Person, line
from tests.support.words import words

Cloud = dict[str, Any]

STYLE = "10001"
SCROLLED = 900
SV = words("sv")


@pytest.fixture(scope="module")
def elin(local_cloud: Cloud) -> Person:
    """Buys for a Swedish company."""
    return api.person(local_cloud, "Elin")


def _cards(page: Page) -> Locator:
    return page.get_by_role("region", name=SV("Styles")).get_by_role("article")


def _panel(page: Page) -> Locator:
    return page.get_by_role("complementary", name=SV("Filters"))


def _state(page: Page) -> dict[str, Any]:
    """What the address says."""
    return {name: value[0] for name, value in parse_qs(urlsplit(page.url).query).items()}


def _expect_count(page: Page, count: int) -> None:
    told = page.get_by_role("status").filter(has_text=re.compile(rf"^{count}\b"))
    expect(told.first).to_be_visible()


@contextmanager
def _counted(page: Page) -> Iterator[list[str]]:
    """The searches that are sent meanwhile."""
    sent: list[str] = []
    page.on(
        "request", lambda request: sent.append(request.url) if "/styles?" in request.url else None
    )
    yield sent


def _filtered(reader: Person, **asked: str) -> int:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    total: int = reader.read(f"catalog/styles?{query}")["total"]
    return total


def test_every_state_is_in_the_address(portal: Visits, elin: Person) -> None:
    page = portal("Elin", "/catalog")
    expect(_cards(page).first).to_be_visible()
    shoes = next(
        each
        for each in elin.read("catalog/styles")["facets"]["category"]
        if each["value"] == "SHOES"
    )
    _panel(page).get_by_role("checkbox", name=re.compile(f"^{shoes['label']} ")).check()
    _expect_count(page, shoes["count"])
    page.get_by_role("radio", name=SV("List")).check(force=True)
    page.get_by_role("combobox", name=SV("Sort by")).select_option("price_desc")
    page.get_by_role("radio", name=re.compile(f"^{SV('At once')}")).check(force=True)
    expected = _filtered(elin, category="SHOES", delivery="AO")
    _expect_count(page, expected)
    state = _state(page)
    assert state == {
        "category": json.dumps(["SHOES"]),
        "delivery": json.dumps(["AO"]),
        "sort": "price_desc",
        "view": "list",
    }
    first = _cards(page).first.get_by_role("heading").text_content()
    page.reload()
    _expect_count(page, expected)
    assert _cards(page).first.get_by_role("heading").text_content() == first
    for _ in range(4):
        page.go_back()
    expect(page).to_have_url(re.compile(r"/catalog$"))
    for _ in range(4):
        page.go_forward()
    _expect_count(page, expected)
    assert _state(page) == state
    expect(page.get_by_role("radio", name=SV("List"))).to_be_checked()


def test_typing_sends_one_search(portal: Visits, elin: Person) -> None:
    page = portal("Elin", "/catalog")
    expect(_cards(page).first).to_be_visible()
    with _counted(page) as sent:
        # As quick as a person may be.
        page.get_by_role("searchbox").press_sequentially(STYLE, delay=20)
        _expect_count(page, 1)
    assert [parse_qs(urlsplit(url).query)["q"] for url in sent] == [[STYLE]]
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("")
    _expect_count(page, _filtered(elin))


def test_who_comes_back_is_where_they_were(portal: Visits) -> None:
    page = portal("Elin", "/catalog", size=(1280, 600))
    expect(_cards(page).first).to_be_visible()
    page.mouse.move(700, 300)
    page.mouse.wheel(0, SCROLLED)
    page.wait_for_function("(y) => scrollY === y", arg=SCROLLED)
    link = _in_view(page)
    name = link.text_content()
    link.click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    page.get_by_role("main").get_by_role("link", name=SV("Catalogue")).click()
    expect(_cards(page).get_by_role("link", name=name, exact=True)).to_be_focused()
    assert page.evaluate("scrollY") == SCROLLED
    page.reload()
    expect(_cards(page).get_by_role("link", name=name, exact=True)).to_be_in_viewport()


def _in_view(page: Page) -> Locator:
    """The link of a style in the middle of the screen."""
    number = page.evaluate(
        """() => document.elementsFromPoint(700, 300)
            .map((each) => each.closest("article")?.querySelector("[data-style]"))
            .find(Boolean).dataset.style"""
    )
    return page.locator(f'[data-style="{number}"]')


def test_a_style_is_read_ahead_when_it_is_pointed_at(portal: Visits) -> None:
    page = portal("Elin", "/catalog")
    link = page.locator(f'[data-style="{STYLE}"]')
    with page.expect_response(re.compile(f"/v1/catalog/styles/{STYLE}$")):
        link.hover()


def test_what_is_in_the_cart_says_so(portal: Visits, elin: Person) -> None:
    sku = elin.read(f"catalog/styles/{STYLE}")["colourways"][0]["sizes"][0]["sku"]
    door, window = walking.doors(elin)[0]["id"], walking.pre_books(elin)[0]
    cart = api.new_cart(elin, [line(sku, door, window, 12)])
    page = portal("Elin", "/catalog", cart={"company": "100005", "id": cart["id"]})
    card = _cards(page).filter(has=page.locator(f'[data-style="{STYLE}"]'))
    expect(card.get_by_text(SV("{pieces} in cart", pieces="12"))).to_be_visible()


def test_only_what_is_near_the_screen_is_there(portal: Visits, elin: Person) -> None:
    total = _filtered(elin)
    page = portal("Elin", "/catalog?view=list")
    expect(_cards(page).first).to_be_visible()
    _expect_count(page, total)
    height = page.evaluate("document.documentElement.scrollHeight")
    assert _cards(page).count() < total
    page.keyboard.press("End")
    last = page.locator(f"li[aria-posinset='{total}'] article")
    expect(last).to_be_in_viewport()
    # It was as high from the start, so the scroll bar did not jump.
    assert page.evaluate("document.documentElement.scrollHeight") == height


def test_without_a_connection_it_says_so_and_goes_on_later(portal: Visits) -> None:
    portal.allow("ERR_INTERNET_DISCONNECTED")
    page = portal("Elin", "/catalog")
    expect(_cards(page).first).to_be_visible()
    page.context.set_offline(True)
    page.get_by_role("searchbox").fill(STYLE)
    told = SV("You are offline. The styles come as soon as you are connected again.")
    expect(page.get_by_text(told)).to_be_visible()
    page.context.set_offline(False)
    _expect_count(page, 1)
