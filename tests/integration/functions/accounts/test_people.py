"""The people of a company, as its admins see and change them."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from typing import Any

import pytest
from google.cloud.firestore import Client
from werkzeug.test import TestResponse

from shared.identity.caller import Role
from shared.person.granting import grant
from shared.person.model import Person
from tests.factories.assortment import NOW
from tests.integration.functions.accounts.conftest import WHO_CALLS, Call
from tests.support.firestore_counter import counting

COMPANY, OTHER = "100001", "100002"


def let_in(db: Client, uid: str, roles: Mapping[str, str], name: str = "") -> None:
    """Somebody whom the brand let in."""
    person = Person(uid=uid, email=f"{uid}@laeufer.test", name=name or f"{uid.title()} Läufer")
    grant(
        db,
        person,
        {id_: Role(role) for id_, role in roles.items()},
        "The brand",
        NOW,
        lambda _: None,
    )


def ask(
    call: Call, who: str, method: str, path: str, body: Any = None, **more: Any
) -> TestResponse:
    """A request of somebody with no companies in their claims."""
    return call(path, {}, body, method=method, who=who, **more)


def shown(call: Call, uid: str, who: str = "ada") -> Any:
    """One of the company's people."""
    return ask(call, who, "GET", f"/company/people/{uid}").get_json()


def change(call: Call, uid: str, who: str = "ada", **body: Any) -> TestResponse:
    """A change of the person as they are now."""
    etag = shown(call, uid, who).get("etag", '"1"')
    return ask(call, who, "PATCH", f"/company/people/{uid}", body, If_Match=etag)


@pytest.fixture(autouse=True)
def people(firestore: Client, call: Call) -> None:
    """Ada decides about Ben and Cleo; Rik is a rep of the brand, Olga of another company."""
    let_in(firestore, "ada", {COMPANY: "admin"})
    let_in(firestore, "ben", {COMPANY: "buyer", OTHER: "viewer"}, "Ben Öz")
    let_in(firestore, "cleo", {COMPANY: "viewer"})
    let_in(firestore, "rik", {COMPANY: "rep"})
    let_in(firestore, "olga", {OTHER: "admin"})


def audited(db: Client) -> list[tuple[str, str, str, str, str]]:
    """Who did what to whom, from what to what."""
    found = [one.to_dict() or {} for one in db.collection("audit").stream()]
    names = ("uid", "action", "object", "before", "after")
    return sorted(tuple(one[name] for name in names) for one in found)


def test_an_admin_sees_the_companys_people_by_name(call: Call) -> None:
    page = ask(call, "ada", "GET", "/company/people").get_json()
    assert [(one["name"], one["role"], one["is_you"]) for one in page["items"]] == [
        ("Ada Läufer", "admin", True),
        ("Ben Öz", "buyer", False),
        ("Cleo Läufer", "viewer", False),
    ]
    assert page["next"] is None


@pytest.mark.parametrize("limit", [1, 2, 3, 4])
def test_pages_have_everybody_once(limit: int, call: Call) -> None:
    names, cursor = [], ""
    while True:
        page = ask(call, "ada", "GET", f"/company/people?limit={limit}{cursor}").get_json()
        names += [one["uid"] for one in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert names == ["ada", "ben", "cleo"]


@pytest.mark.parametrize("cursor", ["olga", "nobody"])
def test_a_cursor_is_of_the_companys_people(cursor: str, call: Call) -> None:
    answer = ask(call, "ada", "GET", f"/company/people?cursor={cursor}")
    assert (answer.status_code, answer.get_json()["errors"][0]["code"]) == (422, "stale_cursor")


def _requests() -> Iterator[tuple[str, str, Any]]:
    yield "GET", "", None
    yield "PATCH", "", {"role": "admin"}
    yield "DELETE", "", None


@pytest.mark.parametrize(
    ("uid", "request_"), list(product(["olga", "rik", "nobody"], _requests())), ids=str
)
def test_whom_the_company_does_not_decide_about_is_not_found(
    uid: str, request_: tuple[str, str, Any], call: Call, firestore: Client
) -> None:
    method, _, body = request_
    answer = ask(call, "ada", method, f"/company/people/{uid}", body, If_Match='"1"')
    assert answer.status_code == 404
    assert audited(firestore) == []


@pytest.mark.parametrize(
    ("who", "request_"), list(product(["ben", "cleo", "rik"], _requests())), ids=str
)
def test_only_admins_decide(who: str, request_: tuple[str, str, Any], call: Call) -> None:
    method, _, body = request_
    company = {"X_Company": COMPANY}
    assert ask(call, who, "GET", "/company/people", **company).status_code == 403
    answer = ask(call, who, method, "/company/people/cleo", body, If_Match='"1"', **company)
    assert answer.status_code == 403


def test_a_role_holds_at_the_next_request(call: Call, firestore: Client) -> None:
    assert ask(call, "cleo", "GET", "/company/people").status_code == 403
    changed = change(call, "cleo", role="admin")
    assert (changed.status_code, changed.get_json()["role"]) == (200, "admin")
    assert ask(call, "cleo", "GET", "/company/people").status_code == 200
    assert change(call, "cleo", role="buyer").status_code == 200
    assert ask(call, "cleo", "GET", "/company/people").status_code == 403
    assert audited(firestore) == [
        ("ada", "change_person", "people/cleo", "admin", "buyer"),
        ("ada", "change_person", "people/cleo", "viewer", "admin"),
    ]


def test_who_is_suspended_may_nothing_there_until_reinstated(call: Call) -> None:
    assert change(call, "ben", suspended=True).status_code == 200
    assert ask(call, "ben", "GET", "/company", X_Company=COMPANY).status_code == 404
    assert ask(call, "ben", "GET", "/company", X_Company=OTHER).status_code == 200
    me = ask(call, "ben", "GET", "/me").get_json()
    assert [one["id"] for one in me["companies"]] == [OTHER]
    assert (shown(call, "ben")["role"], shown(call, "ben")["suspended"]) == ("buyer", True)
    assert change(call, "ben", suspended=False).status_code == 200
    assert ask(call, "ben", "GET", "/company", X_Company=COMPANY).status_code == 200


@pytest.mark.parametrize("claimed", [{}, {COMPANY: "admin"}, {OTHER: "admin"}])
def test_who_is_removed_may_nothing_there_whatever_their_claims_say(
    claimed: Mapping[str, str], call: Call, firestore: Client
) -> None:
    path = "/company/people/cleo"
    assert ask(call, "ada", "DELETE", path).status_code == 204
    assert ask(call, "ada", "DELETE", path).status_code == 404
    for company in (COMPANY, OTHER):
        answer = call("/company", claimed, who="cleo", X_Company=company)
        assert answer.status_code == 404
    assert audited(firestore) == [("ada", "remove_person", "people/cleo", "viewer", "")]


def test_of_whom_nothing_is_stored_the_claims_count(call: Call) -> None:
    assert call("/company", {OTHER: "viewer"}, who="zoe").get_json()["id"] == OTHER


@pytest.mark.parametrize(
    ("method", "body"),
    [("PATCH", {"role": "buyer"}), ("PATCH", {"suspended": True}), ("DELETE", None)],
)
def test_a_company_keeps_an_admin(method: str, body: Any, call: Call, firestore: Client) -> None:
    def leave(uid: str) -> TestResponse:
        etag = shown(call, uid, uid)["etag"]
        return ask(call, uid, method, f"/company/people/{uid}", body, If_Match=etag)

    answer = leave("ada")
    assert (answer.status_code, answer.get_json()["code"]) == (409, "last_admin")
    assert audited(firestore) == []
    assert change(call, "ben", role="admin").status_code == 200
    assert leave("ada").status_code in (200, 204)
    assert ask(call, "ben", "GET", "/company/people", X_Company=COMPANY).status_code == 200


def test_of_two_admins_who_leave_at_once_one_stays(call: Call, firestore: Client) -> None:
    for number in range(8):
        pair = [f"eva{number}", f"fay{number}"]
        company = f"30{number:04}"
        for uid in pair:
            let_in(firestore, uid, {company: "admin"})

        def leave(uid: str, company: str = company) -> int:
            path = f"/company/people/{uid}"
            return ask(call, uid, "DELETE", path, X_Company=company).status_code

        with ThreadPoolExecutor(2) as pool:
            statuses = sorted(pool.map(leave, pair))
        assert statuses == [204, 409]


def test_who_saw_another_state_changes_nothing(call: Call) -> None:
    seen = shown(call, "cleo")["etag"]
    assert change(call, "cleo", role="buyer").status_code == 200
    answer = ask(call, "ada", "PATCH", "/company/people/cleo", {"suspended": True}, If_Match=seen)
    assert (answer.status_code, answer.get_json()["code"]) == (412, "person_changed")
    assert answer.get_json()["etag"] == shown(call, "cleo")["etag"]
    assert not shown(call, "cleo")["suspended"]


def test_the_check_of_who_calls_costs_one_read(call: Call, firestore: Client) -> None:
    with counting(firestore) as count:
        assert ask(call, "olga", "GET", "/company").status_code == 200
    assert (count.rpcs, count.reads) == (1 + WHO_CALLS, 1 + WHO_CALLS)


def test_five_hundred_companies_are_as_one(call: Call, firestore: Client) -> None:
    let_in(firestore, "max", {f"{number:06}": "buyer" for number in range(100_002, 100_502)})
    with counting(firestore) as count:
        assert ask(call, "max", "GET", "/company", X_Company=OTHER).status_code == 200
    assert (count.rpcs, count.reads) == (1 + WHO_CALLS, 1 + WHO_CALLS)
