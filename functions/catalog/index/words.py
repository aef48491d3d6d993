"""The words of a text, for searching."""

import re
from functools import lru_cache

from shared.text.folding import fold

_WORD = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=1 << 12)
def words(text: str) -> tuple[str, ...]:
    """The distinct folded words of a text, in order."""
    return tuple(dict.fromkeys(_WORD.findall(fold(text))))
