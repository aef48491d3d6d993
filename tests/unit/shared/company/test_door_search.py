"""A door is found by each beginning of its name, of a later word of it, of city and number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.company.door_search import LONGEST_TERM, place_of, term_of, terms_of
from tests.factories.company import address, door

WORDS = st.lists(st.text("abzÄßłŐ09", min_size=1, max_size=12), min_size=1, max_size=5)


@given(WORDS, WORDS, st.data())
def test_whoever_types_its_beginning_finds_it(
    name: list[str], city: list[str], data: st.DataObject
) -> None:
    one = door(name=" ".join(name), address=address(city="-".join(city)))
    words = data.draw(st.sampled_from([name, city, [one.id]]))
    whole = " ".join(words[data.draw(st.integers(0, len(words) - 1)) :])
    typed = whole[: data.draw(st.integers(1, len(whole)))]
    assert term_of(typed.upper()) in terms_of(one) | {""}
    assert len(term_of(typed)) <= LONGEST_TERM


@pytest.mark.parametrize("query", ["", " ", "·", "'"])
def test_no_letter_and_no_digit_is_no_search(query: str) -> None:
    assert term_of(query) == ""


def test_the_default_door_comes_first_then_names() -> None:
    doors = [door("3", name="b"), door("2", name="A"), door("1", name="z", default=True)]
    assert [one.id for one in sorted(doors, key=place_of)] == ["1", "2", "3"]
