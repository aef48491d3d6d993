"""Amounts as a reader's locale writes them, as the portal's `Intl` does."""

import re
from decimal import Decimal

from babel import Locale
from babel.numbers import format_currency

# CLDR's currencySpacing (UTS 35, part 3, 4.2), which Babel leaves out: a currency that is
# written in letters does not touch its digits.
_TOUCHING = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_SPACE = "\u00a0"


def write_amount(value: Decimal, currency: str, locale: Locale) -> str:
    """The amount in major units with its currency."""
    return _TOUCHING.sub(_SPACE, format_currency(value, currency, locale=locale))
