"""Messages of real systems that were misread once, a test each, for both source systems.

"Silently" had been: taken, wrong, and nothing in quarantine. What SAP answers to calls is in
`tests/integration/functions/export_order/outcomes/test_outcomes.py`.
"""

import json
from typing import Any

import pytest

from functions.sync_products.handler import apply as apply_products
from shared.event.message import SapMessage
from shared.event.quarantine import list_open
from shared.event.verdict import Verdict
from shared.event.waiting import list_waiting
from shared.order.hold import HoldKind
from tests.factories.sap import ECC, PUBLISHED_AT, S4, matnr, packet, stamp, stock_row
from tests.factories.sap_articles import artmas
from tests.factories.sap_customers import debmas, sales_area, zcredit
from tests.factories.sap_prices import cond_a, position_of
from tests.factories.style import gtin
from tests.integration.messages.family import of
from tests.integration.messages.sellin import APPLIED, IGNORED, QUARANTINED, UNCHANGED, Sellin

# --- COND_A -------------------------------------------------------------------------------------


def test_cond_a_per_case(sellin: Sellin) -> None:
    """KBETR 480.00, KPEIN 1, KMEIN of a case of 12 is 40.00 a piece; without a factor it waits for one."""
    per_case = cond_a(amount="480.00", system=sellin.system)
    position_of(per_case)["KMEIN"] = sellin.system.articles.case
    assert sellin.takes(per_case) == [Verdict.WAITING]
    [waits] = list_waiting(sellin.db)
    assert "KMEIN" in waits.reasons[0]
    assert sellin.prices == []
    sellin.knows_the_article()
    assert sellin.takes(per_case) == APPLIED
    [record] = sellin.prices
    assert (record["amount"], record["per"]) == (48_000, 12)


def test_cond_a_nested(sellin: Sellin) -> None:
    """E1KOMG > E1KONH > E1KONP > E1KONM as SAP nests it is read, flat it is told."""
    sellin.knows_the_article()
    nested = cond_a(scales=[("12", "23.00")], system=sellin.system)
    assert sellin.takes(nested) == APPLIED
    assert sellin.prices[0]["tiers"] == [{"quantity": 12, "amount": 2300}]
    flat = cond_a(serial=stamp(1200), system=sellin.system)
    flat["E1KONH"] = flat["E1KOMG"][0].pop("E1KONH")
    flat["E1KONP"] = flat["E1KONH"][0].pop("E1KONP")
    assert sellin.takes(flat) == QUARANTINED
    assert "E1KONH: not within its E1KOMG" in sellin.reasons
    assert len(sellin.prices) == 1


def test_cond_a_to_scale(sellin: Sellin) -> None:
    """STFKZ B: up to 10 pieces 25.00, up to 50 pieces 20.00."""
    sellin.knows_the_article()
    idoc = cond_a(scales=[("10", "25.00"), ("50", "20.00")], system=sellin.system)
    position_of(idoc)["STFKZ"] = "B"
    assert sellin.takes(idoc) == APPLIED
    [record] = sellin.prices
    assert (record["amount"], record["tiers"]) == (2500, [{"quantity": 11, "amount": 2000}])


def test_cond_a_value_scale(sellin: Sellin) -> None:
    """Tiers by value (E1KONW) are not applied, and told."""
    idoc = cond_a(system=sellin.system)
    position_of(idoc)["E1KONW"] = [{"KSTBW": "1000.00", "KBETR": "20.00"}]
    assert sellin.takes(idoc) == QUARANTINED
    assert "E1KONW" in sellin.reasons


def test_cond_a_of_purchasing(sellin: Sellin) -> None:
    """KAPPL M is no sales price: ignored and counted."""
    assert sellin.takes(cond_a(system=sellin.system, KAPPL="M")) == IGNORED
    assert sellin.prices == []


def test_cond_a_types_and_tables_are_settings(sellin: Sellin) -> None:
    """KSCHL and KOTABNR of the other system are unknown to this one."""
    other = S4 if sellin.system is ECC else ECC
    sellin.knows_the_article()
    assert sellin.takes(cond_a(system=sellin.system)) == APPLIED
    theirs = cond_a(system=other, serial=stamp(1200), VKORG="3000")
    theirs["EDI_DC40"]["SNDPRN"] = sellin.system.logical_system
    assert sellin.takes(theirs) == QUARANTINED
    assert "KSCHL" in sellin.reasons


def test_cond_a_of_a_variant(sellin: Sellin) -> None:
    """A price of one variant is that SKU's, beside the prices of its style."""
    sellin.knows_the_article()
    assert sellin.takes(cond_a("10123001", system=sellin.system)) == APPLIED
    [key] = sellin.stored("prices/10123~EUR")["variants"].values()
    assert key["article"] == "10123001"
    assert sellin.prices == []


def test_cond_a_in_forints(sellin: Sellin) -> None:
    """The settings say whether 12,990 HUF is "129.90" or "12990"; a hundredfold is held back."""
    sellin.knows_the_article()
    right, wrong = (
        cond_a(amount="12990", serial=stamp(second), system=sellin.system, WAERK="HUF")
        for second in (1, 2)
    )
    written = "129.90" if sellin.system.amounts == "shifted" else "12990"
    assert position_of(right)["KBETR"] == written
    assert sellin.takes(right) == APPLIED
    position_of(wrong)["KBETR"] = "1299000" if sellin.system.amounts == "plain" else "12990"
    assert sellin.takes(wrong) == QUARANTINED
    assert "held back" in sellin.reasons
    [key] = sellin.stored("prices/10123~HUF")["keys"].values()
    assert key["records"][0]["amount"] == 1_299_000


# --- ARTMAS -------------------------------------------------------------------------------------


def test_artmas_names_of_variants(sellin: Sellin) -> None:
    """E1BPE1MAKTRT has rows of variants, too: the name is the generic article's."""
    idoc = artmas(system=sellin.system)
    idoc["E1BPE1MAKTRT"].append(
        {"MATERIAL": matnr("10123001"), "LANGU": "E", "LANGU_ISO": "EN", "MATL_DESC": "Shirt, S, 1"}
    )
    assert sellin.takes(idoc) == APPLIED
    assert sellin.style["names"]["en"] == "Tech Tee 2.0"


def test_artmas_gtins_of_pieces_and_cases(sellin: Sellin) -> None:
    """The row of the piece has the SKU's GTIN, that of the case the case's."""
    idoc = artmas(system=sellin.system)
    case = {"MATERIAL": matnr("10123001"), "ALT_UNIT": sellin.system.articles.case,
            "NUMERATOR": "12", "DENOMINATR": "1", "EAN_UPC": gtin("99999999")}  # fmt: skip
    idoc["E1BPE1MARMRT"] += [case, {**case, "MATERIAL": matnr("10123002"), "EAN_UPC": ""}]
    assert sellin.takes(idoc) == APPLIED
    first = sellin.skus[0]
    assert (first["gtin"], first["case_gtin"]) == (gtin("10123001"), gtin("99999999"))
    assert sellin.style["multiple"] == 12


def test_artmas_reduced(sellin: Sellin) -> None:
    """Changed segments only, without E1BPE1VARKEY: told, and the style stays as it was."""
    assert sellin.takes(artmas(serial=stamp(1), system=sellin.system)) == APPLIED
    before = sellin.style
    reduced = artmas(serial=stamp(2), system=sellin.system)
    reduced.pop("E1BPE1VARKEY")
    assert sellin.takes(reduced) == QUARANTINED
    assert sellin.style == before


def test_artmas_sizes_as_written(sellin: Sellin) -> None:
    """Sizes of any kind are shown as written, and safe in ids."""
    sizes = ("One Size", "39-42", "110-116", "40 2/3", "36⅔", "6,5", "2XL Tall", "S (Short)", "38+",
             "ÚNICA")  # fmt: skip
    idoc = artmas(system=sellin.system, sizes=[f"{index}" for index in range(len(sizes))])
    for row in idoc["E1BPE1AUSPRT"]:
        if row["CHAR_NAME"] == sellin.system.articles.sizes[0]:
            row["CHAR_VALUE"] = sizes[int(row["CHAR_VALUE"])]
    assert sellin.takes(idoc) == APPLIED
    assert tuple(sku["size"] for sku in sellin.skus) == sizes
    ids = [sku["id"] for sku in sellin.skus]
    assert len({*ids}) == len(sizes)
    assert all(one.isascii() and one.replace("_", "").replace("-", "").replace(".", "").isalnum()
               for one in ids)  # fmt: skip


def test_artmas_numbers_and_colours_that_are_words(sellin: Sellin) -> None:
    """MATERIAL "CW2288-111-42", colours "Navy Blue" and "BLACK/WHITE" are taken."""
    colours = ("Navy Blue", "BLACK/WHITE")
    assert sellin.takes(artmas("CW2288-111", colours=colours, system=sellin.system)) == APPLIED
    found = sellin.stored("styles/CW2288-111")["colourways"]
    assert [one["code"] for one in found] == ["Navy_Blue", "BLACK_WHITE"]
    assert found[0]["names"]["en"] == "No Navy Blue"


def test_artmas_gtins_of_any_kind(sellin: Sellin) -> None:
    """None yet, UPC-A, a GTIN-14 of a case are taken; a wrong check digit is told and left out."""
    idoc = artmas(system=sellin.system, sizes=("S", "M", "L"))
    rows = idoc["E1BPE1MARMRT"]
    rows[0]["EAN_UPC"], rows[1]["EAN_UPC"], rows[2]["EAN_UPC"] = "", "036000291452", "4006101230013"
    of_case = {"MATERIAL": matnr("10123001"), "ALT_UNIT": sellin.system.articles.case,
               "NUMERATOR": "12", "DENOMINATR": "1", "EAN_UPC": "14006101230011"}  # fmt: skip
    rows += [
        of_case,
        *({**of_case, "MATERIAL": matnr(f"1012300{n}"), "EAN_UPC": ""} for n in (2, 3)),
    ]
    sellin.takes(idoc)
    assert [sku["gtin"] for sku in sellin.skus] == ["", "0036000291452", ""]
    assert sellin.skus[0]["case_gtin"] == "4006101230014"
    assert "'4006101230013' of 10123003" in sellin.reasons


def test_artmas_customizing_is_settings(sellin: Sellin) -> None:
    """CHAR_VALUE_LONG; names of characteristics, seasons, units without ISO code."""
    settings = sellin.system.articles
    idoc = artmas(system=sellin.system)
    idoc["E1BPE1AUSPRT"][0] |= {"CHAR_VALUE": "0", "CHAR_VALUE_LONG": "010"}
    idoc["E1BPE1MARART"][0] |= {"BASE_UOM": "SET", "BASE_UOM_ISO": ""}
    idoc["E1BPE1MARMRT"] += [
        {"MATERIAL": matnr("10123"), "ALT_UNIT": settings.case, "NUMERATOR": "6", "DENOMINATR": "1"}
    ]
    assert {row["CHAR_NAME"] for row in idoc["E1BPE1AUSPRT"]} == {
        settings.colour,
        settings.sizes[0],
    }
    assert sellin.takes(idoc) == APPLIED
    assert (sellin.style["unit"], sellin.style["multiple"]) == ("PCE", 6)
    assert sellin.style["colourways"][0]["seasons"] == ["FW26", "SS27"]


def test_artmas_languages(sellin: Sellin) -> None:
    """LANGU "d" is not German; of R, 1P and Z1 the text is left out and the style taken."""
    idoc = artmas(system=sellin.system)
    own = {"MATERIAL": matnr("10123")}
    idoc["E1BPE1MAKTRT"] += [
        {**own, "LANGU": "D", "MATL_DESC": "Technik-Shirt"},
        {**own, "LANGU": "d", "MATL_DESC": "Something else"},
        {**own, "LANGU": "R", "MATL_DESC": "Футболка"},
        {**own, "LANGU": "", "LANGU_ISO": "1P", "MATL_DESC": "Camiseta"},
        {**own, "LANGU": "", "LANGU_ISO": "Z1", "MATL_DESC": "T"},
    ]
    assert sellin.takes(idoc) == APPLIED
    names = sellin.style["names"]
    assert names["de"] == "Technik-Shirt"
    assert not {"Something else", "Camiseta", "T"} & {*names.values()}


def test_artmas_markup(sellin: Sellin) -> None:
    """HTML in texts is shown as text."""
    idoc = artmas(system=sellin.system)
    idoc["Z1TEXT"][0]["TEXT"] = "Dry&trade;<br />&bull; light"
    assert sellin.takes(idoc) == APPLIED
    assert sellin.style["descriptions"]["en"].split("\n") == ["Dry™", "• light"]


def test_artmas_too_large(sellin: Sellin) -> None:
    """A description of 1.2 MB is quarantined, and what is beside it taken."""
    large = artmas("10124", system=sellin.system)
    large["Z1TEXT"][0]["TEXT"] = "x" * 1_200_000
    assert sellin.takes(large, artmas(system=sellin.system)) == [
        Verdict.QUARANTINED,
        Verdict.APPLIED,
    ]
    assert sellin.style["number"] == "10123"


def test_artmas_stamped_ahead(sellin: Sellin) -> None:
    """SERIAL of 2099 is refused and shuts nothing out; one stamp with two contents is told."""
    assert sellin.takes(artmas(serial="20991231" + "0" * 12, system=sellin.system)) == QUARANTINED
    assert sellin.takes(artmas(serial=stamp(1), system=sellin.system)) == APPLIED
    other = artmas(serial=stamp(1), colours=("400",), system=sellin.system)
    assert sellin.takes(other) == [Verdict.CONFLICT]
    assert [one["code"] for one in sellin.style["colourways"]] == ["010"]


# --- Any IDoc -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("serial", "source"), [("", "CREDAT"), (stamp(1)[:14], "SERIAL")])
def test_idoc_without_serial(sellin: Sellin, serial: str, source: str) -> None:
    """SERIAL empty or of 14 digits: CREDAT and CRETIM, else the time of publishing, serve."""
    idoc = of(sellin.system, artmas(system=sellin.system))
    idoc["EDI_DC40"]["SERIAL"] = serial
    message = SapMessage("1", "sap-products", packet(idoc), {}, PUBLISHED_AT)
    outcome = apply_products(sellin.db, sellin.system, message)
    assert outcome.verdicts == APPLIED
    assert [one.part.stamp_source for one in outcome.results] == [source]
    idoc["EDI_DC40"] |= {"SERIAL": "", "CREDAT": "", "CRETIM": ""}
    message = SapMessage("2", "sap-products", packet(idoc), {}, PUBLISHED_AT)
    [found] = apply_products(sellin.db, sellin.system, message).results
    assert found.part.stamp_source == "published"


def test_packet_with_one_bad_idoc(sellin: Sellin) -> None:
    """Of 50 the 49 are applied, the one is quarantined."""
    idocs = [artmas(str(10_200 + each), system=sellin.system) for each in range(50)]
    idocs[17].pop("Z1STYLE")
    verdicts = sellin.takes(*idocs)
    assert verdicts.count(Verdict.APPLIED) == 49
    [kept] = list_open(sellin.db)
    assert kept.place.startswith("IDOCS/17 ")


def test_idoc_shapes(sellin: Sellin) -> None:
    """Under its basic type, and one segment as an object instead of a list."""
    sellin.has_an_order()
    idoc = of(sellin.system, sellin.response(2, status={"CMGST": "B"}))
    idoc |= {name: idoc[name][0] for name in ("E1EDK01", "Z1CREATED", "Z1STATUS")}
    data = json.dumps({"ORDERS05": {"IDOC": idoc}}).encode()
    assert sellin.takes_data("sap-orders", data) == APPLIED
    assert [hold.kind for hold in sellin.order.holds] == [HoldKind.CREDIT]


# --- Stock --------------------------------------------------------------------------------------


def test_stock_of_storage_locations(sellin: Sellin) -> None:
    """LGORT 0001 = 5 and 0002 = 7 are 12, of those that the settings name."""
    sellin.knows_the_article()
    rows = [stock_row(on_hand=pieces) | {"LGORT": place}
            for place, pieces in (("0001", 5), ("0002", 7), ("0099", 100))]  # fmt: skip
    assert sellin.takes_stock(*rows) == APPLIED
    assert sellin.on_hand() == (12 if sellin.system.stock.plants["EU01"] else 112)


def test_stock_in_cases_and_again(sellin: Sellin) -> None:
    """Cases are converted, and what is not other is not written."""
    sellin.knows_the_article()
    cases = stock_row(on_hand=3) | {"MEINS": sellin.system.articles.case}
    assert sellin.takes_stock(cases) == APPLIED
    assert sellin.on_hand() == 36
    before = sellin.stored("availability/10123~EU01")
    assert sellin.takes_stock(cases) == [Verdict.DUPLICATE]
    assert sellin.stored("availability/10123~EU01") == before


def test_stock_of_a_night(sellin: Sellin) -> None:
    """A full snapshot with a new stamp: what is unchanged is not written, what it lacks is gone."""
    sellin.knows_the_article()
    names = sellin.system.stock.snapshots
    assert sellin.takes_stock(*(stock_row(f"1012300{n}", stamp(1), 5) for n in (1, 2))) == APPLIED
    before = sellin.stored("availability/10123~EU01")
    for second, articles in ((2, (1, 2)), (3, (1,))):
        says = {names.as_of: stamp(second), names.part: "1", names.parts: "1"}
        rows: dict[str, Any] = {"ROWS": [stock_row(f"1012300{n}", "", 5) for n in articles]}
        if names.segment is not None:
            data, attributes = {names.segment: [says], **rows}, {}
        else:
            data, attributes = rows, says
        verdicts = sellin.takes_data("sap-inventory", json.dumps(data).encode(), attributes)
        if second == 2:
            assert verdicts == UNCHANGED
            assert sellin.stored("availability/10123~EU01") == before
    assert (sellin.on_hand(), sellin.on_hand("10123002")) == (5, 0)


# --- DEBMAS -------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["customer", "area"])
@pytest.mark.parametrize(
    ("field", "kind"),
    [("LOEVM", "deletion"), ("CASSD", "sales"), ("LIFSD", "delivery"), ("FAKSD", "billing")],
)
def test_debmas_blocks(sellin: Sellin, where: str, field: str, kind: str) -> None:
    """LOEVM, CASSD, LIFSD, FAKSD, as a whole or in the sales area, block with the reason."""
    assert sellin.takes(sellin.customer(1, **{where: {field: "X"}})) == APPLIED
    profile = sellin.stored("companies/100001")["profile"]
    assert (profile["order_block"], profile["blocks"]) == (True, [kind])


def test_debmas_sales_areas_doors_names_and_currencies(sellin: Sellin) -> None:
    """Of two sales areas the first of the settings; doors from either; NAME2; no XYZ."""
    first, second = sellin.system.sales_areas[:2]
    idoc = sellin.customer(customer={"NAME2": "& Co. KG"})
    areas = idoc["E1KNA1M"][0]["E1KNVVM"]
    other = {"VKORG": second.organisation, "SPART": second.division}
    areas.insert(0, sales_area(area=other))
    if sellin.system.customers.door_groups:
        group = sellin.system.customers.door_groups[0]
        doors = [debmas(number, customer={"KTOKD": group}) for number in ("200001", "200002")]
        assert {*sellin.takes(*doors)} <= {Verdict.APPLIED, Verdict.WAITING}
        idoc["E1KNA1M"][0].pop("Z1DOOR")
    assert sellin.takes(idoc) == APPLIED
    profile = sellin.stored("companies/100001")["profile"]
    assert profile["name"] == "Läufer GmbH & Co. KG"
    assert profile["sales_area"]["organisation"] == first.organisation
    assert [door["address"]["city"] for door in profile["doors"].values()] == ["Berlin", "Berlin"]
    assert not any(door["blocked"] for door in profile["doors"].values())
    assert sellin.takes(sellin.customer(second=2, area={"WAERS": "XYZ"})) == QUARANTINED
    assert "XYZ" in sellin.reasons


def test_zcredit_of_its_control_area(sellin: Sellin) -> None:
    """Figures of the area of the settings count, with its block."""
    assert sellin.takes(sellin.customer()) == APPLIED
    area = sellin.system.customers.credit_areas[0]
    assert sellin.takes(zcredit(KKBER=area, CRBLB="X")) == APPLIED
    assert sellin.stored("companies/100001")["credit"]["blocked"]
    assert sellin.takes(zcredit("100002", KKBER="9999")) == QUARANTINED
