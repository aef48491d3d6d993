"""Prices that are held back until a person has looked at them. Pure.

A price of zero, and one a hundred times or a hundredth of the last one, is nearly always a slip
(a shifted decimal point, an empty field), and a placed order keeps its price.
"""

from datetime import date

from shared.event.writing import newer
from shared.money import Money
from shared.price.model import PriceKey, PriceRecord
from shared.sap.conditions import StylePriceKey
from shared.store import Document

FACTOR = 100


def doubts(stored: Document | None, new: StylePriceKey) -> list[str]:
    """Why the key is held back, each amount with its day; nothing where it may be stored.

    What is not newer than the stored key changes nothing, so it is not doubted either. Amounts
    are compared with the record in force on the first day of theirs; the first price of a key has
    none to be compared with.
    """
    known = (stored or {}).get("keys", {}).get(new.name)
    if not newer(known, new.key.stamp):
        return []
    before = PriceKey.model_validate(known).records if known else []
    found = []
    for record in new.key.records:
        last = _last(before, record.valid_from)
        for amount in (record.amount, *(tier.amount for tier in record.tiers)):
            if amount == 0 or (last is not None and _is_far(amount, record.per, last)):
                shown, was = _shown(amount, record.per, new), "new"
                if last is not None:
                    was = f"was {_shown(last.amount, last.per, new)}"
                place = f"{new.name} of style {new.style} from {record.valid_from}"
                found.append(f"held back: {place}: {shown}, {was}")
    return found


def _last(records: list[PriceRecord], on: date) -> PriceRecord | None:
    """The record in force on a day, else the one that began last."""
    in_force = [one for one in records if one.valid_from <= on <= one.valid_to]
    return max(in_force or records, key=lambda one: one.valid_from, default=None)


def _is_far(amount: int, per: int, last: PriceRecord) -> bool:
    if last.amount == 0:
        return False  # that one was released; nothing is a multiple of it
    now, before = amount * last.per, last.amount * per
    return max(now, before) >= FACTOR * min(now, before)


def _shown(amount: int, per: int, key: StylePriceKey) -> str:
    text = f"{Money(amount=amount, currency=key.currency).decimal} {key.currency}"
    return text if per == 1 else f"{text} per {per}"
