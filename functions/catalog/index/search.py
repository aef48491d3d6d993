"""Search by words: those of the reader's language first, then those of any other.

Each piece of a text is looked for in steps, and the first step that finds anything that may be
seen counts: as a word, its forms, the beginning or the last part of one; with accents that were
spelt out; as a compound of two; as a GTIN's digits; in other languages; within words; with one
typo. So what is found well is never mixed with guesses. A size restricts what the other words
find.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, reduce
from itertools import chain

from babel import Locale

from functions.catalog.index.bits import Span, union
from functions.catalog.index.codes import Codes
from functions.catalog.index.labels import function_words
from functions.catalog.index.listing import Listing
from functions.catalog.index.word_index import KIND, NAME, PROSE, WordIndex
from functions.catalog.index.words import Word, contracted, respelt, words
from shared.text.folding import fold
from shared.text.locale import LANGUAGES

_WHOLE, _INFLECTED, _PREFIX, _LAST, _GUESSED = 5, 4, 3, 2, 1  # how well a word matches
_WEIGHTS = {NAME: 4, KIND: 2, PROSE: 1}  # how much a hit in a field says
_FORGIVEN = 4  # least letters of a word that may have a typo, or be found within others
_SHORTEST_PART = 3
_FEWEST_DIGITS = 4  # of a part of a GTIN

Match = tuple[WordIndex, str, int]
"""A word of a part, and how well it matches."""


@dataclass(frozen=True, slots=True)
class Found:
    """SKUs whose style or colourway matches, and the score of each style's slot.

    Without scores, all of `skus` match equally well. `missed` where the words of all languages
    would have been asked, but were not at hand.
    """

    skus: int
    scores: dict[int, int]
    missed: bool = False


class Search:
    """Finds words in a reader's parts. What may be found, the listing decides.

    `abroad` has all languages' words; None where they are not at hand.
    """

    def __init__(self, parts: Sequence[WordIndex], abroad: WordIndex | None, codes: Codes) -> None:
        self._missed = False
        self._own = parts
        self._abroad = abroad
        self._codes = codes

    def find(self, text: str, listing: Listing) -> Found:
        """What every word of `text` matches. A text without any word matches all."""
        pieces = _meaning(text)
        if not pieces:
            return Found(listing.visible, {})
        found = _all_of([self._find_piece(one, listing, alone=len(pieces) == 1) for one in pieces])
        return replace(found, missed=self._missed)

    def _find_piece(self, piece: str, listing: Listing, *, alone: bool) -> Found:
        if sizes := _sizes(piece, listing):
            exact = (self._collect(self._whole(word), listing) for word in words(piece))
            size = Found(sizes & listing.visible, {})
            return size if not alone else Found(_any_of([*exact, size]).skus, {})
        # Sport-BH is one word, or two.
        several = [word for word in words(piece) if word.folded in fold(piece)]
        joined = [word for word in words(piece) if word not in several]
        for word in joined:
            found = self._as_word(word, listing)
            if found.skus:
                return found
        return _all_of([self._find_word(word, listing) for word in several])

    def _find_word(self, word: Word, listing: Listing) -> Found:
        plain = Word(contracted(word.folded), contracted(word.folded))
        steps: list[Callable[[], Found]] = [
            lambda: self._as_word(word, listing),
            lambda: self._as_word(plain, listing),
            lambda: self._as_compound(word, listing),
            lambda: self._as_gtin(word, listing),
            lambda: self._as_word_abroad(word, listing),
            lambda: self._collect(self._within(word), listing),
            lambda: self._collect(self._with_a_typo(word), listing),
        ]
        found = Found(0, {})
        for step in steps:
            found = step()
            if found.skus:
                break
        return found

    def _as_word(
        self, word: Word, listing: Listing, parts: Sequence[WordIndex] | None = None
    ) -> Found:
        """In whatever spelling and form, at the beginning of a word, or as its last part.

        Of descriptions, a part of a word only counts where nothing has all of it.
        """
        parts = self._own if parts is None else parts
        found = self._collect(_forms(word, parts), listing)
        least = KIND if found.skus else PROSE
        partly = self._collect(_longer(word, parts), listing, least)
        return _any_of([found, partly])

    def _as_word_abroad(self, word: Word, listing: Listing) -> Found:
        self._missed = self._missed or self._abroad is None
        return self._as_word(word, listing, [self._abroad] if self._abroad else [])

    def _whole(self, word: Word) -> Iterator[Match]:
        return ((part, word.folded, _WHOLE) for part in self._own)

    def _as_compound(self, word: Word, listing: Listing) -> Found:
        """As two words in one; the longest first one that leaves a known second one."""
        text = word.folded
        for end in range(len(text) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            first, last = Word(text[:end], text[:end]), Word(text[end:], text[end:])
            if any(True for part in self._own for _ in part.starting(first.folded)):
                found = _all_of([self._as_word(one, listing) for one in (first, last)])
                if found.skus:
                    return found
        return Found(0, {})

    def _as_gtin(self, word: Word, listing: Listing) -> Found:
        if not word.folded.isdigit() or len(word.folded) < _FEWEST_DIGITS:
            return Found(0, {})
        found = self._codes.find_part(word.folded, listing)
        bits = union({(sku.bit, sku.bit + 1) for sku in found}, listing.styles.size)
        return Found(bits, {sku.slot: _WHOLE for sku in found})

    def _within(self, word: Word) -> Iterator[Match]:
        if len(word.folded) >= _FORGIVEN and word.folded.isalpha():
            for part in self._own:
                yield from ((part, one, _GUESSED) for one in part.containing(word.folded))

    def _with_a_typo(self, word: Word) -> Iterable[Match]:
        if len(word.folded) < _FORGIVEN or not word.folded.isalpha():
            return ()
        near = dict.fromkeys(
            (part, found)
            for part in self._own
            for prefix in part.near(word.folded)
            for found in part.starting(prefix)
        )
        return ((part, found, _GUESSED) for part, found in near)

    def _collect(self, matches: Iterable[Match], listing: Listing, least: int = PROSE) -> Found:
        """Where the words stand, in fields that say as much as `least` or more."""
        scores: dict[int, int] = {}
        whole: set[Span] = set()
        colourways: set[Span] = set()
        for part, word, quality in matches:
            for slot, place, field in part.places(word):
                if field < least:
                    continue
                span = listing.styles.span(slot)
                if place == 0:
                    if not listing.shows(span[1]):
                        continue
                    whole.add(span)
                else:
                    span = _nth(listing.styles.colourway_spans(slot), place - 1)
                    if not listing.shows_any(span):
                        continue
                    colourways.add(span)
                scores[slot] = max(scores.get(slot, 0), quality * _WEIGHTS[field])
        size = listing.styles.size
        return Found((union(whole, size) | union(colourways, size)) & listing.visible, scores)


def _forms(word: Word, parts: Sequence[WordIndex]) -> Iterator[Match]:
    for part in parts:
        yield from ((part, spelling, _WHOLE) for spelling in (word.folded, *respelt(word)))
        yield from ((part, found, _INFLECTED) for found in part.inflected(word))


def _longer(word: Word, parts: Sequence[WordIndex]) -> Iterator[Match]:
    for part in parts:
        for spelling in (word.folded, *respelt(word)):
            yield from ((part, found, _PREFIX) for found in part.starting(spelling))
        yield from ((part, found, _LAST) for found in part.ending(word))


def _all_of(found: Sequence[Found]) -> Found:
    """What all have found; who has no scores restricts the others only."""
    skus = reduce(int.__and__, (one.skus for one in found))
    scored = [one.scores for one in found if one.scores]
    common = set.intersection(*map(set, scored)) if scored else set()
    return Found(skus, {slot: sum(scores[slot] for scores in scored) for slot in common})


def _any_of(found: Sequence[Found]) -> Found:
    scores: dict[int, int] = {}
    for one in found:
        for slot, score in one.scores.items():
            scores[slot] = max(scores.get(slot, 0), score)
    return Found(reduce(int.__or__, (one.skus for one in found)), scores)


def _meaning(text: str) -> list[str]:
    """The text's pieces that have letters or digits, without function words beside others."""
    pieces = [piece for piece in dict.fromkeys(text.split()) if words(piece)]
    telling = [piece for piece in pieces if fold(piece) not in _function_words()]
    return telling or pieces


@cache
def _function_words() -> frozenset[str]:
    found = chain.from_iterable(function_words(Locale.parse(one)) for one in LANGUAGES)
    return frozenset(map(fold, found))


def _sizes(piece: str, listing: Listing) -> int:
    """The SKUs of a size, as people write it: 42,5 and 30/32, too."""
    wanted = {fold(piece).replace(",", "."), fold(piece).replace("/", "x")}
    masks = listing.styles.masks["size"].items()
    return reduce(int.__or__, (mask for size, mask in masks if fold(size) in wanted), 0)


def _nth(spans: Iterator[Span], place: int) -> Span:
    for _ in range(place):
        next(spans)
    return next(spans)
