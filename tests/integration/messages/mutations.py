"""Mutations of valid messages, each with what has to become of it."""

import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shared.event.verdict import Verdict
from shared.sap.source_system import SourceSystem
from tests.factories.sap import STAMP
from tests.integration.messages.family import Family
from tests.support.sap_fields import IGNORED, MISSING, REFUSED, SAME, Effects
from tests.support.wire import lower, single, xml

EARLIER, LATER = "20261122141700000000", "20261122141800300000"

_BASIC_TYPES = {
    "ARTMAS": "ARTMAS09", "COND_A": "COND_A04", "DEBMAS": "DEBMAS06", "ORDRSP": "ORDERS05",
    "DESADV": "DELVRY07", "INVOIC": "INVOIC02",
}  # fmt: skip


def _basic_type(family: Family) -> str:
    name = family.name.partition(" ")[0]
    return _BASIC_TYPES.get(name, name)


Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Mutation:
    """A message, `what` is other in it than in a valid one, and which effects of it are right.

    Where `verdict` is given, the valid message came before, and this is what the mutated one is to
    it.
    """

    family: Family
    system: SourceSystem
    what: str
    data: bytes
    effects: Effects
    verdict: Verdict | None = None


def mutations(family: Family, system: SourceSystem) -> Iterator[Mutation]:
    """All that are known of a family, in each form on the wire that can hold them."""
    original = family.make(system)
    for what, changed, effects in _changes(family, system, original):
        for form, data in _forms(family, system, changed):
            yield Mutation(family, system, f"{what} ({form})", data, effects)
    yield from _shapes(family, system, original)
    yield from _repetitions(family, system, original)


_Change = tuple[str, Any, Effects]


def _changes(family: Family, system: SourceSystem, original: Any) -> Iterator[_Change]:
    yield from _field_changes(family, system, original)
    yield from _structure_changes(family, original)
    yield from _additions(original)
    if family.name != "stock":
        yield from _control_changes(original)


def _field_changes(family: Family, system: SourceSystem, original: Any) -> Iterator[_Change]:
    for place, values in family.fields(system).items():
        segment, _, name = place.rpartition("/")
        row = _path(segment)
        for value, effects in values:
            changed = copy.deepcopy(original)
            there = _at(changed, row)
            if value is MISSING:
                there.pop(name, None)
            else:
                there[name] = value
            told = "is missing" if value is MISSING else f"is {_shown(value)}"
            yield f"{place} {told}", changed, effects


def _structure_changes(family: Family, original: Any) -> Iterator[_Change]:
    for path in _segments(original):
        place = "/".join(one for one in path if isinstance(one, str))
        rows = _at(original, path)
        name = str(path[-1])

        def effects(what: str, default: Effects, place: str = place) -> Effects:
            return family.structure.get((place, what), default)

        dropped = effects("dropped", (REFUSED,))
        yield f"{place} is missing", _with(original, path, MISSING), dropped
        yield f"{place} is null", _with(original, path, None), dropped
        yield f"{place} has no rows", _with(original, path, []), dropped
        doubled = effects("doubled", (REFUSED,))
        yield f"{place} has its first row twice", _with(original, path, [rows[0], *rows]), doubled
        for wrong in ("text", 5, [rows], ["x"], [None], [5]):
            what = f"{place} is {_shown(wrong)}"
            yield what, _with(original, path, wrong), (REFUSED,)
        if len(rows) > 1:
            turned = effects("reversed", (SAME,))
            yield f"{place} is reversed", _with(original, path, rows[::-1]), turned
        else:
            yield f"{place} is an object", _with(original, path, rows[0]), (SAME,)
        if len(path) > 1:
            changed = _with(original, path, MISSING)
            changed[name] = rows
            yield f"{place} is not nested", changed, (REFUSED,)
        if len(path) > 3:
            changed = _with(original, path, MISSING)
            _at(changed, path[:-3])[name] = rows
            yield f"{place} is a level too high", changed, (REFUSED,)


def _additions(original: Any) -> Iterator[_Change]:
    """Fields and segments that Sellin does not know; null is nothing."""
    rows: list[Path] = [()]
    for path in _segments(original):
        rows += [(*path, index) for index in range(len(_at(original, path)))]
    for row in rows:
        place = "/".join(map(str, row)) or "the message"
        more: Mapping[str, Any] = {
            "ZZFIELD": "１２", "ZZHALF": "\ud83d", "ZZNUMBER": 12.5, "ZZNOTHING": None, "ZZYES": True,
            "Z1OWN": [{"FIELD": "1", "Z1INNER": [{"A": "\x00"}]}], "_-NS_-SEGMENT": {"A": "1"},
        }  # fmt: skip
        for name, value in more.items():
            changed = copy.deepcopy(original)
            _at(changed, row)[name] = value
            yield f"{place} has {name}", changed, (SAME,)


def _control_changes(original: Any) -> Iterator[_Change]:
    refused: dict[str, list[Any]] = {
        "SERIAL": [
            *("2026", "20991231000000000000", "20261301000000000000", "abc", "9" * 20, "9" * 5_000),
            *(
                "２０２６１１２２１４１８００",
                f"{STAMP}\x00",
                "20261122141800.123456",
                [],
                {},
                True,
            ),
        ],
        "SNDPRN": ["OTHER", "", "x" * 5_000, "\x00", "\ud83d", [], MISSING],
        "MESTYP": ["MATMAS", "", "x" * 5_000, "\x00", "\ud83d", [], 7, MISSING],
        "DOCNUM": [[], {}],
    }
    same: dict[str, list[Any]] = {
        "SERIAL": ["", "00000000000000000000", MISSING, None, "20261122141800"],
        "DOCNUM": ["9" * 16, "", "x" * 5_000, "\x00", "\ud83d", "a/b", 12, MISSING],
        "IDOCTYP": ["", "x" * 5_000, MISSING],
        "CREDAT": ["00000000", "abc", "20991231", MISSING],
        "CRETIM": ["", "abc", "２４"],
    }
    # A test IDoc is looked at by people only.
    ignored: dict[str, list[Any]] = {"TEST": ["X"]}
    for fields, effects in ((refused, (REFUSED,)), (same, (SAME,)), (ignored, (IGNORED,))):
        for name, values in fields.items():
            for value in values:
                changed = _with(original, ("EDI_DC40", name), value)
                told = "is missing" if value is MISSING else f"is {_shown(value)}"
                yield f"EDI_DC40/{name} {told}", changed, effects
    controls: list[Any] = [[], [original["EDI_DC40"]] * 2, "text", None, MISSING, [[]], ["x"]]
    for wrong in controls:
        told = "is missing" if wrong is MISSING else f"is {_shown(wrong)}"
        yield f"EDI_DC40 {told}", _with(original, ("EDI_DC40",), wrong), (REFUSED,)
    for wrong in (None, "text", 5, {}, {"A": "b"}, [None]):
        yield f"the IDoc is {_shown(wrong)}", wrong, (REFUSED,)


def _shapes(family: Family, system: SourceSystem, original: Any) -> Iterator[Mutation]:
    """The valid message in whatever wraps it."""
    other = family.other(system)
    if family.name == "stock":
        shapes: dict[str, Any] = {
            "lower case": lower({"ROWS": [original, other]}),
            "objects": {"rows": [single(original), other]},
        }
    else:
        name = _basic_type(family)
        shapes = {
            "lower case": lower({"IDOCS": [original, other]}),
            "objects": {"idocs": single([original, other])},
            "a list": [original, other],
            "its basic type": {name: {"IDOC": [original, other]}},
            "each its basic type": [{name: {"IDOC": original}}, {name: {"idoc": other}}],
        }
    for what, shape in shapes.items():
        yield Mutation(family, system, what, json.dumps(shape).encode(), (SAME,))


def _repetitions(family: Family, system: SourceSystem, original: Any) -> Iterator[Mutation]:
    """The valid message again, under stamps before, at and behind that of the first."""
    stamps = {EARLIER: Verdict.STALE, STAMP: Verdict.DUPLICATE, LATER: Verdict.UNCHANGED}
    place: Path = ("CHANGED",) if family.name == "stock" else ("EDI_DC40", "SERIAL")
    for stamp, verdict in stamps.items():
        for form, data in _forms(family, system, _with(original, place, stamp)):
            what = f"again, of {stamp} ({form})"
            yield Mutation(family, system, what, data, (SAME,), verdict)


def _forms(family: Family, system: SourceSystem, changed: Any) -> Iterator[tuple[str, bytes]]:
    """The message with a good one of another object: behind it, or before."""
    other = family.other(system)
    if family.name == "stock":
        yield "JSON", json.dumps({"ROWS": [changed, other]}).encode()
        return
    yield "JSON", json.dumps({"IDOCS": [changed, other]}).encode()
    if isinstance(changed, dict) and _is_xml(changed):
        name = _basic_type(family)
        yield "XML", xml([other, changed], name)


def _is_xml(value: Any) -> bool:
    """Whether XML can hold it: rows of texts, and of rows with something in them."""
    match value:
        case str():
            return all(c.isprintable() and not "\ud800" <= c <= "\udfff" for c in value)
        case dict():
            return bool(value) and all(_is_xml(inner) for inner in value.values())
        case list():
            return bool(value) and all(isinstance(one, dict) and _is_xml(one) for one in value)
        case _:
            return False


def _segments(value: Any, path: Path = ()) -> Iterator[Path]:
    """The places of all segments but the control record, once each."""
    for name, inner in value.items():
        if isinstance(inner, list) and inner:
            yield (*path, name)
            yield from _segments(inner[0], (*path, name, 0))


def _path(place: str) -> Path:
    found: list[str | int] = []
    for part in filter(None, place.split("/")):
        name, _, index = part.partition("#")
        found += [name, int(index or 0)]
    return tuple(found)


def _at(value: Any, path: Path) -> Any:
    for name in path:
        value = value[name]
    return value


def _with(original: Any, path: Path, value: Any) -> Any:
    changed = copy.deepcopy(original)
    holder = _at(changed, path[:-1])
    if value is MISSING:
        holder.pop(path[-1], None)
    else:
        holder[path[-1]] = copy.deepcopy(value)
    return changed


def _shown(value: Any) -> str:
    text = ascii(value)
    return text if len(text) < 60 else f"{text[:50]}… ({len(text)} characters)"
