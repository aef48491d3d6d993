from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any, TypeAlias

from hypothesis import given
from hypothesis import strategies as st

from functions.sync_customers.merge import merge as merge_company
from functions.sync_inventory.merge import merge as merge_stock
from functions.sync_order_status.merge import faults, merge
from shared.actor import SAP
from shared.availability.model import Availability, Stock
from shared.company.model import Company, Credit
from shared.order.commitment import open_amounts, promised_pieces
from shared.order.handover import ExportAttempt, Handover, HandoverState
from shared.order.model import Confirmation, Order, Step
from shared.order.status import Status, may_move
from shared.sap.fields import read_stamp
from shared.sap.order_responses import SapOrderStatus, order_status
from shared.store import to_document
from tests.factories import availability as stocks
from tests.factories.assortment import NOW
from tests.factories.availability import promised
from tests.factories.company import company, credit
from tests.factories.order import order, order_line
from tests.factories.sap import ECC, packet, stamp
from tests.factories.sap_documents import ordrsp
from tests.support import sums
from tests.support.arrival import arrivals
from tests.support.idocs import read_packet, stock_change

CREATED = stamp(100)
ON = order().requested_on
LINES = [
    order_line("10123-010-S", "10123001", 5, position=10),
    order_line("10123-010-M", "10123002", 3, position=20),
]
ARTICLES = {10: "10123001", 20: "10123002"}
ORDERED = {10: 5, 20: 3}


def status_at(second: int, rejected: tuple[int, ...] = (), pieces: int = 5) -> SapOrderStatus:
    """SAP's word on the order: positions that it rejects, pieces that it confirms."""
    lines = [(p, a, pieces, "Z1" if p in rejected else "") for p, a in ARTICLES.items()]
    idoc = ordrsp(serial=stamp(second), created=CREATED, lines=lines, ordered=ORDERED)
    found = read_packet(packet(idoc), ECC, {"ORDRSP": order_status})[0]
    assert found is not None
    return found


def placed(**overrides: Any) -> Order:
    return order(lines=LINES, **overrides)


@dataclass(frozen=True)
class State:
    """What the messages about one order change."""

    order: Order
    availability: Availability
    company: Company


Arrival: TypeAlias = SapOrderStatus | Credit | dict[str, Stock]


def save(state: State, before: Order | None, after: Order) -> State:
    """What saving the order makes of the sums."""
    stock, buyer = sums.save(state.availability, state.company, before, after)
    return State(after, stock, buyer)


def _start(status: Status) -> State:
    """As placing leaves it, or as export_order does."""
    sent = Step(status=Status.SENT, at=read_stamp(stamp(110)), by="SAP")
    one = (
        placed()
        if status is Status.ACCEPTED
        else placed(
            status=status,
            history=[*placed().history, sent],
            sap_number="4711",
            handover=Handover(state=HandoverState.ACCEPTED, due_at=None),
        )
    )
    nothing = State(one, Availability(style="10123", plant="EU01"), company())
    return save(nothing, None, one)


def _after(state: State, arrival: Arrival) -> State:
    match arrival:
        case SapOrderStatus():
            return save(state, state.order, merge(state.order, arrival))
        case Credit():
            document = merge_company(to_document(state.company), arrival)
            return replace(state, company=Company.model_validate(document or state.company))
        case _:
            document = merge_stock(to_document(state.availability), stock_change(arrival))
            return replace(
                state, availability=Availability.model_validate(document or state.availability)
            )


_seconds = st.integers(101, 120)
_told = st.builds(
    status_at,
    _seconds,
    st.sampled_from([(), (10,), (20,), (10, 20)]),
    st.integers(0, 5),
)
_messages = st.tuples(
    st.lists(_told, min_size=1, max_size=4, unique_by=lambda one: one.stamp),
    st.lists(
        st.integers(95, 105).map(lambda second: credit(stamp=stamp(second))),
        max_size=2,
        unique_by=lambda one: one.stamp,
    ),
    st.lists(
        st.builds(
            lambda article, second: {article: stocks.stock(stamp=stamp(second))},
            st.sampled_from(list(ARTICLES.values())),
            st.integers(95, 105),
        ),
        max_size=4,
        unique_by=lambda rows: next((a, row.stamp) for a, row in rows.items()),
    ),
).map(lambda kinds: [message for kind in kinds for message in kind])


def _by_time(message: Arrival) -> str:
    return next(iter(message.values())).stamp if isinstance(message, dict) else message.stamp


@given(st.sampled_from([Status.ACCEPTED, Status.SENT]), _messages, st.data())
def test_any_order_of_messages_ends_in_the_same_state(
    status: Status, messages: list[Arrival], data: st.DataObject
) -> None:
    in_time = _start(status)
    for message in sorted(messages, key=_by_time):
        in_time = _after(in_time, message)
    state = _start(status)
    for message in data.draw(arrivals(messages)):
        state = _after(state, message)
    assert state == in_time


@given(
    st.sampled_from([Status.ACCEPTED, Status.SENT]),
    st.lists(_told, min_size=1, max_size=5, unique_by=lambda one: one.stamp),
    st.data(),
)
def test_the_newest_message_has_the_last_word_on_lines(
    status: Status, messages: list[SapOrderStatus], data: st.DataObject
) -> None:
    one = _start(status).order
    for message in data.draw(arrivals(messages)):
        one = merge(one, message)
    newest = max(messages, key=lambda message: message.stamp)
    assert one.status_stamp == newest.stamp
    assert [line.rejected for line in one.lines] == [
        bool(newest.lines[line.position].rejection) for line in one.lines
    ]
    statuses = [step.status for step in one.history]
    assert all(may_move(old, new) for old, new in pairwise(statuses))
    assert statuses[-1] == one.status


def test_a_confirmation() -> None:
    one = merge(placed(), status_at(101))
    assert one.status is Status.CONFIRMED
    assert (one.sap_number, one.sap_stamp) == ("4711", CREATED)
    assert one.lines[0].confirmed == [Confirmation(on=date(2026, 12, 1), quantity=5)]
    assert one.history[-1] == Step(
        status=Status.CONFIRMED, at=read_stamp(stamp(101)), reason="", **SAP.signature
    )
    assert (one.handover.state, one.handover.due_at) == (HandoverState.ACCEPTED, None)
    assert merge(one, status_at(101)) == one


def test_the_attempt_that_runs_stays_recorded() -> None:
    attempt = ExportAttempt(at=NOW, outcome="started")
    running = Handover(state=HandoverState.SENDING, due_at=NOW, lease_until=NOW, attempts=[attempt])
    assert merge(placed(handover=running), status_at(101)).handover == Handover(
        state=HandoverState.ACCEPTED, due_at=None, attempts=[attempt]
    )


def test_a_rejection_of_all_lines_gives_everything_back() -> None:
    after = _after(_start(Status.ACCEPTED), status_at(101, rejected=(10, 20)))
    assert after.order.status is Status.REJECTED
    assert after.order.history[-1].reason == "Z1"
    assert (after.order.handover.state, after.order.handover.due_at) == (
        HandoverState.REFUSED,
        None,
    )
    assert after.availability.promised == {}
    assert after.company.open_amounts == {}


def test_a_rejected_line_no_longer_takes_stock_or_credit() -> None:
    after = _after(_start(Status.SENT), status_at(101, rejected=(10,)))
    assert after.order.status is Status.CONFIRMED
    assert after.availability.promised == promised(ON, {"10123002": 3}, CREATED)
    left = {CREATED: LINES[1].amount.amount}
    assert after.company.open_amounts == left


def test_a_line_that_the_message_has_not_was_deleted_in_sap() -> None:
    whole = status_at(101)
    one_left = whole.model_copy(update={"lines": {20: whole.lines[20]}})
    after = _after(_start(Status.SENT), one_left)
    assert [line.rejected for line in after.order.lines] == [True, False]
    assert after.order.status is Status.CONFIRMED
    assert after.availability.promised == promised(ON, {"10123002": 3}, CREATED)
    other = whole.lines[20].model_copy(update={"rejection": "Z1"})
    foreign = whole.model_copy(update={"lines": {90: other}})
    assert merge(placed(), foreign).status is Status.REJECTED


def test_an_older_confirmation_takes_its_place_in_the_history() -> None:
    one = merge(merge(placed(), status_at(103, rejected=(10, 20))), status_at(101))
    assert [step.status for step in one.history] == [
        Status.ACCEPTED,
        Status.CONFIRMED,
        Status.REJECTED,
    ]
    assert one.status is Status.REJECTED


def test_an_order_that_was_closed_or_cancelled_keeps_its_status() -> None:
    for status in (Status.CLOSED, Status.CANCELLED):
        ended = Step(status=status, at=NOW, by="Anna Buyer")
        before = placed(status=status, history=[*placed().history, ended])
        one = merge(before, status_at(101, rejected=(10, 20)))
        assert (one.status, one.history) == (status, before.history)
        assert one.sap_number == "4711"


def test_a_cancelled_order_stays_withdrawn_and_takes_nothing() -> None:
    gone = placed(
        status=Status.CANCELLED, handover=Handover(state=HandoverState.WITHDRAWN, due_at=None)
    )
    one = merge(gone, status_at(101))
    assert one.handover.state is HandoverState.WITHDRAWN
    assert promised_pieces(one) == {}
    assert open_amounts(one) == {}


def test_a_pre_book_order_promises_no_stock() -> None:
    one = merge(placed(at_once=False), status_at(101))
    assert promised_pieces(one) == {}


def test_a_message_in_another_currency_is_not_about_this_order() -> None:
    assert faults(placed(), status_at(101)) == []
    foreign = status_at(101).model_copy(update={"currency": "USD"})
    assert faults(placed(), foreign) == ["E1EDK01/CURCY: 7K3Q9XZ4M2-001 is in EUR, 4711 in USD"]
