"""Search by words in the reader's language: folded, by prefix, with one typo forgiven.

What a reader searches in is made of parts: what no language concerns, the labels of the
reader's locale, and the texts of each language of the fall-back chain. Readers of different
languages share parts, and a text is held once however many languages fall back to it.
"""

from array import array
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from babel import Locale

from functions.catalog.index.bits import Span, union
from functions.catalog.index.labels import label
from functions.catalog.index.listing import Listing
from functions.catalog.index.styles import Styles
from functions.catalog.index.words import words
from shared.catalogue.packed_styles import PackedStyle
from shared.text.locale import fallbacks

_PROSE, _KIND, _NAME = 1, 2, 3
_WEIGHTS = {_NAME: 4, _KIND: 2, _PROSE: 1}  # how much a hit in a field says
_WHOLE, _PREFIX, _TYPO = 3, 2, 1  # how well a word matches
_FORGIVEN = 4  # least letters of a word that may have a typo

# A posting is slot, place and field in 32 bits. Place 0 is the style, others a colourway's.
_SLOT_SHIFT, _PLACE_SHIFT, _PLACES, _FIELDS = 10, 2, 1 << 8, 1 << 2
_BYTES_PER_WORD = 280

Place = int
FoundWord = tuple[str, Place, int]
"""A word, where it stands, and in which field."""


@dataclass(frozen=True, slots=True)
class Found:
    """SKUs whose style or colourway matches, and the score of each style's slot."""

    skus: int
    scores: dict[int, int]


class WordIndex:
    """The words that `words_of` finds in the styles. It follows `styles` when asked to."""

    def __init__(self, styles: Styles, words_of: Callable[[PackedStyle], Iterator[FoundWord]]):
        self.styles = styles
        self._words_of = words_of
        self._seen = len(styles.log)
        self._postings: dict[str, array[int]] = {}
        for slot, style in list(styles.living()):
            self._add(slot, style)
        self._vocabulary = sorted(self._postings)

    @property
    def size(self) -> int:
        """Bytes in memory, about."""
        postings = sum(len(one) for one in self._postings.values())
        return postings * 4 + len(self._postings) * _BYTES_PER_WORD

    def follow(self) -> None:
        """Take in the styles that came since; those that died are in no listing any more."""
        for replacement in self.styles.log[self._seen :]:
            if replacement.new is not None:
                known = set(self._postings)
                self._add(replacement.new, self.styles.entries[replacement.new])
                for word in self._postings.keys() - known:
                    insort(self._vocabulary, word)
        self._seen = len(self.styles.log)

    def starting(self, prefix: str) -> Iterator[str]:
        """The words that begin with `prefix`."""
        first = bisect_left(self._vocabulary, prefix)
        following = map(self._vocabulary.__getitem__, range(first, len(self._vocabulary)))
        return takewhile(lambda word: word.startswith(prefix), following)

    def near(self, term: str) -> list[str]:
        """Beginnings of words that are one insertion, deletion, change or swap from `term`."""
        # Imported when first needed: it would be a fiftieth of the cold start.
        from rapidfuzz.distance import OSA  # noqa: PLC0415
        from rapidfuzz.process import extract  # noqa: PLC0415

        return [
            prefix
            for length in range(len(term) - 1, len(term) + 2)
            for prefix, _, _ in extract(
                term,
                list(dict.fromkeys(w[:length] for w in self._vocabulary if len(w) >= length)),
                scorer=OSA.distance,
                processor=None,
                score_cutoff=1,
                limit=None,
            )
        ]

    def places(self, word: str) -> Iterator[tuple[int, Place, int]]:
        """Slot, place and weight of each field that the word stands in."""
        for posting in self._postings.get(word, ()):
            yield (
                posting >> _SLOT_SHIFT,
                posting >> _PLACE_SHIFT & (_PLACES - 1),
                _WEIGHTS[posting & (_FIELDS - 1)],
            )

    def _add(self, slot: int, style: PackedStyle) -> None:
        best: dict[tuple[str, Place], int] = {}
        for word, place, field in self._words_of(style):
            # Who has more colours than there are places for is found as a whole by theirs.
            key = (word, place if place < _PLACES else 0)
            best[key] = max(best.get(key, 0), field)
        for (word, place), field in best.items():
            postings = self._postings.get(word)
            if postings is None:
                postings = self._postings[word] = array("I")
            postings.append(slot << _SLOT_SHIFT | place << _PLACE_SHIFT | field)


class Search:
    """Finds words in some parts. What may be found, the listing decides."""

    def __init__(self, parts: Sequence[WordIndex]) -> None:
        self._parts = parts

    def find(self, text: str, listing: Listing) -> Found:
        """What every word of `text` matches. A text without any word matches all."""
        terms = words(text)
        if not terms:
            return Found(listing.visible, {})
        found = [self._find_term(term, listing) for term in terms]
        skus = found[0].skus
        for one in found[1:]:
            skus &= one.skus
        common = set.intersection(*(set(one.scores) for one in found))
        return Found(skus, {slot: sum(one.scores[slot] for one in found) for slot in common})

    def _find_term(self, term: str, listing: Listing) -> Found:
        found = self._collect(
            (
                (part, word, _WHOLE if word == term else _PREFIX)
                for part in self._parts
                for word in part.starting(term)
            ),
            listing,
        )
        # A typo is only looked for where nothing that may be seen begins with the term.
        if found.skus or len(term) < _FORGIVEN or not term.isalpha():
            return found
        near = dict.fromkeys(
            (part, word)
            for part in self._parts
            for prefix in part.near(term)
            for word in part.starting(prefix)
        )
        return self._collect(((part, word, _TYPO) for part, word in near), listing)

    def _collect(self, matches: Iterable[tuple[WordIndex, str, int]], listing: Listing) -> Found:
        scores: dict[int, int] = {}
        whole: set[Span] = set()
        colourways: set[Span] = set()
        for part, word, quality in matches:
            for slot, place, weight in part.places(word):
                span = listing.styles.span(slot)
                if place == 0:
                    if not listing.shows(span[1]):
                        continue
                    whole.add(span)
                else:
                    span = _nth(listing.styles.colourway_spans(slot), place - 1)
                    if span[0] == span[1] or not listing.shows(span[0]):
                        continue
                    colourways.add(span)
                scores[slot] = max(scores.get(slot, 0), quality * weight)
        size = listing.styles.size
        return Found((union(whole, size) | union(colourways, size)) & listing.visible, scores)


def common_words(style: PackedStyle) -> Iterator[FoundWord]:
    """Words that are the same in all languages."""
    for word in words(style.number.upper()):
        yield word, 0, _NAME
    for text in (style.facts.category, style.facts.brand):
        for word in words(text):
            yield word, 0, _KIND
    for place, (code, _) in enumerate(style.colourways, 1):
        for word in words(code):
            yield word, place, _NAME


def label_words(locale: Locale) -> Callable[[PackedStyle], Iterator[FoundWord]]:
    """What the keys of a style are called in a locale."""

    def words_of(style: PackedStyle) -> Iterator[FoundWord]:
        labels = (
            label("category", style.facts.category, locale),
            label("gender", style.facts.gender, locale),
        )
        for text in labels:
            for word in words(text):
                yield word, 0, _KIND
        for place, (_, kind) in enumerate(style.colourways, 1):
            for word in words(label("colour", kind.family, locale)):
                yield word, place, _KIND

    return words_of


def text_words(language: str) -> Callable[[PackedStyle], Iterator[FoundWord]]:
    """What SAP has of a style in a language."""

    def words_of(style: PackedStyle) -> Iterator[FoundWord]:
        texts = style.texts()
        for word in words(texts["names"].get(language, "")):
            yield word, 0, _NAME
        for word in words(texts["descriptions"].get(language, "")):
            yield word, 0, _PROSE
        for place, colourway in enumerate(texts["colourways"], 1):
            for word in words(colourway["names"].get(language, "")):
                yield word, place, _NAME

    return words_of


def part_keys(locale: Locale) -> list[tuple[str, str]]:
    """Kind and language of the parts that a reader of `locale` searches in."""
    texts = [("text", language) for language in fallbacks(locale)]
    return [("common", ""), ("label", str(locale)), *texts]


def make_part(styles: Styles, kind: str, language: str) -> WordIndex:
    """The part of a kind."""
    if kind == "common":
        return WordIndex(styles, common_words)
    if kind == "label":
        return WordIndex(styles, label_words(Locale.parse(language)))
    return WordIndex(styles, text_words(language))


def _nth(spans: Iterator[Span], place: int) -> Span:
    for _ in range(place):
        next(spans)
    return next(spans)
