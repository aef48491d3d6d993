"""Sizes as people and spreadsheets write them."""

import re
import unicodedata

from shared.text.folding import fold
from shared.text.spelling import plain

_FRACTIONS = {"1/2": ".5", "1/4": ".25", "3/4": ".75"}
"""Others, such as thirds, have no decimals of their own."""
_FRACTION = re.compile(r"(?<=[0-9])\s*-?\s*([1-7]\u2044[2-8])$|(?<=[0-9])(?:\s+|-)([1-7]/[2-8])$")
# 39-42 and S-M, of which people write the dash as a slash.
_RANGE = re.compile(
    r"([0-9]{1,3}(?:\.[0-9]{1,2})?|[0-9]?x{0,4}[sl]|m)-((?:[0-9]{1,3}(?:\.[0-9]{1,2})?|[0-9]?x{0,4}[sl]|m)[a-z]{0,6})"
)
_WAIST = re.compile(r"^(w[0-9]+)[/x-]?(?=l[0-9])")
# In English and the languages of our markets.
_ONE_SIZE = frozenset(
    (
        *("onesize", "osfa", "osfm", "os", "nosize", "uni", "unisize", "unica", "unico", "tu"),
        *("tailleunique", "tagliaunica", "tallaunica", "einheitsgrosse", "einheitsgroesse"),
        *("egymeret", "egymeretes", "rozmiaruniwersalny", "uniwersalny", "enstorlek", "onestorlek"),
    )
)
# What heads columns, folded: 36, 36.5, 36 2/3, 30x32, 30/32, 4-5y, 75b, 38+, w32/l34; and S, XXL,
# 3xl, 1x, s/m, 2xl tall.
_NUMBER = r"[0-9]{1,3}(?:\.[0-9]{1,2}| [1-7]/[2-8])?"
_KIND = r"[a-k]{1,3}|y|yrs?|years?|m|mo|months?|t|w|r|l|s|\+"
_LETTERS = r"(?:[0-9]?x{0,4}[sl]|m|[0-9]x)"
_FIT = r" ?(?:tall|long|short|petite|regular|slim)|t"
_HEADING = re.compile(
    rf"{_NUMBER}(?:[x/-]{_NUMBER})?(?:{_KIND}|{_FIT})?|w[0-9]{{2}}(?:/l[0-9]{{2}})?"
    rf"|{_LETTERS}(?:[/-]{_LETTERS})?(?:{_FIT})?|one size"
)


def fold_size(text: str) -> str:
    """Equal for spellings of one size.

    "36,5", "36½" and "36 1/2"; "36⅔" and "36 2/3"; "42.0" and "42"; "30×32"; "75 B" and "75B";
    "S / M", "S-M" and "S/M"; "39-42" and "39/42"; "W32 L34" and "W32/L34"; and what "one size" is
    called.
    """
    meant = plain("".join(map(_write_out, text)))
    meant = meant.casefold().replace(",", ".").replace("×", "x").replace("*", "x")
    meant = _FRACTION.sub(_fraction, meant.replace("(", " ").replace(")", " ").strip())
    meant = " ".join(meant.split())
    meant = re.sub(r" (?=[x/+-])|(?<=[x/-]) (?=[0-9a-z])", "", meant)
    meant = re.sub(r"(?<=[0-9]) (?=[a-z])|(?<=\b[wl]) (?=[0-9])|(?<=[a-z]) (?=l ?[0-9])", "", meant)
    meant = re.sub(r"^([0-9]+)\.0+$", r"\1", _WAIST.sub(r"\1/", meant))
    if found := _RANGE.fullmatch(meant):
        meant = f"{found[1]}/{found[2]}"
    return "one size" if re.sub(r"[^a-z0-9]", "", fold(meant)) in _ONE_SIZE else meant


def is_other_spelling(text: str, sku: str, size: str) -> bool:
    """Whether a text is a SKU with its size in another spelling: 10001-010-36,5 is 10001-010-36.5.

    Both are in capitals, or in the same letters.
    """
    colourway, _, own = sku.rpartition("-")
    start = f"{colourway}-"
    return bool(own) and text.startswith(start) and fold_size(text[len(start) :]) == fold_size(size)


def is_size_heading(text: str) -> bool:
    """Whether a column's name is a size."""
    return bool(_HEADING.fullmatch(fold_size(text)))


def _write_out(character: str) -> str:
    """⅔ as 2⁄3, with the slash that only fractions have."""
    written = unicodedata.normalize("NFKC", character)
    return written if "\u2044" in written else character


def _fraction(found: re.Match[str]) -> str:
    written = (found[1] or found[2]).replace("\u2044", "/")
    return _FRACTIONS.get(written, f" {written}")
