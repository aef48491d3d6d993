"""Whatever is sent to whichever route: a problem that names every fault, and nothing changed."""

import base64
import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from shared.http.route import File, NoBody
from shared.text.locale import LANGUAGES
from tests.support import small_world as world
from tests.support.asking import (
    AnyRoute,
    Caller,
    assert_problem,
    every_list,
    every_route,
    every_route_with_a_body,
    faults,
    sensible_body,
)
from tests.support.places import HUGE, Place, example, places, with_value, wrong_values
from tests.support.services import ROUTES


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
    for language in LANGUAGES[1:]:
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
    if route.body in (NoBody, File):
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
    "a field twice": b'{"name": "x", "name": "y"}',
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
        content_type=route.media_types[-1],
        environ_overrides={"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"},
    )
    assert response.status_code == 413
    assert response.get_json()["code"] == "too_large"


@every_route_with_a_body
def test_another_media_type_is_refused(caller: Caller) -> None:
    for kind in ("text/plain", "application/xml", "multipart/form-data", ""):
        assert_problem(caller.ask(content_type=kind), 415, sent=kind)


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


@every_list
def test_a_garbled_or_stale_cursor_is_told(caller: Caller) -> None:
    for cursor in CURSORS:
        reply = caller.ask(query=[("cursor", cursor)])
        assert_problem(reply, 422, sent=cursor)
        assert faults(reply) == {("query", "/cursor")}, cursor


@every_list
def test_a_cursor_of_other_filters_is_told(caller: Caller, route: AnyRoute) -> None:
    filters = set(route.query.model_fields) & {"season", "sort", "window", "q"}
    if not filters:
        return
    cursor = caller.ask(query=[("limit", "1")]).body["next"]
    assert caller.ask(query=[("limit", "1"), ("cursor", cursor)]).status == 200
    for name in filters:
        reply = caller.ask(query=[("cursor", cursor), (name, "name" if name == "sort" else "FW26")])
        assert_problem(reply, 422, sent=name)
        assert faults(reply) == {("query", "/cursor")}


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
    if route.of_company:
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
        assert_problem(caller.ask(sensible_body(route), headers=without), 428)
