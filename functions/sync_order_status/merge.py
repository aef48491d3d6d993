"""What SAP's word on an order changes, pure.

Messages come in any order and more than once, so nothing here depends on what came before:
what is confirmed and SAP's numbers are those of the newest message, the versions follow from all
(`functions.sync_order_status.changes`), each shipment, invoice and further sales document is
that of its newest message, and the status follows from them (`.history`).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TypeAlias, TypeVar, overload

from functions.sync_order_status.changes import (
    finish_told_change,
    has_cancellation,
    tell_versions,
)
from functions.sync_order_status.states import holds, related_order, with_sap_lines, with_state
from shared.actor import SAP
from shared.order.documents import Invoice, RelatedOrder, Shipment
from shared.order.handover import HandoverState
from shared.order.history import rebuild_history
from shared.order.model import Order, OrderLine, Step
from shared.order.rejection import join_keys
from shared.order.status import Status
from shared.order.vat_checks import at_goods_issue
from shared.order.versions import complete_cancellation, finish_change
from shared.sap.deliveries import SapShipment
from shared.sap.fields import read_stamp
from shared.sap.invoices import SapInvoice
from shared.sap.order_responses import SapOrderStatus
from shared.style.model import Style

D = TypeVar("D", Shipment, Invoice, RelatedOrder)
SapRecord: TypeAlias = SapOrderStatus | SapShipment | SapInvoice


def faults(order: Order, sap: SapRecord) -> list[str]:
    """Why the message can't be about this order; empty where it can."""
    if isinstance(sap, SapOrderStatus) and sap.currency != order.currency:
        told = f"{order.number} is in {order.currency}, {sap.sap_number} in {sap.currency}"
        return [f"E1EDK01/CURCY: {told}"]
    if isinstance(sap, SapInvoice) and sap.invoice.net.currency != order.currency:
        told = f"{order.number} is in {order.currency}, and not {sap.invoice.net.currency}"
        return [f"E1EDK01/CURCY: {told}"]
    return []


def is_own(order: Order, sap: SapRecord) -> bool:
    """Whether the message is about the order itself; else about what people in SAP made of it.

    A return and the like tell so; another order or delivery by the number of its sales order.
    """
    if isinstance(sap, SapOrderStatus) and sap.kind is not None:
        return False
    if isinstance(sap, SapShipment) and sap.shipment.returns:
        return False
    own = order.sap_number or (order.external_number or "").lstrip("0")
    return own in ("", sap.sap_number)


def merge(order: Order, sap: SapRecord, styles: Mapping[str, Style] | None = None) -> Order:
    """The order after the message; equal to `order` where it changes nothing.

    `styles` are by article, of those that SAP put into the order and that it had not.
    """
    own = is_own(order, sap)
    match sap:
        case SapOrderStatus() if own:
            return _merge_status(with_sap_lines(order, sap, styles or {}), sap)
        case SapOrderStatus():
            return order.model_copy(update={"related": _newest(order.related, related_order(sap))})
        case SapShipment():
            shipments = _newest(order.shipments, document_of(order, sap))
            known_by = _earliest(sap.shipment.stamp, sap.shipment.shipped_at)
            return _merge_document(order, sap, own, {"shipments": shipments}, known_by)
        case SapInvoice():
            invoices = _newest(order.invoices, document_of(order, sap))
            known_by = read_stamp(sap.invoice.stamp)
            return _merge_document(order, sap, own, {"invoices": invoices}, known_by)


@overload
def document_of(order: Order, sap: SapShipment) -> Shipment: ...
@overload
def document_of(order: Order, sap: SapInvoice) -> Invoice: ...
def document_of(order: Order, sap: SapShipment | SapInvoice) -> Shipment | Invoice:
    """The delivery or invoice as the order keeps it: one of another sales order names that."""
    elsewhere = {} if is_own(order, sap) else {"sales_order": sap.sap_number}
    if isinstance(sap, SapShipment):
        return sap.shipment.model_copy(update=elsewhere)
    return sap.invoice.model_copy(update=elsewhere)


def _merge_status(order: Order, sap: SapOrderStatus) -> Order:
    """After a response, whose items the order has."""
    if sap.stamp > order.status_stamp:
        order = order.model_copy(
            update={
                "status_stamp": sap.stamp,
                "sap_number": sap.sap_number,
                "sap_stamp": sap.sap_stamp,
                "lines": [line_after(line, sap) for line in order.lines],
            }
        )
    order = finish_told_change(tell_versions(with_state(order, sap)))
    order = order.model_copy(update={"holds": holds(order)})
    if has_cancellation(order, sap):
        order = rebuild_history(complete_cancellation(order))
    else:
        order = rebuild_history(order, _step(order, sap))
    order = _finish_handover(order)
    if order.handover.state is HandoverState.WITHDRAWN or order.status is Status.CANCELLED:
        return order
    # SAP has answered, so nothing is left to do but to compare its prices, if it goes on.
    handover = order.handover
    compares = handover.uncompared and order.status is not Status.REJECTED
    done = {"due_at": handover.due_at if compares else None, "lease_until": None}
    handover = handover.model_copy(update={**done, "uncompared": compares})
    return order.model_copy(update={"handover": handover})


def _merge_document(
    order: Order,
    sap: SapShipment | SapInvoice,
    own: bool,
    documents: dict[str, object],
    known_by: datetime,
) -> Order:
    """With its deliveries or invoices. What SAP ships or bills, it has confirmed before."""
    if not own:
        return order.model_copy(update=documents)
    order = at_goods_issue(order.model_copy(update={"sap_number": sap.sap_number, **documents}))
    confirmed = Step(status=Status.CONFIRMED, at=known_by, **SAP.signature)
    return _finish_handover(rebuild_history(order, confirmed))


def _finish_handover(order: Order) -> Order:
    if order.handover.state is HandoverState.WITHDRAWN or order.status is Status.CANCELLED:
        return order
    state = HandoverState.ACCEPTED
    if order.status is Status.REJECTED:
        state = HandoverState.REFUSED
        order = finish_change(order, state)
    ended: dict[str, object] = {"state": state}
    if order.handover.state is HandoverState.PARKED:
        # It came into SAP some other way, so nobody has to decide about it.
        ended["parked"] = None
    return order.model_copy(update={"handover": order.handover.model_copy(update=ended)})


def _newest(known: Iterable[D], told: D) -> list[D]:
    documents = {key_of(one): one for one in known}
    key = key_of(told)
    if key not in documents or told.stamp > documents[key].stamp:
        documents[key] = told
    return [documents[key] for key in sorted(documents)]


def key_of(document: Shipment | Invoice | RelatedOrder) -> tuple[str, str]:
    """A delivery may hold goods of an order and of another that belongs to it."""
    if isinstance(document, RelatedOrder):
        return document.number, ""
    return document.number, document.sales_order


def _earliest(stamp: str, shipped_at: datetime | None) -> datetime:
    told_at = read_stamp(stamp)
    return told_at if shipped_at is None else min(told_at, shipped_at)


def line_after(line: OrderLine, sap: SapOrderStatus) -> OrderLine:
    """The line as SAP confirms or rejects it."""
    there = sap.lines.get(line.position)
    return line.model_copy(
        update={
            # A message is the whole order, so a line that it has not was deleted in SAP.
            "rejected": there is None or bool(there.rejection),
            # Nothing of a rejected item comes, whatever its schedule lines say.
            "confirmed": there.confirmed if there and not there.rejection else [],
        }
    )


def _step(order: Order, sap: SapOrderStatus) -> Step:
    ours = [sap.lines.get(line.position) for line in order.lines]
    rejected = all(there is None or there.rejection for there in ours)
    reasons = [there.rejection for there in ours if there]
    return Step(
        status=Status.REJECTED if rejected else Status.CONFIRMED,
        at=read_stamp(sap.stamp),
        **SAP.signature,
        reason=join_keys(reasons) if rejected else "",
    )
