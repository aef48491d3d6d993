"""How SAP's documents name the order of ours that they are about: by PURCH_NO_C; and their items."""

import re
from collections import Counter
from collections.abc import Iterable

# PURCH_NO_C as we write it: our number of 14 characters, a slash, the buyer's.
_OUR_REFERENCE = re.compile(r"^([0-9A-Z]{10}-[0-9]{3})/")


def our_order(reference: str) -> str | None:
    """Our order's number; None where the purchase order is another channel's."""
    match = _OUR_REFERENCE.match(reference)
    return match.group(1) if match else None


def our_orders(references: Iterable[tuple[int, str, str]]) -> dict[int, str]:
    """Our order of each item of a document that is about one of ours.

    A reference is an item, what kind of reference it is ("001": of a purchase order), and that.
    """
    return {
        item: number
        for item, kind, reference in references
        if kind == "001" and (number := our_order(reference)) is not None
    }


def repeated_positions(positions: Iterable[int]) -> list[int]:
    """Items that a document has more than once: what they tell would count twice."""
    return sorted(one for one, count in Counter(positions).items() if count > 1)
