"""The OpenAPI 3.1 document of a service, made from its table of routes."""

import re
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from shared.http.fields import PATH_ID
from shared.http.request_input import ENTITY_TAG, IDEMPOTENCY_KEY
from shared.http.route import Access, File, NoBody, Route, Service
from shared.problem import ProblemBody

Mode = Literal["validation", "serialization"]
_REF = "#/components/schemas/{model}"


def document(service: Service[Any]) -> dict[str, Any]:
    """The document; `info.version` is the service's contract version (semver)."""
    keyed, definitions = models_json_schema(_models(service), ref_template=_REF)
    paths: dict[str, dict[str, Any]] = {}
    for route in service.routes:
        path = f"/v1/{service.name}" + re.sub(r"<(\w+)>", r"{\1}", route.path)
        paths.setdefault(path, {})[route.method.lower()] = _operation(service, route, keyed)
    return {
        "openapi": "3.1.0",
        "info": {"title": f"Sellin {service.name}", "version": service.version},
        "paths": paths,
        "components": {
            "schemas": definitions.get("$defs", {}),
            "securitySchemes": _security_schemes(service),
        },
    }


def _models(service: Service[Any]) -> list[tuple[type[BaseModel], Mode]]:
    models: list[tuple[type[BaseModel], Mode]] = [(ProblemBody, "serialization")]
    for route in service.routes:
        models.append((route.query, "validation"))
        if route.body is not File:
            models.append((route.body, "validation"))
        if route.answer:
            models.append((route.answer, "serialization"))
    return list(dict.fromkeys(models))


def _operation(
    service: Service[Any], route: Route[Any, Any, Any], keyed: dict[Any, Any]
) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": f"{service.name}_{route.handler.__name__}",
        "summary": route.summary,
        "parameters": [*_path_parameters(route), *_headers(route), *_query(route)],
        "responses": _responses(route, keyed),
        "security": [{_scheme(route): []}],
    }
    if route.body is not NoBody:
        operation["requestBody"] = {
            "required": True,
            "content": {media_type: _body_schema(route, keyed) for media_type in route.media_types},
        }
    return operation


def _body_schema(route: Route[Any, Any, Any], keyed: dict[Any, Any]) -> Any:
    if route.body is File:
        return {}  # its media type says all (OpenAPI 3.1, 4.8.14.2)
    return {"schema": keyed[route.body, "validation"]}


def _scheme(route: Route[Any, Any, Any]) -> str:
    return "machine" if route.access is Access.MACHINE else "person"


def _security_schemes(service: Service[Any]) -> dict[str, Any]:
    return {
        _scheme(route): {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
        for route in service.routes
    }


def _responses(route: Route[Any, Any, Any], keyed: dict[Any, Any]) -> dict[str, Any]:
    success: dict[str, Any] = {"description": "Done"}
    if route.answer:
        schema = keyed[route.answer, "serialization"]
        success["content"] = {"application/json": {"schema": schema}}
    if route.file:
        success["content"] = {route.file: {}}
    content = {"application/problem+json": {"schema": keyed[ProblemBody, "serialization"]}}
    problems = {
        status: {"description": text, "headers": _problem_headers(status), "content": content}
        for status, text in _problems(route).items()
    }
    return {str(route.status): success, **problems}


def _kinds(route: Route[Any, Any, Any]) -> str:
    return "of a media type that is read here" if route.body is File else "JSON"


def _problem_headers(status: str) -> dict[str, Any]:
    also = {"401": ["WWW-Authenticate"], "429": ["Retry-After"]}
    names = ["Content-Language", *also.get(status, [])]
    return {name: {"required": True, "schema": {"type": "string"}} for name in names}


def _problems(route: Route[Any, Any, Any]) -> dict[str, str]:
    """Each status of a problem that the route can answer with, and what it means."""
    person = route.access is not Access.MACHINE
    roles = route.of_company
    body = route.body is not NoBody
    told = {
        "400": (
            "Several companies and no X-Company, or a broken body",
            roles or body or "<" in route.path,
        ),
        "401": ("Not signed in", True),
        "403": ("The role does not allow it, or the e-mail address is not verified", person),
        "404": ("No such thing, or another company's", roles or body or "<" in route.path),
        "409": ("The state does not allow it", route.method != "GET"),
        "412": ("Changed since the version that If-Match names", route.conditional),
        "413": ("The body is too large", body),
        "415": (f"The body is not {_kinds(route)}", body),
        "422": ("Parts are not valid; each fault is named", True),
        "428": ("If-Match is missing", route.conditional),
        "429": ("Asked for too often; Retry-After says when to try again", route.rate is not None),
        "5XX": ("A fault of ours, or try again later", True),
    }
    return {status: f"{text} (RFC 9457)" for status, (text, can) in told.items() if can}


def _path_parameters(route: Route[Any, Any, Any]) -> list[dict[str, Any]]:
    schema = {"type": "string", "pattern": PATH_ID}
    return [
        {"name": name, "in": "path", "required": True, "schema": schema}
        for name in re.findall(r"<(\w+)>", route.path)
    ]


def _headers(route: Route[Any, Any, Any]) -> list[dict[str, Any]]:
    headers = [("X-Company", False, r"^[0-9A-Za-z]{1,10}$")] if route.of_company else []
    if route.idempotent or route.repeatable:
        headers.append(("Idempotency-Key", route.idempotent, IDEMPOTENCY_KEY))
    if route.conditional:
        headers.append(("If-Match", True, ENTITY_TAG))
    return [
        {
            "name": name,
            "in": "header",
            "required": required,
            "schema": {"type": "string", "pattern": pattern},
        }
        for name, required, pattern in headers
    ]


def _query(route: Route[Any, Any, Any]) -> list[dict[str, Any]]:
    schema = route.query.model_json_schema(ref_template=_REF)
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": property_schema}
        for name, property_schema in schema.get("properties", {}).items()
    ]
