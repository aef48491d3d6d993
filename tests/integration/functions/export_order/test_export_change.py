"""A change of an order that SAP has arrives there, whatever breaks, or is taken back here."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import httpx
import pytest
from google.cloud.firestore import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from emulators.sap import people, shipping
from emulators.sap.server import StandIn
from functions.export_order.claim import ExportFailedProblem, ExportRunningProblem
from functions.export_order.export import export as export_with
from functions.export_order.settlement import CONFIRMATION_DUE, SETTLING
from functions.sync_order_status.handler import apply
from shared.audit import Action, Doer
from shared.availability.model import Availability
from shared.availability.repository import reference as availability_reference
from shared.availability.rules import pending
from shared.event.message import SapMessage
from shared.order import desk
from shared.order import repository as orders
from shared.order.changing import to_sap
from shared.order.handover import HandoverState, ParkReason
from shared.order.model import Order
from shared.order.status import Status
from shared.order.versions import add_version, next_number
from shared.sap.failure import Failure
from shared.sap.order_change import change_parameters
from shared.sap.rfc import Call, Connect, SapCallError
from shared.sap.sales_order import create_parameters
from shared.sap.source_system import SourceSystem
from shared.store import to_document
from tests.factories.assortment import NOW
from tests.factories.availability import availability, store_availability
from tests.factories.company import company, store_company
from tests.factories.order import ANNA, change_order
from tests.factories.order import order as placed_order
from tests.factories.sap import ECC, PUBLISHED_AT, S4, packet, stamp
from tests.factories.sap_documents import ordrsp
from tests.factories.style import style
from tests.integration.functions.export_order.conftest import LEASE
from tests.integration.functions.export_order.mishaps import Killed, fault, killed_at, stored_order

export = partial(export_with, system=ECC)

LATER = NOW + timedelta(hours=2)
CHANGE, COMMIT = "BAPI_SALESORDER_CHANGE", "BAPI_TRANSACTION_COMMIT"


def _in_sap(sap: StandIn, order: Order) -> list[tuple[str, str]]:
    """Pieces and reason for rejection of each item, of the one sales order."""
    listed = httpx.get(f"{sap.control_url}/orders").json()
    (one,) = [one for one in listed if one["PURCH_NO_C"].startswith(order.number)]
    return [(item["REQ_QTY"], item["ABGRU"]) for item in one["items"]]


@pytest.fixture(name="confirmed")
def _confirmed(
    firestore: Client, connect: Connect, placed: Callable[..., Order]
) -> Callable[[], Order]:
    """Makes orders of two pieces that SAP has and told of."""

    def confirmed() -> Order:
        store_availability(firestore, availability(style()))
        store_company(firestore, company())
        number = placed().number
        export(firestore, connect, number, lambda: NOW)
        sap_number = stored_order(firestore, number).sap_number
        _tell(firestore, number, sap_number or "", 1, {10: 2})
        return stored_order(firestore, number)

    return confirmed


def _tell(
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


def _asked(db: Client, order: Order, pieces: int | None) -> Order:
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


def _promised(db: Client, order: Order) -> int:
    """Pieces of the order's article, which no other order takes."""
    stored = availability_reference(db, "10123", "EU01").get().to_dict() or {}
    held = Availability.model_validate(stored)
    return sum(pending(held, order.lines[0].article).values())


def test_sap_gets_the_new_quantity(
    firestore: Client, connect: Connect, sap: StandIn, confirmed: Callable[[], Order]
) -> None:
    order = _asked(firestore, confirmed(), 6)
    assert _promised(firestore, order) == 6

    export(firestore, connect, order.number, lambda: LATER)

    assert _in_sap(sap, order) == [("6.000", "")]
    stored = stored_order(firestore, order.number)
    assert stored.change is not None
    assert stored.change.handover.state is HandoverState.ACCEPTED
    assert stored.change.handover.due_at == LATER + CONFIRMATION_DUE
    assert (stored.pieces, stored.status) == (6, Status.CONFIRMED)

    _tell(firestore, order.number, order.sap_number or "", 9, {10: 6})
    told = stored_order(firestore, order.number)
    assert told.change is not None
    assert told.change.handover.due_at is None
    assert told.versions[-1].sap_stamp == stamp(9)
    assert _promised(firestore, order) == 6  # till the stock says so


def test_a_task_that_comes_twice_changes_nothing(
    firestore: Client, connect: Connect, confirmed: Callable[[], Order]
) -> None:
    order = _asked(firestore, confirmed(), 6)
    export(firestore, connect, order.number, lambda: LATER)
    once = stored_order(firestore, order.number)
    export(firestore, connect, order.number, lambda: LATER + LEASE)
    assert stored_order(firestore, order.number) == once


def test_sap_gets_the_cancellation(
    firestore: Client, connect: Connect, sap: StandIn, confirmed: Callable[[], Order]
) -> None:
    order = _asked(firestore, confirmed(), None)

    export(firestore, connect, order.number, lambda: LATER)

    assert _in_sap(sap, order) == [("2.000", "ZS")]
    stored = stored_order(firestore, order.number)
    step = stored.history[-1]
    assert (stored.status, step.by, step.reason) == (Status.CANCELLED, "Anna", "Too much")
    assert _promised(firestore, order) == 0
    _tell(firestore, order.number, order.sap_number or "", 9, {10: 2}, "ZS")
    assert stored_order(firestore, order.number).history == stored.history


@contextmanager
def _adding(connect: Connect, before: str, add: Callable[[], object]) -> Iterator[Call]:
    """Sessions in which somebody in SAP is quicker than the first call of that module."""
    waiting = [add]
    with connect() as call:

        def watched(name: str, **parameters: Any) -> dict[str, Any]:
            if name == before and waiting:
                waiting.pop()()
            return call(name, **parameters)

        yield watched


@pytest.mark.parametrize("before", ["BAPI_SALESORDER_GETSTATUS", CHANGE])
def test_a_cancellation_is_also_for_items_that_nobody_told_of_yet(
    firestore: Client,
    connect: Connect,
    sap: StandIn,
    confirmed: Callable[[], Order],
    before: str,
) -> None:
    order = _asked(firestore, confirmed(), None)

    def add() -> None:
        sales_order = (order.sap_number or "").zfill(10)
        material = "10123002".zfill(18)
        people.add_item(sap.system, sales_order, material, Decimal(3), Decimal(25))

    with suppress(ExportFailedProblem):
        export(firestore, lambda: _adding(connect, before, add), order.number, lambda: LATER)
    export(firestore, connect, order.number, lambda: LATER + LEASE)

    assert _in_sap(sap, order) == [("2.000", "ZS"), ("3.000", "ZS")]
    assert stored_order(firestore, order.number).status is Status.CANCELLED


def test_a_cancellation_of_what_people_in_sap_rejected_themselves_is_refused(
    firestore: Client, connect: Connect, sap: StandIn, confirmed: Callable[[], Order]
) -> None:
    """Goods may have left before, so that it is not cancelled; SAP's own message tells."""
    order = _asked(firestore, confirmed(), None)
    people.reject(sap.system, (order.sap_number or "").zfill(10), "01", [])

    export(firestore, connect, order.number, lambda: LATER)

    assert _in_sap(sap, order) == [("2.000", "01")]
    stored = stored_order(firestore, order.number)
    assert stored.change is not None
    assert stored.change.handover.state is HandoverState.REFUSED
    assert stored.status is Status.CONFIRMED


def test_a_cancellation_of_what_is_in_delivery_is_refused(
    firestore: Client, connect: Connect, sap: StandIn, confirmed: Callable[[], Order]
) -> None:
    """Also where SAP would take it, as the item of which goods left is rejected by now."""
    order = _asked(firestore, confirmed(), None)
    sales_order = (order.sap_number or "").zfill(10)
    shipping.ship(sap.system, sales_order, {"000010": Decimal(1)}, "DHL", "")
    people.reject(sap.system, sales_order, "01", [])
    people.add_item(sap.system, sales_order, "10123002".zfill(18), Decimal(3), Decimal(25))

    export(firestore, connect, order.number, lambda: LATER)

    assert _in_sap(sap, order) == [("2.000", "01"), ("3.000", "")]
    stored = stored_order(firestore, order.number)
    assert stored.change is not None
    assert stored.change.handover.state is HandoverState.REFUSED
    assert stored.status is Status.CONFIRMED


def test_what_sap_refuses_is_taken_back_with_what_it_took(
    firestore: Client, connect: Connect, sap: StandIn, confirmed: Callable[[], Order]
) -> None:
    before = confirmed()
    taken = _promised(firestore, before)
    order = _asked(firestore, before, 6)
    fault(sap, reject_material="10123001")

    export(firestore, connect, order.number, lambda: LATER)

    stored = stored_order(firestore, order.number)
    assert stored.change is not None
    assert (stored.change.handover.state, stored.change.handover.due_at) == (
        HandoverState.REFUSED,
        None,
    )
    assert "blocked" in stored.change.handover.attempts[-1].detail
    assert (stored.lines, stored.net, stored.version) == (before.lines, before.net, 1)
    assert [one.refused for one in stored.versions] == [False, True]
    assert _promised(firestore, order) == taken
    assert _in_sap(sap, order) == [("2.000", "")]


def test_a_refused_cancellation_leaves_the_order(
    firestore: Client, connect: Connect, sap: StandIn, confirmed: Callable[[], Order]
) -> None:
    before = confirmed()
    order = _asked(firestore, before, None)
    fault(sap, reject_material="10123001")
    export(firestore, connect, order.number, lambda: LATER)
    stored = stored_order(firestore, order.number)
    assert (stored.status, stored.lines) == (Status.CONFIRMED, before.lines)


def test_a_locked_order_is_tried_again(
    firestore: Client, connect: Connect, sap: StandIn, confirmed: Callable[[], Order]
) -> None:
    order = _asked(firestore, confirmed(), 6)
    fault(sap, lock=True, times=1)
    with pytest.raises(ExportFailedProblem):
        export(firestore, connect, order.number, lambda: LATER)
    export(firestore, connect, order.number, lambda: LATER)
    assert _in_sap(sap, order) == [("6.000", "")]


def test_a_second_export_waits_while_the_first_may_run(
    firestore: Client, connect: Connect, confirmed: Callable[[], Order]
) -> None:
    order = _asked(firestore, confirmed(), 6)
    with pytest.raises(Killed):
        export(firestore, killed_at(connect, COMMIT, "after"), order.number, lambda: LATER)
    with pytest.raises(ExportRunningProblem):
        export(firestore, connect, order.number, lambda: LATER + LEASE / 2)


def test_a_change_that_sap_is_slow_to_save_is_waited_for(
    firestore: Client, connect: Connect, sap: StandIn, confirmed: Callable[[], Order]
) -> None:
    """The order is locked till then, so no second change can be overtaken by the first."""
    order = _asked(firestore, confirmed(), 6)
    fault(sap, hold_commit=True, times=1)
    settled = LATER + SETTLING + timedelta(seconds=1)
    for at in (LATER, settled):
        with pytest.raises(ExportFailedProblem):
            export(firestore, connect, order.number, lambda: at)  # noqa: B023
    assert _in_sap(sap, order) == [("2.000", "")]

    assert httpx.post(f"{sap.control_url}/commits/finish").json() == {"saved": 1}
    export(firestore, connect, order.number, lambda: settled + LEASE)

    assert _in_sap(sap, order) == [("6.000", "")]
    change = stored_order(firestore, order.number).change
    assert change is not None
    assert change.handover.state is HandoverState.ACCEPTED


def test_what_sap_took_and_would_refuse_now_is_found(
    firestore: Client, connect: Connect, sap: StandIn, confirmed: Callable[[], Order]
) -> None:
    order = _asked(firestore, confirmed(), 6)
    with pytest.raises(Killed):
        export(firestore, killed_at(connect, COMMIT, "after"), order.number, lambda: LATER)
    fault(sap, reject_material="10123001")

    export(firestore, connect, order.number, lambda: LATER + LEASE)

    stored = stored_order(firestore, order.number)
    assert stored.change is not None
    assert [one.outcome for one in stored.change.handover.attempts] == ["started", "found"]
    assert stored.pieces == 6


_MISHAPS = st.one_of(
    st.tuples(
        st.just("killed"),
        st.sampled_from(["BAPI_SALESORDER_GETSTATUS", CHANGE, COMMIT]),
        st.sampled_from(["before", "after"]),
    ),
    st.tuples(
        st.just("break"),
        st.sampled_from(["before_change", "after_change", "before_commit", "after_commit"]),
        st.just(""),
    ),
    st.sampled_from([("down", "", ""), ("lock", "", ""), ("told", "", "")]),
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(mishaps=st.lists(_MISHAPS, max_size=4), pieces=st.sampled_from([1, 6, None]))
def test_whatever_happens_on_the_way_sap_has_the_change(
    firestore: Client,
    connect: Connect,
    sap: StandIn,
    confirmed: Callable[[], Order],
    mishaps: list[tuple[str, str, str]],
    pieces: int | None,
) -> None:
    order = _asked(firestore, confirmed(), pieces)
    now = LATER
    for kind, where, when in mishaps:
        plans: dict[str, dict[str, Any]] = {
            "break": {"break": where, "times": 1},
            "down": {"down": True},
            "lock": {"lock": True, "times": 1},
        }
        if kind in plans:
            fault(sap, **plans[kind])
        if kind == "told":  # late, again: it tells nothing of the change
            _tell(firestore, order.number, order.sap_number or "", 1, {10: 2})
        using = killed_at(connect, where, when) if kind == "killed" else connect
        try:
            export(firestore, using, order.number, lambda now=now: now)  # type: ignore[misc]
        except (Killed, ExportFailedProblem):
            pass
        finally:
            httpx.delete(f"{sap.control_url}/faults").raise_for_status()
        now += LEASE + timedelta(seconds=1)

    export(firestore, connect, order.number, lambda: now)

    expected = ("2.000", "ZS") if pieces is None else (f"{pieces}.000", "")
    assert _in_sap(sap, order) == [expected]
    stored = stored_order(firestore, order.number)
    assert stored.change is not None
    assert stored.change.handover.state is HandoverState.ACCEPTED
    assert stored.status is (Status.CANCELLED if pieces is None else Status.CONFIRMED)


def test_the_document_that_is_kept_is_the_order(
    firestore: Client, confirmed: Callable[[], Order]
) -> None:
    order = _asked(firestore, confirmed(), 6)
    kept = orders.reference(firestore, order.number).get().to_dict() or {}
    kept["updated_at"] = order.updated_at  # the database's own time
    assert Order.model_validate(kept) == order
    assert kept == to_document(order)


def test_another_price_after_a_change_waits_for_a_person(
    firestore: Client, connect: Connect, sap: StandIn, confirmed: Callable[[], Order]
) -> None:
    order = _asked(firestore, confirmed(), 6)

    fault(sap, net_percent=10)
    export(firestore, connect, order.number, lambda: LATER)

    stored = stored_order(firestore, order.number)
    assert stored.change is not None
    assert stored.change.handover.state is HandoverState.ACCEPTED
    parked = stored.handover.parked
    assert parked is not None
    assert (parked.reason, parked.positions) == (ParkReason.PRICE_DIFFERS, [10])
    assert parked.agreed == order.net
    assert parked.in_sap is not None
    assert parked.in_sap.amount == order.net.amount * 11 // 10


@contextmanager
def _silent_after_commit(connect: Connect) -> Iterator[Call]:
    with connect() as call:
        committed = False

        def silent(name: str, **given: Any) -> dict[str, Any]:
            nonlocal committed
            if committed:
                raise SapCallError("no answer", Failure.UNREACHABLE)
            committed = name == COMMIT
            return call(name, **given)

        yield silent


def test_a_change_without_an_answer_about_its_price_is_compared_later(
    firestore: Client, connect: Connect, sap: StandIn, confirmed: Callable[[], Order]
) -> None:
    order = _asked(firestore, confirmed(), 6)
    fault(sap, net_percent=10)
    export(firestore, lambda: _silent_after_commit(connect), order.number, lambda: LATER)
    assert stored_order(firestore, order.number).handover.uncompared

    export(firestore, connect, order.number, lambda: LATER)

    stored = stored_order(firestore, order.number)
    assert not stored.handover.uncompared
    assert stored.handover.parked is not None


def _change_in_sap(sap: StandIn, order: Order, pieces: int) -> None:
    number = (order.sap_number or "").zfill(10)
    people.change_quantity(sap.system, number, "000010", Decimal(pieces))


@pytest.fixture(name="clashing")
def _clashing(
    firestore: Client, connect: Connect, sap: StandIn, confirmed: Callable[[], Order]
) -> Order:
    """An order that the buyer changes from 2 to 6, and people in SAP to 4."""
    order = _asked(firestore, confirmed(), 6)
    _change_in_sap(sap, order, 4)
    export(firestore, connect, order.number, lambda: LATER)
    return stored_order(firestore, order.number)


def test_what_people_in_sap_did_since_is_not_overwritten(sap: StandIn, clashing: Order) -> None:
    assert _in_sap(sap, clashing) == [("4.000", "")]
    assert clashing.change is not None
    assert clashing.change.handover.state is HandoverState.PARKED
    parked = clashing.change.handover.parked
    assert parked is not None
    assert (parked.reason, parked.positions) == (ParkReason.CHANGED_IN_SAP, [10])
    assert parked.detail == "10: 2 → 6, SAP 4"


def test_a_person_has_it_overwritten(
    firestore: Client, connect: Connect, sap: StandIn, clashing: Order
) -> None:
    desk.decide(firestore, clashing.number, Action.RESEND, Doer("Maria", LATER))

    export(firestore, connect, clashing.number, lambda: LATER)

    assert _in_sap(sap, clashing) == [("6.000", "")]


def test_a_person_takes_the_change_back(firestore: Client, sap: StandIn, clashing: Order) -> None:
    who = Doer("Maria", LATER, "Agreed by phone")
    desk.decide(firestore, clashing.number, Action.REJECT, who)

    stored = stored_order(firestore, clashing.number)
    assert (stored.pieces, stored.change and stored.change.handover.state) == (
        2,
        HandoverState.REFUSED,
    )
    assert _in_sap(sap, clashing) == [("4.000", "")]


def test_what_sap_has_already_is_no_clash(
    firestore: Client, connect: Connect, sap: StandIn, confirmed: Callable[[], Order]
) -> None:
    order = _asked(firestore, confirmed(), 6)
    _change_in_sap(sap, order, 6)

    export(firestore, connect, order.number, lambda: LATER)

    stored = stored_order(firestore, order.number)
    assert stored.change is not None
    assert stored.change.handover.state is HandoverState.ACCEPTED


@pytest.mark.parametrize("system", [ECC, S4])
def test_a_change_treats_conditions_as_creating_does(system: SourceSystem) -> None:
    changed = add_version(placed_order(sap_number="4711"), [6], NOW, ANNA, via_sap=True)
    changed = changed.model_copy(update={"change": to_sap(changed.version, NOW, ANNA)})
    switch = change_parameters(changed, system)["LOGIC_SWITCH"]
    assert switch == create_parameters(placed_order(), system)["LOGIC_SWITCH"]
