"""Reading a request's parts against their models, naming every fault of all parts at once."""

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, TypeVar, get_origin

from flask import request
from pydantic import BaseModel, ValidationError
from pydantic_core import from_json, to_json
from werkzeug.datastructures import MultiDict

from shared.http.fields import PATH_ID
from shared.http.route import WEAK, File, NoBody, Route
from shared.http.validation import faults_of, pointer
from shared.problem import (
    Fault,
    InvalidInputProblem,
    MalformedJsonProblem,
    MediaTypeProblem,
    NotFoundProblem,
    Problem,
    RepeatedFieldProblem,
    RequestPart,
    TooLargeProblem,
)
from shared.text.message import N_, Message
from shared.text.unicode import compose

M = TypeVar("M", bound=BaseModel)

IDEMPOTENCY_KEY = r"^[!-~]{8,64}$"
ENTITY_TAG = r'^"[!#-~]{1,64}"$'  # a strong one: If-Match needs those (RFC 9110, 13.1.1)


_NAME_SHOWN = 100


class PreconditionRequiredProblem(Problem):
    """The change must say which version it was made from (RFC 6585, section 3)."""

    status = 428
    code = "precondition_required"
    text = N_("Send If-Match with the version that your change was made from.")


def read_input(route: Route[Any, Any, Any], path: Mapping[str, str]) -> tuple[Any, Any]:
    """The validated query and body.

    Raises:
        NotFoundProblem: a path id that no thing can have.
        TooLargeProblem, MediaTypeProblem, MalformedJsonProblem, RepeatedFieldProblem: the body
            can't be read.
        PreconditionRequiredProblem: `If-Match` is missing.
        InvalidInputProblem: with every fault of headers, query and body.
    """
    if not all(re.fullmatch(PATH_ID, value) for value in path.values()):
        raise NotFoundProblem
    raw = _raw_body(route)
    faults: list[Fault] = [*_header_faults(route)]
    query = _validate(
        "query", faults, lambda: route.query.model_validate(_plain(request.args, route.query))
    )
    body: BaseModel | None
    if route.body is File:
        body = File(raw)
    else:
        _refuse_repeated(raw)
        body = _validate(
            "body", faults, lambda: route.body.model_validate_json(_compose(raw), strict=True)
        )
    if faults:
        raise InvalidInputProblem(tuple(faults))
    if route.conditional and "If-Match" not in request.headers:
        raise PreconditionRequiredProblem
    return query, body


def _raw_body(route: Route[Any, Any, Any]) -> bytes:
    if route.body is NoBody:
        return b"{}"
    # Of a chunked body werkzeug reads no more than this and says nothing of the rest.
    request.max_content_length = route.body_limit + 1
    if (request.content_length or 0) > route.body_limit:
        raise TooLargeProblem(limit=route.body_limit)
    if request.mimetype not in route.media_types:
        raise MediaTypeProblem(expected=list(route.media_types))
    raw = request.get_data()
    if len(raw) > route.body_limit:
        raise TooLargeProblem(limit=route.body_limit)
    return raw


def _refuse_repeated(raw: bytes) -> None:
    """Refuse what pydantic takes the last of. What is no JSON is left for it to refuse.

    Raises:
        RepeatedFieldProblem: an object has a field twice.
    """
    with suppress(ValueError, RecursionError):
        json.loads(raw, object_pairs_hook=_names_once)


def _names_once(pairs: list[tuple[str, object]]) -> None:
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        repeated = next(name for name in names if names.count(name) > 1)
        raise RepeatedFieldProblem(field=repeated[:_NAME_SHOWN])


def _compose(raw: bytes) -> bytes:
    """The JSON with all texts in NFC. What is no JSON stays as it is, for pydantic to refuse."""
    if raw.isascii() and b"\\u" not in raw:
        return raw
    try:
        sent = from_json(raw)
    except ValueError:
        return raw
    composed = compose(sent)
    return raw if composed == sent else to_json(composed, inf_nan_mode="constants")


def _plain(args: MultiDict[str, str], model: type[BaseModel]) -> dict[str, Any]:
    """Query parameters in NFC: a list where the model has a list, or where one came twice."""
    return {
        name: values if len(values) > 1 or _is_list(model, name) else values[0]
        for name, values in compose(dict(args.lists())).items()
    }


def _is_list(model: type[BaseModel], name: str) -> bool:
    return name in model.model_fields and (get_origin(model.model_fields[name].annotation) is list)


def _validate(place: RequestPart, faults: list[Fault], validate: Callable[[], M]) -> M | None:
    try:
        return validate()
    except ValidationError as error:
        if any(detail["type"] == "json_invalid" for detail in error.errors()):
            raise MalformedJsonProblem from error
        faults.extend(faults_of(error, place))
        return None


def _header_faults(route: Route[Any, Any, Any]) -> list[Fault]:
    missing = Message(N_("This is required."))
    malformed = Message(N_("This is not in the expected form."))
    faults = []
    key = request.headers.get("Idempotency-Key")
    if route.idempotent and key is None:
        faults.append(Fault("missing", pointer("Idempotency-Key"), missing, "header"))
    if key is not None and not re.fullmatch(IDEMPOTENCY_KEY, key):
        faults.append(Fault("malformed", pointer("Idempotency-Key"), malformed, "header"))
    tag = request.headers.get("If-Match")
    if (
        route.conditional
        and tag is not None
        and not re.fullmatch(ENTITY_TAG, tag.removeprefix(WEAK))
    ):
        faults.append(Fault("malformed", pointer("If-Match"), malformed, "header"))
    return faults
