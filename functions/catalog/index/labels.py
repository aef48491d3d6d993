"""What the keys of SAP's article master are called for a person."""

from babel import Locale

from functions.catalog.index.listing import Dimension
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
_TEXTS: dict[Dimension, dict[str, str]] = {
    "category": _CATEGORIES,
    "gender": _GENDERS,
    "colour": _COLOURS,
}


def label(dimension: Dimension, value: str, locale: Locale) -> str:
    """The value in the reader's language; a key that is new in SAP as it is there."""
    if text := _TEXTS.get(dimension, {}).get(value):
        return Message(text).render(locale)
    return value
