"""A cart by file: rows that can be taken are, the others come back and are corrected."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from emulators.demo.catalogue import REUSED_GTIN
from tests.support import portal as api
from tests.support import walking
from tests.support.browser import Visits
from tests.support.portal import Person
from tests.support.sheets import rows_of, xlsx
from tests.support.words import Words, words

Cloud = dict[str, Any]
Sheet = list[list[Any]]

STYLE = "10001"


def _skus(buyer: Person) -> Iterator[dict[str, Any]]:
    """Sizes of a style that can be ordered."""
    for colourway in buyer.read(f"catalog/styles/{STYLE}")["colourways"]:
        yield from colourway["sizes"]


def _sheet(buyer: Person, cart: Any) -> tuple[list[str], Sheet, Sheet]:
    """Header, 12 rows that can be taken, and 5 that can't; door and window by number and name."""
    [first, second, *_] = walking.doors(buyer)
    window = walking.pre_books(buyer)[0]
    sizes = list(itertools.islice(_skus(buyer), 12))
    good: Sheet = [
        # GTINs are numbers to Excel.
        [
            int(size["gtin"]) if number % 2 else size["sku"],
            second["name"] if number % 3 else first["id"],
            window,
            number + 1 if number % 4 else str(number + 1),
        ]
        for number, size in enumerate(sizes)
    ]
    sku, door = sizes[0]["sku"], first["id"]
    bad: Sheet = [
        ["99999-999-M", door, window, 3],
        [sku, "Nirgendwo", window, 3],
        [sku, door, "FW99", 3],
        [sku, door, window, "12 Stk"],
        ["=1+1", None, None, -3],
    ]
    return ["Artikel", "Filiale", "Lieferfenster", "Menge"], good, bad


def _choose(page: Page, w: Words, file: Path) -> None:
    """By the keyboard: the browser's own window takes over from there."""
    button = _dialog(page, w).get_by_role("button", name=w("Choose a file"))
    button.focus()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(file)
    expect(page.get_by_text(file.name)).to_be_visible()


def _dialog(page: Page, w: Words) -> Locator:
    return page.get_by_role("dialog", name=w("Upload a file"))


def _preview(page: Page, w: Words) -> None:
    _dialog(page, w).get_by_role("button", name=w("Preview"), exact=True).press("Enter")


def _take(page: Page, w: Words) -> None:
    _dialog(page, w).get_by_role("button", name=w("Put into the cart")).press("Enter")


def _counts(page: Page, w: Words, taken: str, changed: str, refused: str) -> None:
    dialog = _dialog(page, w)
    for text in (taken, changed, refused):
        expect(dialog.get_by_text(text, exact=True)).to_be_visible()


def test_refused_rows_are_corrected_and_uploaded_again(
    portal: Visits, local_cloud: Cloud, tmp_path: Path
) -> None:
    buyer = api.person(local_cloud, "Anna")
    w = words(buyer.language)
    cart = api.new_cart(buyer, [])
    header, good, bad = _sheet(buyer, cart)
    file = tmp_path / "Bestellung.xlsx"
    file.write_bytes(xlsx([header, *good[:6], *bad, *good[6:]]))
    page = portal("Anna", f"/carts/{cart['id']}")
    page.get_by_role("button", name=w("Upload a file")).press("Enter")
    _choose(page, w, file)
    _preview(page, w)
    counts = ("12 Zeilen wie in der Datei", "0 Zeilen mit Änderungen", "5 Zeilen werden abgelehnt")
    _counts(page, w, *counts)
    expect(_dialog(page, w).get_by_text("12 Positionen · 78 Stück")).to_be_visible()
    rows = _dialog(page, w).get_by_role("row")
    expect(rows).to_have_count(18)
    assert buyer.read(f"carts/{cart['id']}") == cart
    _take(page, w)
    _counts(page, w, "12 Zeilen übernommen", "0 Zeilen geändert", "5 Zeilen abgelehnt")
    expect(rows.nth(5)).to_contain_text(w("Refused"))
    expect(rows.nth(6)).not_to_contain_text(w("Refused"))
    expect(rows.filter(has_text="12 Stk ist keine ganze Stückzahl.")).to_have_count(1)

    with page.expect_download() as download:
        page.get_by_role("button", name=w("Download refused rows")).press("Enter")
    assert download.value.suggested_filename == "Abgelehnte Zeilen.xlsx"
    refused = rows_of(Path(download.value.path()).read_bytes())
    assert [row[0] for row in refused] == ["Artikel", *(row[0] for row in bad[:4]), None]
    assert refused[0][-1] == "Grund"
    corrected = [[*row[:4], reason[-1]] for row, reason in zip(good, refused[1:], strict=False)]
    file.write_bytes(xlsx([refused[0], *corrected[:5]]))

    page.get_by_role("button", name=w("Upload another file")).press("Enter")
    _choose(page, w, file)
    _preview(page, w)
    _take(page, w)
    _counts(page, w, "5 Zeilen übernommen", "0 Zeilen geändert", "0 Zeilen abgelehnt")
    page.get_by_role("button", name=w("Back to the cart")).press("Enter")
    expect(_dialog(page, w)).to_have_count(0)
    expect(page.get_by_role("button", name=w("Upload a file"))).to_be_focused()
    kept = buyer.read(f"carts/{cart['id']}")
    assert sorted(line["quantity"] for line in kept["lines"]) == list(range(1, 13))


def test_what_may_be_several_articles_is_asked_about_however_it_is_entered(
    portal: Visits, local_cloud: Cloud, tmp_path: Path
) -> None:
    buyer = api.person(local_cloud, "Anna")
    w = words(buyer.language)
    door = walking.doors(buyer)[0]["id"]
    shoe, jersey = (buyer.read(f"catalog/styles/{n}")["colourways"][0] for n in REUSED_GTIN)
    gtin, other = shoe["sizes"][0]["gtin"], jersey["sizes"][0]
    assert gtin == other["gtin"]
    cart = api.new_cart(buyer, [])
    page = portal("Anna", f"/carts/{cart['id']}")
    scan = page.get_by_role("textbox", name=w("Scan or type a SKU or GTIN, then Enter"))
    window = jersey["windows"][0]["id"]
    page.get_by_role("combobox", name=w("Delivery")).select_option(window)
    scan.fill(gtin)
    scan.press("Enter")
    expect(page.get_by_text("Mehrere Artikel haben diese GTIN")).to_be_visible()
    page.get_by_role("button", name=other["sku"]).press("Enter")
    expect(page.get_by_role("main").get_by_text(f"{jersey['id']} ·")).to_be_visible()

    header = "Artikel;Filiale;Lieferfenster;Menge"
    soon, file = shoe["windows"][0]["id"], tmp_path / "Bestellung.csv"
    file.write_text(f"{header}\n{gtin};{door};{window};6\n{shoe['id']};{door};{soon};1\n")
    page.get_by_role("button", name=w("Upload a file")).press("Enter")
    _choose(page, w, file)
    _preview(page, w)
    _counts(
        page, w, "0 Zeilen wie in der Datei", "0 Zeilen mit Änderungen", "2 Zeilen werden abgelehnt"
    )
    _dialog(page, w).get_by_role("button", name=other["sku"]).press("Enter")
    expect(_dialog(page, w).get_by_text("1 Zeile wird abgelehnt")).to_be_visible()
    size = shoe["sizes"][3]
    _dialog(page, w).get_by_role("button", name=size["sku"]).press("Enter")
    expect(_dialog(page, w).get_by_text("0 Zeilen werden abgelehnt")).to_be_visible()
    _take(page, w)
    expect(_dialog(page, w).get_by_text("0 Zeilen abgelehnt")).to_be_visible()
    kept = {line["sku"]: line["quantity"] for line in buyer.read(f"carts/{cart['id']}")["lines"]}
    assert kept == {other["sku"]: 6, size["sku"]: 1}


def test_what_was_just_typed_is_saved_before_a_file_replaces_it(
    portal: Visits, local_cloud: Cloud, tmp_path: Path
) -> None:
    buyer = api.person(local_cloud, "Anna")
    w = words(buyer.language)
    door, window = walking.doors(buyer)[0], walking.pre_books(buyer)[0]
    first, second = itertools.islice(_skus(buyer), 2)
    lines = [api.line(size["sku"], door["id"], window, 1) for size in (first, second)]
    cart = api.new_cart(buyer, lines)
    file = tmp_path / "mehr.csv"
    file.write_text(f"SKU;Menge\n{first['sku']};7\n")
    page = portal("Anna", f"/carts/{cart['id']}")
    typed = page.get_by_role("main").get_by_role("textbox").nth(1)
    expect(typed).to_have_value("1")
    typed.fill("5")
    page.get_by_role("button", name=w("Upload a file")).click()
    dialog = _dialog(page, w)
    _choose(page, w, file)
    dialog.get_by_role("combobox", name=w("Door")).select_option(door["name"])
    dialog.get_by_role("combobox", name=w("Delivery")).select_option(window)
    _preview(page, w)
    _take(page, w)
    _counts(page, w, "0 Zeilen übernommen", "1 Zeile geändert", "0 Zeilen abgelehnt")
    kept = buyer.read(f"carts/{cart['id']}")
    assert [line["quantity"] for line in kept["lines"]] == [7, 5]
    page.get_by_role("button", name=w("Back to the cart")).click()
    expect(page.get_by_role("main").get_by_role("textbox").first).to_have_value("7")


def test_a_cart_that_somebody_changed_is_previewed_anew(
    portal: Visits, local_cloud: Cloud, tmp_path: Path
) -> None:
    buyer, other = api.person(local_cloud, "Anna"), api.person(local_cloud, "Petra")
    w = words(buyer.language)
    door, window = walking.doors(buyer)[0], walking.pre_books(buyer)[0]
    sku = next(_skus(buyer))["sku"]
    cart = api.new_cart(buyer, [])
    file = tmp_path / "order.csv"
    file.write_text(f"SKU;Filiale;Lieferfenster;Menge\n{sku};{door['id']};{window};7\n")
    portal.allow("status of 412")
    page = portal("Anna", f"/carts/{cart['id']}", size=(390, 844))
    page.get_by_role("button", name=w("Upload a file")).click()
    _choose(page, w, file)
    _preview(page, w)
    expect(_dialog(page, w).get_by_text("1 Zeile wie in der Datei")).to_be_visible()
    api.fill(other, cart, [api.line(sku, door["id"], window, 3)])
    _take(page, w)
    expect(_dialog(page, w).get_by_text("1 Zeile mit Änderung")).to_be_visible()
    expect(_dialog(page, w).get_by_text("Ersetzt die frühere Menge von 3.")).to_be_visible()
    told = "The cart was changed meanwhile, so nothing was put into it. This is what the file does now."
    expect(_dialog(page, w).get_by_text(w(told))).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    _take(page, w)
    expect(_dialog(page, w).get_by_text("1 Zeile geändert")).to_be_visible()
    [line] = buyer.read(f"carts/{cart['id']}")["lines"]
    assert line["quantity"] == 7


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_template_is_filled_in(portal: Visits, local_cloud: Cloud, kind: str) -> None:
    buyer = api.person(local_cloud, "Bence")
    w = words(buyer.language)
    cart = api.new_cart(buyer, [])
    page = portal("Bence", f"/carts/{cart['id']}", size=(320, 640))
    page.get_by_role("button", name=w("Upload a file")).click()
    with page.expect_download() as download:
        page.get_by_role("button", name=w(f"Template as {kind.upper()}")).click()
    assert download.value.suggested_filename == f"Rendelési sablon.{kind}"
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 320


def test_a_file_that_is_none_is_told_in_words(
    portal: Visits, local_cloud: Cloud, tmp_path: Path
) -> None:
    buyer = api.person(local_cloud, "Anna")
    w = words(buyer.language)
    cart = api.new_cart(buyer, [])
    file = tmp_path / "bild.xlsx"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    portal.allow("status of 422")
    page = portal("Anna", f"/carts/{cart['id']}")
    page.get_by_role("button", name=w("Upload a file")).click()
    _choose(page, w, file)
    _preview(page, w)
    expect(_dialog(page, w).get_by_role("alert")).to_have_text(
        "Diese Datei lässt sich nicht lesen. Speichern Sie sie als XLSX oder CSV und laden Sie"
        " sie erneut hoch."
    )
