"""What people call columns, in every language of the portal."""

import pytest

from functions.carts.upload.names import names_of
from shared.text.locale import LANGUAGES

MEANINGS = ("article", "door", "window", "quantity", "style", "colour", "size", "total", "week")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("meaning", MEANINGS)
def test_each_language_has_names_of_its_own(meaning: str, language: str) -> None:
    """names.json, that a new language must come to."""
    assert names_of(meaning, language)[0] != names_of(meaning)[0]
