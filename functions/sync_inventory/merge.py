"""What a message changes of the stored availability of a style in a plant, pure.

Of each article the newest row counts, of each storage location where rows name them. A full snapshot
also says what is gone; what it does not change is not written, although its stamps are newer: its own
stamp, which is kept for each plant (`guard`), keeps older changes away in their stead. Where something
is promised of the article the newer stamp is written all the same, since it tells from when on SAP's
figures include the order.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

from shared.availability.model import Availability, Stock
from shared.availability.promised import purge
from shared.availability.repository import with_promised
from shared.event.verdict import Verdict, judge, stronger
from shared.reconciliation.recording import sides as differing
from shared.reconciliation.snapshot import EMPTIED, Sides
from shared.sap.stock import StyleStock, kept_receipts
from shared.store import Document, to_document


@dataclass(frozen=True)
class ToldStock:
    """What a message says of a style in a plant, and of when it is.

    `full` is as of when the snapshot that it is a part of tells stock; None for a change. `guard` is
    the same of the latest snapshot of the plant, or "".
    """

    stock: StyleStock
    full: str | None = None
    guard: str = ""


@dataclass(frozen=True)
class _Article:
    stock: Stock
    locations: Mapping[str, Stock]


def merge(stored: Document | None, told: ToldStock) -> Document | None:
    """The document with newer stock (by article), without what it includes of the promised.

    None where nothing is newer than what is stored.
    """
    old = _read(stored, told)
    changed = _changed_articles(old, told)
    if not changed:
        return None
    locations = {
        **{name: some for name, some in old.locations.items() if name not in changed},
        **{name: dict(one.locations) for name, one in changed.items() if one.locations},
    }
    stock = {**old.stock, **{name: one.stock for name, one in changed.items()}}
    new = old.model_copy(update={"stock": stock, "locations": locations})
    document = {**(stored or {}), **to_document(new)}
    return with_promised(document, purge(new.promised, new.stock))


def verdict(stored: Document | None, told: ToldStock) -> Verdict:
    """What the rows are to the stored ones."""
    old = _read(stored, told)
    changed = _changed_articles(old, told)
    verdicts = [
        _verdict(old.stock.get(article), changed.get(article), row, told)
        for article, row in _rows(told.stock)
    ]
    gone = changed.keys() - {article for article, _ in _rows(told.stock)}
    return reduce(stronger, verdicts, Verdict.APPLIED if gone else Verdict.IGNORED)


def sides(stored: Document | None, told: ToldStock) -> list[Sides]:
    """Both sides of what a snapshot mends, article by article."""
    old = _read(stored, told)
    rows = {article for article, _ in _rows(told.stock)}
    found: list[Sides] = []
    for article, new in sorted(_changed_articles(old, told).items()):
        key, before = f"{article} {told.stock.plant}", old.stock.get(article)
        if before is not None and _says_the_same(before, new.stock):
            continue
        if article in rows:
            found += differing(key, to_document(before) if before else None, to_document(new.stock))
        elif before is not None:
            found.append(Sides(key=key, field=EMPTIED, ours=str(before.on_hand), saps=""))
    return found


def _read(stored: Document | None, told: ToldStock) -> Availability:
    if stored is None:
        return Availability(style=told.stock.style, plant=told.stock.plant)
    return Availability.model_validate(stored)


def _rows(told: StyleStock) -> list[tuple[str, Stock]]:
    rows = [*told.rows.items()]
    return rows + [
        (article, row) for article, some in told.locations.items() for row in some.values()
    ]


def _verdict(before: Stock | None, after: _Article | None, row: Stock, told: ToldStock) -> Verdict:
    if after is not None:
        is_same = before is not None and _says_the_same(before, after.stock)
        return Verdict.UNCHANGED if is_same else Verdict.APPLIED
    if told.full is None and row.stamp <= told.guard:
        return Verdict.STALE
    if before is None:
        return Verdict.STALE
    known = judge(to_document(before), row)
    return Verdict.UNCHANGED if known is Verdict.APPLIED else known


def _changed_articles(old: Availability, told: ToldStock) -> dict[str, _Article]:
    """By article what is to be written."""
    if told.full is not None and told.full < told.guard:
        return {}
    found: dict[str, _Article] = {}
    for article, row in told.stock.rows.items():
        before = old.stock.get(article)
        if not _is_old(row, told) and (before is None or before.stamp < row.stamp):
            found[article] = _Article(row, {})
    for article, some in told.stock.locations.items():
        if merged := _merged_locations(old, article, some, told):
            found[article] = merged
    if told.full is None:
        return found
    if told.stock.whole:
        found |= _missing_articles(old, told.stock, told.full)
    return {
        article: one
        for article, one in found.items()
        if old.promised.get(article) or not _is_unchanged(old, article, one)
    }


def _is_old(row: Stock, told: ToldStock) -> bool:
    return told.full is None and row.stamp <= told.guard


def _merged_locations(
    old: Availability, article: str, some: Mapping[str, Stock], told: ToldStock
) -> _Article | None:
    before, kept = old.stock.get(article), old.locations.get(article, {})
    of_plant = before.stamp if before is not None and not kept else ""
    fresh = {
        name: row
        for name, row in some.items()
        if not _is_old(row, told)
        and row.stamp > of_plant
        and (name not in kept or kept[name].stamp < row.stamp)
    }
    if told.full is not None and told.stock.whole:
        fresh |= {
            name: _nothing(told.full)
            for name, row in kept.items()
            if name not in some and row.stamp < told.full
        }
    if not fresh:
        return None
    merged = {**kept, **fresh}
    return _Article(_total(merged), merged)


def _missing_articles(old: Availability, told: StyleStock, full: str) -> dict[str, _Article]:
    """What a full snapshot lacks."""
    return {
        article: _Article(_nothing(full), {})
        for article, row in old.stock.items()
        if article not in told.rows and not told.locations.get(article) and row.stamp < full
    }


def _nothing(stamp: str) -> Stock:
    return Stock(stamp=stamp, on_hand=0, ordered=0)


def _total(locations: Mapping[str, Stock]) -> Stock:
    """The stock of an article in all of its storage locations."""
    receipts: dict[str, int] = {}
    for one in locations.values():
        for receipt in one.receipts:
            day = receipt.on.isoformat()
            receipts[day] = receipts.get(day, 0) + receipt.quantity
    return Stock(
        stamp=max(one.stamp for one in locations.values()),
        on_hand=sum(one.on_hand for one in locations.values()),
        ordered=sum(one.ordered for one in locations.values()),
        receipts=kept_receipts(receipts),
    )


def _is_unchanged(old: Availability, article: str, new: _Article) -> bool:
    before, kept = old.stock.get(article), old.locations.get(article, {})
    return (
        before is not None
        and _says_the_same(before, new.stock)
        and kept.keys() == new.locations.keys()
        and all(_says_the_same(kept[name], row) for name, row in new.locations.items())
    )


def _says_the_same(one: Stock, other: Stock) -> bool:
    return (one.on_hand, one.ordered, one.receipts) == (
        other.on_hand,
        other.ordered,
        other.receipts,
    )
