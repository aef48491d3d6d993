"""Packed records are read by the releases before and after the one that wrote them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.packing import UnknownFormatError, check_format, pack, unpack

_VALUES = st.recursive(
    st.none() | st.integers(-(2**53), 2**53) | st.text(), lambda inner: st.lists(inner, max_size=3)
)


@given(known=st.lists(_VALUES, max_size=6), later=st.lists(_VALUES, max_size=3))
def test_fields_of_a_later_release_are_left_out(known: list[object], later: list[object]) -> None:
    assert unpack(pack([*known, *later]), len(known)) == known


@given(fields=st.lists(_VALUES, min_size=1, max_size=6), data=st.data())
def test_fields_that_an_earlier_release_did_not_know_have_their_default(
    fields: list[object], data: st.DataObject
) -> None:
    written = data.draw(st.integers(0, len(fields)))
    defaults = fields[written:]
    assert unpack(pack(fields[:written]), len(fields), defaults) == fields


def test_a_record_without_a_field_that_it_must_have_is_refused() -> None:
    with pytest.raises(ValueError, match="2 of 4 fields"):
        unpack("[1,2]", 4, defaults=(0,))


@pytest.mark.parametrize("text", ['{"a":1}', "7", "[1,"])
def test_what_is_no_record_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        unpack(text, 1)


@pytest.mark.parametrize("number", [0, 3, -1, "1"])
def test_a_format_of_a_later_release_is_refused_and_not_misread(number: object) -> None:
    with pytest.raises(UnknownFormatError):
        check_format(number, newest=2)


@pytest.mark.parametrize("number", [None, 1, 2])
def test_every_format_so_far_can_be_read(number: int | None) -> None:
    check_format(number, newest=2)
