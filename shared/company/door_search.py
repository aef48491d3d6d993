"""How doors are found: by how their name, a later word of it, their city or number begins.

Firestore finds what is equal, so a door's document has all beginnings, and a page of what is
found costs no more than any other page.
"""

import re
from collections.abc import Iterator

from shared.company.model import Door, DoorDocument
from shared.text.folding import fold
from shared.text.spelling import fold_spelling

LONGEST_TERM = 20
"""Characters of a beginning; whoever types more finds what begins with these."""

_WORD = re.compile(r"[a-z0-9]+")


def document_of(door: Door, stamp: str) -> DoorDocument:
    """The door as a document, as of a message's stamp."""
    return DoorDocument(
        **door.model_dump(),
        stamp=stamp,
        place=place_of(door),
        name_key=fold_spelling(door.name),
        terms=sorted(terms_of(door)),
    )


def place_of(door: Door) -> str:
    """Sorts doors as they are listed: the default ones first, then by name."""
    return f"{int(not door.default)} {door.name.casefold()} {door.id}"


def terms_of(door: Door) -> set[str]:
    """All that `term_of` may make of what finds the door."""
    return {
        phrase[:length]
        for text in (door.name, door.address.city, door.id)
        for phrase in _phrases(text)
        for length in range(1, min(len(phrase), LONGEST_TERM) + 1)
    }


def term_of(query: str) -> str:
    """What a person typed, as it is looked for; empty where it has no letter or digit."""
    return next(_phrases(query), "")[:LONGEST_TERM].strip()


def _phrases(text: str) -> Iterator[str]:
    """The text from each of its words on, without case, accents and punctuation."""
    words = _WORD.findall(fold(text))
    return (" ".join(words[start:]) for start in range(len(words)))
