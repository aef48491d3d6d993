"""What the keys of SAP's article master are called for a person."""

from babel import Locale

from functions.catalog.index.listing import Dimension
from shared.style.model import Texts
from shared.text.locale import nearest, pick
from shared.text.message import N_, Message

_CATEGORIES = {
    "BAG": N_("Bags"),
    "BALL": N_("Balls"),
    "BRA": N_("Sports bras"),
    "CAP": N_("Caps"),
    "HOODIE": N_("Hoodies"),
    "JACKET": N_("Jackets"),
    "KIDS": N_("Kids' clothing"),
    "SHOES": N_("Shoes"),
    "SHORTS": N_("Shorts"),
    "SOCKS": N_("Socks"),
    "TEE": N_("T-shirts"),
    "TROUSERS": N_("Trousers"),
}
_GENDERS = {
    "men": N_("Men"),
    "women": N_("Women"),
    "unisex": N_("Unisex"),
    "kids": N_("Kids"),
}
_COLOURS = {
    "BEIGE": N_("Beige"),
    "BLACK": N_("Black"),
    "BLUE": N_("Blue"),
    "BROWN": N_("Brown"),
    "GREEN": N_("Green"),
    "GREY": N_("Grey"),
    "ORANGE": N_("Orange"),
    "PINK": N_("Pink"),
    "PURPLE": N_("Purple"),
    "RED": N_("Red"),
    "WHITE": N_("White"),
    "YELLOW": N_("Yellow"),
}
# Further words that people search by, with "|" between them: as adjectives, in the plural.
_ALSO_CALLED = {
    ("gender", "men"): N_("man|men's|male|gents"),
    ("gender", "women"): N_("woman|women's|female|ladies"),
    ("gender", "kids"): N_("kid|child|children|junior"),
}
_FUNCTION_WORDS = N_("a|an|and|by|for|from|in|of|on|or|the|to|with")
_SIZE_WORDS = N_("size|sizes|sz|EU")
_TEXTS: dict[Dimension, dict[str, str]] = {
    "category": _CATEGORIES,
    "gender": _GENDERS,
    "colour": _COLOURS,
}


def label(dimension: Dimension, value: str, locale: Locale, texts: Texts | None = None) -> str:
    """The value in the reader's language: by what SAP calls it, else by our own texts.

    A key that neither has a text for is shown as it is in SAP.
    """
    texts = texts or {}
    if key := nearest(texts, locale):
        return texts[key]
    if text := _TEXTS.get(dimension, {}).get(value):
        return Message(text).render(locale)
    return pick(texts, locale, value)


def names_of(dimension: Dimension, value: str, locale: Locale) -> str:
    """All that people call the value, beginning with its label."""
    also = _ALSO_CALLED.get((dimension, value))
    words = Message(also).render(locale).split("|") if also else []
    return " ".join([label(dimension, value, locale), *words])


def function_words(locale: Locale) -> list[str]:
    """Words of the locale that say nothing of what is sold."""
    return Message(_FUNCTION_WORDS).render(locale).split("|")


def size_words(locale: Locale) -> list[str]:
    """What people write before or behind a size."""
    return Message(_SIZE_WORDS).render(locale).split("|")
