"""What a sales rep has to look after in the orders of their customers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from google.cloud.firestore import Client, FieldFilter, Query

from functions.orders.customers_schema import (
    ClosingWindow,
    CustomerOrders,
    CustomerOrdersPage,
    OrdersInTrouble,
    SeasonGap,
)
from functions.orders.seasons import about_to_close, current_season, season_before
from shared.assortment import repository as assortments
from shared.assortment.model import DeliveryWindow
from shared.assortment.rules import last_order_day
from shared.company import repository as companies
from shared.company.model import Company
from shared.identity.caller import Claims
from shared.market.day import business_day, market_of
from shared.order.handover import HandoverState
from shared.order.status import Status
from shared.person.customers import CustomersQuery, for_each_customer, page_of_customers
from shared.problem import NotFoundProblem
from shared.store import Document, count, read_all

REJECTED_TOLD = timedelta(days=30)
"""A rejected order stays so for good; so long after it was placed a rep has to know of it."""

MOST_WINDOWS = 5
"""Windows about to close that are looked at for a customer: each is a count of its own."""

_BOUGHT = [status.value for status in Status if status not in (Status.REJECTED, Status.CANCELLED)]


@dataclass(frozen=True)
class _Offer:
    """What a customer can order on their market's business day."""

    windows: list[DeliveryWindow]
    day: date


def look_after(
    db: Client, claims: Claims, query: CustomersQuery, now: datetime
) -> CustomerOrdersPage:
    """A page of the rep's customers with what is to be done about their orders.

    Each costs two documents and at most seven counts, and one for each window about to close.

    Raises:
        InvalidInputProblem: the cursor is none of ours.
    """
    page = page_of_customers(claims, query)
    offers = _offers(db, page.items, now)

    def look(company: str) -> CustomerOrders:
        orders = db.collection("orders").where(filter=FieldFilter("company", "==", company))
        offer = offers.get(company)
        return CustomerOrders(
            company=company,
            trouble=_trouble(orders, now),
            season_gap=_season_gap(orders, offer) if offer else None,
            closing=_closing(orders, offer) if offer else [],
        )

    return CustomerOrdersPage(items=for_each_customer(page, look), next=page.next)


def _offers(db: Client, ids: list[str], now: datetime) -> Mapping[str, _Offer]:
    """By company, in two round trips; none of a company that SAP has deleted."""
    found = read_all(db, [companies.reference(db, id_) for id_ in ids])
    known = list(_known(ids, found))
    listed = sorted({company.assortment for company in known})
    documents = read_all(db, [assortments.reference(db, id_) for id_ in listed])
    windows = {
        id_: list(assortments.parse(id_, document).windows.values())
        for id_, document in zip(listed, documents, strict=True)
    }
    return {
        company.id: _Offer(windows[company.assortment], business_day(market_of(company), now))
        for company in known
    }


def _known(ids: list[str], documents: list[Document | None]) -> Iterable[Company]:
    for id_, document in zip(ids, documents, strict=True):
        try:
            yield companies.parse(id_, document)
        except NotFoundProblem:
            continue


def _trouble(orders: Query, now: datetime) -> OrdersInTrouble:
    rejected = _with(orders, "status", Status.REJECTED.value)
    lately = rejected.where(filter=FieldFilter("placed_at", ">=", now - REJECTED_TOLD))
    parked = HandoverState.PARKED.value
    return OrdersInTrouble(
        pending_approval=count(_with(orders, "status", Status.PENDING_APPROVAL.value)),
        on_hold=count(_with(orders, "status", Status.ON_HOLD.value)),
        rejected=count(lately),
        parked=count(_with(orders, "handover.state", parked))
        + count(_with(orders, "change.handover.state", parked)),
    )


def _season_gap(orders: Query, offer: _Offer) -> SeasonGap | None:
    current = current_season(offer.windows, offer.day)
    if current is None or _has_bought(_with(orders, "season", current)):
        return None
    before = season_before(current)
    bought = _has_bought(_with(orders, "season", before))
    return SeasonGap(before=before, current=current) if bought else None


def _closing(orders: Query, offer: _Offer) -> list[ClosingWindow]:
    return [
        ClosingWindow(
            **window.model_dump(include=set(ClosingWindow.model_fields) - {"cut_off"}),
            cut_off=last_order_day(window),
        )
        for window in about_to_close(offer.windows, offer.day)[:MOST_WINDOWS]
        if not _has_bought(_with(orders, "window", window.id))
    ]


def _has_bought(orders: Query) -> bool:
    kept = orders.where(filter=FieldFilter("status", "in", _BOUGHT))
    return count(kept.limit(1)) > 0


def _with(orders: Query, path: str, value: str) -> Query:
    return orders.where(filter=FieldFilter(path, "==", value))
