"""Letters of CSV files in code pages: right, or asked about."""

import csv
from collections.abc import Sequence
from io import StringIO
from typing import Any

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from shared.sheets.code_page import PAGES, UnclearLettersProblem
from shared.sheets.csv_reader import Hints, read_csv
from shared.sheets.table import Table, UnreadableFileProblem

TOWNS = {
    "de": ["Würzburg", "Köln", "Düsseldorf", "Gießen"],
    "fr": ["Besançon", "Évreux", "Nîmes", "Orléans", "Mâcon"],
    "es": ["Málaga", "Córdoba", "La Coruña"],
    "sv": ["Umeå", "Jönköping", "Sälen"],
    "da": ["Århus", "Ærø", "Køge"],
    "pl": ["Wałbrzych", "Świdnica", "Gdańsk", "Zielona Góra"],
    "hu": ["Szentgotthárd", "Győr", "Kőszeg", "Tűzkő"],
    "cs": ["Plzeň", "Ústí", "Třebíč"],
    "ro": ["Timişoara", "Braşov", "Bistriţa"],
    "lt": ["Šiauliai", "Kėdainiai", "Panevėžys"],
    "lv": ["Rīga", "Jūrmala", "Liepāja", "Cēsis"],
    "et": ["Võru", "Jõgeva", "Põltsamaa"],
    "bg": ["Бургас", "Велико Търново", "Русе"],
    "el": ["Πάτρα", "Ηράκλειο", "Βόλος"],
    "tr": ["Eskişehir", "İzmir", "Muğla"],
}
ENGLISH = Locale("en")
NONE = Hints()


def content_of(towns: Sequence[str], page: str) -> bytes:
    out = StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([("Door", "Quantity"), *((t, 1) for t in towns)])
    return out.getvalue().encode(page)


def towns_in(content: bytes, locale: Locale, hints: Hints = NONE) -> list[object]:
    [sheet] = read_csv(content, locale, hints).sheets
    return [row.cells[0] for row in sheet.rows[1:]]


def answer(content: bytes, locale: Locale) -> tuple[Table | None, list[dict[str, Any]]]:
    """The table, or what is offered to choose from."""
    try:
        return read_csv(content, locale, NONE), []
    except UnclearLettersProblem as problem:
        return None, problem.extra["encodings"]


CASES = [(language, page) for page, (_, spoken) in PAGES.items() for language in spoken]


@pytest.mark.parametrize(("language", "page"), [c for c in CASES if c[0] in TOWNS])
def test_whoever_knows_the_names_reads_them_right(language: str, page: str) -> None:
    towns = TOWNS[language]
    try:
        content = content_of(towns, page)
    except UnicodeEncodeError:
        return
    assert towns_in(content, ENGLISH, Hints(names=lambda: towns)) == towns
    assert towns_in(content, ENGLISH, Hints(encoding=page)) == towns


@given(
    st.sampled_from(CASES).filter(lambda case: case[0] in TOWNS),
    st.sampled_from(["en", "de", "fr", "hu", "pl", "sv", "bg", "lt"]),
    st.data(),
)
def test_letters_are_right_or_asked_about_or_told(
    case: tuple[str, str], reader: str, data: st.DataObject
) -> None:
    language, page = case
    towns = data.draw(st.lists(st.sampled_from(TOWNS[language]), min_size=1, unique=True))
    try:
        content = content_of(towns, page)
    except UnicodeEncodeError:
        return
    table, offered = answer(content, Locale(reader))
    if table:
        read = [row.cells[0] for row in table.sheets[0].rows[1:]]
        assert read == towns or [note.code for note in table.notes] == ["letters_assumed"]
    else:
        readings = [towns_in(content, ENGLISH, Hints(one["encoding"])) for one in offered]
        assert towns in readings
        assert all(one["samples"] and one["name"] for one in offered)


WRONG = [
    (["\u0160iauliai", "\u0104\u017euolas"], "cp775"),
    (["\u017di\u017ekov", "\u010c\u00e1slav"], "iso8859_2"),
    (["P\u00f5ltsamaa", "\u017danna"], "mac_latin2"),
    (["\u00c6r\u00f8", "K\u00f8bmand"], "cp1257"),
    (["T\u0171z\u0151g\u00e9p"], "cp852"),
    (["\u0152uvre", "\u0160iauliai"], "iso8859_15"),
]


@pytest.mark.parametrize(("towns", "page"), WRONG)
@pytest.mark.parametrize("reader", ["en", "de", "hu", "fr", "pl", "sv"])
def test_what_reads_well_in_another_page_is_asked_about(
    towns: list[str], page: str, reader: str
) -> None:
    content = content_of(towns, page)
    table, offered = answer(content, Locale(reader))
    if table:
        read = [row.cells[0] for row in table.sheets[0].rows[1:]]
        assert read == towns or [note.code for note in table.notes] == ["letters_assumed"]
    else:
        readings = [towns_in(content, ENGLISH, Hints(one["encoding"])) for one in offered]
        assert towns in readings
        assert len(readings) > 1
    assert towns_in(content, Locale(reader), Hints(names=lambda: towns)) == towns


def test_a_name_that_is_known_comes_before_letters_that_look_well() -> None:
    # As a DOS file, its only likely reading is another.
    content = content_of(["\u0160iauliai", "\u0104\u017euolas"], "cp775")
    assert towns_in(content, ENGLISH, Hints(names=lambda: ["UAB \u0160iauliai"])) == [
        "\u0160iauliai",
        "\u0104\u017euolas",
    ]


def test_words_of_two_languages_are_no_certain_reading() -> None:
    # As a Mac of Croatia wrote it, which is none of PAGES.
    table, offered = answer(content_of(["\u017dminj", "\u010cakovec"], "mac_croatian"), ENGLISH)
    assert table is None
    assert len(offered) > 1


def test_the_readers_language_decides_and_it_is_told() -> None:
    content = content_of(["Nürnberg"], "mac_roman")
    table = read_csv(content, Locale("de"), Hints())
    assert table.sheets[0].rows[1].cells[0] == "Nürnberg"
    [note] = table.notes
    assert "Nürnberg" in note.message.render(Locale("de"))
    with pytest.raises(UnclearLettersProblem) as asked:
        read_csv(content, ENGLISH, Hints())
    samples = {one["encoding"]: one["samples"] for one in asked.value.extra["encodings"]}
    assert samples["mac_roman"] == ["Nürnberg"]


@pytest.mark.parametrize("page", ["cp850", "cp437"])
def test_dos_needs_no_question(page: str) -> None:
    towns = ["Thüringen", "Löbau"]
    assert towns_in(content_of(towns, page), Locale("fr")) == towns


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_says_itself(encoding: str) -> None:
    towns = [town for towns in TOWNS.values() for town in towns]
    assert towns_in(content_of(towns, encoding), ENGLISH) == towns


@given(
    st.sampled_from(CASES).filter(lambda case: case[0] in TOWNS),
    st.sampled_from(["en", "de", "fr", "hu", "pl", "sv", "bg", "lt"]),
    st.data(),
)
def test_what_was_read_otherwise_than_it_was_written_can_be_chosen(
    case: tuple[str, str], reader: str, data: st.DataObject
) -> None:
    language, page = case
    towns = data.draw(st.lists(st.sampled_from(TOWNS[language]), min_size=1, unique=True))
    wrong = data.draw(st.sampled_from(sorted(PAGES)))
    try:
        content = content_of(towns, page)
        table = read_csv(content, Locale(reader), Hints(encoding=wrong))
    except (UnicodeEncodeError, UnreadableFileProblem):
        return
    offered = [one.encoding for one in table.spellings]
    readings = [towns_in(content, ENGLISH, Hints(one)) for one in offered]
    assert towns in (readings or [towns_in(content, ENGLISH, Hints(wrong))])
    assert offered[:1] in ([], [wrong])


def test_a_file_that_says_its_letters_leaves_no_choice() -> None:
    assert read_csv(content_of(["Köln"], "utf-8"), ENGLISH, NONE).spellings == ()


def test_a_choice_that_does_not_fit_is_refused() -> None:
    with pytest.raises(UnreadableFileProblem):
        towns_in(b"Door;Quantity\nM\x81nchen;1\n", ENGLISH, Hints(encoding="utf-8"))
