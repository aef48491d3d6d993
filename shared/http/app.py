"""The Flask application of a service: authentication, validation, errors, in one place."""

import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from typing import Any, TypeVar

import structlog
from flask import Flask, Response, request
from google.api_core.exceptions import (
    Aborted,
    DeadlineExceeded,
    ResourceExhausted,
    RetryError,
    ServiceUnavailable,
)
from google.cloud.firestore import Client
from werkzeug.exceptions import HTTPException

from shared.assumption import AssumedInVainError, assume, verify_assumed
from shared.http.authentication import Verifiers, authenticate
from shared.http.compression import compress
from shared.http.limiter import Limiter
from shared.http.openapi import document
from shared.http.request_input import read_input
from shared.http.route import Answer, Call, Route, Service
from shared.identity.record import RecordUnavailableError
from shared.identity.tokens import CertificatesUnavailableError
from shared.problem import (
    InternalProblem,
    MalformedJsonProblem,
    MethodNotAllowedProblem,
    NotFoundProblem,
    Problem,
    TooLargeProblem,
    UnavailableProblem,
)
from shared.telemetry import bind_request
from shared.text.locale import negotiate

CONTRACT = "Sellin-Contract"
"""The header of every answer: service and contract version, as carts/1.4.0."""

_MOST_SENT = 32 << 20
"""Bytes; Cloud Run lets no larger request through."""

R = TypeVar("R")
Clock = Callable[[], datetime]

_TRANSIENT = (
    Aborted,
    CertificatesUnavailableError,
    DeadlineExceeded,
    RecordUnavailableError,
    ResourceExhausted,
    RetryError,
    ServiceUnavailable,
)


def utc_now() -> datetime:
    """The current time, aware, in UTC."""
    return datetime.now(UTC)


def create_app(
    service: Service[R],
    resources: R,
    verifiers: Verifiers,
    clock: Clock = utc_now,
    db: Client | None = None,
) -> Flask:
    """A Flask app that serves `service` under `/v1/<name>`, its OpenAPI document and health.

    `db` is where rates are counted; only a service with a rate of the region needs it.
    """
    limiter = Limiter(db)
    app = Flask(service.name, static_folder=None)
    app.url_map.strict_slashes = False
    # Else it answers with a redirect, to plain HTTP where TLS ends before us.
    app.url_map.merge_slashes = False
    prefix = f"/v1/{service.name}"
    for route in service.routes:
        app.add_url_rule(
            prefix + route.path,
            endpoint=f"{route.method} {route.path}",
            view_func=partial(_serve, route, resources, verifiers, clock, limiter),
            methods=[route.method],
            provide_automatic_options=False,
        )
    app.add_url_rule(prefix + "/healthz", "healthz", lambda: {"status": "ok"}, methods=["GET"])
    app.add_url_rule(
        prefix + "/openapi.json", "openapi", lambda: document(service), methods=["GET"]
    )
    app.before_request(bind_request)
    app.after_request(compress)
    app.after_request(partial(_name_contract, f"{service.name}/{service.version}"))
    app.register_error_handler(Exception, _answer_error)
    return app


def _name_contract(contract: str, response: Response) -> Response:
    """Add the header CONTRACT, by which a portal made for another version notices that it is one."""
    response.headers[CONTRACT] = contract
    return response


def _serve(
    route: Route[R, Any, Any],
    resources: R,
    verifiers: Verifiers,
    clock: Clock,
    limiter: Limiter,
    **path: str,
) -> Response:
    try:
        return _serve_once(route, resources, verifiers, clock, limiter, path)
    except AssumedInVainError:
        # What is known of the caller was forgotten, so it is read first.
        return _serve_once(route, resources, verifiers, clock, limiter, path)


def _serve_once(
    route: Route[R, Any, Any],
    resources: R,
    verifiers: Verifiers,
    clock: Clock,
    limiter: Limiter,
    path: Mapping[str, str],
) -> Response:
    """An answer, or problem, by rights of the caller that held during the request.

    Raises:
        AssumedInVainError: they changed; nothing was written.
    """
    assume(None)
    try:
        return _answer(route, resources, verifiers, clock, limiter, path)
    finally:
        verify_assumed()


def _answer(
    route: Route[R, Any, Any],
    resources: R,
    verifiers: Verifiers,
    clock: Clock,
    limiter: Limiter,
    path: Mapping[str, str],
) -> Response:
    claims, caller = authenticate(route, verifiers)
    # Only what a company's people do begins with reading documents of it.
    if not route.of_company:
        verify_assumed()
    query, body = read_input(route, path)
    call = Call(
        query=query,
        body=body,
        path=path,
        headers=dict(request.headers),
        locale=negotiate(request.headers.get("Accept-Language", "")),
        now=clock(),
        claims=claims,
        caller_or_none=caller,
    )
    # What is malformed costs little and nobody's rate.
    if route.rate:
        limiter.admit(route.rate, call.caller, call.now)
    return _response(route.handler(resources, call))


def _response(answer: Answer) -> Response:
    body = answer.body
    content = body if isinstance(body, bytes | None) else body.model_dump_json(by_alias=True)
    response = Response(content, answer.status, mimetype="application/json")
    if content is None:
        del response.headers["Content-Type"]
    response.headers.update(answer.headers)
    response.headers.setdefault("Cache-Control", "private, no-store")
    response.headers["Vary"] = "Authorization, Accept-Language, X-Company"
    return response


def _read_the_rest() -> None:
    """Take what is still coming of a body that was refused before it was read.

    A connection that is closed with something unread is reset, and then whoever is still
    sending, such as a gateway, never sees the answer (RFC 9112, 9.6).
    """
    request.max_content_length = _MOST_SENT
    with suppress(HTTPException, OSError):
        while request.stream.read(1 << 16):
            pass


def _answer_error(error: Exception) -> Response:
    _read_the_rest()
    problem, headers = _problem_of(error)
    request_id = structlog.contextvars.get_contextvars().get("request_id") or uuid.uuid4().hex
    if isinstance(problem, InternalProblem):
        structlog.get_logger().exception("unhandled", exc_info=error)
    locale = negotiate(request.headers.get("Accept-Language", ""))
    body = problem.body(locale, request_id).model_dump_json(by_alias=True)
    response = Response(body, problem.status, mimetype="application/problem+json")
    response.headers.update(headers)
    response.headers["Content-Language"] = str(locale).replace("_", "-")
    response.headers["Cache-Control"] = "no-store"
    return response


def _problem_of(error: Exception) -> tuple[Problem, dict[str, str]]:
    if isinstance(error, HTTPException):
        return _http_problem(error)
    if isinstance(error, _TRANSIENT):
        structlog.get_logger().warning("transient", error=repr(error))
        error = UnavailableProblem()
    if not isinstance(error, Problem):
        return InternalProblem(), {}
    headers = {}
    if error.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    if error.retry_after is not None:
        headers["Retry-After"] = str(error.retry_after)
    return error, headers


def _http_problem(error: HTTPException) -> tuple[Problem, dict[str, str]]:
    match error.code:
        case 404:
            return NotFoundProblem(), {}
        case 405:
            return MethodNotAllowedProblem(), {
                name: value for name, value in error.get_headers() if name == "Allow"
            }
        case 413:
            return TooLargeProblem(limit=request.max_content_length or 0), {}
        case _:
            return MalformedJsonProblem(), {}
