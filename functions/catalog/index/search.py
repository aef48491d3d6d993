"""Search by words: those of the reader's language first, then those of any other.

Each piece of a text is looked for in steps, and the first step that finds anything that may be
seen counts: as a word, its forms, the beginning or the last part of one; with accents that were
spelt out; as a part of a code; as a compound of two; in other languages; within words; with one
typo. So what is found well is never mixed with guesses. What people call a thing otherwise
counts as the word, but half. A size restricts what the other words find.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, reduce
from itertools import chain, starmap

from babel import Locale

from functions.catalog.index.bits import Span, bits_at, union
from functions.catalog.index.codes import Codes
from functions.catalog.index.labels import function_words
from functions.catalog.index.listing import Listing
from functions.catalog.index.sizes import take_sizes
from functions.catalog.index.synonyms import MOST_WORDS, Phrase, meant
from functions.catalog.index.word_index import KIND, NAME, PROSE, WordIndex
from functions.catalog.index.words import Word, apart, contract, hyphenated_words, respelt, words
from shared.text.folding import fold
from shared.text.locale import LANGUAGES

_WHOLE, _INFLECTED, _PREFIX, _LAST, _GUESSED = 5, 4, 3, 2, 1  # how well a word matches
_WEIGHTS = {NAME: 4, KIND: 2, PROSE: 1}  # how much a hit in a field says
_FORGIVEN = 4  # least letters of a word that may have a typo, or be found within others
_SHORTEST_PART = 3
_FEWEST_DIGITS = 4  # of a part of a code
_FEWEST_IN_GROUPS = 8  # of one that is written in groups
_GROUPS = re.compile(r"[0-9]+(?:[ -]+[0-9]+)+")

Match = tuple[WordIndex, str, int]
"""A word of a part, and how well it matches."""


@dataclass(frozen=True, slots=True)
class Hits:
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

    def find(self, text: str, listing: Listing) -> Hits:
        """What every word of `text` matches. A text without any word matches all."""
        digits = "".join(text.replace("-", " ").split()) if _GROUPS.fullmatch(text.strip()) else ""
        in_groups = digits if len(digits) >= _FEWEST_IN_GROUPS else ""
        # Style and colour in a row may stand within a GTIN, too.
        found = self._as_code(in_groups, listing, ends_only=True)
        found = found if found.skus else self._as_pieces(text, listing)
        found = found if found.skus else self._as_code(in_groups, listing)
        return replace(found, missed=self._missed)

    def _as_pieces(self, text: str, listing: Listing) -> Hits:
        pieces = self._pieces(text)
        if not pieces:
            return Hits(listing.visible, {})
        sizes = take_sizes(pieces, listing.styles.masks["size"])
        if not sizes.skus:
            found = [self._find_piece(one, listing) for one in pieces]
        elif sizes.rest or sizes.said or len(pieces) > 1:
            # A word may be what tells of a size in one language, and say more in another.
            found = [self._find_piece(one, listing) for one in _telling(sizes.rest)]
            found.append(Hits(sizes.skus & listing.visible, {}))
        else:
            found = [self._as_size_or_word(pieces[0], sizes.skus, listing)]
        return _all_of(found)

    def _as_size_or_word(self, piece: str, skus: int, listing: Listing) -> Hits:
        """Where nothing tells what is meant: 100 is a colour's code, too."""
        exact = (self._collect(self._whole(word), listing) for word in words(piece))
        return Hits(_any_of([*exact, Hits(skus & listing.visible, {})]).skus, {})

    def _pieces(self, text: str) -> list[str]:
        """The text's pieces that have letters or digits; words that mean one thing are one."""
        pieces = [piece for piece in dict.fromkeys(text.split()) if words(piece)]
        found: list[str] = []
        place = 0
        while place < len(pieces):
            several = " ".join(pieces[place : place + MOST_WORDS])
            known = " " in several and any(True for _ in self._meant(apart(several), self._own))
            found.append(several if known else pieces[place])
            place += MOST_WORDS if known else 1
        return _telling(found)

    def _find_piece(self, piece: str, listing: Listing) -> Hits:
        typed = apart(piece)
        otherwise = self._otherwise(typed, listing, self._own) if len(typed) > 1 else Hits(0, {})
        # Sport-BH is one word, or two.
        for word in hyphenated_words(piece):
            if (found := self._as_word(word, listing)).skus:
                return _any_of([found, otherwise])
        found = _all_of([self._find_word(word, listing) for word in typed])
        return _any_of([found, otherwise])

    def _find_word(self, word: Word, listing: Listing) -> Hits:
        plain = Word(contract(word.folded), contract(word.folded))
        steps: list[Callable[[], Hits]] = [
            lambda: self._as_word(word, listing),
            lambda: self._as_word(plain, listing),
            lambda: self._as_code(word.folded, listing),
            lambda: self._as_compound(word, listing),
            lambda: self._as_word_abroad(word, listing),
            lambda: self._collect(self._within(word), listing),
            lambda: self._collect(self._with_a_typo(word), listing),
        ]
        found = Hits(0, {})
        for step in steps:
            found = step()
            if found.skus:
                break
        return found

    def _as_word(
        self,
        word: Word,
        listing: Listing,
        parts: Sequence[WordIndex] | None = None,
        *,
        whole: bool = False,
    ) -> Hits:
        """In whatever spelling and form, or called otherwise; `whole` without beginnings of words."""
        parts = self._own if parts is None else parts
        found = self._as_itself(word, listing, parts, whole=whole)
        return _any_of([found, self._otherwise((word,), listing, parts)])

    def _as_itself(
        self, word: Word, listing: Listing, parts: Sequence[WordIndex], *, whole: bool = False
    ) -> Hits:
        """As a word, at the beginning of one, or as its last part.

        Of descriptions, a part of a word only counts where nothing has all of it.
        """
        found = self._collect(_forms(word, parts), listing)
        least = KIND if found.skus else PROSE
        longer = chain(_compounds(word, parts), () if whole else _beginning(word, parts))
        partly = self._collect(longer, listing, least)
        return _any_of([found, partly])

    def _otherwise(
        self, typed: Sequence[Word], listing: Listing, parts: Sequence[WordIndex]
    ) -> Hits:
        """What else the words mean, which counts half."""
        found = [
            _all_of([self._as_itself(word, listing, parts, whole=True) for word in phrase])
            for phrase in self._meant(typed, parts)
        ]
        other = _any_of(found)
        return Hits(other.skus, {slot: score // 2 for slot, score in other.scores.items()})

    def _meant(self, typed: Sequence[Word], parts: Sequence[WordIndex]) -> Iterator[Phrase]:
        return meant(typed, dict.fromkeys(one for part in parts for one in part.languages))

    def _as_word_abroad(self, word: Word, listing: Listing) -> Hits:
        self._missed = self._missed or self._abroad is None
        return self._as_word(word, listing, [self._abroad] if self._abroad else [])

    def _whole(self, word: Word) -> Iterator[Match]:
        return ((part, word.folded, _WHOLE) for part in self._own)

    def _as_compound(self, word: Word, listing: Listing) -> Hits:
        """As two words in one: wherever both are in full, else where both begin words.

        Then it is the longest first one that leaves a known second one.
        """
        text = word.folded
        splits = [
            (Word(text[:end], text[:end]), Word(text[end:], text[end:]))
            for end in range(len(text) - _SHORTEST_PART, _SHORTEST_PART - 1, -1)
        ]
        splits = [(first, last) for first, last in splits if self._begins(first)]
        in_full = _any_of([self._as_both(*split, listing, whole=True) for split in splits])
        if in_full.skus:
            return in_full
        loosely = (self._as_both(*split, listing) for split in splits)
        return next((one for one in loosely if one.skus), Hits(0, {}))

    def _as_both(self, first: Word, last: Word, listing: Listing, *, whole: bool = False) -> Hits:
        return _all_of([self._as_word(one, listing, whole=whole) for one in (first, last)])

    def _begins(self, first: Word) -> bool:
        """Whether a word, or what is called otherwise, begins like that."""
        known = (one for part in self._own for one in part.starting(first.folded))
        return any(True for _ in chain(known, self._meant((first,), self._own)))

    def _as_code(self, part: str, listing: Listing, *, ends_only: bool = False) -> Hits:
        """As a part of a GTIN, an article's or a style's number."""
        if len(part) < _FEWEST_DIGITS or not any(map(str.isdigit, part)):
            return Hits(0, {})
        scores: dict[int, int] = {}
        spans: set[Span] = set()
        for bit in self._codes.find_part(part, listing, ends_only=ends_only):
            slot = listing.styles.slot_at(bit)
            whole = listing.styles.span(slot)
            spans |= {(bit, bit + 1)} if bit < whole[1] else {whole}
            scores[slot] = _WHOLE
        bits = bits_at(chain.from_iterable(starmap(range, spans)), listing.styles.size)
        return Hits(bits & listing.visible, scores)

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

    def _collect(self, matches: Iterable[Match], listing: Listing, least: int = PROSE) -> Hits:
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
        return Hits((union(whole, size) | union(colourways, size)) & listing.visible, scores)


def _forms(word: Word, parts: Sequence[WordIndex]) -> Iterator[Match]:
    for part in parts:
        yield from ((part, spelling, _WHOLE) for spelling in (word.folded, *respelt(word)))
        yield from ((part, found, _INFLECTED) for found in part.inflections(word))


def _beginning(word: Word, parts: Sequence[WordIndex]) -> Iterator[Match]:
    for part in parts:
        for spelling in (word.folded, *respelt(word)):
            yield from ((part, found, _PREFIX) for found in part.starting(spelling))


def _compounds(word: Word, parts: Sequence[WordIndex]) -> Iterator[Match]:
    return ((part, found, _LAST) for part in parts for found in part.ending(word))


def _all_of(found: Sequence[Hits]) -> Hits:
    """What all have found; who has no scores restricts the others only."""
    skus = reduce(int.__and__, (one.skus for one in found))
    scored = [one.scores for one in found if one.scores]
    common = set.intersection(*map(set, scored)) if scored else set()
    return Hits(skus, {slot: sum(scores[slot] for scores in scored) for slot in common})


def _any_of(found: Sequence[Hits]) -> Hits:
    scores: dict[int, int] = {}
    for one in found:
        for slot, score in one.scores.items():
            scores[slot] = max(scores.get(slot, 0), score)
    return Hits(reduce(int.__or__, (one.skus for one in found), 0), scores)


def _telling(pieces: list[str]) -> list[str]:
    """Without function words beside others."""
    return [piece for piece in pieces if fold(piece) not in _function_words()] or pieces


@cache
def _function_words() -> frozenset[str]:
    found = chain.from_iterable(function_words(Locale.parse(one)) for one in LANGUAGES)
    return frozenset(map(fold, found))


def _nth(spans: Iterator[Span], place: int) -> Span:
    for _ in range(place):
        next(spans)
    return next(spans)
