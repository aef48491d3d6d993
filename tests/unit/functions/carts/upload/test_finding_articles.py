"""What a file's rows mean: styles, colours, sizes, GTINs, cases and doors, however they are written."""

from collections.abc import Sequence
from typing import Any

import pytest
from babel import Locale

from functions.carts.upload.plan import plan_upload
from functions.carts.upload.sections import read_sections
from functions.orders.documents import csv_writer, xlsx_writer
from functions.orders.documents.content import confirmation
from functions.orders.wording import Reader
from shared.order.model import StyleNames
from shared.style.ids import safe
from shared.text.locale import LOCALES
from tests.factories.cart import cart
from tests.factories.company import company
from tests.factories.order import order, order_line
from tests.support.sheets import as_csv, xlsx
from tests.unit.functions.carts.upload.test_imports import (
    GERMAN,
    GIVEN,
    GTINS,
    at,
    codes_of,
    context,
    lines_of,
    planned,
    table_of,
)


@pytest.mark.parametrize(
    "rows",
    [
        [("Model", "Kolor", "Rozmiar", "Szt."), ("10001", "020", "36,5", "7")],
        [("Modèle", "Coloris", "Pointure", "Qté"), ("10001", 20, "36½", 7)],
        [("Style no.", "Color", "Size", "Units"), ("10001", "red", 36.5, "7,0")],
        [("Artikel-Nr.", "Größe", "Bestellmenge"), ("10001-020", "36 1/2", 7.0)],
        [("Artikelnr", "Färg", "36", "36,5", "37"), ("10001", "Rot", "", 7, "")],
        [("Cikkszám", "Szín", 36, 36.5, 37.0, "Összesen"), ("10001", "020", None, 7, None, 7)],
    ],
)
@pytest.mark.parametrize("made", [xlsx, as_csv])
def test_style_colour_and_size_in_any_language_and_way(made: Any, rows: Sequence[Any]) -> None:
    _, _, plan = planned(made(rows))
    assert lines_of(plan) == {("10001-020-36.5", "200011", "AO"): 7}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("10001", "030", "36", 1), "unknown_colour"),
        (("10001", "010", "50", 1), "unknown_size"),
        (("10001", "", "36", 1), "several_articles"),
        (("10001", "010", "", 1), "several_articles"),
        (("10999", "010", "36", 1), "unknown_article"),
        (("10001", "010", "36", "3,5"), "not_whole"),
        (("10001", "010", "36", "1.000"), "ambiguous_quantity"),
        (("10001", "010", "36", "\u22122"), "negative"),
        (("10001", "010", "36", True), "not_a_text"),
    ],
)
def test_what_is_not_clear_is_asked_about(row: Any, code: str) -> None:
    _, _, plan = planned(xlsx([("Artikel", "Farbe", "Größe", "Menge"), row]))
    assert codes_of(plan) == [[code]]
    assert not plan.changes


def test_a_case_orders_its_pieces() -> None:
    rows = [("EAN", "Menge"), ("19521000100012", 2), ("(02)09521000100039(37)5", 1)]
    _, _, plan = planned(as_csv(rows), about=context(multiple=12))
    assert lines_of(plan) == {at(): 24, at("37"): 12}
    assert codes_of(plan) == [["cases"], ["cases", "rounded_up"]]
    _, _, unknown = planned(as_csv(rows[:2]))
    assert codes_of(unknown) == [["case_unknown"]]


def test_a_cases_own_gtin_orders_its_pieces() -> None:
    about = context(multiple=12)
    about.styles["10001"].colourways[0].skus[0].case_gtin = "4012345000016"
    _, _, plan = planned(as_csv([("EAN", "Menge"), ("4012345000016", 2)]), about=about)
    assert lines_of(plan) == {at(): 24}
    assert codes_of(plan) == [["cases"]]


def test_free_sizes_are_named_as_they_are_written() -> None:
    about = context()
    for sku, size in zip(
        about.styles["10001"].colourways[0].skus,
        ("40 2/3", "S (Short)", "39-42", "\u00daNICA"),
        strict=True,
    ):
        sku.size, sku.id = size, f"10001-010-{safe(size)}"
    rows = [("Artikel", "Farbe", "Größe", "Menge")]
    rows += [("10001", "010", sku.size, "1") for sku in about.styles["10001"].colourways[0].skus]
    _, _, plan = planned(as_csv(rows), about=about)
    assert [sku for sku, _, _ in lines_of(plan)] == [
        "10001-010-40_2_3",
        "10001-010-S_Short",
        "10001-010-39_42",
        "10001-010-UNICA",
    ]


@pytest.mark.parametrize("written", ["10001-020-36,5", "10001-020-36\u00bd", "10001-020-36 1/2"])
def test_a_sku_is_found_with_its_size_in_another_spelling(written: str) -> None:
    _, _, plan = planned(as_csv([("SKU", "Menge"), (written, "3")]))
    assert lines_of(plan) == {("10001-020-36.5", "200011", "AO"): 3}


@pytest.mark.parametrize("written", ["39-42", "39/42", "39\u201342", "39 - 42", "39_42"])
def test_a_range_is_found_however_it_is_written(written: str) -> None:
    about = context()
    sku = about.styles["10001"].colourways[0].skus[0]
    sku.size, sku.id = "39-42", "10001-010-39_42"
    _, _, plan = planned(as_csv([("SKU", "Menge"), (f"10001-010-{written}", "3")]), about=about)
    assert lines_of(plan) == {("10001-010-39_42", "200011", "AO"): 3}
    rows = [("Artikel", "Farbe", "Größe", "Menge"), ("10001", "010", written, "3")]
    if "_" not in written:
        _, _, plan = planned(as_csv(rows), about=about)
        assert lines_of(plan) == {("10001-010-39_42", "200011", "AO"): 3}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("write", [csv_writer.write, xlsx_writer.write])
def test_our_own_papers_come_back_in_every_language(write: Any, locale: Any) -> None:
    lines = [order_line("10001-010-36", gtin=GTINS["36"], quantity=7)]
    names = {"10001": StyleNames(style={"en": "Shoe"}, colours={}, sizes={})}
    reader = Reader(Locale.parse(str(locale)))
    paper = confirmation(order(lines=lines, names=names), company().profile, reader)
    _, _, plan = planned(write(paper))
    assert lines_of(plan) == {at(): 7}


SIZES = [
    ("36\u2154", "36 2/3"),
    ("37 1/3", "37\u2153"),
    ("S/M", "S / M"),
    ("2XL Tall", "2 XL TALL"),
    ("75B", "75 B"),
    ("4-5Y", "4 - 5 Y"),
    ("1X", "1x"),
    ("W32/L34", "W32 L34"),
    ("\u00daNICA", "One Size"),
    ("38+", "38 +"),
    ("6 1/4", "6,25"),
]


@pytest.mark.parametrize(("own", "written"), SIZES)
@pytest.mark.parametrize("made", [xlsx, as_csv])
def test_a_size_is_found_as_the_name_of_a_column_and_in_one(
    made: Any, own: str, written: str
) -> None:
    about = context()
    about.styles["10001"].colourways[0].skus[1].size = own
    for rows in (
        [("Artikel", "Farbe", "36", written), ("10001", "010", 1, 2)],
        [("Artikel", "Farbe", written), ("10001", "010", 2), ("10001", "010", None)],
        [("Artikel", "Farbe", "Gr\u00f6\u00dfe", "Menge"), ("10001", "010", written, 2)],
    ):
        _, reading, plan = planned(made(rows), about=about)
        assert lines_of(plan)[at("36.5")] == 2, rows
        assert "columns_unread" not in [note.code for note in reading.notes]


HEADING = "Artikel;Filiale;Liefertermin;Menge"


@pytest.mark.parametrize(
    "row",
    [
        "10001-010-36;'200011;'AO;'2",
        "10001-010-36;'00200011;AO;2",
        "10001-010-36;200011.0;AO;2.0",
        "952-1000-10001-5;200011;AO;2",
        "9521000-100015;200011;AO;2",
        "9521000100015.0;200011;AO;2",
        "'9521000100015,00;\u2019200011;\u2018AO;\u20192",
        '="9521000100015";="200011";="AO";="2"',
        '"=""9521000100015""";"=""200011""";"=""AO""";"=""2"""',
    ],
)
def test_what_keeps_a_text_a_text_is_read_in_every_column(row: str) -> None:
    _, _, plan = planned(f"{HEADING}\n{row}\n".encode(), {})
    assert lines_of(plan) == {at(): 2}
    assert codes_of(plan) == [[]]


def test_a_sku_of_digits_and_dashes_comes_before_a_gtin() -> None:
    about = context()
    about.styles["10001"].colourways[0].skus[3].id = "952-1000-100015"
    rows = [("Artikel", "Menge"), ("952-1000-100015", 2), ("9521000-100015", 3)]
    _, _, plan = planned(as_csv(rows), about=about)
    assert {sku: quantity for (sku, _, _), quantity in lines_of(plan).items()} == {
        "952-1000-100015": 2,
        "10001-010-36": 3,
    }


@pytest.mark.parametrize(
    ("own", "written"),
    [
        ("Sport M\u00fcnchen", "Sport Muenchen"),
        ("Sport Muenchen", "sport m\u00fcnchen"),
        ("K\u00f8bmand \u00c5rhus", "Koebmand Aarhus"),
        ("Weiss & S\u00f6hne", "Wei\u00df & Soehne"),
        ("'t Hoekje", "'t Hoekje"),
        ("\u2019t Hoekje", "\u2019t Hoekje"),
        ("24 Sport", "'24 Sport"),
    ],
)
def test_a_door_is_found_by_its_name_however_it_is_typed(own: str, written: str) -> None:
    about = context()
    about.company.profile.doors["200012"].name = own
    rows = [("Artikel", "Filiale", "Menge"), ("10001-010-36", written, 2)]
    _, _, plan = planned(as_csv(rows), {"window": "AO"}, about)
    assert lines_of(plan) == {at(place="200012"): 2}


def test_a_name_as_it_is_comes_before_one_with_umlauts_in_two_letters() -> None:
    about = context()
    about.company.profile.doors["200011"].name = "Muenchen"
    about.company.profile.doors["200012"].name = "M\u00fcnchen"
    rows = [
        ("Artikel", "Filiale", "Menge"),
        (GTINS["36"], "Muenchen", 2),
        (GTINS["37"], "München", 3),
    ]
    _, _, plan = planned(as_csv(rows), {"window": "AO"}, about)
    assert lines_of(plan) == {at(): 2, at("37", "200012"): 3}


def test_a_gtin_of_two_articles_is_never_picked() -> None:
    twice = context()
    twice.styles["10001"].colourways[1].skus[3].gtin = GTINS["36"]
    _, _, plan = planned(as_csv([("GTIN", "Menge"), (GTINS["36"], 2)]), about=twice)
    assert codes_of(plan) == [["ambiguous"]]
    text = plan.results[0].notes[0].message.render(GERMAN)
    assert "10001-010-36" in text
    assert "10001-020-38" in text
    question = plan.results[0].question
    assert question is not None
    assert (question.about, [one.sku.id for one in question.choices]) == (
        GTINS["36"],
        ["10001-010-36", "10001-020-38"],
    )


@pytest.mark.parametrize("answer", ["10001-010-36", "10001-020-38"])
def test_a_gtin_of_two_articles_is_what_a_person_says(answer: str) -> None:
    twice = context()
    twice.styles["10001"].colourways[1].skus[3].gtin = GTINS["36"]
    rows = [("GTIN", "Menge"), (GTINS["36"], 2), (f"0{GTINS['36']}", 3), (GTINS["37"], 1)]
    read = read_sections(table_of(as_csv(rows)), GIVEN, GERMAN)
    plan = plan_upload(cart(), twice, read.entries, frozenset(), {GTINS["36"]: frozenset({answer})})
    assert lines_of(plan) == {(answer, "200011", "AO"): 5, at("37"): 1}
    for wrong in ("10001-010-37", "10999-010-36"):
        said = {GTINS["36"]: frozenset({wrong})}
        asked = plan_upload(cart(), twice, read.entries, frozenset(), said)
        assert codes_of(asked) == [["ambiguous"], ["ambiguous"], []]
