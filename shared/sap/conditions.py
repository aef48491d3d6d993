"""COND_A: all condition records of one key become a price key of a style, or variant, in a currency."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from shared.market.currencies import currency_fault, last_day
from shared.price.model import MOST_PRICE, PriceKey, PriceKind, Source, VariantPriceKey
from shared.sap.condition_key import (
    PRICING,
    Header,
    Komg,
    Records,
    Validity,
    currency_of,
    is_deleted,
    is_ours,
    one_currency,
    overlaps,
    owner_of,
)
from shared.sap.discounts import DiscountConditions, read_discount
from shared.sap.fault import UntranslatableMessageError
from shared.sap.fields import Amount, Flag, Pieces, Whole, minor_units
from shared.sap.idoc import Idoc
from shared.sap.price_settings import ConditionTable, Prices
from shared.sap.scales import Condition, PiecesIn
from shared.sap.source_system import SourceSystem

_QUANTITY_SCALES = ("", "C")
"""KONP-KZBZG: scales by quantity."""
_FROM, _TO = ("", "A"), "B"


class _Scale(BaseModel):
    KSTBM: Pieces
    KBETR: Annotated[Amount, Field(ge=0)]


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


class _WholePosition(_Position):
    LOEVM_KO: Flag = False


class _WholeHeader(Validity):
    E1KONP: list[_WholePosition] = Field(min_length=1, max_length=1)


class _WholeKey(Komg):
    E1KONH: list[_WholeHeader] = Field(min_length=1)


class WholeConditions(BaseModel):
    """A COND_A of prices that are ours, as its JSON Schema tells it."""

    E1KOMG: list[_WholeKey] = Field(min_length=1, max_length=1)


class _Prices(BaseModel):
    """What is read of the records that SAP has not deleted, so that every fault has its place."""

    E1KONP: list[_Position]


class _Condition(BaseModel):
    E1KOMG: list[dict[str, object]] = Field(min_length=1, max_length=1)


@dataclass(frozen=True)
class StylePriceKey:
    """A price key and where it belongs; `name` identifies it among those of the style."""

    style: str
    currency: str
    name: str
    key: PriceKey | VariantPriceKey


@dataclass(frozen=True)
class ArticleConditions:
    """What a COND_A says, in SAP's units, of a generic article or a variant of one."""

    article: str
    currency: str
    name: str
    stamp: str
    kind: PriceKind
    source: Source
    holder: str
    organisation: str
    conditions: tuple[Condition, ...]

    def in_pieces(self, pieces_in: PiecesIn, generic: str = "") -> StylePriceKey:
        """The price key per piece; whatever `pieces_in` raises.

        `generic` is the style that the article is a variant of, "" where it is the style itself.
        """
        key = PriceKey(
            stamp=self.stamp,
            kind=self.kind,
            source=self.source,
            holder=self.holder,
            organisation=self.organisation,
            records=[one.as_price(pieces_in) for one in self.conditions],
        )
        if not generic:
            return StylePriceKey(self.article, self.currency, self.name, key)
        of_variant = VariantPriceKey(**dict(key), article=self.article)
        return StylePriceKey(generic, self.currency, f"{self.name}~{self.article}", of_variant)


def read_conditions(idoc: Idoc) -> ArticleConditions | DiscountConditions | None:
    """The conditions of one COND_A; None where they are not of sales prices, or another channel's.

    Raises:
        UntranslatableMessageError, pydantic.ValidationError: with every fault.
    """
    row = _Condition.model_validate(idoc.segments).E1KOMG[0]
    key, settings = Komg.model_validate(row), idoc.system.prices
    if key.KVEWE != PRICING or settings.application != key.KAPPL or key.KSCHL in settings.ignored:
        return None
    step = settings.step_of(key.KSCHL)
    table = _table(key, settings.tables if step is None else settings.discount_tables, settings)
    values = key.values(table)
    if not is_ours(values, idoc.system):
        return None
    if step is not None:
        return read_discount(idoc, row, values, table, step)
    return _price(idoc, row, key.KSCHL, values, table)


def _price(
    idoc: Idoc,
    row: Mapping[str, object],
    kind: str,
    values: Mapping[str, str],
    table: ConditionTable,
) -> ArticleConditions:
    headers = Records.model_validate(row).E1KONH
    currency = _currency(values, headers)
    in_force = [
        (header, _Prices.model_validate(header.model_dump(include={"E1KONP"})).E1KONP[0])
        for header in headers
        if not is_deleted(header)
    ]
    if faults := [
        *_faults(in_force, currency, idoc.system),
        *overlaps([header for header, _ in in_force]),
    ]:
        raise UntranslatableMessageError(faults)
    owner = owner_of(values, table)
    return ArticleConditions(
        article=owner.article,
        currency=currency,
        name=f"{kind}~{table.number}~{owner.organisation}~{owner.holder}",
        stamp=idoc.stamp,
        kind=idoc.system.prices.types[kind],
        source=owner.source,
        holder=owner.holder,
        organisation=owner.organisation,
        conditions=tuple(_condition(*one, currency, idoc.system) for one in in_force),
    )


def _table(key: Komg, tables: Iterable[ConditionTable], settings: Prices) -> ConditionTable:
    """The condition table of a key whose type is one of the settings'."""
    faults = []
    if settings.step_of(key.KSCHL) is None and key.KSCHL not in settings.types:
        faults.append(
            f"E1KOMG/KSCHL: {key.KSCHL!r} is no price, discount or surcharge of the settings, nor"
            " ignored by them"
        )
    table = next((one for one in tables if one.number == key.KOTABNR), None)
    if table is None:
        faults.append(f"E1KOMG/KOTABNR: {key.KOTABNR!r} is no condition table of the settings")
    if faults or table is None:
        raise UntranslatableMessageError(faults)
    return table


def _currency(values: Mapping[str, str], headers: list[Header]) -> str:
    found = [currency_of(header) for header in headers]
    if currency := one_currency(values, found):
        return currency
    told = values.get("WAERK") or ", ".join(sorted({*found}))
    raise UntranslatableMessageError([f"WAERK, KONWA: {told!r} is not one currency"])


def _faults(
    in_force: list[tuple[Header, _Position]], currency: str, system: SourceSystem
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


def _position_faults(position: _Position, currency: str) -> Iterator[str]:
    if position.KRECH != "C":
        yield f"has the calculation rule (KRECH) {position.KRECH!r}, and is no price per quantity"
    if currency != position.KONWA:
        yield f"is in {position.KONWA}, not {currency}"
    if position.E1KONW or (position.E1KONM and position.KZBZG not in _QUANTITY_SCALES):
        yield "has a scale that is not by quantity (E1KONW, KZBZG), which is applied to discounts only"
    if position.E1KONM and position.STFKZ not in (*_FROM, _TO):
        yield f"has a scale (STFKZ) {position.STFKZ!r} that is neither from nor to"
    thresholds = Counter(row.KSTBM for row in position.E1KONM)
    yield from (f"has {n} twice in its scale" for n, count in thresholds.items() if count > 1)


def _condition(
    header: Header, position: _Position, currency: str, system: SourceSystem
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
