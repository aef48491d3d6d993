"""What Sellin has of customers and prices and a whole snapshot of SAP's lacks: found, parked, ended.

It is not clear why SAP lacks it, so a person decides. Documents are gone through page by page; a page's
differences, the cursor and the counts are one commit, so whoever is killed counts nothing twice.
"""

import time
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import structlog
from google.cloud.firestore import Client, FieldFilter, Query

from shared.day import day_in
from shared.money import Money
from shared.optimistic import Attempt, optimistically
from shared.price.held import stored_key
from shared.price.model import DiscountKey, PriceKey, PriceRecord, StylePrices
from shared.reconciliation.held import Held, read_held
from shared.reconciliation.model import MOST_ROWS, Deviation, Difference, Family, Kind, State
from shared.reconciliation.repository import KEPT, difference_reference
from shared.reconciliation.snapshot import SnapshotRun
from shared.reconciliation.snapshots import run_reference
from shared.sap.source_system import SourceSystem
from shared.store import Document, find_each, to_document

PAGE = 100
"""Documents that are gone through in one commit."""

SHOWN_RECORDS = 3

_PHASES: dict[Family, tuple[str, ...]] = {
    Family.CUSTOMERS: ("companies",),
    Family.PRICES: ("prices", "companies", "discounts"),
}
"""The collections that have what a family tells; `prices` also those below companies."""

_STAYS = (State.PARKED, State.SETTLED, State.MENDING)


def sweep(
    db: Client, run: SnapshotRun, system: SourceSystem, now: datetime, until: float
) -> SnapshotRun | None:
    """Go through what Sellin has until the time is over; the run when all was, else None."""
    held, today = read_held(db, run.id), day_in(system.zone, now)
    phases = _PHASES[run.family]
    while time.monotonic() < until:
        phase, _, after = run.cursor.partition(" ")
        number = int(phase or 0)
        if number == len(phases):
            _close(db, run, now)
            return run
        page = _page(db, phases[number], after)
        found = [
            difference
            for path, document in page
            if (difference := _difference(path, document, run, held, today, now))
        ]
        cursor = f"{number} {page[-1][0]}" if page else f"{number + 1} "
        saved = _save(db, run, found, cursor, len(page), now)
        if saved is None:
            return None
        run = saved
    return None


def _page(db: Client, collection: str, after: str) -> list[tuple[str, Document]]:
    group = db.collection_group(collection) if collection == "prices" else None
    query: Query = (group or db.collection(collection)).order_by("__name__").limit(PAGE)
    if after:
        query = query.start_after({"__name__": db.document(after)})
    return [(found.reference.path, found.to_dict() or {}) for found in query.stream()]


def _difference(
    path: str, document: Document, run: SnapshotRun, held: Held, today: date, now: datetime
) -> Difference | None:
    """What of a document the snapshot lacks; None where it is all there."""
    if run.family is Family.CUSTOMERS:
        rows = list(_customer(path, document, run, held))
    else:
        rows = [row for _, _, row in lacking_keys(path, document, run.as_of, held, today)]
    if not rows:
        return None
    names = path.split("/")
    apart = names[:1] if names[0] == "discounts" else []
    return Difference(
        order=".".join([run.family.value, *apart, *names[1::2]]).replace("~", "."),
        family=run.family,
        path=path,
        as_of=run.as_of,
        company=names[1] if names[0] == "companies" else "",
        sap_numbers=[],
        kinds=[Kind.LACKING],
        rows=rows[:MOST_ROWS],
        row_count=len(rows),
        state=State.PARKED,
        found_at=now,
        seen_at=now,
        run=run.id,
    )


def _customer(path: str, document: Document, run: SnapshotRun, held: Held) -> Iterator[Deviation]:
    company = path.rpartition("/")[2]
    if is_here(document, run.as_of) and held.lacks(company, company):
        yield Deviation(field="customer", ours=f"{company} {document['profile']['name']}", saps="")


def is_here(document: Document | None, as_of: str) -> bool:
    """Whether a customer is here as SAP told it before `as_of`."""
    profile = (document or {}).get("profile")
    return profile is not None and not profile.get("deleted") and profile["stamp"] < as_of


def lacking_keys(
    path: str, document: Document, as_of: str, held: Held | None, today: date
) -> Iterator[tuple[str, PriceKey | DiscountKey, Deviation]]:
    """The keys of a document that were stored before `as_of`, are in force still, and that a snapshot
    lacks; all of them without one. Each under its name, with what it is."""
    style, currency = "", ""
    if path.startswith("prices/") or "/prices/" in path:
        prices = StylePrices.model_validate(document)
        style, currency = prices.style, prices.currency
        keys: dict[str, Any] = {**prices.keys, **prices.variants, **prices.discounts}
    else:
        found = {**document.get("discounts", {}), **document.get("material_group_discounts", {})}
        keys = {name: DiscountKey.model_validate(one) for name, one in found.items()}
    for name, key in sorted(keys.items()):
        in_force = [record for record in key.records if record.valid_to >= today]
        if not in_force or key.stamp >= as_of:
            continue
        whose = getattr(key, "article", "") or style
        if held is None or held.lacks(stored_key(name, key, style, currency), whose):
            yield name, key, Deviation(field=name, ours=_text(key, in_force, currency), saps="")


def _text(key: PriceKey | DiscountKey, records: list[PriceRecord], currency: str) -> str:
    shown = [_record(key, record, currency) for record in records[:SHOWN_RECORDS]]
    return "; ".join([*shown, *(["…"] if len(records) > SHOWN_RECORDS else [])])


def _record(key: PriceKey | DiscountKey, record: PriceRecord, currency: str) -> str:
    if isinstance(key, DiscountKey) and key.calculation == "percent":
        amount = f"{Decimal(record.amount) / 1000:f} %"
    else:
        own = key.currency if isinstance(key, DiscountKey) else currency
        amount = f"{Money(amount=record.amount, currency=own).decimal} {own}"
    return f"{amount}, {record.valid_from} – {record.valid_to}"


def _save(
    db: Client,
    run: SnapshotRun,
    found: list[Difference],
    cursor: str,
    documents: int,
    now: datetime,
) -> SnapshotRun | None:
    """The run behind a page; None where another instance has gone on with it."""

    def body(attempt: Attempt) -> tuple[SnapshotRun, int] | None:
        own = run_reference(db, run.id)
        references = [difference_reference(db, one.order) for one in found]
        stored, *known = attempt.read([own, *references])
        there = SnapshotRun.model_validate(stored)
        if there.cursor != run.cursor or there.ended_at:
            return None
        parked = 0
        for reference, one, before in zip(references, found, known, strict=True):
            after = _beside(Difference.model_validate(before) if before else None, one, now)
            parked += after is one
            attempt.save_model(reference, after)
        update = {
            "cursor": cursor,
            "looked_for": there.looked_for + documents,
            "lacking": there.lacking + parked,
            "known": there.known + len(found) - parked,
        }
        after_page = there.model_copy(update=update)
        attempt.save_model(own, after_page)
        return after_page, parked

    if (saved := optimistically(db, body)) is None:
        return None
    if saved[1]:
        told = {"family": run.family.value, "snapshot": run.id, "differences": saved[1]}
        structlog.get_logger().error("difference parked", **told)
    return saved[0]


def _beside(known: Difference | None, new: Difference, now: datetime) -> Difference:
    """What is kept: the known one where a person deals with it, or has, else the new one."""
    if known is None or known.state not in _STAYS:
        return new
    if known.state is not State.MENDING and not known.is_same(new):
        return new
    update: dict[str, Any] = {"seen_at": now, "run": new.run, "as_of": new.as_of}
    if known.state is State.SETTLED:
        update["expires_at"] = now + KEPT
    return known.model_copy(update=update)


def _close(db: Client, run: SnapshotRun, now: datetime) -> None:
    """Close what was parked before and that this snapshot has again, or Sellin no more."""
    parked = (
        db.collection("differences")
        .where(filter=FieldFilter("state", "==", State.PARKED.value))
        .where(filter=FieldFilter("family", "==", run.family.value))
    )
    for read in find_each(db, parked):
        before = Difference.model_validate(read.data())
        if before.as_of < run.as_of:
            over = {"state": State.GONE, "expires_at": now + KEPT, "seen_at": now}
            replace(db, before, before.model_copy(update=over))


def replace(db: Client, before: Difference, after: Difference) -> None:
    """Store a difference unless somebody else did meanwhile."""

    def body(attempt: Attempt) -> None:
        reference = difference_reference(db, before.order)
        [document] = attempt.read([reference])
        if document is not None and Difference.model_validate(document) == before:
            attempt.save(reference, document, {**document, **to_document(after)})

    optimistically(db, body)
