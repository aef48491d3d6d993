"""Texts speak to their readers in one way in each language."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
OTHER_WAY = {
    "de": r"\b(du|dich|dir|dein\w*|euch)\b",
    "fr": r"\b([Tt]u|[Tt]oi|[Tt]on|[Tt]es)\b",
    "hu": r"\b([Tt]éged|[Nn]eked|[Tt]iéd)\b",
    "pl": r"\b(Państw\w*|Pan|Pani)\b",
    "sv": r"(?<!\w)([Nn]i|[Ee]rt|[Ee]ra)\b",
}
"""Words of the way that is not ours: we say Sie, vous, ön, ty and du."""


@pytest.mark.parametrize("language", OTHER_WAY)
@pytest.mark.parametrize(
    "place",
    [
        "shared/text/locales/{0}/LC_MESSAGES/sellin.po",
        "web/src/i18n/locales/{0}.po",
        "web/src/features/desk/locales/{0}.po",
    ],
)
def test_readers_are_addressed_in_one_way(language: str, place: str) -> None:
    catalogue = (ROOT / place.format(language)).read_text("utf-8").replace('"\n"', "")
    told = re.findall(r'^msgstr(?:\[\d\])? "(.+)"$', catalogue, re.MULTILINE)
    assert len(told) > 50
    assert [text for text in told if re.search(OTHER_WAY[language], text)] == []
