"""Orders that SAP has, and changes of them on their way, for the tests of exports."""

from datetime import timedelta
from functools import partial

import httpx
from google.cloud.firestore import Client

from emulators.sap.server import StandIn
from functions.export_order.export import export as export_with
from functions.sync_order_status.handler import apply
from shared.availability.model import Availability
from shared.availability.repository import reference as availability_reference
from shared.availability.rules import pending
from shared.event.message import SapMessage
from shared.order.changing import to_sap
from shared.order.model import Order
from shared.order.versions import add_version, next_number
from tests.factories.assortment import NOW
from tests.factories.order import ANNA, change_order
from tests.factories.sap import ECC, PUBLISHED_AT, packet, stamp
from tests.factories.sap_documents import ordrsp

export = partial(export_with, system=ECC)

LATER = NOW + timedelta(hours=2)
CHANGE, COMMIT = "BAPI_SALESORDER_CHANGE", "BAPI_TRANSACTION_COMMIT"


def in_sap(sap: StandIn, order: Order) -> list[tuple[str, str]]:
    """Pieces and reason for rejection of each item, of the one sales order."""
    listed = httpx.get(f"{sap.control_url}/orders").json()
    (one,) = [one for one in listed if one["PURCH_NO_C"].startswith(order.number)]
    return [(item["REQ_QTY"], item["ABGRU"]) for item in one["items"]]


def tell(
    db: Client, number: str, sap_number: str, second: int, ordered: dict[int, int], reason: str = ""
) -> None:
    told = ordrsp(
        number,
        stamp(second),
        sap_number,
        stamp(0),
        lines=[(10, "10123001", 2, reason)],
        ordered=ordered,
    )
    apply(db, ECC, SapMessage("1", "sap-orders", packet(told), {}, PUBLISHED_AT))


def ask_for(db: Client, order: Order, pieces: int | None) -> Order:
    """The order with a change to so many pieces on its way, or its cancellation (None)."""
    if pieces is None:
        asked = to_sap(next_number(order), NOW, ANNA).model_copy(
            update={"cancels": True, "reason": "Too much", "asked_after": order.status_stamp}
        )
        new = order.model_copy(update={"change": asked})
    else:
        new = add_version(order, [pieces], NOW, ANNA, via_sap=True)
        new = new.model_copy(update={"change": to_sap(new.version, NOW, ANNA)})
    change_order(db, new)
    return new


def promised_pieces(db: Client, order: Order) -> int:
    """Pieces of the order's article, which no other order takes."""
    stored = availability_reference(db, "10123", "EU01").get().to_dict() or {}
    held = Availability.model_validate(stored)
    return sum(pending(held, order.lines[0].article).values())
