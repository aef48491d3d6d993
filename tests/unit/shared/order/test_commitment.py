"""Whatever SAP's figures are as of, with what is promised they cover the order, once."""

from collections import Counter
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.sync_inventory.merge import merge as merge_stock
from functions.sync_order_status.merge import merge
from shared.availability.model import Availability
from shared.availability.rules import pending
from shared.market.model import CreditBasis
from shared.order.commitment import counted_by_sap, open_amounts, promised_pieces, shares
from shared.order.handover import Handover, HandoverState
from shared.order.model import Order, OrderChange
from shared.order.status import Status
from shared.order.versions import add_version, quantities_of, revert_version, with_quantities
from shared.sap.order_responses import SapOrderStatus, order_status
from shared.stamped import UNTOLD
from shared.store import to_document
from tests.factories import availability as stocks
from tests.factories.assortment import NOW
from tests.factories.company import company
from tests.factories.order import ANNA, order, order_line
from tests.factories.sap import ECC, packet, stamp
from tests.factories.sap_documents import ordrsp
from tests.support import sums
from tests.support.arrival import arrivals
from tests.support.idocs import read_packet, stock_change

ARTICLE = "10123001"
CREATED = 100


@given(st.lists(st.integers(0, 9), min_size=1, max_size=5), st.booleans(), st.data())
def test_shares_cover_what_is_wanted_at_every_stage(
    counted: list[int], last_is_sure: bool, data: st.DataObject
) -> None:
    sure = last_is_sure or len(counted) == 1
    promised = shares(counted, last_is_sure=sure)
    wanted = counted[-1] if sure else max(counted[-2:])
    assert all(share >= 0 for share in promised)
    assert sum(promised) == wanted
    reached = data.draw(st.integers(0, len(counted) - 1 if sure else max(0, len(counted) - 2)))
    beside = sum(promised[reached + 1 :])
    assert counted[reached] + beside >= min(wanted, counted[-1])
    if sure and reached == len(counted) - 1:
        assert beside == 0


@dataclass
class World:
    """What Sellin keeps, and what SAP has: pieces by the second from which it has them."""

    order: Order
    availability: Availability
    sap: dict[int, int]

    def counted(self) -> int:
        """What SAP's stored figures have of the order."""
        known = self.availability.stock.get(ARTICLE)
        counted = [second for second in self.sap if known and stamp(second) <= known.stamp]
        return self.sap[max(counted)] if counted else 0

    def promised(self) -> int:
        """What is promised beside that, as availability has it."""
        return sum(pending(self.availability, ARTICLE).values())

    def keep(self, after: Order) -> None:
        """The order as it is now, with what it promises."""
        buyer = company()
        self.availability, _ = sums.save(self.availability, buyer, self.order, after)
        self.order = after

    def hear(self, second: int, pieces: int) -> None:
        """SAP's word of the order."""
        self.keep(merge(self.order, status_at(second, pieces)))

    def count(self, second: int) -> None:
        """SAP's figures."""
        rows = {ARTICLE: stocks.stock(stamp=stamp(second))}
        found = merge_stock(to_document(self.availability), stock_change(rows))
        if found:
            self.availability = Availability.model_validate(found)


def status_at(second: int, pieces: int, reason: str = "") -> SapOrderStatus:
    return word(second, [(10, ARTICLE, pieces, reason)], {10: pieces})


def word(
    second: int, lines: list[tuple[int, str, int, str]], ordered: dict[int, int]
) -> SapOrderStatus:
    idoc = ordrsp(serial=stamp(second), created=stamp(CREATED), lines=lines, ordered=ordered)
    [found] = read_packet(packet(idoc), ECC, {"ORDRSP": order_status})
    assert found is not None
    return found


def asked(one: Order, pieces: int) -> Order:
    """The order with a change on its way."""
    return asked_all(one, [pieces])


def asked_all(one: Order, pieces: list[int]) -> Order:
    new = add_version(one, pieces, NOW, ANNA, via_sap=True)
    change = OrderChange(
        number=new.version,
        at=NOW,
        by="Anna",
        handover=Handover(state=HandoverState.SENDING, due_at=NOW),
    )
    return new.model_copy(update={"change": change})


def start(pieces: int) -> World:
    line = order_line("10123-010-S", ARTICLE, pieces, position=10)
    one = order(lines=[line], status=Status.SENT, sap_number="4711")
    nothing = Availability(style="10123", plant="EU01")
    stock, _ = sums.save(nothing, company(), None, one)
    return World(one, stock, {CREATED: pieces})


_happenings = st.lists(
    st.tuples(
        st.sampled_from(["change", "refuse", "hear", "hear old", "count", "count old"]),
        st.integers(1, 9),
    ),
    max_size=14,
)


@given(st.integers(1, 9), _happenings, st.data())
def test_nothing_is_promised_twice_or_to_nobody(
    pieces: int, happenings: list[tuple[str, int]], data: st.DataObject
) -> None:
    """Changes, refusals, SAP's words and figures, late and twice, in any order."""
    world = start(pieces)
    for kind, number in happenings:
        match kind:
            case "change":
                _change(world, number)
            case "refuse":
                _refuse(world)
            case "hear":
                _take(world)
                world.hear(max(world.sap), world.sap[max(world.sap)])
            case "hear old":
                old = data.draw(st.sampled_from(sorted(world.sap)))
                world.hear(old, world.sap[old])
            case "count":
                world.count(max(world.sap))
            case _:
                world.count(data.draw(st.integers(CREATED - 2, max(world.sap))))
        needed = max(world.sap[max(world.sap)], world.order.lines[0].quantity)
        assert world.counted() + world.promised() >= needed
    world.hear(max(world.sap), world.sap[max(world.sap)])
    if world.order.lines[0].quantity == world.sap[max(world.sap)]:
        world.count(max(world.sap))
        assert world.promised() == 0
        assert world.availability.promised == {}


def _underway(world: World) -> bool:
    change = world.order.change
    return change is not None and change.handover.state is HandoverState.SENDING


def _change(world: World, pieces: int) -> None:
    told_of = world.order.sap_stamp is not None and not _underway(world)
    if told_of and pieces != world.order.lines[0].quantity:
        world.keep(asked(world.order, pieces))


def _refuse(world: World) -> None:
    """SAP refuses what it has not taken."""
    change = world.order.change
    if change is None or not _underway(world) or _has_taken(world):
        return
    done = Handover(state=HandoverState.REFUSED, due_at=None)
    ended = change.model_copy(update={"handover": done})
    world.keep(revert_version(world.order, change.number).model_copy(update={"change": ended}))


def _take(world: World) -> None:
    """SAP takes what is on its way."""
    if _underway(world) and not _has_taken(world):
        world.sap[max(world.sap) + 1] = world.order.lines[0].quantity


def _has_taken(world: World) -> bool:
    return world.sap[max(world.sap)] == world.order.lines[0].quantity


@given(st.integers(1, 9), st.integers(1, 9), st.data())
def test_words_of_both_versions_in_any_order(old: int, new: int, data: st.DataObject) -> None:
    if old == new:
        return
    begun = start(old)
    begun.hear(101, old)
    begun.order = asked(begun.order, new)
    words = [status_at(101, old), status_at(102, old), status_at(103, new), status_at(104, new)]
    in_time, shuffled = begun.order, begun.order
    for word in words:
        in_time = merge(in_time, word)
    for word in data.draw(arrivals(words)):
        shuffled = merge(shuffled, word)
    assert shuffled == in_time
    assert in_time.versions[-1].sap_stamp == stamp(103)
    assert in_time.change is not None
    assert in_time.change.handover.state is HandoverState.ACCEPTED
    assert quantities_of(in_time) == [new]


def test_what_was_before_a_change_does_not_tell_that_it_arrived() -> None:
    """From 5 to 3 and back to 5: a late word of the first 5 is none of the second."""
    world = start(5)
    world.hear(101, 5)
    world.order = asked(world.order, 3)
    world.hear(103, 3)
    world.order = asked(world.order, 5)
    world.hear(102, 5)
    assert _underway(world)
    world.hear(104, 5)
    assert not _underway(world)
    assert world.order.versions[-1].sap_stamp == stamp(104)


@given(st.data())
def test_a_cancellation_told_by_sap_in_any_order(data: st.DataObject) -> None:
    begun = start(5)
    begun.hear(101, 5)
    cancelling = OrderChange(
        number=2,
        cancels=True,
        at=NOW,
        by="Anna",
        reason="Too much",
        handover=Handover(state=HandoverState.SENDING, due_at=NOW),
    )
    one = begun.order.model_copy(update={"change": cancelling})
    for word in data.draw(
        arrivals([status_at(101, 5), status_at(102, 5), status_at(103, 5, "ZS")])
    ):
        one = merge(one, word)
    assert one.status is Status.CANCELLED
    assert (one.history[-1].by, one.history[-1].reason) == ("Anna", "Too much")
    assert [step.status for step in one.history].count(Status.CANCELLED) == 1
    assert one.change is not None
    assert one.change.handover.due_at is None
    assert open_amounts(one) == {}


def test_sap_rejects_while_a_change_is_on_its_way() -> None:
    world = start(5)
    world.hear(101, 5)
    one = merge(asked(world.order, 7), status_at(102, 5, "02"))
    assert one.status is Status.REJECTED
    assert one.change is not None
    assert (one.change.handover.state, one.change.handover.due_at) == (HandoverState.REFUSED, None)


def test_credit_counts_what_grows_until_saps_exposure_has_it() -> None:
    world = start(5)
    world.hear(101, 5)
    grown = asked(world.order, 7)
    assert open_amounts(grown) == {stamp(CREATED): 5 * 2500, UNTOLD: 2 * 2500}
    told_of = merge(grown, status_at(103, 7))
    assert open_amounts(told_of) == {stamp(CREATED): 5 * 2500, stamp(103): 2 * 2500}


def test_the_worked_example() -> None:
    """As `shared.order.commitment` tells it, with seconds for stamps."""
    world = start(5)
    steps = [_by_stamp(world.order)]
    world.hear(110, 5)
    steps.append(_by_stamp(world.order))
    for pieces, second in ((8, 120), (2, 130)):
        world.keep(asked(world.order, pieces))
        steps.append(_by_stamp(world.order))
        world.hear(second, pieces)
        steps.append(_by_stamp(world.order))
    world.keep(merge(world.order, status_at(140, 2, "02")))
    steps.append(_by_stamp(world.order))
    created = stamp(CREATED)
    assert steps == [
        {UNTOLD: 5},
        {created: 5},
        {created: 5, UNTOLD: 3},
        {created: 5, stamp(120): 3},
        {created: 5, stamp(120): 3},
        {created: 2},
        {},
    ]
    assert world.availability.promised == {}


def _by_stamp(one: Order) -> dict[str, int]:
    return {promise.stamp: pieces for promise, pieces in promised_pieces(one).items()}


def test_what_a_change_removes_still_counts_for_what_it_raises() -> None:
    """3 + 8 + 8 pieces changed to 7 + 8 + 0 at 45.60: 684.00 are due."""
    articles = {10 * i: f"1012300{i}" for i in (1, 2, 3)}
    lines = [
        order_line(f"10123-010-{size}", article, pieces, 4560, position=position)
        for size, (position, article), pieces in zip(
            "SML", articles.items(), (3, 8, 8), strict=True
        )
    ]
    one = order(lines=lines, status=Status.SENT, sap_number="4711")
    rows = [(position, article, 8, "") for position, article in articles.items()]
    one = merge(one, word(101, rows, {10: 3, 20: 8, 30: 8}))
    new = asked_all(one, [7, 8, 0])
    rows[2] = (30, "10123003", 0, "ZS")
    new = merge(new, word(103, rows, {10: 7, 20: 8, 30: 8}))
    assert new.versions[-1].sap_stamp == stamp(103)
    assert [line.rejected for line in new.lines] == [False, False, True]
    assert sum(open_amounts(new).values()) == 68400 == new.net.amount


def test_what_sap_counts_of_a_line() -> None:
    world = start(5)
    world.hear(101, 5)
    one = merge(asked(world.order, 7), status_at(103, 7))
    seconds = (CREATED - 1, CREATED, 102, 103)
    assert [counted_by_sap(one, 0, stamp(second)) for second in seconds] == [0, 5, 5, 7]


@pytest.mark.parametrize("basis", ["gross", "net"])
@given(st.lists(st.integers(0, 60), min_size=1, max_size=4), st.sampled_from([0, 190, 255]))
def test_what_an_order_adds_to_credit_is_what_it_was_placed_as(
    basis: CreditBasis, changes: list[int], rate: int
) -> None:
    placed = with_quantities(order(lines=[order_line(quantity=3)], credit=basis), [3])
    vat = placed.vat.model_copy(update={"rate": rate})
    placed = with_quantities(placed.model_copy(update={"vat": vat}), [3])
    sums = Counter(open_amounts(placed))
    for quantity in changes:
        changed = with_quantities(placed, [quantity])
        sums.update(open_amounts(changed))
        sums.subtract(open_amounts(placed))
        placed = changed
        expected = placed.gross if basis == "gross" else placed.net
        assert sum(sums.values()) == expected.amount


def test_an_order_of_before_the_setting_counts_net_as_it_always_did() -> None:
    document = to_document(order(credit="gross"))
    del document["credit"]
    stored = Order.model_validate(document)
    assert sum(open_amounts(stored).values()) == stored.net.amount < stored.gross.amount
