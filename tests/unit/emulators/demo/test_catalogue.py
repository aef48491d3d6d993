"""Styles, sizes, GTINs and texts of the demo."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from stdnum import ean

from emulators.demo.catalogue import FIRST_STYLE, GTIN_PREFIX, REUSED_GTIN, build_styles
from emulators.demo.descriptions import SIZE_WORDS
from emulators.demo.generate import DemoData
from emulators.demo.systems import ECC_EU
from emulators.demo.vocabulary import ADJECTIVES_OF, LINES, NOUNS, SPRAS, style_name
from shared.style.codes import read_code
from tests.unit.emulators.demo.worlds import TODAY, full, rows, seeds, small


def test_the_default_demo_is_large_enough() -> None:
    data = full()
    assert len(data.styles) >= 500
    assert sum(len(style.colourways) for style in data.styles) >= 1_500
    assert sum(1 for style in data.styles for _ in style.skus) >= 12_000


def _assert_gtins(data: DemoData) -> None:
    coded = [row for row in rows(data.articles, "E1BPE1MARMRT") if row["EAN_UPC"]]
    gtins = [row["EAN_UPC"] for row in coded if row["ALT_UNIT"] != "KAR"]
    reused = [gtin for gtin, times in Counter(gtins).items() if times > 1]
    of = [style.number for style in data.styles for sku in style.skus if sku.gtin in reused]
    assert of == (list(REUSED_GTIN) if len(data.styles) > max(REUSED_GTIN) - FIRST_STYLE else [])
    assert 0.9 < len(gtins) / sum(1 for s in data.styles for _ in s.skus) <= 1
    assert all(ean.is_valid(gtin) and len(gtin) == 13 for gtin in gtins)
    assert all(gtin.startswith(GTIN_PREFIX) for gtin in gtins)
    cases = [read_code(row["EAN_UPC"]) for row in coded if row["ALT_UNIT"] == "KAR"]
    assert {code.gtin for code in cases} <= {*gtins}
    assert all(code.in_cases and not code.fault for code in cases)


def test_gtins_are_valid_and_unique_but_for_one_that_is_reused() -> None:
    _assert_gtins(full())


@settings(max_examples=10)
@given(seeds)
def test_gtins_are_valid_and_unique_for_any_seed(seed: int) -> None:
    _assert_gtins(small(seed))


def test_articles_of_variants_are_the_style_and_three_digits() -> None:
    for style in full().styles:
        articles = [sku.article for sku in style.skus]
        assert len(set(articles)) == len(articles)
        assert all(re.fullmatch(rf"{style.number}\d{{3}}", article) for article in articles)


def test_every_variant_has_its_colour_and_size() -> None:
    for idoc in full().articles:
        values: dict[str, dict[str, str]] = {}
        for row in idoc["E1BPE1AUSPRT"]:
            values.setdefault(row["MATERIAL"], {})[row["CHAR_NAME"]] = row["CHAR_VALUE"]
        assert [row["VARIANT"] for row in idoc["E1BPE1VARKEY"]] == list(values)
        colours = {row["COLOR"] for row in idoc["Z1COLOR"]}
        category = idoc["E1BPE1MATHEAD"][0]["MATL_GROUP"]
        for characteristics in values.values():
            assert characteristics["COLOR"] in colours
            assert ("SIZE2" in characteristics) == (category in ("BRA", "TROUSERS"))


@pytest.mark.parametrize(
    ("category", "label"),
    [
        ("SHOES", "36"),
        ("SHOES", "42.5"),
        ("SHOES", "47.5"),
        ("BRA", "75B"),
        ("TROUSERS", "30x32"),
        ("TEE", "XS"),
        ("HOODIE", "3XL"),
        ("SHORTS", "M"),
        ("KIDS", "116"),
        ("KIDS", "104/110"),
        ("SOCKS", "39-42"),
        ("CAP", "OS"),
        ("BAG", "OS"),
    ],
)
def test_size_runs(category: str, label: str) -> None:
    labels = {s.label for style in full().styles if style.category == category for s in style.sizes}
    assert label in labels


def test_words_as_size_labels_come_in_every_language() -> None:
    for idoc in full().articles:
        texts = {(row["KEY"], row["SPRAS_ISO"]) for row in idoc["Z1TEXT"] if row["KIND"] == "SIZE"}
        sizes = {r["CHAR_VALUE"] for r in idoc["E1BPE1AUSPRT"] if r["CHAR_NAME"] == "SIZE1"}
        words = sizes & SIZE_WORDS.keys()
        assert texts == {
            (word, language.upper()) for word in words for language in ECC_EU.languages
        }


def test_names_descriptions_and_colours_come_in_six_languages() -> None:
    languages = {language.upper() for language in ECC_EU.languages}
    for idoc in full().articles:
        assert {row["LANGU_ISO"] for row in idoc["E1BPE1MAKTRT"]} == languages
        assert {row["LANGU"] for row in idoc["E1BPE1MAKTRT"]} == set("EDFLVH")
        for kind in ("DESC", "COLOR", "CATEGORY", "FAMILY"):
            found = Counter(r["SPRAS_ISO"] for r in idoc["Z1TEXT"] if r["KIND"] == kind)
            assert found.keys() == languages
            assert len(set(found.values())) == 1
        assert all(row["TEXT"] for row in idoc["Z1TEXT"])


def test_no_two_styles_share_a_name() -> None:
    for language in SPRAS:
        names = [style.names[language] for style in full().styles]
        assert len(set(names)) == len(names)


def test_every_name_that_the_vocabulary_can_make_fits() -> None:
    for category, nouns in NOUNS.items():
        for noun in nouns:
            for adjective in ("", *ADJECTIVES_OF[category]):
                for line in LINES:
                    for language in SPRAS:
                        name = style_name(language, line, "12.0", noun, adjective)
                        assert line in name
                        assert 0 < len(name) <= 40


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "Tech Light Tee 2.0"),
        ("de", "Leichtes T-Shirt Tech 2.0"),
        ("fr", "T-shirt léger Tech 2.0"),
        ("pl", "Lekka koszulka Tech 2.0"),
        ("sv", "Lätt t-shirt Tech 2.0"),
        ("hu", "Tech könnyű póló 2.0"),
    ],
)
def test_adjectives_agree_with_their_noun(language: str, name: str) -> None:
    assert style_name(language, "Tech", "2.0", NOUNS["TEE"][0], "light") == name


def test_an_adjective_that_does_not_fit_is_left_out() -> None:
    noun = NOUNS["SHOES"][0]
    assert style_name("fr", "Meridian", "2.0", noun, "waterproof") == (
        "Chaussures de running Meridian 2.0"
    )


def test_packs_name_sizes_that_the_style_has() -> None:
    packs = [(style, pack) for style in full().styles for pack in style.prepacks.values()]
    assert packs
    assert all(pack.keys() <= {size.label for size in style.sizes} for style, pack in packs)
    assert any(style.multiple > 1 for style in full().styles)
    assert any(style.minimum > 0 for style in full().styles)


def test_the_range_ends_where_style_numbers_do() -> None:
    with pytest.raises(ValueError, match="89999"):
        build_styles(1, 90_000, TODAY, ECC_EU)
