"""Discounts and surcharges that SAP finds by itself when it prices an item.

Of what a sales order brings by hand the types take the place of these, where it says so (COND_HANDL).
Scales are left out: who relies on SAP's own discounts is seen by any other.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from emulators.sap.amounts import number, rounded, unshifted
from emulators.sap.master import Idoc
from shared.sap.price_settings import DiscountType
from shared.sap.source_system import SourceSystem


@dataclass(frozen=True)
class Discount:
    """A record; `key` are the fields of its condition table, `access` is that table's place in the
    access sequence. `rate` is a share, or a real amount of `currency` for `per` pieces, negative where
    it is added."""

    type: DiscountType
    access: int
    key: Mapping[str, str]
    first: str
    last: str
    rate: Decimal
    per: Decimal
    currency: str


def discounts_of(conditions: Iterable[Idoc], settings: SourceSystem) -> list[Discount]:
    """The records of the discounts' types, in the order of the pricing procedure."""
    keys = [key for idoc in conditions for key in idoc["E1KOMG"]]
    return [
        found
        for kind in settings.prices.discounts
        for key in keys
        if key["KSCHL"] == kind.type
        for found in _records(kind, key, settings)
    ]


def _records(kind: DiscountType, key: Idoc, settings: SourceSystem) -> Iterator[Discount]:
    tables = settings.prices.discount_tables
    access = next(i for i, table in enumerate(tables) if table.number == key["KOTABNR"])
    is_shifted = settings.amounts == "shifted"
    for header in key["E1KONH"]:
        position = header["E1KONP"][0]
        if position.get("LOEVM_KO"):
            continue
        is_percent, rate = position["KRECH"] == "A", kind.reduction_of(number(position["KBETR"]))
        if is_percent:
            rate = rate.scaleb(-3 if is_shifted else -2)
        elif is_shifted:
            rate = unshifted(rate, position["KONWA"])
        yield Discount(
            type=kind,
            access=access,
            key={name: key.get(name, "") for name in tables[access].key},
            first=header["DATAB"],
            last=header["DATBI"],
            rate=rate,
            per=number(position.get("KPEIN", "1")) or Decimal(1),
            currency="" if is_percent else position["KONWA"],
        )


def discounted(
    found: Iterable[Discount],
    price: Decimal,
    per: Decimal,
    *,
    item: Mapping[str, str],
    by_hand: set[str],
    on: date,
) -> Decimal:
    """The price for `per` pieces after all that SAP takes off and adds by itself, each rounded.

    `item` has what condition tables are asked with: the fields of the document's header and of the
    item, and as SATNR the generic article.
    """
    left = price
    for one in _chosen(found, item, f"{on:%Y%m%d}").values():
        if one.type.type in by_hand:
            continue
        if one.type.calculation == "percent":
            less = (left if one.type.base == "running" else price) * one.rate
        else:
            less = one.rate * per / one.per
        left = max(Decimal(0), left - rounded(less, item["WAERK"]))
    return left


def _chosen(found: Iterable[Discount], item: Mapping[str, str], day: str) -> dict[str, Discount]:
    """Of each type that of the first access, and of a variant before that of its generic article."""
    best: dict[str, tuple[tuple[int, bool], Discount]] = {}
    for one in found:
        if not one.first <= day <= one.last or one.currency not in ("", item["WAERK"]):
            continue
        if not all(_fits(name, value, item) for name, value in one.key.items()):
            continue
        rank = (one.access, one.key.get("MATNR", "") == item["SATNR"])
        if one.type.type not in best or rank < best[one.type.type][0]:
            best[one.type.type] = (rank, one)
    return {kind: one for kind, (_, one) in best.items()}


def _fits(name: str, value: str, item: Mapping[str, str]) -> bool:
    if name == "MATNR":
        return value in (item["MATNR"], item["SATNR"])
    return bool(value) and value == item.get(name, "")
