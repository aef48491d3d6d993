"""How texts are compared, whatever the keyboard.

Größe and GROSSE, ΣΊΣΥΦΟΣ and σίσυφος, İstanbul and istanbul, ș with a comma and ş with a cedilla
are the same.
"""

from functools import lru_cache

from anyascii import anyascii


@lru_cache(maxsize=1 << 12)
def fold(text: str) -> str:
    """Lower-case ASCII without accents; other scripts are transliterated."""
    return str(anyascii(text.casefold())).lower()
