"""How every service writes an order, with what that changes of promised stock and credit.

An order document says what it adds to the sums of its styles and its company
(`shared.order.commitment`), so in the commit that changes it the sums change by the difference.
The commit succeeds only if the order is as it was read, so each difference is added once.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from google.cloud.firestore import Client, DocumentReference

from shared.availability import repository as availabilities
from shared.availability.promised import MOST_SUMS, PromisedKey, change
from shared.company import repository as companies
from shared.company.open_amounts import (
    MOST_AMOUNTS,
    add_amounts,
    fold_amounts,
    pending_amounts,
    stored_amounts,
)
from shared.optimistic import Attempt
from shared.order import repository as orders
from shared.order.commitment import open_amounts, promised_pieces
from shared.order.model import Order
from shared.store import to_document

K = TypeVar("K")
MOST_SUMS_OF_COMMIT = 60_000
"""Sums that all styles of one commit may have, some 2 MB; a commit takes 10 MiB of requests, of
which its orders may be half. More styles keep fewer each."""

OrderEdit = tuple[Order | None, Order]
"""An order as `attempt` read it (None for a new one), and as it is to be."""


def save_orders(attempt: Attempt, db: Client, edits: Iterable[OrderEdit]) -> bool:
    """Write what differs, and change the sums accordingly; whether an order that was there differs."""
    pieces: dict[tuple[str, str], Counter[PromisedKey]] = defaultdict(Counter)
    amounts: dict[str, Counter[str]] = defaultdict(Counter)
    written = False
    for before, after in edits:
        own = orders.reference(db, after.number)
        if before is None:
            attempt.create(own, to_document(after))
        elif before != after:
            written |= bool(attempt.save_model(own, after))
        for promise, count in _difference(promised_pieces, before, after):
            own_stock = pieces[promise.style, after.plant]
            own_stock[promise.article, promise.stamp, promise.on] += count
        for stamp, amount in _difference(open_amounts, before, after):
            amounts[after.company][stamp] += amount
    buyers = [companies.reference(db, company) for company in amounts]
    stocks = [availabilities.reference(db, style, plant) for style, plant in pieces]
    # One RPC for all; what this attempt has read before is not read again.
    attempt.read([*buyers, *stocks])
    for reference, more in zip(buyers, amounts.values(), strict=True):
        _add_amounts(attempt, reference, more)
    most = min(MOST_SUMS, MOST_SUMS_OF_COMMIT // max(len(stocks), 1))
    for reference, counts in zip(stocks, pieces.values(), strict=True):
        _add_pieces(attempt, reference, counts, most)
    return written


def _difference(
    commitment: Callable[[Order], Counter[K]], before: Order | None, after: Order
) -> Iterator[tuple[K, int]]:
    sums = commitment(after)
    if before is not None:
        sums.subtract(commitment(before))
    return ((key, change) for key, change in sums.items() if change)


def _add_pieces(
    attempt: Attempt, reference: DocumentReference, pieces: Mapping[PromisedKey, int], most: int
) -> None:
    [document] = attempt.read([reference])
    availability = availabilities.parse(document)
    if document is None or availability is None:
        # Before SAP sends stock there is nothing to sell, so there is nothing to hold back.
        return
    promised = change(availability, pieces, most)
    attempt.save(reference, document, availabilities.with_promised(document, promised))


def _add_amounts(
    attempt: Attempt, reference: DocumentReference, amounts: Mapping[str, int]
) -> None:
    """Add whatever others add meanwhile, since many people of one company may order at once."""
    [document] = attempt.read([reference])
    if document is None:
        return
    credit_stamp = companies.credit_stamp(document)
    stored = stored_amounts(document)
    more = pending_amounts(amounts, credit_stamp)
    if len(stored.keys() | more.keys()) <= MOST_AMOUNTS:
        attempt.increment(reference, "open_amounts", more)
        return
    pending = pending_amounts(add_amounts(stored, more), credit_stamp)
    changed = companies.with_open_amounts(document, fold_amounts(pending))
    attempt.save(reference, document, changed)
