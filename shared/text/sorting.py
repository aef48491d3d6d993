"""The order of names in a list, as readers of a language know it from their dictionaries.

What a language counts as letters of its own is from CLDR (common/collation/hu.xml, pl.xml and
sv.xml); everything else, as accents in German or French, sorts as `shared.text.folding` has it.
ICU would need a compiled library in every function for these three languages.
"""

import re
import unicodedata
from functools import lru_cache

from shared.text.folding import fold

_BEHIND = {
    "hu": [
        ["c", "cs"],
        ["d", "dz", "dzs"],
        ["g", "gy"],
        ["l", "ly"],
        ["n", "ny"],
        ["o", "ö|ő"],
        ["s", "sz"],
        ["t", "ty"],
        ["u", "ü|ű"],
        ["z", "zs"],
    ],
    "pl": [
        ["a", "ą"],
        ["c", "ć"],
        ["e", "ę"],
        ["l", "ł"],
        ["n", "ń"],
        ["o", "ó"],
        ["s", "ś"],
        ["z", "ź", "ż"],
    ],
    "sv": [["y", "ü"], ["z", "å", "ä|æ", "ö|ø"]],
}
"""A letter of ASCII, then the letters that come between it and the next."""
_FIRST_BEHIND = 0x7D  # greater than all letters and digits of ASCII
_LONG = {"hu"}
"""Where a long letter is written with its first part doubled: "ssz" is "sz" twice."""


@lru_cache(maxsize=1 << 12)
def sort_key(text: str, language: str) -> str:
    """What `text` sorts by for readers of a language (ISO 639-1)."""
    letters = _letters(language)
    if not letters:
        return fold(text)
    written = unicodedata.normalize("NFC", text.casefold())
    pattern = "|".join(sorted(letters, key=len, reverse=True))
    return fold(re.sub(pattern, lambda found: letters[found[0]], written))


@lru_cache
def _letters(language: str) -> dict[str, str]:
    """Letters of the language's own -> what they sort by."""
    found: dict[str, str] = {}
    for base, *behind in _BEHIND.get(language, []):
        for place, alike in enumerate(behind):
            key = base + chr(_FIRST_BEHIND + place)
            for letter in alike.split("|"):
                found[letter] = key
                if language in _LONG and len(letter) > 1:
                    found[letter[0] + letter] = key + key
    return found
