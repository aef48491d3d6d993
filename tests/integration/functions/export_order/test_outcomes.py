"""What SAP may answer is told apart, and each answer has the consequence that helps, in both systems."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from babel import Locale
from google.cloud.firestore import Client
from structlog.testing import capture_logs

from emulators.sap.server import CLIENT_PATH, StandIn, serve
from functions.export_order.claim import ExportFailedProblem, SapAwayProblem
from functions.export_order.export import export
from functions.orders.wording import handover_text
from functions.reconcile.sweep import sweep
from functions.sync_order_status.handler import apply
from infra import handover
from shared.event.message import SapMessage
from shared.order import desk
from shared.order import repository as orders
from shared.order.handover import HandoverState, ParkReason
from shared.order.hold import HoldKind
from shared.order.model import Order
from shared.order.status import Status
from shared.sap.circuit import CircuitState, read_circuit, release
from shared.sap.failure import Failure
from shared.sap.rfc import Call, Connect, Limits, SapCallError, connector
from shared.sap.source_system import SourceSystem
from tests.factories.assortment import NOW
from tests.factories.company import sales_area
from tests.factories.order import order, order_line, place_order
from tests.factories.sap import ECC, EXTERNAL_NUMBERS, PUBLISHED_AT, S4, packet, stamp
from tests.factories.sap_documents import ordrsp
from tests.integration.emulators.sap.data import SHIP_TO, SOLD_TO, customer, small_data
from tests.integration.functions.export_order.conftest import counted

CREATE, COMMIT = "BAPI_SALESORDER_CREATEFROMDAT2", "BAPI_TRANSACTION_COMMIT"
LATER = NOW + timedelta(minutes=10)

MARIA = desk.Deciding("Maria Berg", LATER)

_GROUPS = count(2_000_000_000)


@dataclass(frozen=True)
class World:
    """One SAP, and how Sellin knows it."""

    sap: StandIn
    system: SourceSystem

    def fault(self, **plan: Any) -> None:
        """Something goes wrong there from now on."""
        httpx.put(f"{self.sap.control_url}/faults", json=plan).raise_for_status()

    def mend(self) -> None:
        """All is well again."""
        httpx.delete(f"{self.sap.control_url}/faults").raise_for_status()

    def orders_of(self, one: Order) -> list[dict[str, Any]]:
        """What SAP has of an order of ours."""
        listed = httpx.get(f"{self.sap.control_url}/orders").json()
        return [row for row in listed if row["PURCH_NO_C"].startswith(one.number)]


@pytest.fixture(scope="module", params=[ECC, S4], ids=["ecc", "s4"])
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    system: SourceSystem = request.param
    area = system.sales_areas[0]
    bought_in = {"VKORG": area.organisation, "VTWEG": area.channel, "SPART": area.division}
    buyer = customer(SOLD_TO, SHIP_TO)
    [general] = buyer["E1KNA1M"]
    general["E1KNVVM"] = [{**row, **bought_in} for row in general["E1KNVVM"]]
    numbers = EXTERNAL_NUMBERS if system.orders.numbers else None
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(CLIENT_PATH))
        for name in [name for name in sys.modules if name.partition(".")[0] == "pyrfc"]:
            patch.delitem(sys.modules, name)
        state: Path = tmp_path_factory.mktemp("sap")
        data = small_data(customers=[buyer])
        with serve(data, state, settings=system, external_numbers=numbers) as stand_in:
            yield World(stand_in, system)


@pytest.fixture
def connect(world: World) -> Iterator[Connect]:
    world.mend()
    yield connector(world.sap.destination)
    world.mend()


@pytest.fixture(name="placed")
def _placed(firestore: Client, world: World) -> Callable[..., Order]:
    area = world.system.sales_areas[0]

    def placed(**overrides: Any) -> Order:
        sold_in = sales_area(area.organisation).model_copy(update={"division": area.division})
        fields: dict[str, Any] = {"sales_area": sold_in, **overrides}
        accepted = order(number=f"{next(_GROUPS)}-001", **fields)
        place_order(firestore, accepted)
        return accepted

    return placed


def _at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def _stored(db: Client, one: Order) -> Order:
    return Order.model_validate(orders.reference(db, one.number).get().to_dict())


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
    export(firestore, connect, accepted.number, _at(NOW), world.system)
    stored = _stored(firestore, accepted)
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
        export(firestore, connect, accepted.number, _at(NOW), world.system)
    assert [one["event"] for one in logged if one["log_level"] == "error"] == ["order parked"]

    stored = _stored(firestore, accepted)
    assert (stored.status, stored.handover.state) == (Status.ACCEPTED, HandoverState.PARKED)
    assert stored.handover.parked is not None
    assert stored.handover.parked.reason is ParkReason.REFUSED
    assert stored.handover.parked.positions == [20]
    assert world.orders_of(accepted) == []
    assert "10123002" not in handover_text(stored).render(Locale("de"))

    calls: list[str] = []
    export(firestore, counted(connect, calls), accepted.number, _at(LATER), world.system)
    assert calls == []

    world.mend()
    assert handover.main(["list", "--project", project_id]) == 0
    assert '"waits_for": "refused"' in capsys.readouterr().out
    command = ["resend", "--project", project_id, "--by", "Maria Berg", accepted.number]
    assert handover.main(command) == 0
    export(firestore, connect, accepted.number, _at(LATER), world.system)
    stored = _stored(firestore, accepted)
    assert len(world.orders_of(accepted)) == 1
    assert (stored.status, stored.handover.parked) == (Status.SENT, None)
    [decision] = stored.handover.decisions
    assert (decision.decision, decision.by) == ("resend", "Maria Berg")
    assert list(desk.waiting(firestore)) == []


def test_a_person_rejects_what_sap_refuses_and_the_buyer_reads_why(
    firestore: Client, connect: Connect, placed: Callable[..., Order], world: World
) -> None:
    accepted = placed(lines=[order_line(article="99999001")])
    export(firestore, connect, accepted.number, _at(NOW), world.system)
    desk.reject(
        firestore, accepted.number, desk.Deciding("Maria Berg", LATER, reason="Ausverkauft")
    )
    stored = _stored(firestore, accepted)
    assert (stored.status, stored.handover.state) == (Status.REJECTED, HandoverState.REFUSED)
    assert (stored.history[-1].by, stored.history[-1].reason) == ("Maria Berg", "Ausverkauft")
    assert stored.handover.due_at is None
    assert handover_text(stored).render(Locale("de")).endswith("Ausverkauft")
    with pytest.raises(desk.NothingToDecideError):
        desk.resend(firestore, accepted.number, MARIA)


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
        export(firestore, connect, accepted.number, _at(NOW), world.system)
    assert [one["event"] for one in logged if one["log_level"] == "error"] == ["order parked"]
    parked = _stored(firestore, accepted).handover.parked
    assert parked is not None
    assert parked.reason is ParkReason.DENIED
    assert world.orders_of(accepted) == []
    if not fault:
        return
    world.mend()
    desk.resend(firestore, accepted.number, MARIA)
    export(firestore, connect, accepted.number, _at(LATER), world.system)
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
        export(firestore, connect, accepted.number, _at(NOW), world.system)
    assert read_circuit(firestore, world.system.logical_system).state is CircuitState.CLOSED
    if fault == {"dumps": COMMIT} and not world.system.orders.numbers:
        # Nobody can tell whether SAP has it, and it has no number by which SAP could.
        desk.resend(firestore, accepted.number, MARIA)
    export(firestore, connect, accepted.number, _at(LATER), world.system)
    assert len(world.orders_of(accepted)) == 1
    assert _stored(firestore, accepted).status is Status.SENT


def test_a_log_on_that_sap_refuses_is_not_tried_again_before_a_person_says_so(
    firestore: Client, connect: Connect, world: World, placed: Callable[..., Order]
) -> None:
    first, second = placed(), placed()
    name = world.system.logical_system
    world.fault(logon="refused")
    with capture_logs() as logged, pytest.raises(ExportFailedProblem):
        export(firestore, connect, first.number, _at(NOW), world.system)
    assert "sap refuses log-on" in [one["event"] for one in logged if one["log_level"] == "error"]
    calls: list[str] = []
    for day in range(3):
        for one in (first, second):
            moment = NOW + timedelta(days=day)
            with pytest.raises(SapAwayProblem):
                export(firestore, counted(connect, calls), one.number, _at(moment), world.system)
    assert calls == []

    world.mend()
    release(firestore, name, "Maria Berg", LATER)
    for one in (first, second):
        export(firestore, connect, one.number, _at(LATER), world.system)
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
        export(firestore, impatient, accepted.number, _at(NOW), world.system)
    [attempt] = _stored(firestore, accepted).handover.attempts
    assert (attempt.outcome, "log-on: no answer" in attempt.detail) == ("failed", True)
    assert read_circuit(firestore, world.system.logical_system).state is CircuitState.OPEN


def test_an_order_at_another_price_in_sap_waits_for_a_person_with_both_prices(
    firestore: Client, connect: Connect, world: World, placed: Callable[..., Order]
) -> None:
    accepted = placed()
    world.fault(net_percent=-10)
    export(firestore, connect, accepted.number, _at(NOW), world.system)
    stored = _stored(firestore, accepted)
    parked = stored.handover.parked
    assert stored.status is Status.SENT
    assert parked is not None
    assert (parked.reason, parked.positions) == (ParkReason.PRICE_DIFFERS, [10])
    assert parked.agreed is not None
    assert parked.in_sap is not None
    assert (parked.agreed.amount, parked.in_sap.amount) == (5000, 4500)
    assert [one.order.number for one in desk.waiting(firestore)] == [accepted.number]

    desk.accept(firestore, accepted.number, MARIA)
    assert list(desk.waiting(firestore)) == []
    assert _stored(firestore, accepted).handover.decisions[-1].about is ParkReason.PRICE_DIFFERS


@contextmanager
def _silent_about(connect: Connect, module: str) -> Iterator[Call]:
    with connect() as call:

        def answered(name: str, **parameters: Any) -> dict[str, Any]:
            if name == module:
                raise SapCallError("no answer", Failure.UNREACHABLE)
            return call(name, **parameters)

        yield answered


@pytest.mark.parametrize("told", [False, True], ids=["silent", "told"])
@pytest.mark.parametrize("percent", [0, -10])
def test_prices_that_sap_did_not_tell_are_compared_when_reconcile_asks(
    firestore: Client,
    connect: Connect,
    world: World,
    placed: Callable[..., Order],
    percent: int,
    told: bool,
) -> None:
    """Also when its response came in between, which else ends the hand-over."""
    accepted, asked = placed(), list[str]()
    world.fault(net_percent=percent)
    silent = lambda: _silent_about(connect, "BAPI_SALESORDER_GETSTATUS")  # noqa: E731
    export(firestore, silent, accepted.number, _at(NOW), world.system)
    stored = _stored(firestore, accepted)
    assert (stored.handover.state, stored.handover.uncompared) == (HandoverState.ACCEPTED, True)
    if told:
        response = ordrsp(
            accepted.number,
            stamp(1),
            stored.sap_number or "",
            stamp(0),
            lines=[(line.position, line.article, line.quantity, "") for line in accepted.lines],
            ordered={line.position: line.quantity for line in accepted.lines},
        )
        response["EDI_DC40"]["SNDPRN"] = world.system.logical_system
        message = SapMessage("1", "sap-orders", packet(response), {}, PUBLISHED_AT)
        told_of, _ = apply(firestore, world.system, message)
        assert not told_of.refused

    sweep(firestore, lambda number, _: asked.append(number), LATER)
    assert asked.count(accepted.number) == 1
    export(firestore, connect, accepted.number, _at(LATER), world.system)

    handover = _stored(firestore, accepted).handover
    assert (handover.uncompared, handover.due_at is None) == (False, told)
    assert (handover.parked.reason if handover.parked else None) == (
        ParkReason.PRICE_DIFFERS if percent else None
    )
    assert len(world.orders_of(accepted)) == 1


def test_sap_gets_all_that_was_agreed(
    firestore: Client, connect: Connect, world: World, placed: Callable[..., Order]
) -> None:
    accepted = placed(
        cancel_by=NOW.date() + timedelta(days=30), po_number="Koeln 7", po_written="Köln 7"
    )
    export(firestore, connect, accepted.number, _at(NOW), world.system)
    [row] = world.orders_of(accepted)
    types, ids = world.system.order_types, world.system.orders.texts
    assert row["DOC_TYPE"] == types.at_once
    assert [item["PLANT"] for item in row["items"]] == ["EU01"]
    texts = {(text["ITM_NUMBER"], text["TEXT_ID"]): text["TEXT_LINE"] for text in row["texts"]}
    assert texts == {
        ("000000", ids.cancel_by): "2026-12-22",
        ("000000", ids.season): "FW26 AO",
        ("000000", ids.po_written): "Köln 7",
        ("000010", ids.item): "10123-010-S",
    }


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
        export(firestore, connect, placed().number, _at(NOW), world.system)
    assert len(opened) == 1

    broken = placed()
    world.fault(**{"break": "before_create", "times": 1})
    with pytest.raises(ExportFailedProblem):
        export(firestore, connect, broken.number, _at(NOW), world.system)
    export(firestore, connect, broken.number, _at(LATER), world.system)
    assert len(world.orders_of(broken)) == 1
    assert _stored(firestore, broken).status is Status.SENT
