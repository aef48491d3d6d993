"""COND_A: all condition records of one key become a price key of a style in a currency."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from shared.market.currencies import currency_fault, last_day
from shared.money import Currency
from shared.price.model import PriceKey, PriceKind, PriceRecord, Source, Tier
from shared.sap.fault import UntranslatableMessageError
from shared.sap.fields import Alpha, Amount, Date, Flag, Key, Pieces, Whole, minor_units
from shared.sap.idoc import Idoc

CHANNEL = "10"
"""Wholesale; SAP's other distribution channels (VTWEG) are not ours."""

_KINDS: dict[str, PriceKind] = {"PR00": "wholesale", "VKP0": "rrp"}
_SOURCES = {"304": Source.CUSTOMER, "305": Source.PRICE_LIST, "306": Source.MARKET}


class _Key(BaseModel):
    KSCHL: Literal["PR00", "VKP0"]
    KOTABNR: Literal["304", "305", "306"]
    VKORG: Key
    VTWEG: str
    KUNNR: str = ""
    PLTYP: str = ""
    WAERK: Currency
    MATNR: Alpha


class _Header(BaseModel):
    KNUMH: str
    DATAB: Date
    DATBI: Date


class _Position(BaseModel):
    KNUMH: str
    KRECH: Literal["C"]  # an amount per quantity; prices are nothing else
    KBETR: Annotated[Amount, Field(ge=0)]
    KONWA: str
    KPEIN: Annotated[Whole, Field(ge=1)]
    LOEVM_KO: Flag = False


class _Scale(BaseModel):
    KNUMH: str
    KSTBM: Pieces
    KBETR: Annotated[Amount, Field(ge=0)]


class _Condition(BaseModel):
    E1KOMG: list[_Key] = Field(min_length=1, max_length=1)
    E1KONH: list[_Header] = []
    E1KONP: list[_Position] = []
    E1KONM: list[_Scale] = []


class _Customer(BaseModel):
    KUNNR: Alpha


class _PriceList(BaseModel):
    PLTYP: Key


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


def price_key(idoc: Idoc) -> StylePriceKey | None:
    """The price key of one COND_A; None where it is another channel's.

    Raises:
        UntranslatableMessageError, pydantic.ValidationError: with every fault.
    """
    raw = _Condition.model_validate(idoc.segments)
    key = raw.E1KOMG[0]
    if key.VTWEG != CHANNEL:
        return None
    if faults := [*_faults(raw), *_currency_faults(raw)]:
        raise UntranslatableMessageError(faults)
    holder = _holder(key)
    return StylePriceKey(
        style=key.MATNR,
        currency=key.WAERK,
        name=f"{key.KSCHL}~{key.KOTABNR}~{key.VKORG}~{holder}",
        key=PriceKey(
            stamp=idoc.stamp,
            kind=_KINDS[key.KSCHL],
            source=_SOURCES[key.KOTABNR],
            holder=holder,
            organisation=key.VKORG,
            records=_records(raw, key.WAERK),
        ),
    )


def _holder(key: _Key) -> str:
    match _SOURCES[key.KOTABNR]:
        case Source.CUSTOMER:
            return _Customer(KUNNR=key.KUNNR).KUNNR
        case Source.PRICE_LIST:
            return _PriceList(PLTYP=key.PLTYP).PLTYP
        case Source.MARKET:
            return key.VKORG


def _faults(raw: _Condition) -> list[str]:
    currency = raw.E1KOMG[0].WAERK
    faults = []
    counts = Counter(position.KNUMH for position in raw.E1KONP)
    for header in raw.E1KONH:
        if (count := counts[header.KNUMH]) != 1:
            faults.append(f"E1KONP: {count} rows of {header.KNUMH} instead of one")
        if header.DATAB > header.DATBI:
            faults.append(f"E1KONH: {header.KNUMH} ends before it begins")
    faults += [
        f"E1KONP: {position.KNUMH} is in {position.KONWA}, not {currency}"
        for position in raw.E1KONP
        if currency != position.KONWA
    ]
    amounts = [(position.KNUMH, position.KBETR) for position in raw.E1KONP]
    amounts += [(scale.KNUMH, scale.KBETR) for scale in raw.E1KONM]
    for record, amount in amounts:
        try:
            if minor_units(amount, currency) > MOST_PRICE:
                faults.append(f"KBETR of {record}: {amount} is more than a price can be")
        except ValueError as error:
            faults.append(f"KBETR of {record}: {error}")
    return faults


def _currency_faults(raw: _Condition) -> list[str]:
    currency = raw.E1KOMG[0].WAERK
    return [
        f"E1KONH: {header.KNUMH} of {header.DATAB}: {fault}"
        for header in raw.E1KONH
        if (fault := currency_fault(currency, header.DATAB))
    ]


def _records(raw: _Condition, currency: str) -> list[PriceRecord]:
    # SAP's prices often have no end; those in a currency that is history have one all the same.
    end = last_day(currency) or date.max
    positions = {position.KNUMH: position for position in raw.E1KONP if not position.LOEVM_KO}
    tiers = _tiers(raw, currency)
    return [
        PriceRecord(
            valid_from=header.DATAB,
            valid_to=min(header.DATBI, end),
            amount=minor_units(positions[header.KNUMH].KBETR, currency),
            per=positions[header.KNUMH].KPEIN,
            tiers=tiers.get(header.KNUMH, []),
        )
        for header in raw.E1KONH
        if header.KNUMH in positions
    ]


def _tiers(raw: _Condition, currency: str) -> dict[str, list[Tier]]:
    """By record, ascending. A scale may begin at 0; nobody orders less than one piece."""
    amounts: dict[str, dict[int, int]] = {}
    for scale in raw.E1KONM:
        of_record = amounts.setdefault(scale.KNUMH, {})
        of_record[max(1, scale.KSTBM)] = minor_units(scale.KBETR, currency)
    return {
        record: [Tier(quantity=quantity, amount=tiers[quantity]) for quantity in sorted(tiers)]
        for record, tiers in amounts.items()
    }
