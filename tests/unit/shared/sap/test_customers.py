from typing import Any

import pytest

from shared.company.model import Credit, Profile
from shared.company.ship_to import ShipTo
from shared.sap.credit import credit
from shared.sap.customers import CompanyPart, customer
from shared.sap.fault import UntranslatableMessageError
from shared.sap.source_system import SourceSystem
from tests.factories.sap import ECC, S4, STAMP, kunnr, packet
from tests.factories.sap_customers import PLACE, debmas, debmas_deleted, sales_area, zcredit
from tests.support.idocs import read_packet


def _part(idoc: dict, system: SourceSystem = ECC) -> CompanyPart | ShipTo:
    idoc["EDI_DC40"]["SNDPRN"] = system.logical_system
    return read_packet(packet(idoc), system, {"DEBMAS": customer, "ZCREDIT": credit})[0]


def _profile(idoc: dict, system: SourceSystem = ECC) -> Profile:
    part = _part(idoc, system)
    assert isinstance(part, CompanyPart)
    found = part.part
    assert isinstance(found, Profile)
    return found


def _reasons(idoc: dict, system: SourceSystem = ECC) -> str:
    with pytest.raises(UntranslatableMessageError) as raised:
        _part(idoc, system)
    return "\n".join(raised.value.reasons)


def test_a_sold_to_is_a_company() -> None:
    part = _part(debmas())
    assert isinstance(part, CompanyPart)
    assert part.company == "100001"
    found = _profile(debmas())
    assert (found.stamp, found.name, found.language) == (STAMP, "Läufer GmbH", "de")
    assert (found.address.city, found.address.country) == ("Berlin", "DE")
    assert (found.currency, found.plant, found.price_list) == ("EUR", "EU01", "W1")
    assert found.sales_area.organisation == "1000"
    assert (found.payment_terms, found.incoterms, found.incoterms_place) == (
        "ZN30",
        "DAP",
        "Berlin",
    )
    assert found.vat_id_valid
    assert not found.order_block
    assert list(found.doors) == ["200001", "200002"]
    assert [door.default for door in found.doors.values()] == [True, False]


BLOCKS = {
    "LOEVM": "deletion",
    "CASSD": "sales",
    "AUFSD": "order",
    "LIFSD": "delivery",
    "FAKSD": "billing",
}


@pytest.mark.parametrize("system", [ECC, S4])
@pytest.mark.parametrize("field", BLOCKS)
@pytest.mark.parametrize("place", ["customer", "area"])
def test_every_block_of_saps_blocks_orders_with_its_reason(
    place: str, field: str, system: SourceSystem
) -> None:
    idoc = _of(system, **{place: {field: "X" if field in ("LOEVM", "CASSD") else "01"}})
    found = _profile(idoc, system)
    assert (found.order_block, found.blocks) == (True, [BLOCKS[field]])
    assert _profile(_of(system), system).blocks == []


def _of(system: SourceSystem, **given: Any) -> dict[str, Any]:
    """A customer in a sales area of the system."""
    key = system.sales_areas[0]
    where = {"VKORG": key.organisation, "VTWEG": key.channel, "SPART": key.division}
    return debmas(**{**given, "area": where | given.get("area", {})})


@pytest.mark.parametrize("system", [ECC, S4])
def test_of_several_sales_areas_the_first_of_the_settings_counts(system: SourceSystem) -> None:
    first, second = system.sales_areas[:2]
    for closed in (False, True):
        idoc = _of(system, area={"VWERK": "EU01", "LOEVM": "X" if closed else ""})
        other = sales_area(
            ("200009",),
            {
                "VKORG": second.organisation,
                "VTWEG": second.channel,
                "SPART": second.division,
                "VWERK": "US01",
            },
        )
        # Of another channel, with what nobody could read.
        foreign = {"VKORG": first.organisation, "VTWEG": "20", "SPART": "00", "WAERS": "?"}
        idoc["E1KNA1M"][0]["E1KNVVM"] = [foreign, other, *idoc["E1KNA1M"][0]["E1KNVVM"]]
        idoc["E1KNA1M"][0]["Z1DOOR"].append({"KUNNR": kunnr("200009"), "NAME1": "Door", **PLACE})
        found = _profile(idoc, system)
        # One that is marked for deletion counts only where the customer is in no other.
        assert found.plant == ("US01" if closed else "EU01")
        assert list(found.doors) == (["200009"] if closed else ["200001", "200002"])


@pytest.mark.parametrize("system", [ECC, S4])
def test_a_sales_area_of_another_division_is_not_ours(system: SourceSystem) -> None:
    assert "none of the sales areas" in _reasons(_of(system, area={"SPART": "99"}), system)


def test_names_are_whole() -> None:
    idoc = debmas(
        customer={"NAME1": "Sporthaus Meyer und Söhne am Markt", "NAME2": "GmbH & Co. KG"}
    )
    idoc["E1KNA1M"][0]["Z1DOOR"][0]["NAME2"] = "Hintereingang"
    found = _profile(idoc)
    assert found.name == "Sporthaus Meyer und Söhne am Markt GmbH & Co. KG"
    assert found.doors["200001"].name == "Door 200001 Hintereingang"
    idoc["E1KNA1M"][0] |= {"NAME2": "", "NAME3": "Filiale Nord", "NAME4": "Wareneingang"}
    assert _profile(idoc).name == "Sporthaus Meyer und Söhne am Markt Filiale Nord Wareneingang"


def test_an_unknown_currency_is_refused() -> None:
    assert "XYZ is no currency that we sell in" in _reasons(debmas(area={"WAERS": "XYZ"}))


def test_a_ship_to_of_its_own_message_is_a_door_and_no_company() -> None:
    row = {"KTOKD": "0002", "LIFSD": "01", "NAME2": "Ost"}
    found = _part(debmas("200001", customer=row), S4)
    assert isinstance(found, ShipTo)
    assert (found.id, found.name, found.blocked) == ("200001", "Läufer GmbH Ost", True)
    assert found.address.city == "Berlin"
    # Where doors come in their company's message, there is no such group.
    assert isinstance(_part(debmas("200001", customer=row), ECC), CompanyPart)


def test_a_door_whose_message_is_yet_to_come_is_blocked() -> None:
    idoc = _of(S4)
    idoc["E1KNA1M"][0]["Z1DOOR"] = []
    assert [(door.name, door.blocked) for door in _profile(idoc, S4).doors.values()] == [
        ("200001", True),
        ("200002", True),
    ]


def test_partner_functions_are_the_settings() -> None:
    partners = ECC.partners.model_copy(update={"ship_to": "SH"})
    other = ECC.model_copy(update={"partners": partners})
    assert _profile(debmas(), other).doors == {}


@pytest.mark.parametrize("system", [ECC, S4])
def test_credit_is_of_the_control_area_that_counts_and_may_be_blocked(
    system: SourceSystem,
) -> None:
    area = system.customers.credit_areas[0]
    idoc = zcredit(limit="50000.00", KKBER=area, CRBLB="X")
    idoc["Z1CREDIT"].insert(0, {**idoc["Z1CREDIT"][0], "KKBER": "9999", "KLIMK": "1.00"})
    part = _part(idoc, system)
    assert isinstance(part, CompanyPart)
    assert isinstance(part.part, Credit)
    assert (part.part.limit, part.part.blocked) == (5_000_000, True)
    idoc["Z1CREDIT"].append(idoc["Z1CREDIT"][1])
    assert "2 rows of the credit control areas" in _reasons(idoc, system)


def test_amounts_that_are_not_shifted_are_not_shifted() -> None:
    idoc = zcredit(currency="HUF", KLIMK="12990", KKBER="3000")
    part = _part(idoc, S4)
    assert isinstance(part, CompanyPart)
    assert isinstance(part.part, Credit)
    assert part.part.limit == 1_299_000


def test_a_sold_to_may_be_its_own_ship_to() -> None:
    idoc = debmas(doors=("100001",))
    idoc["E1KNA1M"][0]["Z1DOOR"] = []
    assert _profile(idoc).doors["100001"].name == "Läufer GmbH"


def test_a_blocked_door() -> None:
    idoc = debmas()
    idoc["E1KNA1M"][0]["Z1DOOR"][1]["AUFSD"] = "01"
    assert [door.blocked for door in _profile(idoc).doors.values()] == [False, True]


def test_the_minimum_order_is_shifted() -> None:
    found = debmas(area={"WAERS": "HUF"}, own={"MINORD": "1000.00"})
    assert _profile(found).minimum_order == 10_000_000


def test_the_display_of_availability() -> None:
    found = [_profile(debmas(own={"ATPDISP": key})).availability_display for key in "ECL"]
    assert found == ["exact", "cap", "light"]


def test_an_invalid_vat_id_is_no_fault() -> None:
    found = _profile(debmas(customer={"STCEG": "DE123456789"}))
    assert (found.vat_id, found.vat_id_valid) == ("DE123456789", False)


def test_a_deleted_customer_leaves_its_stamp_only() -> None:
    found = _profile(debmas_deleted())
    assert (found.deleted, found.stamp, found.doors) == (True, STAMP, {})


def test_credit_figures() -> None:
    found = _part(zcredit(limit="50000.00", exposure="1234.56"))
    assert found == CompanyPart(
        "100001", Credit(stamp=STAMP, currency="EUR", limit=5_000_000, exposure=123_456)
    )


def test_faults_are_named() -> None:
    idoc = debmas(own={"MINORD": "0.001"}, customer={"SPRAS": "?", "SPRAS_ISO": ""})
    [area] = idoc["E1KNA1M"][0]["E1KNVVM"]
    area["E1KNVPM"].append({"PARVW": "WE", "KUNN2": kunnr("200009"), "DEFPA": ""})
    text = _reasons(idoc)
    assert "MINORD" in text
    assert "not a language key" in text
    assert "no row of the ship-to 200009" in text
    assert "E1KNVVM/0/Z1KNVV/0/ASORT" in _reasons(debmas(own={"ASORT": "?"}))


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Läufer\u202egnirts\u202c GmbH", "Läufergnirts GmbH"),  # turns what follows around
        ("Admin\u200bistration", "Administration"),  # of no width
        ("Lau\u00adfen & <Freunde>", "Laufen & <Freunde>"),  # markup is text
        (" Sport\tHaus\r\nMitte ", "Sport Haus Mitte"),
        ("Rund\u00a0um", "Rund um"),
        ("Łódź Ålesund Ωμέγα", "Łódź Ålesund Ωμέγα"),
    ],
)
def test_names_and_addresses_have_nothing_that_nobody_sees(sent: str, shown: str) -> None:
    idoc = debmas(customer={"NAME1": sent, "STRAS": sent, "ORT01": sent})
    for row in idoc["E1KNA1M"][0]["Z1DOOR"]:
        row["NAME1"] = sent
    found = _profile(idoc)
    assert (found.name, found.address.street, found.address.city) == (shown,) * 3
    assert {door.name for door in found.doors.values()} == {shown}


def test_a_name_of_which_nothing_is_seen_is_the_number() -> None:
    idoc = debmas(customer={"NAME1": "\u200b\u202e"})
    idoc["E1KNA1M"][0]["Z1DOOR"][0]["NAME1"] = "\ufeff"
    found = _profile(idoc)
    assert found.name == "100001"
    assert found.doors["200001"].name == "200001"
