"""Reconciliations and differences at the desk, and on the command line."""

from datetime import timedelta
from typing import Any

import pytest
from google.cloud.firestore import Client

from infra import reconciliation
from shared.order.handover import HandoverState
from shared.order.repository import reference
from shared.reconciliation.model import Deviation, Difference, Kind, State
from shared.reconciliation.repository import difference_reference
from shared.store import to_document
from tests.factories.assortment import NOW
from tests.factories.order import order, store_order, waiting
from tests.integration.functions.operations.conftest import Ask


def _number(last: int) -> str:
    return f"7K3Q9XZ4M2-{last:03}"


def _store(db: Client, last: int, **overrides: Any) -> None:
    fields: dict[str, Any] = {
        "order": _number(last),
        "company": "100001",
        "sap_numbers": [],
        "kinds": [Kind.MISSING],
        "rows": [Deviation(field="order", ours="500000001", saps="")],
        "row_count": 1,
        "state": State.PARKED,
        "found_at": NOW - timedelta(minutes=last),
        "seen_at": NOW,
        "run": "run",
    }
    difference_reference(db, _number(last)).set(to_document(Difference(**fields | overrides)))


def _audited(db: Client) -> list[tuple[str, str, str]]:
    found = [one.to_dict() or {} for one in db.collection("audit").stream()]
    return [(one["action"], one["object"], one["reason"]) for one in found]


def test_a_run_is_begun_once_and_listed(firestore: Client, ask: Ask) -> None:
    begun = ask("POST", "/reconciliations", {"days": 60, "company": "100001"})
    assert begun.status == 201
    assert ask("POST", "/reconciliations", {"days": 7}).body["code"] == "run_active"
    id_ = begun.body["id"]
    [run] = ask("GET", "/reconciliations").body["items"]
    assert (run["id"], run["asked_by"], run["ended_at"]) == (id_, "Maria", None)
    assert run["scope"] == {"days": 60, "company": "100001", "earlier": False}
    assert ask("GET", f"/reconciliations/{id_}").body == run
    assert _audited(firestore) == [("reconcile", f"reconciliations/{id_}", "")]
    assert ask("POST", "/reconciliations", {"days": 0}).status == 422


def test_differences_are_filtered_and_paged(firestore: Client, ask: Ask) -> None:
    for last in range(1, 6):
        _store(firestore, last)
    _store(firestore, 6, kinds=[Kind.PLANT, Kind.LINES])
    _store(firestore, 7, state=State.MENDED)

    first = ask("GET", "/differences?limit=4").body
    second = ask("GET", f"/differences?limit=4&cursor={first['next']}").body

    found = [one["order"] for one in [*first["items"], *second["items"]]]
    assert found == [_number(last) for last in range(1, 7)]
    by_kind = ask("GET", "/differences?kind=lines").body["items"]
    assert [one["order"] for one in by_kind] == [_number(6)]
    assert by_kind[0]["choices"] == ["settle"]
    mended = ask("GET", "/differences?state=mended").body["items"]
    assert [(one["order"], one["choices"]) for one in mended] == [(_number(7), [])]


def test_a_difference_is_settled_with_a_reason_by_one_person(firestore: Client, ask: Ask) -> None:
    _store(firestore, 1)
    assert ask("POST", f"/differences/{_number(1)}/settle", {"reason": "  "}).status == 422

    settled = ask("POST", f"/differences/{_number(1)}/settle", {"reason": "Ours to keep"})

    assert (settled.status, settled.body["state"]) == (200, "settled")
    assert [one["by"] for one in settled.body["decisions"]] == ["Maria"]
    again = ask("POST", f"/differences/{_number(1)}/resend", {"reason": "No"})
    assert again.body["code"] == "difference_decided"
    assert _audited(firestore) == [("settle", f"differences/{_number(1)}", "Ours to keep")]


def test_an_order_that_sap_has_not_got_is_handed_over_again(firestore: Client, ask: Ask) -> None:
    store_order(
        firestore, order(_number(1), handover=waiting(state=HandoverState.ACCEPTED, due_at=None))
    )
    _store(firestore, 1)

    sent = ask("POST", f"/differences/{_number(1)}/resend", {"reason": "Deleted by mistake"})

    assert sent.body["state"] == "mending"
    stored = reference(firestore, _number(1)).get().to_dict() or {}
    assert (stored["handover"]["state"], stored["handover"]["due_at"]) == ("waiting", NOW)


def test_only_what_sap_has_can_be_taken_over(firestore: Client, ask: Ask) -> None:
    _store(firestore, 1)
    _store(firestore, 2, kinds=[Kind.UNCONFIRMED])
    reason = {"reason": "Asked by phone"}
    assert ask("POST", f"/differences/{_number(1)}/take", reason).status == 409
    assert ask("POST", f"/differences/{_number(2)}/take", reason).body["state"] == "mending"
    assert ask("POST", f"/differences/{_number(9)}/take", reason).status == 404


def test_the_command_line_does_the_same(
    firestore: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    _store(firestore, 1)
    where = ["--project", firestore.project]
    maria = [*where, "--by", "Maria Berg"]
    assert reconciliation.main(["start", *maria, "--system", "ECPCLNT100"]) == 0
    assert reconciliation.main(["start", *maria, "--system", "ECPCLNT100"]) == 1
    assert reconciliation.main(["runs", *where]) == 0
    assert reconciliation.main(["differences", *where]) == 0
    shown = capsys.readouterr().out
    assert "begins within a minute" in shown
    assert _number(1) in shown
    settle = ["settle", *maria, "--reason", "Ours to keep", _number(1)]
    assert reconciliation.main(settle) == 0
    assert reconciliation.main(settle) == 1
    assert ("settle", f"differences/{_number(1)}", "Ours to keep") in _audited(firestore)
