"""Lists in the order of each language's dictionaries."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.text.folding import fold
from shared.text.locale import LANGUAGES
from shared.text.sorting import sort_key

# As schoolbooks have them; Hungarian long vowels are told apart from short ones last, so left out.
ALPHABETS = {
    "hu": "a b c cs d dz dzs e f g gy h i j k l ly m n ny o ö p q r s sz t ty u ü v w x y z zs",
    "pl": "a ą b c ć d e ę f g h i j k l ł m n ń o ó p q r s ś t u v w x y z ź ż",
    "sv": "a b c d e f g h i j k l m n o p q r s t u v w x y z å ä ö",
    "de": "a b c d e f g h i j k l m n o p q r s t u v w x y z",
}


def _ascending(words: list[str], language: str) -> bool:
    keys = [sort_key(word, language) for word in words]
    return all(one < other for one, other in pairwise(keys))


@pytest.mark.parametrize("language", ALPHABETS)
def test_letters_are_in_the_order_of_the_alphabet(language: str) -> None:
    letters = ALPHABETS[language].split()
    for words in (letters, [f"{one}z9" for one in letters], [one.upper() for one in letters]):
        assert _ascending(words, language)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("hu", ["cukor", "csapat", "dal", "Dzeta", "dzsóker", "eb"]),
        ("hu", ["kastély", "kassza", "kaszt"]),
        ("hu", ["ló", "lovas", "lő", "lyuk"]),
        ("pl", ["Lato", "Lzy", "Łaba", "łan", "Mazury"]),
        ("sv", ["Yxa", "Überlook", "Zebra", "Åska", "Ägg", "Älg", "Ö 3.0", "Ökenråtta"]),
        ("de", ["Arm", "Ärmel", "Armut", "Straße", "Strasse 2", "Zebra"]),
        ("fr", ["Éclair", "école", "Étoile"]),
        ("en", ["Ähnlich", "Zealous"]),
    ],
)
def test_words_are_where_a_reader_looks_for_them(language: str, words: list[str]) -> None:
    assert _ascending(words, language)


@given(st.text(), st.text(), st.sampled_from(sorted(set(LANGUAGES) - {"hu", "pl", "sv"})))
def test_other_languages_have_no_letters_of_their_own(one: str, other: str, language: str) -> None:
    assert (sort_key(one, language) < sort_key(other, language)) == (fold(one) < fold(other))


@given(st.text(alphabet="aáąbcsdzśźżłöőüűåä -19", max_size=12), st.sampled_from(["hu", "pl", "sv"]))
def test_capitals_and_decomposed_letters_sort_alike(text: str, language: str) -> None:
    key = sort_key(text, language)
    assert key.isascii()
    assert sort_key(text.upper(), language) == key
    assert sort_key(unicodedata.normalize("NFD", text), language) == key
