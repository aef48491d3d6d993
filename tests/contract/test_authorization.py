"""The authorization matrix: every operation of the OpenAPI documents, called by everybody.

`authorization.json` says, apart from the code, who may call which operation; `callers.py`, who calls and
how they are refused. The rows are those of the documents: an operation that nobody decided about fails.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from google.auth.credentials import AnonymousCredentials
from google.cloud.firestore import Client

from infra.openapi import FOLDER
from shared.http.app import create_app
from shared.http.authentication import Verifiers
from shared.http.route import Answer, Call, NoBody, NoQuery, Service
from shared.identity.caller import Role
from shared.person.membership import with_memberships
from tests.factories.assortment import NOW
from tests.support import small_world as world
from tests.support.asking import PARAMETERS, AnyRoute, body_of, sensible_body
from tests.support.callers import ROLE, ROLES, UNKNOWN, Somebody, everybody
from tests.support.services import (
    ROUTES,
    SERVICES,
    Reply,
    make_app,
    person,
    send,
    unhurried,
    verify_machine,
    verify_person,
    versions,
)

ROWS: dict[str, str] = json.loads(Path(__file__).with_name("authorization.json").read_text())
OPERATIONS = sorted(
    f"{method.upper()} {path}"
    for document in FOLDER.glob("*.json")
    for path, methods in json.loads(document.read_text())["paths"].items()
    for method in methods
)
OF_A_COMPANYS_THING = [
    operation
    for operation in OPERATIONS
    # Styles are the brand's; who sees which, `test_isolation.py` knows.
    if "{" in operation and "{style}" not in operation and ROWS.get(operation) in ROLES
]


def _operation(service: Service[Any], route: AnyRoute) -> str:
    path = route.path.replace("<", "{").replace(">", "}")
    return f"{route.method} /v1/{service.name}{path}"


SERVED = {_operation(service, route): (service, route) for service, route in ROUTES}


@pytest.fixture(scope="module")
def db(firestore_host: str) -> Iterator[Client]:
    """The small world."""
    client = Client(project=f"test-{uuid4().hex[:20]}", credentials=AnonymousCredentials())
    world.store_world(client)
    yield client
    client.close()


@pytest.fixture(scope="module")
def callers(db: Client) -> list[Somebody]:
    """The columns."""
    return everybody(db)


@pytest.fixture(scope="module")
def apps(db: Client) -> dict[str, Flask]:
    """Every service as it is."""
    return {name: make_app(name, db, unhurried(NOW)) for name in SERVICES}


@pytest.fixture(scope="module")
def doors(db: Client) -> dict[str, Flask]:
    """Every service as whoever calls meets it; behind the door somebody says who came in."""
    by_record = with_memberships(db, verify_person)
    verifiers = Verifiers(person=by_record, writer=by_record, machine=verify_machine)
    return {
        name: create_app(_only_doors(service), None, verifiers, unhurried(NOW), db)
        for name, service in SERVICES.items()
    }


def _only_doors(service: Service[Any]) -> Service[Any]:
    routes = (
        replace(
            route,
            handler=_say_who,
            query=NoQuery,
            body=NoBody,
            idempotent=False,
            conditional=False,
            rate=None,
        )
        for route in service.routes
    )
    return replace(service, routes=tuple(routes))


def _say_who(_: Any, call: Call[Any, Any]) -> Answer:
    caller = call.caller_or_none
    inside = (caller.company, caller.role) if caller else ()
    came = " ".join((call.claims.uid if call.claims else "", *inside))
    return Answer(status=204, headers={"Came-In": came})


def test_every_operation_has_a_row() -> None:
    assert sorted(ROWS) == OPERATIONS == sorted(SERVED)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_only_who_may_comes_in(
    operation: str, callers: list[Somebody], doors: dict[str, Flask]
) -> None:
    service, route = SERVED[operation]
    cells = {one.name: _outcome(doors[service.name], service, route, one) for one in callers}
    assert cells == {one.name: _expected(ROWS[operation], one) for one in callers}


def _outcome(app: Flask, service: Service[Any], route: AnyRoute, one: Somebody) -> Any:
    """Who came in, or status and code of the problem."""
    reply = send(app, route.method, _path(service, route), one.headers)
    return _said(reply) if reply.body else reply.headers["Came-In"]


def _expected(row: str, one: Somebody) -> Any:
    refusal = one.refused(row)
    if refusal or row == "machine":
        return refusal or ""
    inside = (one.company, one.inside) if row in ROLES and isinstance(one.inside, Role) else ()
    return " ".join((one.uid, *inside))


@pytest.mark.parametrize("operation", OF_A_COMPANYS_THING)
def test_a_strangers_thing_is_unknown_in_every_role(
    operation: str, db: Client, apps: dict[str, Flask]
) -> None:
    service, route = SERVED[operation]
    before = versions(db)
    for role in Role:
        headers = {"Authorization": person({world.OTHER_COMPANY: role}, f"olga-{role}")}
        headers |= {"Idempotency-Key": "key-00001", "If-Match": '"1"'}
        body = sensible_body(route) or body_of(route)
        kind = route.media_types[-1]
        path = _path(service, route)
        reply = send(apps[service.name], route.method, path, headers, body, content_type=kind)
        refusal = UNKNOWN if role in ROLES[ROWS[operation]] else ROLE
        assert reply.status == refusal[0], (role, reply)
    assert versions(db) == before


def _path(service: Service[Any], route: AnyRoute) -> str:
    path = f"/v1/{service.name}{route.path}"
    for name, value in PARAMETERS.items():
        path = path.replace(f"<{name}>", value)
    return path


def _said(reply: Reply) -> tuple[int, str]:
    return reply.status, reply.body["code"]
