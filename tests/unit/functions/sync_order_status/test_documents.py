"""Deliveries and invoices, beside order responses, in any order."""

from itertools import pairwise, permutations
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.sync_order_status.merge import merge
from shared.order.commitment import open_amounts, promised_pieces
from shared.order.documents import RelatedKind
from shared.order.following import shipped_quantities
from shared.order.handover import Handover, HandoverState
from shared.order.model import Order, OrderChange, Step
from shared.order.status import Status, may_move
from shared.sap.deliveries import SapShipment, shipments
from shared.sap.fields import read_stamp
from shared.sap.invoices import SapInvoice, invoices
from shared.sap.order_responses import SapOrderStatus, order_status
from tests.factories.order import order, order_line
from tests.factories.sap import ECC, clock, packet, stamp
from tests.factories.sap_documents import desadv, invoic, ordrsp
from tests.support.arrival import arrivals
from tests.support.idocs import read_packet

Told: TypeAlias = SapOrderStatus | SapShipment | SapInvoice

LINES = [
    order_line("10123-010-S", "10123001", 5, position=10),
    order_line("10123-010-M", "10123002", 3, position=20),
]
ARTICLES = {10: "10123001", 20: "10123002"}
ALL = {10: 5, 20: 3}


def responded(second: int, rejected: tuple[int, ...] = ()) -> SapOrderStatus:
    lines = [(p, a, 5, "Z1" if p in rejected else "") for p, a in ARTICLES.items()]
    idoc = ordrsp(serial=stamp(second), created=stamp(100), lines=lines, ordered=ALL)
    found = read_packet(packet(idoc), ECC, {"ORDRSP": order_status})[0]
    assert found is not None
    return found


def delivered(
    second: int,
    quantities: dict[int, int],
    number: str = "80000001",
    left: int | None = None,
    *,
    deleted: bool = False,
) -> SapShipment:
    """A delivery as of `second`, whose goods left at second `left`, by default just then."""
    goods_issue = "" if left == -1 else clock(ECC, stamp(second if left is None else left))
    items = [(position, ARTICLES[position], pieces) for position, pieces in quantities.items()]
    idoc = desadv(number, stamp(second), items, goods_issue, deleted=deleted)
    [found] = read_packet(packet(idoc), ECC, {"DESADV": shipments})[0]
    return found


def billed(
    second: int, quantities: dict[int, int], number: str = "90000001", cancels: str | None = None
) -> SapInvoice:
    idoc = invoic(number, stamp(second), quantities.items(), cancels)
    [found] = read_packet(packet(idoc), ECC, {"INVOIC": invoices})[0]
    return found


def after(*told: Told, one: Order | None = None) -> Order:
    one = one or order(lines=LINES)
    for message in told:
        one = merge(one, message)
    return one


def statuses(one: Order) -> list[Status]:
    assert one.history[-1].status is one.status
    return [step.status for step in one.history]


SHIPPED = [Status.ACCEPTED, Status.CONFIRMED, Status.SHIPPED]


def test_what_is_shipped_in_parts_and_invoiced() -> None:
    one = after(
        responded(101),
        delivered(110, {10: 5}),
        delivered(120, {20: 3}, "80000002"),
        billed(130, ALL),
    )
    assert [(step.status, step.by, step.reason) for step in one.history[1:]] == [
        (Status.CONFIRMED, "SAP", ""),
        (Status.PARTLY_SHIPPED, "SAP", "80000001"),
        (Status.SHIPPED, "SAP", "80000002"),
        (Status.INVOICED, "SAP", "90000001"),
    ]
    assert [step.at for step in one.history[1:]] == [
        read_stamp(stamp(second)) for second in (101, 110, 120, 130)
    ]
    assert shipped_quantities(one) == ALL
    assert [shipment.number for shipment in one.shipments] == ["80000001", "80000002"]


def test_a_delivery_tells_that_sap_has_confirmed_the_order() -> None:
    one = after(delivered(110, ALL))
    assert statuses(one) == SHIPPED
    assert (one.sap_number, one.handover.state) == ("4711", HandoverState.ACCEPTED)
    # The response is still waited for: it tells from when SAP's stock includes the order.
    assert one.handover.due_at is not None
    assert after(responded(101), one=one) == after(responded(101), delivered(110, ALL))


def test_a_delivery_that_has_not_left_moves_nothing() -> None:
    one = after(responded(101), delivered(110, ALL, left=-1))
    assert statuses(one) == [Status.ACCEPTED, Status.CONFIRMED]
    assert shipped_quantities(one) == {}
    assert statuses(after(delivered(120, ALL), one=one)) == SHIPPED


def test_a_cancelled_delivery_takes_back_what_it_said() -> None:
    one = after(responded(101), delivered(110, ALL), delivered(120, ALL, deleted=True))
    assert statuses(one) == [Status.ACCEPTED, Status.CONFIRMED]
    assert one.shipments[0].cancelled
    reversed_only = after(responded(101), delivered(110, ALL), delivered(120, ALL, left=-1))
    assert statuses(reversed_only) == [Status.ACCEPTED, Status.CONFIRMED]


def test_a_reversed_invoice_takes_back_what_it_said() -> None:
    told: list[Told] = [
        responded(101),
        delivered(110, ALL),
        billed(120, ALL),
        billed(130, ALL, "90000002", "90000001"),
    ]
    assert statuses(after(*told)) == SHIPPED
    again = after(*told, billed(140, ALL, "90000003"))
    assert statuses(again) == [*SHIPPED, Status.INVOICED]
    assert again.history[-1].reason == "90000003"


def test_an_invoice_of_a_part_leaves_the_rest_to_be_shipped() -> None:
    one = after(responded(101), delivered(110, {10: 5}), billed(120, {10: 5}))
    assert one.status is Status.PARTLY_SHIPPED
    one = after(delivered(130, {20: 3}, "80000002"), billed(140, {20: 3}, "90000002"), one=one)
    assert statuses(one)[-2:] == [Status.SHIPPED, Status.INVOICED]


def test_an_invoice_before_its_delivery_waits_for_it() -> None:
    one = after(responded(101), billed(120, ALL))
    assert one.status is Status.CONFIRMED
    assert statuses(after(delivered(110, ALL), one=one)) == [*SHIPPED, Status.INVOICED]


def test_what_was_rejected_need_not_be_shipped() -> None:
    one = after(responded(101), delivered(110, {10: 5}))
    assert one.status is Status.PARTLY_SHIPPED
    assert statuses(after(responded(120, rejected=(20,)), one=one)) == SHIPPED


def test_goods_that_had_left_are_not_rejected() -> None:
    for told in (
        (delivered(110, {10: 2}), responded(120, rejected=(10, 20))),
        (responded(120, rejected=(10, 20)), delivered(110, {10: 2})),
    ):
        assert statuses(after(responded(101), *told)) == SHIPPED


def test_nothing_is_left_to_do_about_the_change_of_an_order_that_came_to_be_rejected() -> None:
    asked = read_stamp(stamp(105))
    waiting = OrderChange(
        number=2, cancels=True, at=asked, by="Anna Buyer", handover=Handover(due_at=asked)
    )
    one = after(responded(101)).model_copy(update={"change": waiting})
    one = after(delivered(110, ALL), responded(120, rejected=(10, 20)), one=one)
    assert one.status is Status.SHIPPED
    one = after(delivered(130, ALL, left=-1), one=one)
    assert one.status is Status.REJECTED
    assert one.change is not None
    assert (one.change.handover.state, one.change.handover.due_at) == (HandoverState.REFUSED, None)


def test_what_leaves_after_its_rejection_is_shipped_all_the_same() -> None:
    """Its delivery was there before, and SAP's people take a goods issue back and post it again."""
    rejected, left = responded(120, rejected=(10, 20)), delivered(130, ALL)
    some: list[Told] = [rejected, left, left]
    for told in permutations(some):
        assert statuses(after(responded(101), *told)) == SHIPPED
    some = [rejected, left, delivered(140, ALL, left=-1)]
    for told in permutations(some):
        assert after(responded(101), *told).status is Status.REJECTED


def test_a_cancelled_order_is_not_moved_by_its_deliveries() -> None:
    ended = Step(status=Status.CANCELLED, at=read_stamp(stamp(105)), by="Anna Buyer")
    cancelled = order(lines=LINES, status=Status.CANCELLED)
    cancelled = cancelled.model_copy(update={"history": [*cancelled.history, ended]})
    one = after(delivered(110, ALL), one=cancelled)
    assert statuses(one)[-1] is Status.CANCELLED
    assert one.shipments


@pytest.mark.parametrize("told", [delivered(110, ALL), billed(120, ALL), responded(101)])
def test_a_second_sales_order_of_that_number_moves_nothing(told: Told) -> None:
    before = order(lines=LINES, sap_number="999")
    one = after(told, one=before)
    assert (one.status, one.history) == (before.status, before.history)
    assert (one.sap_number, one.lines, one.versions) == ("999", before.lines, [])
    assert [one.sales_order for one in one.shipments] in ([], ["4711"])
    assert [one.sales_order for one in one.invoices] in ([], ["4711"])
    assert [one.kind for one in one.related] in ([], [RelatedKind.SECOND_ORDER])
    assert one.related or one.shipments or one.invoices


_QUANTITIES = st.fixed_dictionaries({10: st.integers(0, 5), 20: st.integers(0, 3)})
_SECONDS = st.integers(101, 140)


@st.composite
def _messages(draw: st.DrawFn) -> list[Told]:
    """Some responses, and some versions of two deliveries and of three billing documents."""
    rejected = st.sampled_from([(), (10,), (20,), (10, 20)])
    left = st.none() | st.just(-1) | st.integers(101, 140)
    told: list[Told] = draw(st.lists(st.builds(responded, _SECONDS, rejected), max_size=3))
    for number in ("80000001", "80000002"):
        versions = st.builds(
            delivered, _SECONDS, _QUANTITIES, st.just(number), left, deleted=st.booleans()
        )
        told += draw(st.lists(versions, max_size=3))
    told += draw(st.lists(st.builds(billed, _SECONDS, _QUANTITIES), max_size=1))
    back = st.builds(billed, _SECONDS, _QUANTITIES, st.just("90000002"), st.just("90000001"))
    told += draw(st.lists(back, max_size=1))
    again = st.builds(billed, _SECONDS, _QUANTITIES, st.just("90000003"))
    told += draw(st.lists(again, max_size=1))
    # A stamp is of one state of one document.
    return list({(_name(one), _stamp(one)): one for one in told}.values())


def _name(told: Told) -> str:
    match told:
        case SapOrderStatus():
            return "order"
        case SapShipment():
            return told.shipment.number
        case SapInvoice():
            return told.invoice.number


def _stamp(told: Told) -> str:
    match told:
        case SapOrderStatus():
            return told.stamp
        case SapShipment():
            return told.shipment.stamp
        case SapInvoice():
            return told.invoice.stamp


@given(_messages().filter(bool), st.data())
def test_any_order_of_messages_ends_in_the_same_order(
    messages: list[Told], data: st.DataObject
) -> None:
    in_time = after(*sorted(messages, key=_stamp))
    arrived = after(*data.draw(arrivals(messages)))
    assert arrived == in_time
    assert all(may_move(old, new) for old, new in pairwise(statuses(in_time)))
    assert promised_pieces(arrived) == promised_pieces(in_time)
    assert open_amounts(arrived) == open_amounts(in_time)
