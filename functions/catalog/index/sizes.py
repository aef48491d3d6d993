"""Sizes in what people type: "42", "Gr. 42", "taille 42", "42-es méret", "75 B", "W32/L34", "XXL"."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from itertools import chain

from babel import Locale

from functions.catalog.index.labels import size_words
from functions.catalog.index.words import contract
from shared.text.folding import fold
from shared.text.locale import LANGUAGES
from shared.text.spelling import plain as meant

_AROUND = ".,:;()"
_BEFORE = re.compile(r"([a-z]+)[.:]*([0-9].*)")  # gr.42, T42
_BEHIND = re.compile(r"(.+)-([a-z]+)")  # 42-es
_WIDTH_LENGTH = re.compile(r"\b[wl](?=[0-9])")  # W32/L34
_EXTRA = re.compile(r"(x{2,})([sl])")  # XXL
_TIMES_EXTRA = re.compile(r"([2-9])x([sl])")  # 2XL
_HALF = "1/2"


@dataclass(frozen=True, slots=True)
class Sizes:
    """What of a text are sizes: `skus` have one of them, `rest` are its other pieces.

    `said` where a word tells that they are sizes, and nothing else.
    """

    skus: int
    rest: list[str]
    said: bool


def take_sizes(pieces: list[str], masks: Mapping[str, int]) -> Sizes:
    """The sizes of a text, of which a SKU has one; `masks` are SKUs by size."""
    by_size: dict[str, int] = {}
    for size, mask in masks.items():
        by_size[fold(size)] = by_size.get(fold(size), 0) | mask
    found = list(_read(pieces, by_size))
    kept = []
    said = any(one.said for one in found)
    for place, one in enumerate(found):
        beside = (*found[max(place - 1, 0) : place], *found[place + 1 : place + 2])
        if not one.skus and _is_size_word(one.piece) and any(other.skus for other in beside):
            said = True
        elif not one.skus:
            kept.append(one.piece)
    return Sizes(reduce(int.__or__, (one.skus for one in found), 0), kept, said)


@dataclass(frozen=True, slots=True)
class _Read:
    """A piece, and the SKUs of the size that it is."""

    piece: str
    skus: int
    said: bool = False


def _read(pieces: list[str], by_size: Mapping[str, int]) -> Iterator[_Read]:
    place = 0
    while place < len(pieces):
        one, two = pieces[place], "".join(pieces[place + 1 : place + 2])
        first, second = _of(one, by_size), _of(two, by_size)
        if both := _join_pieces(_plain(one), _plain(two), by_size):
            yield _Read(f"{one} {two}", both | (first | second if first and second else 0))
            place += 2
            continue
        yield _Read(one, first) if first else _with_word(one, by_size)
        place += 1


def _with_word(piece: str, by_size: Mapping[str, int]) -> _Read:
    """A piece that has the size word in it, or is no size."""
    plain = _plain(piece)
    if (found := _BEFORE.fullmatch(plain)) and _is_size_word(found[1]):
        return _Read(piece, _of(found[2], by_size), said=True)
    if (found := _BEHIND.fullmatch(plain)) and _is_size_word(found[2]):
        return _Read(piece, _of(found[1], by_size), said=True)
    return _Read(piece, 0)


def _join_pieces(one: str, two: str, by_size: Mapping[str, int]) -> int:
    """Of a size in two pieces: 75 B, 32 34, 2 XL, 42 1/2, 39 - 42."""
    if not one or not two:
        return 0
    if two == _HALF:
        return by_size.get(f"{one}.5", 0)
    width, length = _WIDTH_LENGTH.sub("", one), _WIDTH_LENGTH.sub("", two)
    spellings = (f"{one}{two}", f"{width}x{length}", f"{one}-{two}", f"{one}/{two}")
    return _any(spellings, by_size)


def _of(piece: str, by_size: Mapping[str, int]) -> int:
    """As people write it: 42,5, 30/32 and 39/42, too."""
    plain = _plain(piece)
    bare = _WIDTH_LENGTH.sub("", plain)
    spellings = {plain, plain.replace(",", "."), bare.replace("/", "x")}
    spellings |= {plain.replace("/", "-"), plain.replace("-", "/")}
    if found := _EXTRA.fullmatch(plain):
        spellings.add(f"{len(found[1])}x{found[2]}")
    if found := _TIMES_EXTRA.fullmatch(plain):
        spellings.add("x" * int(found[1]) + found[2])
    return _any(spellings, by_size)


def _any(sizes: Iterable[str], by_size: Mapping[str, int]) -> int:
    return reduce(int.__or__, (by_size.get(one, 0) for one in sizes), 0)


def _plain(piece: str) -> str:
    return fold(meant(piece)).strip(_AROUND)


def _is_size_word(piece: str) -> bool:
    plain = _plain(piece)
    return bool({plain, contract(plain)} & _size_words())


@cache
def _size_words() -> frozenset[str]:
    """Those of all languages, as people search in several."""
    return frozenset(
        map(fold, chain.from_iterable(size_words(Locale.parse(one)) for one in LANGUAGES))
    )
