"""A company's orders, newest first, a page at a time at constant cost."""

import re
from datetime import date, datetime, timedelta

from google.cloud.firestore import (
    Client,
    DocumentReference,
    DocumentSnapshot,
    FieldFilter,
    Query,
)

from functions.orders.schema import ListQuery, OrderHead, OrderPage, PoNumberView
from functions.orders.windows import with_days
from shared.company import repository as companies
from shared.market.day import first_instant, market_of
from shared.order.model import NUMBER
from shared.order.po_number import sap_form
from shared.order.search import WHOLE, bare, spellings
from shared.paging import fingerprint, make_cursor, read_cursor, stale_cursor
from shared.problem import Fault, InvalidInputProblem
from shared.sap.our_order import our_order
from shared.style.model import styles_named
from shared.text.message import N_, Message

# With the company and the order by time, each of these is one composite index; Firestore
# merges them for any combination.
_EQUAL = {
    "status": "status",
    "door": "door.id",
    "window": "window",
    "season": "season",
}
# What a list needs of an order's document.
_READ = [*(OrderHead.model_fields.keys() - {"po_number_printed"}), "po_written"]
MOST_NAMED = 3
"""Earlier orders that are named where a PO number is used again."""


def list_orders(db: Client, company: str, query: ListQuery) -> OrderPage:
    """One page of the company's orders; it reads one more than it answers.

    Raises:
        InvalidInputProblem: the cursor is not of this list, or a style and a number are
            asked for, which no query of Firestore's can do.
    """
    if query.q and query.style is not None:
        text = Message(N_("Search by a number or by a style, not by both."))
        raise InvalidInputProblem((Fault("not_together", "/style", text, "query"),))
    found = _newest_first(_filter(db, company, query))
    if query.cursor is not None:
        placed_at, number = read_position(query.cursor, company, query)
        start = {"placed_at": placed_at, "__name__": db.collection("orders").document(number)}
        found = found.start_after(start)
    snapshots = list(found.limit(query.limit + 1).stream())
    heads = with_days(db, company, [_head(s) for s in snapshots[: query.limit]])
    more = len(snapshots) > query.limit
    return OrderPage(orders=heads, next=cursor_after(heads[-1], company, query) if more else None)


def check_po_number(db: Client, company: str, written: str) -> PoNumberView:
    """What becomes of a PO number, and the latest orders that have it already."""
    printed = sap_form(written)
    same = db.collection("orders").where(filter=FieldFilter("company", "==", company))
    same = same.where(filter=FieldFilter("search", "array_contains", WHOLE + bare(printed)))
    orders = [_head(found) for found in _newest_first(same).limit(MOST_NAMED).stream()]
    told = with_days(db, company, orders)
    return PoNumberView(po_number=written, printed=printed, orders=told)


def _newest_first(orders: Query) -> Query:
    sorted_ = orders.select(_READ).order_by("placed_at", direction=Query.DESCENDING)
    return sorted_.order_by("__name__", direction=Query.DESCENDING)


def _head(found: DocumentSnapshot[DocumentReference]) -> OrderHead:
    document = found.to_dict() or {}
    printed = document["po_number"]
    numbers = {"po_number": document.get("po_written") or printed, "po_number_printed": printed}
    return OrderHead.model_validate(document | numbers)


def _filter(db: Client, company: str, query: ListQuery) -> Query:
    found: Query = db.collection("orders").where(filter=FieldFilter("company", "==", company))
    for name, path in _EQUAL.items():
        if (value := getattr(query, name)) is not None:
            found = found.where(filter=FieldFilter(path, "==", value))
    if query.po_number is not None:
        found = found.where(filter=FieldFilter("po_number", "==", sap_form(query.po_number)))
    if query.q:
        found = found.where(filter=_with_number(search_term(query.q)))
    if query.style is not None:
        named = styles_named(query.style)
        found = found.where(filter=FieldFilter("styles", "array_contains_any", named))
    first, last = query.placed_from, query.placed_to
    if first is None and last is None:
        return found
    market = market_of(companies.read(db, company))
    if first is not None:
        start = first_instant(market, first)
        found = found.where(filter=FieldFilter("placed_at", ">=", start))
    if last is not None and last < date.max:
        end = first_instant(market, last + timedelta(days=1))
        found = found.where(filter=FieldFilter("placed_at", "<", end))
    return found


def _with_number(term: str) -> FieldFilter:
    several = spellings(term)
    if len(several) == 1:
        return FieldFilter("search", "array_contains", term)
    return FieldFilter("search", "array_contains_any", several)


def search_term(typed: str) -> str:
    """The entry of `shared.order.search` that finds what was typed; "" finds nothing."""
    term = bare(our_order(typed.strip()) or sap_form(typed))
    # SAP's papers show its numbers with ten digits.
    return term.lstrip("0") if re.fullmatch(r"0\d{9}", term) else term


def cursor_after(last: OrderHead, company: str, query: ListQuery) -> str:
    """Where the page after `last` begins, for this company and these filters only."""
    return make_cursor(last.placed_at, last.number, fingerprint(query, company))


def read_position(cursor: str, company: str, query: ListQuery) -> tuple[datetime, str]:
    """Time and number that the page begins after.

    Raises:
        InvalidInputProblem: the cursor is garbled, or of other filters or another company.
    """
    placed_at, number = read_cursor(cursor, fingerprint(query, company))
    if not re.fullmatch(NUMBER, number):
        raise stale_cursor()
    return placed_at, number
