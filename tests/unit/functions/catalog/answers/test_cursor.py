"""Cursors come back as they were, and anything else is one fault."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.catalog.answers.cursor import Key, decode, encode, fingerprint
from functions.catalog.schema import StylesQuery
from shared.problem import InvalidInputProblem

keys = st.lists(st.integers() | st.text(st.characters(codec="utf-8")), max_size=3).map(tuple)


@given(key=keys)
def test_comes_back(key: Key) -> None:
    assert decode(encode("asked", key), "asked", key) == key


@given(text=st.text())
def test_garbled(text: str) -> None:
    with pytest.raises(InvalidInputProblem) as caught:
        decode(text, "asked", (1, "a"))
    assert [(fault.code, fault.pointer) for fault in caught.value.faults] == [
        ("stale_cursor", "/cursor")
    ]


def test_of_another_query_or_shape() -> None:
    cursor = encode("asked", (1, "a"))
    for asked, shape in (("other", (1, "a")), ("asked", ("a", 1)), ("asked", (1, 2, "a"))):
        with pytest.raises(InvalidInputProblem):
            decode(cursor, asked, shape)


def test_a_fingerprint_is_of_everything_but_the_page() -> None:
    one = fingerprint(StylesQuery(q="tee"), "100001", "de")
    assert one == fingerprint(StylesQuery(q="tee", limit=3, cursor="x"), "100001", "de")
    others = [
        fingerprint(StylesQuery(q="te"), "100001", "de"),
        fingerprint(StylesQuery(q="tee", sort="name"), "100001", "de"),
        fingerprint(StylesQuery(q="tee"), "100002", "de"),
        fingerprint(StylesQuery(q="tee"), "100001", "fr"),
    ]
    assert len({one, *others}) == 5
