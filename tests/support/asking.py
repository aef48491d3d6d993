"""Requests to every route of every service, right but for what a test makes wrong."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from flask import Flask
from google.cloud.firestore import Client

from shared.http.route import File, NoBody, Route, Service
from tests.factories.assortment import NOW
from tests.support import small_world as world
from tests.support.places import example
from tests.support.services import ROUTES, Reply, authorization, make_app, role_for, send, versions

AnyRoute = Route[Any, Any, Any]
PARAMETERS = {
    "style": world.STYLE,
    "cart_id": world.CART,
    "number": world.ORDER,
    "entry": world.ENTRY,
    "mapping": world.MAPPING,
    "uid": world.PERSON,
    "invitation": world.INVITATION,
    "group": world.APPROVAL,
    "assortment": world.ASSORTMENT,
    "company": world.COMPANY,
}
"""What a path parameter names in the small world."""

SHEET = f"sku;door;window;quantity\n{world.SKU};200001;AO;1\n".encode()
"""A file that can be taken in the small world."""


def routes(which: Callable[[AnyRoute], bool] = lambda route: True) -> pytest.MarkDecorator:
    """Runs a test for each route of each service that is such."""
    cases = [
        pytest.param(service, route, id=f"{service.name} {route.method} {route.path}")
        for service, route in ROUTES
        if which(route)
    ]
    return pytest.mark.parametrize(("service", "route"), cases)


every_route = routes()
every_route_with_a_body = routes(lambda route: route.body is not NoBody)
every_route_of_one_thing = routes(lambda route: "<" in route.path)
every_route_of_a_companys_thing = routes(lambda route: "<" in route.path and route.of_company)
every_list = routes(lambda route: "cursor" in route.query.model_fields)


class Caller:
    """Somebody who may call the route and whose request is right but for what a test says."""

    def __init__(self, db: Client, service: Service[Any], route: AnyRoute) -> None:
        self.db, self.service, self.route = db, service, route
        world.store_world(db)
        self.app: Flask = make_app(service.name, db, world.CLOCK)
        self.before = versions(db)

    def headers(self, language: str = "en") -> dict[str, str]:
        """All that the route wants."""
        headers = {
            "Authorization": authorization(self.route, {world.COMPANY: role_for(self.route)}),
            "Accept-Language": language,
        }
        if self.route.idempotent:
            headers["Idempotency-Key"] = "key-00001"
        if self.route.conditional:
            headers["If-Match"] = self._tag()
        return headers

    def _tag(self) -> str:
        if "<cart_id>" in self.route.path:
            return world.tag_of(self.db, world.CART)
        return world.ASSORTMENT_TAG if "<assortment>" in self.route.path else '"1"'

    def ask(
        self,
        body: Any = None,
        query: list[tuple[str, str]] | None = None,
        headers: Mapping[str, str] | None = None,
        parameters: Mapping[str, str] = PARAMETERS,
        **options: Any,
    ) -> Reply:
        """Send the request; the right parts are filled in."""
        path = f"/v1/{self.service.name}{self.route.path}"
        for name, value in parameters.items():
            path = path.replace(f"<{name}>", value)
        if body is None:
            body = body_of(self.route)
        options.setdefault("content_type", self.route.media_types[-1])
        sent = self.headers() if headers is None else headers
        return send(
            self.app, self.route.method, path, sent, body, query_string=query or [], **options
        )

    def assert_nothing_changed(self) -> None:
        """No document was written since before the first request."""
        assert versions(self.db) == self.before


def body_of(route: AnyRoute) -> Any:
    """A body of the right shape; None for none."""
    if route.body is NoBody:
        return None
    return SHEET if route.body is File else example(route.body)


def assert_problem(reply: Reply, *statuses: int, sent: Any = None) -> None:
    """A problem as RFC 9457 has them, with one of these statuses."""
    said = f"{str(sent)[:200]} -> {reply.status} {reply.body}"
    assert reply.status in statuses, said
    assert reply.type == "application/problem+json", said
    assert reply.body["status"] == reply.status, said
    assert reply.body["type"] == f"urn:sellin:problem:{reply.body['code']}", said
    assert reply.body["detail"], said
    assert reply.body["request_id"], said


def faults(reply: Reply) -> set[tuple[str, str]]:
    """Where they are: part of the request, and JSON pointer."""
    return {(fault["in"], fault["pointer"]) for fault in reply.body["errors"]}


def sensible_body(route: AnyRoute) -> Any:
    """A body that the route takes, where its shape alone does not do."""
    if route.body is File:
        return SHEET
    line = {"sku": world.SKU, "door": "200001", "window": "AO", "quantity": 1}
    return {"lines": [line]} if route.path.endswith("/lines") else None


def sensible_query(route: AnyRoute) -> list[tuple[str, str]]:
    """What the route asks for at least of one thing: of which day it is told."""
    return [("day", NOW.date().isoformat())] if "day" in route.query.model_fields else []
