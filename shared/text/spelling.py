"""Texts that people spell, and programs write, in more than one way."""

import unicodedata
from functools import cache

from shared.text.folding import fold

_MINUS = "\u2212"
_FULL_WIDTH = range(0xFF01, 0xFF5F)  # of ASCII, at this distance from it
_FROM_ASCII = 0xFEE0


def plain(text: str) -> str:
    """The text as it is meant: chat and office programs replace what they think looks better.

    Without what can't be seen (zero width, direction and byte order marks, soft hyphens), all
    dashes as "-", all blanks as " ", full-width letters and digits as ASCII, and without blanks
    around. Controls such as GS1's separator stay.
    """
    if text.isascii():
        return text.strip(" \t\r\n\v\f")
    return "".join(map(_meant, text)).strip(" \t\r\n\v\f")


def fold_spelling(text: str) -> str:
    """Folded (see `folding`), and without the blanks, dashes and underscores that people vary."""
    return "".join(fold(plain(text)).replace("-", " ").replace("_", " ").split())


@cache
def _meant(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Cf":
        return ""
    if kind == "Pd" or character == _MINUS:
        return "-"
    if kind == "Zs":
        return " "
    if ord(character) in _FULL_WIDTH:
        return chr(ord(character) - _FROM_ASCII)
    return character
