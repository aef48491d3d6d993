"""Whatever is sent to whichever route: a problem that names every fault, and nothing changed."""

import base64
import json
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from google.cloud.firestore import Client

from shared.http.fields import PATH_ID
from shared.http.route import Access, NoBody, Route, Service
from tests.support import small_world as world
from tests.support.places import HUGE, Place, example, places, with_value, wrong_values
from tests.support.services import ROUTES, Reply, authorization, make_app, send, versions

AnyRoute = Route[Any, Any, Any]
LANGUAGES = ("de", "pl", "hu")
PARAMETERS = {"style": world.STYLE, "cart_id": world.CART, "number": world.ORDER}
"""What a path parameter names in the small world."""


def _cases(*, body: bool | None = None) -> list[Any]:
    return [
        pytest.param(service, route, id=f"{service.name} {route.method} {route.path}")
        for service, route in ROUTES
        if body is None or body == (route.body is not NoBody)
    ]


every_route = pytest.mark.parametrize(("service", "route"), _cases())
every_route_with_a_body = pytest.mark.parametrize(("service", "route"), _cases(body=True))


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
            "Authorization": authorization(self.route, {world.COMPANY: "buyer"}),
            "Accept-Language": language,
        }
        if self.route.idempotent:
            headers["Idempotency-Key"] = "key-00001"
        if self.route.conditional:
            headers["If-Match"] = world.tag_of(self.db, world.CART)
        return headers

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
        if body is None and self.route.body is not NoBody:
            body = example(self.route.body)
        sent = self.headers() if headers is None else headers
        return send(
            self.app, self.route.method, path, sent, body, query_string=query or [], **options
        )

    def assert_nothing_changed(self) -> None:
        """No document was written since before the first request."""
        assert versions(self.db) == self.before


@pytest.fixture
def caller(service: Service[Any], route: AnyRoute, firestore: Client) -> Iterator[Caller]:
    """Somebody whose bad requests must not change anything."""
    someone = Caller(firestore, service, route)
    yield someone
    someone.assert_nothing_changed()


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


@every_route
def test_every_wrong_value_is_named_where_it_is(caller: Caller, route: AnyRoute) -> None:
    right = example(route.body)
    for place in places(route.body):
        for value in wrong_values(place):
            body = with_value(right, place.path, value)
            reply = caller.ask(body)
            assert_problem(reply, 422, sent=(place.pointer, value))
            assert reply.body["code"] == "invalid_input"
            assert ("body", place.pointer) in faults(reply), (place.pointer, value, reply.body)
    for place in places(route.query):
        for text in _wrong_texts(place):
            reply = caller.ask(query=[(str(place.path[0]), text)])
            assert_problem(reply, 422, sent=(place.pointer, text))
            assert ("query", place.pointer) in faults(reply) or place.schema["type"] == "array"


def _wrong_texts(place: Place) -> Iterator[str]:
    """As `wrong_values`, for a query parameter."""
    match place.schema["type"], place.schema.get("format"):
        case "integer", _:
            yield from ("abc", "", "-1", "1.5", str(HUGE), str(-HUGE), "9" * 5_000, "NaN", "\x00")
        case "array", _:
            return
        case "string", "date":
            yield from ("0", "tomorrow", "2026-13-01", "2026-02-30", "20261122", "\x00")
        case _:
            yield from ("\x00", "a\x01b", "x" * 5_000)


@every_route
def test_faults_of_all_parts_are_named_at_once_in_the_callers_language(
    caller: Caller, route: AnyRoute
) -> None:
    body, expected = _all_wrong(route)
    query = [("nonsense", "1")]
    expected |= {("query", "/nonsense")}
    for place in places(route.query):
        if len(place.path) == 1 and place.schema["type"] != "array":
            query.append((str(place.path[0]), "\x00"))
            expected.add(("query", place.pointer))
    wrong_headers = {
        name: "ü" for name in ("Idempotency-Key", "If-Match") if name in caller.headers()
    }
    expected |= {("header", f"/{name}") for name in wrong_headers}
    english = caller.ask(body, query, caller.headers("en") | wrong_headers)
    assert_problem(english, 422)
    assert faults(english) >= expected
    for language in LANGUAGES:
        reply = caller.ask(body, query, caller.headers(language) | wrong_headers)
        assert reply.headers["Content-Language"] == language
        assert faults(reply) == faults(english)
        assert [fault["code"] for fault in reply.body["errors"]] == [
            fault["code"] for fault in english.body["errors"]
        ]
        assert reply.body["detail"] != english.body["detail"]
        for told, meant in zip(reply.body["errors"], english.body["errors"], strict=True):
            assert told["detail"] != meant["detail"]


def _all_wrong(route: AnyRoute) -> tuple[Any, set[tuple[str, str]]]:
    """A body with every leaf wrong and a field too many in every object; where that is."""
    if route.body is NoBody:
        return None, set()
    body = example(route.body) | {"nonsense": 1}
    expected = {("body", "/nonsense")}
    for place in places(route.body):
        if place.schema.get("type") == "object":
            body = with_value(body, (*place.path, "nonsense"), 1)
            expected.add(("body", f"{place.pointer}/nonsense"))
        elif place.schema.get("type") != "array":
            body = with_value(body, place.path, {})
            expected.add(("body", place.pointer))
    return body, expected


def test_all_wrong_leaves_are_among_what_is_made() -> None:
    """Else the test before would be content with less."""
    route = next(route for service, route in ROUTES if service.name == "orders" and not route.path)
    _, expected = _all_wrong(route)
    assert ("body", "/prices/0/unit_price/amount") in expected
    assert ("body", "/prices/0/unit_price/nonsense") in expected


@every_route
def test_a_parameter_given_twice_is_a_fault(caller: Caller, route: AnyRoute) -> None:
    for place in places(route.query):
        name = str(place.path[0])
        if place.schema["type"] != "array" and len(place.path) == 1:
            reply = caller.ask(query=[(name, "1"), (name, "2")])
            assert_problem(reply, 422, sent=name)
            assert ("query", place.pointer) in faults(reply)


@every_route
def test_lists_have_an_end(caller: Caller, route: AnyRoute) -> None:
    for place in places(route.body):
        if place.schema.get("type") == "array":
            [entry] = _value(example(route.body), place)
            body = with_value(example(route.body), place.path, [entry] * 10_001)
            reply = caller.ask(body)
            assert_problem(reply, 413, 422)
            assert reply.status == 413 or ("body", place.pointer) in faults(reply)
    for place in places(route.query):
        if place.schema["type"] == "array":
            reply = caller.ask(query=[(str(place.path[0]), "x")] * 10_001)
            assert_problem(reply, 422)
            assert ("query", place.pointer) in faults(reply)


def _value(body: Any, place: Place) -> Any:
    for token in place.path:
        body = body[token]
    return body


BROKEN: dict[str, bytes] = {
    "nothing": b"",
    "half": b'{"name": "x"',
    "two": b"{} {}",
    "a trailing comma": b'{"name": "x",}',
    "NaN": b"NaN",
    "Infinity in a field": b'{"name": -Infinity}',
    "not UTF-8": b'{"name": "\xff\xfe"}',
    "UTF-16": '{"name": "x"}'.encode("utf-16"),
    "a NUL": b'{"name": "\x00"}',
    "a control character": b'{"name": "\x01"}',
    "a lone surrogate": b'{"name": "\\ud800"}',
    "deep lists": b"[" * 100_000,
    "deep lists that end": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"name":' * 60_000,
    "a text": b'"name"',
    "null": b"null",
    "a list": b"[]",
    "a number": b"1e400",
    "a form": b"name=x&quantity=1",
}


@every_route_with_a_body
def test_what_is_not_json_of_the_right_shape_is_refused(caller: Caller) -> None:
    for what, broken in BROKEN.items():
        assert_problem(caller.ask(broken), 400, 422, sent=what)


@every_route_with_a_body
def test_five_megabytes_are_too_much(caller: Caller, route: AnyRoute) -> None:
    large = json.dumps({"name": "x" * (5 << 20)}).encode()
    assert_problem(caller.ask(large), 413)
    # Without a Content-Length nobody knows before it is read.
    path = f"/v1/{caller.service.name}{route.path}".replace("<", "").replace(">", "")
    response = caller.app.test_client().open(
        path,
        method=route.method,
        headers=caller.headers(),
        input_stream=BytesIO(large),
        content_type="application/json",
        environ_overrides={"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"},
    )
    assert response.status_code == 413
    assert response.get_json()["code"] == "too_large"


@every_route_with_a_body
def test_another_media_type_is_refused(caller: Caller) -> None:
    for kind in ("text/plain", "application/xml", "multipart/form-data", ""):
        assert_problem(caller.ask(content_type=kind), 415, sent=kind)


UNKNOWN = ("unknown", "-", "0" * 64, "10123-999-XXL", "ZZZZZZZZZZ-999")
IMPOSSIBLE = ("%00", "a%0Ab", "%F0%9F%91%9F", "x" * 65, "x" * 20_000, "a b", "%2e%2e", "__x__", "*")


@every_route
def test_ids_of_nothing_are_not_found(caller: Caller, route: AnyRoute) -> None:
    if "<" not in route.path:
        return
    for id_ in (*UNKNOWN, *IMPOSSIBLE):
        reply = caller.ask(_sensible(route), parameters=dict.fromkeys(PARAMETERS, id_))
        assert_problem(reply, 404, sent=id_)


def _sensible(route: AnyRoute) -> Any:
    """A body that the route takes, where its shape alone does not do."""
    line = {"sku": world.SKU, "door": "200001", "window": "AO", "quantity": 1}
    return {"lines": [line]} if route.path.endswith("/lines") else None


def _encoded(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


CURSORS = (
    "garbage",
    "",
    "=",
    "AAAA",
    "ü",
    "%",
    "0 x",
    _encoded(None),
    _encoded([]),
    _encoded({}),
    _encoded(["2026-11-22T12:00:00+00:00", world.ORDER, "0" * 16]),
    _encoded(["2026-11-22T12:00:00", world.ORDER, "0" * 16]),
    _encoded([[[[1]]], 2, 3]),
    base64.urlsafe_b64encode(f"{10**30} {world.CART}".encode()).decode(),
    base64.urlsafe_b64encode(f"{HUGE} a/b".encode()).decode(),
    base64.urlsafe_b64encode(f"-1 {world.CART}/x".encode()).decode(),
    base64.urlsafe_b64encode(b"1 __x__").decode(),
)


@every_route
def test_a_stale_or_garbled_cursor_is_told(caller: Caller, route: AnyRoute) -> None:
    if "cursor" not in route.query.model_fields:
        return
    for cursor in CURSORS:
        reply = caller.ask(query=[("cursor", cursor)])
        assert_problem(reply, 422, sent=cursor)
        assert faults(reply) == {("query", "/cursor")}, cursor


@every_route
def test_huge_headers_do_no_harm(caller: Caller, route: AnyRoute) -> None:
    huge = "x" * 100_000
    right = caller.headers()
    for name in ("Idempotency-Key", "If-Match"):
        if name in right:
            reply = caller.ask(headers=right | {name: huge})
            assert_problem(reply, 422, sent=name)
            assert ("header", f"/{name}") in faults(reply)
    assert_problem(caller.ask(headers=right | {"Authorization": f"Bearer {huge}"}), 401)
    if not isinstance(route.access, Access):
        assert_problem(caller.ask(headers=right | {"X-Company": huge}), 404)
    languages = ",".join(f"{huge[:8]}-{n};q=0.{n}" for n in range(10_000))
    reply = caller.ask(query=[("nonsense", "1")], headers=right | {"Accept-Language": languages})
    assert_problem(reply, 422)


@every_route
def test_a_token_that_is_none_is_refused(caller: Caller) -> None:
    for token in ("", "Bearer", "Bearer ", "Basic eDp5", "Bearer null", "Bearer []", "Bearer {}"):
        reply = caller.ask(headers=caller.headers() | {"Authorization": token})
        assert_problem(reply, 401, sent=token)
        assert reply.headers["WWW-Authenticate"] == "Bearer"


@every_route
def test_a_version_or_key_that_lacks_is_told(caller: Caller, route: AnyRoute) -> None:
    right = caller.headers()
    if route.idempotent:
        reply = caller.ask(headers={k: v for k, v in right.items() if k != "Idempotency-Key"})
        assert_problem(reply, 422)
        assert ("header", "/Idempotency-Key") in faults(reply)
    if route.conditional:
        without = {k: v for k, v in right.items() if k != "If-Match"}
        assert_problem(caller.ask(_sensible(route), headers=without), 428)


# Some of these are no names that Firestore takes, or are paths to it.
ODD = (
    "unknown",
    "10123-999-S",
    ".",
    "..",
    "__x__",
    "a/b",
    "../carts",
    "10123/010-S",
    "-",
    "`",
    "ß",
)
ODD_IDS = [id_ for id_ in ODD if re.fullmatch(PATH_ID, id_)]


def _caller(db: Client, name: str, method: str, path: str) -> Caller:
    found = next(
        (service, route)
        for service, route in ROUTES
        if (service.name, route.method, route.path) == (name, method, path)
    )
    return Caller(db, *found)


def test_lines_with_ids_of_nothing_are_each_named(firestore: Client) -> None:
    caller = _caller(firestore, "carts", "PATCH", "/<cart_id>/lines")
    right = {"sku": world.SKU, "door": "200001", "window": "AO", "quantity": 1}
    for field in ("sku", "door", "window"):
        lines = [right, *({**right, field: id_} for id_ in ODD)]
        reply = caller.ask({"lines": lines})
        assert_problem(reply, 422, sent=field)
        assert {pointer.rsplit("/", 1)[0] for _, pointer in faults(reply)} == {
            f"/lines/{number}" for number in range(1, len(lines))
        }, field
    caller.assert_nothing_changed()


def test_a_cart_of_nothing_is_not_placed(firestore: Client) -> None:
    caller = _caller(firestore, "orders", "POST", "")
    for id_ in ODD_IDS:
        body = {"cart": {"id": id_, "revision": 1}, "po_number": "PO 1", "prices": []}
        assert_problem(caller.ask(body), 404, sent=id_)
    for id_ in set(ODD) - set(ODD_IDS):
        body = {"cart": {"id": id_, "revision": 1}, "po_number": "PO 1", "prices": []}
        reply = caller.ask(body)
        assert_problem(reply, 422, sent=id_)
        assert faults(reply) == {("body", "/cart/id")}
    caller.assert_nothing_changed()


def test_prices_and_deliveries_of_nothing_are_refused(firestore: Client) -> None:
    caller = _caller(firestore, "orders", "POST", "")
    for id_ in ODD:
        price = {"style": id_, "unit_price": {"amount": HUGE, "currency": "EUR"}}
        body = {
            "cart": {"id": world.CART, "revision": 1},
            "po_number": "PO 1",
            "prices": [price],
            "deliveries": [{"door": id_, "window": id_}],
        }
        assert_problem(caller.ask(body), 409, 422, sent=id_)
    caller.assert_nothing_changed()


def test_looking_up_nothing_finds_nothing(firestore: Client) -> None:
    caller = _caller(firestore, "catalog", "POST", "/lookup")
    reply = caller.ask({"entries": list(ODD)})
    assert [line["status"] for line in reply.body["lines"]] == ["not_found"] * len(ODD)
    caller.assert_nothing_changed()


def test_filters_by_nothing_find_nothing(firestore: Client) -> None:
    for name, path, items, filters in (
        ("catalog", "/styles", "items", ("season", "delivery", "category", "colour", "size")),
        ("orders", "", "orders", ("door", "window", "season", "po_number")),
    ):
        caller = _caller(firestore, name, "GET", path)
        for filter_ in filters:
            for id_ in ODD:
                reply = caller.ask(query=[(filter_, id_)])
                assert reply.status == 200, (filter_, id_, reply.body)
                assert reply.body[items] == []
        caller.assert_nothing_changed()


def test_words_and_styles_may_be_odd(firestore: Client) -> None:
    for name, path, filter_ in (("catalog", "/styles", "q"), ("orders", "", "style")):
        caller = _caller(firestore, name, "GET", path)
        for id_ in ODD:
            assert caller.ask(query=[(filter_, id_)]).status == 200, id_
        caller.assert_nothing_changed()
