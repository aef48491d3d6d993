"""An order that SAP may have: what a person may let be sent again, and how that is remembered."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from google.cloud.firestore import Client

from emulators.sap.server import StandIn
from functions.export_order.claim import ExportFailedProblem, ExportRunningProblem
from functions.reconcile.sweep import LONG
from infra import handover
from shared.audit import Action, Doer
from shared.order import desk
from shared.order import repository as orders
from shared.order.model import Order
from shared.order.status import Status
from shared.sap.rfc import Connect
from tests.factories.assortment import NOW
from tests.integration.functions.export_order.mishaps import (
    fault,
    in_sap,
    stored_order,
)
from tests.integration.functions.export_order.test_slow_commit import SETTLED, export


@pytest.fixture(name="lost")
def _lost(firestore: Client, connect: Connect, sap: StandIn, placed: Callable[..., Order]) -> Order:
    """An order whose commit broke before SAP had it, in a SAP without a range."""
    accepted = placed()
    fault(sap, **{"break": "before_commit", "times": 1})
    with pytest.raises(ExportFailedProblem):
        export(firestore, connect, accepted.number, lambda: NOW)
    export(firestore, connect, accepted.number, lambda: SETTLED)
    assert in_sap(sap, accepted) == []
    return accepted


def test_a_person_lets_an_order_be_sent_again_and_is_remembered(
    firestore: Client,
    connect: Connect,
    sap: StandIn,
    lost: Order,
    project_id: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert handover.main(["list", "--project", project_id]) == 0
    assert f'"purchase_order": "{lost.number}/PO 4711"' in capsys.readouterr().out

    signed = ["--project", project_id, "--by", "Maria Berg", "--reason", "Mended"]
    command = ["resend", *signed, lost.number]
    assert handover.main(command) == 0
    export(firestore, connect, lost.number, lambda: SETTLED + LONG)

    assert len(in_sap(sap, lost)) == 1
    stored = stored_order(firestore, lost.number)
    assert stored.status is Status.SENT
    unknown = stored.handover.attempts[0]
    assert (unknown.outcome, unknown.ruled_out_by) == ("unknown", "Maria Berg")
    assert unknown.ruled_out_at is not None
    assert list(desk.find_undecided(firestore)) == []


def test_a_second_doubt_needs_a_person_again(
    firestore: Client, connect: Connect, sap: StandIn, lost: Order
) -> None:
    desk.decide(firestore, lost.number, Action.RESEND, Doer("Maria Berg", SETTLED))
    fault(sap, **{"break": "before_commit", "times": 1})
    with pytest.raises(ExportFailedProblem):
        export(firestore, connect, lost.number, lambda: SETTLED + LONG)
    export(firestore, connect, lost.number, lambda: SETTLED + 2 * LONG)
    assert in_sap(sap, lost) == []
    assert [one.order.number for one in desk.find_undecided(firestore)] == [lost.number]


def test_what_sap_has_or_is_being_sent_nobody_lets_be_sent_again(
    firestore: Client, connect: Connect, placed: Callable[..., Order]
) -> None:
    fresh, done = placed(), placed()
    export(firestore, connect, done.number, lambda: NOW)
    running = placed()
    sending = {
        "handover.state": "sending",
        "handover.lease_until": NOW + timedelta(days=10_000),
        "handover.attempts": [{"at": NOW, "outcome": "started", "detail": ""}],
    }
    orders.reference(firestore, running.number).update(sending)
    for number in (fresh.number, done.number, running.number, "0000000000-001"):
        with pytest.raises(desk.NothingToDecideError):
            desk.decide(firestore, number, Action.RESEND, Doer("Maria Berg", NOW))
    with pytest.raises(ExportRunningProblem):
        export(firestore, connect, running.number, lambda: NOW)
