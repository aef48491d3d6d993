"""What differs between two JSON Schemas, seen by those who send or read what they describe.

What a service takes may only become wider, what it answers only narrower, but for fields
and enum values that are added to answers: whoever reads ignores what they don't know. The
kinds of change and their weight follow oasdiff's list of breaking changes
(https://github.com/oasdiff/oasdiff/tree/main/docs).
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Schema = Mapping[str, Any]

_UPPER = ("maxLength", "maximum", "exclusiveMaximum", "maxItems", "maxProperties")
_LOWER = ("minLength", "minimum", "exclusiveMinimum", "minItems", "minProperties")
_EXACT = ("pattern", "format", "multipleOf", "uniqueItems")
_COMPARED_ELSEWHERE = {
    *("type", "enum", "const", "properties", "required", "additionalProperties"),
    *("items", "anyOf", "oneOf", "default", *_UPPER, *_LOWER, *_EXACT),
}
# Say something to people or to generators, or repeat what anyOf and oneOf hold.
_ANNOTATIONS = {"title", "description", "examples", "deprecated", "discriminator"}
_ALL_TYPES = frozenset({"null", "boolean", "object", "array", "integer", "number", "string"})


class Side(StrEnum):
    """Who has to bear a change: who sends what the service takes, or who reads its answer."""

    TAKEN = "taken"
    ANSWERED = "answered"


@dataclass(frozen=True, order=True)
class Change:
    """One difference: where it is and what, and whether somebody who relied on it is hurt."""

    where: str
    what: str
    breaking: bool


def _shown(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


class Comparison:
    """Compares schemas of two documents, following each one's references."""

    def __init__(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        self._old, self._new = old, new
        self._open: set[tuple[str, str, Side]] = set()

    def changes(self, old: Schema, new: Schema, where: str, side: Side) -> list[Change]:
        """Every difference between two schemas that concerns `side`."""
        # A model that holds itself is compared once.
        pair = (old.get("$ref", ""), new.get("$ref", ""), side)
        if all(pair) and pair in self._open:
            return []
        self._open.add(pair)
        try:
            return list(
                self._any(_resolved(old, self._old), _resolved(new, self._new), where, side)
            )
        finally:
            self._open.discard(pair)

    def _any(self, old: Schema, new: Schema, where: str, side: Side) -> Iterator[Change]:
        before, after = _alternatives(old), _alternatives(new)
        if before is None and after is None:
            yield from self._one(old, new, where, side)
            return
        if side is Side.TAKEN:
            yield from _default(old, new, where)
        for schema in before or [old]:
            yield from self._uncovered(schema, after or [new], where, side, gone=True)
        for schema in after or [new]:
            yield from self._uncovered(schema, before or [old], where, side, gone=False)

    def _uncovered(
        self, schema: Schema, others: list[Schema], where: str, side: Side, gone: bool
    ) -> Iterator[Change]:
        """What it means that `schema` is one of the alternatives here and not there."""
        here, there = (self._old, self._new) if gone else (self._new, self._old)
        known = _resolved(schema, here)
        kin = [other for other in others if _types(_resolved(other, there)) == _types(known)]
        found = [
            self.changes(*((schema, other) if gone else (other, schema)), where, side)
            for other in kin
        ]
        if [] in found:
            return
        if len(found) == 1:
            # Both directions come here; the differences are told once.
            yield from found[0] if gone else []
            return
        hurts = (side is Side.TAKEN) == gone
        covered = any(not any(change.breaking for change in changes) for changes in found)
        verb = "no longer" if gone else "now also"
        kind = known.get("title") or "/".join(sorted(_types(known)))
        yield Change(where, f"{verb} {side} as {kind}", hurts and not covered)

    def _one(self, old: Schema, new: Schema, where: str, side: Side) -> Iterator[Change]:
        yield from _type(old, new, where, side)
        yield from _values(old, new, where, side)
        yield from _limits(old, new, where, side)
        if side is Side.TAKEN:
            yield from _default(old, new, where)
        for keyword in sorted(old.keys() | new.keys()):
            known = keyword in _COMPARED_ELSEWHERE or keyword in _ANNOTATIONS
            if not known and old.get(keyword) != new.get(keyword):
                yield Change(where, f"{keyword} differs, which can't be judged", breaking=True)
        yield from self._properties(old, new, where, side)
        if "items" in old and "items" in new:
            yield from self.changes(old["items"], new["items"], f"{where}[]", side)
        elif "items" in old or "items" in new:
            narrower = "items" in new
            yield Change(where, "items differ", (side is Side.TAKEN) == narrower)
        yield from self._others(old, new, where, side)

    def _properties(self, old: Schema, new: Schema, where: str, side: Side) -> Iterator[Change]:
        before, after = old.get("properties", {}), new.get("properties", {})
        was, must = set(old.get("required", [])), set(new.get("required", []))
        for name in sorted(before.keys() | after.keys()):
            place = f"{where}.{name}"
            if name not in after:
                yield Change(place, f"is no longer {side}", breaking=True)
            elif name not in before:
                needed = side is Side.TAKEN and name in must
                yield Change(place, "is new and required" if needed else "is new", needed)
            else:
                yield from self.changes(before[name], after[name], place, side)
                if (name in must) != (name in was):
                    told = "is now required" if name in must else "is no longer always there"
                    yield Change(place, told, (side is Side.TAKEN) == (name in must))

    def _others(self, old: Schema, new: Schema, where: str, side: Side) -> Iterator[Change]:
        """Properties without a name."""
        before, after = (each.get("additionalProperties", True) for each in (old, new))
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            yield from self.changes(before, after, f"{where}.*", side)
        elif before != after:
            narrower = after is False or before is True
            # Readers ignore fields that they don't know, whatever the document said of them.
            hurts = narrower if side is Side.TAKEN else isinstance(before, Mapping)
            yield Change(where, "other fields differ", hurts)


def _resolved(schema: Schema, document: Mapping[str, Any]) -> Schema:
    while "$ref" in schema:
        beside = {key: value for key, value in schema.items() if key != "$ref"}
        found: Any = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        schema = {**found, **beside}
    return schema


def _alternatives(schema: Schema) -> list[Schema] | None:
    """The schemas of which one holds; None where there is no choice."""
    return schema.get("anyOf") or schema.get("oneOf")


def _types(schema: Schema) -> frozenset[str]:
    told = schema.get("type")
    if told is None:
        return _ALL_TYPES
    types = frozenset([told] if isinstance(told, str) else told)
    return types | {"integer"} if "number" in types else types


def _type(old: Schema, new: Schema, where: str, side: Side) -> Iterator[Change]:
    before, after = _types(old), _types(new)
    if before == after:
        return
    kept = before <= after if side is Side.TAKEN else after <= before
    told = [_shown(each.get("type", "anything")) for each in (old, new)]
    yield Change(where, f"was {told[0]}, is {told[1]}", not kept)


def _values(old: Schema, new: Schema, where: str, side: Side) -> Iterator[Change]:
    before, after = _listed(old), _listed(new)
    if before is None and after is None:
        return
    if before is None or after is None:
        told = "is one of a list now" if after is not None else "is no longer one of a list"
        yield Change(where, told, (side is Side.TAKEN) == (after is not None))
        return
    # Even in an answer: who waits for a value that never comes again, waits for ever.
    yield from (Change(where, f"{value} is gone", breaking=True) for value in before - after)
    yield from (Change(where, f"{value} is new", breaking=False) for value in after - before)


def _listed(schema: Schema) -> set[str] | None:
    if "const" in schema:
        return {_shown(schema["const"])}
    return {_shown(value) for value in schema["enum"]} if "enum" in schema else None


def _limits(old: Schema, new: Schema, where: str, side: Side) -> Iterator[Change]:
    for keyword in (*_UPPER, *_LOWER, *_EXACT):
        before, after = old.get(keyword), new.get(keyword)
        if before == after:
            continue
        if before is None or after is None:
            hurts = (side is Side.TAKEN) == (before is None)
        elif keyword in _EXACT:
            hurts = True
        else:
            narrower = after < before if keyword in _UPPER else after > before
            hurts = (side is Side.TAKEN) == narrower
        yield Change(where, f"{keyword} was {_shown(before)}, is {_shown(after)}", hurts)


def _default(old: Schema, new: Schema, where: str) -> Iterator[Change]:
    """Left out, it means something else now. Never having had a default, it was required."""
    if "default" in old and old["default"] != new.get("default"):
        told = (_shown(old["default"]), _shown(new.get("default")))
        yield Change(where, f"left out, it was {told[0]}, is {told[1]}", breaking=True)
