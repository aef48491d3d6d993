"""What a buyer does at the portal, found by role and name in the language they read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

from tests.support.portal import Person
from tests.support.words import Words


@dataclass(frozen=True)
class Range:
    """A rectangle of a style's grid: colour names down, size names across."""

    colours: list[str]
    sizes: list[str]

    @property
    def cells(self) -> list[tuple[str, str]]:
        return [(colour, size) for colour in self.colours for size in self.sizes]


def enter(page: Page, w: Words, email: str, password: str) -> None:
    """Fills in the sign-in and sends it."""
    page.get_by_label(w("E-mail")).fill(email)
    page.get_by_label(w("Password")).fill(password)
    page.get_by_role("button", name=w("Sign in"), exact=True).click()


def range_of(style: Any, colours: int, sizes: int) -> Range:
    """The upper left of a style's grid."""
    first = style["colourways"][:colours]
    names = [each["size_name"] for each in first[0]["sizes"][:sizes]]
    return Range([each["name"] for each in first], names)


def cell(page: Page, w: Words, colour: str, size: str) -> Locator:
    """The input of one size of one colour."""
    return page.get_by_role("textbox", name=w("{0}, size {1}", colour, size), exact=True)


def starting(text: str) -> re.Pattern[str]:
    """What begins with the text, up to its first placeholder's place."""
    return re.compile("^" + re.escape(text))


def is_saved(page: Page, w: Words) -> None:
    """Waits until the portal says that everything is."""
    said = page.get_by_role("status").filter(has_text=starting(w("Saved at {savedAt}", savedAt="")))
    expect(said.first).to_be_visible()


def type_range(page: Page, w: Words, filled: Range, quantity: str = "1") -> None:
    """Fills a range by keys alone, from its first cell: to the right, then back, and so on."""
    _first(page, w, filled).focus()
    ways = ("ArrowRight", "ArrowLeft")
    for row in range(len(filled.colours)):
        if row:
            page.keyboard.press("Enter")
        for column in range(len(filled.sizes)):
            if column:
                page.keyboard.press(ways[row % 2])
            page.keyboard.type(quantity)


def paste_range(page: Page, w: Words, filled: Range, rows: Iterable[Iterable[int]]) -> None:
    """Pastes what a spreadsheet puts on the clipboard into a range, at its first cell."""
    table = "".join("\t".join(map(str, row)) + "\r\n" for row in rows)
    page.evaluate("(text) => navigator.clipboard.writeText(text)", table)
    _first(page, w, filled).focus()
    page.keyboard.press("ControlOrMeta+V")


def _first(page: Page, w: Words, filled: Range) -> Locator:
    """The range's first cell, once its cart is there to enter into."""
    first = cell(page, w, filled.colours[0], filled.sizes[0])
    expect(first).to_be_editable()
    return first


def has_range(page: Page, w: Words, filled: Range, rows: Iterable[Iterable[int]]) -> None:
    """Whether the range shows these quantities."""
    wanted = [str(quantity or "") for row in rows for quantity in row]
    for (colour, size), value in zip(filled.cells, wanted, strict=True):
        expect(cell(page, w, colour, size)).to_have_value(value)


def hold_saving(page: Page) -> list[Route]:
    """Holds back the next request that saves cells; it is in the list once it was made."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/v1/carts/*/lines", hold, times=1)
    return held


def pre_books(reader: Person) -> list[str]:
    """The delivery windows that take pre-book orders, the first to ship first."""
    windows = reader.read("catalog/styles")["windows"]
    return [str(each["id"]) for each in windows if each["kind"] == "pre_book" and each["open"]]


def doors(reader: Person) -> list[dict[str, Any]]:
    """The company's doors."""
    found: list[dict[str, Any]] = reader.read("accounts/company/doors")["items"]
    return found
