"""What an order can be found by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.order.po_number import sap_form
from shared.order.search import MOST_SPELLINGS, WHOLE, bare, search_terms, spellings

NUMBER = "7K3Q9XZ4M2-014"
ASCII = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20)


@given(ASCII, st.data())
def test_every_part_of_a_po_number_finds_it_in_any_case(
    po_number: str, data: st.DataObject
) -> None:
    terms = search_terms(NUMBER, po_number, None)
    start = data.draw(st.integers(0, len(po_number)))
    part = po_number[start : data.draw(st.integers(start, len(po_number)))]
    if bare(part):
        assert bare(part.upper()) in terms
        assert bare(part.lower()) in terms


@given(ASCII, st.from_regex(r"[0-9]{1,10}", fullmatch=True))
def test_a_document_has_a_bounded_number_of_entries(po_number: str, sap_number: str) -> None:
    terms = search_terms(NUMBER, po_number, sap_number)
    assert len(terms) <= 210 + 13 + 10 + 1
    assert "" not in terms


def test_numbers_are_found_by_how_they_begin_and_end() -> None:
    terms = search_terms(NUMBER, "Herbst", "1004711")
    assert {"7k3q9xz4m2", "7k3q9xz4m2014", "7k3", "1004711", "4711"} <= set(terms)
    assert "x" not in terms


def test_a_whole_po_number_is_told_from_a_part() -> None:
    assert WHOLE + "po12" in search_terms(NUMBER, "PO-12", None)
    assert WHOLE + "po12" not in search_terms(NUMBER, "PO-123", None)


@pytest.mark.parametrize("written", ["M\u00fcller 7", "MUELLER-7", "Muller 7"])
@pytest.mark.parametrize("typed", ["m\u00fcller", "Mueller7", "MULLER", "ulle"])
def test_umlauts_are_found_however_a_keyboard_has_them(written: str, typed: str) -> None:
    terms = search_terms(NUMBER, sap_form(written), None)
    assert set(spellings(bare(sap_form(typed)))) & set(terms)


@pytest.mark.parametrize(
    ("written", "typed"),
    [("\u00c5ngstr\u00f6m", "angstrom"), ("Sm\u00f8rrebr\u00f8d", "smorrebrod")],
)
def test_letters_of_the_north_are_found_without_them(written: str, typed: str) -> None:
    assert set(spellings(typed)) & set(search_terms(NUMBER, sap_form(written), None))


@given(ASCII)
def test_what_is_typed_is_looked_for_first_and_never_in_more_ways_than_can_be(text: str) -> None:
    found = spellings(bare(text))
    assert found[0] == bare(text)
    assert len(found) == len(set(found)) <= MOST_SPELLINGS
