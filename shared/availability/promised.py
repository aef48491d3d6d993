"""The sums of what is promised of a style: added to, purged, and kept small. Pure."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from shared.availability.model import Availability, Promised, Stock
from shared.stamped import UNTOLD, counts_beside, fold_stamps

MOST_SUMS = 2_000
"""Sums that a document holds; they take some 100 kB of the 1 MiB that there is."""

PromisedKey = tuple[str, str, date]
"""Article, stamp (or `UNTOLD`) and ship date."""


def add(promised: Promised, pieces: Mapping[PromisedKey, int]) -> Promised:
    """The sums with `pieces`, which may be negative; without those that are zero then."""
    sums = Counter(_flat(promised))
    sums.update(pieces)
    return _nest(sums)


def change(
    availability: Availability, pieces: Mapping[PromisedKey, int], most: int = MOST_SUMS
) -> Promised:
    """The availability's sums with `pieces`, as they are to be stored."""
    return fold(purge(add(availability.promised, pieces), availability.stock), most)


def purge(promised: Promised, stock: Mapping[str, Stock]) -> Promised:
    """The sums that SAP's figures of their article don't include yet."""
    stamps = {article: figures.stamp for article, figures in stock.items()}
    return {
        article: kept
        for article, by_stamp in promised.items()
        if (kept := {s: d for s, d in by_stamp.items() if counts_beside(s, stamps.get(article))})
    }


def fold(promised: Promised, most: int = MOST_SUMS) -> Promised:
    """At most `most` sums, or two of each article (told and untold), by merging neighbours.

    A sum moves to the later stamp and to the earlier ship date: it counts longer and earlier
    than it should, so less can be sold than there is, and never more. Merging dates is as safe
    for negative sums as merging stamps (`shared.stamped.fold_stamps`), and for the same reason.
    """
    sums = _flat(promised)
    if len(sums) <= most:
        return promised
    share = max(2, most // len(promised))
    found: Counter[PromisedKey] = Counter()
    for article in promised:
        own = Counter({key: pieces for key, pieces in sums.items() if key[0] == article})
        found.update(_fold_article(own, share))
    return _nest(found)


def _fold_article(sums: Counter[PromisedKey], most: int) -> Counter[PromisedKey]:
    while len(sums) > most:
        stamps = {stamp for _, stamp, _ in sums}
        days = sorted({day for _, _, day in sums})
        told = len(stamps - {UNTOLD})
        later, earlier = {}, {}
        if told > 1 and told >= len(days):
            later = fold_stamps(stamps)
        elif len(days) > 1:
            earlier = dict(zip(days[1::2], days[::2], strict=False))
        else:
            break
        folded: Counter[PromisedKey] = Counter()
        for (article, stamp, day), pieces in sums.items():
            folded[article, later.get(stamp, stamp), earlier.get(day, day)] += pieces
        sums = folded
    return sums


def _flat(promised: Promised) -> dict[PromisedKey, int]:
    return {
        (article, stamp, day): pieces
        for article, by_stamp in promised.items()
        for stamp, by_date in by_stamp.items()
        for day, pieces in by_date.items()
    }


def _nest(sums: Mapping[PromisedKey, int]) -> Promised:
    promised: Promised = {}
    for (article, stamp, day), pieces in sums.items():
        if pieces:
            promised.setdefault(article, {}).setdefault(stamp, {})[day] = pieces
    return promised
