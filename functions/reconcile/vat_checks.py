"""Finds the VAT ids that VIES should have been asked for: of companies, and for their orders."""

from collections.abc import Iterator
from datetime import datetime

from google.cloud.firestore import Client, FieldFilter

from shared.store import Read, find_each
from shared.vat.request import EnqueueVatCheck, VatRequest, request_vat_check

BATCH = 500
"""Of each kind that a sweep looks at, the longest due first; a check's answer, or that there was
none, moves what waits for it out of the way."""

_WINDOW_MINUTES = 10
"""A company gets one task of a sweep in so long, however often it is found."""


def request_due_checks(db: Client, enqueue: EnqueueVatCheck, now: datetime) -> int:
    """Make the tasks of what is due; of how many companies."""
    window = now.replace(minute=now.minute - now.minute % _WINDOW_MINUTES)
    due = _companies(db, now)
    for company in sorted(due):
        request_vat_check(enqueue, VatRequest(company, f"{window:%Y%m%d%H%M}"))
    return len(due)


def _companies(db: Client, now: datetime) -> set[str]:
    companies = {read.id for read in _due(db, "companies", "vat_due_at", now)}
    return companies | {read.data()["company"] for read in _due(db, "orders", "company", now)}


def _due(db: Client, collection: str, field: str, now: datetime) -> Iterator[Read]:
    due = (
        db.collection(collection)
        .where(filter=FieldFilter("vat_due_at", "<=", now))
        .order_by("vat_due_at")
        .select([field])
        .limit(BATCH)
    )
    return find_each(db, due)
