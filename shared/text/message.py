"""Texts that a person reads: an English message with parameters, rendered for a locale.

The English text is the key in the catalogues (`shared/text/locales/<lang>/LC_MESSAGES/
sellin.po`). Mark it where it is written with `N_` (or `N_plural`) so that Babel finds it;
it is translated only when it is rendered, because only then the reader is known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import TypeAlias

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_decimal

from shared.money import Money
from shared.text.amount import write_amount

LOCALES = Path(__file__).parent / "locales"

Parameter: TypeAlias = "str | int | date | datetime | Money | Sequence[str | Message] | Message"


def N_(message: str) -> str:  # noqa: N802 (gettext's name)
    """Mark a message for extraction."""
    return message


def N_plural(singular: str, plural: str) -> tuple[str, str]:  # noqa: N802
    """Mark a message with a plural form for extraction."""
    return singular, plural


@dataclass(frozen=True)
class Message:
    """`text` is an English %-format, or (singular, plural) chosen by the parameter `count`."""

    text: str | tuple[str, str]
    parameters: Mapping[str, Parameter] = field(default_factory=dict)

    def render(self, locale: Locale) -> str:
        """The text in the reader's language with numbers, dates and money in their format."""
        translations = _translations(str(locale))
        if isinstance(self.text, tuple):
            count = self.parameters["count"]
            pattern = translations.ngettext(*self.text, count if isinstance(count, int) else 1)
        else:
            pattern = translations.gettext(self.text)
        return pattern % {name: _format(v, locale) for name, v in self.parameters.items()}


def _format(value: Parameter, locale: Locale) -> str:
    match value:
        case Message():
            text = value.render(locale)
        case Money():
            text = write_amount(value.decimal, value.currency, locale)
        case int():
            text = format_decimal(value, locale=locale)
        case datetime():
            text = format_datetime(value, "long", locale=locale)  # names its time zone
        case date():
            text = format_date(value, "medium", locale=locale)
        case list():
            text = format_list([_format(one, locale) for one in value], locale=locale)
        case str():
            text = value
    return text


@cache
def _translations(locale: str) -> NullTranslations:
    """Catalogue of a locale; English, which needs none, where there is no other."""
    languages = [locale, locale.split("_", maxsplit=1)[0]]
    return translation("sellin", LOCALES, languages, fallback=True)
