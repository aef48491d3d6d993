"""The sums of a company's accepted orders that SAP's exposure may not include. Pure."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from shared.stamped import UNTOLD, counts_beside, fold_stamps

MOST_AMOUNTS = 100
"""Sums that a company's document holds, which every request reads; they take some 3 kB."""

OpenAmounts = dict[str, int]
"""Stamp (or `UNTOLD`) -> amount in minor units, with VAT where the order says so; see
`shared.stamped`."""


def stored_amounts(document: Mapping[str, Any]) -> OpenAmounts:
    """The sums that a document holds, or a document of before them, which had `open_orders`."""
    sums: Counter[str] = Counter(document.get("open_amounts", {}))
    for order in document.get("open_orders", {}).values():
        sums[order.get("sap_stamp") or UNTOLD] += order["amount"]
    return dict(sums)


def add_amounts(amounts: Mapping[str, int], more: Mapping[str, int]) -> OpenAmounts:
    """The sums with `more`, which may be negative."""
    sums = Counter(amounts)
    sums.update(more)
    return dict(sums)


def pending_amounts(amounts: Mapping[str, int], credit_stamp: str | None) -> OpenAmounts:
    """The sums that SAP's exposure of that stamp does not include yet, without those of zero."""
    return {s: amount for s, amount in amounts.items() if amount and counts_beside(s, credit_stamp)}


def fold_amounts(amounts: Mapping[str, int], most: int = MOST_AMOUNTS) -> OpenAmounts:
    """At most `most` sums; one that moves counts longer than it should, and never shorter."""
    found = Counter(amounts)
    while len(found) > most:
        later, sums = fold_stamps(found), found
        found = Counter()
        for stamp, amount in sums.items():
            found[later[stamp]] += amount
    return dict(found)
