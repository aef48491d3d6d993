"""Which changes of a contract need which version, on the real documents and on small ones."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.openapi import FOLDER
from infra.openapi_diff import changes, version_faults
from infra.openapi_schema import Comparison, Side

DOCUMENTS = {path.stem: json.loads(path.read_text()) for path in sorted(FOLDER.glob("*.json"))}


def small() -> dict[str, Any]:
    """A service that takes and answers one thing, by every part that can change."""
    thing: dict[str, Any] = {
        "type": "object",
        "title": "Thing",
        "properties": {
            "id": {"type": "string"},
            "size": {"type": "integer", "minimum": 1, "maximum": 9},
            "state": {"type": "string", "enum": ["new", "old"]},
            "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}},
            "note": {"anyOf": [{"type": "string", "maxLength": 5}, {"type": "null"}]},
        },
        "required": ["id", "size"],
    }
    wish: dict[str, Any] = {**deepcopy(thing), "title": "Wish", "additionalProperties": False}
    wish["properties"]["parts"]["items"] = {"$ref": "#/components/schemas/Wish"}
    wish["properties"]["state"]["default"] = "new"
    return {
        "info": {"title": "Things", "version": "1.4.0"},
        "paths": {
            "/things": {
                "post": {
                    "parameters": [
                        {"in": "query", "name": "dry", "required": False, "schema": {}},
                        {"in": "header", "name": "Key", "required": True, "schema": {}},
                    ],
                    "requestBody": {"required": True, "content": _content("Wish")},
                    "responses": {
                        "201": {"headers": {"ETag": {}}, "content": _content("Thing")},
                        "409": {"description": "no"},
                    },
                    "security": [{"person": []}],
                },
                "get": {"responses": {"200": {"description": "yes"}}},
            }
        },
        "components": {"schemas": {"Thing": thing, "Wish": wish}},
    }


def _content(model: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{model}"}}}


def _at(path: str, change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """`change` applied to what lies at `path`, whose parts are separated by spaces."""

    def apply(document: Any) -> None:
        for part in path.split():
            document = document[int(part) if isinstance(document, list) else part]
        change(document)

    return apply


def _set(**values: Any) -> Callable[[Any], Any]:
    return lambda found: found.update(values)


def _pop(key: Any) -> Callable[[Any], Any]:
    return lambda found: found.pop(key)


def _add(value: Any) -> Callable[[Any], Any]:
    return lambda found: found.append(value)


WISH, THING = "components schemas Wish", "components schemas Thing"
POST = "paths /things post"
TEXT_OR_NULL = {"anyOf": [{"type": "string"}, {"type": "null"}]}

BREAKING = {
    "path gone": _at("paths", _pop("/things")),
    "operation gone": _at("paths /things", _pop("get")),
    "needs another token": _at(POST, _set(security=[{"machine": []}])),
    "parameter gone": _at(f"{POST} parameters", _pop(0)),
    "parameter now required": _at(f"{POST} parameters 0", _set(required=True)),
    "parameter new and required": _at(
        f"{POST} parameters", _add({"in": "query", "name": "x", "required": True, "schema": {}})
    ),
    "parameter narrower": _at(f"{POST} parameters 0", _set(schema={"type": "boolean"})),
    "body gone": _at(POST, _pop("requestBody")),
    "body of another type": _at(f"{POST} requestBody", _set(content={"text/plain": {}})),
    "body new and required": _at(
        "paths /things get", _set(requestBody={"required": True, "content": _content("Wish")})
    ),
    "success with another status": _at(
        f"{POST} responses", lambda r: r.update({"200": r.pop("201")})
    ),
    "answer's header gone": _at(f"{POST} responses 201 headers", _pop("ETag")),
    "field taken no more": _at(f"{WISH} properties", _pop("note")),
    "field new and required": _at(
        WISH, lambda s: (s["properties"].update(x={}), s["required"].append("x"))
    ),
    "field now required": _at(f"{WISH} required", _add("state")),
    "limit narrower": _at(f"{WISH} properties size", _set(maximum=8)),
    "limit new": _at(f"{WISH} properties id", _set(maxLength=8)),
    "pattern new": _at(f"{WISH} properties id", _set(pattern="^a")),
    "pattern other": _at(f"{WISH} properties id", _set(format="uuid")),
    "value taken no more": _at(f"{WISH} properties state enum", _pop(0)),
    "default other": _at(f"{WISH} properties state", _set(default="old")),
    "type narrower": _at(f"{WISH} properties id", _set(type="integer")),
    "null taken no more": _at(f"{WISH} properties", _set(note={"type": "string", "maxLength": 5})),
    "unknown keyword": _at(f"{WISH} properties id", _set(contentEncoding="base64")),
    "field answered no more": _at(f"{THING} properties", _pop("note")),
    "field not always answered": _at(f"{THING} required", _pop(0)),
    "value answered no more": _at(f"{THING} properties state enum", _pop(0)),
    "any text answered": _at(f"{THING} properties state", _pop("enum")),
    "null answered": _at(f"{THING} properties", _set(id=TEXT_OR_NULL)),
    "number answered": _at(f"{THING} properties size", _set(type="number")),
    "larger answered": _at(f"{THING} properties size", _set(maximum=10)),
    "longer answered, in one of two": _at(f"{THING} properties note anyOf 0", _set(maxLength=6)),
}
ADDING = {
    "path": _at("paths", _set(**{"/more": {"get": {"responses": {}}}})),
    "operation": _at("paths /things", _set(put={"responses": {}})),
    "parameter": _at(
        f"{POST} parameters", _add({"in": "query", "name": "x", "required": False, "schema": {}})
    ),
    "parameter may be left out": _at(f"{POST} parameters 1", _set(required=False)),
    "body may be left out": _at(f"{POST} requestBody", _set(required=False)),
    "problem": _at(f"{POST} responses", _set(**{"404": {}})),
    "field taken": _at(f"{WISH} properties", _set(x={"type": "string"})),
    "field may be left out": _at(f"{WISH} required", _pop(0)),
    "value taken": _at(f"{WISH} properties state enum", _add("odd")),
    "limit wider": _at(f"{WISH} properties size", _set(maximum=10)),
    "limit gone": _at(f"{WISH} properties size", _pop("minimum")),
    "type wider": _at(f"{WISH} properties size", _set(type="number")),
    "null taken": _at(f"{WISH} properties", _set(id=TEXT_OR_NULL)),
    "field answered": _at(f"{THING} properties", _set(x={"type": "string"})),
    "field always answered": _at(f"{THING} required", _add("state")),
    "value answered": _at(f"{THING} properties state enum", _add("odd")),
}
WORDS = {
    "description": _at(f"{THING}", _set(description="A thing")),
    "summary": _at(POST, _set(summary="Makes a thing")),
    "another name for the same": lambda document: document["components"]["schemas"].update(
        Other=document["components"]["schemas"]["Thing"]
    ),
}


def _judged(change: Callable[[Any], Any], version: str) -> list[str]:
    old, new = small(), small()
    change(new)
    new["info"]["version"] = version
    return version_faults(old, new)


@pytest.mark.parametrize("change", BREAKING.values(), ids=BREAKING)
def test_what_hurts_somebody_needs_a_major_version(change: Callable[[Any], Any]) -> None:
    assert _judged(change, "1.5.0")
    assert all("needs version 2.0.0, is 1.5.0" in fault for fault in _judged(change, "1.5.0"))
    assert _judged(change, "2.0.0") == []


@pytest.mark.parametrize("change", ADDING.values(), ids=ADDING)
def test_what_is_added_needs_a_minor_version(change: Callable[[Any], Any]) -> None:
    assert _judged(change, "1.4.1")
    assert all("needs version 1.5.0, is 1.4.1" in fault for fault in _judged(change, "1.4.1"))
    assert _judged(change, "1.5.0") == []


@pytest.mark.parametrize("change", WORDS.values(), ids=WORDS)
def test_words_need_no_version(change: Callable[[Any], Any]) -> None:
    assert _judged(change, "1.4.0") == []


def test_a_version_does_not_go_back() -> None:
    assert _judged(lambda _: None, "1.3.9") == ["version 1.3.9 is older than 1.4.0"]


def test_a_fault_names_place_and_change() -> None:
    assert _judged(BREAKING["limit narrower"], "1.4.0") == [
        "POST /things body.size: maximum was 9, is 8: needs version 2.0.0, is 1.4.0"
    ]


@pytest.mark.parametrize("service", DOCUMENTS)
def test_every_document_can_be_judged(service: str) -> None:
    """No keyword of ours is one that the comparison doesn't know, and nothing differs from itself."""
    document = DOCUMENTS[service]
    assert changes(document, deepcopy(document)) == []
    emptied = {**document, "paths": {}}
    assert {change.what for change in changes(document, emptied)} == {"is gone"}
    assert {change.what for change in changes(emptied, document)} == {"is new"}


@pytest.mark.parametrize("side", Side)
def test_a_model_that_holds_itself_is_compared_once(side: Side) -> None:
    """By a choice, too, as of itself and nothing."""
    reference = {"$ref": "#/components/schemas/Tree"}

    def document(limit: int) -> dict[str, Any]:
        fields = {
            "label": {"type": "string", "maxLength": limit},
            "left": {"anyOf": [reference, {"type": "null"}]},
            "all": {"type": "array", "items": reference},
        }
        return {"components": {"schemas": {"Tree": {"type": "object", "properties": fields}}}}

    same = Comparison(document(5), document(5))
    assert same.changes(reference, reference, "tree", side) == []
    narrower = Comparison(document(5), document(4))
    [change] = narrower.changes(reference, reference, "tree", side)
    assert (change.where, change.breaking) == ("tree.label", side is Side.TAKEN)


def test_a_choice_between_models_is_compared_model_by_model() -> None:
    def document(*fields: str) -> dict[str, Any]:
        cat = {"title": "Cat", "type": "object", "properties": {name: {} for name in fields}}
        dog = {"title": "Dog", "type": "object", "properties": {"bark": {"type": "string"}}}
        return {"components": {"schemas": {"Cat": cat, "Dog": dog}}}

    either = {"anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in ("Cat", "Dog")]}

    def breaking(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
        found = Comparison(old, new).changes(either, either, "pet", Side.ANSWERED)
        return [change.what for change in found if change.breaking]

    assert breaking(document("purr"), document("purr")) == []
    assert breaking(document("purr"), document("purr", "claw")) == []
    assert breaking(document("purr", "claw"), document("purr")) == ["now also answered as Cat"]


LEAVES = st.sampled_from(
    [
        {"type": "string"},
        {"type": "string", "maxLength": 3},
        {"type": "string", "enum": ["a", "b"]},
        {"type": "string", "enum": ["a"]},
        {"type": "integer"},
        {"type": "integer", "minimum": 2},
        {"type": "number"},
        {"type": "null"},
        {},
    ]
)
SCHEMAS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda item: {"type": "array", "items": item}, inner),
        st.builds(lambda some: {"anyOf": some}, st.lists(inner, min_size=2, max_size=3)),
        st.builds(
            lambda fields, needed: {
                "type": "object",
                "properties": fields,
                "required": sorted(fields)[:needed],
            },
            st.dictionaries(st.sampled_from("xyz"), inner, max_size=3),
            st.integers(0, 2),
        ),
    ),
    max_leaves=6,
)


@given(SCHEMAS, st.sampled_from(Side))
def test_a_schema_does_not_differ_from_itself(schema: dict[str, Any], side: Side) -> None:
    assert Comparison({}, {}).changes(schema, deepcopy(schema), "x", side) == []


@given(SCHEMAS, SCHEMAS)
def test_whatever_differs_is_noticed_by_both_sides(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    """What narrows for those who send does not widen for those who read, and the reverse."""
    comparison = Comparison({}, {})
    taken = comparison.changes(old, new, "x", Side.TAKEN)
    answered = comparison.changes(old, new, "x", Side.ANSWERED)
    assert bool(taken) == bool(answered)
