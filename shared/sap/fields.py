"""SAP's ways of writing values, as annotated types for the models of its messages.

All values come as text: numbers with a trailing minus, dates as YYYYMMDD (or with hyphens, as
/ui2/cl_json writes type D, and times with colons), identifiers padded with zeros (conversion exit
ALPHA), flags as "X" or empty.
"""

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal

from babel.numbers import get_currency_precision
from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from shared.text.unicode import one_line

# Decimals of currencies in SAP's table TCURX as delivered; all others have 2. A field of type
# CURR stores two decimals whatever the currency has, so its value is shifted by the difference.
_TCURX = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "HUF", "IDR", "JPY", "KMF", "KRW", "PYG"), 0),
    **dict.fromkeys(("RWF", "TWD", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}

# SPRAS (T002) to ISO 639-1.
_LANGUAGES = {
    "W": "bg", "C": "cs", "K": "da", "D": "de", "G": "el", "E": "en", "S": "es", "9": "et",
    "U": "fi", "F": "fr", "6": "hr", "H": "hu", "I": "it", "X": "lt", "Y": "lv", "N": "nl",
    "O": "no", "L": "pl", "P": "pt", "4": "ro", "Q": "sk", "5": "sl", "V": "sv",
}  # fmt: skip

_NUMBER = re.compile(r"[0-9]{1,18}(\.[0-9]{1,9})?-?")


def without_zeros(value: str) -> str:
    """An identifier as people write it: ALPHA pads only what is purely numeric.

    Raises:
        ValueError: nothing is left, or it has characters that no identifier has.
    """
    stripped = value.lstrip("0") if value.isdigit() else value
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", stripped):
        raise ValueError(f"{value!r} is not an identifier")
    return stripped


def _key(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9._-]{1,40}", value) or value.strip(".") == "":
        raise ValueError(f"{value!r} is not a key")
    return value


def _text(value: object) -> str:
    # Validators that come before pydantic's own get whatever stands in the message.
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not text")  # noqa: TRY004 (pydantic collects these)
    return value


def read_decimal(value: object) -> Decimal:
    """A number; SAP's minus stands behind it.

    Raises:
        ValueError: it is none, or no text.
    """
    text = _text(value).strip()
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{value!r} is not a number")
    try:
        amount = Decimal(text.rstrip("-"))
    except InvalidOperation as error:
        raise ValueError(f"{value!r} is not a number") from error
    return -amount if text.endswith("-") else amount


def read_whole(value: object) -> int:
    """A number of pieces: decimals may be there, but are zero.

    Raises:
        ValueError: it is no number, not whole, or no text.
    """
    number = read_decimal(value)
    if number != number.to_integral_value():
        raise ValueError(f"{value!r} is not a whole number")
    return int(number)


MOST_MINOR_UNITS = 2**63 - 1
"""That Firestore counts with."""

NO_DATE = frozenset({"", "00000000", "0000-00-00", "0"})
"""How a field of type D is written that has no date."""


def read_date(value: object) -> date:
    """A date of eight digits, hyphens between them or not.

    Raises:
        ValueError: it is none, or no text; "00000000" is none either.
    """
    text = _text(value)
    match = re.fullmatch(r"([0-9]{4})(-?)([0-9]{2})\2([0-9]{2})", text)
    if not match:
        raise ValueError(f"{value!r} is not a date")
    return date(int(match[1]), int(match[3]), int(match[4]))


def read_time(value: object) -> time:
    """A time of six digits, colons between them or not.

    Raises:
        ValueError: it is none, or no text.
    """
    text = _text(value)
    match = re.fullmatch(r"([0-9]{2})(:?)([0-9]{2})\2([0-9]{2})", text)
    if not match:
        raise ValueError(f"{value!r} is not a time")
    return time(int(match[1]), int(match[3]), int(match[4]))


def read_flag(value: object) -> bool:
    """A check box: "X" or nothing.

    Raises:
        ValueError: it is anything else, of which nobody knows what it means.
    """
    text = _text(value).strip(" ")
    if text not in ("X", ""):
        raise ValueError(f"{value!r} is neither X nor empty")
    return text == "X"


def read_stamp(value: str) -> datetime:
    """The time of a source stamp (20 digits, microseconds, UTC)."""
    return datetime.strptime(value, "%Y%m%d%H%M%S%f").replace(tzinfo=UTC)


def last_of_second(stamp: str) -> str:
    """The last stamp of the second that a source stamp is in.

    Of a sales order that is stamped by the second nobody knows whether a figure of SAP's of the
    same second includes it. As of its last moment it counts beside that figure: rather once too
    often than not at all.
    """
    return f"{stamp[:14]}999999"


def _stamp(value: str) -> str:
    if not re.fullmatch(r"[0-9]{14}([0-9]{6})?", value):
        raise ValueError(f"{value!r} is not a stamp of 20 digits, or of 14")
    stamp = value if len(value) == 20 else last_of_second(value)
    read_stamp(stamp)
    return stamp


def minor_units(
    value: Decimal, currency: str, amounts: Literal["shifted", "plain"] = "shifted"
) -> int:
    """The amount of a CURR value in the currency's minor units (CLDR digits).

    Shifted, as SAP's database has it, 1,299.00 JPY is "12.99" in SAP and 1299 here; 12,990 HUF is
    "129.90" and 1,299,000 here. Plain it is what people read: "12990".

    Raises:
        ValueError: it is finer than the currency's minor unit, or more than can be stored.
    """
    real = value.scaleb(2 - _TCURX.get(currency, 2)) if amounts == "shifted" else value
    minor = real.scaleb(get_currency_precision(currency))
    if minor != minor.to_integral_value():
        raise ValueError(f"{value} is finer than the minor unit of {currency}")
    if abs(minor) > MOST_MINOR_UNITS:
        raise ValueError(f"{value} {currency} is more than can be stored")
    return int(minor)


def language(spras: str, iso: str = "") -> str:
    """A language key: ISO 639-1 where SAP gives it, else from SPRAS; Norwegian is bokmål.

    SPRAS knows capitals from small letters: "d" is not "D", German.

    Raises:
        ValueError: neither is known.
    """
    code = iso.lower() or _LANGUAGES.get(spras, "")
    if not re.fullmatch(r"[a-z]{2}", code):
        raise ValueError(f"{spras!r} is not a language key")
    return "nb" if code == "no" else code


Line = Annotated[str, AfterValidator(one_line)]
"""A name or a line of an address, which people read: by the rule of `one_line`."""
_NUMBER_ON_THE_WIRE = WithJsonSchema({"type": "string", "pattern": r"^ *\d{1,18}(\.\d{1,9})?-? *$"})

Alpha = Annotated[str, AfterValidator(without_zeros)]
Key = Annotated[str, AfterValidator(_key)]
Amount = Annotated[Decimal, BeforeValidator(read_decimal), _NUMBER_ON_THE_WIRE]
Whole = Annotated[int, BeforeValidator(read_whole), _NUMBER_ON_THE_WIRE]
Pieces = Annotated[int, BeforeValidator(read_whole), Field(ge=0), _NUMBER_ON_THE_WIRE]
Position = Annotated[int, BeforeValidator(read_whole), Field(ge=1), _NUMBER_ON_THE_WIRE]
"""An item's number in its document (NUMC)."""
Date = Annotated[
    date,
    BeforeValidator(read_date),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}(-?)\d{2}\1\d{2}$"}),
]
Flag = Annotated[bool, BeforeValidator(read_flag), WithJsonSchema({"enum": ["X", " ", ""]})]
Stamp = Annotated[str, AfterValidator(_stamp)]
"""Of a sales order; one of 14 digits is the last of its second."""
