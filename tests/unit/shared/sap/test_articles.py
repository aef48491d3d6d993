import re
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum import ean

from shared.sap.articles import Article, article
from shared.sap.fault import UntranslatableMessageError
from shared.sap.source_system import SourceSystem
from shared.style.model import PrePack, Style, colour_of, style_of
from shared.text.markup import plain_line
from tests.factories.sap import ECC, S4, STAMP, matnr, packet
from tests.factories.sap_articles import artmas, artmas_deleted
from tests.factories.style import gtin
from tests.support.idocs import read_packet


def _article(idoc: dict, system: SourceSystem = ECC) -> Article:
    return read_packet(packet(idoc), system, {"ARTMAS": article})[0]


def _style(idoc: dict, system: SourceSystem = ECC) -> Style:
    return _article(idoc, system).style


def _reasons(idoc: dict, system: SourceSystem = ECC) -> list[str]:
    with pytest.raises(UntranslatableMessageError) as raised:
        _style(idoc, system)
    return raised.value.reasons


def test_a_generic_article_with_its_variants_is_a_style() -> None:
    found = _style(artmas("10123", colours=("010", "400"), sizes=("S", "M", "L")))
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
    found = _style(artmas(sizes=("XL", "S", "42.5", "36")))
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
    found = _style(idoc).colourways[0].skus[0]
    assert (found.size, found.id) == (label, sku)


def test_a_case_is_the_order_multiple() -> None:
    idoc = artmas()
    idoc["E1BPE1MARMRT"].append(
        {"MATERIAL": matnr("10123"), "ALT_UNIT": "KAR", "NUMERATOR": "6", "DENOMINATR": "1"}
    )
    assert _style(idoc).multiple == 6
    idoc["E1BPE1MARMRT"][-1]["DENOMINATR"] = "4"
    assert _reasons(idoc)[0].endswith("KAR of 1.5 pieces are no case of the style")


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
    found = _style(idoc)
    assert found.prepacks == [PrePack(code="A", quantities={"S": 2, "M": 4})]
    assert found.size_names == {"S": {"de": "Klein"}}


def test_a_deleted_article_leaves_its_stamp_only() -> None:
    found = _style(artmas_deleted("10123"))
    assert found.deleted
    assert (found.number, found.stamp, found.colourways) == ("10123", STAMP, [])


def test_all_faults_are_named_at_once() -> None:
    idoc = artmas(colours=("010", "400"), sizes=("S", "M"))
    idoc["Z1STYLE"] *= 2
    idoc["E1BPE1AUSPRT"][3]["CHAR_VALUE"] = ""
    idoc["Z1COLOR"] = idoc["Z1COLOR"][:1]
    text = "\n".join(_reasons(idoc))
    assert "Z1STYLE: 2 rows of 10123 instead of one" in text
    assert "10123002 has the size ''" in text
    assert "no row of the colour '400' of 10123003" in text


def test_two_variants_of_one_cell_are_a_fault() -> None:
    idoc = artmas(sizes=("S", "M"))
    idoc["E1BPE1AUSPRT"][3]["CHAR_VALUE"] = "S"
    assert _reasons(idoc) == [
        "IDOCS/0 (ARTMAS 0000000000001234): E1BPE1VARKEY: 010 S is there 2 times"
    ]


def test_faults_of_the_shape_name_segment_row_and_field() -> None:
    idoc = artmas()
    del idoc["E1BPE1AUSPRT"][2]["CHAR_NAME"]
    idoc["Z1STYLE"][0]["LAUNCH"] = "00000000"
    text = "\n".join(_reasons(idoc))
    assert "E1BPE1AUSPRT/2/CHAR_NAME: Field required" in text
    assert "Z1STYLE/0/LAUNCH" in text


def test_a_prepack_of_an_unknown_size_is_a_fault() -> None:
    row = {"MATERIAL": matnr("10123"), "PACK": "A", "SIZE": "XXL", "QUANTITY": "2"}
    assert "XXL" in _reasons(artmas(Z1PREPACK=[row]))[0]


def _text(idoc: dict, kind: str, key: str, language: str, text: str) -> None:
    row = {"SPRAS_ISO": language, "KIND": kind, "KEY": key, "TEXT": text}
    idoc["Z1TEXT"].append({"MATERIAL": idoc["E1BPE1MATHEAD"][0]["MATERIAL"], **row})


def test_markup_in_texts_becomes_paragraphs_and_names_one_line() -> None:
    idoc = artmas()
    _text(idoc, "DESC", "", "DE", "<p>Leicht &amp; warm.</p><ul><li>Zip</li></ul>")
    _text(idoc, "DESC", "", "HU", "<br>&nbsp;")
    _text(idoc, "COLOR", "010", "DE", "Nacht&shy;blau<br/>matt")
    idoc["E1BPE1MAKTRT"][0]["MATL_DESC"] = "Tech&nbsp;Tee <b>3.0</b>"
    found = _style(idoc)
    assert found.descriptions["de"] == "Leicht & warm.\n\n\u2022 Zip"
    assert "hu" not in found.descriptions  # so the next language of the chain is shown
    assert found.colourways[0].names["de"] == "Nachtblau matt"
    assert found.names["en"] == "Tech Tee 3.0"


def test_keys_that_are_new_come_with_their_texts() -> None:
    idoc = artmas()
    _text(idoc, "CATEGORY", "", "FR", "Gilets")
    _text(idoc, "FAMILY", idoc["Z1COLOR"][0]["FAMILY"], "SV", "Guldgul")
    found = _style(idoc)
    assert found.category_names == {"fr": "Gilets"}
    assert found.colourways[0].family_names == {"sv": "Guldgul"}


@pytest.mark.parametrize(
    ("internal", "iso", "unit"),
    [("PAA", "", "PR"), ("PAA", "PR", "PR"), ("ST", "", "PCE"), ("EA", "C62", "PCE")],
)
def test_pairs_are_pairs_in_whatever_key(internal: str, iso: str, unit: str) -> None:
    idoc = artmas()
    idoc["E1BPE1MARART"][0] |= {"BASE_UOM": internal, "BASE_UOM_ISO": iso}
    assert _style(idoc).unit == unit


def test_a_unit_that_is_neither_is_named() -> None:
    idoc = artmas()
    idoc["E1BPE1MARART"][0] |= {"BASE_UOM": "KGM", "BASE_UOM_ISO": "KGM"}
    (reason,) = _reasons(idoc)
    assert "'KGM' is neither pieces nor pairs" in reason


SYSTEMS = pytest.mark.parametrize("system", [ECC, S4], ids=["ecc", "s4"])


@SYSTEMS
def test_characteristics_seasons_and_units_are_those_of_the_settings(system: SourceSystem) -> None:
    found = _style(artmas(sizes=("30x32", "30x34"), system=system), system)
    (colourway,) = found.colourways
    assert (found.unit, colourway.code) == ("PCE", "010")
    assert [sku.size for sku in colourway.skus] == ["30x32", "30x34"]
    assert colourway.seasons == ["FW26", "SS27"]


SIZES = {
    "One Size": "One_Size",
    "39-42": "39_42",
    "110-116": "110_116",
    "40 2/3": "40_2_3",
    "36\u2154": "36_2_3",
    "6,5": "6.5",
    "2XL Tall": "2XL_Tall",
    "S (Short)": "S_Short",
    "38+": "38plus",
    "\u00daNICA": "UNICA",
    "\u5747\u7801": "10123011",
}


@SYSTEMS
def test_sizes_are_shown_as_written_and_safe_in_ids(system: SourceSystem) -> None:
    found = _style(artmas(sizes=list(SIZES), system=system), system)
    skus = found.colourways[0].skus
    assert [sku.size for sku in skus] == list(SIZES)
    assert [sku.id for sku in skus] == [f"10123-010-{safe}" for safe in SIZES.values()]


@SYSTEMS
def test_sizes_that_are_alike_in_ids_are_told_apart_by_the_article(system: SourceSystem) -> None:
    found = _style(artmas(sizes=("39-42", "39/42", "39 42"), system=system), system)
    ids = [sku.id for sku in found.colourways[0].skus]
    assert ids == ["10123-010-39_42", "10123-010-39_42_10123002", "10123-010-39_42_10123003"]


@given(
    st.lists(
        st.text(st.characters(exclude_categories=("C", "Z"))).filter(plain_line),
        min_size=1,
        max_size=8,
        unique_by=plain_line,
    )
)
def test_ids_of_any_sizes_are_safe_unique_and_tell_their_style(sizes: list[str]) -> None:
    assume(not any("x" in size or len(size) > 60 for size in sizes))
    (colourway,) = _style(artmas("CW2288-111", sizes=sizes)).colourways
    ids = [sku.id for sku in colourway.skus]
    assert len({id_.upper() for id_ in ids}) == len(sizes)
    for id_ in ids:
        assert re.fullmatch(r"[A-Za-z0-9._-]{1,64}", id_)
        assert (style_of(id_), colour_of(id_)) == ("CW2288-111", "010")


@SYSTEMS
def test_colours_and_articles_are_taken_as_sap_calls_them(system: SourceSystem) -> None:
    idoc = artmas("CW2288", colours=("Navy Blue", "BLACK/WHITE"), sizes=("42",), system=system)
    idoc["Z1TEXT"] = [row for row in idoc["Z1TEXT"] if row["KEY"] != "Navy Blue"]
    for name in ("E1BPE1VARKEY", "E1BPE1AUSPRT", "E1BPE1MARMRT", "E1BPFSHSEASONS"):
        for row in idoc[name]:
            for field in ("MATERIAL", "VARIANT"):
                if field in row and row[field].endswith(("001", "002")):
                    row[field] = f"CW2288-{row[field][-3:]}-42"
    navy, black = _style(idoc, system).colourways
    assert (navy.code, navy.names) == ("Navy_Blue", {"en": "Navy Blue"})
    assert (black.code, black.names["en"]) == ("BLACK_WHITE", "No BLACK/WHITE")
    assert (navy.skus[0].id, navy.skus[0].article) == ("CW2288-Navy_Blue-42", "CW2288-001-42")


@SYSTEMS
def test_names_are_those_of_the_generic_article(system: SourceSystem) -> None:
    idoc = artmas(system=system)
    variant = {**idoc["E1BPE1MAKTRT"][0], "MATERIAL": matnr("10123001"), "MATL_DESC": "Tee, Blue"}
    idoc["E1BPE1MAKTRT"].append(variant)
    assert _style(idoc, system).names["en"] == "Tech Tee 2.0"


@SYSTEMS
def test_texts_in_unknown_languages_are_left_out_and_counted(system: SourceSystem) -> None:
    idoc = artmas(system=system)
    german = {**idoc["E1BPE1MAKTRT"][0], "LANGU": "D", "LANGU_ISO": "", "MATL_DESC": "Hemd"}
    others = [("d", ""), ("R", ""), ("D", "1P"), ("Z", "Z1")]
    idoc["E1BPE1MAKTRT"] += [german, *(german | {"LANGU": a, "LANGU_ISO": b} for a, b in others)]
    idoc["Z1TEXT"].append({**idoc["Z1TEXT"][0], "SPRAS_ISO": "Z1", "TEXT": "?"})
    found = _article(idoc, system)
    assert found.style.names["de"] == "Hemd"
    assert found.texts_left_out == 5
    idoc["E1BPE1MAKTRT"] = [german | {"LANGU": "d"}]
    assert "no name of 10123 in a language" in _reasons(idoc, system)[0]


def _with_cases(system: SourceSystem, *eans: str) -> dict:
    idoc = artmas(system=system)
    row = {"ALT_UNIT": system.articles.case, "NUMERATOR": "12", "DENOMINATR": "1"}
    idoc["E1BPE1MARMRT"] += [
        {**row, "MATERIAL": matnr(f"1012300{i}"), "EAN_UPC": ean}
        for i, ean in enumerate(eans, start=1)
    ]
    return idoc


@SYSTEMS
def test_the_gtin_of_a_piece_is_the_skus_and_that_of_a_case_the_cases(
    system: SourceSystem,
) -> None:
    own = gtin("10123002")
    of_own = f"1{own[:-1]}{ean.calc_check_digit('1' + own[:-1])}"
    found = _style(_with_cases(system, "4012345000016", of_own), system)
    first, second = found.colourways[0].skus
    assert (first.gtin, first.case_gtin) == (gtin("10123001"), "4012345000016")
    assert (second.gtin, second.case_gtin) == (own, "")  # a scan of it finds the piece's own
    assert (found.multiple, found.units) == (12, {system.articles.case: 12})
    assert found.gtins == sorted([gtin("10123001"), own, "4012345000016"])


@SYSTEMS
def test_gtins_of_any_kind_are_taken_and_wrong_ones_told(system: SourceSystem) -> None:
    idoc = artmas(sizes=("S", "M", "L", "XL"), system=system)
    codes = ["", "012345678905", "4006381333932", "14006381333938"]
    for row, code in zip(idoc["E1BPE1MARMRT"], codes, strict=True):
        row["EAN_UPC"] = code
    found = _article(idoc, system)
    gtins = [sku.gtin for sku in found.style.colourways[0].skus]
    assert gtins == ["", "0012345678905", "", ""]
    wrong, of_case = found.told
    assert "'4006381333932' of 10123003" in wrong
    assert "'14006381333938' of 10123004" in of_case


@SYSTEMS
@pytest.mark.parametrize(
    "segment",
    ["VARKEY", "AUSPRT", "MAKTRT", "MARART", "MARART1", "MARMRT"],
)
def test_a_reduced_message_is_refused(system: SourceSystem, segment: str) -> None:
    idoc = artmas(system=system)
    del idoc[f"E1BPE1{segment}"]
    assert f"E1BPE1{segment}: Field required" in _reasons(idoc, system)[0]


@SYSTEMS
def test_a_long_value_of_a_characteristic_is_the_value(system: SourceSystem) -> None:
    idoc = artmas(sizes=("S",), system=system)
    idoc["E1BPE1AUSPRT"][1].update(
        CHAR_VALUE="", CHAR_VALUE_LONG="S (Short, of forty letters and more)"
    )
    assert _style(idoc, system).colourways[0].skus[0].size == "S (Short, of forty letters and more)"


@SYSTEMS
def test_a_set_is_one_piece(system: SourceSystem) -> None:
    idoc = artmas(system=system)
    idoc["E1BPE1MARART"][0] |= {"BASE_UOM": "SET", "BASE_UOM_ISO": ""}
    idoc["E1BPE1MARMRT"][0]["ALT_UNIT"] = "SET"
    found = _style(idoc, system)
    assert (found.unit, found.colourways[0].skus[0].gtin) == ("PCE", gtin("10123001"))


@SYSTEMS
def test_what_is_deleted_or_blocked_is_not_offered(system: SourceSystem) -> None:
    flags = [
        {"DEL_FLAG": "X"},
        {"PUR_STATUS": system.articles.blocked_purchasing[0]},
        {"SAL_STATUS": system.articles.blocked_sales[0]},
    ]
    for flag in flags:
        whole = artmas(system=system)
        whole["E1BPE1MARART"][0].update(flag)
        assert _style(whole, system).deleted
        part = artmas(system=system)
        part["E1BPE1MARART"].append({"MATERIAL": matnr("10123001"), **flag})
        assert [sku.size for sku in _style(part, system).colourways[0].skus] == ["M"]
        part["E1BPE1MARART"].append({"MATERIAL": matnr("10123002"), **flag})
        assert _style(part, system).deleted
    other = artmas(system=system)
    other["E1BPE1MARART"][0]["SAL_STATUS"] = "77"
    assert not _style(other, system).deleted


def _chains(system: SourceSystem, number: str, *statuses: str) -> list[dict[str, str]]:
    """The article in the first distribution chains of the settings, and in another's."""
    own = {"MATERIAL": matnr(number)}
    rows = [
        {**own, "SALES_ORG": area.organisation, "DISTR_CHAN": area.channel, "SAL_STATUS": status}
        for area, status in zip(system.sales_areas, statuses, strict=False)
    ]
    return [*rows, {**own, "SALES_ORG": "9999", "DISTR_CHAN": "99", "SAL_STATUS": ""}]


@SYSTEMS
def test_what_all_distribution_chains_block_is_not_offered(system: SourceSystem) -> None:
    blocked = system.articles.blocked_sales[0]
    whole = artmas(system=system, E1BPE1MVKERT=_chains(system, "10123", blocked, blocked))
    assert _style(whole, system).deleted
    part = artmas(system=system, E1BPE1MVKERT=_chains(system, "10123001", blocked))
    assert [sku.size for sku in _style(part, system).colourways[0].skus] == ["M"]
    other = artmas(system=system, E1BPE1MVKERT=_chains(system, "10123", "77", ""))
    assert not _style(other, system).deleted


@SYSTEMS
def test_what_some_distribution_chains_block_is_sold_in_the_others(system: SourceSystem) -> None:
    blocked = system.articles.blocked_sales[0]
    first, second = (f"{one.organisation}~{one.channel}" for one in system.sales_areas[:2])
    rows = _chains(system, "10123", blocked, "") + _chains(system, "10123002", "", blocked)
    [found] = read_packet(
        packet(artmas(system=system, E1BPE1MVKERT=rows)), system, {"ARTMAS": article}
    )
    assert (found.style.deleted, found.told) == (False, [])
    small, medium = found.style.colourways[0].skus
    assert (small.blocked_in, medium.blocked_in) == ([first], sorted([first, second]))


@SYSTEMS
def test_a_pricing_group_is_of_a_distribution_chain_and_of_the_style(system: SourceSystem) -> None:
    first, second = system.sales_areas[:2]
    style_rows, variant_rows = _chains(system, "10123", "", ""), _chains(system, "10123002", "", "")
    style_rows[0]["MAT_PR_GRP"] = style_rows[-1]["MAT_PR_GRP"] = variant_rows[0]["MAT_PR_GRP"] = (
        "01"
    )
    variant_rows[1]["MAT_PR_GRP"] = "02"
    idoc = artmas(system=system, E1BPE1MVKERT=style_rows + variant_rows)
    [found] = read_packet(packet(idoc), system, {"ARTMAS": article})
    assert found.style.pricing_groups == {f"{first.organisation}~{first.channel}": "01"}
    [told] = found.told
    assert told == (
        f"E1BPE1MVKERT/MAT_PR_GRP: 10123002 is in 02 in {second.organisation} {second.channel}, and priced"
        " by that of 10123, none"
    )


@SYSTEMS
def test_an_unknown_season_or_gender_is_named(system: SourceSystem) -> None:
    idoc = artmas(system=system)
    idoc["E1BPFSHSEASONS"][0]["SEASON"] = "9999"
    idoc["Z1STYLE"][0]["GENDER"] = "Q"
    text = "\n".join(_reasons(idoc, system))
    assert "E1BPFSHSEASONS/SEASON: '9999'" in text
    assert "Z1STYLE/GENDER: 'Q'" in text
