"""Size runs by category and gender, in wearing order."""

from typing import NamedTuple

from emulators.demo.descriptions import ONE_SIZE


class Size(NamedTuple):
    """One size: the two size characteristics (the second may be "") and the label."""

    first: str
    second: str
    label: str


_LETTERS = ("XS", "S", "M", "L", "XL", "2XL", "3XL")
_OF_CATEGORY = {
    "SOCKS": ("35-38", "39-42", "43-46"),
    **dict.fromkeys(("CAP", "BAG", "BALL"), (ONE_SIZE,)),
}
_KIDS_SINGLE = ("116", "128", "140", "152", "164", "176")
_KIDS_DOUBLE = ("92/98", "104/110", "116/122", "128/134", "140/146", "152/158")


def _plain(labels: tuple[str, ...]) -> tuple[Size, ...]:
    return tuple(Size(label, "", label) for label in labels)


def _half_sizes(first: int, last: int) -> tuple[Size, ...]:
    """European shoe sizes from `first` to `last` and a half."""
    whole = range(first, last + 1)
    return _plain(tuple(label for n in whole for label in (str(n), f"{n}.5")))


def _grid(firsts: tuple[str, ...], seconds: tuple[str, ...], separator: str) -> tuple[Size, ...]:
    return tuple(Size(a, b, f"{a}{separator}{b}") for a in firsts for b in seconds)


_SHOES = {
    "M": _half_sizes(39, 47),
    "W": _half_sizes(36, 42),
    "U": _half_sizes(36, 47),
    "K": _plain(tuple(str(n) for n in range(28, 36))),
}
_TROUSERS = {
    "M": _grid(("28", "30", "32", "34", "36", "38", "40"), ("30", "32", "34"), "x"),
    "W": _grid(("24", "26", "28", "30", "32", "34"), ("28", "30", "32"), "x"),
}
_BRAS = _grid(("65", "70", "75", "80", "85"), ("A", "B", "C", "D"), "")


def size_run(category: str, gender: str, number: int) -> tuple[Size, ...]:
    """The sizes that a style of this category and gender is made in.

    `number` (the style number) only chooses between the two kids' ranges.
    """
    if category == "SHOES":
        return _SHOES[gender]
    if category == "TROUSERS":
        return _TROUSERS[gender]
    if category == "BRA":
        return _BRAS
    if category == "KIDS":
        return _plain(_KIDS_SINGLE if number % 3 else _KIDS_DOUBLE)
    if category in _OF_CATEGORY:
        return _plain(_OF_CATEGORY[category])
    return _plain(_LETTERS[:-1] if gender == "W" else _LETTERS)
