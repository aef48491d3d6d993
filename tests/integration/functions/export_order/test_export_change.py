"""A change of an order that SAP has arrives there, whatever breaks, or is taken back here."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest
from google.cloud.firestore import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from emulators.sap import people, shipping
from emulators.sap.server import StandIn
from functions.export_order.claim import ExportFailedProblem, ExportRunningProblem
from functions.export_order.settlement import CONFIRMATION_DUE, SETTLING
from shared.order import repository as orders
from shared.order.handover import HandoverState
from shared.order.model import Order
from shared.order.status import Status
from shared.sap.rfc import Call, Connect
from shared.store import to_document
from tests.factories.sap import stamp
from tests.integration.functions.export_order.changes import (
    CHANGE,
    COMMIT,
    LATER,
    ask_for,
    export,
    in_sap,
    promised_pieces,
    tell,
)
from tests.integration.functions.export_order.conftest import LEASE
from tests.integration.functions.export_order.mishaps import Killed, fault, killed_at, stored_order


def test_sap_gets_the_new_quantity(
    firestore: Client, connect: Connect, sap: StandIn, confirmed: Callable[[], Order]
) -> None:
    order = ask_for(firestore, confirmed(), 6)
    assert promised_pieces(firestore, order) == 6

    export(firestore, connect, order.number, lambda: LATER)

    assert in_sap(sap, order) == [("6.000", "")]
    stored = stored_order(firestore, order.number)
    assert stored.change is not None
    assert stored.change.handover.state is HandoverState.ACCEPTED
    assert stored.change.handover.due_at == LATER + CONFIRMATION_DUE
    assert (stored.pieces, stored.status) == (6, Status.CONFIRMED)

    tell(firestore, order.number, order.sap_number or "", 9, {10: 6})
    told = stored_order(firestore, order.number)
    assert told.change is not None
    assert told.change.handover.due_at is None
    assert told.versions[-1].sap_stamp == stamp(9)
    assert promised_pieces(firestore, order) == 6  # till the stock says so


def test_a_task_that_comes_twice_changes_nothing(
    firestore: Client, connect: Connect, confirmed: Callable[[], Order]
) -> None:
    order = ask_for(firestore, confirmed(), 6)
    export(firestore, connect, order.number, lambda: LATER)
    once = stored_order(firestore, order.number)
    export(firestore, connect, order.number, lambda: LATER + LEASE)
    assert stored_order(firestore, order.number) == once


def test_sap_gets_the_cancellation(
    firestore: Client, connect: Connect, sap: StandIn, confirmed: Callable[[], Order]
) -> None:
    order = ask_for(firestore, confirmed(), None)

    export(firestore, connect, order.number, lambda: LATER)

    assert in_sap(sap, order) == [("2.000", "ZS")]
    stored = stored_order(firestore, order.number)
    step = stored.history[-1]
    assert (stored.status, step.by, step.reason) == (Status.CANCELLED, "Anna", "Too much")
    assert promised_pieces(firestore, order) == 0
    tell(firestore, order.number, order.sap_number or "", 9, {10: 2}, "ZS")
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
    order = ask_for(firestore, confirmed(), None)

    def add() -> None:
        sales_order = (order.sap_number or "").zfill(10)
        material = "10123002".zfill(18)
        people.add_item(sap.system, sales_order, material, Decimal(3), Decimal(25))

    with suppress(ExportFailedProblem):
        export(firestore, lambda: _adding(connect, before, add), order.number, lambda: LATER)
    export(firestore, connect, order.number, lambda: LATER + LEASE)

    assert in_sap(sap, order) == [("2.000", "ZS"), ("3.000", "ZS")]
    assert stored_order(firestore, order.number).status is Status.CANCELLED


def test_a_cancellation_of_what_people_in_sap_rejected_themselves_is_refused(
    firestore: Client, connect: Connect, sap: StandIn, confirmed: Callable[[], Order]
) -> None:
    """Goods may have left before, so that it is not cancelled; SAP's own message tells."""
    order = ask_for(firestore, confirmed(), None)
    people.reject(sap.system, (order.sap_number or "").zfill(10), "01", [])

    export(firestore, connect, order.number, lambda: LATER)

    assert in_sap(sap, order) == [("2.000", "01")]
    stored = stored_order(firestore, order.number)
    assert stored.change is not None
    assert stored.change.handover.state is HandoverState.REFUSED
    assert stored.status is Status.CONFIRMED


def test_a_cancellation_of_what_is_in_delivery_is_refused(
    firestore: Client, connect: Connect, sap: StandIn, confirmed: Callable[[], Order]
) -> None:
    """Also where SAP would take it, as the item of which goods left is rejected by now."""
    order = ask_for(firestore, confirmed(), None)
    sales_order = (order.sap_number or "").zfill(10)
    shipping.ship(sap.system, sales_order, {"000010": Decimal(1)}, "DHL", "")
    people.reject(sap.system, sales_order, "01", [])
    people.add_item(sap.system, sales_order, "10123002".zfill(18), Decimal(3), Decimal(25))

    export(firestore, connect, order.number, lambda: LATER)

    assert in_sap(sap, order) == [("2.000", "01"), ("3.000", "")]
    stored = stored_order(firestore, order.number)
    assert stored.change is not None
    assert stored.change.handover.state is HandoverState.REFUSED
    assert stored.status is Status.CONFIRMED


def test_what_sap_refuses_is_taken_back_with_what_it_took(
    firestore: Client, connect: Connect, sap: StandIn, confirmed: Callable[[], Order]
) -> None:
    before = confirmed()
    taken = promised_pieces(firestore, before)
    order = ask_for(firestore, before, 6)
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
    assert promised_pieces(firestore, order) == taken
    assert in_sap(sap, order) == [("2.000", "")]


def test_a_refused_cancellation_leaves_the_order(
    firestore: Client, connect: Connect, sap: StandIn, confirmed: Callable[[], Order]
) -> None:
    before = confirmed()
    order = ask_for(firestore, before, None)
    fault(sap, reject_material="10123001")
    export(firestore, connect, order.number, lambda: LATER)
    stored = stored_order(firestore, order.number)
    assert (stored.status, stored.lines) == (Status.CONFIRMED, before.lines)


def test_a_locked_order_is_tried_again(
    firestore: Client, connect: Connect, sap: StandIn, confirmed: Callable[[], Order]
) -> None:
    order = ask_for(firestore, confirmed(), 6)
    fault(sap, lock=True, times=1)
    with pytest.raises(ExportFailedProblem):
        export(firestore, connect, order.number, lambda: LATER)
    export(firestore, connect, order.number, lambda: LATER)
    assert in_sap(sap, order) == [("6.000", "")]


def test_a_second_export_waits_while_the_first_may_run(
    firestore: Client, connect: Connect, confirmed: Callable[[], Order]
) -> None:
    order = ask_for(firestore, confirmed(), 6)
    with pytest.raises(Killed):
        export(firestore, killed_at(connect, COMMIT, "after"), order.number, lambda: LATER)
    with pytest.raises(ExportRunningProblem):
        export(firestore, connect, order.number, lambda: LATER + LEASE / 2)


def test_a_change_that_sap_is_slow_to_save_is_waited_for(
    firestore: Client, connect: Connect, sap: StandIn, confirmed: Callable[[], Order]
) -> None:
    """The order is locked till then, so no second change can be overtaken by the first."""
    order = ask_for(firestore, confirmed(), 6)
    fault(sap, hold_commit=True, times=1)
    settled = LATER + SETTLING + timedelta(seconds=1)
    for at in (LATER, settled):
        with pytest.raises(ExportFailedProblem):
            export(firestore, connect, order.number, lambda: at)  # noqa: B023
    assert in_sap(sap, order) == [("2.000", "")]

    assert httpx.post(f"{sap.control_url}/commits/finish").json() == {"saved": 1}
    export(firestore, connect, order.number, lambda: settled + LEASE)

    assert in_sap(sap, order) == [("6.000", "")]
    change = stored_order(firestore, order.number).change
    assert change is not None
    assert change.handover.state is HandoverState.ACCEPTED


def test_what_sap_took_and_would_refuse_now_is_found(
    firestore: Client, connect: Connect, sap: StandIn, confirmed: Callable[[], Order]
) -> None:
    order = ask_for(firestore, confirmed(), 6)
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
    order = ask_for(firestore, confirmed(), pieces)
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
            tell(firestore, order.number, order.sap_number or "", 1, {10: 2})
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
    assert in_sap(sap, order) == [expected]
    stored = stored_order(firestore, order.number)
    assert stored.change is not None
    assert stored.change.handover.state is HandoverState.ACCEPTED
    assert stored.status is (Status.CANCELLED if pieces is None else Status.CONFIRMED)


def test_the_document_that_is_kept_is_the_order(
    firestore: Client, confirmed: Callable[[], Order]
) -> None:
    order = ask_for(firestore, confirmed(), 6)
    kept = orders.reference(firestore, order.number).get().to_dict() or {}
    kept["updated_at"] = order.updated_at  # the database's own time
    assert Order.model_validate(kept) == order
    assert kept == to_document(order)
