"""The portal stops where a service, or the portal's own files, are not those it was built for."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, Request, Route, expect

from infra.compat import NEEDED, parse, versions
from tests.support import portal as api
from tests.support import walking
from tests.support.browser import Visits
from tests.support.words import words

CARTS = re.compile(r"/v1/carts(/|\?|$)")
STYLE = "10001"
W = words("de")


def _offers(page: Page, version: str) -> list[Request]:
    """From now on carts says that it keeps another contract; the requests that reach it."""
    reached: list[Request] = []

    def answer(route: Route) -> None:
        reached.append(route.request)
        real = route.fetch()
        route.fulfill(
            response=real, headers={**real.headers, "sellin-contract": f"carts/{version}"}
        )

    page.route(CARTS, answer)
    return reached


def _next_major() -> str:
    return f"{parse(versions(NEEDED)['carts'])[0] + 1}.0.0"


def _notice(page: Page) -> Locator:
    return page.get_by_role("dialog", name=W("There is a new version of Sellin"))


def test_nothing_more_is_sent_to_a_service_that_does_not_fit(portal: Visits) -> None:
    page = portal("Anna", "/catalog")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    reached = _offers(page, _next_major())
    page.goto("/carts")
    expect(_notice(page)).to_be_visible()
    expect(page.get_by_role("button", name=W("Reload"))).to_be_focused()
    page.keyboard.press("Escape")
    expect(_notice(page)).to_be_visible()
    before = len(reached)
    # What asks by itself, as on coming back to the window, asks no more.
    page.evaluate("window.dispatchEvent(new Event('visibilitychange'))")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(_notice(page)).to_be_visible()
    assert len(reached) == before


def test_an_entry_outlives_the_reload(portal: Visits, local_cloud: dict[str, Any]) -> None:
    anna = api.person(local_cloud, "Anna")
    window = walking.pre_books(anna)[0]
    cell = walking.range_of(anna.read(f"catalog/styles/{STYLE}"), colours=1, sizes=1)
    page = portal("Anna", f"/styles/{STYLE}?window={window}", cart=api.new_cart(anna, []))
    walking.has_range(page, W, cell, [[0]])
    _offers(page, _next_major())
    walking.type_range(page, W, cell, "7")
    expect(_notice(page)).to_be_visible()
    page.unroute(CARTS)
    page.get_by_role("button", name=W("Reload")).click()
    walking.has_range(page, W, cell, [[7]])
    expect(page.get_by_role("status").filter(has_text=W("All saved"))).to_be_visible()


def test_a_reload_that_does_not_help_can_be_repeated_but_repeats_nothing_itself(
    portal: Visits,
) -> None:
    page = portal("Anna", "/carts")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    loads: list[Request] = []
    page.on("request", lambda request: loads.append(request) if _is_load(request) else None)
    _offers(page, _next_major())
    page.reload()
    expect(_notice(page)).to_be_visible()
    page.get_by_role("button", name=W("Reload")).click()
    updating = page.get_by_role("dialog", name=W("Sellin is being updated"))
    expect(updating).to_be_visible()
    assert len(loads) == 2
    page.get_by_role("button", name=W("Try again")).click()
    expect(updating).to_be_visible()
    assert len(loads) == 3
    page.unroute(CARTS)
    page.get_by_role("button", name=W("Try again")).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(updating).not_to_be_visible()
    assert len(loads) == 4


def _is_load(request: Request) -> bool:
    return request.is_navigation_request()


def _to_a_style(page: Page) -> None:
    """The way to a page whose files are not here yet."""
    page.locator("a[href^='/styles/']").first.click()


def test_files_of_an_earlier_build_that_are_gone_ask_for_a_reload(portal: Visits) -> None:
    portal.allow("status of 404", "Failed to fetch dynamically imported module")
    page = portal("Anna", "/catalog")
    expect(page.locator("a[href^='/styles/']").first).to_be_visible()
    page.route("**/assets/*", lambda route: route.fulfill(status=404))
    later = '<script type="module" src="/assets/index-later.js"></script>'
    page.route("**/index.html", lambda route: route.fulfill(body=later))
    _to_a_style(page)
    expect(_notice(page)).to_be_visible()


def test_a_page_that_a_cut_network_keeps_away_comes_when_it_is_tried_again(portal: Visits) -> None:
    portal.allow("ERR_FAILED")
    page = portal("Anna", "/catalog")
    expect(page.locator("a[href^='/styles/']").first).to_be_visible()
    page.route("**/assets/*", lambda route: route.abort())
    _to_a_style(page)
    told = W("Sellin can't be reached. Please check your connection.")
    expect(page.get_by_text(told)).to_be_visible()
    page.unroute("**/assets/*")
    page.get_by_role("button", name=W("Try again")).click()
    expect(page.get_by_role("table").first).to_be_visible()
