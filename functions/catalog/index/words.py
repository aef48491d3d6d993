"""Texts without case and accents, for searching and sorting."""

import re
from functools import lru_cache

from anyascii import anyascii

_WORD = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=1 << 12)
def fold(text: str) -> str:
    """Lower-case ASCII: Größe and GROSSE are the same, other scripts are transliterated."""
    return str(anyascii(text.casefold())).lower()


@lru_cache(maxsize=1 << 12)
def words(text: str) -> tuple[str, ...]:
    """The distinct folded words of a text, in order."""
    return tuple(dict.fromkeys(_WORD.findall(fold(text))))
