"""What differs between two OpenAPI documents of a service, and whether its version says so.

The one module that the rest asks; infra/openapi_schema.py compares schemas for it. Why it is
ours: docs/decisions/0009-kept-tools.md.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from packaging.version import Version

from infra.openapi_schema import Change, Comparison, Side

Document = Mapping[str, Any]


def changes(old: Document, new: Document) -> list[Change]:
    """Every difference that somebody who calls the service could notice, sorted."""
    before, after = _operations(old), _operations(new)
    found: list[Change] = []
    for name in before.keys() | after.keys():
        if name not in after:
            found.append(Change(name, "is gone", breaking=True))
        elif name not in before:
            found.append(Change(name, "is new", breaking=False))
        else:
            comparison = Comparison(old, new)
            found.extend(_of_operation(before[name], after[name], name, comparison))
    return sorted(set(found))


def version_faults(old: Document, new: Document) -> list[str]:
    """What the new document's version hides, a line each; none if it says what changed.

    A major version may change everything, a minor one add something, a patch nothing but
    words; a version never goes back.
    """
    before, after = (Version(document["info"]["version"]) for document in (old, new))
    if after < before:
        return [f"version {after} is older than {before}"]
    if after.major > before.major:
        return []
    found = changes(old, new)
    broken = [change for change in found if change.breaking]
    if broken:
        needed, culprits = f"{before.major + 1}.0.0", broken
    elif found and (after.major, after.minor) == (before.major, before.minor):
        needed, culprits = f"{before.major}.{before.minor + 1}.0", found
    else:
        return []
    return [
        f"{change.where}: {change.what}: needs version {needed}, is {after}" for change in culprits
    ]


def _operations(document: Document) -> dict[str, Document]:
    return {
        f"{method.upper()} {path}": operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
    }


def _of_operation(
    old: Document, new: Document, where: str, comparison: Comparison
) -> Iterator[Change]:
    if new.get("security", []) != old.get("security", []):
        yield Change(where, "who may call is told by another security scheme", breaking=True)
    yield from _parameters(old, new, where, comparison)
    yield from _body(old, new, where, comparison)
    yield from _answers(old["responses"], new["responses"], where, comparison)


def _parameters(
    old: Document, new: Document, where: str, comparison: Comparison
) -> Iterator[Change]:
    before, after = (
        {f"{each['in']} {each['name']}": each for each in operation.get("parameters", [])}
        for operation in (old, new)
    )
    for name in before.keys() | after.keys():
        place = f"{where} {name}"
        required = bool(after.get(name, {}).get("required"))
        if name not in after:
            yield Change(place, "is no longer taken", breaking=True)
        elif name not in before:
            yield Change(place, "is new and required" if required else "is new", required)
        else:
            if required != bool(before[name].get("required")):
                yield Change(place, "is now required" if required else "may be left out", required)
            schemas = (before[name]["schema"], after[name]["schema"])
            yield from comparison.changes(*schemas, place, Side.TAKEN)


def _body(old: Document, new: Document, where: str, comparison: Comparison) -> Iterator[Change]:
    before, after = old.get("requestBody"), new.get("requestBody")
    place = f"{where} body"
    if before is None or after is None:
        if before is not after:
            told = "is no longer taken" if after is None else "is new"
            yield Change(place, told, after is None or bool(after.get("required")))
        return
    if bool(before.get("required")) != bool(after.get("required")):
        yield Change(place, "is required or not", bool(after.get("required")))
    yield from _contents(before, after, place, comparison, Side.TAKEN)


def _answers(old: Document, new: Document, where: str, comparison: Comparison) -> Iterator[Change]:
    for status in old.keys() | new.keys():
        place = f"{where} {status}"
        succeeds = status.startswith("2")
        if status not in new:
            yield Change(place, "is no longer answered", succeeds)
        elif status not in old:
            yield Change(place, "is a new answer", succeeds)
        else:
            for header in old[status].get("headers", {}).keys() - new[status].get("headers", {}):
                yield Change(f"{place} header {header}", "is gone", breaking=True)
            yield from _contents(old[status], new[status], place, comparison, Side.ANSWERED)


def _contents(
    old: Document, new: Document, where: str, comparison: Comparison, side: Side
) -> Iterator[Change]:
    before, after = old.get("content", {}), new.get("content", {})
    for media in before.keys() | after.keys():
        if media not in after:
            yield Change(where, f"is no longer {media}", breaking=True)
        elif media not in before:
            yield Change(where, f"can be {media}", breaking=False)
        else:
            # A file has none.
            schemas = (before[media].get("schema", {}), after[media].get("schema", {}))
            yield from comparison.changes(*schemas, where, side)
