"""Values between Python and ABAP: what is taken, what is refused, what comes back."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulators.sap.client import pyrfc
from emulators.sap.client.pyrfc._convert import Style, to_python, to_wire
from emulators.sap.client.pyrfc._interface import Parameter, parse_parameters

PLAIN = Style(rstrip=True, dtime=False)
STRUCTURES = {"ROW": ["NAME CHAR 5", "AMOUNT CURR 15.2"]}


def parameter(kind: str, direction: str = "CHANGING") -> Parameter:
    """A parameter of an ABAP type such as "CHAR 10" or of a structure."""
    return parse_parameters([f"{direction} P {kind}"], STRUCTURES)["P"]


def round_trip(kind: str, value: Any, style: Style = PLAIN) -> Any:
    """What comes back of a value that SAP echoes."""
    each = parameter(kind)
    return to_python(each, to_wire(each, value), style)


@pytest.mark.parametrize(
    ("kind", "value", "back"),
    [
        ("CHAR 5", "ab  ", "ab"),
        ("CHAR 5", "", ""),
        ("NUMC 6", "10", "000010"),
        ("QUAN 13.3", "5", Decimal("5.000")),
        ("QUAN 13.3", 2.5, Decimal("2.500")),
        ("DEC 28.9", Decimal("-12.5"), Decimal("-12.500000000")),
        ("INT4 10", 7, 7),
        ("FLTP 16.16", 0.1, 0.1),
        ("DATS 8", "20270201", "20270201"),
        ("DATS 8", date(2027, 2, 1), "20270201"),
        ("DATS 8", "", ""),
        ("DATS 8", None, ""),
        ("TIMS 6", "235959", "235959"),
        ("TIMS 6", time(1, 2, 3), "010203"),
        ("TIMS 6", "", "000000"),
        ("RAW 4", b"\x01", b"\x01\0\0\0"),
    ],
)
def test_a_value_comes_back_as_abap_holds_it(kind: str, value: Any, back: Any) -> None:
    answer = round_trip(kind, value)

    assert answer == back
    assert type(answer) is type(back)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("CHAR 5", None),
        ("CHAR 5", 1),
        ("NUMC 6", ""),
        ("NUMC 6", "10 "),
        ("NUMC 6", 10),
        ("NUMC 6", "٣"),
        ("QUAN 13.3", 5),
        ("QUAN 13.3", True),
        ("QUAN 13.3", ""),
        ("QUAN 13.3", "many"),
        ("QUAN 13.3", "NaN"),
        ("INT4 10", "7"),
        ("INT4 10", True),
        ("FLTP 16.16", 1),
        ("DATS 8", "00000000"),
        ("DATS 8", "20270230"),
        ("DATS 8", "2027021"),
        ("TIMS 6", "240000"),
        ("RAW 4", "01"),
        ("ROW", [("NAME", "x")]),
    ],
)
def test_a_wrong_type_is_refused_with_the_name(kind: str, value: Any) -> None:
    with pytest.raises(TypeError) as caught:
        to_wire(parameter(kind), value)

    assert caught.value.args[-1] == "P"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("CHAR 5", "abcdef"),
        ("NUMC 6", "0000010"),
        ("QUAN 13.3", "10000000000"),
        ("QUAN 13.3", "0.0005"),
        ("INT4 10", 2**31),
        ("RAW 4", b"12345"),
    ],
)
def test_what_does_not_fit_is_refused(kind: str, value: Any) -> None:
    with pytest.raises(pyrfc.ExternalRuntimeError, match="does not fit into field 'P'") as caught:
        to_wire(parameter(kind), value)

    assert (caught.value.code, caught.value.key) == (22, "RFC_CONVERSION_FAILURE")


def test_rows_come_with_all_their_fields() -> None:
    table = parameter("ROW", "TABLES")

    assert to_python(table, to_wire(table, [{"NAME": "x"}]), PLAIN) == [
        {"NAME": "x", "AMOUNT": Decimal("0.00")}
    ]


def test_only_exact_lists_and_dictionaries_are_taken() -> None:
    class Row(dict):
        pass

    for value in (({"NAME": "x"},), [Row(NAME="x")], {"NAME": "x"}):
        with pytest.raises(TypeError):
            to_wire(parameter("ROW", "TABLES"), value)


def test_dates_can_come_as_python_has_them() -> None:
    style = Style(rstrip=False, dtime=True)

    assert round_trip("DATS 8", "20270201", style) == date(2027, 2, 1)
    assert round_trip("DATS 8", "", style) is None
    assert round_trip("TIMS 6", "235959", style) == time(23, 59, 59)
    assert round_trip("CHAR 5", "ab", style) == "ab   "


@given(st.decimals(min_value=-(10**10) + 1, max_value=10**10 - 1, places=3))
def test_every_quantity_that_fits_comes_back(value: Decimal) -> None:
    assert round_trip("QUAN 13.3", value) == value


@given(st.text(max_size=35))
def test_every_text_comes_back_without_its_trailing_blanks(value: str) -> None:
    assert round_trip("CHAR 35", value) == value.rstrip(" ")
