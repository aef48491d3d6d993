"""What buyers call things otherwise than a catalogue does, and forms that no rule of a language has.

`shared/text/synonyms` has a file for each language, a line for what is typed and what it means:
several words, or words for several things with "|" between them.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import product
from pathlib import Path

from functions.catalog.index.stems import stems
from functions.catalog.index.words import Word, apart
from shared.text import synonyms

_FOLDER = Path(synonyms.__file__).parent
MOST_WORDS = 2
"""Of what is typed for one thing: t shirt, kurze Hose."""

Phrase = tuple[Word, ...]


def meant(typed: Sequence[Word], languages: Iterable[str]) -> Iterator[Phrase]:
    """What the words mean besides themselves, in whatever form they are."""
    seen = set()
    for language in languages:
        known = _of(language)
        for key in _keys(typed, language):
            for phrase in known.get(key, ()):
                if phrase not in seen:
                    seen.add(phrase)
                    yield phrase


@cache
def _of(language: str) -> dict[tuple[str, ...], list[Phrase]]:
    found: dict[tuple[str, ...], list[Phrase]] = {}
    path = _FOLDER / f"{language}.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for line in lines:
        if line and not line.startswith("#"):
            typed, _, meanings = line.partition(":")
            phrases = [apart(meaning) for meaning in meanings.split("|")]
            for key in set(_keys(apart(typed), language)):
                found[key] = found.get(key, []) + phrases
    return found


def _keys(typed: Sequence[Word], language: str) -> Iterator[tuple[str, ...]]:
    """The words as they are, and each by its stem."""
    return product(*({word.folded, *stems(word, language)} for word in typed))
