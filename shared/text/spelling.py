"""Texts that people spell, and programs write, in more than one way."""

import re
import unicodedata
from functools import cache

from shared.text.folding import fold

_MINUS = "\u2212"
_FULL_WIDTH = range(0xFF01, 0xFF5F)  # of ASCII, at this distance from it
_FROM_ASCII = 0xFEE0
_TEXT_FORMULA = re.compile(r'=\s*"((?:[^"]|"")*)"')  # how spreadsheets are told to keep digits
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_APOSTROPHES = "'\u2018\u2019\u201b\u00b4`"
SPELT_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}
"""As keyboards without them have it: German (Duden, K 4), and the Nordic languages'."""
_IN_TWO = str.maketrans(SPELT_OUT)


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


def spelt_out(text: str) -> str:
    """As `fold_spelling`, but with umlauts in two letters: "Muenchen" is what "München" becomes."""
    return fold_spelling(unicodedata.normalize("NFC", text).casefold().translate(_IN_TWO))


def without_digraphs(text: str) -> str:
    """As `fold_spelling`, of the text with umlauts where two letters may stand for one."""
    return re.sub("(?<=[aou])e|(?<=a)a", "", fold_spelling(text))


def unwrap(text: str) -> str:
    """The text without the formula, quotes or apostrophes that keep it a text in spreadsheets."""
    meant = plain(text)
    for wrapped in (_QUOTED, _TEXT_FORMULA):
        if found := wrapped.fullmatch(meant):
            meant = plain(found[1].replace('""', '"'))
    return plain(meant.lstrip(_APOSTROPHES))


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
