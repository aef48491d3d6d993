"""What people in SAP made of an order, as its buyer reads it."""

from babel import Locale

from functions.orders.views import order_view
from functions.orders.wording import Reader
from functions.sync_order_status.merge import merge
from shared.order.documents import RelatedKind
from shared.order.hold import HoldKind
from shared.order.model import Order
from shared.sap.deliveries import SapShipment, shipments
from shared.sap.fields import read_stamp
from shared.sap.idoc import Idoc as SapIdoc
from shared.sap.invoices import SapInvoice, invoices
from tests.factories.assortment import NOW
from tests.factories.sap import ECC, Idoc, packet, stamp
from tests.factories.sap_documents import desadv, invoic
from tests.support.idocs import read_packet
from tests.unit.functions.sync_order_status.test_changes import (
    AS_PLACED,
    LARGE,
    MEDIUM,
    SMALL,
    Item,
    after,
    status_at,
)

EN = Reader(Locale("en"))
CHANGED = {10: Item(LARGE, 4, 2000), 20: Item(MEDIUM, 3), 30: Item(SMALL, 2, 3000)}


def with_documents(one: Order, *idocs: Idoc) -> Order:
    def read(idoc: SapIdoc) -> list[SapShipment | SapInvoice]:
        return [*(shipments(idoc) if idoc.kind == "DESADV" else invoices(idoc))]

    for records in read_packet(packet(*idocs), ECC, {"DESADV": read, "INVOIC": read}):
        for record in records:
            one = merge(one, record)
    return one


def test_a_version_of_the_brands_shows_old_beside_new() -> None:
    view = order_view(after(status_at(101, AS_PLACED), status_at(102, CHANGED)), EN, NOW)
    first, second = view.versions
    assert (first.changes, second.by_kind, second.state) == ([], "sap", "current")
    other, more = second.changes
    assert (other.position, other.before, other.after) == (10, 12, 4)
    assert other.price_before is not None
    assert other.price_after is not None
    assert (other.price_before.amount, other.price_after.amount) == (2500, 2000)
    assert other.item_before is not None
    assert other.item_after is not None
    assert (other.item_before.sku, other.item_after.sku) == ("10123-010-S", "10123-010-L")
    assert (more.position, more.before, more.after, more.price_before) == (30, 0, 2, None)
    assert view.brand_changed_at == read_stamp(stamp(102))
    assert view.lines[0].in_place_of == other.item_before
    assert [line.added_by_brand for line in view.lines] == [False, False, True]


def test_only_what_changed_is_named() -> None:
    less = {**AS_PLACED, 10: Item(SMALL, 4)}
    view = order_view(after(status_at(101, AS_PLACED), status_at(102, less)), EN, NOW)
    [change] = view.versions[1].changes
    assert (change.price_before, change.item_before) == (None, None)
    assert view.lines[0].in_place_of is None


def test_a_hold_is_told_with_the_order() -> None:
    view = order_view(after(status_at(101, AS_PLACED, status={"CMGST": "B"})), EN, NOW)
    assert [(one.kind, one.since) for one in view.holds] == [
        (HoldKind.CREDIT, read_stamp(stamp(101)))
    ]


def test_returns_and_credit_memos_stand_apart_from_what_was_shipped_and_billed() -> None:
    back = status_at(105, {10: Item(SMALL, 2)}, order_type="RE", sap_number="60000001")
    one = with_documents(
        after(status_at(101, AS_PLACED), back),
        desadv(items=[(10, SMALL, 12), (20, MEDIUM, 3)]),
        desadv("84000001", items=[(10, SMALL, 2)], delivery_type="LR", sap_number="60000001"),
        invoic(items=[(10, 12), (20, 3)]),
        invoic("95000001", items=[(10, 2)], kind="CRME", sap_number="60000001"),
    )
    view = order_view(one, EN, NOW)
    assert [one.number for one in view.shipments] == ["80000001"]
    assert [(one.number, one.sales_order) for one in view.returned] == [("84000001", "60000001")]
    assert [one.number for one in view.invoices] == ["90000001"]
    assert [one.number for one in view.credit_memos] == ["95000001"]
    [filed] = view.related
    assert (filed.kind, filed.items[0].quantity) == (RelatedKind.RETURN, 2)
    assert filed.items[0].item is not None
    assert [line.shipped for line in view.lines] == [12, 3]
    assert view.status == "invoiced"
