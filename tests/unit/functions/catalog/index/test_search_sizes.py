"""Sizes and codes in a search, and words that languages join, bend or call otherwise."""

from pathlib import Path

import pytest

from functions.catalog.index.synonyms import MOST_WORDS, meant
from functions.catalog.index.words import apart
from shared.text import synonyms
from shared.text.locale import LANGUAGES
from tests.factories.assortment import assortment
from tests.factories.style import colourway, style
from tests.unit.functions.catalog.index.test_search import find, numbers

COAT = style(
    "20001",
    ["400"],
    ["S", "M", "L"],
    category="JACKET",
    gender="women",
    names={
        "de": "Daunenmantel Nordlicht",
        "sv": "Dunkappa Norrsken",
        "hu": "Pehelykabát Északi fény",
        "en": "Aurora Down Coat",
        "pl": "Płaszcz puchowy Zorza",
        "fr": "Manteau en duvet Aurore",
    },
    descriptions={"de": "Mit Gürtel.", "en": "With a belt."},
    colourways=[
        colourway(
            "20001", "400", ["S", "M", "L"], family="BLUE", names={"de": "Nachtblau", "en": "Navy"}
        ),
        colourway(
            "20001",
            "030",
            ["S", "M", "42.5"],
            first=11,
            family="GREY",
            names={"de": "Steingrau", "en": "Stone Grey"},
        ),
    ],
)
JEANS = style(
    "20002",
    names={"de": "Jeans Größenwahn", "sv": "Jeans Blåbär", "en": "Bluejeans", "fr": "Jean bœuf"},
    descriptions={},
    colourways=[colourway("20002", "401", ["30x32"], first=21, family="BLUE", names={})],
)


def found_of(language: str, text: str) -> list[str]:
    found, listing, styles = find(text, language, [COAT, JEANS], assortment())
    assert found.skus & ~listing.visible == 0
    return [
        styles.entries[slot].number
        for slot, _ in styles.living()
        if found.skus & ((1 << styles.span(slot)[1]) - (1 << styles.span(slot)[0]))
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Mantel"),
        ("de", "Mäntel"),
        ("de", "Maentel"),
        ("de", "Damenmantel"),
        ("de", "Daunen Mantel"),
        ("de", "Mantel für Frauen"),
        ("de", "nachtblauer Mantel"),
        ("de", "Mantel in Blau"),
        ("de", "steingrauen Mäntel"),
        ("de", "Guertel"),
        ("sv", "kappa"),
        ("sv", "kappor"),
        ("sv", "damkappa"),
        ("hu", "kabát"),
        ("hu", "kabátok"),
        ("hu", "női kabátot"),
        ("pl", "plaszcze"),
        ("pl", "płaszcza puchowego"),
        ("fr", "manteaux duvet"),
        ("en", "gray coats"),
        ("en", "women's coat"),
        ("en", "Daunenmantel"),
        ("pl", "Dunkappa"),
        ("de", "coat"),
        ("de", "Daunnenmantel"),
    ],
)
def test_finds_the_coat_and_not_the_jeans(language: str, text: str) -> None:
    assert found_of(language, text) == ["20001"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "blau jeans"),
        ("de", "Blaujeans"),
        ("de", "groessenwahn"),
        ("de", "Größenwahn"),
        ("sv", "blaabaer"),
        ("sv", "blabar"),
        ("fr", "boeuf"),
        ("en", "blue jeans 30/32"),
        ("en", "30x32"),
    ],
)
def test_finds_the_jeans_and_not_the_coat(language: str, text: str) -> None:
    assert found_of(language, text) == ["20002"]


@pytest.mark.parametrize(
    ("text", "skus"),
    [
        ("Mantel blau M", ["20001-400-M"]),
        ("Mantel m", ["20001-400-M", "20001-030-M"]),
        ("mantel 42,5", ["20001-030-42.5"]),
        ("Mantel grau L", []),  # the size of another colour
    ],
)
def test_a_size_restricts_what_the_words_find(text: str, skus: list[str]) -> None:
    found, _, styles = find(text, "de", [COAT, JEANS], assortment())
    of_coat = [sku.id for one in COAT.colourways for sku in one.skus]
    first = styles.span(0)[0]
    assert [id_ for bit, id_ in enumerate(of_coat, first) if found.skus >> bit & 1] == skus


def test_digits_of_a_gtin_find_its_sku_by_beginning_and_end() -> None:
    gtin = COAT.colourways[1].skus[0].gtin
    found, _, _ = find(gtin[-6:], "en", [COAT, JEANS], assortment())
    assert found.skus.bit_count() == 1
    assert found_of("en", gtin[:11]) == ["20001"]
    assert found_of("en", gtin[-3:]) == []  # too few say nothing


def test_codes_are_found_by_any_part_and_in_groups() -> None:
    gtin = COAT.colourways[1].skus[0].gtin
    assert skus_of("en", gtin[3:12]) == ["20001-030-S"]
    assert skus_of("en", f"{gtin[0]} {gtin[1:7]} {gtin[7:]}") == ["20001-030-S"]
    assert skus_of("en", f"{gtin[:6]}-{gtin[6:12]}") == ["20001-030-S"]
    assert skus_of("en", COAT.colourways[0].skus[1].article) == ["20001-400-M"]
    # The end of a style's number is all of the style.
    assert "20002-401-30x32" in skus_of("de", "0002")


def test_what_is_found_as_a_word_is_not_mixed_with_other_languages() -> None:
    """`rest` begins a word of a Swedish name, and is a word in English."""
    english = style("1", names={"en": "Rest Day Sock"}, descriptions={})
    swedish = style("2", names={"en": "Sock", "sv": "Reststrumpa"}, descriptions={})
    found, _, styles = find("rest", "en", [english, swedish], assortment())
    assert numbers(found, styles) == ["1"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Mantel Größe 42,5"),
        ("de", "Mantel Gr. 42.5"),
        ("de", "Mantel gr.42,5"),
        ("de", "Groesse: 42,5"),
        ("de", "mantel 42 1/2"),
        ("fr", "manteau taille 42,5"),
        ("fr", "pointure 42,5"),
        ("en", "coat size 42.5"),
        ("en", "EU 42.5"),
        ("sv", "kappa storlek 42,5"),
        ("sv", "stl 42,5"),
        ("pl", "płaszcz rozmiar 42,5"),
        ("pl", "rozm. 42,5"),
        ("hu", "kabát méret 42,5"),
        ("hu", "42,5-es kabát"),
        ("hu", "42,5-es méretben"),
        ("de", "taille 42,5"),  # a size word of another language
    ],
)
def test_a_size_word_and_a_value_are_a_size(language: str, text: str) -> None:
    assert skus_of(language, text) == ["20001-030-42.5"]


@pytest.mark.parametrize(
    ("text", "skus"),
    [
        ("jeans 30/32", ["20002-401-30x32"]),
        ("jeans 30 32", ["20002-401-30x32"]),
        ("jeans W30 L32", ["20002-401-30x32"]),
        ("W30/L32", ["20002-401-30x32"]),
        ("coat S 42.5", ["20001-400-S", "20001-030-S", "20001-030-42.5"]),
        ("size 43", []),
        ("coat size 43", []),
    ],
)
def test_sizes_are_read_as_people_write_them(text: str, skus: list[str]) -> None:
    assert skus_of("en", text) == skus


def skus_of(language: str, text: str) -> list[str]:
    found, _, styles = find(text, language, [COAT, JEANS], assortment())
    ids = [
        (bit, sku.id)
        for slot, one in enumerate([COAT, JEANS])
        for bit, sku in enumerate(
            (sku for colour in one.colourways for sku in colour.skus), styles.span(slot)[0]
        )
    ]
    return [id_ for bit, id_ in ids if found.skus >> bit & 1]


def test_letters_of_a_size_are_counted_or_written() -> None:
    sizes = ["XL", "2XL", "XXXL"]
    one = style("1", colourways=[colourway("1", "400", sizes)])
    for text, place in {"XXL": 1, "2xl": 1, "2 XL": 1, "3XL": 2, "XXXL": 2, "size xl": 0}.items():
        found, _, styles = find(text, "en", [one], assortment())
        assert found.skus == 1 << (styles.span(0)[0] + place), text


TROUSERS = style(
    "30001",
    category="",
    gender="unisex",
    names={
        "en": "Ridge Trousers",
        "de": "Ridge Hose",
        "fr": "Pantalon Ridge",
        "pl": "Spodnie Ridge",
        "sv": "Ridge byxor",
        "hu": "Ridge nadrág",
    },
    descriptions={},
    colourways=[colourway("30001", "030", ["28"], family="GREY", names={"sv": "Grå"})],
)
SHORTS = style(
    "30002",
    category="",
    gender="kids",
    names={
        "en": "Cove Shorts",
        "de": "Cove Shorts",
        "fr": "Short Cove",
        "pl": "Szorty Cove",
        "sv": "Cove shorts",
        "hu": "Cove rövidnadrág",
    },
    descriptions={},
    colourways=[colourway("30002", "020", ["104"], first=9, family="WHITE", names={"fr": "Blanc"})],
)


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("en", "pants", "30001"),
        ("en", "grey pants", "30001"),
        ("de", "pants", "30001"),  # what English has for it, as German has no such word
        ("de", "kurze Hosen", "30002"),
        ("de", "Jungenshorts", "30002"),
        ("fr", "bermudas", "30002"),
        ("fr", "blanches", "30002"),
        ("pl", "krótkie spodenki", "30002"),
        ("pl", "spodenek", "30002"),
        ("sv", "gråa brallor", "30001"),
        ("sv", "grått", "30001"),
        ("sv", "pojkshorts", "30002"),
        ("hu", "bermuda", "30002"),
    ],
)
def test_things_are_found_by_what_else_people_call_them(
    language: str, text: str, number: str
) -> None:
    found, _, styles = find(text, language, [TROUSERS, SHORTS], assortment())
    assert numbers(found, styles) == [number]


def test_what_is_called_as_typed_stands_before_what_only_means_it() -> None:
    pants = style("2", category="", names={"en": "Cargo Pants"}, descriptions={})
    found, _, styles = find("pants", "en", [TROUSERS, pants], assortment())
    assert numbers(found, styles) == ["2", "30001"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_of_what_else_people_say_says_something(language: str) -> None:
    text = (Path(synonyms.__file__).parent / f"{language}.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert len(lines) == len(set(lines)) > 0
    for line in lines:
        typed, _, meanings = line.partition(": ")
        assert 1 <= len(typed.split()) <= MOST_WORDS, line
        found = [" ".join(word.written for word in one) for one in meant(apart(typed), [language])]
        assert set(found) >= {" ".join(w.written for w in apart(m)) for m in meanings.split("|")}


@pytest.mark.parametrize("size", ["39-42", "39/42"])
@pytest.mark.parametrize("text", ["39-42", "39/42", "39\u201342", "39 - 42", "Socken 39/42"])
def test_a_range_is_a_size_however_it_is_written(size: str, text: str) -> None:
    sizes = ["35-38", size]
    socks = [
        style(
            number,
            names={"de": "Socken"},
            descriptions={},
            colourways=[colourway(number, "010", one, first=first, names={})],
        )
        for number, one, first in (("20003", sizes, 31), ("20004", ["43-46"], 41))
    ]
    found, _, styles = find(text, "de", socks, assortment())
    assert found.skus == 1 << (styles.span(0)[0] + 1)
