"""Why a function's archive changed."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import grimp

from infra.package_contents import import_graph
from infra.package_requirements import read_pins

_ENTRY = re.compile(r"from (functions\.\w+\.main) import")


def explain(old: Path, new: Path) -> Iterator[str]:
    """A line for each difference between two archives; none when they hold the same.

    A module comes with the shortest chain of imports that leads to it in the sources
    as they are now.
    """
    before, after = _read(old), _read(new)
    graph = import_graph()
    entry = _ENTRY.search(after["main.py"].decode())
    for path in sorted(before.keys() | after.keys()):
        if before.get(path) == after.get(path):
            continue
        if path == "requirements.txt":
            yield from _requirements(before[path].decode(), after[path].decode())
        elif path not in after:
            yield f"{path}: gone"
        else:
            what = "changed" if path in before else "new"
            yield f"{path}: {what}{_chain(entry[1] if entry else '', path, graph)}"


def _read(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as source:
        return {name: source.read(name) for name in source.namelist()}


def _chain(entry: str, path: str, graph: grimp.ImportGraph) -> str:
    module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    if entry == module or not {entry, module} <= graph.modules:
        return ""
    chain = graph.find_shortest_chain(importer=entry, imported=module)
    return f" ({' → '.join(chain)})" if chain else ""


def _requirements(before: str, after: str) -> Iterator[str]:
    old, new = read_pins(before), read_pins(after)
    for name in sorted(old.keys() | new.keys()):
        if name not in new:
            yield f"requirements.txt: {name} {old[name]} is gone"
        elif name not in old:
            yield f"requirements.txt: {name} {new[name]} is new"
        elif old[name] != new[name]:
            yield f"requirements.txt: {name} {old[name]} → {new[name]}"
    if old == new:
        yield "requirements.txt: other hashes or conditions of the same versions"
