"""Generic articles of either source system, whose customizing is settings: sizes, names, codes, statuses."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum import ean

from shared.sap.articles import article
from shared.sap.source_system import SourceSystem
from shared.style.model import colour_of, style_of
from shared.text.markup import plain_line
from tests.factories.sap import ECC, S4, matnr, packet
from tests.factories.sap_articles import artmas
from tests.factories.style import gtin
from tests.support.idocs import read_packet
from tests.unit.shared.sap.test_articles import article_of, read_style, reasons_of

SYSTEMS = pytest.mark.parametrize("system", [ECC, S4], ids=["ecc", "s4"])


@SYSTEMS
def test_characteristics_seasons_and_units_are_those_of_the_settings(system: SourceSystem) -> None:
    found = read_style(artmas(sizes=("30x32", "30x34"), system=system), system)
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
    found = read_style(artmas(sizes=list(SIZES), system=system), system)
    skus = found.colourways[0].skus
    assert [sku.size for sku in skus] == list(SIZES)
    assert [sku.id for sku in skus] == [f"10123-010-{safe}" for safe in SIZES.values()]


@SYSTEMS
def test_sizes_that_are_alike_in_ids_are_told_apart_by_the_article(system: SourceSystem) -> None:
    found = read_style(artmas(sizes=("39-42", "39/42", "39 42"), system=system), system)
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
    (colourway,) = read_style(artmas("CW2288-111", sizes=sizes)).colourways
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
    navy, black = read_style(idoc, system).colourways
    assert (navy.code, navy.names) == ("Navy_Blue", {"en": "Navy Blue"})
    assert (black.code, black.names["en"]) == ("BLACK_WHITE", "No BLACK/WHITE")
    assert (navy.skus[0].id, navy.skus[0].article) == ("CW2288-Navy_Blue-42", "CW2288-001-42")


@SYSTEMS
def test_names_are_those_of_the_generic_article(system: SourceSystem) -> None:
    idoc = artmas(system=system)
    variant = {**idoc["E1BPE1MAKTRT"][0], "MATERIAL": matnr("10123001"), "MATL_DESC": "Tee, Blue"}
    idoc["E1BPE1MAKTRT"].append(variant)
    assert read_style(idoc, system).names["en"] == "Tech Tee 2.0"


@SYSTEMS
def test_texts_in_unknown_languages_are_left_out_and_counted(system: SourceSystem) -> None:
    idoc = artmas(system=system)
    german = {**idoc["E1BPE1MAKTRT"][0], "LANGU": "D", "LANGU_ISO": "", "MATL_DESC": "Hemd"}
    others = [("d", ""), ("R", ""), ("D", "1P"), ("Z", "Z1")]
    idoc["E1BPE1MAKTRT"] += [german, *(german | {"LANGU": a, "LANGU_ISO": b} for a, b in others)]
    idoc["Z1TEXT"].append({**idoc["Z1TEXT"][0], "SPRAS_ISO": "Z1", "TEXT": "?"})
    found = article_of(idoc, system)
    assert found.style.names["de"] == "Hemd"
    assert found.texts_left_out == 5
    idoc["E1BPE1MAKTRT"] = [german | {"LANGU": "d"}]
    assert "no name of 10123 in a language" in reasons_of(idoc, system)[0]


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
    found = read_style(_with_cases(system, "4012345000016", of_own), system)
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
    found = article_of(idoc, system)
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
    assert f"E1BPE1{segment}: Field required" in reasons_of(idoc, system)[0]


@SYSTEMS
def test_a_long_value_of_a_characteristic_is_the_value(system: SourceSystem) -> None:
    idoc = artmas(sizes=("S",), system=system)
    idoc["E1BPE1AUSPRT"][1].update(
        CHAR_VALUE="", CHAR_VALUE_LONG="S (Short, of forty letters and more)"
    )
    assert (
        read_style(idoc, system).colourways[0].skus[0].size
        == "S (Short, of forty letters and more)"
    )


@SYSTEMS
def test_a_set_is_one_piece(system: SourceSystem) -> None:
    idoc = artmas(system=system)
    idoc["E1BPE1MARART"][0] |= {"BASE_UOM": "SET", "BASE_UOM_ISO": ""}
    idoc["E1BPE1MARMRT"][0]["ALT_UNIT"] = "SET"
    found = read_style(idoc, system)
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
        assert read_style(whole, system).deleted
        part = artmas(system=system)
        part["E1BPE1MARART"].append({"MATERIAL": matnr("10123001"), **flag})
        assert [sku.size for sku in read_style(part, system).colourways[0].skus] == ["M"]
        part["E1BPE1MARART"].append({"MATERIAL": matnr("10123002"), **flag})
        assert read_style(part, system).deleted
    other = artmas(system=system)
    other["E1BPE1MARART"][0]["SAL_STATUS"] = "77"
    assert not read_style(other, system).deleted


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
    assert read_style(whole, system).deleted
    part = artmas(system=system, E1BPE1MVKERT=_chains(system, "10123001", blocked))
    assert [sku.size for sku in read_style(part, system).colourways[0].skus] == ["M"]
    other = artmas(system=system, E1BPE1MVKERT=_chains(system, "10123", "77", ""))
    assert not read_style(other, system).deleted


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
    text = "\n".join(reasons_of(idoc, system))
    assert "E1BPFSHSEASONS/SEASON: '9999'" in text
    assert "Z1STYLE/GENDER: 'Q'" in text
