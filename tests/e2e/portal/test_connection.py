"""What is entered outlives a cut network, another browser's change and a change of language."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support import portal as api
from tests.support import walking
from tests.support.browser import Visits
from tests.support.portal import Person
from tests.support.walking import Range, cell
from tests.support.words import words

Cloud = dict[str, Any]

STYLE = "10001"
EN = words("en")


@pytest.fixture(scope="module")
def anna(local_cloud: Cloud) -> Person:
    return api.person(local_cloud, "Anna")


@pytest.fixture
def cart(anna: Person) -> Any:
    """Without lines yet."""
    reply = anna.send("POST", "carts", {"name": "Netz"}, Idempotency_Key=api.new_key())
    return reply.body


@pytest.fixture
def page(portal: Visits, anna: Person, cart: Any) -> Page:
    """Anna at a style's grid, in a pre-book window."""
    return portal("Anna", _address(anna), language="en", cart=cart)


def _address(reader: Person) -> str:
    return f"/styles/{STYLE}?window={walking.pre_books(reader)[0]}"


def _english(local_cloud: Cloud, name: str = "Anna") -> Person:
    person = api.person(local_cloud, name)
    return Person(person.url, person.token, "en")


@pytest.fixture
def filled(local_cloud: Cloud) -> Range:
    """Two colours in five sizes, as they are called in English."""
    style = _english(local_cloud).read(f"catalog/styles/{STYLE}")
    return walking.range_of(style, colours=2, sizes=5)


def _quantities(reader: Person, cart: Any) -> list[int]:
    return [line["quantity"] for line in reader.read(f"carts/{cart['id']}")["lines"]]


def test_a_cut_network_loses_nothing(
    portal: Visits, page: Page, filled: Range, anna: Person, cart: Any
) -> None:
    portal.allow("ERR_INTERNET_DISCONNECTED")
    walking.type_range(page, EN, Range(filled.colours[:1], filled.sizes))
    walking.is_saved(page, EN)
    page.context.set_offline(True)
    expect(page.get_by_role("status").filter(has_text="You are offline")).to_be_visible()
    walking.type_range(page, EN, Range(filled.colours[1:], filled.sizes), "12")
    expect(page.get_by_role("status").filter(has_text="Not connected")).to_be_visible()
    # Reading what was opened before goes on, and so does entering.
    page.get_by_role("radio", name="At once").check()
    page.get_by_role("radio", name=walking.pre_books(anna)[0]).check()
    walking.has_range(page, EN, filled, [[1] * 5, [12] * 5])
    assert sum(_quantities(anna, cart)) == 5
    page.context.set_offline(False)
    walking.is_saved(page, EN)
    expect(page.get_by_text("You are offline")).to_have_count(0)
    assert sorted(_quantities(anna, cart)) == [1] * 5 + [12] * 5


def test_what_was_not_saved_is_saved_when_the_portal_is_opened_again(
    portal: Visits, page: Page, filled: Range, anna: Person, cart: Any
) -> None:
    portal.allow("ERR_INTERNET_DISCONNECTED")
    expect(cell(page, EN, filled.colours[0], filled.sizes[0])).to_be_editable()
    page.context.set_offline(True)
    walking.type_range(page, EN, Range(filled.colours[:1], filled.sizes), "7")
    expect(page.get_by_role("status").filter(has_text="Not connected")).to_be_visible()
    page.close()
    context = portal.contexts[0]
    context.set_offline(False)
    again = context.new_page()
    again.goto(_address(anna))
    walking.has_range(again, EN, filled, [[7] * 5, [0] * 5])
    walking.is_saved(again, EN)
    assert _quantities(anna, cart) == [7] * 5


@pytest.fixture
def german_after(anna: Person) -> Iterator[None]:
    """Anna has changed her language, and speaks German again after."""
    yield
    reply = anna.send("PATCH", "accounts/me", {"language": "de"})
    assert reply.status < 300, reply


@pytest.mark.usefixtures("german_after")
def test_the_language_changes_half_way_and_the_entries_stay(
    portal: Visits, page: Page, local_cloud: Cloud, filled: Range, anna: Person, cart: Any
) -> None:
    held = walking.hold_saving(page)
    with page.expect_request("**/lines"):
        walking.type_range(page, EN, filled, "4")
    page.get_by_role("button", name=EN("Account of {0}, {1}", "Anna Vogel", "")).click()
    page.get_by_role("combobox", name=EN("Language")).select_option("Magyar")
    hu = words("hu")
    page.get_by_role("dialog").get_by_role("button", name=hu("Close")).click()
    person = Person(anna.url, anna.token, "hu")
    style = person.read(f"catalog/styles/{STYLE}")
    same = walking.range_of(style, colours=2, sizes=5)
    expect(page.get_by_role("heading", name=style["name"], level=1)).to_be_visible()
    walking.has_range(page, hu, same, [[4] * 5] * 2)
    held.pop().continue_()
    walking.is_saved(page, hu)
    walking.has_range(page, hu, same, [[4] * 5] * 2)
    assert _quantities(anna, cart) == [4] * 10


def test_two_browsers_in_one_cart_keep_what_each_entered(
    portal: Visits, page: Page, filled: Range, anna: Person, cart: Any
) -> None:
    portal.allow("status of 412")
    petras = portal("Petra", _address(anna), language="en", cart=cart)
    (colour, other), (first, second, *_) = filled.colours, filled.sizes
    held = walking.hold_saving(petras)
    with petras.expect_request("**/lines"):
        cell(petras, EN, colour, first).fill("7")
        cell(petras, EN, other, second).fill("3")
    cell(page, EN, colour, first).fill("5")
    cell(page, EN, colour, second).fill("6")
    walking.is_saved(page, EN)
    held.pop().continue_()

    asked = petras.get_by_role("dialog", name=EN("Somebody else changed the same quantities"))
    expect(asked.get_by_role("listitem")).to_have_count(1)
    expect(asked.get_by_role("button", name="Anna Vogel: 5")).to_be_visible()
    asked.get_by_role("button", name=EN("Mine: {mine}", mine="7")).click()
    expect(asked).to_have_count(0)
    walking.is_saved(petras, EN)
    for (row, size), quantity in {
        (colour, first): "7", (colour, second): "6", (other, second): "3"
    }.items():  # fmt: skip
        expect(cell(petras, EN, row, size)).to_have_value(quantity)
    assert sorted(_quantities(anna, cart)) == [3, 6, 7]


def test_the_other_s_quantity_can_be_taken(
    portal: Visits, page: Page, filled: Range, anna: Person, cart: Any
) -> None:
    portal.allow("status of 412")
    petras = portal("Petra", _address(anna), language="en", cart=cart)
    at = (filled.colours[0], filled.sizes[0])
    held = walking.hold_saving(petras)
    with petras.expect_request("**/lines"):
        cell(petras, EN, *at).fill("7")
    cell(page, EN, *at).fill("5")
    walking.is_saved(page, EN)
    held.pop().continue_()
    petras.get_by_role("dialog").get_by_role("button", name="Anna Vogel: 5").click()
    expect(cell(petras, EN, *at)).to_have_value("5")
    assert _quantities(anna, cart) == [5]


def test_scans_wait_for_the_network_beyond_the_page(
    portal: Visits, anna: Person, cart: Any
) -> None:
    portal.allow("ERR_FAILED")
    first = anna.read(f"catalog/styles/{STYLE}")["colourways"][0]
    size = first["sizes"][0]
    page = portal("Anna", f"/carts/{cart['id']}", language="en", cart=cart)
    page.get_by_role("combobox", name=EN("Delivery"), exact=True).select_option(
        walking.pre_books(anna)[0]
    )
    scan = page.get_by_role("textbox", name=EN("Scan or type a SKU or GTIN, then Enter"))
    page.route("**/v1/catalog/lookup", lambda route: route.abort())
    for _ in range(2):
        scan.fill(size["sku"])
        scan.press("Enter")
    expect(page.get_by_text("Not connected: 2 scans wait.")).to_be_visible()
    page.unroute("**/v1/catalog/lookup")
    page.reload()
    walking.is_saved(page, EN)
    assert _quantities(anna, cart) == [2]


def test_a_language_that_can_not_be_loaded_is_told_and_asked_for_again(portal: Visits) -> None:
    portal.allow("ERR_FAILED")
    page = portal(None, "/", language="de")
    page.route("**/assets/de-*.js", lambda route: route.abort())
    page.reload()
    expect(page.get_by_role("heading", name="Sellin konnte nicht geladen werden")).to_be_visible()
    page.unroute("**/assets/de-*.js")
    page.get_by_role("button", name="Noch einmal versuchen").click()
    expect(page.get_by_role("textbox").first).to_be_visible()


def test_each_key_on_the_languages_counts(portal: Visits) -> None:
    page = portal(None, "/", language="en")
    choice = page.get_by_role("combobox", name=EN("Language"))
    choice.focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_role("combobox")).to_have_value("hu")
    expect(page.get_by_role("button", name=words("hu")("Sign in"), exact=True)).to_be_visible()
