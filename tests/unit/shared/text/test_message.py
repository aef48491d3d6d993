from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
from babel import Locale

from infra import messages
from shared.money import Money
from shared.text.locale import DEFAULT, LANGUAGES, LOCALES
from shared.text.message import Message, Parameter

ENTRIES = ("Send at least %(count)s entry.", "Send at least %(count)s entries.")
LEFT = (
    "Only %(count)s piece of %(sku)s is left for %(on)s.",
    "Only %(count)s pieces of %(sku)s are left for %(on)s.",
)
NBSP, NARROW_NBSP = "\u00a0", "\u202f"


@cache
def _texts() -> list[messages.Text]:
    ids = (message.id for message in messages.extract() if message.id)
    return [text if isinstance(text, str) else tuple(text) for text in ids]


def _render(text: messages.Text, parameters: dict[str, Parameter], locale: str) -> str:
    pattern = text if isinstance(text, str) else (text[0], text[1])
    return Message(pattern, parameters).render(Locale.parse(locale))


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize(
    "parameter",
    [
        lambda name: f"<{name}>",
        lambda name: 1_234_567,
        lambda name: date(2027, 3, 1),
        lambda name: datetime(2027, 3, 1, 14, 5, tzinfo=UTC),
        lambda name: Money(amount=123_456, currency="PLN"),
        lambda name: [name, "other", "third"],
        lambda name: Message("<%(inner)s>", {"inner": name}),
    ],
    ids=["text", "number", "date", "time", "money", "list", "message"],
)
def test_every_text_renders_with_parameters_of_any_kind(
    locale: str, parameter: Callable[[str], Parameter]
) -> None:
    for text in _texts():
        for count in (0, 1, 2, 5, 22) if isinstance(text, tuple) else (0,):
            names = messages.placeholders(text)
            parameters: dict[str, Parameter] = {name: parameter(name) for name in names}
            rendered = _render(text, parameters | {"count": count}, locale)
            assert rendered.strip()
            assert "%(" not in rendered


@pytest.mark.parametrize("locale", LANGUAGES)
def test_every_text_shows_each_of_its_parameters(locale: str) -> None:
    for text in _texts():
        shown = {name: f"<{name}>" for name in messages.placeholders(text) - {"count"}}
        rendered = _render(text, {**shown, "count": 5}, locale)
        assert all(value in rendered for value in shown.values()), rendered


@pytest.mark.parametrize(
    ("locale", "one", "two", "five", "twenty_two"),
    [
        ("en", "entry", "entries", "entries", "entries"),
        ("de", "Eintrag", "Einträge", "Einträge", "Einträge"),
        ("fr", "entrée", "entrées", "entrées", "entrées"),
        ("hu", "bejegyzést", "bejegyzést", "bejegyzést", "bejegyzést"),
        ("pl", "wpis", "wpisy", "wpisów", "wpisy"),
        ("sv", "post", "poster", "poster", "poster"),
    ],
)
def test_nouns_agree_with_their_count(
    locale: str, one: str, two: str, five: str, twenty_two: str
) -> None:
    for count, noun in ((1, one), (2, two), (5, five), (22, twenty_two)):
        words = _render(ENTRIES, {"count": count}, locale).rstrip(".").split()
        assert str(count) in words
        assert noun in words


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (1, "pozostała tylko 1 sztuka"),
        (2, "pozostały tylko 2 sztuki"),
        (5, "pozostało tylko 5 sztuk"),
        (12, "pozostało tylko 12 sztuk"),
        (22, "pozostały tylko 22 sztuki"),
        (0, "pozostało tylko 0 sztuk"),
    ],
)
def test_polish_verbs_agree_with_their_count(count: int, expected: str) -> None:
    shown: dict[str, Parameter] = {"count": count, "sku": "10123-010-42", "on": date(2027, 3, 1)}
    assert expected in _render(LEFT, shown, "pl")


@pytest.mark.parametrize("locale", LOCALES)
def test_a_locale_without_a_catalogue_of_its_own_reads_its_language_or_english(
    locale: str,
) -> None:
    language = locale.split("_", maxsplit=1)[0]
    expected = {
        "de": "Bitte melden Sie sich an.",
        "fr": "Veuillez vous connecter.",
        "hu": "Kérjük, jelentkezzen be.",
        "pl": "Prosimy się zalogować.",
        "sv": "Logga in.",
    }
    assert _render("Please sign in.", {}, locale) == expected.get(language, "Please sign in.")


@pytest.mark.parametrize(
    ("locale", "value", "expected"),
    [
        ("hu", Money(amount=1_299_000, currency="HUF"), f"12{NBSP}990,00{NBSP}Ft"),
        ("pl", Money(amount=1_234_550, currency="PLN"), f"12{NBSP}345,50{NBSP}zł"),
        ("en_US", Money(amount=123_450, currency="USD"), "$1,234.50"),
        ("de", Money(amount=123_450, currency="EUR"), f"1.234,50{NBSP}€"),
        ("fr", Money(amount=123_450, currency="EUR"), f"1{NARROW_NBSP}234,50{NBSP}€"),
        ("sv", Money(amount=123_450, currency="SEK"), f"1{NBSP}234,50{NBSP}kr"),
        ("en", Money(amount=1_234, currency="JPY"), "¥1,234"),
        ("de", 1_234_567, "1.234.567"),
        ("en", 1_234_567, "1,234,567"),
        ("hu", 1_234_567, f"1{NBSP}234{NBSP}567"),
        ("de", date(2027, 3, 1), "01.03.2027"),
        ("en_US", date(2027, 3, 1), "Mar 1, 2027"),
        ("pl", date(2027, 3, 1), "1 mar 2027"),
        ("hu", date(2027, 3, 1), "2027. márc. 1."),
        ("de", datetime(2027, 3, 1, 14, 5, tzinfo=UTC), "1. März 2027, 14:05:00 UTC"),
        ("de", ["a", "b", "c"], "a, b und c"),
        ("sv", "as it is", "as it is"),
    ],
)
def test_a_parameter_is_shown_as_in_the_locale(
    locale: str, value: Parameter, expected: str
) -> None:
    assert _render("%(value)s", {"value": value}, locale) == expected


@pytest.mark.parametrize(
    "folder",
    [
        messages.LOCALES,
        messages.ROOT / "web/src/i18n/locales",
        messages.ROOT / "web/src/features/desk/locales",
    ],
)
def test_services_and_portal_have_catalogues_of_the_registrys_languages(folder: Path) -> None:
    found = {path.stem for path in folder.iterdir() if path.is_dir() or path.suffix == ".po"}
    assert found | {DEFAULT} == set(LANGUAGES)
