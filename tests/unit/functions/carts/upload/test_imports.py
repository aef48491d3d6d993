"""Files as retailers send them: each is read as it is meant, and what is not read is told."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from babel import Locale

from functions.carts.upload.columns import Column
from functions.carts.upload.file import refused_rows
from functions.carts.upload.plan import UploadPlan, plan_upload
from functions.carts.upload.sections import Reading, read_sections
from shared.cart.context import CartContext
from shared.sheets.csv_reader import Hints
from shared.sheets.reading import read_table
from shared.sheets.table import Table
from shared.style.model import Sku
from tests.factories.assortment import assortment, at_once, pre_book
from tests.factories.cart import cart, context_of
from tests.factories.company import company, door
from tests.factories.style import colourway, style
from tests.support.sheets import as_csv, xlsx, xlsx_sheets

FIXTURES = Path(__file__).parent / "imports"
GERMAN = Locale.parse("de")
GTINS = {"36": "9521000100015", "36.5": "9521000100022", "37": "9521000100039"}


def _shoe(number: str = "10001", colour: str = "010", **overrides: Any) -> Any:
    sizes = ["36", "36.5", "37", "38"]
    skus = [
        Sku(
            id=f"{number}-{colour}-{size}",
            size=size,
            article=f"{number}{place}",
            gtin=GTINS.get(size, "") if colour == "010" else "",
        )
        for place, size in enumerate(sizes)
    ]
    one = colourway(number, colour, sizes, skus=skus)
    one.names = {"en": "Black", "de": "Schwarz"} if colour == "010" else {"en": "Red", "de": "Rot"}
    return one


def context(**overrides: Any) -> CartContext:
    """Style 10001 in two colours, two doors, at once and a window from 10 January 2027."""
    shoe = style("10001", colourways=[_shoe(), _shoe(colour="020")], **overrides)
    doors = [
        door("200011", name="Sporthaus Lindenau Leipzig"),
        door("200012", name="Sporthaus Lindenau München"),
    ]
    windows = [at_once(), pre_book(ship_from=date(2027, 1, 10))]
    buying = company(doors=doors)
    return context_of(shoe, buying=buying, seen=assortment(windows=windows))


GIVEN: dict[Column, str] = {"door": "200011", "window": "AO"}


def table_of(content: bytes) -> Table:
    return read_table(content, GERMAN, Hints())


def planned(
    content: bytes, given: dict[Column, str] | None = None, about: CartContext | None = None
) -> tuple[Table, Reading, UploadPlan]:
    table = table_of(content)
    wanted = GIVEN if given is None else given
    reading = read_sections(table, wanted, GERMAN)
    plan = plan_upload(cart(), about or context(), reading.entries, frozenset({"sofort"}))
    return table, reading, plan


def lines_of(plan: UploadPlan) -> dict[tuple[str, str, str], int]:
    return {(one.sku, one.door, one.window): one.quantity for one in plan.changes}


def codes_of(plan: UploadPlan) -> list[list[str]]:
    return [[note.code for note in result.notes] for result in plan.results]


def at(size: str = "36", place: str = "200011", window: str = "AO") -> tuple[str, str, str]:
    return f"10001-010-{size}", place, window


CASES: dict[str, tuple[dict[tuple[str, str, str], int], list[str]]] = {
    "apostrophe_before_gtin.csv": ({at(): 2}, []),
    "excel_text_formula_csv.csv": ({at(): 2}, []),
    "excel_text_formula_csv_quoted.csv": ({at(): 2}, []),
    "zero_width_space.csv": ({at(): 2}, []),
    "ltr_mark_from_teams.csv": ({at(): 2}, []),
    "nonbreaking_hyphen_sku.csv": ({at(): 2}, []),
    "en_dash_sku.csv": ({at(): 2}, []),
    "fullwidth_digits.csv": ({at(): 2}, []),
    "enc_bg_cp1251.csv": ({at(): 2}, []),
    "enc_el_cp1253.csv": ({at(): 2}, []),
    "enc_et_cp1257.csv": ({at(): 2}, []),
    "matrix.csv": ({at(): 2, at("36.5"): 3, at("37"): 4}, []),
    "size_matrix.xlsx": ({at(): 2, at("36.5"): 3, at("37"): 4}, []),
    "style_colour_size_columns.xlsx": ({at(): 2}, []),
    "own_confirmation.csv": ({at(): 20, at("37"): 5}, ["columns_unread"]),
    "own_confirmation.xlsx": ({at(): 20, at("37"): 5}, ["sheets_skipped", "columns_unread"]),
    "sheet_per_door.xlsx": ({at(): 2, at(place="200012"): 3}, []),
    "merged_article.xlsx": ({at(): 2, at(place="200012"): 3}, []),
    "filtered_row.xlsx": ({at(): 2, at("36.5"): 50}, ["hidden_rows"]),
    "float_formula.xlsx": ({at(): 3}, []),
    "empty_fill.xlsx": ({at(): 2}, []),
    "strict_ooxml.xlsx": ({at(): 2}, []),
    "backslash_names.xlsx": ({at(): 2}, []),
    "date_in_window.xlsx": ({at(window="SS27-1"): 2}, []),
    "window_date.csv": ({at(window="SS27-1"): 2}, []),
    "window_kw.csv": ({at(window="SS27-1"): 2}, []),
    "title_and_sum.xlsx": ({at(): 2}, ["columns_unread", "above_header", "sums_skipped"]),
}


@pytest.mark.parametrize("name", CASES)
def test_a_file_is_read_as_it_is_meant(name: str) -> None:
    lines, told = CASES[name]
    _, reading, plan = planned((FIXTURES / name).read_bytes())
    assert {key: quantity for key, quantity in lines_of(plan).items() if quantity} == lines
    assert [note.code for note in reading.notes] == told
    assert {result.outcome for result in plan.results} <= {"taken", "changed"}


def test_shapes_of_a_gtin_are_read_or_asked_about() -> None:
    _, _, plan = planned((FIXTURES / "gtin_shapes.xlsx").read_bytes())
    assert codes_of(plan) == [[], ["digits_lost"], ["summed"], ["summed"]]
    assert lines_of(plan) == {at(): 2, at("36.5"): 2}


@pytest.mark.parametrize(
    ("when", "code", "window"),
    [
        ("KW 4", "window_of_days", "SS27-1"),
        ("W04", "window_of_days", "SS27-1"),
        ("v.4", "window_of_days", "SS27-1"),
        ("tydz. 4", "window_of_days", "SS27-1"),
        ("4. hét", "window_of_days", "SS27-1"),
        ("S4/2027", "window_of_days", "SS27-1"),
        ("2027-W04", "window_of_days", "SS27-1"),
        ("24.12.2026", "window_of_days", "AO"),
        ("2027. 02. 03.", "window_of_days", "SS27-1"),
        ("13/01/27", "window_of_days", "SS27-1"),
        ("02/01/2027", "ambiguous_date", None),
        ("01.07.2027", "no_window_then", None),
        ("KW 60", "unknown_window", None),
    ],
)
def test_a_day_or_week_is_the_window_that_holds_it(
    when: str, code: str, window: str | None
) -> None:
    rows = [("Artikel", "Liefertermin", "Menge"), (GTINS["37"], when, 4)]
    _, _, plan = planned(as_csv(rows), {"door": "200011"})
    assert codes_of(plan) == [[code]]
    assert lines_of(plan) == ({at("37", window=window): 4} if window else {})


@pytest.mark.parametrize(
    ("locale", "told"),
    [("de", "20.01.2027 wurde"), ("hu", "2027. jan. 20."), ("en", "Jan 20, 2027 was taken")],
)
def test_a_cell_with_a_date_is_told_in_the_readers_format(locale: str, told: str) -> None:
    rows = [("Artikel", "Liefertermin", "Menge"), (GTINS["37"], date(2027, 1, 20), 4)]
    _, _, plan = planned(xlsx(rows), {"door": "200011"})
    (note,) = plan.results[0].notes
    assert told in note.message.render(Locale.parse(locale))


def test_sheets_are_doors_where_they_have_their_names() -> None:
    header = ("Artikel", "Menge")
    content = xlsx_sheets(
        {
            "Anleitung": [("Bitte ausfüllen",)],
            "200012": [header, (GTINS["36"], 1)],
            "Sporthaus Lindenau München": [header, (GTINS["37"], 2), ("Gesamt", 2)],
            "Rest": [("Bestellung",), header, (GTINS["36"], 5), ("Unsinn", 1)],
        }
    )
    table, reading, plan = planned(content)
    assert lines_of(plan) == {
        at(place="200012"): 1,
        at("37", "200012"): 2,
        at(place="200011"): 5,
    }
    assert [note.code for note in reading.notes] == [
        "sheets_skipped",
        "sums_skipped",
        "above_header",
    ]
    back = refused_rows(table, plan.results, GERMAN)
    assert back is not None
    _, _, without = planned(content, {"window": "AO"})
    assert codes_of(without)[2] == ["missing_door"]


def test_no_row_is_dropped_in_silence() -> None:
    rows = [
        ("Frühjahr", "", ""),
        ("Artikel", "Menge", "Bemerkung"),
        (GTINS["36"], 1, ""),
        ("", "", "Bitte schnell"),
        ("Artikel", "Menge", "Bemerkung"),
        (GTINS["37"], "", ""),
        ("Summe", 1, ""),
    ]
    _, reading, plan = planned(as_csv(rows))
    assert [note.code for note in reading.notes] == ["above_header", "sums_skipped", "rows_skipped"]
    texts = [note.message.render(GERMAN) for note in reading.notes]
    assert [any(n in text for text in texts) for n in "1457"] == [True] * 4
    assert [result.entry.row.number for result in plan.results] == [3, 6]
    assert codes_of(plan) == [[], ["missing_quantity"]]


def test_columns_that_are_not_read_are_told() -> None:
    rows = [
        ("EAN", "Bezeichnung", "Menge", "Summe", "Notiz", "", "UVP", " Reihenfolge ", ""),
        (GTINS["36"], "Laufschuh", 2, 2, "", "eilig", "", 7, ""),
        (GTINS["37"], "Laufschuh", 3, 3, "", "", "", "", ""),
    ]
    _, reading, plan = planned(as_csv(rows))
    assert lines_of(plan) == {at(): 2, at("37"): 3}
    assert [note.code for note in reading.notes] == ["columns_unread"]
    told = reading.notes[0].message
    assert told.render(GERMAN) == "Die Spalten Bezeichnung, F und Reihenfolge werden nicht gelesen."


def test_of_many_columns_that_are_not_read_the_first_are_named() -> None:
    names = [f"Merkmal {number} {'x' * 60}" for number in range(12)]
    rows = [("EAN", "Menge", *names), (GTINS["36"], 2, *range(12))]
    _, reading, _ = planned(as_csv(rows))
    text = reading.notes[0].message.render(GERMAN)
    assert "Merkmal 9 " in text
    assert "…" in text
    assert "Merkmal 10" not in text
    assert "x" * 40 not in text


def test_columns_of_sheets_are_told_with_their_sheet_and_sizes_are_read() -> None:
    content = xlsx_sheets(
        {
            "200011": [("EAN", "Menge", "Kommentar"), (GTINS["36"], 1, "rot")],
            "200012": [("Artikel", "36", "37"), ("10001-010", 1, 2)],
        }
    )
    _, reading, _ = planned(content)
    assert [note.message.render(GERMAN) for note in reading.notes] == [
        "Blatt 200011: Die Spalte Kommentar wird nicht gelesen."
    ]
