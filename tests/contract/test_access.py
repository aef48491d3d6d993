"""Whoever calls whichever route: only whom the brand let in, and as of now where they write."""

import json
from typing import Any

from shared.http.app import create_app
from shared.http.authentication import Verifiers
from shared.http.route import Access, Service
from shared.identity.record import RecordUnavailableError
from shared.identity.tokens import InvalidTokenError, VerifyPerson
from tests.support import small_world as world
from tests.support.asking import AnyRoute, Caller, assert_problem, routes
from tests.support.services import resources_of, verify_person

for_people = routes(lambda route: route.access is not Access.MACHINE)
reading = routes(lambda route: route.access is not Access.MACHINE and not route.writes)
writing = routes(lambda route: route.access is not Access.MACHINE and route.writes)


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
