"""Every accepted order ends as exactly one sales order, wherever an export broke or died."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import httpx
import pytest
from google.cloud.firestore import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from emulators.sap.server import StandIn
from functions.export_order.claim import (
    ExportFailedProblem,
    ExportRunningProblem,
    Next,
    begin_attempt,
    claim,
)
from functions.export_order.export import export as export_with
from functions.export_order.settlement import CONFIRMATION_DUE, AttemptOutcome, apply_outcome
from functions.export_order.time_limits import commit_within
from shared.availability import repository as availabilities
from shared.availability.model import Availability
from shared.availability.rules import pending
from shared.company import repository as companies
from shared.optimistic import Attempt, ChangedMeanwhileError
from shared.order import repository as orders
from shared.order.handover import HandoverState
from shared.order.model import Order
from shared.order.status import Status
from shared.problem import NotFoundProblem
from shared.sap.rfc import Call, Connect
from shared.store import to_document
from tests.factories.assortment import NOW
from tests.factories.order import order
from tests.integration.functions.export_order.conftest import LEASE, SYSTEM
from tests.integration.functions.export_order.mishaps import (
    BREAKS,
    KILLS,
    OTHERS,
    Killed,
    at,
    fault,
    in_sap,
    killed_at,
    stored_order,
    suffer,
)
from tests.support.services import MACHINE, make_app

export = partial(export_with, system=SYSTEM)
"""To a SAP with an external number range, as every test here but those of slow commits."""

COMMIT_WITHIN = commit_within(order())


def _taken(db: Client) -> tuple[dict[str, int], int]:
    """Pieces promised of each article of the style, and the company's open amount."""
    stock = availabilities.reference(db, "10123", "EU01").get().to_dict() or {}
    held = Availability.model_validate(stock)
    buyer = companies.reference(db, "100001").get().to_dict() or {}
    return (
        {article: sum(pending(held, article).values()) for article in held.promised},
        sum(buyer["open_amounts"].values()),
    )


def _blind(connect: Connect) -> Connect:
    """Sessions of a user who may create orders and not list them."""

    @contextmanager
    def session() -> Iterator[Call]:
        with connect() as call:

            def answered(name: str, **parameters: Any) -> dict[str, Any]:
                answer = call(name, **parameters)
                if name != "BAPI_SALESORDER_GETLIST":
                    return answer
                told = {"TYPE": "E", "CODE": "V1000", "MESSAGE": "No authorization"}
                return answer | {"SALES_ORDERS": [], "RETURN": answer["RETURN"] | told}

            yield answered

    return session


def test_an_order_gets_its_sap_number(
    firestore: Client, connect: Connect, sap: StandIn, placed: Callable[..., Order]
) -> None:
    accepted = placed()

    export(firestore, connect, accepted.number, lambda: NOW)

    (sales_order,) = in_sap(sap, accepted)
    stored = stored_order(firestore, accepted.number)
    assert sales_order["PURCH_NO_C"] == f"{accepted.number}/PO 4711"
    assert sales_order["VBELN"].lstrip("0") == stored.sap_number
    assert stored.status is Status.SENT
    assert stored.handover.state is HandoverState.ACCEPTED
    assert stored.handover.due_at == NOW + CONFIRMATION_DUE
    assert [step.status for step in stored.history] == [Status.ACCEPTED, Status.SENT]
    [attempt] = stored.handover.attempts
    assert (attempt.at, attempt.ended_at, attempt.outcome) == (NOW, NOW, "created")
    # SAP's own words, with the class and number of the message.
    assert "has been saved (V1 311)" in attempt.detail


def test_a_task_that_comes_twice_changes_nothing(
    firestore: Client, connect: Connect, sap: StandIn, placed: Callable[..., Order]
) -> None:
    accepted = placed()
    export(firestore, connect, accepted.number, lambda: NOW)
    once = stored_order(firestore, accepted.number)

    export(firestore, connect, accepted.number, lambda: NOW + timedelta(hours=1))

    assert stored_order(firestore, accepted.number) == once
    assert len(in_sap(sap, accepted)) == 1


def test_a_second_export_waits_while_the_first_may_run(
    firestore: Client, connect: Connect, sap: StandIn, placed: Callable[..., Order]
) -> None:
    accepted = placed()
    dying = killed_at(connect, "BAPI_TRANSACTION_COMMIT", "before")
    with pytest.raises(Killed):
        export(firestore, dying, accepted.number, lambda: NOW)

    with pytest.raises(ExportRunningProblem):
        export(firestore, connect, accepted.number, lambda: NOW + LEASE - timedelta(seconds=1))

    assert in_sap(sap, accepted) == []


def test_a_lock_in_sap_is_tried_again(
    firestore: Client, connect: Connect, sap: StandIn, placed: Callable[..., Order]
) -> None:
    accepted = placed()
    fault(sap, lock=True, times=1)

    with pytest.raises(ExportFailedProblem):
        export(firestore, connect, accepted.number, lambda: NOW)
    export(firestore, connect, accepted.number, lambda: NOW + timedelta(seconds=1))

    assert stored_order(firestore, accepted.number).status is Status.SENT
    assert len(in_sap(sap, accepted)) == 1


def test_sap_down_for_minutes_only_delays(
    firestore: Client, connect: Connect, sap: StandIn, placed: Callable[..., Order]
) -> None:
    accepted = placed()
    fault(sap, down=True)
    for minute in range(8):
        with pytest.raises(ExportFailedProblem):
            export(firestore, connect, accepted.number, at(NOW + timedelta(minutes=minute)))
    waiting = stored_order(firestore, accepted.number).handover
    assert waiting.state is HandoverState.WAITING
    assert waiting.due_at is not None

    httpx.delete(f"{sap.control_url}/faults")
    export(firestore, connect, accepted.number, lambda: NOW + timedelta(hours=1))

    assert stored_order(firestore, accepted.number).status is Status.SENT
    assert len(in_sap(sap, accepted)) == 1


def test_who_comes_to_its_commit_too_late_leaves_it(
    firestore: Client, connect: Connect, sap: StandIn, placed: Callable[..., Order]
) -> None:
    accepted = placed()
    late = NOW + COMMIT_WITHIN + timedelta(seconds=1)
    times = iter([NOW, late, late])

    with pytest.raises(ExportFailedProblem):
        export(firestore, connect, accepted.number, lambda: next(times))

    assert in_sap(sap, accepted) == []
    assert stored_order(firestore, accepted.number).handover.state is HandoverState.WAITING


def test_a_look_up_that_sap_refuses_finds_out_nothing(
    firestore: Client, connect: Connect, sap: StandIn, placed: Callable[..., Order]
) -> None:
    accepted = placed()
    killed = killed_at(connect, "BAPI_TRANSACTION_COMMIT", "after")
    with pytest.raises(Killed):
        export(firestore, killed, accepted.number, lambda: NOW)

    with pytest.raises(ExportFailedProblem):
        export(firestore, _blind(connect), accepted.number, at(NOW + LEASE))

    assert len(in_sap(sap, accepted)) == 1


def test_an_order_that_is_not_there_is_not_found(firestore: Client, connect: Connect) -> None:
    with pytest.raises(NotFoundProblem):
        export(firestore, connect, "0000000000-001", lambda: NOW)


def test_a_task_of_an_order_that_is_not_there_is_done(firestore: Client) -> None:
    """Cloud Tasks would try it again for ever."""
    client = make_app("export_order", firestore, lambda: NOW).test_client()
    headers = {"Authorization": f"Bearer {MACHINE}"}
    with capture_logs() as told:
        answer = client.post("/v1/export_order", json={"order": "0000000000-001"}, headers=headers)
    assert answer.status_code == 204
    assert [one["event"] for one in told] == ["no such order to export"]


def _strange(connect: Connect, function: str) -> Connect:
    """Sessions of a SAP whose answers to a function lack all that they should have."""

    @contextmanager
    def session() -> Iterator[Call]:
        with connect() as call:

            def answered(name: str, **parameters: Any) -> dict[str, Any]:
                answer = call(name, **parameters)
                return {} if name == function else answer

            yield answered

    return session


@pytest.mark.parametrize(
    ("function", "outcome"),
    [("BAPI_SALESORDER_CREATEFROMDAT2", "failed"), ("BAPI_TRANSACTION_COMMIT", "unknown")],
)
def test_an_answer_that_nobody_understands_is_an_outcome_and_adds_no_attempts_without_end(
    firestore: Client,
    connect: Connect,
    sap: StandIn,
    placed: Callable[..., Order],
    function: str,
    outcome: str,
) -> None:
    accepted = placed()
    with pytest.raises(ExportFailedProblem):
        export(firestore, _strange(connect, function), accepted.number, at(NOW))
    [attempt] = stored_order(firestore, accepted.number).handover.attempts
    assert (attempt.outcome, attempt.detail) == (outcome, "KeyError: 'RETURN'")
    later = NOW + timedelta(minutes=5)
    export(firestore, connect, accepted.number, at(later))
    assert len(in_sap(sap, accepted)) == 1
    assert stored_order(firestore, accepted.number).handover.state is HandoverState.ACCEPTED


def test_what_sap_says_in_half_characters_is_kept(placed: Callable[..., Order]) -> None:
    accepted = placed()
    begun = accepted.model_copy(update={"handover": begin_attempt(accepted.handover, NOW, LEASE)})
    told = AttemptOutcome("refused", detail="Kunde 4711 gesperrt \ud83d")
    after = apply_outcome(begun, NOW, told, NOW)
    assert after.handover.parked is not None
    assert after.handover.parked.detail == "Kunde 4711 gesperrt \\ud83d"
    assert after.handover.attempts[-1].detail.encode()


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(mishaps=st.lists(st.one_of(KILLS, BREAKS, OTHERS), max_size=5))
def test_whatever_happens_on_the_way_it_ends_as_one_sales_order(
    firestore: Client,
    connect: Connect,
    sap: StandIn,
    placed: Callable[..., Order],
    mishaps: list[tuple[str, str, str]],
) -> None:
    accepted = placed()
    now = NOW
    for kind, where, when in mishaps:
        suffer(firestore, connect, sap, accepted.number, (kind, where, when), now, export)
        assert len(in_sap(sap, accepted)) <= 1
        now += LEASE + timedelta(seconds=1)

    export(firestore, connect, accepted.number, at(now))

    (sales_order,) = in_sap(sap, accepted)
    stored = stored_order(firestore, accepted.number)
    assert stored.sap_number == sales_order["VBELN"].lstrip("0")
    assert stored.status is Status.SENT
    assert stored.handover.state is HandoverState.ACCEPTED


def test_each_attempt_tells_how_long_the_order_has_waited(
    firestore: Client, connect: Connect, sap: StandIn, placed: Callable[..., Order]
) -> None:
    """What the objective for orders that wait for SAP counts (terraform/modules/observability)."""
    accepted = placed()
    fault(sap, down=True)
    with capture_logs() as logged, pytest.raises(ExportFailedProblem):
        export(
            firestore, connect, accepted.number, lambda: accepted.placed_at + timedelta(minutes=12)
        )
    assert [line["age_seconds"] for line in logged if line["event"] == "export"] == [720]


def test_a_claim_whose_answer_was_lost_is_recognized(
    firestore: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it would keep itself away, and the order would wait for a person."""
    one = order()
    firestore.collection("orders").document(one.number).set(to_document(one))
    real, commits = Attempt.commit, []

    def commit(attempt: Attempt) -> None:
        real(attempt)
        commits.append(attempt)
        if len(commits) == 1:
            # As the client ends its own repetition of a commit whose answer was lost.
            raise ChangedMeanwhileError

    monkeypatch.setattr(Attempt, "commit", commit)
    claimed = claim(firestore, one.number, NOW, SYSTEM)
    assert claimed.what is Next.CREATE
    stored = Order.model_validate(orders.reference(firestore, one.number).get().to_dict())
    assert [attempt.outcome for attempt in stored.handover.attempts] == ["started"]
