"""Where the fault of a message stands, in whatever shape SAP sent it."""

import json

import pytest

from functions.operations.content import MOST_LINES, show

IDOC = {
    "EDI_DC40": {"MESTYP": "ORDRSP", "DOCNUM": "1"},
    "E1EDP01": [{"POSEX": "10"}, {"POSEX": "20", "E1EDP20": [{"WMENG": "x"}]}],
}
XML = (
    "<ORDERS05><IDOC BEGIN='1'><EDI_DC40><MESTYP>ORDRSP</MESTYP></EDI_DC40>"
    "<E1EDP01><POSEX>10</POSEX></E1EDP01>"
    "<E1EDP01><POSEX>20</POSEX><E1EDP20><WMENG>x</WMENG></E1EDP20></E1EDP01></IDOC></ORDERS05>"
)
SHAPES = {
    "one": IDOC,
    "a list": [IDOC],
    "a packet": {"IDOCS": [IDOC]},
    "by basic type": {"ORDERS05": {"IDOC": [IDOC]}},
    "in small letters": json.loads(json.dumps(IDOC).lower()),
}
MESSAGES = {name: json.dumps(shape).encode() for name, shape in SHAPES.items()}


@pytest.mark.parametrize("data", [*MESSAGES.values(), XML.encode()], ids=[*MESSAGES, "XML"])
def test_a_fault_is_marked_where_it_is(data: bytes) -> None:
    shown = show(data, ["IDOCS/0 (ORDRSP 1): E1EDP01/1/E1EDP20/0/WMENG: not a number"])
    [mark] = shown.marks
    assert "wmeng" in shown.lines[mark.line].lower()
    assert "x" in shown.lines[mark.line]


@pytest.mark.parametrize("data", [*MESSAGES.values(), XML.encode()], ids=[*MESSAGES, "XML"])
def test_what_is_missing_is_marked_at_what_it_is_missing_in(data: bytes) -> None:
    shown = show(data, ["IDOCS/0 (ORDRSP 1): E1EDP01/1/MENGE: Field required"])
    [mark] = shown.marks
    following = "".join(shown.lines[mark.line : mark.line + 3])
    assert "20" in following


def test_the_fault_of_another_idoc_is_marked_in_that_one() -> None:
    data = json.dumps({"IDOCS": [IDOC, IDOC | {"Z1X": [{"A": "wrong"}]}]}).encode()
    shown = show(data, ["IDOCS/1 (ORDRSP 1): E1EDP01/0/POSEX: wrong"])
    first = next(i for i, line in enumerate(shown.lines) if '"10"' in line)
    assert shown.marks[0].line > first


def test_the_line_of_what_is_no_json_is_marked() -> None:
    data = b'{\n"IDOCS": [\n{,}]}'
    shown = show(data, ["not JSON in UTF-8: Expecting property name: line 3 column 2 (char 14)"])
    assert (shown.format, shown.lines[shown.marks[0].line]) == ("text", "{,}]}")


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"null", b"[]", b"{}", b"<", b"<a><!DOCTYPE"])
def test_anything_is_shown(data: bytes) -> None:
    shown = show(data, ["no IDoc", "E1X/0/Y: wrong", ""])
    assert shown.cut is False


def test_what_is_endless_is_cut() -> None:
    shown = show(json.dumps([1] * (MOST_LINES + 1)).encode(), [])
    assert (len(shown.lines), shown.cut) == (MOST_LINES, True)
    assert show(b"x" * 3_000_000, []).cut
