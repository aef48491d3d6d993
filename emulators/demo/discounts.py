"""Discounts of the European sales organisation, one COND_A IDoc a key."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from emulators.demo.articles import base_unit
from emulators.demo.catalogue import Style
from emulators.demo.companies import Company
from emulators.demo.idoc import Idoc, Outbox, curr, dats, material, partner
from emulators.demo.prices import FOREVER

SALES_ORG = "1000"
_FIRST_RECORD = 500_000_000
"""KNUMH of the first, beyond those of prices."""

_VALUES = ((500_00, 5), (1500_00, 8))
"""A promotion's scale: percent from so many hundredths of EUR of the style on."""


def discount_idocs(
    outbox: Outbox, styles: tuple[Style, ...], companies: tuple[Company, ...], today: date
) -> Iterator[Idoc]:
    """Every fifth company has 3 % on all that it buys, the first one 2.00 on some styles, and on
    some styles everybody has a percentage by value."""
    since = dats(date(today.year - 1, today.month, 1))
    ours = [company for company in companies if company.market.sales_org == SALES_ORG]
    if not ours:
        return
    count = 0

    def condition(kind: str, table: str, position: dict[str, Any], **key: str) -> Idoc:
        nonlocal count
        count += 1
        komg = {
            "KVEWE": "A",
            "KAPPL": "V",
            "KSCHL": kind,
            "KOTABNR": table,
            "VKORG": SALES_ORG,
            "VTWEG": "10",
            "SPART": "",
            "KUNNR": "",
            "MATNR": "",
            **key,
        }
        # Fields of the key that the table has not are empty, and take no room.
        komg["VAKEY"] = "".join(komg[name] for name in _KEYS[table])
        row = {"KOPOS": "01", "KSCHL": kind, "LOEVM_KO": "", **position}
        header = {"KNUMH": str(_FIRST_RECORD + count).zfill(10), "DATAB": since, "DATBI": FOREVER}
        return outbox.idoc(
            "COND_A", "COND_A04", E1KOMG=[{**komg, "E1KONH": [{**header, "E1KONP": [row]}]}]
        )

    for company in ours:
        if company.position % 5 == 1:
            customer = partner(company.id)
            yield condition("K007", "007", _percent(3), SPART="00", KUNNR=customer)
    for style in styles:
        if style.position % 20 == 7:
            for company in ours[:1]:
                less = _amount(2_00, company.market.currency, base_unit(style)[0])
                key = {"KUNNR": partner(company.id), "MATNR": material(style.number)}
                yield condition("K005", "005", less, **key)
        if style.position % 15 == 9:
            yield condition("KA00", "004", _by_value(), MATNR=material(style.number))


_KEYS = {
    "004": ("VKORG", "VTWEG", "MATNR"),
    "005": ("VKORG", "VTWEG", "KUNNR", "MATNR"),
    "007": ("VKORG", "VTWEG", "SPART", "KUNNR"),
}


def _percent(percent: int) -> dict[str, Any]:
    """SAP keeps percentages with three decimals in a field of two: 3 % is "30.00-"."""
    return {"KRECH": "A", "KBETR": f"{percent * 10}.00-", "KONWA": "%", "KPEIN": "0", "KMEIN": ""}


def _amount(hundredths: int, currency: str, unit: str) -> dict[str, Any]:
    less = f"{curr(hundredths, currency)}-"
    return {"KRECH": "C", "KBETR": less, "KONWA": currency, "KPEIN": "1", "KMEIN": unit}


def _by_value() -> dict[str, Any]:
    rows = [
        {
            "KOPOS": "01",
            "KLFN1": f"{line:04d}",
            "KSTBW": curr(value, "EUR"),
            "KBETR": f"{percent * 10}.00-",
        }
        for line, (value, percent) in enumerate(_VALUES, 1)
    ]
    return {**_percent(0), "KZBZG": "B", "STFKZ": "A", "KONWS": "EUR", "E1KONW": rows}
