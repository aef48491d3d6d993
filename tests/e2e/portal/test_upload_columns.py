"""A file of a retailer's own: what its columns are is said once, and known the next time."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.support import portal as api
from tests.support import walking
from tests.support.browser import Visits
from tests.support.sheets import xlsx
from tests.support.words import Words, words

Cloud = dict[str, Any]

NAMES = ("Lief.-Nr.", "Strichcode-Nr. (13-stellig)", "Benennung", "Disposition", "Notiz")


def _file(folder: Path, rows: list[tuple[Any, ...]]) -> Path:
    """As a buying group sends them: who ordered above, names that only they know."""
    file = folder / "Bestellblatt.xlsx"
    file.write_bytes(xlsx([("Bestellblatt", "Frau Krämer"), (), NAMES, *rows]))
    return file


def _preview(page: Page, w: Words, file: Path, window: str) -> Locator:
    page.get_by_role("button", name=w("Upload a file")).click()
    dialog = page.get_by_role("dialog", name=w("Upload a file"))
    with page.expect_file_chooser() as chooser:
        dialog.get_by_role("button", name=w("Choose a file")).click()
    chooser.value.set_files(file)
    dialog.get_by_role("combobox", name=w("Door")).select_option(index=1)
    dialog.get_by_role("combobox", name=w("Delivery")).select_option(window)
    dialog.get_by_role("button", name=w("Preview"), exact=True).click()
    return dialog


def test_columns_are_said_once_and_known_the_next_time(
    portal: Visits, local_cloud: Cloud, tmp_path: Path
) -> None:
    buyer = api.person(local_cloud, "Anna")
    w = words(buyer.language)
    window = walking.pre_books(buyer)[0]
    sizes = buyer.read("catalog/styles/10001")["colourways"][0]["sizes"]
    rows = [("4711", int(size["gtin"]), "Schuh", 6, "eilig") for size in sizes[:2]]
    cart = api.new_cart(buyer, [])
    portal.allow("status of 422")
    page = portal("Anna", f"/carts/{cart['id']}", size=(390, 844))
    dialog = _preview(page, w, _file(tmp_path, rows), window)
    expect(dialog.get_by_role("combobox", name=NAMES[1])).to_have_value("article")
    expect(dialog.get_by_role("combobox", name=NAMES[3])).to_have_value("none")
    expect(dialog.get_by_text("4711", exact=True)).to_be_visible()
    dialog.get_by_role("combobox", name=NAMES[3]).select_option(w("Quantity"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    dialog.get_by_role("button", name=w("Read the columns like this")).press("Enter")
    expect(dialog.get_by_text("2 Zeilen wie in der Datei")).to_be_visible()
    dialog.get_by_role("button", name=w("Put into the cart")).press("Enter")
    expect(dialog.get_by_text("2 Zeilen übernommen")).to_be_visible()
    kept = buyer.read(f"carts/{cart['id']}")
    assert [line["quantity"] for line in kept["lines"]] == [6, 6]

    colleague = portal("Petra", f"/carts/{api.new_cart(buyer, [])['id']}")
    more = [*rows, ("4711", int(sizes[2]["gtin"]), "Schuh", 1, "")]
    dialog = _preview(colleague, w, _file(tmp_path, more), window)
    expect(dialog.get_by_text("3 Zeilen wie in der Datei")).to_be_visible()
    expect(dialog.get_by_text("Wie von Anna")).to_be_visible()
    dialog.get_by_text(w("How the columns were read")).click()
    dialog.get_by_role("combobox", name=NAMES[0]).select_option(w("Quantity"))
    dialog.get_by_role("combobox", name=NAMES[3]).select_option(w("Not read"))
    dialog.get_by_role("button", name=w("Read the columns like this")).press("Enter")
    expect(dialog.get_by_text("3 Positionen · 14.133 Stück")).to_be_visible()
    expect(dialog.get_by_text("Wie von Anna")).to_have_count(0)
