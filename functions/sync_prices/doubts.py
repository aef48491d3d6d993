"""Prices and discounts that are held back until a person has looked at them. Pure.

A price of zero, one a hundred times or a hundredth of the last one, a discount of 100 %, and one
ten times or a tenth of the last one (SAP writes percentages shifted by one place), are nearly
always slips, and a placed order keeps its price.
"""

from datetime import date
from decimal import Decimal

from functions.sync_prices.merge import StoredKey
from shared.event.writing import newer
from shared.money import Money
from shared.price.discounts import PERCENT
from shared.price.model import DiscountKey, PriceKey, PriceRecord
from shared.store import Document

FACTOR = 100
DISCOUNT_FACTOR = 10


def doubts(stored: Document | None, new: StoredKey) -> list[str]:
    """Why the key is held back, each amount with its day; nothing where it may be stored.

    What is not newer than the stored key changes nothing, so it is not doubted either. Amounts
    are compared with the record in force on the first day of theirs; the first price of a key has
    none to be compared with.
    """
    known = new.before(stored)
    if not newer(known, new.key.stamp):
        return []
    before = _records(known, new) if known else []
    found = []
    for record in new.key.records:
        last = _last(before, record.valid_from)
        for amount in (record.amount, *(tier.amount for tier in record.tiers)):
            if _is_doubtful(amount, record.per, last, new.key):
                shown, was = _shown(amount, record.per, new), "new"
                if last is not None:
                    was = f"was {_shown(last.amount, last.per, new)}"
                found.append(f"held back: {new.place} from {record.valid_from}: {shown}, {was}")
    return found


def _records(known: Document, new: StoredKey) -> list[PriceRecord]:
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
    if key.calculation == "percent" and amount == PERCENT:
        return True
    return amount > 0 and last is not None and _is_far(amount, per, last, DISCOUNT_FACTOR)


def _last(records: list[PriceRecord], on: date) -> PriceRecord | None:
    """The record in force on a day, else the one that began last."""
    in_force = [one for one in records if one.valid_from <= on <= one.valid_to]
    return max(in_force or records, key=lambda one: one.valid_from, default=None)


def _is_far(amount: int, per: int, last: PriceRecord, factor: int) -> bool:
    if last.amount == 0:
        return False  # that one was released; nothing is a multiple of it
    now, before = amount * last.per, last.amount * per
    return max(now, before) >= factor * min(now, before)


def _shown(amount: int, per: int, one: StoredKey) -> str:
    if isinstance(one.key, DiscountKey):
        if one.key.calculation == "percent":
            return f"{Decimal(amount) / 1000:f} %"
        currency = one.key.currency
    else:
        currency = one.currency
    text = f"{Money(amount=amount, currency=currency).decimal} {currency}"
    return text if per == 1 else f"{text} per {per}"
