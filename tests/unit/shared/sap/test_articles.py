from datetime import date

import pytest

from shared.sap.articles import Article, article
from shared.sap.fault import UntranslatableMessageError
from shared.sap.source_system import SourceSystem
from shared.style.model import PrePack, Style
from tests.factories.sap import ECC, STAMP, matnr, packet
from tests.factories.sap_articles import artmas, artmas_deleted
from tests.factories.style import gtin
from tests.support.idocs import read_packet


def article_of(idoc: dict, system: SourceSystem = ECC) -> Article:
    return read_packet(packet(idoc), system, {"ARTMAS": article})[0]


def read_style(idoc: dict, system: SourceSystem = ECC) -> Style:
    return article_of(idoc, system).style


def reasons_of(idoc: dict, system: SourceSystem = ECC) -> list[str]:
    with pytest.raises(UntranslatableMessageError) as raised:
        read_style(idoc, system)
    return raised.value.reasons


def test_a_generic_article_with_its_variants_is_a_style() -> None:
    found = read_style(artmas("10123", colours=("010", "400"), sizes=("S", "M", "L")))
    assert found.number == "10123"
    assert found.stamp == STAMP
    assert not found.deleted
    assert found.names == {"en": "Tech Tee 2.0", "nb": "Teknisk T-skjorte"}
    assert found.descriptions == {"en": "Light and quick."}
    assert (found.brand, found.division, found.category) == ("NORD", "20", "TOPS")
    assert (found.gender, found.tier, found.unit) == ("men", "A", "PCE")
    assert (found.multiple, found.minimum, found.rank) == (1, 0, 1)
    assert found.launched == date(2026, 7, 1)
    assert [colourway.code for colourway in found.colourways] == ["010", "400"]
    second = found.colourways[1]
    assert second.names == {"en": "No 400"}
    assert second.seasons == ["FW26", "SS27"]
    assert second.picture == "10123-400.webp"
    assert [sku.id for sku in second.skus] == ["10123-400-S", "10123-400-M", "10123-400-L"]
    assert second.skus[0].article == "10123004"
    assert second.skus[0].gtin == gtin("10123004")


def test_sizes_keep_the_order_of_the_variants() -> None:
    found = read_style(artmas(sizes=("XL", "S", "42.5", "36")))
    assert [sku.size for sku in found.colourways[0].skus] == ["XL", "S", "42.5", "36"]


@pytest.mark.parametrize(
    ("first", "second", "label", "sku"),
    [
        ("30", "32", "30x32", "10123-010-30x32"),
        ("75", "B", "75B", "10123-010-75B"),
        ("40/42", "", "40/42", "10123-010-40_42"),
        ("42.5", "", "42.5", "10123-010-42.5"),
    ],
)
def test_two_sizes_make_one_label(first: str, second: str, label: str, sku: str) -> None:
    idoc = artmas(sizes=("S",))
    idoc["E1BPE1AUSPRT"][1]["CHAR_VALUE"] = first
    idoc["E1BPE1AUSPRT"].append(
        {"MATERIAL": matnr("10123001"), "CHAR_NAME": "SIZE2", "CHAR_VALUE": second}
    )
    found = read_style(idoc).colourways[0].skus[0]
    assert (found.size, found.id) == (label, sku)


def test_a_case_is_the_order_multiple() -> None:
    idoc = artmas()
    idoc["E1BPE1MARMRT"].append(
        {"MATERIAL": matnr("10123"), "ALT_UNIT": "KAR", "NUMERATOR": "6", "DENOMINATR": "1"}
    )
    assert read_style(idoc).multiple == 6
    idoc["E1BPE1MARMRT"][-1]["DENOMINATR"] = "4"
    assert reasons_of(idoc)[0].endswith("KAR of 1.5 pieces are no case of the style")


def test_prepacks_and_size_names() -> None:
    own = {"MATERIAL": matnr("10123")}
    idoc = artmas(
        Z1PREPACK=[
            {**own, "PACK": "A", "SIZE": "S", "QUANTITY": "2"},
            {**own, "PACK": "A", "SIZE": "M", "QUANTITY": "4"},
        ]
    )
    idoc["Z1TEXT"].append(
        {**own, "SPRAS_ISO": "DE", "KIND": "SIZE", "KEY": "S", "TEXT": "Klein"},
    )
    found = read_style(idoc)
    assert found.prepacks == [PrePack(code="A", quantities={"S": 2, "M": 4})]
    assert found.size_names == {"S": {"de": "Klein"}}


def test_a_deleted_article_leaves_its_stamp_only() -> None:
    found = read_style(artmas_deleted("10123"))
    assert found.deleted
    assert (found.number, found.stamp, found.colourways) == ("10123", STAMP, [])


def test_all_faults_are_named_at_once() -> None:
    idoc = artmas(colours=("010", "400"), sizes=("S", "M"))
    idoc["Z1STYLE"] *= 2
    idoc["E1BPE1AUSPRT"][3]["CHAR_VALUE"] = ""
    idoc["Z1COLOR"] = idoc["Z1COLOR"][:1]
    text = "\n".join(reasons_of(idoc))
    assert "Z1STYLE: 2 rows of 10123 instead of one" in text
    assert "10123002 has the size ''" in text
    assert "no row of the colour '400' of 10123003" in text


def test_two_variants_of_one_cell_are_a_fault() -> None:
    idoc = artmas(sizes=("S", "M"))
    idoc["E1BPE1AUSPRT"][3]["CHAR_VALUE"] = "S"
    assert reasons_of(idoc) == [
        "IDOCS/0 (ARTMAS 0000000000001234): E1BPE1VARKEY: 010 S is there 2 times"
    ]


def test_faults_of_the_shape_name_segment_row_and_field() -> None:
    idoc = artmas()
    del idoc["E1BPE1AUSPRT"][2]["CHAR_NAME"]
    idoc["Z1STYLE"][0]["LAUNCH"] = "00000000"
    text = "\n".join(reasons_of(idoc))
    assert "E1BPE1AUSPRT/2/CHAR_NAME: Field required" in text
    assert "Z1STYLE/0/LAUNCH" in text


def test_a_prepack_of_an_unknown_size_is_a_fault() -> None:
    row = {"MATERIAL": matnr("10123"), "PACK": "A", "SIZE": "XXL", "QUANTITY": "2"}
    assert "XXL" in reasons_of(artmas(Z1PREPACK=[row]))[0]


def _text(idoc: dict, kind: str, key: str, language: str, text: str) -> None:
    row = {"SPRAS_ISO": language, "KIND": kind, "KEY": key, "TEXT": text}
    idoc["Z1TEXT"].append({"MATERIAL": idoc["E1BPE1MATHEAD"][0]["MATERIAL"], **row})


def test_markup_in_texts_becomes_paragraphs_and_names_one_line() -> None:
    idoc = artmas()
    _text(idoc, "DESC", "", "DE", "<p>Leicht &amp; warm.</p><ul><li>Zip</li></ul>")
    _text(idoc, "DESC", "", "HU", "<br>&nbsp;")
    _text(idoc, "COLOR", "010", "DE", "Nacht&shy;blau<br/>matt")
    idoc["E1BPE1MAKTRT"][0]["MATL_DESC"] = "Tech&nbsp;Tee <b>3.0</b>"
    found = read_style(idoc)
    assert found.descriptions["de"] == "Leicht & warm.\n\n\u2022 Zip"
    assert "hu" not in found.descriptions  # so the next language of the chain is shown
    assert found.colourways[0].names["de"] == "Nachtblau matt"
    assert found.names["en"] == "Tech Tee 3.0"


def test_keys_that_are_new_come_with_their_texts() -> None:
    idoc = artmas()
    _text(idoc, "CATEGORY", "", "FR", "Gilets")
    _text(idoc, "FAMILY", idoc["Z1COLOR"][0]["FAMILY"], "SV", "Guldgul")
    found = read_style(idoc)
    assert found.category_names == {"fr": "Gilets"}
    assert found.colourways[0].family_names == {"sv": "Guldgul"}


@pytest.mark.parametrize(
    ("internal", "iso", "unit"),
    [("PAA", "", "PR"), ("PAA", "PR", "PR"), ("ST", "", "PCE"), ("EA", "C62", "PCE")],
)
def test_pairs_are_pairs_in_whatever_key(internal: str, iso: str, unit: str) -> None:
    idoc = artmas()
    idoc["E1BPE1MARART"][0] |= {"BASE_UOM": internal, "BASE_UOM_ISO": iso}
    assert read_style(idoc).unit == unit


def test_a_unit_that_is_neither_is_named() -> None:
    idoc = artmas()
    idoc["E1BPE1MARART"][0] |= {"BASE_UOM": "KGM", "BASE_UOM_ISO": "KGM"}
    (reason,) = reasons_of(idoc)
    assert "'KGM' is neither pieces nor pairs" in reason
