"""Which locale a person reads, from `Accept-Language` (RFC 9110, 12.5.4).

`languages.json` is the registry of the languages that our own texts are in: tag to its name in
that language and the region whose formats are used where a browser names none. The portal and
the tests read it, too. What SAP calls a product may be in any of `LOCALES`.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from babel import Locale
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

# The EU's official languages, Norwegian, and North America's (docs/domain.md).
_SAPS = (
    *("bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it"),
    *("lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv", "nb"),
    *("en_US", "en_CA", "fr_CA", "es_US", "es_MX"),
)
DEFAULT = "en"
LANGUAGES: tuple[str, ...] = tuple(
    json.loads(Path(__file__).with_name("languages.json").read_bytes())
)
"""The languages of our own texts; English, in which they are written, is the first."""
LOCALES = tuple(dict.fromkeys((*_SAPS, *LANGUAGES)))
"""What a person may read: texts of SAP's are in some, all others are ours."""
_BY_TAG = {name.replace("_", "-").lower(): name for name in LOCALES} | {
    # Browsers name Norwegian as a whole or Nynorsk, too; Bokmål is what we have.
    "no": "nb",
    "nn": "nb",
}


@lru_cache(maxsize=512)
def negotiate(accept_language: str) -> Locale:
    """The best supported locale for an `Accept-Language` header; English for none."""
    for tag, quality in parse_accept_header(accept_language, LanguageAccept):
        if quality > 0:
            for candidate in (tag.lower(), tag.lower().split("-")[0]):
                if candidate in _BY_TAG:
                    return Locale.parse(_BY_TAG[candidate])
    return Locale.parse(DEFAULT)


@lru_cache(maxsize=512)  # A page of the catalogue asks for every name in it.
def fallbacks(locale: Locale) -> tuple[str, ...]:
    """Language keys to try for a catalogue text: the locale, its language, English."""
    return tuple(dict.fromkeys((str(locale), locale.language, DEFAULT)))


def nearest(texts: Mapping[str, str], locale: Locale) -> str | None:
    """The language key of the first text of the fall-back chain that is not empty."""
    for key in fallbacks(locale):
        if texts.get(key):
            return key
    return None


def pick(texts: Mapping[str, str], locale: Locale, otherwise: str) -> str:
    """The text that is nearest to the reader, else one in any language, else `otherwise`."""
    key = nearest(texts, locale) or min(filter(texts.get, texts), default=None)
    return otherwise if key is None else texts[key]


def pick_nearest(texts: Mapping[str, str], locale: Locale, otherwise: str) -> str:
    """The text that is nearest to the reader, else `otherwise`, which says more than another
    language's: a size is S to a German, and P to the French only."""
    key = nearest(texts, locale)
    return otherwise if key is None else texts[key]
