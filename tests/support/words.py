"""The portal's texts in one language, by their English source, as its catalogues hold them."""

import functools
import re
from collections.abc import Callable
from pathlib import Path

from babel.messages.pofile import read_po

_CATALOGUES = Path(__file__).resolve().parents[2] / "web/src/i18n/locales"

Words = Callable[..., str]


@functools.cache
def _catalogue(language: str) -> dict[str, str]:
    lines = (_CATALOGUES / f"{language}.po").read_text().splitlines(keepends=True)
    # Babel takes no empty date.
    read = read_po(line for line in lines if not line.startswith('"PO-Revision-Date'))
    return {str(each.id): str(each.string) for each in read if each.id}


def words(language: str) -> Words:
    """words("de")("Brand's order number: {sap}", sap="17"): that text in German.

    Values of placeholders with a number come in their order. Raises KeyError for a text
    that the portal does not have. Plurals are not filled in.
    """

    def word(text: str, *numbered: str, **named: str) -> str:
        values = {str(number): value for number, value in enumerate(numbered)} | named
        told = _catalogue(language)[text]
        return re.sub(r"\{(\w+)\}", lambda found: values[found[1]], told)

    return word
