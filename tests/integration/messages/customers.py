"""DEBMAS and ZCREDIT: customers and their credit."""

from collections.abc import Mapping
from typing import Any

from shared.sap.source_system import SourceSystem
from shared.store import to_document
from tests.factories.company import company
from tests.factories.sap import Idoc
from tests.factories.sap_customers import debmas, zcredit
from tests.integration.messages.family import GONE, Family, of, without
from tests.support.sap_fields import (
    ANY,
    MISSING,
    OTHER,
    REFUSED,
    SAME,
    Effects,
    Values,
    block,
    code,
    flag,
    key,
    number,
    text,
    unread,
)


def _debmas(system: SourceSystem, number: str = "100001") -> Idoc:
    area = system.sales_areas[0]
    idoc = debmas(
        number,
        area={"VKORG": area.organisation, "VTWEG": area.channel, "SPART": area.division},
    )
    if system.customers.door_groups:
        idoc["E1KNA1M"][0].pop("Z1DOOR")
    return of(system, idoc)


def _profile_view(stored: Mapping[str, Any]) -> Any:
    return without(stored["profile"], "stamp")


_TOP, _AREA = "E1KNA1M", "E1KNA1M/E1KNVVM"


def _customer_fields(system: SourceSystem) -> Mapping[str, Values]:
    return {**_block_fields(), **_door_fields(system), **_own_fields(), **_area_fields()}


def _block_fields() -> Mapping[str, Values]:
    """What keeps a customer from ordering, of the customer and of a sales area."""
    kinds = {
        "LOEVM": "deletion", "CASSD": "sales", "AUFSD": "order", "LIFSD": "delivery",
        "FAKSD": "billing",
    }  # fmt: skip
    return {
        f"{place}/{name}": block({"blocks": [kind], "order_block": True})
        for place in (_TOP, _AREA)
        for name, kind in kinds.items()
        if (place, name) != (_AREA, "LOEVM")
    }


def _door_fields(system: SourceSystem) -> Mapping[str, Values]:
    """Doors, where they come with their customer."""
    return {} if system.customers.door_groups else {
        f"{_TOP}/Z1DOOR/KUNNR": key({"200001": SAME}, bad=("299999",)),
        f"{_TOP}/Z1DOOR/NAME1": text(
            "doors.200001.name", empty={"doors.200001.name": "200001"}),
        f"{_TOP}/Z1DOOR/AUFSD": block({"doors.200001.blocked": True}),
        f"{_TOP}/Z1DOOR/LAND1": code({"AT": {"doors.200001.address.country": "AT"}}),
    }  # fmt: skip


def _own_fields() -> Mapping[str, Values]:
    """The customer itself."""
    address = {
        f"{_TOP}/{name}": text(f"address.{at}", missing={f"address.{at}": ""})
        for name, at in {"STRAS": "street", "PSTLZ": "postal_code", "ORT01": "city",
                         "REGIO": "region"}.items()
    }  # fmt: skip
    return address | {
        f"{_TOP}/MSGFN": [("003", (GONE,)), ("005", (SAME,)), (MISSING, (REFUSED,))],
        f"{_TOP}/KUNNR": key({"100001": SAME, "100009": OTHER}),
        f"{_TOP}/NAME1": text("name", empty={"name": "100001"}),
        f"{_TOP}/NAME2": [("& Co", ({"name": "Läufer GmbH & Co"},)), ([], (REFUSED,))],
        f"{_TOP}/LAND1": code({"AT": {"address.country": "AT"}, "de": REFUSED, "": REFUSED}),
        f"{_TOP}/SPRAS": [("X", (SAME,)), ("d", (SAME,)), ([], (REFUSED,))],
        f"{_TOP}/SPRAS_ISO": [
            ("FR", ({"language": "fr"},)), ("NO", ({"language": "nb"},)), ("", (SAME,)),
            ("Z1", (REFUSED,)), ("Ｄ", (REFUSED,)), (MISSING, (SAME,)),
        ],
        f"{_TOP}/STCEG": [
            ("DE999", ({"vat_id": "DE999", "vat_id_valid": False},)),
            ("", ({"vat_id": "", "vat_id_valid": False},)), ([], (REFUSED,)),
        ],
    }  # fmt: skip


def _area_fields() -> Mapping[str, Values]:
    """What it is in a sales area."""
    return {
        f"{_AREA}/VKORG": code({"9999": REFUSED}),
        f"{_AREA}/VTWEG": code({"99": REFUSED}),
        f"{_AREA}/SPART": code({"99": REFUSED}),
        f"{_AREA}/LOEVM": block({"blocks": ["deletion"], "order_block": True}),
        f"{_AREA}/WAERS": code({"USD": {"currency": "USD"}, "XYZ": REFUSED, "eur": REFUSED,
                               "DEM": REFUSED}),
        f"{_AREA}/PLTYP": [("W2", ({"price_list": "W2"},)), ("", ({"price_list": ""},)), ([], (REFUSED,))],
        f"{_AREA}/ZTERM": [("ZN60", ({"payment_terms": "ZN60"},)), (MISSING, (REFUSED,))],
        f"{_AREA}/INCO1": [("EXW", ({"incoterms": "EXW"},)), (MISSING, (REFUSED,))],
        f"{_AREA}/VWERK": key({"US01": {"plant": "US01"}}),
        f"{_AREA}/KDGRP": [("02", ({"customer_group": "02"},)), ("", ({"customer_group": ""},)),
                          ([], (REFUSED,))],
        f"{_AREA}/E1KNVPM/PARVW": [("RE", ({"doors.200001": ANY},)), ([], (REFUSED,)),
                                 (MISSING, (REFUSED,))],
        f"{_AREA}/E1KNVPM/KUNN2": key({"200001": SAME}),
        f"{_AREA}/E1KNVPM#1/DEFPA": flag({"doors.200002.default": True}),
        f"{_AREA}/Z1KNVV/ASORT": key({"OTHER": {"assortment": "OTHER"}}),
        f"{_AREA}/Z1KNVV/ATPDISP": code({"C": {"availability_display": "cap"},
                                        "L": {"availability_display": "light"}}),
        f"{_AREA}/Z1KNVV/MINORD": number({"500.00": {"minimum_order": 50_000},
                                         500: {"minimum_order": 50_000}}, bad=("1.005",)),
    }  # fmt: skip


_CUSTOMER_STRUCTURE: dict[tuple[str, str], Effects] = {
    ("E1KNA1M/E1KNVVM", "doubled"): (SAME,),
    ("E1KNA1M/E1KNVVM/E1KNVPM", "doubled"): (SAME,),
    ("E1KNA1M/E1KNVVM/E1KNVPM", "dropped"): ({"doors": {}},),
    ("E1KNA1M/Z1DOOR", "doubled"): (SAME,),
}


def _ship_to(system: SourceSystem, number: str = "200001") -> Idoc:
    account = {"KTOKD": system.customers.door_groups[0]}
    idoc = debmas(number, doors=(), customer=account)
    head = idoc["E1KNA1M"][0]
    del head["E1KNVVM"], head["Z1DOOR"]
    return of(system, idoc)


def _place_view(stored: Mapping[str, Any]) -> Any:
    return without(stored.get("place") or {}, "stamp")


def _place_fields(system: SourceSystem) -> Mapping[str, Values]:
    return {
        **{f"{_TOP}/{name}": block({"blocked": True})
           for name in ("LOEVM", "CASSD", "AUFSD", "LIFSD", "FAKSD")},
        f"{_TOP}/KUNNR": key({"200001": SAME, "200009": OTHER}),
        f"{_TOP}/KTOKD": [(one, (SAME,)) for one in system.customers.door_groups]
        + [("", (REFUSED,)), ("0001", (REFUSED,)), ([], (REFUSED,)), (MISSING, (REFUSED,))],
        f"{_TOP}/NAME1": text("name", empty={"name": "200001"}),
        f"{_TOP}/NAME2": [("& Co", ({"name": "Läufer GmbH & Co"},)), ([], (REFUSED,))],
        f"{_TOP}/LAND1": code({"AT": {"address.country": "AT"}, "de": REFUSED, "": REFUSED}),
        f"{_TOP}/STRAS": text("address.street", missing={"address.street": ""}),
        f"{_TOP}/ORT01": text("address.city", missing={"address.city": ""}),
        f"{_TOP}/STCEG": unread(),
    }  # fmt: skip


def _zcredit(system: SourceSystem, number: str = "100001") -> Idoc:
    return of(system, zcredit(number, KKBER=system.customers.credit_areas[0], exposure="12.00"))


def _credit_view(stored: Mapping[str, Any]) -> Any:
    return without(stored.get("credit") or {}, "stamp")


def _credit_fields(_: SourceSystem) -> Mapping[str, Values]:
    row = "Z1CREDIT"
    return {
        f"{row}/KUNNR": key({"100001": SAME, "100009": OTHER}),
        f"{row}/KKBER": code({"9999": REFUSED}),
        f"{row}/KLIMK": number({"5.00": {"limit": 500}, "5.00-": {"limit": -500}, -5: {"limit": -500}},
                               bad=("1.005", f"{'9' * 17}.00"), negative=True),
        f"{row}/SKFOR": number({"5.00": {"exposure": 500}, "5.00-": {"exposure": -500}},
                               bad=("1.005",), negative=True),
        f"{row}/WAERS": code({"USD": {"currency": "USD"}, "eur": REFUSED}),
        f"{row}/CRBLB": flag({"blocked": True}),
    }  # fmt: skip


DEBMAS = Family(
    "DEBMAS",
    "sync_customers",
    "sap-customers",
    _debmas,
    lambda system: _debmas(system, "100002"),
    "companies/100001",
    "companies/100002",
    _customer_fields,
    _profile_view,
    structure=_CUSTOMER_STRUCTURE,
)

SHIP_TO = Family(
    "DEBMAS of a ship-to",
    "sync_customers",
    "sap-customers",
    _ship_to,
    lambda system: _ship_to(system, "200003"),
    "ship_tos/200001",
    "ship_tos/200003",
    _place_fields,
    _place_view,
    # One of nobody would wait for its sold-to.
    before=lambda _: {
        **{f"companies/{id_}": to_document(company(id_)) for id_ in ("100001", "100002")},
        "ship_tos/200001": {"companies": {"100001": True}},
        "ship_tos/200003": {"companies": {"100002": True}},
    },
    sent_by=lambda system: bool(system.customers.door_groups),
)

ZCREDIT = Family(
    "ZCREDIT",
    "sync_customers",
    "sap-customers",
    _zcredit,
    lambda system: _zcredit(system, "100002"),
    "companies/100001",
    "companies/100002",
    _credit_fields,
    _credit_view,
    # Credit of a company that is not there would wait for it.
    before=lambda _: {
        f"companies/{id_}": to_document(company(id_)) for id_ in ("100001", "100002")
    },
)
