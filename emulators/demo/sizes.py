"""Size runs by category and gender, in wearing order."""

from typing import Literal, NamedTuple

from emulators.demo.descriptions import ONE_SIZE


class Size(NamedTuple):
    """One size: the two size characteristics (the second may be "") and the label."""

    first: str
    second: str
    label: str


_LETTERS = ("XS", "S", "M", "L", "XL", "2XL", "3XL")
_ONE_SIZE = ("CAP", "BAG", "BALL")


def _plain(labels: tuple[str, ...]) -> tuple[Size, ...]:
    return tuple(Size(label, "", label) for label in labels)


def _half_sizes(first: int, last: int) -> tuple[Size, ...]:
    """Shoe sizes from `first` to `last` and a half."""
    whole = range(first, last + 1)
    return _plain(tuple(label for n in whole for label in (str(n), f"{n}.5")))


def _grid(firsts: tuple[str, ...], seconds: tuple[str, ...], separator: str) -> tuple[Size, ...]:
    return tuple(Size(a, b, f"{a}{separator}{b}") for a in firsts for b in seconds)


_TROUSERS = {
    "M": _grid(("28", "30", "32", "34", "36", "38", "40"), ("30", "32", "34"), "x"),
    "W": _grid(("24", "26", "28", "30", "32", "34"), ("28", "30", "32"), "x"),
}


class _Scale(NamedTuple):
    """What sizes are called in a part of the world; of kids' two ranges."""

    shoes: dict[str, tuple[Size, ...]]
    bras: tuple[Size, ...]
    socks: tuple[str, ...]
    kids: tuple[tuple[str, ...], tuple[str, ...]]


_CUPS = ("A", "B", "C", "D")
_SCALES = {
    "eu": _Scale(
        shoes={
            "M": _half_sizes(39, 47),
            "W": _half_sizes(36, 42),
            "U": _half_sizes(36, 47),
            "K": _plain(tuple(str(n) for n in range(28, 36))),
        },
        bras=_grid(("65", "70", "75", "80", "85"), _CUPS, ""),
        socks=("35-38", "39-42", "43-46"),
        kids=(
            ("116", "128", "140", "152", "164", "176"),
            ("92/98", "104/110", "116/122", "128/134", "140/146", "152/158"),
        ),
    ),
    "us": _Scale(
        shoes={
            "M": _half_sizes(6, 14),
            "W": _half_sizes(5, 11),
            "U": _half_sizes(4, 14),
            "K": _plain(("10C", "11C", "12C", "13C", "1Y", "2Y", "3Y", "4Y")),
        },
        bras=_grid(("30", "32", "34", "36", "38"), _CUPS, ""),
        socks=("4-6", "6-8", "8-12"),
        kids=(("YXS", "YS", "YM", "YL", "YXL"), ("2T", "3T", "4T", "5T")),
    ),
}


def size_run(
    category: str, gender: str, number: int, scale: Literal["eu", "us"]
) -> tuple[Size, ...]:
    """The sizes that a style of this category and gender is made in, as they are called there.

    `number` (the style number) only chooses between the two kids' ranges.
    """
    own = _SCALES[scale]
    if category == "SHOES":
        return own.shoes[gender]
    if category == "TROUSERS":
        return _TROUSERS[gender]
    if category == "BRA":
        return own.bras
    if category == "KIDS":
        return _plain(own.kids[0] if number % 3 else own.kids[1])
    if category in _ONE_SIZE:
        return _plain((ONE_SIZE,))
    letters = _LETTERS[:-1] if gender == "W" else _LETTERS
    return _plain(own.socks if category == "SOCKS" else letters)
