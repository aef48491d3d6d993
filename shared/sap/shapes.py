"""The shapes that a message of IDocs comes in, brought to one.

SAP's nesting is the normal form: an IDoc maps the names of its segments to lists of rows; a row
maps the names of its fields to texts, and those of its child segments to lists of rows again.
Names are in upper case. What is taken:

- JSON, as the ABAP SDK for Google Cloud sends it: one IDoc, a list of them, `{"IDOCS": […]}`, or the
  IDocs under the name of their basic type, `{"ORDERS05": {"IDOC": …}}`; names in any case, as
  /ui2/cl_json writes them; one object where a segment has one row; numbers for texts, which
  /ui2/cl_json makes of types N and P, and true for "X".
- IDoc XML, as the XML port writes it: `<ORDERS05><IDOC BEGIN="1"><EDI_DC40 SEGMENT="1">…`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from shared.sap.fault import UntranslatableMessageError
from shared.text.unicode import compose

MOST_IDOCS = 10_000
MOST_SEGMENTS = 10_000
"""Of a message, and of one kind in one IDoc or segment."""

MOST_LEVELS = 12
"""Of segments within segments; SAP's own go six deep."""

MOST_ELEMENTS = 1_000_000
"""Of XML: twice as many as 10 MB, which is all that Pub/Sub takes, hold of fields with values."""

CONTROL = "EDI_DC40"

Segment: TypeAlias = dict[str, Any]
"""In the normal form: field to text, child segment to list of rows."""

_LONG = {f"{name}_LONG": name for name in ("MATERIAL", "MATNR", "VARIANT", "SATNR", "IDTNR")}
"""Fields of 40 characters that S/4 fills beside those of 18, which it leaves empty where an article's
number is longer; in the normal form the short one has it."""

_WRAPPERS = 5
"""Lists and names around an IDoc, at most."""

_EXPONENT = re.compile(r"^-?[0-9.]+[eE][+-]?[0-9]{1,2}$")


@dataclass(frozen=True)
class Shaped:
    """One IDoc of a message in the normal form, or what could be read of it, and its faults.

    `source` is all that stands there, as it came.
    """

    place: str
    source: Any
    segments: Segment
    reasons: list[str] = field(default_factory=list)


def read_shapes(data: bytes) -> list[Shaped]:
    """Every IDoc of a message; raises what `read_content` and `shapes_of` do."""
    return shapes_of(read_content(data))


def read_content(data: bytes) -> Any:
    """What a message has, of JSON or XML.

    Raises:
        UntranslatableMessageError: it is neither JSON in UTF-8 nor XML.
    """
    return read_xml(data) if _is_xml(data) else read_json_value(data)


def apart(content: Any, head: str) -> tuple[Any, dict[str, Any]]:
    """A message's content without what it says of itself beside its IDocs under the name `head`, and
    that, by the name in capitals; empty where it says nothing."""
    if not head or not isinstance(content, dict) or _is_idoc(content):
        return content, {}
    told = {name.upper(): value for name, value in content.items() if name.upper() == head}
    return {name: value for name, value in content.items() if name.upper() != head}, told


def shapes_of(content: Any) -> list[Shaped]:
    """Every IDoc of a message's content.

    Raises:
        UntranslatableMessageError: it has no IDoc, or too many.
    """
    found = list(_idocs(content))
    if not found:
        raise UntranslatableMessageError(["no IDoc"])
    if len(found) > MOST_IDOCS:
        raise UntranslatableMessageError([f"{len(found)} IDocs, more than {MOST_IDOCS}"])
    return [_shape(f"IDOCS/{index}", one) for index, one in enumerate(found)]


def read_json_value(data: bytes) -> Any:
    """The value of a JSON text, whose numbers are SAP's texts of them, in NFC.

    Raises:
        UntranslatableMessageError: it is no JSON in UTF-8.
    """
    try:
        content = json.loads(
            data.decode(), parse_int=_number, parse_float=_number, parse_constant=str
        )
        # Most messages are numbers and keys by the hundred thousand.
        return content if data.isascii() and b"\\u" not in data else compose(content)
    except (ValueError, RecursionError) as error:
        raise UntranslatableMessageError([f"not JSON in UTF-8: {error}"]) from error


def read_xml(data: bytes) -> Any:
    """The root element of an XML document as its children by name, fields as texts.

    Raises:
        UntranslatableMessageError: it is not well-formed, declares a document type (and with it
            entities, which IDocs never have), or is too large or too deep.
    """
    reader = _XmlReader()
    parser = DefusedXMLParser(target=reader, forbid_dtd=True)
    try:
        parser.feed(data)
        return compose(parser.close())
    except (ParseError, DefusedXmlException, ValueError, LookupError, _TooMuchError) as error:
        reason = f"not IDoc XML: {error or type(error).__name__}"
        raise UntranslatableMessageError([reason]) from error


def normal(value: Mapping[str, Any]) -> tuple[Segment, list[str]]:
    """A row in the normal form, and where it can't be brought to it."""
    reasons: list[str] = []
    return _row(value, "", 1, reasons), reasons


def _is_xml(data: bytes) -> bool:
    start = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\x00<"))


def _number(text: str) -> str:
    """A JSON number as SAP writes it: all its digits, its minus behind."""
    if _EXPONENT.match(text):
        text = format(Decimal(text), "f")
    return f"{text[1:]}-" if text.startswith("-") else text


def _idocs(content: Any, wrappers: int = _WRAPPERS) -> Iterator[Any]:
    """What stands where IDocs do, under whatever wraps them."""
    if wrappers and isinstance(content, list):
        inside = content
    elif wrappers and isinstance(content, dict) and _is_wrapper(content):
        inside = list(content.values())
    else:
        yield content
        return
    for value in inside:
        yield from _idocs(value, wrappers - 1)


def _is_wrapper(content: Mapping[str, Any]) -> bool:
    """Whether it is no IDoc, but has IDocs under their names or those of their basic types."""
    return bool(content) and all(
        name.upper() in ("IDOCS", "IDOC") or _has_idocs(inner) for name, inner in content.items()
    )


def _has_idocs(value: Any) -> bool:
    rows = value if isinstance(value, list) else [value]
    return bool(rows) and all(
        isinstance(row, dict) and {name.upper() for name in row} == {"IDOC"} for row in rows
    )


def _is_idoc(content: Mapping[str, Any]) -> bool:
    return any(name.upper() == CONTROL for name in content)


def _shape(place: str, value: Any) -> Shaped:
    if not isinstance(value, dict):
        return Shaped(place, value, {}, ["not an IDoc"])
    if not _is_idoc(value):
        return Shaped(place, value, {}, [f"{CONTROL}: Field required"])
    segments, reasons = normal(value)
    return Shaped(place, value, segments, reasons)


def _row(value: Mapping[str, Any], place: str, level: int, reasons: list[str]) -> Segment:
    row: Segment = {}
    for name, inner in value.items():
        key = name.upper()
        here = f"{place}/{key}" if place else key
        if key in row:
            reasons.append(f"{here}: is there twice")
        elif isinstance(inner, str):
            row[key] = inner
        elif isinstance(inner, bool):
            row[key] = "X" if inner else ""
        elif isinstance(inner, dict | list):
            row[key] = _rows(inner, here, level, reasons)
    for long, short in _LONG.items():
        if long in row and (number := str(row[long]).strip()):
            row[short] = number
    return row


def _rows(value: Any, place: str, level: int, reasons: list[str]) -> list[Segment]:
    rows = value if isinstance(value, list) else [value]
    if level > MOST_LEVELS:
        reasons.append(f"{place}: more than {MOST_LEVELS} levels deep")
        return []
    if len(rows) > MOST_SEGMENTS:
        reasons.append(f"{place}: {len(rows)} rows, more than {MOST_SEGMENTS}")
        return []
    found = []
    for index, row in enumerate(rows):
        if isinstance(row, dict):
            found.append(_row(row, f"{place}/{index}", level + 1, reasons))
        else:
            reasons.append(f"{place}/{index}: not a segment")
    return found


class _TooMuchError(Exception):
    """An XML document is too large or too deep."""


@dataclass
class _Element:
    name: str
    is_segment: bool
    children: dict[str, list[Any]] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)

    @property
    def value(self) -> Any:
        if not self.is_segment and not self.children:
            return "".join(self.text)
        return {
            name: found[0] if len(found) == 1 and isinstance(found[0], str) else found
            for name, found in self.children.items()
        }


class _XmlReader:
    """What the parser tells of its elements to, as they come."""

    def __init__(self) -> None:
        self._open = [_Element("", is_segment=True)]
        self._count = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._count += 1
        # The document's and the IDoc's own elements stand around the segments.
        if self._count > MOST_ELEMENTS or len(self._open) > MOST_LEVELS + 3:
            raise _TooMuchError(f"more than {MOST_ELEMENTS} elements, or too deep")
        # A name in a namespace of SAP's customers or partners is written _-NAME_-SEGMENT.
        name = tag.rpartition("}")[2].replace("_-", "/")
        self._open.append(_Element(name, bool(attributes.keys() & {"SEGMENT", "BEGIN"})))

    def data(self, text: str) -> None:
        self._open[-1].text.append(text)

    def end(self, tag: str) -> None:  # noqa: ARG002 (the parser's interface)
        element = self._open.pop()
        self._open[-1].children.setdefault(element.name, []).append(element.value)

    def close(self) -> Any:
        return self._open[0].value
