"""What an order takes of stock and credit that SAP's figures don't include yet.

SAP's open orders hold none of an order before it created it, and of a version from the stamp
on that it first told it with. What they lack of the pieces that are to be delivered is
promised here, in one promise for each version: sure to be included, and forgotten, with stock
of that version's stamp. So nothing is promised twice, or to nobody, whatever comes first.
While a change is on its way, the greater of both versions counts.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from google.cloud.firestore import SERVER_TIMESTAMP

from shared.availability.model import Availability, Promise
from shared.availability.rules import settled
from shared.company.model import Credit, OpenOrder
from shared.order.content import effective_versions
from shared.order.model import Order, OrderLine
from shared.order.status import Status
from shared.store import Document, to_document


@dataclass(frozen=True)
class Stage:
    """A version as SAP counts it from `stamp` on (None: not told yet)."""

    key: str
    stamp: str | None
    quantities: list[int]


def keys(order: Order) -> list[str]:
    """What the order's promises and open orders may be named by."""
    return [order.number, *(f"{order.number}~{one.number}" for one in order.versions[1:])]


def stages(order: Order) -> list[Stage]:
    """The versions that SAP counts or is to count, oldest first."""
    created, *later = effective_versions(order)
    return [
        Stage(order.number, order.sap_stamp, created.quantities),
        *(Stage(f"{order.number}~{v.number}", v.sap_stamp, v.quantities) for v in later),
    ]


def shares(counted: Sequence[int], *, last_is_sure: bool) -> list[int]:
    """What is promised until SAP's figures include each of the stages, which count `counted`.

    Before the first they have nothing of it.
    """
    wanted = counted[-1] if last_is_sure else max(counted[-2:])
    known = [*counted[:-1], wanted]
    missing = [wanted - min(known[stage:]) for stage in range(len(known))]
    return [before - after for before, after in zip([wanted, *missing], missing, strict=False)]


def counted_by_sap(order: Order, line: int, stock_stamp: str) -> int:
    """Pieces of the line at index `line` that are part of SAP's open orders as of a stock stamp."""
    if order.lines[line].rejected:
        return 0
    included = [s for s in stages(order) if s.stamp is not None and s.stamp <= stock_stamp]
    return included[-1].quantities[line] if included else 0


def promises_of(order: Order, style: str, availability: Availability) -> dict[str, Promise]:
    """What the order takes of a style, by key, without what SAP's figures include."""
    if not order.at_once or not is_alive(order):
        return {}
    found: dict[str, dict[str, int]] = defaultdict(dict)
    there = stages(order)
    for index, line in _counting(order):
        if line.sku.startswith(f"{style}-"):
            for stage, share in zip(there, _line_shares(there, index), strict=True):
                if share:
                    found[stage.key][line.article] = share
    promises = {
        stage.key: Promise(
            on=order.requested_on, quantities=found[stage.key], sap_stamp=stage.stamp
        )
        for stage in there
        if stage.key in found
    }
    return {key: one for key, one in promises.items() if not settled(availability, one)}


def open_orders_of(order: Order, credit: Credit | None) -> dict[str, OpenOrder]:
    """The order's share of the credit, by key, without what SAP's exposure includes."""
    if not is_alive(order):
        return {}
    there = stages(order)
    amounts = [_amount(order, stage.quantities) for stage in there]
    found = zip(there, shares(amounts, last_is_sure=_last_is_sure(there)), strict=True)
    return {
        stage.key: OpenOrder(amount=amount, sap_stamp=stage.stamp)
        for stage, amount in found
        if amount and not (credit and stage.stamp is not None and stage.stamp <= credit.stamp)
    }


def availability_update(document: Document | None, style: str, order: Order) -> Document:
    """Fields of `availability/…` that have to change; empty for none."""
    if document is None:
        return {}
    fresh = promises_of(order, style, Availability.model_validate(document))
    documents = {key: to_document(promise) for key, promise in fresh.items()}
    changed = _replaced("promises", document.get("promises", {}), order, documents)
    return {**changed, "updated_at": SERVER_TIMESTAMP} if changed else {}


def company_update(document: Document | None, order: Order) -> Document:
    """Fields of `companies/…` that have to change; empty for none.

    A share that is gone was included by SAP's exposure, so it does not come again.
    """
    if document is None:
        return {}
    old = document.get("open_orders", {})
    credit = Credit.model_validate(document["credit"]) if document.get("credit") else None
    documents = {
        key: to_document(share)
        for key, share in open_orders_of(order, credit).items()
        if key in old or share.sap_stamp is None
    }
    return _replaced("open_orders", old, order, documents)


def held_updates(
    documents: Sequence[Document | None], styles: Sequence[str], order: Order
) -> Iterator[Document]:
    """Updates of the company's document, then of each style's availability, as they were read."""
    company, *stocks = documents
    yield company_update(company, order)
    for stock, style in zip(stocks, styles, strict=True):
        yield availability_update(stock, style, order)


def _replaced(field: str, old: Document, order: Order, fresh: Document) -> Document:
    own = keys(order)
    new = {key: entry for key, entry in old.items() if key not in own} | fresh
    return {} if new == old else {field: new}


def _counting(order: Order) -> Iterator[tuple[int, OrderLine]]:
    return ((index, line) for index, line in enumerate(order.lines) if not line.rejected)


def _line_shares(there: list[Stage], line: int) -> list[int]:
    counted = [stage.quantities[line] for stage in there]
    return shares(counted, last_is_sure=_last_is_sure(there))


def _last_is_sure(there: list[Stage]) -> bool:
    return len(there) == 1 or there[-1].stamp is not None


def _amount(order: Order, quantities: list[int]) -> int:
    return sum(
        line.unit_price.line_amount(quantities[index]).amount for index, line in _counting(order)
    )


def is_alive(order: Order) -> bool:
    """Whether anything of the order is to be delivered, as far as its status tells."""
    return order.status not in (Status.REJECTED, Status.CANCELLED)
