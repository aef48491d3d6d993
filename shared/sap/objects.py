"""Which object of SAP's a message is about: what a later message of the same object is about, too."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

_KEYS: dict[str, tuple[str, tuple[str, ...]]] = {
    "ARTMAS": ("E1BPE1MATHEAD", ("MATERIAL",)),
    "ZLISTING": ("Z1LISTHEAD", ("ASORT",)),
    "COND_A": ("E1KOMG", ()),
    "DEBMAS": ("E1KNA1M", ("KUNNR",)),
    "ZCREDIT": ("Z1CREDIT", ("KUNNR",)),
    "ORDRSP": ("E1EDK01", ("BELNR",)),
    "DESADV": ("E1EDL20", ("VBELN",)),
    "INVOIC": ("E1EDK01", ("BELNR",)),
}
"""MESTYP to the segment that names the object, and the fields that do; all of them where none is
said."""

KINDS = frozenset(_KEYS) | {"stock"}

_LONGEST = 200


def object_of(kind: str, segments: Mapping[str, Any]) -> str:
    """A name of the object, whose zeros and case don't matter; "" where none can be read."""
    if kind not in _KEYS:
        return ""
    segment, fields = _KEYS[kind]
    rows = segments.get(segment)
    if not isinstance(rows, list) or len(rows) != 1 or not isinstance(rows[0], Mapping):
        return ""
    row = rows[0]
    names = fields or sorted(name for name, value in row.items() if isinstance(value, str))
    values = [str(row.get(name, "")).strip().lstrip("0") for name in names]
    if not any(values):
        return ""
    name = " ".join([kind, *(value for value in values if value)])
    if len(name) <= _LONGEST and name.isascii() and name.isprintable():
        return name
    return f"{kind} {sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()}"
