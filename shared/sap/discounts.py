"""COND_A of a discount or surcharge: all condition records of one key of such a type."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from shared.market.currencies import currency_fault
from shared.price.discounts import PERCENT
from shared.price.model import MOST_PRICE, DiscountKey, Source
from shared.sap.condition_key import (
    Header,
    Owner,
    Records,
    is_deleted,
    one_currency,
    overlaps,
    owner_of,
)
from shared.sap.fault import UntranslatableMessageError
from shared.sap.fields import Amount, Pieces, Whole, minor_units
from shared.sap.idoc import Idoc
from shared.sap.price_settings import ConditionTable, DiscountType
from shared.sap.scales import Condition, PiecesIn
from shared.sap.source_system import SourceSystem

_RULES = {"percent": "A", "amount": "C"}
"""KONP-KRECH; others are weights, volumes and formulas, and amounts that no price per piece holds."""
_FIXED = "B"
_SCALES: dict[str, Literal["quantity", "value"]] = {"": "quantity", "C": "quantity", "B": "value"}
"""KONP-KZBZG."""
_FROM, _TO = ("", "A"), "B"


class _QuantityRow(BaseModel):
    KSTBM: Pieces
    KBETR: Amount


class _ValueRow(BaseModel):
    KSTBW: Annotated[Amount, Field(ge=0)]
    KBETR: Amount


class _Position(BaseModel):
    KRECH: str
    KBETR: Amount
    KONWA: str = ""
    KPEIN: Whole = 0
    KMEIN: str = ""
    STFKZ: str = ""
    KZBZG: str = ""
    KONMS: str = ""
    KONWS: str = ""
    E1KONM: list[_QuantityRow] = []
    E1KONW: list[_ValueRow] = []

    @property
    def rates(self) -> list[Decimal]:
        """KBETR, and that of each row of the scale."""
        return [
            self.KBETR,
            *(row.KBETR for row in self.E1KONM),
            *(row.KBETR for row in self.E1KONW),
        ]

    @property
    def thresholds(self) -> list[Decimal]:
        """Of the scale, as SAP has them."""
        return [
            *(Decimal(row.KSTBM) for row in self.E1KONM),
            *(row.KSTBW for row in self.E1KONW),
        ]


class _Positions(BaseModel):
    """What is read of the records that SAP has not deleted, so that every fault has its place."""

    E1KONP: list[_Position]


Dated = tuple[Header, _Position]


@dataclass(frozen=True)
class ArticleDiscount:
    """A discount's key and where it belongs: `style` is "" where it is on all articles."""

    style: str
    name: str
    key: DiscountKey


@dataclass(frozen=True)
class DiscountConditions:
    """What a COND_A says of a discount, in SAP's units; `key` has no records yet.

    `is_converted`: its key has no currency, so SAP converts an amount for who pays in another.
    """

    article: str
    name: str
    key: DiscountKey
    conditions: tuple[Condition, ...]
    is_converted: bool = False

    def currency_warnings(self, currencies: Iterable[str]) -> list[str]:
        """What a person is told of it, who sells in `currencies`."""
        others = ", ".join(sorted({*currencies} - {self.key.currency}))
        if not self.is_converted or not others:
            return []
        name, currency = self.name, self.key.currency
        reason = (
            f"{name} is in {currency}; SAP converts it for who pays in {others}, but not Sellin"
        )
        return [f"E1KONP/KONWA: {reason}"]

    def in_pieces(self, pieces_in: PiecesIn, generic: str = "") -> ArticleDiscount:
        """The discount per piece; whatever `pieces_in` raises.

        `generic` is the style that the article is a variant of, "" where it is the style itself.
        """
        told = {
            "records": [one.as_discount(pieces_in) for one in self.conditions],
            "article": self.article if generic else "",
        }
        name = f"{self.name}~{self.article}" if generic else self.name
        return ArticleDiscount(generic or self.article, name, self.key.model_copy(update=told))


def read_discount(
    idoc: Idoc,
    row: Mapping[str, object],
    values: Mapping[str, str],
    table: ConditionTable,
    step: int,
) -> DiscountConditions:
    """The records of one key; `step` is the place of its type in the settings.

    Raises:
        UntranslatableMessageError, pydantic.ValidationError: with every fault.
    """
    settings, system = idoc.system.prices, idoc.system
    kind = settings.discounts[step]
    headers = Records.model_validate(row).E1KONH
    dated = [
        (header, _Positions.model_validate(header.model_dump(include={"E1KONP"})).E1KONP[0])
        for header in headers
        if not is_deleted(header)
    ]
    faults = [*_faults(dated, kind), *_disagreements(dated), *overlaps([one for one, _ in dated])]
    currency = _currency(values, dated, faults)
    if not faults:
        faults += _amount_faults(dated, kind, currency, system)
    if faults:
        raise UntranslatableMessageError(faults)
    owner = owner_of(values, table)
    key = DiscountKey(
        stamp=idoc.stamp,
        condition=kind.type,
        step=step,
        access=settings.discount_tables.index(table),
        calculation=kind.calculation,
        base=kind.base,
        scale=_SCALES[dated[0][1].KZBZG] if dated else "quantity",
        source=owner.source,
        holder=owner.holder,
        organisation=owner.organisation,
        currency=currency,
        material_group=owner.material_group,
        records=[],
    )
    is_customers = owner.source is Source.CUSTOMER
    return DiscountConditions(
        article=owner.article,
        name=_name(kind, table, owner, values),
        key=key,
        conditions=tuple(_condition(*one, kind, currency, system) for one in dated),
        is_converted=bool(currency) and "WAERK" not in table.key and not is_customers,
    )


def _name(
    kind: DiscountType, table: ConditionTable, owner: Owner, values: Mapping[str, str]
) -> str:
    """Without the article, and the currency only where it is in the key."""
    names = (kind.type, table.number, owner.organisation, owner.holder)
    return "~".join([*names, *filter(None, (owner.material_group, values.get("WAERK")))])


def _record(header: Header) -> str:
    return header.KNUMH or f"the record of {header.DATAB}"


def _faults(dated: list[Dated], kind: DiscountType) -> Iterator[str]:
    for header, position in dated:
        record = _record(header)
        if header.DATAB > header.DATBI:
            yield f"E1KONH: {record} ends before it begins"
        yield from (f"E1KONP: {record} {fault}" for fault in _position_faults(position, kind))


def _position_faults(position: _Position, kind: DiscountType) -> Iterator[str]:
    if position.KRECH == _FIXED:
        yield (
            "has the calculation rule (KRECH) 'B', an amount for each item of an order however many"
            " pieces it has, which no price of a piece can hold"
        )
    elif _RULES[kind.calculation] != position.KRECH:
        yield (
            f"has the calculation rule (KRECH) {position.KRECH!r}, and {kind.type} is a discount by"
            f" {kind.calculation} ({_RULES[kind.calculation]}) in the settings"
        )
    if position.KRECH == "A" and position.KONWA not in ("", "%"):
        yield f"is a percentage in {position.KONWA}"
    if position.KRECH == "C" and position.KPEIN < 1:
        yield f"is per {position.KPEIN} (KPEIN) pieces"
    yield from (
        f"has {rate:f} (KBETR), and {kind.type} is a {what} in the settings"
        for rate in position.rates
        if (what := kind.contradicted_by(rate))
    )
    if position.KZBZG not in _SCALES:
        yield f"has a scale by {position.KZBZG!r} (KZBZG), which is not applied"
    if (position.KZBZG == "B" or position.E1KONW) and kind.value_scale is None:
        yield (
            "has a scale by value (E1KONW, KZBZG B), and the settings say of no value that"
            f" {kind.type} counts; that of a whole order can't be known before it is placed"
        )
    elif position.E1KONM if position.KZBZG == "B" else position.E1KONW:
        yield f"has a scale of another kind than its base (KZBZG) {position.KZBZG!r}"
    if position.thresholds and position.STFKZ not in (*_FROM, _TO):
        yield f"has a scale (STFKZ) {position.STFKZ!r} that is neither from nor to"
    counts = Counter(position.thresholds)
    yield from (f"has {n:f} twice in its scale" for n, count in counts.items() if count > 1)


def _disagreements(dated: list[Dated]) -> Iterator[str]:
    if len({_SCALES.get(position.KZBZG) for _, position in dated}) > 1:
        yield "E1KONP: KZBZG: some records have scales by quantity, some by value"


def _currency(values: Mapping[str, str], dated: list[Dated], faults: list[str]) -> str:
    """Of amounts and of values; a percentage of a scale by value has that of the scale alone.

    "" for percentages that hold in every currency.
    """
    if not any(p.KRECH == "C" or p.KZBZG == "B" for _, p in dated):
        return values.get("WAERK", "")
    found = [p.KONWA for _, p in dated if p.KRECH == "C"]
    found += [p.KONWS for _, p in dated if p.KZBZG == "B"]
    currency = one_currency(values, found)
    if currency is None or {currency} != {*found}:
        told = ", ".join(sorted({*found, values.get("WAERK", "")} - {""}))
        faults.append(f"WAERK, KONWA, KONWS: {told!r} is not one currency")
        return ""
    return currency


def _amount_faults(
    dated: list[Dated], kind: DiscountType, currency: str, system: SourceSystem
) -> list[str]:
    faults = []
    for header, position in dated:
        record = _record(header)
        if currency and (fault := currency_fault(currency, header.DATAB)):
            faults.append(f"E1KONH: {record} of {header.DATAB}: {fault}")
        is_percent = position.KRECH == "A"
        for rate in position.rates:
            try:
                found = _rate(rate, position, kind, currency, system)
            except ValueError as error:
                faults.append(f"KBETR of {record}: {error}")
                continue
            if abs(found) > (PERCENT if is_percent else MOST_PRICE):
                faults.append(f"KBETR of {record}: {rate:f} is more than a price can be")
        for row in position.E1KONW:
            try:
                if minor_units(row.KSTBW, currency, system.amounts) > MOST_PRICE:
                    faults.append(f"KSTBW of {record}: {row.KSTBW:f} is more than a price can be")
            except ValueError as error:
                faults.append(f"KSTBW of {record}: {error}")
    return faults


def _rate(
    kbetr: Decimal, position: _Position, kind: DiscountType, currency: str, system: SourceSystem
) -> int:
    """What is taken off, negative where it is added: thousandths of a percent, or minor units.

    SAP keeps three decimals of a percentage in a field of two, as if "%" were a currency: shifted,
    100.00 is 10 %; plain it is "10.000".

    Raises:
        ValueError: it is finer.
    """
    off = kind.reduction_of(kbetr)
    if position.KRECH == "C":
        return minor_units(off, currency, system.amounts)
    rate = off.scaleb(2 if system.amounts == "shifted" else 3)
    if rate != rate.to_integral_value():
        raise ValueError(f"{kbetr:f} is finer than a thousandth of a percent")
    return int(rate)


def _condition(
    header: Header, position: _Position, kind: DiscountType, currency: str, system: SourceSystem
) -> Condition:
    def rate(kbetr: Decimal) -> int:
        return _rate(kbetr, position, kind, currency, system)

    is_amount, unit = position.KRECH == "C", position.KMEIN.strip()
    if position.KZBZG == "B":
        values = [(minor_units(r.KSTBW, currency, system.amounts), r) for r in position.E1KONW]
        scale = [(value, rate(row.KBETR)) for value, row in values]
        scale_unit = ""
    else:
        scale = [(row.KSTBM, rate(row.KBETR)) for row in position.E1KONM]
        scale_unit = (position.KONMS or position.KMEIN).strip()
    return Condition(
        valid_from=header.DATAB,
        valid_to=header.DATBI,
        amount=rate(position.KBETR),
        per=position.KPEIN if is_amount else 1,
        unit=unit if is_amount else "",
        scale_unit=scale_unit,
        is_to_scale=position.STFKZ == _TO,
        scale=tuple(sorted(scale)),
    )
