"""Whatever shape SAP's message comes in, the same IDocs are read from it."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.sap.fault import UntranslatableMessageError
from shared.sap.fields import read_decimal
from shared.sap.shapes import MOST_IDOCS, MOST_LEVELS, Shaped, read_shapes
from tests.factories.sap_articles import artmas
from tests.factories.sap_customers import debmas, zcredit
from tests.factories.sap_documents import ordrsp
from tests.factories.sap_prices import cond_a
from tests.support.wire import lower, single, xml

NAMES = st.from_regex(r"(E1|Z1)[A-Z0-9]{1,6}", fullmatch=True)
FIELDS = st.from_regex(r"[A-D][A-Z0-9_]{1,6}", fullmatch=True)
# What XML can hold of text; SAP's texts have no line ends.
TEXTS = st.text(
    st.characters(exclude_categories=("C", "Zl", "Zp")).filter(
        lambda c: c == c.strip() or c == " "
    ),
    max_size=12,
)
ROWS = st.recursive(
    st.dictionaries(FIELDS, TEXTS, max_size=3),
    lambda inner: st.builds(
        lambda fields, segments: fields | segments,
        st.dictionaries(FIELDS, TEXTS, max_size=2),
        st.dictionaries(NAMES, st.lists(inner, min_size=1, max_size=3), max_size=2),
    ),
    max_leaves=8,
)
SEGMENTS = st.dictionaries(NAMES, st.lists(ROWS, min_size=1, max_size=3), max_size=4)
IDOCS = st.lists(
    st.one_of(
        SEGMENTS.map(lambda segments: {"EDI_DC40": [{"MESTYP": "ARTMAS"}], **segments}),
        st.sampled_from(
            [
                one | {"EDI_DC40": [one["EDI_DC40"]]}
                for one in (artmas(), cond_a(), debmas(), zcredit(), ordrsp())
            ]
        ),
    ),
    min_size=1,
    max_size=3,
)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


SHAPES: dict[str, Callable[[list[Any]], bytes]] = {
    "IDOCS": lambda idocs: _json({"IDOCS": idocs}),
    "bare list": _json,
    "by basic type": lambda idocs: _json({"ORDERS05": {"IDOC": idocs}}),
    "each by basic type": lambda idocs: _json([{"ORDERS05": {"IDOC": one}} for one in idocs]),
    "IDOCS by basic type": lambda idocs: _json({"IDOCS": [{"DEBMAS07": {"IDOC": idocs}}]}),
    "lower case": lambda idocs: _json(lower({"IDOCS": idocs})),
    "single objects": lambda idocs: _json({"idocs": single(idocs)}),
    "one alone": lambda idocs: _json(single(idocs)),
    "escaped": lambda idocs: json.dumps({"IDOCS": idocs}).encode(),
    "XML": xml,
}


@given(IDOCS)
def test_any_message_in_any_shape_is_the_same(idocs: list[Any]) -> None:
    wanted = read_shapes(SHAPES["IDOCS"](idocs))
    assert [one.reasons for one in wanted] == [[]] * len(idocs)
    for name, shape in SHAPES.items():
        found = read_shapes(shape(idocs))
        # Of an empty list nothing is left in XML.
        assert [_filled(one.segments) for one in found] == [
            _filled(one.segments) for one in wanted
        ], name


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _filled(inner) for name, inner in value.items() if inner != []}
    return [_filled(one) for one in value] if isinstance(value, list) else value


def _one(**segments: Any) -> Shaped:
    [found] = read_shapes(_json({"EDI_DC40": {"MESTYP": "ARTMAS"}, **segments}))
    return found


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=3
    )
)
def test_a_json_number_is_the_text_that_sap_writes_of_it(number: Decimal) -> None:
    data = b'{"EDI_DC40": {}, "E1EDP01": {"MENGE": %s}}' % format(number, "f").encode()
    [found] = read_shapes(data)
    text = found.segments["E1EDP01"][0]["MENGE"]
    assert read_decimal(text) == number
    assert text.rstrip("-") == format(abs(number), "f")


def test_an_articles_long_number_goes_before_the_short_one() -> None:
    data = json.dumps(
        {
            "EDI_DC40": {},
            "E1X": [
                {"MATERIAL": "", "MATERIAL_LONG": "CW2288-111-42-STADIUM-BLUE"},
                {"MATNR": "10123001", "MATNR_LONG": ""},
                {"E1Y": {"MATNR_LONG": "000000000000000000000000000000000010123001"}},
                {"CHAR_VALUE": "Blue", "CHAR_VALUE_LONG": "Stadium blue"},
            ],
        }
    )
    [found] = read_shapes(data.encode())
    first, second, third, fourth = found.segments["E1X"]
    assert first["MATERIAL"] == "CW2288-111-42-STADIUM-BLUE"
    assert second["MATNR"] == "10123001"
    assert third["E1Y"][0]["MATNR"].lstrip("0") == "10123001"
    assert fourth["CHAR_VALUE"] == "Blue"


def test_numbers_flags_and_nothing() -> None:
    data = b'{"edi_dc40": {}, "e1x": {"a": 10, "b": 0.10, "c": 1.5e3, "d": true, "e": false, "f": null}}'
    [found] = read_shapes(data)
    [row] = found.segments["E1X"]
    assert row == {"A": "10", "B": "0.10", "C": "1500", "D": "X", "E": ""}


def test_a_name_in_a_customers_name_space_is_the_same_in_xml() -> None:
    data = b"<X><IDOC><EDI_DC40/><_-ACME_-SEG SEGMENT='1'><A>1</A></_-ACME_-SEG></IDOC></X>"
    [found] = read_shapes(data)
    assert found.segments["/ACME/SEG"] == [{"A": "1"}]


def test_xml_may_be_of_other_encodings() -> None:
    text = "<A><IDOC><EDI_DC40><MESTYP>Größe</MESTYP></EDI_DC40></IDOC></A>"
    for encoding in ("utf-16", "utf-8-sig", "iso-8859-1"):
        head = '<?xml version="1.0" encoding="iso-8859-1"?>' if encoding == "iso-8859-1" else ""
        [found] = read_shapes((head + text).encode(encoding))
        assert found.segments["EDI_DC40"] == [{"MESTYP": "Größe"}]


def test_what_is_no_segment_or_there_twice_is_named() -> None:
    assert _one(E1KNVPM=["x"]).reasons == ["E1KNVPM/0: not a segment"]
    assert _one(E1KNVPM={"a": "1", "A": "2"}).reasons == ["E1KNVPM/0/A: is there twice"]
    deep: Any = {"A": "1"}
    for _ in range(MOST_LEVELS + 1):
        deep = {"Z1": deep}
    [reason] = _one(Z1=deep).reasons
    assert "levels deep" in reason


BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    b"<x><IDOC><EDI_DC40>&b;</EDI_DC40></IDOC></x>"
)
EXTERNAL = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


@pytest.mark.parametrize(
    "data",
    [
        BOMB,
        EXTERNAL,
        b'<!DOCTYPE x SYSTEM "http://sap.test/x.dtd"><x/>',
        b"<x>&a;</x>",
        b"<x><IDOC></x>",
        b"<a>" * 200_000,
        b"<?xml version='1.0' encoding='no-such'?><x/>",
        b"<x/>" * 2,
        b"<x>\xff</x>",
    ],
)
def test_bombs_entities_and_what_is_no_xml_are_refused(data: bytes) -> None:
    with pytest.raises(UntranslatableMessageError, match="XML"):
        read_shapes(data)


def test_too_many_idocs_are_refused() -> None:
    with pytest.raises(UntranslatableMessageError, match="10001 IDocs"):
        read_shapes(_json([{"EDI_DC40": {}}] * (MOST_IDOCS + 1)))
