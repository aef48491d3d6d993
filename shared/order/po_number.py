"""A buyer's PO number: as it was written, and as SAP and those behind it can have it."""

import re

from anyascii import anyascii

from shared.text.unicode import compose, without_unseen

LONGEST = 20
"""PURCH_NO_C has 35 characters: our 14-character number, a slash, and the buyer's."""

# As passports write them (ICAO Doc 9303 part 3, section 6); anyascii leaves the second letter out.
_SPELT_OUT = str.maketrans(
    {"Ä": "Ae", "ä": "ae", "Ö": "Oe", "ö": "oe", "Ü": "Ue", "ü": "ue", "Å": "Aa", "å": "aa"}
    | {"Ø": "Oe", "ø": "oe"}
)
_NUMBER_SIGN = re.compile(r"(?<![^\W\d_])([Nn])[°º]")
"""How "number" is written in French, Italian and Spanish: N°, whose circle is no degree."""


def clean(written: str) -> str:
    """NFC, without invisible letters anywhere and blanks of any kind around it."""
    return without_unseen(str(compose(written))).strip()


def sap_form(written: str) -> str:
    """The number in printable ASCII, which every code page of SAP's, EDI partner and carrier knows.

    It is fixed when an order is placed, since SAP is asked for orders by it: another release
    of anyascii may spell a letter in another way.
    """
    plain = anyascii(_NUMBER_SIGN.sub(r"\1o", clean(written)).translate(_SPELT_OUT))
    return " ".join("".join(c if " " <= c <= "~" else " " for c in plain).split())
