"""What a word's inflected forms have in common, by Snowball's rules for its language."""

from functools import cache, lru_cache
from typing import Any

from functions.catalog.index.words import Word
from shared.text.folding import fold

_SNOWBALL = {
    "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "fi": "finnish", "fr": "french", "ga": "irish",
    "hu": "hungarian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "nl": "dutch",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "sv": "swedish",
}  # fmt: skip


@cache
def _stemmer(language: str) -> Any:
    # Imported when first needed, since most instances start without a search.
    from Stemmer import Stemmer  # noqa: PLC0415

    return Stemmer(_SNOWBALL[language])


@lru_cache(maxsize=1 << 12)
def stems(word: Word, language: str) -> frozenset[str]:
    """The stems, folded: with the word's accents, which some rules need, and without.

    Of a language that Snowball has no rules for, the word itself.
    """
    if language not in _SNOWBALL or not word.folded.isalpha():
        return frozenset({word.folded})
    stem = _stemmer(language).stemWord
    return frozenset({fold(stem(word.written)), stem(word.folded)})
