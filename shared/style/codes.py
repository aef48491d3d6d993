"""What a text says that is typed, pasted, scanned or uploaded as an article.

One reader for look-up, quick order, search and upload. It knows numbers under bar codes (GTIN-8,
12, 13 and 14) and labels of cases (GS1-128 and its kin; GS1 General Specifications, 3 and 7.8),
and what spreadsheet, chat and office programs make of them. Everything else is a SKU.
Whether there is such an article is not asked here.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from stdnum import ean

from shared.text.message import N_
from shared.text.spelling import unwrap

CodeFault = Literal[
    "empty", "check_digit", "digits_lost", "no_article", "label_broken", "case_unknown", "ambiguous"
]

REASONS: dict[CodeFault, str] = {
    "empty": N_("There is no SKU or GTIN here."),
    "check_digit": N_("This GTIN has a typing error: its check digit does not fit."),
    "digits_lost": N_(
        "The spreadsheet program has shortened this GTIN to %(text)s. "
        "Give the column the format “Text” and enter it again."
    ),
    "no_article": N_("This label names no article: it is of a parcel, a pallet or a place."),
    "label_broken": N_("This label can't be read whole. Scan it again, or enter the article."),
    "case_unknown": N_(
        "This is the label of a case, and how many pieces are in it is not known. "
        "Enter the article and the quantity."
    ),
    "ambiguous": N_("Several articles have this GTIN: %(articles)s. Choose one."),
}

RESTORED = N_("This GTIN had lost its leading zeros: they were put back.")

T = TypeVar("T")

_GTIN_LENGTHS = (8, 12, 13, 14)
_SHORTENED_LENGTHS = (9, 10, 11)
"""A GTIN-12 or 13 whose leading zeros a spreadsheet dropped."""
_GROUPS = re.compile(r"[0-9]+ [0-9]+(?: [0-9]+)*-[0-9]+(?:[ -][0-9]+)*")  # "9 521000 10001-5"
_DASHED = re.compile(r"[0-9]+(?:-[0-9]+)+")
_WHOLE = re.compile(r"([0-9]{8,14})[.,]0{1,2}")  # a number that a program wrote as a fraction
_POWER = re.compile(r"([0-9])(?:[.,]([0-9]+))?E\+?([0-9]{1,2})", re.IGNORECASE)

# AIM symbology identifiers (ISO/IEC 15424); those of GS1's element strings.
_SYMBOLOGY = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_OF_GS1 = ("]C1", "]e0", "]e1", "]e2", "]d2", "]Q3", "]J1")
_SEPARATOR = "\x1d"  # FNC1 as scanners send it
_SEPARATORS = re.compile("\u241d|<GS>|<FNC1>|{GS}|{FNC1}|\\[GS]|\\[FNC1]", re.IGNORECASE)
_ELEMENTS = re.compile(r"\([0-9]{2,4}\)|00[0-9]{18}|0[12][0-9]{14}|" + _SEPARATOR)
_DIGITAL_LINK = re.compile(r"https?://.*?/01/([0-9]{8,14})(?:[/?#].*)?", re.IGNORECASE)
_VARIABLE_MEASURE = "9"  # indicator of a GTIN-14 (GS1 General Specifications, 2.1.7)
_LONGEST_COUNT = 8  # figures of AI 37


@dataclass(frozen=True, slots=True)
class Code:
    """A read code: of a SKU where `gtin` is empty.

    `text` is a SKU in capitals, or the code as it was read. `gtin` has 13 digits and is that of
    the single article, also on the label of a case: then `in_cases`. `count` is how many pieces,
    or cases, the label names. `restored` tells that leading zeros were put back. `otherwise` is
    the GTIN that a SKU of digits and dashes may be, where there is no such SKU.
    """

    text: str
    gtin: str = ""
    count: int = 1
    in_cases: bool = False
    restored: bool = False
    fault: CodeFault | None = None
    otherwise: str = ""

    def as_gtin(self) -> "Code | None":
        """What it is where there is no such SKU."""
        return _number(self.text, self.otherwise) if self.otherwise else None

    def of_article(self, gtin: str, case_gtin: str) -> "Code":
        """The code as that of an article which has it: in cases where it is its case's own GTIN."""
        is_case = bool(self.gtin) and self.gtin == case_gtin != gtin
        return replace(self, in_cases=True) if is_case else self

    def pieces(self, per_case: int) -> int | None:
        """How many pieces it stands for; None where that a case's contents are not known."""
        if not self.in_cases:
            return self.count
        return self.count * per_case if per_case > 1 else None


def read_code(text: str) -> Code:
    """What the text says; `fault` where it can be no article as it stands."""
    meant = unwrap(text)
    if whole := _WHOLE.fullmatch(meant):
        meant = whole[1]
    if not meant:
        return Code("", fault="empty")
    if found := _power(meant):
        return found
    if link := _DIGITAL_LINK.fullmatch(meant):
        return _number(link[1], link[1])
    symbology = _SYMBOLOGY.match(meant)
    bare = meant[symbology.end() :] if symbology else meant
    # The text below a bar code has blanks, its contents have none (GS1's character set 82).
    labelled = _SEPARATORS.sub(_SEPARATOR, bare).replace(" ", "")
    if (symbology and symbology[0] in _OF_GS1) or _ELEMENTS.match(labelled):
        return _label(labelled)
    return _digits(bare) or Code(bare.upper(), otherwise=_with_dashes(bare))


def resolve(found: Iterable[T], sku: Callable[[T], str]) -> T | Literal["ambiguous"] | None:
    """The one article of those that have a code, None without any; "ambiguous" where several have it.

    Which of them is meant only a person can say; the brand reads of it at its desk
    (`shared/style/shared_gtin.py`).
    """
    articles = {sku(one): one for one in found}
    return "ambiguous" if len(articles) > 1 else next(iter(articles.values()), None)


def _power(text: str) -> Code | None:
    """A number as 4.01235E+12: what is cut off nobody can know, all digits can be read."""
    found = _POWER.fullmatch(text)
    if found is None:
        return None
    digits = found[1] + (found[2] or "")
    # A shorter mantissa lost digits, or zeros that nobody can tell from them.
    if len(digits) == int(found[3]) + 1 and len(digits) in _GTIN_LENGTHS and ean.is_valid(digits):
        return _number(text, digits)
    return Code(text, fault="digits_lost")


def _digits(text: str) -> Code | None:
    """Digits in whatever groups, where their number is that of a GTIN.

    Not in groups with dashes alone: SKUs have those, and one in ten would have the check digit
    (`_with_dashes`). Where the first group ends with a blank, it is no SKU with its quantity behind it.
    """
    if _GROUPS.fullmatch(text):
        digits = text.replace(" ", "").replace("-", "")
        return _number(text, digits) if len(digits) in _GTIN_LENGTHS else None
    digits = text.replace(" ", "")
    if not (digits.isascii() and digits.isdigit()):
        return None
    # SAP and labels fill up to more digits than any GTIN has.
    digits = digits.lstrip("0").zfill(13) if len(digits) > _GTIN_LENGTHS[-1] else digits
    if len(digits) in (*_GTIN_LENGTHS, *_SHORTENED_LENGTHS):
        return _number(text, digits)
    return None


def _with_dashes(text: str) -> str:
    """The digits of a GTIN of full length in groups with dashes; empty where it is none."""
    digits = text.replace("-", "") if _DASHED.fullmatch(text) else ""
    return digits if len(digits) in _GTIN_LENGTHS and ean.is_valid(digits) else ""


def _number(text: str, digits: str) -> Code:
    """A GTIN of any length. Zeros before it don't count: all are found by 13 digits.

    The first digit of a GTIN-14 tells a grouping of the article, whose own number has another
    check digit.
    """
    shortened = len(digits) in _SHORTENED_LENGTHS
    if not ean.is_valid(digits.zfill(14)):
        # A number of our own may have as many digits as what is left of a GTIN.
        return Code(text.upper()) if shortened else Code(text, fault="check_digit")
    indicator, rest = digits.zfill(14)[0], digits.zfill(14)[1:]
    if indicator == _VARIABLE_MEASURE:
        return Code(text, fault="no_article")
    if indicator != "0":
        return Code(text, rest[:-1] + ean.calc_check_digit(rest[:-1]), in_cases=True)
    return Code(text, rest, restored=shortened)


def _label(text: str) -> Code:
    """The article of a GS1 element string, and how many of it.

    (02) and (37) name the articles within a case or pallet and their number. Labels that name
    the case by (01) with a count beside it mean pieces in it.
    """
    # Imported for a label only: its table of identifiers would be a part of every cold start.
    from stdnum import gs1_128  # noqa: PLC0415
    from stdnum.exceptions import ValidationError  # noqa: PLC0415

    shown = text.replace(_SEPARATOR, "")
    try:
        elements = gs1_128.info(_with_separators(text), separator=_SEPARATOR)
    except (ValidationError, ValueError):
        return Code(shown, fault="label_broken")
    trade, content = elements.get("01"), elements.get("02")
    number = content or trade
    if number is None:
        return Code(shown, fault="no_article")
    read = _number(shown, str(number))
    count = elements.get("37")
    if count is None:
        return read if trade else Code(shown, fault="label_broken")
    if not 0 < count < 10**_LONGEST_COUNT:
        return Code(shown, fault="label_broken")
    return replace(read, count=count, in_cases=read.in_cases and content is not None)


def _with_separators(text: str) -> str:
    """Element strings as people read them, "(01)…(37)…", with the separators of bar codes."""
    return re.sub(r"(?<!^)\((?=[0-9]{2,4}\))", _SEPARATOR + "(", text)
