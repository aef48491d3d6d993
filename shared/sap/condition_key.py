"""The key of condition records (E1KOMG): whose they are and of which article; their validity (E1KONH)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from pydantic import BaseModel, Field

from shared.price.holders import customer_group
from shared.price.model import Source
from shared.sap.fault import UntranslatableMessageError
from shared.sap.fields import Alpha, Date, Flag, Key
from shared.sap.price_settings import ConditionTable, Holder
from shared.sap.shapes import shapes_of
from shared.sap.source_system import SourceSystem

PRICING = "A"
"""KVEWE, the usage of a condition table; others are of output, texts and free goods."""

_SOURCES = {
    "customer": Source.CUSTOMER,
    "price_group": Source.PRICE_GROUP,
    "customer_group": Source.PRICE_GROUP,
    "price_list": Source.PRICE_LIST,
    "market": Source.MARKET,
}

_WIDTHS = {
    "VKORG": 4,
    "VTWEG": 2,
    "SPART": 2,
    "KUNNR": 10,
    "PLTYP": 2,
    "KONDA": 2,
    "KDGRP": 2,
    "KONDM": 2,
    "WAERK": 5,
    "MATNR": 40,
}
"""Of key fields within VAKEY; MATNR is the last and may be shorter."""


class Komg(BaseModel):
    """E1KOMG."""

    KAPPL: str = Field(min_length=1)
    KSCHL: str
    KOTABNR: str = ""
    KVEWE: str = PRICING
    VAKEY: str = ""
    VAKEY_LONG: str = ""
    VKORG: str = ""
    VTWEG: str = ""
    SPART: str = ""
    KUNNR: str = ""
    PLTYP: str = ""
    KONDA: str = ""
    KDGRP: str = ""
    KONDM: str = ""
    WAERK: str = ""
    MATNR: str = ""

    def values(self, table: ConditionTable) -> dict[str, str]:
        """The values of the table's key fields; those that the segment lacks are cut from VAKEY."""
        joined = self.VAKEY_LONG or self.VAKEY
        values: dict[str, str] = {}
        start = 0
        for field in table.key:
            values[field] = (
                str(getattr(self, field)).strip() or joined[start : start + _WIDTHS[field]].strip()
            )
            start += _WIDTHS[field]
        # Whose price it is can't be told without these, neither that it is another channel's.
        if missing := [name for name in ("VKORG", "VTWEG") if not values.get(name, "-")]:
            raise UntranslatableMessageError([f"E1KOMG/{name}: is empty" for name in missing])
        return values


class Validity(BaseModel):
    """E1KONH without what is in it: a record, and from when until when it is valid."""

    KNUMH: str = ""
    DATAB: Date
    DATBI: Date


class Header(Validity):
    """E1KONH."""

    E1KONP: list[dict[str, object]] = Field(min_length=1, max_length=1)


class Records(BaseModel):
    """All records of a key."""

    E1KONH: list[Header] = Field(min_length=1)


class _Status(BaseModel):
    LOEVM_KO: Flag = False
    KONWA: str = ""


def is_deleted(header: Header) -> bool:
    """Whether SAP has deleted the record."""
    return _Status.model_validate(header.E1KONP[0]).LOEVM_KO


def currency_of(header: Header) -> str:
    """What the record's amount is in."""
    return _Status.model_validate(header.E1KONP[0]).KONWA


def overlaps(headers: Iterable[Header]) -> Iterator[str]:
    """SAP has one record of a key for a day; of two nobody knows which one counts."""
    for before, header in pairwise(sorted(headers, key=lambda one: one.DATAB)):
        if header.DATAB <= before.DATBI:
            yield f"E1KONH: two records of {header.DATAB}, {before.KNUMH} and {header.KNUMH}"


class _Article(BaseModel):
    MATNR: Alpha


class _Customer(BaseModel):
    KUNNR: Alpha


class _PriceList(BaseModel):
    PLTYP: Key


class _PriceGroup(BaseModel):
    KONDA: Key


class _CustomerGroup(BaseModel):
    KDGRP: Key


class _MaterialGroup(BaseModel):
    KONDM: Key


class _Organisation(BaseModel):
    VKORG: Key


class Owner(BaseModel):
    """Whose condition records are, and of which article; `article` is "" where they are of all, or
    of a material pricing group."""

    source: Source
    holder: str
    organisation: str
    article: str
    material_group: str


def owner_of(values: Mapping[str, str], table: ConditionTable) -> Owner:
    """Whose records of a table are.

    Raises:
        pydantic.ValidationError: a key field has no value, or none that is a key.
    """
    return Owner(
        source=_SOURCES[table.holder],
        holder=_holder(values, table.holder),
        organisation=_Organisation(VKORG=values["VKORG"]).VKORG,
        article=_Article(MATNR=values["MATNR"]).MATNR if "MATNR" in values else "",
        material_group=_MaterialGroup(KONDM=values["KONDM"]).KONDM if "KONDM" in values else "",
    )


def _holder(values: Mapping[str, str], holder: Holder) -> str:
    match holder:
        case "customer":
            return _Customer(KUNNR=values["KUNNR"]).KUNNR
        case "price_group":
            return _PriceGroup(KONDA=values["KONDA"]).KONDA
        case "customer_group":
            return customer_group(_CustomerGroup(KDGRP=values["KDGRP"]).KDGRP)
        case "price_list":
            return _PriceList(PLTYP=values["PLTYP"]).PLTYP
        case "market":
            return values["VKORG"]


def article_of(message: Mapping[str, Any]) -> str:
    """The article that the only COND_A of a message is of, whatever else is wrong with it; "" where
    that can't be told."""
    try:
        key = _key_of(message)
        return _Article(MATNR=key.MATNR.strip()).MATNR
    except (ValueError, LookupError, UntranslatableMessageError):
        return ""


def table_of(message: Mapping[str, Any]) -> str:
    """The condition table of the same (KOTABNR); "" where that can't be told."""
    try:
        return _key_of(message).KOTABNR
    except (ValueError, LookupError, UntranslatableMessageError):
        return ""


def _key_of(message: Mapping[str, Any]) -> Komg:
    [shaped] = shapes_of(message["IDOCS"])
    [row] = shaped.segments["E1KOMG"]
    return Komg.model_validate({"KAPPL": "?", "KSCHL": "?", **row})


def is_ours(values: Mapping[str, str], system: SourceSystem) -> bool:
    """Whether the key is of a sales area whose conditions count, as far as it names one."""
    area = system.condition_areas.get(values["VKORG"])
    return (
        area is not None
        and area.channel == values.get("VTWEG", area.channel)
        and area.division == values.get("SPART", area.division)
    )


def one_currency(values: Mapping[str, str], of_records: Iterable[str]) -> str | None:
    """The key's currency, or that of its records where it has none; None where it is not one."""
    found = set(of_records)
    currency = values.get("WAERK") or (found.pop() if len(found) == 1 else "")
    return currency if re.fullmatch(r"[A-Z]{3}", currency) else None
