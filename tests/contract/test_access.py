"""Whoever calls whichever route: only whom the brand let in, and as of now where they write."""

import json
from typing import Any

import pytest

from shared.http.app import create_app
from shared.http.authentication import Verifiers
from shared.http.route import Access, Service
from shared.identity.record import RecordUnavailableError
from shared.identity.tokens import InvalidTokenError, VerifyPerson
from shared.person.model import Person
from shared.person.repository import reference as person_reference
from shared.store import to_document
from tests.support import services
from tests.support import small_world as world
from tests.support.asking import AnyRoute, Caller, assert_problem, routes
from tests.support.firestore_counter import counting
from tests.support.services import resources_of, verify_person, versions

for_people = routes(lambda route: route.access is not Access.MACHINE)
reading = routes(lambda route: route.access is not Access.MACHINE and not route.writes)
writing = routes(lambda route: route.access is not Access.MACHINE and route.writes)
of_a_company = routes(lambda route: route.of_company)


def nobody(_: str) -> Any:
    raise InvalidTokenError


def unknown(_: str) -> Any:
    raise RecordUnavailableError


def let(caller: Caller, service: Service[Any], person: VerifyPerson, writer: VerifyPerson) -> None:
    """Whose tokens count from now on."""
    verifiers = Verifiers(person=person, writer=writer)
    resources = resources_of(service.name, caller.db)
    caller.app = create_app(service, resources, verifiers, world.CLOCK, caller.db)


@for_people
def test_an_address_that_is_not_verified_is_told_so(caller: Caller, route: AnyRoute) -> None:
    headers = caller.headers()
    for said in (False, None, "later"):
        claims = json.loads(headers["Authorization"].removeprefix("Bearer "))
        claims["email_verified"] = said
        reply = caller.ask(headers=headers | {"Authorization": f"Bearer {json.dumps(claims)}"})
        if said is False:
            assert_problem(reply, 403)
            assert reply.body["code"] == "email_not_verified"
        else:
            assert_problem(reply, 401)


@writing
def test_a_token_alone_is_not_enough_to_write(caller: Caller, service: Service[Any]) -> None:
    let(caller, service, person=verify_person, writer=nobody)
    assert_problem(caller.ask(), 401)
    let(caller, service, person=verify_person, writer=unknown)
    reply = caller.ask()
    assert_problem(reply, 503)
    assert reply.headers["Retry-After"] == "1"


@reading
def test_reading_needs_no_more_than_the_token(caller: Caller, service: Service[Any]) -> None:
    let(caller, service, person=verify_person, writer=unknown)
    assert caller.ask().status not in (401, 503)


@pytest.fixture
def effects(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the services asked others for: tasks, sessions to end, accounts, SAP."""
    asked: list[Any] = []
    for name in ("forget", "swallow", "no_sap", "sap_away"):
        monkeypatch.setattr(services, name, lambda *about, **_: asked.append(about))
    return asked


def introduced(caller: Caller) -> dict[str, str]:
    """Has the service know the person, whose rights it assumes to be the same from then on."""
    headers = caller.headers() | {"X-Company": world.COMPANY}
    assert caller.ask(query=[("no", "such")], headers=headers).status == 422
    return headers


@of_a_company
def test_a_right_that_was_taken_away_counts_at_the_next_request(
    effects: list[Any], caller: Caller
) -> None:
    headers = introduced(caller)
    without_rights = Person(uid="anna", email="anna@example.com", name="Anna")
    person_reference(caller.db, "anna").set(to_document(without_rights))
    caller.before = versions(caller.db)
    for query in ([], [], [("no", "such")]):
        assert_problem(caller.ask(query=query, headers=headers), 404)
    assert not effects


@of_a_company
def test_rights_come_with_the_first_documents_and_before_anything_is_written(
    caller: Caller,
) -> None:
    headers = introduced(caller)
    with counting(caller.db) as count:
        caller.ask(headers=headers)
    caller.before = versions(caller.db)
    own = person_reference(caller.db, "anna").path
    read = [
        any(path.endswith(own) for path in getattr(request, "documents", ()))
        for method, request in count.requests
        if method in ("BatchGetDocuments", "Commit", "BatchWrite")
    ]
    assert read[0], count.methods
    assert sum(read) == 1
