import pytest
from babel import Locale
from hypothesis import example, given
from hypothesis import strategies as st

from shared.text.locale import DEFAULT, LANGUAGES, LOCALES, fallbacks, negotiate, pick

supported = st.sampled_from(LOCALES).map(Locale.parse)
tags = st.one_of(st.sampled_from(LOCALES).map(lambda name: name.replace("_", "-")), st.text())
ranges = st.builds(
    lambda tag, quality: f"{tag};q={quality}", tags, st.one_of(st.floats(), st.integers())
)
headers = st.one_of(st.text(), st.lists(st.one_of(tags, ranges)).map(",".join))


@given(headers)
@example("")
@example(";q=,;;q=1;=,*;q=0")
@example("de;q=1e999, fr;q=-0")
def test_any_header_gives_a_supported_locale(header: str) -> None:
    assert str(negotiate(header)) in LOCALES


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("de", "de"),
        ("DE-at", "de"),
        ("de-CH-1996,de;q=0.9", "de"),
        ("en", "en"),
        ("en-GB,en;q=0.8", "en"),
        ("en-US,en;q=0.8", "en_US"),
        ("en-ca", "en_CA"),
        ("fr-CA", "fr_CA"),
        ("fr-FR", "fr"),
        ("es-MX", "es_MX"),
        ("es-AR", "es"),
        ("nb-NO", "nb"),
        ("no", "nb"),
        ("nn-NO,nn;q=0.9", "nb"),
        ("hu;q=0.1", "hu"),
    ],
)
def test_a_language_is_recognized(header: str, expected: str) -> None:
    assert str(negotiate(header)) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("de;q=0.5, fr;q=0.9, pl;q=0.7", "fr"),
        ("sv, de;q=0.9", "sv"),
        ("ja, ko;q=0.9, hu;q=0.2", "hu"),
        ("*;q=0.9, pl;q=0.1", "pl"),
        ("de;q=0, sv;q=0.1", "sv"),
    ],
)
def test_the_most_wanted_supported_language_wins(header: str, expected: str) -> None:
    assert str(negotiate(header)) == expected


@pytest.mark.parametrize(
    "header", ["", "*", "ja", "zh-Hant-TW", "de;q=0", "de;q=often", "d e", ",", "x" * 9_000]
)
def test_english_for_what_is_unsupported_or_no_language(header: str) -> None:
    assert str(negotiate(header)) == DEFAULT


@given(supported)
def test_fallbacks_go_from_the_locale_to_english_without_repetition(locale: Locale) -> None:
    chain = fallbacks(locale)
    assert chain[0] == str(locale)
    assert locale.language in chain
    assert chain[-1] == DEFAULT
    assert len(set(chain)) == len(chain)


@given(
    st.dictionaries(st.sampled_from(LOCALES), st.sampled_from(["", "a", "b"])),
    supported,
    st.text(min_size=1),
)
def test_a_text_is_never_empty_and_the_nearest_there_is(
    texts: dict[str, str], locale: Locale, otherwise: str
) -> None:
    found = pick(texts, locale, otherwise)
    there = [texts[key] for key in fallbacks(locale) if texts.get(key)]
    others = [texts[key] for key in sorted(texts) if texts[key]]
    assert found == [*there, *others, otherwise][0]
    assert found


def test_our_own_languages_can_all_be_asked_for_and_english_is_the_first() -> None:
    assert LANGUAGES[0] == DEFAULT
    assert {str(negotiate(language)) for language in LANGUAGES} == set(LANGUAGES)
