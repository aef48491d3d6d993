"""Packed records: one text in a document for what as a map would take four times the room.

A packed record is a list of values whose meaning is their place. So that a release can read
what the releases before and after it wrote (after it: when it was rolled back to):

- A field is only ever added, at the end, and a reader has a default for it where it is missing.
- A reader leaves out what follows the fields that it knows. Whoever writes the record back
  then loses those, so a field that must survive a roll-back is no part of a packed record.
- Anything else (another meaning, order or type of a field) is another format. Its number,
  `format`, stands in the document; a document without one has format 1. The release that
  reads the new number has to be out before the one that writes it.

`tests/stored` keeps documents of every format, and reads them.
"""

import json
from collections.abc import Sequence
from typing import Any


class UnknownFormatError(ValueError):
    """The document was written in a format that only a later release can read."""


def check_format(found: Any, newest: int) -> None:
    """Refuse what a later release wrote, instead of misreading it.

    Raises:
        UnknownFormatError: `found` (None: 1) is no format from 1 to `newest`.
    """
    if found is not None and not (isinstance(found, int) and 1 <= found <= newest):
        raise UnknownFormatError(f"format {found} can't be read, only up to {newest}")


def pack(fields: Sequence[Any]) -> str:
    """The record as a JSON array."""
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def unpack(text: str, size: int, defaults: Sequence[Any] = ()) -> list[Any]:
    """The first `size` fields; `defaults` stand for the last of them where they are missing.

    Raises:
        ValueError: fewer fields than have no default, or no JSON array.
    """
    fields = json.loads(text)
    if not isinstance(fields, list):
        raise ValueError("a packed record is a JSON array")  # noqa: TRY004 (pydantic catches it)
    missing = size - len(fields)
    if missing <= 0:
        return fields[:size]
    if missing > len(defaults):
        raise ValueError(f"{len(fields)} of {size} fields")
    return [*fields, *defaults[-missing:]]
