"""How large a document is, as Firestore counts it, and how large ours may become.

https://firebase.google.com/docs/firestore/storage-size: a text is its UTF-8 bytes and one, a
number or time 8, a truth value or null 1; a map adds its names, a document its path and 32.
"""

from collections.abc import Mapping
from typing import Any

LARGEST_DOCUMENT = 900_000
"""Bytes that a document of ours may have. Firestore refuses one of more than 1 MiB; the rest
is for fields that other writers of the document add."""


def size_of(path: str, document: Mapping[str, Any]) -> int:
    """Bytes of the document at `path` (`companies/100001`)."""
    return sum(_text(part) for part in path.split("/")) + 16 + _size(document) + 32


def _text(text: str) -> int:
    return len(text.encode()) + 1


def _size(value: Any) -> int:
    match value:
        case str():
            return _text(value)
        case None | bool():
            return 1
        case Mapping():
            return sum(_text(str(name)) + _size(item) for name, item in value.items())
        case bytes():
            return len(value)
        case list() | tuple():
            return sum(map(_size, value))
        case _:
            return 8
