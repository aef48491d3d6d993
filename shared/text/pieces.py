"""Quantities as people write them. None is guessed: one that can be read in two ways is asked about.

The portal reads what is typed by the same rules (web/src/shared/quantity/pieces.ts);
tests/vectors/quantities.json holds both to them.
"""

import math
import re
from typing import Literal

from shared.text.message import N_, Message
from shared.text.spelling import plain

QuantityFault = Literal["not_whole", "negative", "ambiguous_quantity", "too_large"]

MOST = 100_000
"""The most pieces that a line of a cart takes."""

_REASONS: dict[QuantityFault, str] = {
    "not_whole": N_("%(text)s is not a whole number of pieces."),
    "negative": N_("%(text)s is less than 0."),
    "ambiguous_quantity": N_(
        "%(text)s can be read in two ways. Write the number without points and commas."
    ),
    "too_large": N_("%(text)s is too much: a line has at most %(most)s."),
}

_WHOLE = re.compile(r"([0-9]+)(?:[.,]0{1,2})?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([ '\u2019])[0-9]{3})(?:\1[0-9]{3})*(?:[.,]0{1,2})?")
_BOTH_MARKS = re.compile(r"[0-9]{1,3}(?:(?:\.[0-9]{3})+,|(?:,[0-9]{3})+\.)0{1,2}")
_TWO_WAYS = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+")
_NEGATIVE = re.compile(r"-\s*[0-9][0-9.,' ]*")
_ROUNDING = 1e-9
"""What sums of binary fractions are off by: 0.1 × 30 is 3.0000000000000004."""


def read_pieces(text: str) -> int | QuantityFault:
    """A text as pieces: "12", " 12 ", "12,00", "1 200"; 1.200 is a thousand to some, one to others."""
    meant = plain(text)
    if found := _WHOLE.fullmatch(meant):
        return _within(found[1])
    if _GROUPED.fullmatch(meant) or _BOTH_MARKS.fullmatch(meant):
        return _within(re.sub(r"[^0-9]", "", re.sub(r"[.,]0{1,2}$", "", meant)))
    if _TWO_WAYS.fullmatch(meant):
        return "ambiguous_quantity"
    return "negative" if _NEGATIVE.fullmatch(meant) else "not_whole"


def count_pieces(number: float) -> int | QuantityFault:
    """A number of a spreadsheet as pieces, without what its arithmetic is off by."""
    if not math.isfinite(number):
        return "not_whole" if math.isnan(number) else "too_large" if number > 0 else "negative"
    nearest = round(number)
    if abs(number - nearest) > _ROUNDING * max(1.0, abs(number)):
        return "negative" if number < 0 else "not_whole"
    if nearest < 0:
        return "negative"
    return nearest if nearest <= MOST else "too_large"


def quantity_reason(fault: QuantityFault, text: str) -> Message:
    """Why the text, of which forty letters are shown, is no quantity."""
    return Message(_REASONS[fault], {"text": text[:40], "most": MOST})


def _within(digits: str) -> int | QuantityFault:
    significant = digits.lstrip("0") or "0"
    if len(significant) > len(str(MOST)) or int(significant) > MOST:
        return "too_large"
    return int(significant)
