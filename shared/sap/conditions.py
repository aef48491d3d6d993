"""COND_A: all condition records of one key become a price key of a style in a currency."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Annotated

from pydantic import BaseModel, Field

from shared.market.currencies import currency_fault, last_day
from shared.price.model import PriceKey, PriceKind, Source
from shared.sap.fault import UntranslatableMessageError
from shared.sap.fields import Alpha, Amount, Date, Flag, Key, Pieces, Whole, minor_units
from shared.sap.idoc import Idoc
from shared.sap.scales import Condition, PiecesIn
from shared.sap.source_system import ConditionTable, SourceSystem

_SOURCES = {
    "customer": Source.CUSTOMER,
    "price_list": Source.PRICE_LIST,
    "market": Source.MARKET,
}

_PRICING = "A"
"""KVEWE, the usage of a condition table; others are of output, texts and free goods."""

_WIDTHS = {"VKORG": 4, "VTWEG": 2, "KUNNR": 10, "PLTYP": 2, "WAERK": 5, "MATNR": 40}
"""Of key fields within VAKEY; MATNR is the last and may be shorter."""

_QUANTITY_SCALES = ("", "C")
"""KONP-KZBZG: scales by quantity."""
_FROM, _TO = ("", "A"), "B"


class _Key(BaseModel):
    KAPPL: str = Field(min_length=1)
    KSCHL: str
    KOTABNR: str = ""
    KVEWE: str = _PRICING
    VAKEY: str = ""
    VAKEY_LONG: str = ""
    VKORG: str = ""
    VTWEG: str = ""
    KUNNR: str = ""
    PLTYP: str = ""
    WAERK: str = ""
    MATNR: str = ""
    MATNR_LONG: str = ""


class _Scale(BaseModel):
    KSTBM: Pieces
    KBETR: Annotated[Amount, Field(ge=0)]


class _Deletion(BaseModel):
    LOEVM_KO: Flag = False
    KONWA: str = ""


class _Position(BaseModel):
    KRECH: str
    KBETR: Annotated[Amount, Field(ge=0)]
    KONWA: str
    KPEIN: Annotated[Whole, Field(ge=1, le=99_999)]
    KMEIN: str = ""
    STFKZ: str = ""
    KZBZG: str = ""
    KONMS: str = ""
    E1KONM: list[_Scale] = []
    E1KONW: list[object] = []


class _WholePosition(_Position, _Deletion):
    KONWA: str


class _Validity(BaseModel):
    KNUMH: str = ""
    DATAB: Date
    DATBI: Date


class _WholeHeader(_Validity):
    E1KONP: list[_WholePosition] = Field(min_length=1, max_length=1)


class _WholeKey(_Key):
    E1KONH: list[_WholeHeader] = Field(min_length=1)


class WholeConditions(BaseModel):
    """A COND_A of prices that are ours, as its JSON Schema tells it."""

    E1KOMG: list[_WholeKey] = Field(min_length=1, max_length=1)


class _Header(_Validity):
    E1KONP: list[dict[str, object]] = Field(min_length=1, max_length=1)


class _Records(BaseModel):
    E1KONH: list[_Header] = Field(min_length=1)


class _Prices(BaseModel):
    """What is read of the records that SAP has not deleted, so that every fault has its place."""

    E1KONP: list[_Position]


class _Condition(BaseModel):
    E1KOMG: list[dict[str, object]] = Field(min_length=1, max_length=1)


class _Article(BaseModel):
    MATNR: Alpha


class _Customer(BaseModel):
    KUNNR: Alpha


class _PriceList(BaseModel):
    PLTYP: Key


class _Organisation(BaseModel):
    VKORG: Key


MOST_PRICE = 5 * 10**9
"""Minor units. A cart of the most lines of the most pieces at it, with VAT, still fits the 64 bits
that Firestore counts with: no price makes an order that can't be stored."""


@dataclass(frozen=True)
class StylePriceKey:
    """A price key and where it belongs; `name` identifies it among those of the style."""

    style: str
    currency: str
    name: str
    key: PriceKey


@dataclass(frozen=True)
class StyleConditions:
    """What a COND_A says, in SAP's units."""

    style: str
    currency: str
    name: str
    stamp: str
    kind: PriceKind
    source: Source
    holder: str
    organisation: str
    conditions: tuple[Condition, ...]

    def in_pieces(self, pieces_in: PiecesIn) -> StylePriceKey:
        """The price key per piece; whatever `pieces_in` raises."""
        key = PriceKey(
            stamp=self.stamp,
            kind=self.kind,
            source=self.source,
            holder=self.holder,
            organisation=self.organisation,
            records=[one.in_pieces(pieces_in) for one in self.conditions],
        )
        return StylePriceKey(self.style, self.currency, self.name, key)


def read_conditions(idoc: Idoc) -> StyleConditions | None:
    """The conditions of one COND_A; None where they are not of sales prices, or another channel's.

    Raises:
        UntranslatableMessageError, pydantic.ValidationError: with every fault.
    """
    row = _Condition.model_validate(idoc.segments).E1KOMG[0]
    key, settings = _Key.model_validate(row), idoc.system.prices
    if key.KVEWE != _PRICING or settings.application != key.KAPPL or key.KSCHL in settings.ignored:
        return None
    table = _table(key, idoc.system)
    values = _values(key, table)
    if not _is_ours(values, idoc.system):
        return None
    headers = _Records.model_validate(row).E1KONH
    currency = _currency(values, headers)
    in_force = [
        (header, _Prices.model_validate(header.model_dump(include={"E1KONP"})).E1KONP[0])
        for header in headers
        if not _Deletion.model_validate(header.E1KONP[0]).LOEVM_KO
    ]
    if faults := [*_faults(in_force, currency, idoc.system), *_overlaps(in_force)]:
        raise UntranslatableMessageError(faults)
    holder = _holder(values, table)
    organisation = _Organisation(VKORG=values["VKORG"]).VKORG
    return StyleConditions(
        style=_Article(MATNR=values["MATNR"]).MATNR,
        currency=currency,
        name=f"{key.KSCHL}~{table.number}~{organisation}~{holder}",
        stamp=idoc.stamp,
        kind=settings.types[key.KSCHL],
        source=_SOURCES[table.holder],
        holder=holder,
        organisation=organisation,
        conditions=tuple(_condition(*one, currency, idoc.system) for one in in_force),
    )


def _table(key: _Key, system: SourceSystem) -> ConditionTable:
    """The condition table of a key whose type is one of the settings'."""
    faults = []
    if key.KSCHL not in system.prices.types:
        faults.append(
            f"E1KOMG/KSCHL: {key.KSCHL!r} is no price of the settings, nor ignored by them;"
            " discounts and surcharges are not applied"
        )
    table = next((one for one in system.prices.tables if one.number == key.KOTABNR), None)
    if table is None:
        faults.append(f"E1KOMG/KOTABNR: {key.KOTABNR!r} is no condition table of the settings")
    if faults or table is None:
        raise UntranslatableMessageError(faults)
    return table


def _values(key: _Key, table: ConditionTable) -> Mapping[str, str]:
    """The values of the table's key fields; those that the segment lacks are cut from VAKEY."""
    joined = key.VAKEY_LONG or key.VAKEY
    values: dict[str, str] = {}
    start = 0
    for field in table.key:
        own = key.MATNR_LONG or key.MATNR if field == "MATNR" else str(getattr(key, field))
        values[field] = own.strip() or joined[start : start + _WIDTHS[field]].strip()
        start += _WIDTHS[field]
    # Whose price it is can't be told without these, neither that it is another channel's.
    if missing := [name for name in ("VKORG", "VTWEG") if not values.get(name, "-")]:
        raise UntranslatableMessageError([f"E1KOMG/{name}: is empty" for name in missing])
    return values


def _is_ours(values: Mapping[str, str], system: SourceSystem) -> bool:
    return any(
        (area.organisation, area.channel) == (values["VKORG"], values.get("VTWEG", area.channel))
        for area in system.sales_areas
    )


def _currency(values: Mapping[str, str], headers: list[_Header]) -> str:
    """The key's currency, or that of its records where it has none."""
    found = {_Deletion.model_validate(header.E1KONP[0]).KONWA for header in headers}
    currency = values.get("WAERK") or (found.pop() if len(found) == 1 else "")
    if not re.fullmatch(r"[A-Z]{3}", currency):
        told = currency or ", ".join(sorted(found))
        raise UntranslatableMessageError([f"WAERK, KONWA: {told!r} is not one currency"])
    return currency


def _holder(values: Mapping[str, str], table: ConditionTable) -> str:
    match table.holder:
        case "customer":
            return _Customer(KUNNR=values["KUNNR"]).KUNNR
        case "price_list":
            return _PriceList(PLTYP=values["PLTYP"]).PLTYP
        case "market":
            return values["VKORG"]


def _faults(
    in_force: list[tuple[_Header, _Position]], currency: str, system: SourceSystem
) -> Iterator[str]:
    for header, position in in_force:
        record = header.KNUMH or f"the record of {header.DATAB}"
        if header.DATAB > header.DATBI:
            yield f"E1KONH: {record} ends before it begins"
        if fault := currency_fault(currency, header.DATAB):
            yield f"E1KONH: {record} of {header.DATAB}: {fault}"
        yield from (f"E1KONP: {record} {fault}" for fault in _position_faults(position, currency))
        for amount in (position.KBETR, *(row.KBETR for row in position.E1KONM)):
            try:
                if minor_units(amount, currency, system.amounts) > MOST_PRICE:
                    yield f"KBETR of {record}: {amount} is more than a price can be"
            except ValueError as error:
                yield f"KBETR of {record}: {error}"


def _overlaps(in_force: list[tuple[_Header, _Position]]) -> Iterator[str]:
    """SAP has one record of a key for a day; of two nobody knows which is the price."""
    headers = sorted((header for header, _ in in_force), key=lambda one: one.DATAB)
    for before, header in pairwise(headers):
        if header.DATAB <= before.DATBI:
            yield f"E1KONH: two records of {header.DATAB}, {before.KNUMH} and {header.KNUMH}"


def _position_faults(position: _Position, currency: str) -> Iterator[str]:
    if position.KRECH != "C":
        yield f"has the calculation rule (KRECH) {position.KRECH!r}, and is no price per quantity"
    if currency != position.KONWA:
        yield f"is in {position.KONWA}, not {currency}"
    if position.E1KONW or (position.E1KONM and position.KZBZG not in _QUANTITY_SCALES):
        yield "has a scale that is not by quantity (E1KONW, KZBZG), which is not applied"
    if position.E1KONM and position.STFKZ not in (*_FROM, _TO):
        yield f"has a scale (STFKZ) {position.STFKZ!r} that is neither from nor to"
    thresholds = Counter(row.KSTBM for row in position.E1KONM)
    yield from (f"has {n} twice in its scale" for n, count in thresholds.items() if count > 1)


def _condition(
    header: _Header, position: _Position, currency: str, system: SourceSystem
) -> Condition:
    # SAP's prices often have no end; those in a currency that is history have one all the same.
    end = last_day(currency) or date.max
    scale = sorted(
        (row.KSTBM, minor_units(row.KBETR, currency, system.amounts)) for row in position.E1KONM
    )
    return Condition(
        valid_from=header.DATAB,
        valid_to=min(header.DATBI, end),
        amount=minor_units(position.KBETR, currency, system.amounts),
        per=position.KPEIN,
        unit=position.KMEIN.strip(),
        scale_unit=(position.KONMS or position.KMEIN).strip(),
        is_to_scale=position.STFKZ == _TO,
        scale=tuple(scale),
    )
