"""A commit that SAP finishes long after nobody waits for it makes one sales order, never two.

Time is compressed: the stand-in keeps what COMMIT gives it until it is told to finish.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import Any

import httpx
import pytest
from google.cloud.firestore import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from emulators.sap.server import StandIn
from functions.export_order.claim import ExportFailedProblem
from functions.export_order.export import export as export_with
from functions.export_order.settlement import LATE_COMMIT, LOOK_UPS_DUE, SETTLING
from functions.reconcile.sweep import LONG, sweep
from shared.order.handover import HandoverState
from shared.order.model import Order
from shared.order.status import Status
from shared.sap.rfc import Connect
from shared.sap.source_system import SourceSystem
from tests.factories.assortment import NOW
from tests.factories.order import order_line
from tests.integration.functions.export_order.conftest import DRAWING, LEASE, SYSTEM, numbering
from tests.integration.functions.export_order.mishaps import (
    BREAKS,
    KILLS,
    OTHERS,
    at,
    fault,
    in_sap,
    stored_order,
    suffer,
    watched,
)


def export(
    db: Client, connect: Connect, number: str, clock: Any, system: SourceSystem = DRAWING
) -> None:
    """As it is, to a SAP that draws all numbers where nothing else is said."""
    export_with(db, connect, number, clock, system)


LOOK_UP, CREATE = "BAPI_SALESORDER_GETLIST", "BAPI_SALESORDER_CREATEFROMDAT2"
COMMIT = "BAPI_TRANSACTION_COMMIT"
SETTLED = NOW + SETTLING + timedelta(seconds=1)


def _finish(sap: StandIn) -> int:
    saved: int = httpx.post(f"{sap.control_url}/commits/finish").json()["saved"]
    return saved


def _finishing(connect: Connect, sap: StandIn, function: str, when: str) -> Connect:
    """Sessions in which SAP finishes its slow commit before or after a call."""
    return watched(connect, function, when, lambda: _finish(sap))


def _slow(db: Client, connect: Connect, sap: StandIn, order: Order, system: SourceSystem) -> None:
    """An export whose commit SAP has not finished when its caller gives up."""
    fault(sap, hold_commit=True, times=1)
    with pytest.raises(ExportFailedProblem):
        export(db, connect, order.number, lambda: NOW, system)
    assert in_sap(sap, order) == []


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    function=st.sampled_from([LOOK_UP, CREATE, COMMIT, "never"]),
    when=st.sampled_from(["before", "after"]),
    system=st.sampled_from([SYSTEM, DRAWING]),
)
def test_whenever_sap_finishes_there_is_one_sales_order(
    firestore: Client,
    connect: Connect,
    sap: StandIn,
    placed: Callable[..., Order],
    function: str,
    when: str,
    system: SourceSystem,
) -> None:
    accepted = placed()
    _slow(firestore, connect, sap, accepted, system)
    racing = _finishing(connect, sap, function, when)

    now = SETTLED
    for _ in range(3):
        try:
            export(firestore, racing, accepted.number, lambda: now, system)  # noqa: B023
        except ExportFailedProblem:
            assert system is not DRAWING  # what only looks up is no failed task
        now += timedelta(hours=1)
    _finish(sap)
    export(firestore, connect, accepted.number, lambda: now, system)

    (sales_order,) = in_sap(sap, accepted)
    stored = stored_order(firestore, accepted.number)
    assert stored.sap_number == sales_order["VBELN"].lstrip("0")
    assert stored.status is Status.SENT
    assert stored.handover.state is HandoverState.ACCEPTED


_MISHAPS = st.one_of(KILLS, BREAKS, OTHERS, st.sampled_from([("hold", "", ""), ("end", "", "")]))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    mishaps=st.lists(_MISHAPS, max_size=6),
    system=st.sampled_from([SYSTEM, DRAWING]),
    ranged_later=st.booleans(),
)
def test_whatever_happens_there_are_never_two_sales_orders(
    firestore: Client,
    connect: Connect,
    sap: StandIn,
    placed: Callable[..., Order],
    mishaps: list[tuple[str, str, str]],
    system: SourceSystem,
    ranged_later: bool,
) -> None:
    """Without a range it may be none, which a person has to look at, and nobody else."""
    accepted = placed()
    now = NOW
    for kind, where, when in mishaps:
        if kind == "end":
            _finish(sap)
        elif kind == "hold":
            fault(sap, hold_commit=True, times=1)
            with suppress(ExportFailedProblem):
                export(firestore, connect, accepted.number, at(now), system)
            httpx.delete(f"{sap.control_url}/faults")
        else:
            exporting = partial(export, system=system)
            suffer(firestore, connect, sap, accepted.number, (kind, where, when), now, exporting)
        assert len(in_sap(sap, accepted)) <= 1
        now += LEASE + timedelta(seconds=1)
    _finish(sap)
    for _ in range(2):
        with suppress(ExportFailedProblem):
            export(firestore, connect, accepted.number, at(now), SYSTEM if ranged_later else system)
        now += LEASE + timedelta(seconds=1)

    stored = stored_order(firestore, accepted.number)
    if stored.needs_person and stored.handover.state is HandoverState.WAITING:
        assert system is DRAWING
        assert in_sap(sap, accepted) == []
        return
    (sales_order,) = in_sap(sap, accepted)
    assert stored.sap_number == sales_order["VBELN"].lstrip("0")
    assert stored.status is Status.SENT


def test_an_order_has_its_number_before_sap_is_called(
    firestore: Client, connect: Connect, sap: StandIn, placed: Callable[..., Order]
) -> None:
    accepted = placed()
    _slow(firestore, connect, sap, accepted, SYSTEM)
    drawn = stored_order(firestore, accepted.number).external_number

    export(firestore, connect, accepted.number, lambda: SETTLED, SYSTEM)

    assert drawn is not None
    assert [one["VBELN"] for one in in_sap(sap, accepted)] == [drawn]
    assert _finish(sap) == 0


def test_a_number_that_another_sales_order_has_is_drawn_anew(
    firestore: Client, connect: Connect, sap: StandIn, placed: Callable[..., Order]
) -> None:
    few = numbering(SYSTEM, "0500000000-0500000001")  # so that orders soon draw the same
    one = numbering(SYSTEM, "0500000000-0500000000")
    first, second = placed(), placed()
    export(firestore, connect, first.number, lambda: NOW, one)

    drawn = few.orders.number_range
    assert drawn is not None
    while drawn.draw(second.number) != "0500000000":
        second = placed()
    now = NOW
    while stored_order(firestore, second.number).status is Status.ACCEPTED:
        try:
            export(firestore, connect, second.number, lambda: now, few)  # noqa: B023
        except ExportFailedProblem:
            assert len(in_sap(sap, second)) == 0
        now += LEASE

    assert [row["VBELN"] for row in in_sap(sap, first)] == ["0500000000"]
    assert [row["VBELN"] for row in in_sap(sap, second)] == ["0500000001"]


def test_what_sap_refuses_is_refused_under_a_number_too(
    firestore: Client, connect: Connect, placed: Callable[..., Order]
) -> None:
    accepted = placed(lines=[order_line(article="99999001")])
    export(firestore, connect, accepted.number, lambda: NOW, SYSTEM)
    stored = stored_order(firestore, accepted.number)
    assert stored.handover.state is HandoverState.PARKED
    assert stored.handover.parked is not None
    assert "99999001" in stored.handover.parked.detail


def test_what_sap_refuses_while_it_may_still_save_the_order_is_not_final(
    firestore: Client, connect: Connect, sap: StandIn, placed: Callable[..., Order]
) -> None:
    accepted = placed()
    _slow(firestore, connect, sap, accepted, SYSTEM)
    fault(sap, reject_material=accepted.lines[0].article)
    export(firestore, connect, accepted.number, lambda: SETTLED, SYSTEM)
    assert stored_order(firestore, accepted.number).status is Status.ACCEPTED

    _finish(sap)
    export(firestore, connect, accepted.number, lambda: SETTLED + LONG, SYSTEM)
    assert stored_order(firestore, accepted.number).status is Status.SENT
    assert len(in_sap(sap, accepted)) == 1


def test_what_sap_still_refuses_hours_later_is_parked(
    firestore: Client, connect: Connect, sap: StandIn, placed: Callable[..., Order]
) -> None:
    accepted = placed()
    fault(sap, **{"break": "before_commit", "times": 1})
    with pytest.raises(ExportFailedProblem):
        export(firestore, connect, accepted.number, lambda: NOW, SYSTEM)
    fault(sap, reject_material=accepted.lines[0].article)
    export(firestore, connect, accepted.number, lambda: NOW + LATE_COMMIT, SYSTEM)
    assert stored_order(firestore, accepted.number).handover.state is HandoverState.PARKED


def test_a_number_that_may_be_our_own_under_another_name_is_not_drawn_anew(
    firestore: Client, connect: Connect, sap: StandIn, placed: Callable[..., Order]
) -> None:
    """Somebody in SAP has changed the purchase order number that it was found by."""
    accepted = placed()
    _slow(firestore, connect, sap, accepted, SYSTEM)
    _finish(sap)
    (mine,) = [one for one in sap.system.orders() if one.purchase_order.startswith(accepted.number)]
    was, mine.purchase_order = mine.purchase_order, "by phone"
    for hours in range(3):
        with pytest.raises(ExportFailedProblem):
            export(
                firestore,
                connect,
                accepted.number,
                lambda: SETTLED + timedelta(hours=hours),  # noqa: B023
                SYSTEM,
            )
    mine.purchase_order = was
    assert len(in_sap(sap, accepted)) == 1
    assert stored_order(firestore, accepted.number).external_number == mine.number


def _look_up_for_a_day(db: Client, connect: Connect, number: str) -> list[datetime]:
    """When SAP was asked, as reconcile has it done, for a day after the first answer failed."""
    asked = []
    now = SETTLED
    while now < NOW + timedelta(days=1):
        export(db, connect, number, lambda: now)  # noqa: B023
        asked.append(now)
        due = stored_order(db, number).handover.due_at
        assert due is not None
        now = due
    return asked


def test_without_a_number_sap_is_only_asked_for_the_order_with_growing_pauses(
    firestore: Client, connect: Connect, sap: StandIn, placed: Callable[..., Order]
) -> None:
    accepted = placed()
    _slow(firestore, connect, sap, accepted, DRAWING)

    asked = _look_up_for_a_day(firestore, connect, accepted.number)

    first, most = LOOK_UPS_DUE
    pauses = [later - earlier for earlier, later in pairwise(asked)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (first, most)
    assert in_sap(sap, accepted) == []

    _finish(sap)
    export(firestore, connect, accepted.number, lambda: NOW + timedelta(days=2))
    assert len(in_sap(sap, accepted)) == 1
    assert stored_order(firestore, accepted.number).status is Status.SENT


def test_a_range_that_comes_later_does_not_number_what_sap_may_have(
    firestore: Client, connect: Connect, sap: StandIn, placed: Callable[..., Order]
) -> None:
    accepted = placed()
    _slow(firestore, connect, sap, accepted, DRAWING)

    export(firestore, connect, accepted.number, lambda: SETTLED, SYSTEM)
    _finish(sap)
    export(firestore, connect, accepted.number, lambda: SETTLED + LONG, SYSTEM)

    assert len(in_sap(sap, accepted)) == 1
    assert stored_order(firestore, accepted.number).status is Status.SENT


def test_reconcile_tells_that_a_person_is_needed(
    firestore: Client, connect: Connect, sap: StandIn, placed: Callable[..., Order]
) -> None:
    accepted = placed(placed_at=NOW - 2 * LONG)
    _slow(firestore, connect, sap, accepted, DRAWING)
    asked: list[str] = []
    with capture_logs() as logged:
        sweep(firestore, lambda number, _: asked.append(number), NOW + LONG)
    told = [line for line in logged if line["order"] == accepted.number]
    assert [(one["event"], one["log_level"], one["needs_person"]) for one in told] == [
        ("not handed over", "error", True)
    ]
    assert accepted.number in asked
    _finish(sap)
