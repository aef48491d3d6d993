"""What people in SAP change of an order: versions of SAP's, in whatever order they are told."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.sync_order_status.merge import merge
from shared.actor import ActorKind
from shared.money import Money, UnitPrice
from shared.order.commitment import open_amounts, promised_pieces
from shared.order.documents import RelatedKind
from shared.order.handover import Handover, HandoverState
from shared.order.hold import HoldKind
from shared.order.model import Order, OrderChange
from shared.order.status import Status
from shared.order.versions import add_version, quantities_of, revert_version
from shared.sap.fields import read_stamp
from shared.sap.order_responses import SapOrderStatus, order_status
from shared.sap.source_system import SourceSystem
from shared.store import to_document
from shared.style.model import Style
from tests.factories.assortment import NOW
from tests.factories.order import ANNA, order, order_line
from tests.factories.sap import ECC, S4, packet, stamp
from tests.factories.sap_documents import ordrsp
from tests.factories.style import style
from tests.support.arrival import arrivals
from tests.support.idocs import read_packet

CREATED = stamp(100)
SMALL, MEDIUM, LARGE = "10123001", "10123002", "10123003"
STYLE = style(sizes=("S", "M", "L"))
SYSTEMS = pytest.mark.parametrize("system", [ECC, S4], ids=["ECC", "S4"])


def known(_: Any = None) -> dict[str, Style]:
    return dict.fromkeys((SMALL, MEDIUM, LARGE), STYLE)


def placed(**given_: Any) -> Order:
    """12 small at 25.00 and 3 medium, which SAP has as 4711."""
    lines = [
        order_line("10123-010-S", SMALL, 12, position=10),
        order_line("10123-010-M", MEDIUM, 3, position=20),
    ]
    fields: dict[str, Any] = {"status": Status.SENT, "sap_number": "4711"}
    return order(lines=lines, **fields | given_)


@dataclass(frozen=True)
class Item:
    """An item of the sales order; `price` of one piece, in minor units."""

    article: str
    pieces: int
    price: int = 2500
    reason: str = ""


AS_PLACED = {10: Item(SMALL, 12), 20: Item(MEDIUM, 3)}


def status_at(
    second: int, items: dict[int, Item], system: SourceSystem = ECC, **given_: Any
) -> SapOrderStatus:
    """SAP's word of `second` on the order."""
    fields = {
        position: {
            "MENGE": f"{item.pieces}.000",
            "VPREI": f"{item.price // 100}.{item.price % 100:02}",
            "PEINH": "1",
            "NETWR": f"{item.pieces * item.price // 100}.{item.pieces * item.price % 100:02}",
        }
        for position, item in items.items()
    }
    lines = [(p, item.article, item.pieces, item.reason) for p, item in items.items()]
    idoc = ordrsp(serial=stamp(second), created=CREATED, lines=lines, items=fields, **given_)
    idoc["EDI_DC40"]["SNDPRN"] = system.logical_system
    [found] = read_packet(packet(idoc), system, {"ORDRSP": order_status})
    assert found is not None
    return found


def after(*messages: SapOrderStatus, one: Order | None = None) -> Order:
    one = one or placed()
    for message in messages:
        one = merge(one, message, known())
    return one


def asked(one: Order, pieces: list[int]) -> Order:
    """The order with a change of the buyer's on its way to SAP."""
    new = add_version(one, pieces, NOW, ANNA, via_sap=True)
    handover = Handover(state=HandoverState.SENDING, due_at=NOW)
    change = OrderChange(number=new.version, at=NOW, handover=handover, **ANNA.signature)
    return new.model_copy(update={"change": change})


def eur(amount: int) -> Money:
    return Money(amount=amount, currency="EUR")


@SYSTEMS
def test_another_quantity_and_price_and_an_item_more_are_a_version_of_saps(
    system: SourceSystem,
) -> None:
    changed = {10: Item(SMALL, 4, 2000), 20: Item(MEDIUM, 3), 30: Item(LARGE, 2, 3000)}
    one = after(status_at(101, AS_PLACED), status_at(102, changed, system))
    assert [(line.position, line.sku, line.quantity) for line in one.lines] == [
        (10, "10123-010-S", 4),
        (20, "10123-010-M", 3),
        (30, "10123-010-L", 2),
    ]
    assert [line.unit_price.amount for line in one.lines] == [2000, 2500, 3000]
    assert (one.pieces, one.net) == (9, eur(4 * 2000 + 3 * 2500 + 2 * 3000))
    assert one.gross == one.net + one.vat.amount == eur(21500 + 4085)
    first, second = one.versions
    assert (first.quantities, first.net) == ([12, 3, 0], eur(37500))
    assert (second.number, second.quantities, second.net) == (2, [4, 3, 2], eur(21500))
    assert (second.by_kind, second.at) == (ActorKind.SAP, read_stamp(stamp(102)))
    assert one.version == 2
    # Stock of the creation holds 12 small; of the change on, 4 and 2 large.
    assert open_amounts(one) == {CREATED: 21500}
    on = one.requested_on
    counted = {(p.article, p.stamp, p.on): n for p, n in promised_pieces(one).items()}
    assert counted == {
        (SMALL, CREATED, on): 4,
        (MEDIUM, CREATED, on): 3,
        (LARGE, stamp(102), on): 2,
    }


def test_what_saps_people_take_back_is_one_more_version() -> None:
    less = {**AS_PLACED, 10: Item(SMALL, 4)}
    one = after(status_at(101, AS_PLACED), status_at(102, less), status_at(103, AS_PLACED))
    assert [version.quantities for version in one.versions] == [[12, 3], [4, 3], [12, 3]]
    assert (one.version, one.net) == (3, placed().net)


def test_an_article_in_place_of_another() -> None:
    other = {**AS_PLACED, 10: Item(LARGE, 12)}
    one = after(status_at(101, AS_PLACED), status_at(102, other))
    assert (one.lines[0].sku, one.lines[0].article) == ("10123-010-L", LARGE)
    assert [line.sku for line in one.placed_lines] == ["10123-010-S"]
    counted = {(p.article, p.stamp): n for p, n in promised_pieces(one).items()}
    # Till stock of the change, SAP counts 12 small, and 12 large are held beside.
    assert counted == {(LARGE, stamp(102)): 12, (MEDIUM, CREATED): 3}
    back = after(status_at(103, AS_PLACED), one=one)
    assert [line.sku for line in back.lines] == ["10123-010-S", "10123-010-M"]


def test_the_agreed_price_in_other_words_changes_nothing() -> None:
    status = status_at(101, AS_PLACED)
    hundred = UnitPrice(amount=250000, currency="EUR", per=100)
    line = status.lines[10].model_copy(update={"price": hundred})
    one = after(status.model_copy(update={"lines": {**status.lines, 10: line}}))
    assert (one.versions, one.lines[0].unit_price) == ([], placed().lines[0].unit_price)


def test_the_amount_is_saps_where_its_price_is_rounded() -> None:
    """100.00 for 3 pieces: SAP shows 33.33 a piece, and the amount is not 99.99."""
    status = status_at(101, {**AS_PLACED, 20: Item(MEDIUM, 3, 3333)})
    line = status.lines[20].model_copy(update={"amount": eur(10000)})
    one = after(status.model_copy(update={"lines": {**status.lines, 20: line}}))
    assert one.lines[1].amount == eur(10000)
    assert one.net == eur(40000)
    assert sum(open_amounts(one).values()) == 40000


def test_a_change_of_the_buyers_on_top_of_saps() -> None:
    less = {**AS_PLACED, 10: Item(SMALL, 4)}
    one = asked(after(status_at(101, AS_PLACED), status_at(102, less)), [4, 1])
    # Saps word of before does not have it, whatever comes late.
    one = after(status_at(101, AS_PLACED), status_at(102, less), one=one)
    assert one.versions[-1].sap_stamp is None
    one = after(status_at(104, {10: Item(SMALL, 4), 20: Item(MEDIUM, 1)}), one=one)
    assert [version.by_kind for version in one.versions[1:]] == [ActorKind.SAP, ActorKind.PERSON]
    assert one.versions[-1].sap_stamp == stamp(104)
    assert one.change is not None
    assert one.change.handover.state is HandoverState.ACCEPTED
    assert quantities_of(one) == [4, 1]


def test_saps_people_change_while_a_change_of_the_buyers_is_on_its_way() -> None:
    one = asked(after(status_at(101, AS_PLACED)), [12, 1])
    one = after(status_at(103, {**AS_PLACED, 10: Item(SMALL, 4)}), one=one)
    assert quantities_of(one) == [4, 1]
    assert one.version == 2
    one = after(status_at(104, {10: Item(SMALL, 4), 20: Item(MEDIUM, 1)}), one=one)
    assert quantities_of(one) == [4, 1]
    assert one.change is not None
    assert one.change.handover.due_at is None
    assert [version.number for version in one.versions] == [1, 2, 3]


def test_a_change_that_sap_refuses_leaves_what_saps_people_made() -> None:
    changed = {10: Item(SMALL, 4, 2000), 20: Item(MEDIUM, 3), 30: Item(LARGE, 2, 3000)}
    before = after(status_at(101, AS_PLACED), status_at(102, changed))
    one = revert_version(asked(before, [4, 3, 0]), 3)
    assert (one.lines, one.net, one.version) == (before.lines, before.net, 2)


def test_an_item_that_saps_people_added_and_deleted_again_is_shown_as_rejected() -> None:
    more = {**AS_PLACED, 30: Item(LARGE, 2)}
    for messages in (
        (status_at(101, AS_PLACED), status_at(102, more), status_at(103, AS_PLACED)),
        (status_at(103, AS_PLACED), status_at(102, more), status_at(101, AS_PLACED)),
    ):
        one = after(*messages)
        assert [(line.position, line.rejected) for line in one.lines] == [
            (10, False),
            (20, False),
            (30, True),
        ]
        assert sum(open_amounts(one).values()) == placed().net.amount


@SYSTEMS
def test_cases_are_counted_as_pieces(system: SourceSystem) -> None:
    """ "1 KAR" is 12 of 12, in the words of either system."""
    for unit in ("CT", system.articles.case):
        lines: dict[int, Any] = {10: {"MENGE": "1.000", "MENEE": unit, "E1EDP20": [CASE]}}
        idoc = ordrsp(serial=stamp(101), created=CREATED, lines=[(10, SMALL, 1, "")], items=lines)
        idoc["EDI_DC40"]["SNDPRN"] = system.logical_system
        [status] = read_packet(packet(idoc), system, {"ORDRSP": order_status})
        assert status is not None
        assert status.lines[10].in_cases
        line = status.lines[10].in_pieces(12)
        assert (line.ordered, [one.quantity for one in line.confirmed]) == (12, [12])


CASE = {"WMENG": "1.000", "EDATU": "20261201"}


def test_a_price_of_a_case() -> None:
    lines = {10: {"MENEE": "CT", "VPREI": "300.00", "PEINH": "1", "PMENE": "CT"}}
    idoc = ordrsp(lines=[(10, SMALL, 1, "")], items=lines)
    [status] = read_packet(packet(idoc), ECC, {"ORDRSP": order_status})
    assert status is not None
    price = status.lines[10].in_pieces(12).price
    assert price is not None
    assert price.line_amount(12) == eur(30000)


@SYSTEMS
def test_a_hold_lasts_until_sap_tells_of_the_order_without_it(system: SourceSystem) -> None:
    blocked = {"status": {"CMGST": "B"}}
    one = after(
        status_at(101, AS_PLACED, system, **blocked), status_at(103, AS_PLACED, system, **blocked)
    )
    [hold] = one.holds
    assert (hold.kind, hold.reason, hold.since) == (
        HoldKind.CREDIT,
        "B",
        read_stamp(stamp(101)),
    )
    assert one.versions == []
    released = {"status": {"CMGST": "D"}}
    assert after(status_at(104, AS_PLACED, system, **released), one=one).holds == []
    late = after(status_at(102, AS_PLACED, system, **released), one=one)
    assert [hold.since for hold in late.holds] == [read_stamp(stamp(103))]


def test_every_kind_of_hold() -> None:
    one = after(
        status_at(
            101,
            AS_PLACED,
            header={"LIFSK": "01", "LIFSK_BEZ": "Kreditlimit"},
            status={"CMGST": "C", "UVALL": "A", "FAKSK": "08"},
        )
    )
    assert [(hold.kind, hold.reason) for hold in one.holds] == [
        (HoldKind.CREDIT, "C"),
        (HoldKind.INCOMPLETE, "A"),
        (HoldKind.DELIVERY_BLOCK, "01 Kreditlimit"),
        (HoldKind.BILLING_BLOCK, "08"),
    ]


@SYSTEMS
def test_a_return_is_filed_with_the_order(system: SourceSystem) -> None:
    types = system.documents.order_types
    return_type = next(code for code, kind in types.items() if kind == "return")
    back = status_at(
        105, {10: Item(SMALL, 2)}, system, order_type=return_type, sap_number="60000001"
    )
    one = after(status_at(101, AS_PLACED), back)
    [filed] = one.related
    assert (filed.number, filed.kind) == ("60000001", RelatedKind.RETURN)
    assert (filed.quantities, filed.on) == ({SMALL: 2}, date(2026, 11, 22))
    assert one.model_copy(update={"related": []}) == after(status_at(101, AS_PLACED))
    again = status_at(
        106,
        {10: Item(SMALL, 2, reason="Z1")},
        system,
        order_type=return_type,
        sap_number="60000001",
    )
    for messages in ((back, again), (again, back), (again, back, again)):
        assert [one.rejected for one in after(*messages).related] == [True]


def test_an_order_with_all_of_that_is_kept_whole() -> None:
    changed = {10: Item(LARGE, 4, 2000), 20: Item(MEDIUM, 3), 30: Item(SMALL, 2, 3000)}
    back = status_at(105, {10: Item(SMALL, 2)}, order_type="RE", sap_number="60000001")
    one = after(status_at(101, AS_PLACED), status_at(102, changed, status={"CMGST": "B"}), back)
    assert Order.model_validate(to_document(one)) == one


_ITEMS = st.builds(
    Item,
    st.sampled_from([SMALL, MEDIUM, LARGE]),
    st.integers(0, 12),
    st.sampled_from([2000, 2500]),
    st.sampled_from(["", "", "", "Z1"]),
)
_STATES = st.fixed_dictionaries(
    {10: _ITEMS, 20: _ITEMS}, optional={30: _ITEMS, 25: _ITEMS}
).flatmap(lambda items: st.sampled_from([items, {10: items[10]}, AS_PLACED]))
_HOLDS = st.sampled_from([{}, {}, {"CMGST": "B"}, {"CMGST": "B", "UVALL": "A"}])
_MESSAGES = st.lists(
    st.builds(
        lambda second, items, status: status_at(second, items, status=status),
        st.integers(101, 108),
        _STATES,
        _HOLDS,
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda one: one.stamp,
)


@given(_MESSAGES, st.none() | st.lists(st.integers(0, 12), min_size=2, max_size=2), st.data())
def test_any_order_of_saps_changes_ends_in_the_same_order(
    messages: list[SapOrderStatus], pieces: list[int] | None, data: st.DataObject
) -> None:
    start = placed()
    if pieces is not None and pieces != quantities_of(start):
        start = asked(start, pieces)
    in_time = after(*sorted(messages, key=lambda one: one.stamp), one=start)
    arrived = after(*data.draw(arrivals(messages)), one=start)
    assert arrived == in_time
    assert promised_pieces(arrived) == promised_pieces(in_time)
    assert open_amounts(arrived) == open_amounts(in_time)
    assert Order.model_validate(to_document(arrived)) == arrived


@given(_MESSAGES)
def test_the_order_is_what_sap_told_last(messages: list[SapOrderStatus]) -> None:
    one = after(*messages)
    newest = max(messages, key=lambda message: message.stamp)
    lines = {line.position: line for line in one.lines}
    for position, item in newest.lines.items():
        if item.rejection:
            assert position not in lines or lines[position].rejected
        else:
            line = lines[position]
            assert (line.article, line.quantity) == (item.article, item.ordered)
            assert (line.unit_price, line.amount) == (item.price, item.amount)
            assert not line.rejected
    assert all(line.rejected for p, line in lines.items() if p not in newest.lines)
    assert one.net.amount == sum(line.amount.amount for line in one.lines)
    if one.status is Status.CONFIRMED:
        alive = [line for line in one.lines if not line.rejected]
        assert sum(open_amounts(one).values()) == sum(line.amount.amount for line in alive)
        assert sum(promised_pieces(one).values()) == sum(line.quantity for line in alive)
