"""Discounts that SAP finds by itself when it prices an item: a customer's, and a material's.

Of what a sales order brings by hand the types take the place of these (COND_HANDL). Scales and
groups of customers are left out: who relies on SAP's own discounts is seen by any of them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from emulators.sap.amounts import number, unshifted
from emulators.sap.master import Idoc
from shared.sap.source_system import SourceSystem


@dataclass(frozen=True)
class Discount:
    """A record; `customer` and `material` are "" where it is of all. `rate` is a share, or a real
    amount of `currency` for `per` pieces."""

    type: str
    customer: str
    material: str
    first: str
    last: str
    percent: bool
    rate: Decimal
    per: Decimal
    currency: str


def discounts_of(conditions: Iterable[Idoc], settings: SourceSystem) -> list[Discount]:
    """The records of the discounts' types."""
    types = {one.type for one in settings.prices.discounts}
    return [
        found
        for idoc in conditions
        for key in idoc["E1KOMG"]
        if key["KSCHL"] in types and not key.get("KONDA") and not key.get("PLTYP")
        for found in _records(key, settings)
    ]


def _records(key: Idoc, settings: SourceSystem) -> Iterator[Discount]:
    is_shifted = settings.amounts == "shifted"
    for header in key["E1KONH"]:
        position = header["E1KONP"][0]
        if position.get("LOEVM_KO"):
            continue
        percent, rate = position["KRECH"] == "A", abs(number(position["KBETR"]))
        if percent:
            rate = rate.scaleb(-3 if is_shifted else -2)
        elif is_shifted:
            rate = unshifted(rate, position["KONWA"])
        yield Discount(
            type=key["KSCHL"],
            customer=key.get("KUNNR", ""),
            material=key.get("MATNR", ""),
            first=header["DATAB"],
            last=header["DATBI"],
            percent=percent,
            rate=rate,
            per=number(position.get("KPEIN", "1")) or Decimal(1),
            currency="" if percent else position["KONWA"],
        )


def taken_off(
    found: Iterable[Discount],
    price: Decimal,
    per: Decimal,
    *,
    customer: str,
    materials: set[str],
    currency: str,
    by_hand: set[str],
    on: date,
) -> Decimal:
    """The price for `per` pieces less all that SAP takes off by itself; not rounded."""
    day = f"{on:%Y%m%d}"
    less: dict[str, Decimal] = {}
    for one in found:
        is_of_item = one.customer in ("", customer) and one.material in {"", *materials}
        if one.type in by_hand or not is_of_item or one.currency not in ("", currency):
            continue
        if one.first <= day <= one.last:
            less[one.type] = price * one.rate if one.percent else one.rate * per / one.per
    return max(Decimal(0), price - sum(less.values(), start=Decimal(0)))
