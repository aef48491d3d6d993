"""What SAP says of orders, deliveries and invoices changes our orders.

An order's response also changes what it holds of stock and credit; what was shipped SAP takes
off its stock and its open orders at once, in the figures that it publishes itself.
"""

from collections.abc import Callable, Mapping, Sequence

import structlog
from google.cloud.firestore import Client

from functions.sync_order_status.articles import in_pieces, styles_of
from functions.sync_order_status.merge import SapRecord, faults, merge
from functions.sync_order_status.verdicts import verdict
from shared.document_size import size_of
from shared.event.message import SapMessage
from shared.event.outcome import MessageOutcome, outcome_of
from shared.event.passing import PASSING, why
from shared.event.verdict import Verdict
from shared.event.writing import Fault, Written
from shared.optimistic import Attempt, optimistically
from shared.order import repository as orders
from shared.order.handover import HandoverState
from shared.order.model import Order
from shared.order.saving import save_orders
from shared.sap.buyer_texts import report_without_words
from shared.sap.deliveries import SapShipment, shipments
from shared.sap.fault import AwaitedError, UntranslatableMessageError
from shared.sap.idoc import Idoc, read_packet
from shared.sap.invoices import invoices
from shared.sap.order_responses import SapOrderStatus, order_status
from shared.sap.source_system import SourceSystem
from shared.store import Document, read_all, to_document
from shared.style.model import Style
from shared.vat.request import VatRequest

LARGEST_ORDER = 1_040_000
"""Bytes of an order's document, of the 1 MiB that Firestore takes: unlike all others it may use
the room that is left for shipments and invoices."""


class OrderFullError(Exception):
    """What SAP tells of an order is more than its document can hold."""


def _order_statuses(idoc: Idoc) -> list[SapRecord]:
    status = order_status(idoc)
    return [] if status is None else [status]


_TRANSLATORS: Mapping[str, Callable[[Idoc], Sequence[SapRecord]]] = {
    "ORDRSP": _order_statuses,
    "DESADV": shipments,
    "INVOIC": invoices,
}


def apply(
    db: Client, system: SourceSystem, message: SapMessage
) -> tuple[MessageOutcome, list[VatRequest]]:
    """Bring every order of the message to what SAP says, each in its own commit.

    Returns what became of its IDocs, and for which goods issues VIES is to be asked. An IDoc about
    an order that is unknown, another one than SAP thinks, or full, is quarantined; one that needs an
    article which has not come waits for it.

    Raises:
        UntranslatableMessageError: it is no message of IDocs; nothing was stored.
    """
    packet = read_packet(message, system, _TRANSLATORS)
    told = [(taken.place, one) for taken in packet.taken for one in taken.says]
    _report_reasons([one for _, one in told], system)
    documents = read_all(db, [orders.reference(db, one.number) for _, one in told])
    written = Written()
    requests: list[VatRequest] = []
    for (place, one), document in zip(told, documents, strict=True):
        try:
            found, after = _apply_known(db, one, document)
        except PASSING:
            raise
        except AwaitedError as error:
            written.faults += [Fault(place, reason, error.awaits) for reason in error.reasons]
        except UntranslatableMessageError as error:
            written.faults += [Fault(place, reason) for reason in error.reasons]
        except Exception as error:  # noqa: BLE001 (one order never keeps the others away)
            written.faults.append(Fault(place, f"order {one.number}: {why(error)}"))
        else:
            written.documents += after is not None
            written.judge({place: found})
            if after and after.vat_due_at and isinstance(one, SapShipment):
                occasion = f"{after.number}-{one.shipment.number}"
                requests.append(VatRequest(after.company, occasion))
    return outcome_of(packet, written), requests


def _report_reasons(records: Sequence[SapRecord], system: SourceSystem) -> None:
    """Tell which reasons for rejection the settings have no words for, so that buyers don't read them."""
    reasons = (
        line.rejection
        for one in records
        if isinstance(one, SapOrderStatus)
        for line in one.lines.values()
    )
    report_without_words("rejections", reasons, system.buyer_texts.rejections)


def _apply_known(
    db: Client, one: SapRecord, document: Document | None
) -> tuple[Verdict, Order | None]:
    """What the message is to the order, that was read as `document`; and the order as written, None
    if it was not.

    Raises:
        UntranslatableMessageError: it is unknown, or another one than SAP thinks, or full, or
            its articles are not known well enough.
    """
    # SAP gets an order only after it was committed, so one that isn't there never comes.
    if document is None:
        raise UntranslatableMessageError([f"order {one.number} is not known"])
    order = Order.model_validate(document)
    if found := faults(order, one):
        raise UntranslatableMessageError(found)
    styles = styles_of(db, order, one)
    one = in_pieces(order, one, styles)
    if order.handover.state is HandoverState.WITHDRAWN:
        # It can't be: people must cancel it there, or it is delivered.
        structlog.get_logger().error(
            "cancelled but in SAP", order=order.number, sap_number=one.sap_number
        )
    try:
        return _apply_one(db, order.number, one, styles)
    except OrderFullError as error:
        reason = f"the document of order {one.number} has no room for this"
        raise UntranslatableMessageError([reason]) from error


def _apply_one(
    db: Client, number: str, record: SapRecord, styles: Mapping[str, Style]
) -> tuple[Verdict, Order | None]:
    """What the record is to the order, and the order as it was written; None where nothing was.

    Raises:
        OrderFullError: Firestore would refuse the order, however often the message came.
    """

    def body(attempt: Attempt) -> tuple[Verdict, Order | None]:
        reference = orders.reference(db, number)
        [document] = attempt.read([reference])
        before = Order.model_validate(document)
        after = merge(before, record, styles)
        if after != before and size_of(reference.path, to_document(after)) > LARGEST_ORDER:
            raise OrderFullError
        is_written = save_orders(attempt, db, [(before, after)])
        return verdict(before, after, record), after if is_written else None

    return optimistically(db, body)
