"""Prices and discounts that are held back until a person has looked at them. Pure.

A price of zero, one a hundred times or a hundredth of the last one, a discount of 100 %, and one
ten times or a tenth of the last one (SAP writes percentages shifted by one place), or a surcharge
where there was a discount, are nearly always slips, and a placed order keeps its price.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from functions.sync_prices.merge import StoredKey
from shared.event.writing import newer
from shared.money import Money
from shared.price.discounts import PERCENT
from shared.price.model import DiscountKey, DiscountRecord, PriceKey, PriceRecord
from shared.store import Document

FACTOR = 100
DISCOUNT_FACTOR = 10


def doubts(stored: Document | None, new: StoredKey) -> list[str]:
    """Why the key is held back, each amount with its day; nothing where it may be stored.

    What is not newer than the stored key changes nothing, so it is not doubted either. Amounts
    are compared with the record in force on the first day of theirs; the first price of a key has
    none to be compared with.
    """
    known, new = new.before(stored), new.beside(stored)
    if not newer(known, new.key.stamp):
        return []
    before = _records(known, new) if known else []
    found = []
    for record in new.key.records:
        last = _last(before, record.valid_from)
        for amount in _amounts(record):
            if _is_doubtful(amount, record.per, last, new.key):
                shown, was = _price_text(amount, record.per, new), "new"
                if last is not None:
                    was = f"was {_price_text(_amounts(last)[0], last.per, new)}"
                found.append(f"held back: {new.place} from {record.valid_from}: {shown}, {was}")
    return found


def _amounts(record: PriceRecord) -> list[int]:
    """Below the first tier, and from each on; negative where they are added."""
    if isinstance(record, DiscountRecord):
        return [record.rate, *(rate for _, rate in record.rates)]
    return [record.amount, *(tier.amount for tier in record.tiers)]


def _records(known: Document, new: StoredKey) -> Sequence[PriceRecord]:
    """Those before; none where they were of another kind, and can't be compared."""
    if not isinstance(new.key, DiscountKey):
        return PriceKey.model_validate(known).records
    before = DiscountKey.model_validate(known)
    return before.records if before.calculation == new.key.calculation else []


def _is_doubtful(
    amount: int, per: int, last: PriceRecord | None, key: PriceKey | DiscountKey
) -> bool:
    if not isinstance(key, DiscountKey):
        return amount == 0 or (last is not None and _is_far(amount, per, last, FACTOR))
    if key.calculation == "percent" and abs(amount) == PERCENT:
        return True
    return amount != 0 and last is not None and _is_far(amount, per, last, DISCOUNT_FACTOR)


def _last(records: Sequence[PriceRecord], on: date) -> PriceRecord | None:
    """The record in force on a day, else the one that began last."""
    in_force = [one for one in records if one.valid_from <= on <= one.valid_to]
    return max(in_force or records, key=lambda one: one.valid_from, default=None)


def _is_far(amount: int, per: int, last: PriceRecord, factor: int) -> bool:
    before = _amounts(last)[0] * per
    if before == 0:
        return False  # that one was released; nothing is a multiple of it
    now = amount * last.per
    is_turned = (now < 0) != (before < 0)
    return is_turned or max(abs(now), abs(before)) >= factor * min(abs(now), abs(before))


def _price_text(amount: int, per: int, one: StoredKey) -> str:
    if isinstance(one.key, DiscountKey):
        if one.key.calculation == "percent":
            return f"{Decimal(abs(amount)) / 1000:f} %{_surcharge_text(amount)}"
        currency = one.key.currency
    else:
        currency = one.currency
    text = f"{Money(amount=abs(amount), currency=currency).decimal} {currency}{_surcharge_text(amount)}"
    return text if per == 1 else f"{text} per {per}"


def _surcharge_text(amount: int) -> str:
    return " as a surcharge" if amount < 0 else ""
