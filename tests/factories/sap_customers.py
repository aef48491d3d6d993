"""Customers and their credit as SAP publishes them; say only what matters."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.factories.sap import STAMP, Idoc, control, curr, kunnr

PLACE = {
    "STRAS": "Laufweg 1",
    "PSTLZ": "10115",
    "ORT01": "Berlin",
    "REGIO": "BE",
    "LAND1": "DE",
    "AUFSD": "",
}


def debmas(
    number: str = "100001",
    serial: str = STAMP,
    doors: Sequence[str] = ("200001", "200002"),
    customer: Mapping[str, str] | None = None,
    area: Mapping[str, str] | None = None,
    own: Mapping[str, str] | None = None,
) -> Idoc:
    """A German retailer with its doors, the first of them the default; `own` is of Z1KNVV."""
    return {
        "EDI_DC40": control("DEBMAS", serial),
        "E1KNA1M": [
            {
                "MSGFN": "004",
                "KUNNR": kunnr(number),
                "NAME1": "Läufer GmbH",
                **PLACE,
                "SPRAS": "D",
                "SPRAS_ISO": "DE",
                "STCEG": "DE136695976",
                **(customer or {}),
                "E1KNVVM": [sales_area(doors, area, own)],
                "Z1DOOR": [
                    {"KUNNR": kunnr(door), "NAME1": f"Door {door}", **PLACE} for door in doors
                ],
            }
        ],
    }


def sales_area(
    doors: Sequence[str] = ("200001", "200002"),
    area: Mapping[str, str] | None = None,
    own: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """A row of E1KNVVM with its partners."""
    return {
        "VKORG": "1000",
        "VTWEG": "10",
        "SPART": "00",
        "WAERS": "EUR",
        "PLTYP": "W1",
        "KDGRP": "01",
        "ZTERM": "ZN30",
        "INCO1": "DAP",
        "INCO2": "Berlin",
        "VWERK": "EU01",
        "AUFSD": "",
        **(area or {}),
        "E1KNVPM": [
            {"PARVW": "WE", "KUNN2": kunnr(door), "DEFPA": "" if i else "X"}
            for i, door in enumerate(doors)
        ],
        "Z1KNVV": [{"ASORT": "SPORT", "ATPDISP": "E", "MINORD": "0.00", **(own or {})}],
    }


def debmas_deleted(number: str = "100001", serial: str = STAMP) -> Idoc:
    """The deletion of a customer."""
    return {
        "EDI_DC40": control("DEBMAS", serial),
        "E1KNA1M": [{"MSGFN": "003", "KUNNR": kunnr(number)}],
    }


def zcredit(
    number: str = "100001",
    serial: str = STAMP,
    limit: str = "100000.00",
    exposure: str = "0.00",
    currency: str = "EUR",
    **fields: str,
) -> Idoc:
    """Credit figures; the amounts are real."""
    return {
        "EDI_DC40": control("ZCREDIT", serial),
        "Z1CREDIT": [
            {
                "KUNNR": kunnr(number),
                "KKBER": "1000",
                "KLIMK": curr(limit, currency),
                "SKFOR": curr(exposure, currency),
                "WAERS": currency,
                **fields,
            }
        ],
    }
