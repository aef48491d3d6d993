"""What was decided about a company's people and rules, as its admins read and export it."""

import csv
from datetime import datetime, timedelta
from io import BytesIO, StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from google.cloud.firestore import Client
from openpyxl import load_workbook

from shared import audit
from shared.actor import ActorKind
from shared.audit import Action, AuditEntry
from tests.factories.assortment import NOW
from tests.integration.functions.accounts.conftest import WHO_CALLS, Call
from tests.support.firestore_counter import counting

COMPANY, OTHER = "100001", "100002"
ADMIN = {COMPANY: "admin"}


def told(
    db: Client, action: Action, at: datetime = NOW, company: str = COMPANY, **more: str
) -> None:
    """Something that was done."""
    given: dict[str, Any] = {"by": "Ada Kern", "object": "people/ben", "uid": "ada"} | more
    audit.tell(
        db, AuditEntry(at=at, by_kind=ActorKind.PERSON, action=action, company=company, **given)
    )


@pytest.fixture
def past(firestore: Client) -> None:
    """Three days of Läufer's, a deed of the brand's about it, and something of another company."""
    told(
        firestore,
        Action.INVITE,
        NOW - timedelta(days=2),
        about="Zoë Öz",
        after="zoe@x.test, viewer",
    )
    told(
        firestore,
        Action.CHANGE_PERSON,
        NOW - timedelta(days=1),
        about="Ben",
        before="buyer",
        after="buyer, suspended",
    )
    told(firestore, Action.CHANGE_RULES, NOW, by="=Carl", after="All: always")
    told(firestore, Action.ASSIGN_ASSORTMENT, NOW, by="Maria", reason="Slow payer")
    told(firestore, Action.JOIN, NOW, OTHER, about="Olga")


def seen(call: Call, search: str = "", **more: Any) -> list[str]:
    """The actions that are found."""
    page = call(f"/company/audit?{search}", ADMIN, **more).get_json()
    return [one["action"] for one in page["items"]]


@pytest.mark.usefixtures("past")
def test_admins_see_what_was_decided_in_their_company_in_their_language(call: Call) -> None:
    page = call("/company/audit", ADMIN, Accept_Language="de").get_json()
    assert page["next"] is None
    assert [(one["action"], one["by"], one["about"]) for one in page["items"]] == [
        ("change_rules", "=Carl", ""),
        ("change_person", "Ada Kern", "Ben"),
        ("invite", "Ada Kern", "Zoë Öz"),
    ]
    [_, changed, invited] = page["items"]
    assert (changed["before"], changed["after"]) == (
        "Liest und bestellt",
        "Liest und bestellt, gesperrt",
    )
    assert invited["after"] == "zoe@x.test, Liest nur"


@pytest.mark.usefixtures("past")
def test_it_is_searched_by_person_action_and_days(call: Call) -> None:
    today, yesterday = NOW.date(), NOW.date() - timedelta(days=1)
    assert seen(call, "who=oz") == ["invite"]
    assert seen(call, "who=ZOE@X") == ["invite"]
    assert seen(call, "who=ada") == ["change_person", "invite"]
    assert seen(call, "who=maria") == []
    assert seen(call, "action=change_person") == ["change_person"]
    assert seen(call, f"since={today}") == ["change_rules"]
    assert seen(call, f"until={yesterday}") == ["change_person", "invite"]
    assert seen(call, f"since={yesterday}&until={yesterday}&who=ben") == ["change_person"]
    assert seen(call, "since=0001-01-01&until=9999-12-31&action=invite") == ["invite"]
    assert call("/company/audit?action=assign_assortment", ADMIN).status_code == 422


@pytest.mark.usefixtures("past")
def test_pages_have_everything_once_and_cost_what_they_show(call: Call, firestore: Client) -> None:
    actions, cursor = [], ""
    while True:
        with counting(firestore) as count:
            page = call(f"/company/audit?limit=1{cursor}", ADMIN).get_json()
        # The company for its days; the page and one more, and what is the brand's among them.
        assert count.reads <= WHO_CALLS + 1 + 4
        actions += [one["action"] for one in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert actions == ["change_rules", "change_person", "invite"]
    assert call(f"/company/audit?who=x{cursor}", ADMIN).status_code == 422


@pytest.mark.usefixtures("past")
def test_a_file_has_all_that_was_searched_and_no_formula(call: Call) -> None:
    answer = call("/company/audit.csv", ADMIN, Accept_Language="de")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="audit.csv"'
    text = answer.data.decode("utf-8-sig")
    head, first, second, third = csv.reader(StringIO(text, newline=""), delimiter=";")
    assert head[:4] == ["Wann (Europe/Berlin)", "Wer", "Aktion", "Für wen"]
    assert first[1:3] == ["'=Carl", "Regeln für Freigaben geändert"]
    local = NOW.astimezone(ZoneInfo("Europe/Berlin")).replace(tzinfo=None, microsecond=0)
    assert first[0] == local.isoformat(" ")
    assert second[5:7] == ["Liest und bestellt", "Liest und bestellt, gesperrt"]
    assert third[3] == "Zoë Öz"
    book = load_workbook(BytesIO(call("/company/audit.xlsx?who=carl", ADMIN).data))
    [columns, row] = list(book.worksheets[0].iter_rows(values_only=True))
    assert columns[1:3] == ("Who", "Action")
    assert row[1:3] == ("'=Carl", "Rules for approvals changed")
    assert isinstance(row[0], datetime)


def test_a_file_of_too_many_is_refused(
    call: Call, firestore: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.audit_search.MOST_EXPORTED", 2)
    for _ in range(3):
        told(firestore, Action.JOIN)
    answer = call("/company/audit.csv", ADMIN)
    assert (answer.status_code, answer.get_json()["code"]) == (422, "too_many_entries")
    told(firestore, Action.REMOVE_PERSON)
    assert call("/company/audit.csv?action=remove_person", ADMIN).status_code == 200


def test_what_admins_do_tells_whom_it_was_about(call: Call) -> None:
    body = {"email": "zoe@laeufer.test", "name": "Zoë Öz", "role": "viewer"}
    made = call("/company/invitations", ADMIN, body, method="POST", Idempotency_Key="key-00001")
    call(f"/company/invitations/{made.get_json()['id']}", ADMIN, method="DELETE")
    page = call("/company/audit", ADMIN).get_json()
    assert {(one["action"], one["about"]) for one in page["items"]} == {
        ("invite", "Zoë Öz"),
        ("withdraw", "Zoë Öz"),
    }


def test_the_audit_is_for_admins_only(call: Call) -> None:
    for role in ("viewer", "buyer", "approver", "rep"):
        for kind in ("", ".csv", ".xlsx"):
            assert call(f"/company/audit{kind}", {COMPANY: role}).status_code == 403
