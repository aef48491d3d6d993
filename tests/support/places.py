"""Where a model takes values, and what is wrong there: made from its JSON schema."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from shared.http.fields import LINES, ONE_LINE
from shared.http.validation import pointer

Path = tuple[str | int, ...]
HUGE = 10**12


@dataclass(frozen=True)
class Place:
    """A value within the input; `schema` has its references followed and no null."""

    path: Path
    schema: dict[str, Any]
    nullable: bool

    @property
    def pointer(self) -> str:
        """RFC 6901."""
        return pointer(*self.path)


def places(model: type[BaseModel]) -> list[Place]:
    """Every place of the model, outer ones first; a list has its first entry."""
    schema = model.model_json_schema()
    return list(_walk(schema, schema.get("$defs", {}), ()))[1:]


def example(model: type[BaseModel]) -> Any:
    """Input of the right shape with every field; its texts need not mean anything."""
    schema = model.model_json_schema()
    return _example(schema, schema.get("$defs", {}))


def with_value(whole: Any, path: Path, value: Any) -> Any:
    """A copy of `whole` with another value at `path`."""
    copy = deepcopy(whole)
    at = copy
    for token in path[:-1]:
        at = at[token]
    at[path[-1]] = value
    return copy


def wrong_values(place: Place) -> Iterator[Any]:
    """Values that this place must refuse, as JSON has them."""
    schema = place.schema
    kind = schema.get("type", "string")
    yield from (
        value for name, value in _OF_TYPE.items() if name not in (kind, *_ALSO.get(kind, ()))
    )
    if not place.nullable:
        yield None
    if kind == "integer":
        yield from (1.5, "1", "0x10", float("nan"))
        yield from (value for value in (-1, -HUGE) if "minimum" in schema)
        yield from (value for value in (HUGE, 10**400) if "maximum" in schema)
    if kind == "string":
        yield "\x00"
        yield "a\x00b"
        if schema.get("pattern") in (ONE_LINE, LINES):
            yield from ("invisible\u202egnp.exe", "\u200b", "soft\xadhyphen", "a\ufeffb")
        yield from ("x" * (schema["maxLength"] + 1) for _ in range("maxLength" in schema))
        yield from ("" for _ in range("minLength" in schema))
    if kind == "string" and schema.get("format") == "date":
        yield from ("2026-13-01", "0", "20261122", "2026-11-22T00:00:00Z", "tomorrow")
    if kind == "string" and schema.get("format") == "date-time":
        yield from ("2026-12-01T08:00:00", "2026-13-01T08:00:00Z", "0", "2026-12-01", "tomorrow")
    if "enum" in schema:
        yield "nonsense"


_OF_TYPE = {"integer": 7, "string": "text", "boolean": True, "array": [], "object": {}}
_ALSO = {"number": ("integer",)}
_OF_FORMAT = {"date": "2026-12-01", "date-time": "2026-12-01T08:00:00Z"}


def _resolved(schema: dict[str, Any], definitions: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """The schema without reference and null, and whether null is allowed."""
    if "$ref" in schema:
        return _resolved(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    options = schema.get("anyOf", [])
    if options:
        others = [option for option in options if option.get("type") != "null"]
        return _resolved(others[0], definitions)[0], len(others) < len(options)
    return schema, False


def _walk(schema: dict[str, Any], definitions: dict[str, Any], path: Path) -> Iterator[Place]:
    resolved, nullable = _resolved(schema, definitions)
    yield Place(path, resolved, nullable)
    for name, part in resolved.get("properties", {}).items():
        yield from _walk(part, definitions, (*path, name))
    if "items" in resolved:
        yield from _walk(resolved["items"], definitions, (*path, 0))


def _example(schema: dict[str, Any], definitions: dict[str, Any]) -> Any:
    resolved, _ = _resolved(schema, definitions)
    match resolved.get("type"):
        case "object":
            parts = resolved.get("properties", {})
            if "propertyNames" in resolved:
                [name, *_] = resolved["propertyNames"]["enum"]
                parts = {name: resolved["additionalProperties"]}
            return {name: _example(part, definitions) for name, part in parts.items()}
        case "array":
            return [_example(resolved["items"], definitions)]
        case "integer":
            return resolved.get("minimum", 1)
        case "boolean":
            return True
        case _:
            text = _OF_FORMAT.get(resolved.get("format", ""), "x")
            return resolved.get("enum", [text])[0]
