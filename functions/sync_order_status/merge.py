"""What SAP's word on an order changes, pure.

Messages come in any order and more than once, so nothing here depends on what came before:
lines and SAP's numbers are those of the newest message, each shipment and invoice is that of
its newest message, and the status follows from them (`functions.sync_order_status.history`).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from functions.sync_order_status.changes import has_cancellation, mark_in_sap
from functions.sync_order_status.history import rebuild_history
from shared.actor import SAP
from shared.order.model import HandoverState, Invoice, Order, OrderLine, Shipment, Step
from shared.order.status import Status
from shared.order.vat_checks import at_goods_issue
from shared.order.versions import complete_cancellation, finish_change
from shared.sap.deliveries import SapShipment
from shared.sap.fields import read_stamp
from shared.sap.invoices import SapInvoice
from shared.sap.order_responses import SapOrderStatus

D = TypeVar("D", Shipment, Invoice)


def faults(order: Order, sap: SapOrderStatus | SapShipment | SapInvoice) -> list[str]:
    """Why the message can't be about this order; empty where it can."""
    found = []
    if order.sap_number not in (None, sap.sap_number):
        found.append(f"{order.number} is the sales order {order.sap_number}, not {sap.sap_number}")
    articles = _articles(sap)
    found += [
        f"position {line.position} of {order.number} is {line.article}, not {there}"
        for line in order.lines
        if (there := articles.get(line.position, line.article)) != line.article
    ]
    return found


def _articles(sap: SapOrderStatus | SapShipment | SapInvoice) -> dict[int, str]:
    match sap:
        case SapOrderStatus():
            return {position: line.article for position, line in sap.lines.items()}
        case SapShipment():
            return sap.articles
        case SapInvoice():
            return {}


def merge(order: Order, sap: SapOrderStatus | SapShipment | SapInvoice) -> Order:
    """The order after the message; equal to `order` where it changes nothing."""
    match sap:
        case SapOrderStatus():
            return _merge_status(order, sap)
        case SapShipment():
            return _merge_document(
                order,
                sap.sap_number,
                {"shipments": _newest(order.shipments, sap.shipment)},
                _earliest(sap.shipment.stamp, sap.shipment.shipped_at),
            )
        case SapInvoice():
            return _merge_document(
                order,
                sap.sap_number,
                {"invoices": _newest(order.invoices, sap.invoice)},
                read_stamp(sap.invoice.stamp),
            )


def _merge_status(order: Order, sap: SapOrderStatus) -> Order:
    if sap.stamp > order.status_stamp:
        order = order.model_copy(
            update={
                "status_stamp": sap.stamp,
                "sap_number": sap.sap_number,
                "sap_stamp": sap.sap_stamp,
                "lines": [_line(line, sap) for line in order.lines],
            }
        )
    order = mark_in_sap(order, sap)
    if has_cancellation(order, sap):
        order = complete_cancellation(order)
    else:
        order = rebuild_history(order, _step(order, sap))
    order = _finish_handover(order)
    if order.handover.state is HandoverState.WITHDRAWN or order.status is Status.CANCELLED:
        return order
    # SAP has answered, so nothing is left to do.
    handover = order.handover.model_copy(update={"due_at": None, "lease_until": None})
    return order.model_copy(update={"handover": handover})


def _merge_document(
    order: Order, sap_number: str, documents: dict[str, object], known_by: datetime
) -> Order:
    """With its deliveries or invoices. What SAP ships or bills, it has confirmed before."""
    order = at_goods_issue(order.model_copy(update={"sap_number": sap_number, **documents}))
    confirmed = Step(status=Status.CONFIRMED, at=known_by, **SAP.signature)
    return _finish_handover(rebuild_history(order, confirmed))


def _finish_handover(order: Order) -> Order:
    if order.handover.state is HandoverState.WITHDRAWN or order.status is Status.CANCELLED:
        return order
    state = HandoverState.ACCEPTED
    if order.status is Status.REJECTED:
        state = HandoverState.REFUSED
        order = finish_change(order, state)
    return order.model_copy(update={"handover": order.handover.model_copy(update={"state": state})})


def _newest(known: Iterable[D], told: D) -> list[D]:
    documents = {one.number: one for one in known}
    if told.number not in documents or told.stamp > documents[told.number].stamp:
        documents[told.number] = told
    return [documents[number] for number in sorted(documents)]


def _earliest(stamp: str, shipped_at: datetime | None) -> datetime:
    told_at = read_stamp(stamp)
    return told_at if shipped_at is None else min(told_at, shipped_at)


def _line(line: OrderLine, sap: SapOrderStatus) -> OrderLine:
    there = sap.lines.get(line.position)
    return line.model_copy(
        update={
            "confirmed": there.confirmed if there else [],
            # A message is the whole order, so a line that it has not was deleted in SAP.
            "rejected": there is None or bool(there.rejection),
        }
    )


def _step(order: Order, sap: SapOrderStatus) -> Step:
    ours = [sap.lines.get(line.position) for line in order.lines]
    rejected = all(there is None or there.rejection for there in ours)
    reasons = [there.rejection for there in ours if there and there.rejection]
    return Step(
        status=Status.REJECTED if rejected else Status.CONFIRMED,
        at=read_stamp(sap.stamp),
        **SAP.signature,
        reason=", ".join(dict.fromkeys(reasons)) if rejected else "",
    )
