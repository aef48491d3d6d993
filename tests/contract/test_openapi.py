"""Every service does what its OpenAPI document says, as far as schemathesis finds out."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import schemathesis
from flask import Flask
from google.cloud.firestore import Client
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from werkzeug.serving import make_server

from infra.functions import FUNCTIONS
from shared.http.openapi import document
from shared.http.route import Access, Service
from tests.factories.assortment import NOW
from tests.support import small_world as world
from tests.support.sensible import sensible
from tests.support.services import (
    MACHINE,
    SERVICES,
    brand_person,
    label,
    make_app,
    person,
    role_for_all,
    unhurried,
)

EXAMPLES = 25  # per operation
SEQUENCES = 10  # of operations that follow one another, per service
CHECKS = {
    # All are on. What differs from their defaults:
    "positive_data_acceptance": {
        # 412: which version is the current one can't be in a document.
        "expected-statuses": ["2xx", "401", "403", "404", "409", "412"],
    },
    # 428 is what RFC 6585 has for a missing If-Match; 400 and 422 for all other headers.
    "missing_required_header": {"expected-statuses": ["400", "422", "428"]},
}


def is_machines(service: Service[Any]) -> bool:
    """Whether only Cloud Tasks and Cloud Scheduler call it."""
    return all(route.access is Access.MACHINE for route in service.routes)


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The app over real HTTP, by its URL.

    As a WSGI app it would do, but there schemathesis 4.32 fails in its check ignored_auth.
    """
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def hooked(firestore: Client) -> Iterator[None]:
    """The small world is stored, and right requests are about it."""
    world.store_world(firestore)
    hook = schemathesis.hook(sensible(firestore))
    yield
    schemathesis.hooks.unregister(hook)


def config(service: Service[Any]) -> SchemathesisConfig:
    """The same examples in every run."""
    token = (
        f"Bearer {MACHINE}"
        if is_machines(service)
        else person({world.COMPANY: role_for_all(service)})
    )
    if FUNCTIONS[service.name].side == "brand":
        token = brand_person("brand_admin")
    return SchemathesisConfig.from_dict(
        {
            "seed": 1,
            "headers": {"Authorization": token},
            "generation": {"max-examples": EXAMPLES, "deterministic": True, "no-shrink": True},
            "phases": {"stateful": {"generation": {"max-examples": SEQUENCES}}},
            "checks": CHECKS,
        }
    )


@pytest.mark.parametrize("service", SERVICES.values(), ids=label)
@pytest.mark.usefixtures("hooked")
def test_a_service_does_what_its_document_says(service: Service[Any], firestore: Client) -> None:
    failures: list[str] = []
    met: set[tuple[str, int]] = set()
    with served(make_app(service.name, firestore, unhurried(NOW))) as url:
        path = f"/v1/{service.name}/openapi.json"
        schema = schemathesis.openapi.from_url(url + path, config=config(service))
        for event in from_schema(schema).execute():
            match event:
                case events.ScenarioFinished():
                    failures += _failures(event)
                    met |= set(_answers(event))
                case events.NonFatalError() | events.FatalError():
                    failures.append(repr(event))
    assert not failures, "\n".join(failures)
    # Else the checks of answers would have had nothing to look at.
    assert {
        f"{service.name}_{route.handler.__name__}"
        for route in service.routes
        if service.name != "export_order"  # needs SAP
    } <= {operation for operation, status in met if status < 300}


def _failures(event: events.ScenarioFinished) -> Iterator[str]:
    for case, checks in event.recorder.checks.items():
        for check in checks:
            if check.failure_info:
                sent = event.recorder.interactions[case]
                body = (sent.request.body or b"")[:300]
                answer = sent.response
                yield (
                    f"{event.phase.name} {check.name}: {check.failure_info.failure.title}\n"
                    f"  {sent.request.method} {sent.request.uri} {body!r}\n"
                    f"  {answer and (answer.status_code, answer.content[:300])}"
                )


def _answers(event: events.ScenarioFinished) -> Iterator[tuple[str, int]]:
    for case, interaction in event.recorder.interactions.items():
        if interaction.response:
            definition = event.recorder.cases[case].value.operation.definition.raw
            yield definition["operationId"], interaction.response.status_code


@pytest.mark.parametrize("service", SERVICES.values(), ids=label)
def test_a_document_is_valid_and_tells_all(service: Service[Any]) -> None:
    told = document(service)
    OpenAPIV31SpecValidator(told).validate()
    operations = [operation for path in told["paths"].values() for operation in path.values()]
    assert len(operations) == len(service.routes)
    assert len({operation["operationId"] for operation in operations}) == len(operations)
    for operation in operations:
        assert operation["summary"]
        assert operation["security"]
        problems = {status: r for status, r in operation["responses"].items() if status[0] != "2"}
        assert {"401", "422", "5XX"} <= set(problems)
        assert all("application/problem+json" in answer["content"] for answer in problems.values())


@pytest.mark.parametrize("service", SERVICES.values(), ids=label)
def test_every_text_and_list_that_comes_in_has_an_end(service: Service[Any]) -> None:
    """So no request is larger than what it is about."""
    for route in service.routes:
        for model in (route.query, route.body):
            schema = model.model_json_schema()
            for name, part in [("", schema), *schema.get("$defs", {}).items()]:
                assert not list(_endless(part, name)), route.path


def _endless(schema: Any, path: str) -> Iterator[str]:
    """Places of strings and arrays that may be of any length."""
    if not isinstance(schema, dict):
        return
    known = {"maxLength", "maxItems", "enum", "const", "format"} & set(schema)
    if schema.get("type") in ("string", "array") and not known:
        pattern = schema.get("pattern", "")
        if not pattern or pattern.rstrip("$").endswith(("*", "+")):
            yield path
    for name, part in schema.get("properties", {}).items():
        yield from _endless(part, f"{path}/{name}")
    for part in [schema.get("items"), *schema.get("anyOf", [])]:
        yield from _endless(part, path)
