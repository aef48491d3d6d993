"""What an order can be found by: any part of its PO number, the start of its own number, the end
of SAP's.

Firestore finds whole entries of a list only, so an order's document has each part as one: at
most 210 of the PO number, 13 and 10 of the others. Whoever searches asks for one of them.
"""

import re
from collections.abc import Iterator
from itertools import combinations, islice, product

_LEFT_OUT = re.compile(r"[^0-9a-z]")
_VOWEL = re.compile("a[ae]?|oe?|ue?")
_SPELT = {
    "a": ("ae", "aa"),
    "ae": ("a",),
    "aa": ("a",),
    "o": ("oe",),
    "oe": ("o",),
    "u": ("ue",),
    "ue": ("u",),
}
"""A vowel as it is written without, and with, what a keyboard may lack: ä, å, ö, ø and ü."""
MOST_SPELLINGS = 30
"""As many as Firestore looks for at once."""
WHOLE = "="
"""What the entry of a whole PO number begins with."""


def bare(ascii_text: str) -> str:
    """Letters and digits only, in small letters: people vary the rest."""
    return _LEFT_OUT.sub("", ascii_text.lower())


def spellings(term: str) -> list[str]:
    """The entry itself, then with umlauts in one letter or two: "muller" and "mueller" are one.

    Those with the fewest that are other come first, so that what is beyond `MOST_SPELLINGS` has many.
    """
    return list(dict.fromkeys(islice(_spellings(term), MOST_SPELLINGS)))


def _spellings(term: str) -> Iterator[str]:
    vowels = list(_VOWEL.finditer(term))
    for count in range(len(vowels) + 1):
        for others in combinations(vowels, count):
            for written in product(*(_SPELT[one[0]] for one in others)):
                told = term
                for one, other in reversed(list(zip(others, written, strict=True))):
                    told = told[: one.start()] + other + told[one.end() :]
                yield told


def search_terms(number: str, po_number: str, sap_number: str | None) -> list[str]:
    """Entries for an order, sorted; `po_number` is in ASCII."""
    po, own, saps = bare(po_number), bare(number), bare(sap_number or "")
    parts = {po[start:end] for start in range(len(po)) for end in range(start + 1, len(po) + 1)}
    starts = {own[:end] for end in range(1, len(own) + 1)}
    ends = {saps[start:] for start in range(len(saps))}
    return sorted({*parts, *starts, *ends, WHOLE + po})
