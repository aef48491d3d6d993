"""The letters and symbols that the confirmation as PDF can show."""

import json
from pathlib import Path

import pytest
from babel import Locale
from babel.numbers import format_currency
from fontTools.ttLib import TTFont
from structlog.testing import capture_logs

from functions.orders.documents import pdf_writer
from shared.text.locale import LOCALES
from tests.unit.functions.orders.documents.papers import FOLDER, NAMES, confirmation_of, placed


@pytest.mark.parametrize("name", ["noto-sans-regular.ttf", "noto-sans-bold.ttf"])
def test_the_font_has_the_letters_of_all_languages(name: str) -> None:
    letters = set(TTFont(FOLDER / name).getBestCmap())
    for tag in LOCALES:
        locale = Locale.parse(tag)
        words = [*locale.territories.values(), *locale.months["format"]["wide"].values()]
        currencies = ("EUR", "CZK", "HUF", "PLN", "RON", "CHF", "GBP", "USD", "CAD", "MXN")
        words += [format_currency(-1234567, one, locale=locale) for one in currencies]
        missing = {c for word in words for c in word if ord(c) not in letters}
        assert not missing, (tag, missing)


LETTERS = json.loads((Path(__file__).parent / "letters.json").read_text("utf-8"))["languages"]
"""Of each language CLDR's exemplarCharacters, main and auxiliary; some are of several."""


@pytest.mark.parametrize("language", LETTERS)
def test_every_letter_of_cldr_is_shown(language: str) -> None:
    small = f"{LETTERS[language]['main']} {LETTERS[language]['auxiliary']}".split()
    names = NAMES.model_copy(update={"style": {"en": " ".join([*small, *map(str.upper, small)])}})
    with capture_logs() as logs:
        assert pdf_writer.write(
            confirmation_of("en", placed().model_copy(update={"names": {"10123": names}}))
        )
    assert logs == []


def test_composed_and_separate_marks_are_the_same() -> None:
    separate = placed(placed_by="Lea\u0308ufer Ngu\u0079e\u0302\u0303n")
    composed = placed(placed_by="Leäufer Nguy\u1ec5n")
    assert pdf_writer.write(confirmation_of("de", separate)) == pdf_writer.write(
        confirmation_of("de", composed)
    )


@pytest.mark.parametrize("symbols", ["36⅔ 37⅓ ⅛", "← ↑ → ↓ ⇄", "✓ ✔ ✗ ★ ● ■ ≤ ≠"])
def test_symbols_in_names_are_shown(symbols: str) -> None:
    names = NAMES.model_copy(update={"style": {"en": symbols}, "sizes": {"S": {"en": symbols}}})
    with capture_logs() as logs:
        content = pdf_writer.write(
            confirmation_of("en", placed().model_copy(update={"names": {"10123": names}}))
        )
    assert b"DejaVu" in content
    assert logs == []


def test_letters_that_the_font_lacks_are_seen_to_be_missing() -> None:
    one = placed(placed_by="Noa נועה 山田 \U0001f600")
    with capture_logs() as logs:
        content = pdf_writer.write(confirmation_of("de", one))
    assert content != pdf_writer.write(confirmation_of("de", placed(placed_by="Noa    ")))
    [log] = logs
    assert (log["event"], log["order"]) == ("letters_missing", one.number)
    assert {"U+05E0", "U+5C71", "U+1F600"} <= set(log["letters"])
    font = TTFont(FOLDER / "noto-sans-regular.ttf")
    assert ord(pdf_writer.MISSING) in font.getBestCmap()
