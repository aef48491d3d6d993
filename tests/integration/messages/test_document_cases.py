"""Messages about orders that were misread once, a test each, for both source systems (`test_cases`)."""

import pytest

from shared.availability.model import Availability
from shared.availability.rules import ats, pending
from shared.order.documents import RelatedKind
from shared.order.hold import HoldKind
from shared.order.status import Status
from tests.factories.availability import promised, store_availability
from tests.factories.company import company, store_company
from tests.factories.order import order, order_line, store_order
from tests.factories.sap import stamp, stock_row
from tests.factories.sap_documents import desadv, invoic
from tests.integration.messages.sellin import APPLIED, UNCHANGED, Sellin

# --- ORDRSP, DESADV, INVOIC ---------------------------------------------------------------------


def test_ordrsp_changed_by_people_in_sap(sellin: Sellin) -> None:
    """Item 10 from 12 to 4 at another price, item 30 added: the order's version, named as SAP's."""
    sellin.has_an_order()
    changed = sellin.response(
        2,
        [(10, "10123001", 4, ""), (20, "10123002", 5, ""), (30, "10123003", 2, "")],
        ordered={10: 4, 20: 5, 30: 2},
        items={10: {"VPREI": "20.00"}, 30: {"VPREI": "30.00"}},
    )
    assert sellin.takes(changed) == APPLIED
    found = sellin.order
    assert [(line.position, line.quantity, line.unit_price.amount) for line in found.lines] == [
        (10, 4, 2000), (20, 5, 2500), (30, 2, 3000),
    ]  # fmt: skip
    assert (found.version, found.versions[-1].by_kind) == (2, "sap")


def test_ordrsp_confirmed_in_cases(sellin: Sellin) -> None:
    """MENGE and WMENG of one case confirm 12 of 12."""
    sellin.has_an_order()
    case = sellin.system.documents.case_units[0]
    idoc = sellin.response(
        2,
        [(10, "10123001", 1, ""), (20, "10123002", 5, "")],
        ordered={10: 1, 20: 5},
        items={10: {"MENEE": case}},
    )
    assert sellin.takes(idoc) == UNCHANGED
    [confirmed] = sellin.order.lines[0].confirmed
    assert (confirmed.quantity, sellin.order.version) == (12, 1)


def test_ordrsp_substitution(sellin: Sellin) -> None:
    """IDTNR of another article in place of the ordered one is in the order, as SAP's change."""
    sellin.has_an_order()
    other = sellin.response(2, [(10, "10123003", 12, ""), (20, "10123002", 5, "")])
    assert sellin.takes(other) == APPLIED
    found = sellin.order
    assert [(line.article, line.sku) for line in found.lines] == [
        ("10123003", "10123-010-L"), ("10123002", "10123-010-M"),
    ]  # fmt: skip
    assert found.placed_lines[0].article == "10123001"
    assert found.versions[-1].by_kind == "sap"


KINDS = [kind for kind in RelatedKind if kind is not RelatedKind.SECOND_ORDER]


@pytest.mark.parametrize("kind", KINDS)
def test_documents_that_follow_an_order(sellin: Sellin, kind: RelatedKind) -> None:
    """Returns, free deliveries and memos with our PO number are filed with the order.

    So are the delivery and the bill of each, and nothing of the order itself is shipped or billed.
    """
    sellin.has_an_order()
    documents = sellin.system.documents
    delivered = documents.returns[0] if kind is RelatedKind.RETURN else "LF"
    credited = kind in (RelatedKind.RETURN, RelatedKind.CREDIT_MEMO)
    billed = documents.credit_memos[0] if credited else "INVO"
    for each, code in enumerate(
        (c for c, k in documents.order_types.items() if kind == k), start=1
    ):
        number = f"6000000{each}"
        idoc = sellin.response(10, [(10, "10123001", 2, "")], order_type=code, sap_number=number)
        assert sellin.takes(idoc) == APPLIED
        goods = desadv(
            f"8100000{each}",
            items=[(10, "10123001", 2)],
            delivery_type=delivered,
            sap_number=number,
        )
        assert sellin.takes(goods) == APPLIED
        bill = invoic(f"9100000{each}", items=[(10, 2)], sap_number=number, kind=billed)
        assert sellin.takes(bill) == APPLIED
    found = sellin.order
    assert {one.kind for one in found.related} == {kind}
    assert (found.lines[0].quantity, found.status) == (12, Status.CONFIRMED)
    assert {one.returns for one in found.shipments} == {kind is RelatedKind.RETURN}
    assert {one.credit_memo for one in found.invoices} == {credited}
    theirs = {one.number for one in found.related}
    assert {one.sales_order for one in found.shipments} == theirs
    assert {one.sales_order for one in found.invoices} == theirs
    assert sellin.reasons == ""


def test_second_order_of_one_number(sellin: Sellin) -> None:
    """Another sales order of our PO number is filed as such; so are its delivery and its bill."""
    sellin.has_an_order()
    number = "4799"
    response = sellin.response(10, [(10, "10123001", 2, "")], sap_number=number)
    assert sellin.takes(response) == APPLIED
    assert sellin.takes(desadv(items=[(10, "10123001", 2)], sap_number=number)) == APPLIED
    assert sellin.takes(invoic(items=[(10, 2)], sap_number=number)) == APPLIED
    found = sellin.order
    assert [one.kind for one in found.related] == [RelatedKind.SECOND_ORDER]
    assert (found.sap_number, found.status) == ("4711", Status.CONFIRMED)
    assert [one.sales_order for one in found.shipments] == [number]
    assert [one.sales_order for one in found.invoices] == [number]
    assert sellin.reasons == ""


def test_desadv_of_a_return(sellin: Sellin) -> None:
    """Goods that come back are no shipment of the order."""
    sellin.has_an_order()
    back = desadv(
        items=[(10, "10123001", 2)],
        delivery_type=sellin.system.documents.returns[0],
        sap_number="60000001",
    )
    assert sellin.takes(back) == APPLIED
    assert [one.returns for one in sellin.order.shipments] == [True]
    assert sellin.order.status is Status.CONFIRMED


def test_invoic_credit_memo(sellin: Sellin) -> None:
    """BSART CRME is a credit memo: its pieces are not invoiced once more."""
    sellin.has_an_order()
    sent = desadv(items=[(10, "10123001", 12), (20, "10123002", 5)])
    assert sellin.takes(sent) == APPLIED
    assert sellin.takes(invoic(items=[(10, 12)])) == APPLIED
    memo = sellin.system.documents.credit_memos[0]
    assert memo == "CRME"
    assert sellin.takes(invoic("90000002", items=[(20, 5)], kind=memo)) == APPLIED
    found = sellin.order
    assert [one.credit_memo for one in found.invoices] == [False, True]
    assert found.status is Status.SHIPPED


def test_held_until_released(sellin: Sellin) -> None:
    """CMGST B and UVALL hold the order with the reason, until SAP releases it."""
    sellin.has_an_order()
    held = sellin.response(2, status={"CMGST": "B", "UVALL": "A"})
    assert sellin.takes(held) == APPLIED
    kinds = [hold.kind for hold in sellin.order.holds]
    assert kinds == [HoldKind.CREDIT, HoldKind.INCOMPLETE]
    assert sellin.takes(sellin.response(3, status={"CMGST": "D"})) == APPLIED
    assert sellin.order.holds == []


def test_stock_of_the_second_in_which_an_order_was_saved(sellin: Sellin) -> None:
    """Stamps of whole seconds: stock of the same second may lack the order, which counts beside it."""
    sellin.knows_the_article()
    store_company(sellin.db, company())
    placed = order(lines=[order_line(quantity=12)])
    store_order(sellin.db, placed)
    held = promised(placed.requested_on, {"10123001": 12})
    store_availability(sellin.db, Availability(style="10123", plant="EU01", promised=held))
    second, next_second = stamp(5)[:14], stamp(6)[:14]
    saved = sellin.response(5, [(10, "10123001", 12, "")], ordered={10: 12}, created=second)
    assert sellin.takes(saved) == APPLIED
    for changed, taken, left in ((second, "0", 12), (next_second, "12", 0)):
        row = stock_row(changed=changed, on_hand=50) | {"OMENG": taken}
        assert sellin.takes_stock(row) == APPLIED
        found = Availability.model_validate(sellin.stored("availability/10123~EU01"))
        assert sum(pending(found, "10123001").values()) == left
        assert ats(found, "10123001", placed.requested_on) == 38
