"""What an order can be found by: any part of its PO number, the start of its own number, the end
of SAP's.

Firestore finds whole entries of a list only, so an order's document has each part as one: at
most 210 of the PO number, 13 and 10 of the others. Whoever searches asks for one of them.
"""

import re

_LEFT_OUT = re.compile(r"[^0-9a-z]")
WHOLE = "="
"""What the entry of a whole PO number begins with."""


def bare(ascii_text: str) -> str:
    """Letters and digits only, in small letters: people vary the rest."""
    return _LEFT_OUT.sub("", ascii_text.lower())


def search_terms(number: str, po_number: str, sap_number: str | None) -> list[str]:
    """Entries for an order, sorted; `po_number` is in ASCII."""
    po, own, saps = bare(po_number), bare(number), bare(sap_number or "")
    parts = {po[start:end] for start in range(len(po)) for end in range(start + 1, len(po) + 1)}
    starts = {own[:end] for end in range(1, len(own) + 1)}
    ends = {saps[start:] for start in range(len(saps))}
    return sorted({*parts, *starts, *ends, WHOLE + po})
