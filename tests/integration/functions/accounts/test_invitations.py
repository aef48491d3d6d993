"""Who is invited to join a company, and how they do."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from google.cloud.firestore import Client
from werkzeug.test import TestResponse

from functions.accounts.invitations import MOST_OPEN
from shared.identity.caller import Role
from shared.person.invitation import INVITED_FOR, Invitation
from shared.store import to_document
from tests.factories.assortment import NOW
from tests.integration.functions.accounts.conftest import Call
from tests.integration.functions.accounts.test_people import ask, audited, let_in

COMPANY, OTHER = "100001", "100002"
NEW = {"email": "Zoe@Laeufer.test", "name": "Zoë Özgür", "role": "buyer"}


@pytest.fixture(autouse=True)
def admins(firestore: Client, call: Call) -> None:
    """Ada of one company, Olga of another."""
    let_in(firestore, "ada", {COMPANY: "admin"})
    let_in(firestore, "olga", {OTHER: "admin"})


def invite(call: Call, who: str = "ada", key: str = "invite-1", **other: str) -> TestResponse:
    """An invitation of Zoe, or of somebody else."""
    body = {**NEW, **other}
    return ask(call, who, "POST", "/company/invitations", body, Idempotency_Key=key)


def listed(call: Call, who: str = "ada") -> Any:
    """The company's open invitations."""
    return ask(call, who, "GET", "/company/invitations").get_json()["items"]


def answer(call: Call, id_: str, what: str, who: str = "zoe", **claims: Any) -> TestResponse:
    """What somebody says to an invitation."""
    path = f"/me/invitations/{id_}/{what}"
    return call(path, {}, method="POST", who=who, claims=claims)


def me(call: Call, who: str = "zoe", companies: Mapping[str, str] | None = None) -> Any:
    """Who calls."""
    return call("/me", companies or {}, who=who).get_json()


def test_who_is_invited_joins(call: Call, firestore: Client, kept: list[tuple[str, str]]) -> None:
    made = invite(call)
    assert made.status_code == 201
    assert kept == [("zoe@laeufer.test", "Zoë Özgür")]
    assert listed(call) == [made.get_json()]
    assert made.get_json()["ends_at"].startswith(f"{NOW + INVITED_FOR:%Y-%m-%dT%H:%M}")

    [invitation] = me(call)["invitations"]
    assert (invitation["company"], invitation["company_name"]) == (COMPANY, "Läufer GmbH")
    assert (invitation["role"], invitation["invited_by"]) == ("buyer", "Ada Läufer")
    assert me(call)["companies"] == []
    assert answer(call, invitation["id"], "accept").status_code == 204

    assert me(call)["invitations"] == []
    assert [(one["id"], one["role"]) for one in me(call)["companies"]] == [(COMPANY, "buyer")]
    assert listed(call) == []
    [_, zoe] = ask(call, "ada", "GET", "/company/people").get_json()["items"]
    assert (zoe["uid"], zoe["let_in_by"]) == ("zoe", "Ada Läufer")
    assert audited(firestore) == [
        ("ada", "invite", f"invitations/{invitation['id']}", "", "zoe@laeufer.test, buyer"),
        ("zoe", "join", "people/zoe", "", "buyer"),
    ]


def test_a_repeated_request_invites_once(call: Call, kept: list[tuple[str, str]]) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: invite(call), range(4)))
    assert {one.status_code for one in made} <= {201, 409}
    assert len(listed(call)) == 1
    again = invite(call)
    assert (again.status_code, [again.get_json()]) == (201, listed(call))
    assert invite(call, name="Zoe").get_json()["code"] == "idempotency_key_reused"


def test_a_repeated_yes_is_one(call: Call, firestore: Client) -> None:
    id_ = invite(call).get_json()["id"]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: answer(call, id_, "accept"), range(4)))
    assert [one.status_code for one in answers] == [204] * 4
    assert [one[1] for one in audited(firestore)] == ["invite", "join"]


@pytest.mark.parametrize("email", ["ZOE@laeufer.test", "ada@laeufer.test", " Ada@Laeufer.test "])
def test_who_is_there_or_invited_already_is_not_invited_again(email: str, call: Call) -> None:
    assert invite(call).status_code == 201
    again = invite(call, key="invite-2", email=email)
    assert (again.status_code, again.get_json()["code"]) == (409, "already_there")
    assert len(listed(call)) == 1
    assert invite(call, "olga", key="invite-3").status_code == 201


@pytest.mark.parametrize("what", ["accept", "decline"])
@pytest.mark.parametrize("who", ["ben", "ada"])
def test_another_persons_invitation_is_not_found(who: str, what: str, call: Call) -> None:
    id_ = invite(call).get_json()["id"]
    assert me(call, who)["invitations"] == []
    assert answer(call, id_, what, who).status_code == 404
    assert len(listed(call)) == 1


def test_an_address_that_nobody_showed_to_be_theirs_joins_nothing(call: Call) -> None:
    id_ = invite(call).get_json()["id"]
    refused = answer(call, id_, "accept", email_verified=False)
    assert refused.get_json()["code"] == "email_not_verified"


def test_another_companys_admin_sees_and_withdraws_nothing(call: Call) -> None:
    id_ = invite(call).get_json()["id"]
    assert listed(call, "olga") == []
    assert ask(call, "olga", "DELETE", f"/company/invitations/{id_}").status_code == 404
    assert len(listed(call)) == 1


def test_who_withdraws_an_invitation_ends_it(call: Call) -> None:
    id_ = invite(call).get_json()["id"]
    for _ in range(2):
        assert ask(call, "ada", "DELETE", f"/company/invitations/{id_}").status_code == 204
    assert (listed(call), me(call)["invitations"]) == ([], [])
    assert answer(call, id_, "accept").get_json()["code"] == "invitation_ended"


def test_who_declines_is_asked_no_more_and_can_be_invited_again(call: Call) -> None:
    id_ = invite(call).get_json()["id"]
    for _ in range(2):
        assert answer(call, id_, "decline").status_code == 204
    assert answer(call, id_, "accept").get_json()["code"] == "invitation_ended"
    withdrawn = ask(call, "ada", "DELETE", f"/company/invitations/{id_}")
    assert withdrawn.get_json()["code"] == "invitation_ended"
    assert invite(call, key="invite-2").status_code == 201


def test_an_old_invitation_has_ended(call: Call, firestore: Client) -> None:
    id_ = invite(call).get_json()["id"]
    firestore.collection("invitations").document(id_).update({"ends_at": NOW})
    assert (listed(call), me(call)["invitations"]) == ([], [])
    assert answer(call, id_, "accept").get_json()["code"] == "invitation_ended"


def test_what_the_claims_gave_stays_with_who_joins_another(call: Call) -> None:
    id_ = invite(call).get_json()["id"]
    path, claimed = f"/me/invitations/{id_}/accept", {OTHER: "viewer"}
    assert call(path, claimed, method="POST", who="zoe").status_code == 204
    roles = {one["id"]: one["role"] for one in me(call)["companies"]}
    assert roles == {COMPANY: "buyer", OTHER: "viewer"}


def test_who_belongs_to_the_company_by_now_stays_what_they_are(
    call: Call, firestore: Client
) -> None:
    id_ = invite(call, role="viewer").get_json()["id"]
    let_in(firestore, "zoe", {COMPANY: "admin"})
    assert answer(call, id_, "accept").status_code == 204
    assert [one["role"] for one in me(call)["companies"]] == ["admin"]
    assert (listed(call), me(call)["invitations"]) == ([], [])


def test_the_brands_people_join_no_company(call: Call) -> None:
    id_ = invite(call).get_json()["id"]
    refused = answer(call, id_, "accept", brand_role="operator")
    assert (refused.status_code, refused.get_json()["code"]) == (409, "brands_person")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "zoe"),
        ("email", "zoe@laeufer"),
        ("email", "zoe laeufer@x.test"),
        ("email", "@laeufer.test"),
        ("name", " "),
        ("name", "Zoë\u202eruguzÖ"),
        ("role", "rep"),
        ("role", "brand_admin"),
    ],
)
def test_what_can_not_be_is_named(
    field: str, value: str, call: Call, kept: list[tuple[str, str]]
) -> None:
    refused = invite(call, **{field: value})
    assert refused.status_code == 422
    assert [one["pointer"] for one in refused.get_json()["errors"]] == [f"/{field}"]
    assert kept == []


def test_a_company_has_so_many_open_invitations(call: Call, firestore: Client) -> None:
    batch = firestore.batch()
    for number in range(MOST_OPEN):
        one = Invitation(
            id=f"i{number}",
            company=COMPANY,
            email=f"{number}@laeufer.test",
            name="Somebody",
            role=Role.VIEWER,
            by="Ada",
            at=NOW,
            ends_at=NOW + timedelta(days=1, seconds=number),
            payload="",
        )
        batch.set(firestore.collection("invitations").document(one.id), to_document(one))
    batch.commit()
    refused = invite(call)
    assert (refused.status_code, refused.get_json()["code"]) == (409, "too_many_invitations")
