"""A message of SAP's as people read it, one value a line, with the lines that its faults are in.

Pure. A fault names its place as translators do: `IDOCS/3 (ARTMAS 1234): E1MARAM/0/MATNR: …`. The
message may be in any shape that SAP sends (`shared.sap.shapes`), so the place is looked for by how
it ends: without wrappers, without the first of several, in upper case.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from pydantic import BaseModel, Field

MOST_BYTES = 2_000_000
MOST_LINES = 5_000
LINE_LENGTH = 1_000

_IDOC = re.compile(r"IDOCS/([0-9]+)(?: \([^)]*\))?: ")
_PLACE = re.compile(r"([A-Za-z0-9_]+(?:/[A-Za-z0-9_]+)*): ")
_BROKEN_LINE = re.compile(r"\bline ([0-9]+)\b")
_WRAPPERS = {"IDOCS", "IDOC"}

Path = tuple[str, ...]


class Mark(BaseModel):
    """A line that a reason is about; both count from 0."""

    line: int
    reason: int


class Shown(BaseModel):
    """The message as lines. `cut`: there is more of it than is shown."""

    format: Literal["json", "xml", "text"]
    lines: list[str]
    marks: list[Mark]
    cut: bool = Field(description="whether there is more than these lines")


def show(data: bytes, reasons: list[str]) -> Shown:
    """The message with marks for those reasons whose place is found in it."""
    format_, lines = _read(data)
    shown = [(path, line[:LINE_LENGTH]) for path, line in lines[:MOST_LINES]]
    cut = (
        len(data) > MOST_BYTES
        or len(lines) > MOST_LINES
        or any(len(line) > LINE_LENGTH for _, line in lines)
    )
    places = _places(path for path, _ in shown)
    marks = [
        Mark(line=line, reason=index)
        for index, reason in enumerate(reasons)
        if (line := _line_of(reason, places, format_)) is not None and line < len(shown)
    ]
    return Shown(format=format_, lines=[line for _, line in shown], marks=marks, cut=cut)


def _read(data: bytes) -> tuple[Literal["json", "xml", "text"], list[tuple[Path, str]]]:
    if len(data) <= MOST_BYTES:
        try:
            return "json", list(_json_lines(json.loads(data), (), "", "", last=True))
        except (ValueError, RecursionError):
            pass
        try:
            return "xml", list(_xml_lines(fromstring(data, forbid_dtd=True), (), ""))
        except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError):
            pass
    text = data[:MOST_BYTES].decode("utf-8", "replace")
    return "text", [((), line) for line in text.splitlines()]


def _json_lines(
    value: Any, path: Path, name: str, indent: str, *, last: bool
) -> Iterator[tuple[Path, str]]:
    end = "" if last else ","
    inside: list[tuple[str, str, Any]]
    match value:
        case dict() if value:
            brackets = "{}"
            inside = [
                (key, f"{json.dumps(key, ensure_ascii=False)}: ", one) for key, one in value.items()
            ]
        case list() if value:
            brackets = "[]"
            inside = [(str(place), "", one) for place, one in enumerate(value)]
        case _:
            yield path, f"{indent}{name}{json.dumps(value, ensure_ascii=False)}{end}"
            return
    yield path, f"{indent}{name}{brackets[0]}"
    for number, (token, label, one) in enumerate(inside, 1):
        yield from _json_lines(
            one, (*path, token), label, f"{indent}  ", last=number == len(inside)
        )
    yield path, f"{indent}{brackets[1]}{end}"


def _xml_lines(element: Element, path: Path, indent: str) -> Iterator[tuple[Path, str]]:
    attributes = "".join(f' {name}="{escape(text)}"' for name, text in element.attrib.items())
    text = escape((element.text or "").strip())
    if not len(element):
        yield path, f"{indent}<{element.tag}{attributes}>{text}</{element.tag}>"
        return
    yield path, f"{indent}<{element.tag}{attributes}>{text}"
    seen: Counter[str] = Counter()
    for child in element:
        own = (*path, child.tag, str(seen[child.tag]))
        seen[child.tag] += 1
        yield from _xml_lines(child, own, f"{indent}  ")
    yield path, f"{indent}</{element.tag}>"


def _places(paths: Iterator[Path]) -> list[Path]:
    return [_bare(path) for path in paths]


def _bare(path: Path) -> Path:
    upper = (name.upper() for name in path)
    return tuple(name for name in upper if name != "0" and name not in _WRAPPERS)


def _line_of(reason: str, places: list[Path], format_: str) -> int | None:
    """The first line of what the reason names, or of the nearest that it stands in."""
    if format_ == "text":
        broken = _BROKEN_LINE.search(reason)
        return int(broken[1]) - 1 if broken else None
    idoc = _IDOC.match(reason)
    named = _PLACE.match(reason, idoc.end() if idoc else 0)
    tokens = _bare(tuple(named[1].split("/"))) if named else ()
    number = (idoc[1],) if idoc and idoc[1] != "0" else ()
    for length in range(len(tokens), -1, -1):
        wanted = (*number, *tokens[:length])
        if not wanted:
            return None
        for line, place in enumerate(places):
            if place[-len(wanted) :] == wanted:
                return line
    return None
