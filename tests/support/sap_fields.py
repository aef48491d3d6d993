"""What may stand in a field of SAP's, and what Sellin has to make of it: written from SAP's own types
(docs/source-systems.md), not from the code that reads them.

A field is a list of (value, effects): any of the effects is right. An effect is an `Effect`, or what
of the stored object differs, by path ("records.0.amount").
"""

from collections.abc import Mapping
from enum import Enum, auto
from typing import Any, TypeAlias


class Effect(Enum):
    """What becomes of a message."""

    SAME = auto()
    """Stored as if nothing had been changed in it."""
    REFUSED = auto()
    """Quarantined with place and reason; nothing of it is stored."""
    IGNORED = auto()
    """Counted; nothing of it is stored."""
    OTHER = auto()
    """About another object: nothing of it is stored where the unchanged message is."""
    TOLD = auto()
    """Quarantined with place and reason, and stored all the same."""


SAME, REFUSED, IGNORED, OTHER, TOLD = Effect
Effects: TypeAlias = tuple["Effect | Mapping[str, Any]", ...]
Values: TypeAlias = list[tuple[Any, Effects]]

MISSING: Any = object()
"""The field is not there."""

ANY: Any = object()
"""What is stored there is not said."""

HALF = "\ud83d"
"""Half a character, which JSON can hold and UTF-8 can't."""

NO_TEXT = [[], {}, ["x"], [1], [[]], {"A": "b"}]
"""Where a value should stand."""

_NO_NUMBERS = [
    *("abc", "12,50", "1.2.3", "1.234,50", "--5", "+5", "-5", "1E3", "NaN", "Infinity", "0x10"),
    *("٢٥", "２５", "½", "²", "25\x00", f"2{HALF}", "2 5", "9" * 40, "1" * 5_000, ".", "5-5", "-"),
    *(10**400, 1e300, float("inf"), True),
]
_NO_DATES = [
    *("abc", "20260230", "20261301", "20260100", "2026-1-1", "2026/02/01", "260201", "2026-0201"),
    *(
        "２０２６０２０１",
        "20260101\x00",
        f"2026010{HALF}",
        "9" * 5_000,
        "20260101120000",
        True,
        -5,
    ),
]
_NO_KEYS = ["", "..", "/", "a/b", "a b", "x" * 41, "x" * 5_000, "ä", "A\x00", HALF, "\u202eA"]
TEXTS = {
    "Ärger & Söhne <3>": "Ärger & Söhne <3>",
    "日本スポーツ": "日本スポーツ",
    "e\u0301te\u0301": "été",
    "A\x00B": "AB",
    "A\tB": "A B",
    f"A{HALF}": "A",
    "\u202eA\u200b": "A",
    "two  blanks ": "two blanks",
    "x" * 35: "x" * 35,
}
"""What comes, and what people are shown of it."""


def _each(values: list[Any], *effects: Effect) -> Values:
    return [(value, effects) for value in values]


def refused(*values: Any) -> Values:
    """What is quarantined."""
    return _each([*values], REFUSED)


def number(
    good: Mapping[Any, Mapping[str, Any] | Effect],
    missing: Effect | Mapping[str, Any] = REFUSED,
    empty: Effect | Mapping[str, Any] | None = None,
    bad: tuple[Any, ...] = (),
    *,
    negative: bool = False,
) -> Values:
    """A field of type CURR, QUAN, DEC or NUMC; below zero only where `negative`."""
    values: Values = [(value, (effect,)) for value, effect in good.items()]
    values += _each([*_NO_NUMBERS, *NO_TEXT, *bad], REFUSED)
    if not negative:
        values += _each(["5.00-", -5], REFUSED)
    return [*values, *_blank(missing, empty)]


def day(
    good: Mapping[str, Mapping[str, Any] | Effect],
    missing: Effect | Mapping[str, Any] = REFUSED,
    none: Effect | Mapping[str, Any] = REFUSED,
    bad: tuple[Any, ...] = (),
) -> Values:
    """A field of type DATS; `none` is what one without a date means."""
    values: Values = [(value, (effect,)) for value, effect in good.items()]
    values += _each([*_NO_DATES, *NO_TEXT, *bad], REFUSED)
    return [
        *values,
        ("", (none,)),
        ("00000000", (none,)),
        (MISSING, (missing,)),
        (None, (missing,)),
    ]


def text(
    at: str,
    missing: Effect | Mapping[str, Any] = REFUSED,
    empty: Effect | Mapping[str, Any] | None = None,
) -> Values:
    """A text that people read, of one line."""
    values: Values = [(value, ({at: shown},)) for value, shown in TEXTS.items()]
    values.append(("x" * 5_000, ({at: "x" * 5_000}, REFUSED)))
    return [*values, *_each(NO_TEXT, REFUSED), *_blank(missing, empty)]


def key(
    good: Mapping[str, Mapping[str, Any] | Effect],
    missing: Effect | Mapping[str, Any] = REFUSED,
    bad: tuple[Any, ...] = (),
) -> Values:
    """An identifier of SAP's, or a key."""
    values: Values = [(value, (effect,)) for value, effect in good.items()]
    values += _each([*_NO_KEYS, *NO_TEXT, *bad], REFUSED)
    return [*values, (MISSING, (missing,)), (None, (missing,))]


def code(
    good: Mapping[Any, Mapping[str, Any] | Effect],
    other: Effect = REFUSED,
    missing: Effect | Mapping[str, Any] = REFUSED,
    empty: Effect | Mapping[str, Any] | None = None,
) -> Values:
    """A key of SAP's customizing: what is not in the settings is `other`."""
    values: Values = [(value, (effect,)) for value, effect in good.items()]
    values += _each(["?", "ZZZ", "x" * 5_000, "Ａ", "A\x00", "日本", 7], other)
    values += _each([HALF], other, REFUSED)
    values += _each(NO_TEXT, REFUSED)
    return [*values, *_blank(missing, empty)]


def flag(effect: Mapping[str, Any] | Effect) -> Values:
    """A check box: X or empty; anything else is neither."""
    values: Values = [("X", (effect,)), (True, (effect,)), (False, (SAME,)), ("", (SAME,))]
    values += _each(["x", "1", "Y", "XX", "0", "Ｘ", "X\x00", HALF, 1, 0], REFUSED)
    return [*values, *_each(NO_TEXT, REFUSED), (MISSING, (SAME,)), (None, (SAME,))]


def block(effect: Mapping[str, Any]) -> Values:
    """A key of a block: whatever stands in it blocks."""
    values: Values = [(value, (effect,)) for value in ("X", "01", "99", "?", "Ａ", True, 1)]
    return [*values, *((value, (SAME,)) for value in ("", "  ", False, MISSING, None))]


def unread() -> Values:
    """A field that changes nothing."""
    values = ["", "x", "９", "00000000", "x" * 5_000, "A\x00", 0, -1, 1.5, True, None, MISSING]
    return _each([*values, HALF, 10**400], SAME)


def _blank(missing: Effect | Mapping[str, Any], empty: Effect | Mapping[str, Any] | None) -> Values:
    there = missing if empty is None else empty
    return [(MISSING, (missing,)), (None, (missing,)), ("", (there,)), (False, (there,))]
