"""The locked dependencies: one lock for all functions, of which each takes its part.

The lock is written by `uv pip compile --universal --generate-hashes
--annotation-style line` (`make lock`). Each of its entries names in a trailing comment
who needs it, from which the part of one function follows.
"""

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)")
_VIA = re.compile(r"^\s*# via (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Requirement:
    """One locked package: `text` is its line for pip with hashes, `via` who requires it."""

    version: str
    text: str
    via: frozenset[str]


def canonical(name: str) -> str:
    """A package's name as PyPI compares names (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read_pins(text: str) -> dict[str, str]:
    """Package to version of the pins in a requirements file, by canonical name."""
    found = (_PIN.match(line) for line in text.splitlines())
    return {canonical(match[1]): match[2] for match in found if match}


def read_lock(text: str) -> dict[str, Requirement]:
    """The entries of a lock, by canonical name."""
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
    return dict(_entry(entry) for entry in entries if _PIN.match(entry))


def _entry(text: str) -> tuple[str, Requirement]:
    pin = _PIN.match(text)
    via = _VIA.search(text)
    if pin is None or via is None or "--hash=" not in text:
        raise ValueError(f"not an entry of a lock with hashes and origins: {text!r}")
    needed_by = frozenset(canonical(name.strip()) for name in via[1].split(","))
    lines = _VIA.sub("", text).rstrip().rstrip("\\").rstrip() + "\n"
    return canonical(pin[1]), Requirement(pin[2], lines, needed_by)


def closure(wanted: Iterable[str], lock: dict[str, Requirement]) -> list[str]:
    """`wanted` and everything that it requires, directly or not, sorted."""
    needs: dict[str, set[str]] = {name: set() for name in lock}
    for name, requirement in lock.items():
        for origin in requirement.via & lock.keys():
            needs[origin].add(name)
    found: set[str] = set()
    waiting = deque(wanted)
    while waiting:
        name = waiting.popleft()
        if name not in found:
            found.add(name)
            waiting.extend(needs[name])
    return sorted(found)
