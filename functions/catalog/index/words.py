"""The words of a text, as they are written and folded, and how else people spell them."""

import re
from functools import lru_cache
from typing import NamedTuple

from shared.text.folding import fold
from shared.text.spelling import SPELT_OUT

_FOLDED = re.compile(r"[a-z0-9]+")
_WRITTEN = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_JOINED = re.compile(r"(?<=[^\W_])[-'’.](?=[^\W\d_])")

_SPELLED = str.maketrans(SPELT_OUT)
_CONTRACTED = re.compile("|".join(sorted(set(SPELT_OUT.values()))))

# What is spelt in another way on the other side of the Atlantic.
_BRITISH = {"gray": "grey", "grays": "greys", "color": "colour", "colors": "colours"}
_BRITISH |= {"fiber": "fibre", "fibers": "fibres", "pajamas": "pyjamas", "mold": "mould"}
_ATLANTIC = _BRITISH | {british: american for american, british in _BRITISH.items()}


class Word(NamedTuple):
    """A word: `written` in small letters with its accents, `folded` without."""

    written: str
    folded: str


@lru_cache(maxsize=1 << 12)
def words(text: str) -> tuple[Word, ...]:
    """The distinct words of a text in order, then those that a hyphen joins, as one: Sport-BH."""
    return tuple(dict.fromkeys((*apart(text), *hyphenated_words(text))))


def apart(text: str) -> tuple[Word, ...]:
    """The distinct words of a text, with those that a hyphen joins one by one."""
    written = _WRITTEN.findall(text.casefold())
    return tuple(dict.fromkeys(word for one in written for word in _fold(one)))


def hyphenated_words(text: str) -> tuple[Word, ...]:
    """The words that a hyphen joins, as one."""
    small = text.casefold()
    whole = (one for one in _JOINED.sub("", small).split() if one not in small and one.isalnum())
    return tuple(word for one in whole for word in _fold(one))


@lru_cache(maxsize=1 << 14)
def _fold(written: str) -> tuple[Word, ...]:
    """One word, as a rule; a sign that is transliterated may be several."""
    folded = fold(written)
    found = _FOLDED.findall(folded)
    return (Word(written, folded),) if found == [folded] else tuple(Word(one, one) for one in found)


def respelt(word: Word) -> list[str]:
    """How else the word may be spelt, folded: groesse for größe, gray for grey."""
    spelt = fold(word.written.translate(_SPELLED))
    others = [spelt] if spelt != word.folded else []
    return others + ([_ATLANTIC[word.folded]] if word.folded in _ATLANTIC else [])


def contract(folded: str) -> str:
    """What the word is if its ae, oe, ue and aa stand for a letter with an accent."""
    return _CONTRACTED.sub(lambda pair: pair.group()[0], folded)
