"""Ids of SKUs, made of what SAP calls colours and sizes: safe in URLs, file names and keys.

An id is style-colour-size. Colours and sizes have no hyphen in it, so that the style is whatever
stands before the last two, and what a person reads stays as SAP writes it.
"""

import re
import unicodedata
from collections.abc import Iterable

_WORDS = {"+": "plus", ",": "."}
_FRACTION = "<fraction>"
_UNSAFE = re.compile(r"[^A-Za-z0-9.]+")
_LONGEST = 20


def safe(text: str) -> str:
    """The text of what ids have: "40/42" is "40_42", "36⅔" "36_2_3", "ÚNICA" "UNICA".

    Nothing is left of scripts without Latin letters.
    """
    spelt = "".join(_spelt(letter) for letter in text)
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", spelt)
        if not unicodedata.combining(letter)
    )
    return _UNSAFE.sub("_", bare).strip("_")[:_LONGEST]


def sku_ids(number: str, cells: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """The ids of a style's articles; `cells` are (article, colour code, size).

    Where two sizes are alike but for what an id can't have, that of the higher article number has
    the number, too, so that one which comes later takes no id from another.
    """
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for article, colour, size in sorted(cells):
        wanted = safe(size)
        id_ = f"{number}-{colour}-{wanted}"
        if not wanted or id_.upper() in taken:
            # An article number may have hyphens, too.
            id_ = f"{number}-{colour}-{f'{wanted}_{safe(article)}'.strip('_')}"
        taken.add(id_.upper())
        ids[article] = id_
    return ids


def _spelt(letter: str) -> str:
    if letter in _WORDS:
        return _WORDS[letter]
    # Without something between, "36⅔" would read as 362/3.
    is_fraction = unicodedata.decomposition(letter).startswith(_FRACTION)
    return f"_{letter}" if is_fraction else letter
