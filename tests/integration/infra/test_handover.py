"""Orders on their way to SAP on the command line: found, shown, tried, parked, cancelled."""

import json
from datetime import timedelta

import pytest
from google.cloud.firestore import Client

from infra.handover import main
from shared.order.handover import ExportAttempt, HandoverState
from shared.order.model import Order
from shared.order.repository import reference
from shared.order.status import Status
from shared.sap import circuit
from shared.sap.failure import Failure
from tests.factories.assortment import NOW
from tests.factories.order import NUMBER, order, store_order, waiting

FAILED = ExportAttempt(
    at=NOW, outcome="failed", detail="locked by ANNA", ended_at=NOW + timedelta(seconds=1.5)
)


def _stored(db: Client) -> Order:
    return Order.model_validate(reference(db, NUMBER).get().to_dict())


def test_orders_are_found_by_their_state_and_shown_with_the_time_of_each_attempt(
    firestore: Client, project_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    later = waiting(due_at=NOW + timedelta(days=9), attempts=[FAILED], forgotten=300)
    store_order(
        firestore,
        order(handover=later),
        order("7K3Q9XZ4M2-002", handover=waiting(state=HandoverState.ACCEPTED, due_at=None)),
    )
    where = ["--project", project_id]
    assert main(["orders", *where, "--state", "waiting"]) == 0
    [head] = map(json.loads, capsys.readouterr().out.splitlines())
    assert (head["number"], head["attempts"], head["state"]) == (NUMBER, 301, "waiting")
    assert main(["show", *where, NUMBER]) == 0
    shown = json.loads(capsys.readouterr().out)["handover"]
    [attempt] = shown["attempts"]
    assert (attempt["seconds"], attempt["detail"]) == (1.5, "locked by ANNA")
    assert shown["forgotten"] == 300
    circuit.report(firestore, "ECPCLNT100", Failure.LOGON, NOW, "Name or password is incorrect")
    assert main(["show", *where, NUMBER]) == 0
    assert "ECPCLNT100 refuses our log-on since 2026" in capsys.readouterr().err
    assert main(["show", *where, "0000000000-001"]) == 1


def test_an_order_is_tried_at_once_parked_sent_again_and_cancelled(
    firestore: Client, project_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    due = NOW + timedelta(days=9_000)
    store_order(firestore, order(handover=waiting(due_at=due)))
    signed = ["--project", project_id, "--by", "Maria Berg"]
    why = ["--reason", "The customer is moving"]
    assert main(["retry", *signed, NUMBER]) == 0
    soon = _stored(firestore).handover.due_at
    assert soon is not None
    assert soon < due
    assert main(["park", *signed, *why, NUMBER]) == 0
    assert main(["park", *signed, *why, NUMBER]) == 1
    assert main(["list", "--project", project_id]) == 0
    assert '"waits_for": "by_person"' in capsys.readouterr().out
    assert main(["resend", *signed, *why, NUMBER]) == 0
    assert _stored(firestore).handover.state is HandoverState.WAITING
    assert main(["cancel", *signed, *why, NUMBER]) == 0
    assert main(["retry", *signed, NUMBER]) == 1
    step = _stored(firestore).history[-1]
    assert (step.status, step.by, step.reason) == (
        Status.CANCELLED,
        "Maria Berg",
        "The customer is moving",
    )
    told = [one.get("action") for one in firestore.collection("audit").order_by("at").stream()]
    assert told == ["retry", "park", "resend", "cancel"]


@pytest.mark.parametrize("command", ["resend", "accept", "reject", "park", "cancel"])
def test_nothing_is_decided_without_a_reason(command: str) -> None:
    with pytest.raises(SystemExit):
        main([command, "--project", "p", "--by", "Maria Berg", NUMBER])
