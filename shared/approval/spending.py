"""What a company's orders come to, as they stand now."""

from collections.abc import Iterable

from google.cloud.firestore import Client, FieldFilter, Query
from google.cloud.firestore_v1.aggregation import AggregationQuery

from shared.approval.model import Fired, Policy
from shared.approval.rules import Asked, Spent, Sum, fired_rules, sums_for
from shared.market.day import first_instant
from shared.market.model import Market
from shared.order.status import Status

_ALIVE = sorted(one.value for one in Status if one not in (Status.CANCELLED, Status.REJECTED))


def fired_rules_now(db: Client, policy: Policy, market: Market, asked: Asked) -> list[Fired]:
    """The rules that what is asked for has to wait for; costs a query for each sum."""
    wanted = sums_for(policy, asked)
    return fired_rules(policy, asked, read_spent(db, policy.company, market, asked, wanted))


def read_spent(
    db: Client, company: str, market: Market, asked: Asked, wanted: Iterable[Sum]
) -> dict[Sum, Spent]:
    """The sums that are wanted, without orders that were rejected or cancelled."""
    return {one: _sum_orders(_orders(db, company, market, asked, one)) for one in _sorted(wanted)}


def _sorted(sums: Iterable[Sum]) -> list[Sum]:
    return sorted(sums, key=repr)


def _orders(db: Client, company: str, market: Market, asked: Asked, one: Sum) -> Query:
    equal = {
        "company": company,
        "currency": asked.currency,
        "placed_by_uid": one.uid,
        "door.id": one.door,
        "window": one.window,
        "season": one.season,
    }
    found: Query = db.collection("orders").where(filter=FieldFilter("status", "in", _ALIVE))
    for path, value in equal.items():
        if value:
            found = found.where(filter=FieldFilter(path, "==", value))
    if one.since is not None:
        start = first_instant(market, one.since)
        found = found.where(filter=FieldFilter("placed_at", ">=", start))
    if one.until is not None:
        end = first_instant(market, one.until)
        found = found.where(filter=FieldFilter("placed_at", "<", end))
    return found


def _sum_orders(orders: Query) -> Spent:
    summed = AggregationQuery(orders).sum("net.amount", alias="net").count(alias="orders")
    [results] = summed.get()
    figures = {one.alias: int(one.value) for one in results}
    return Spent(figures["net"], figures["orders"])
