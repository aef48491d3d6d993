"""What a run compares, read page by page: customers, their orders, and earlier ones that are not over."""

from collections.abc import Collection, Iterator
from datetime import datetime

from google.cloud.firestore import Client, FieldFilter, Query

from functions.reconcile.sap_lists import Listed
from shared.order import repository as orders
from shared.order.model import Order
from shared.order.status import Status
from shared.reconciliation.model import Run, Scope
from shared.store import Document, find_each, read_all

CUSTOMERS_AT_ONCE = 100

ORDERS_AT_ONCE = 200
"""Of one customer that are in memory at a time; SAP's list of who has more is asked for by months."""

EARLIER_AT_ONCE = 20

OVER = frozenset({Status.INVOICED, Status.CLOSED, Status.REJECTED, Status.CANCELLED})
"""Of orders that nothing is to be delivered or billed of any more."""


def count_customers(db: Client, scope: Scope) -> int:
    if scope.company:
        return 1
    [[counted]] = db.collection("companies").count().get()
    return int(counted.value)


def customers_of(db: Client, run: Run) -> list[tuple[str, str]]:
    """Companies behind the cursor, each with the sales organisation that it buys from now; empty
    for one that SAP has deleted, or not told of yet."""
    companies = db.collection("companies")
    if run.scope.company:
        documents = read_all(db, [] if run.cursor else [companies.document(run.scope.company)])
        return [(run.scope.company, _organisation(document or {})) for document in documents]
    found: Query = companies.order_by("__name__").select(["profile"])
    if run.cursor:
        found = found.start_after({"__name__": companies.document(run.cursor)})
    return [
        (read.id, _organisation(read.data()))
        for read in find_each(db, found.limit(CUSTOMERS_AT_ONCE))
    ]


def _organisation(company: Document) -> str:
    area: dict[str, str] = company.get("profile", {}).get("sales_area") or {}
    return area.get("organisation", "")


def placed_since(db: Client, company: str, since: datetime) -> Iterator[dict[str, Order]]:
    """The customer's orders since then, in pages that memory has room for; one at least."""
    placed = (
        db.collection("orders")
        .where(filter=FieldFilter("company", "==", company))
        .where(filter=FieldFilter("placed_at", ">=", since))
        .order_by("placed_at", direction=Query.DESCENDING)
        .limit(ORDERS_AT_ONCE)
    )
    page = list(placed.stream())
    yield {one.id: Order.model_validate(one.to_dict()) for one in page}
    while len(page) == ORDERS_AT_ONCE:
        page = list(placed.start_after(page[-1]).stream())
        yield {one.id: Order.model_validate(one.to_dict()) for one in page}


def listed_beside(
    db: Client, listed: Listed, known: Collection[str]
) -> Iterator[dict[str, Order | None]]:
    """Orders that SAP lists beside them, None for those that were never placed, in such pages."""
    others = sorted({*listed.documents, *listed.unreadable} - {*known})
    for first in range(0, len(others), ORDERS_AT_ONCE):
        page = others[first : first + ORDERS_AT_ONCE]
        documents = read_all(db, [orders.reference(db, one) for one in page])
        yield {
            number: Order.model_validate(document) if document else None
            for number, document in zip(page, documents, strict=True)
        }


def is_earlier(order: Order, run: Run, since: datetime) -> bool:
    """Whether an order, which SAP may list with others, is compared with the earlier ones."""
    return run.scope.earlier and order.placed_at < since and order.status not in OVER


def not_over_before(db: Client, run: Run, since: datetime) -> list[Order]:
    """A page of the orders placed before, of which something is still to come, behind the run's last."""
    found = (
        db.collection("orders")
        .where(filter=FieldFilter("status", "in", sorted({*Status} - OVER)))
        .where(filter=FieldFilter("placed_at", "<", since))
        .order_by("placed_at")
        .limit(EARLIER_AT_ONCE)
    )
    if run.earlier:
        found = found.start_after(orders.reference(db, run.earlier).get())
    return [Order.model_validate(read.to_dict()) for read in found.stream()]
