"""What SAP may answer is told apart, and each answer has the consequence that helps, in both systems."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from babel import Locale
from google.cloud.firestore import Client
from structlog.testing import capture_logs

from functions.export_order.claim import ExportFailedProblem, SapAwayProblem
from functions.export_order.export import export
from functions.orders.wording import Reader, handover_text
from infra import handover
from shared.audit import Action, Doer
from shared.order import desk
from shared.order.handover import HandoverState, ParkReason
from shared.order.hold import HoldKind
from shared.order.model import Order
from shared.order.status import Status
from shared.sap.circuit import CircuitState, read_circuit, release
from shared.sap.rfc import Connect, Limits, connector
from tests.factories.assortment import NOW
from tests.factories.order import order_line
from tests.integration.functions.export_order.conftest import counted
from tests.integration.functions.export_order.mishaps import at, stored_order
from tests.integration.functions.export_order.outcomes.conftest import LATER, MARIA, World

CREATE, COMMIT = "BAPI_SALESORDER_CREATEFROMDAT2", "BAPI_TRANSACTION_COMMIT"


@pytest.mark.parametrize(
    ("fault", "kind"),
    [({"incomplete": True}, HoldKind.INCOMPLETE), ({"credit_block": True}, HoldKind.CREDIT)],
)
def test_an_order_that_sap_saves_and_holds_is_on_hold_with_the_reason(
    firestore: Client,
    connect: Connect,
    world: World,
    placed: Callable[..., Order],
    fault: dict[str, Any],
    kind: HoldKind,
) -> None:
    accepted = placed()
    world.fault(**fault)
    export(firestore, connect, accepted.number, at(NOW), world.system)
    stored = stored_order(firestore, accepted.number)
    assert (stored.status, stored.handover.state) == (Status.SENT, HandoverState.ACCEPTED)
    assert [(hold.kind, hold.since) for hold in stored.holds] == [(kind, NOW)]
    assert stored.holds[0].reason


def test_a_line_that_sap_refuses_parks_the_order_for_a_person(
    firestore: Client,
    connect: Connect,
    world: World,
    placed: Callable[..., Order],
    project_id: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = [
        order_line(),
        order_line("10123-010-M", "10123002", position=20),
    ]
    accepted = placed(lines=lines)
    world.fault(reject_material="10123002")
    with capture_logs() as logged:
        export(firestore, connect, accepted.number, at(NOW), world.system)
    assert [one["event"] for one in logged if one["log_level"] == "error"] == ["order parked"]

    stored = stored_order(firestore, accepted.number)
    assert (stored.status, stored.handover.state) == (Status.ACCEPTED, HandoverState.PARKED)
    assert stored.handover.parked is not None
    assert stored.handover.parked.reason is ParkReason.REFUSED
    assert stored.handover.parked.positions == [20]
    assert world.orders_of(accepted) == []
    assert "10123002" not in handover_text(stored, Reader(Locale("de")))

    calls: list[str] = []
    export(firestore, counted(connect, calls), accepted.number, at(LATER), world.system)
    assert calls == []

    world.mend()
    assert handover.main(["list", "--project", project_id]) == 0
    assert '"waits_for": "refused"' in capsys.readouterr().out
    signed = ["--project", project_id, "--by", "Maria Berg", "--reason", "Mended"]
    command = ["resend", *signed, accepted.number]
    assert handover.main(command) == 0
    export(firestore, connect, accepted.number, at(LATER), world.system)
    stored = stored_order(firestore, accepted.number)
    assert len(world.orders_of(accepted)) == 1
    assert (stored.status, stored.handover.parked) == (Status.SENT, None)
    [decision] = stored.handover.decisions
    assert (decision.decision, decision.by) == ("resend", "Maria Berg")
    assert list(desk.find_undecided(firestore)) == []


def test_a_person_rejects_what_sap_refuses_and_the_buyer_reads_why(
    firestore: Client, connect: Connect, placed: Callable[..., Order], world: World
) -> None:
    accepted = placed(lines=[order_line(article="99999001")])
    export(firestore, connect, accepted.number, at(NOW), world.system)
    desk.decide(
        firestore,
        accepted.number,
        Action.REJECT,
        Doer("Maria Berg", LATER, reason="Ausverkauft"),
    )
    stored = stored_order(firestore, accepted.number)
    assert (stored.status, stored.handover.state) == (Status.REJECTED, HandoverState.REFUSED)
    assert (stored.history[-1].by, stored.history[-1].reason) == ("Maria Berg", "Ausverkauft")
    assert stored.handover.due_at is None
    assert handover_text(stored, Reader(Locale("de"))).endswith("Ausverkauft")
    with pytest.raises(desk.NothingToDecideError):
        desk.decide(firestore, accepted.number, Action.RESEND, MARIA)


@pytest.mark.parametrize(
    ("fault", "overrides"),
    [
        ({"unauthorized": CREATE}, {}),
        ({"unauthorized": COMMIT}, {}),
        ({"missing": CREATE}, {}),
        ({}, {"payment_terms": "ZN30X"}),
    ],
    ids=["no authorization", "none to commit", "unknown module", "value too long"],
)
def test_what_can_never_succeed_is_parked_and_told_at_once(
    firestore: Client,
    connect: Connect,
    world: World,
    placed: Callable[..., Order],
    fault: dict[str, Any],
    overrides: dict[str, Any],
) -> None:
    accepted = placed(**overrides)
    world.fault(**fault)
    with capture_logs() as logged:
        export(firestore, connect, accepted.number, at(NOW), world.system)
    assert [one["event"] for one in logged if one["log_level"] == "error"] == ["order parked"]
    parked = stored_order(firestore, accepted.number).handover.parked
    assert parked is not None
    assert parked.reason is ParkReason.DENIED
    assert world.orders_of(accepted) == []
    if not fault:
        return
    world.mend()
    desk.decide(firestore, accepted.number, Action.RESEND, MARIA)
    export(firestore, connect, accepted.number, at(LATER), world.system)
    assert len(world.orders_of(accepted)) == 1


@pytest.mark.parametrize("fault", [{"lock": True}, {"dumps": CREATE}, {"dumps": COMMIT}])
def test_what_goes_by_itself_is_tried_again(
    firestore: Client,
    connect: Connect,
    world: World,
    placed: Callable[..., Order],
    fault: dict[str, Any],
) -> None:
    accepted = placed()
    world.fault(**fault, times=1)
    with pytest.raises(ExportFailedProblem):
        export(firestore, connect, accepted.number, at(NOW), world.system)
    assert read_circuit(firestore, world.system.logical_system).state is CircuitState.CLOSED
    if fault == {"dumps": COMMIT} and not world.system.orders.numbers:
        # Nobody can tell whether SAP has it, and it has no number by which SAP could.
        desk.decide(firestore, accepted.number, Action.RESEND, MARIA)
    export(firestore, connect, accepted.number, at(LATER), world.system)
    assert len(world.orders_of(accepted)) == 1
    assert stored_order(firestore, accepted.number).status is Status.SENT


def test_a_log_on_that_sap_refuses_is_not_tried_again_before_a_person_says_so(
    firestore: Client, connect: Connect, world: World, placed: Callable[..., Order]
) -> None:
    first, second = placed(), placed()
    name = world.system.logical_system
    world.fault(logon="refused")
    with capture_logs() as logged, pytest.raises(ExportFailedProblem):
        export(firestore, connect, first.number, at(NOW), world.system)
    assert "sap refuses log-on" in [one["event"] for one in logged if one["log_level"] == "error"]
    calls: list[str] = []
    for day in range(3):
        for one in (first, second):
            moment = NOW + timedelta(days=day)
            with pytest.raises(SapAwayProblem):
                export(firestore, counted(connect, calls), one.number, at(moment), world.system)
    assert calls == []

    world.mend()
    release(firestore, name, "Maria Berg", LATER)
    for one in (first, second):
        export(firestore, connect, one.number, at(LATER), world.system)
        assert len(world.orders_of(one)) == 1
    circuit = read_circuit(firestore, name)
    assert (circuit.state, circuit.released_by) == (CircuitState.CLOSED, "Maria Berg")


def test_a_gateway_that_accepts_and_stays_silent_costs_no_more_than_a_log_on_may(
    firestore: Client, world: World, placed: Callable[..., Order]
) -> None:
    impatient = connector(world.sap.destination, Limits(logon=0.2))
    accepted = placed()
    world.fault(silent=True)
    with pytest.raises(ExportFailedProblem):
        export(firestore, impatient, accepted.number, at(NOW), world.system)
    [attempt] = stored_order(firestore, accepted.number).handover.attempts
    assert (attempt.outcome, "log-on: no answer" in attempt.detail) == ("failed", True)
    assert read_circuit(firestore, world.system.logical_system).state is CircuitState.OPEN


def test_a_session_is_used_again_until_something_goes_wrong_with_it(
    firestore: Client,
    connect: Connect,
    world: World,
    placed: Callable[..., Order],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import pyrfc  # noqa: PLC0415 (the stand-in's, once it is on the path)

    opened: list[int] = []
    real = pyrfc.Connection.open

    def counted(connection: Any) -> None:
        opened.append(1)
        real(connection)

    monkeypatch.setattr(pyrfc.Connection, "open", counted)
    for _ in range(3):
        export(firestore, connect, placed().number, at(NOW), world.system)
    assert len(opened) == 1

    broken = placed()
    world.fault(**{"break": "before_create", "times": 1})
    with pytest.raises(ExportFailedProblem):
        export(firestore, connect, broken.number, at(NOW), world.system)
    export(firestore, connect, broken.number, at(LATER), world.system)
    assert len(world.orders_of(broken)) == 1
    assert stored_order(firestore, broken.number).status is Status.SENT
