"""Line sheets in Chromium: picked, shown in a language and currency, printed."""

import re
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support import portal as api
from tests.support import walking
from tests.support.accessibility import faults
from tests.support.browser import Visits
from tests.support.portal import Person, line
from tests.support.words import words

Cloud = dict[str, Any]

EN, DE, HU = words("en"), words("de"), words("hu")
A4, LETTER = (595, 842), (612, 792)


@pytest.fixture(scope="module")
def megan(local_cloud: Cloud) -> Person:
    """Buys for an American company."""
    return api.person(local_cloud, "Megan")


def _numbers(reader: Person, count: int) -> list[str]:
    items = reader.read(f"catalog/styles?limit={count}")["items"]
    return [item["style"] for item in items]


def _styles(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("article")


def _pick(page: Page, name: str, w: Any = EN) -> None:
    page.get_by_role("checkbox", name=w("{name}: on the line sheet", name=name)).check()


def test_styles_are_picked_and_stay_so(portal: Visits, megan: Person) -> None:
    first, second = megan.read("catalog/styles?limit=2")["items"]
    page = portal("Megan", "/catalog")
    nav = page.get_by_role("navigation").get_by_role("link", name=EN("Line sheet"))
    expect(page.get_by_role("article").first).to_be_visible()
    expect(nav).to_have_count(0)
    _pick(page, second["name"])
    page.get_by_role("radio", name=EN("List")).check(force=True)
    _pick(page, first["name"])
    page.reload()
    nav.click()
    expect(page).to_have_url(re.compile(f"styles={second['style']}-{first['style']}$"))
    expect(_styles(page).get_by_role("heading")).to_contain_text([second["name"], first["name"]])
    take_off = EN("Take {name} off the sheet", name=second["name"])
    page.get_by_role("button", name=take_off).click()
    expect(_styles(page)).to_have_count(1)
    page.get_by_role("navigation").get_by_role("link", name=EN("Catalogue")).click()
    ticked = page.get_by_role("checkbox", name=re.compile("line sheet"), checked=True)
    expect(ticked).to_have_count(1)


def test_all_that_is_found_is_picked_at_once(portal: Visits, megan: Person) -> None:
    found = megan.read("catalog/styles?category=SHOES")["total"]
    page = portal("Megan", '/catalog?category=["SHOES"]')
    page.get_by_role("button", name=f"Pick all {found}", exact=True).click()
    page.get_by_role("main").get_by_role("link", name=EN("Line sheet")).click()
    expect(_styles(page)).to_have_count(found)


def test_a_sheet_has_what_it_takes_to_order(portal: Visits, megan: Person) -> None:
    (number,) = _numbers(megan, 1)
    style = megan.read(f"catalog/styles/{number}")
    page = portal("Megan", f"/line-sheet?styles={number}&gtins=true", language="en")
    sheet = _styles(page)
    expect(sheet.get_by_role("heading", name=style["name"])).to_be_visible()
    first = style["colourways"][0]
    counted = "pairs" if style["unit"] == "PR" else "pcs"
    told = [
        number,
        f"${style['price']['unit']['amount'] / 100:,.2f}",
        f"${style['rrp']['amount'] / 100:,.2f}",
        first["name"],
        first["sizes"][0]["gtin"],
        *(f"from {tier['quantity']} {counted}" for tier in style["price"]["tiers"]),
    ]
    for text in told:
        expect(sheet).to_contain_text(text)
    page.get_by_role("checkbox", name=EN("Wholesale prices")).uncheck()
    expect(sheet).not_to_contain_text(told[1])
    expect(sheet).to_contain_text(told[2])


def test_the_sheet_is_in_its_readers_language_and_the_companys_currency(portal: Visits) -> None:
    page = portal("Bence", "/line-sheet?styles=10001", language="de")
    sheet = page.locator("[lang=hu]")
    page.get_by_role("combobox", name=DE("Language")).select_option("hu")
    expect(sheet.get_by_text(HU("Wholesale"), exact=True)).to_be_visible()
    expect(sheet).to_contain_text("Ft")
    expect(page.get_by_role("button", name=DE("Print or save as PDF"))).to_be_visible()


def test_a_sheet_is_of_the_markets_day_wherever_it_is_read(portal: Visits, megan: Person) -> None:
    """Past midnight in Berlin, where the browser is, and in UTC, but not in New York."""
    (number,) = _numbers(megan, 1)
    page = portal("Megan", f"/line-sheet?styles={number}", language="en")
    expect(_styles(page)).to_have_count(1)
    today = datetime.now(UTC).date()
    night = datetime.combine(today + timedelta(days=1), time(3, 30), UTC)
    # Who has not touched the portal for a day would have to sign in again.
    page.evaluate("at => localStorage.setItem('sellin.active', at)", night.timestamp() * 1000)
    page.clock.set_fixed_time(night)
    page.reload()
    expect(_styles(page)).to_have_count(1)
    expect(page.get_by_role("main")).to_contain_text(f"as of {today:%b} {today.day}, {today.year}")


def test_a_colleague_sees_the_sheet_that_was_sent(portal: Visits, megan: Person) -> None:
    numbers = "-".join(_numbers(megan, 2))
    page = portal("Megan", f"/line-sheet?styles={numbers}&prices=rrp&order=name", language="en")
    expect(_styles(page)).to_have_count(2)
    page.get_by_role("button", name=EN("Copy link")).click()
    expect(page.get_by_text(EN("Link copied"))).to_be_visible()
    sent = page.evaluate("navigator.clipboard.readText()")
    other = portal("Scott", sent, language="en")
    expect(_styles(other)).to_have_count(2)
    expect(other.get_by_role("checkbox", name=EN("Wholesale prices"))).not_to_be_checked()
    expect(_styles(other).get_by_text(EN("Wholesale"), exact=True)).to_have_count(0)


def test_a_cart_makes_a_sheet(portal: Visits, megan: Person) -> None:
    sku = megan.read("catalog/styles/10001")["colourways"][0]["sizes"][0]["sku"]
    door, window = walking.doors(megan)[0]["id"], walking.pre_books(megan)[0]
    cart = api.new_cart(megan, [line(sku, door, window, 12)])
    page = portal("Megan", f"/carts/{cart['id']}")
    page.get_by_role("link", name=EN("Line sheet of this cart")).click()
    expect(page).to_have_url(re.compile(r"/line-sheet\?styles="))
    expect(_styles(page)).to_have_count(1)


def test_paper_shows_the_sheet_and_nothing_else(
    portal: Visits, megan: Person, tmp_path: Path
) -> None:
    numbers = _numbers(megan, 12)
    page = portal("Megan", f"/line-sheet?styles={'-'.join(numbers)}", scheme="dark")
    expect(_styles(page)).to_have_count(len(numbers))
    page.emulate_media(media="print")
    expect(page.get_by_role("banner")).to_be_hidden()
    expect(page.get_by_role("button", include_hidden=True).first).to_be_hidden()
    expect(_styles(page).first).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    )
    assert page.evaluate("getComputedStyle(document.querySelector('h3')).color") == "rgb(0, 0, 0)"
    breaks = page.evaluate(
        "[...document.querySelectorAll('article')].map((e) => getComputedStyle(e).breakInside)"
    )
    assert set(breaks) == {"avoid"}
    page.emulate_media(media="null")
    letter = _papers(page, tmp_path)
    assert (set(letter), len(letter) > 1) == ({LETTER}, True)
    paper = page.get_by_role("combobox", name=EN("Paper"))
    paper.select_option("a4")
    expect(paper).to_have_value("a4")
    a4 = _papers(page, tmp_path)
    assert (set(a4), len(a4) > 1) == ({A4}, True)


def _papers(page: Page, folder: Path) -> list[tuple[int, int]]:
    """Width and height of each page of the sheet as PDF, in points."""
    made = page.pdf(path=folder / "sheet.pdf", prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", made)
    return [(round(float(width)), round(float(height))) for width, height in boxes]


@pytest.mark.parametrize("language", ["de", "hu"])
def test_everybody_can_use_it(portal: Visits, local_cloud: Cloud, language: str) -> None:
    numbers = "-".join(_numbers(api.person(local_cloud, "Anna"), 3))
    path = f"/line-sheet?styles={numbers}&gtins=true"
    page = portal("Anna", path, language=language, motion="reduce")
    expect(_styles(page)).to_have_count(3)
    found = faults(page)
    assert not found, "\n".join(found)
