"""Texts as they come in: composed, and which of their characters nobody sees.

What a person wrote is kept as written, in NFC (Unicode Standard Annex 15); how it is compared is
`folding`.
"""

import re
from collections.abc import Callable
from typing import Any
from unicodedata import category, is_normalized, normalize

# Controls, line separators, what is not for display (Default_Ignorable_Code_Point of Unicode's
# DerivedCoreProperties.txt, with it all that changes the direction), annotations, a blank that
# looks like a letter, and half a character.
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    r"\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_OF_PICTURES = "\u200d\ufe0f"
"""What joins the parts of an emoji, and what asks for it in colour."""


def compose(value: Any) -> Any:
    """The value in NFC, with all texts and keys of the lists and maps that JSON is made of."""
    match value:
        case str():
            return value if is_normalized("NFC", value) else normalize("NFC", value)
        case list():
            return [compose(one) for one in value]
        case dict():
            return {compose(key): compose(one) for key, one in value.items()}
        case _:
            return value


def encodable(text: str) -> str:
    """The text with each half of a character (a lone surrogate, which JSON can hold and UTF-8, so
    Firestore, can not) as its escape: backslash, u, four hexadecimal digits."""
    return text.encode("utf-8", "backslashreplace").decode()


def first_unseen(text: str, allowed: str = "") -> str | None:
    """The first character that a reader does not see, and that is not `allowed`."""
    return next((text[place] for place in _unseen_places(text, allowed)), None)


def without_unseen(text: str, instead: Callable[[str], str] = lambda _: "") -> str:
    """The text with something else for each character that a reader does not see."""
    unseen = set(_unseen_places(text, ""))
    return "".join(instead(c) if place in unseen else c for place, c in enumerate(text))


def one_line(text: str) -> str:
    """A name as it is shown: without what a reader does not see, any row of blanks as one.

    A control that parts words (tab, line feed) is a blank; one that turns the direction or is
    of no width is dropped, so that a name looks like no other and turns no text around it.
    """
    return " ".join(without_unseen(text, lambda c: " " if c.isspace() else "").split())


def _unseen_places(text: str, allowed: str) -> list[int]:
    return [
        place
        for found in _UNSEEN.finditer(text)
        if text[place := found.start()] not in allowed and not _is_of_picture(text, place)
    ]


def _is_of_picture(text: str, place: int) -> bool:
    before = text[place - 1 : place]
    return text[place] in _OF_PICTURES and (
        before == _OF_PICTURES[1] or category(before or " ").startswith("S")
    )
