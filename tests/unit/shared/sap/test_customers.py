import pytest

from shared.company.model import Credit, Profile
from shared.sap.customers import CompanyPart, credit, profile
from shared.sap.fault import UntranslatableMessageError
from tests.factories.sap import ECC, STAMP, debmas, debmas_deleted, kunnr, packet, zcredit
from tests.support.idocs import read_packet


def _part(idoc: dict) -> CompanyPart:
    return read_packet(packet(idoc), ECC, {"DEBMAS": profile, "ZCREDIT": credit})[0]


def _profile(idoc: dict) -> Profile:
    found = _part(idoc).part
    assert isinstance(found, Profile)
    return found


def _reasons(idoc: dict) -> str:
    with pytest.raises(UntranslatableMessageError) as raised:
        _part(idoc)
    return "\n".join(raised.value.reasons)


def test_a_sold_to_is_a_company() -> None:
    assert _part(debmas()).company == "100001"
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


def test_either_block_blocks_orders() -> None:
    assert _profile(debmas(customer={"AUFSD": "01"})).order_block
    assert _profile(debmas(area={"AUFSD": "01"})).order_block


def test_a_sold_to_may_be_its_own_ship_to() -> None:
    idoc = debmas(doors=("100001",))
    idoc["Z1DOOR"] = []
    assert _profile(idoc).doors["100001"].name == "Läufer GmbH"


def test_a_blocked_door() -> None:
    idoc = debmas()
    idoc["Z1DOOR"][1]["AUFSD"] = "01"
    assert [door.blocked for door in _profile(idoc).doors.values()] == [False, True]


def test_the_minimum_order_is_shifted() -> None:
    area = {"WAERS": "HUF", "MINORD": "1000.00"}
    assert _profile(debmas(area=area)).minimum_order == 10_000_000


def test_the_display_of_availability() -> None:
    found = [_profile(debmas(area={"ATPDISP": key})).availability_display for key in "ECL"]
    assert found == ["exact", "cap", "light"]


def test_other_sales_areas_are_left_out() -> None:
    idoc = debmas()
    idoc["E1KNVVM"].insert(0, {**idoc["E1KNVVM"][0], "VTWEG": "20", "WAERS": "USD"})
    assert _profile(idoc).currency == "EUR"


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
    idoc = debmas(area={"MINORD": "0.001"}, customer={"SPRAS": "?", "SPRAS_ISO": ""})
    idoc["E1KNVVM"].append({**idoc["E1KNVVM"][0], "MINORD": "0.00", "VKORG": "3000"})
    idoc["E1KNVPM"].append({"PARVW": "WE", "KUNN2": kunnr("200009"), "DEFPA": ""})
    text = _reasons(idoc)
    assert "2 wholesale areas instead of one" in text
    assert "MINORD" in text
    assert "not a language key" in text
    assert "no row of the ship-to 200009" in text


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
    for row in idoc["Z1DOOR"]:
        row["NAME1"] = sent
    found = _profile(idoc)
    assert (found.name, found.address.street, found.address.city) == (shown,) * 3
    assert {door.name for door in found.doors.values()} == {shown}


def test_a_name_of_which_nothing_is_seen_is_the_number() -> None:
    idoc = debmas(customer={"NAME1": "\u200b\u202e"})
    idoc["Z1DOOR"][0]["NAME1"] = "\ufeff"
    found = _profile(idoc)
    assert found.name == "100001"
    assert found.doors["200001"].name == "200001"
