"""Search by words in the reader's language: folded, by prefix, with one typo forgiven."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from babel import Locale

from functions.catalog.bits import Span, union
from functions.catalog.fold import words
from functions.catalog.label import label
from functions.catalog.listing import Listing
from shared.style.model import Style, Texts
from shared.text.locale import fallbacks

_NAME, _KIND, _PROSE = 4, 2, 1  # how much a hit in a field says
_WHOLE, _PREFIX, _TYPO = 3, 2, 1  # how well a word matches
_FORGIVEN = 4  # least letters of a word that may have a typo

Posting = tuple[str, int]  # style number or colourway id in capitals, weight of the field


@dataclass(frozen=True, slots=True)
class Found:
    """SKUs whose style or colourway matches, and the score of each entry's index."""

    skus: int
    scores: dict[int, int]


class SearchIndex:
    """The words of all styles in one language. What a search may find, the listing decides."""

    def __init__(self, styles: Iterable[Style], locale: Locale) -> None:
        self._postings: dict[str, list[Posting]] = defaultdict(list)
        for style in styles:
            for word, posting in _words_of(style, locale):
                self._postings[word].append(posting)
        self._vocabulary = sorted(self._postings)
        self._prefixes: dict[int, list[str]] = {}

    def search(self, text: str, listing: Listing) -> Found:
        """What every word of `text` matches. A text without any word matches all."""
        terms = words(text)
        if not terms:
            return Found(listing.all_skus, {})
        found = [self._term(term, listing) for term in terms]
        skus = found[0].skus
        for one in found[1:]:
            skus &= one.skus
        common = set.intersection(*(set(one.scores) for one in found))
        return Found(skus, {index: sum(one.scores[index] for one in found) for index in common})

    def _term(self, term: str, listing: Listing) -> Found:
        matches = {word: _WHOLE if word == term else _PREFIX for word in self._starting(term)}
        found = self._collect(matches, listing)
        # A typo is only looked for where nothing that may be seen begins with the term.
        if found.skus or len(term) < _FORGIVEN or not term.isalpha():
            return found
        near = (word for prefix in self._near(term) for word in self._starting(prefix))
        return self._collect(dict.fromkeys(near, _TYPO), listing)

    def _collect(self, matches: dict[str, int], listing: Listing) -> Found:
        scores: dict[int, int] = {}
        styles: set[Span] = set()
        colourways: set[Span] = set()
        for word, quality in matches.items():
            for place, weight in self._postings[word]:
                if visible := listing.places.get(place):
                    entry, span = visible
                    (styles if span == entry.span else colourways).add(span)
                    score = quality * weight
                    scores[entry.index] = max(scores.get(entry.index, 0), score)
        skus = union(styles, listing.size) | union(colourways, listing.size)
        return Found(skus, scores)

    def _starting(self, prefix: str) -> Iterator[str]:
        first = bisect_left(self._vocabulary, prefix)
        following = map(self._vocabulary.__getitem__, range(first, len(self._vocabulary)))
        return takewhile(lambda word: word.startswith(prefix), following)

    def _near(self, term: str) -> list[str]:
        """Beginnings of words that are one insertion, deletion, change or swap from `term`."""
        # Imported when first needed: it would be a fiftieth of the cold start.
        from rapidfuzz.distance import OSA  # noqa: PLC0415
        from rapidfuzz.process import extract  # noqa: PLC0415

        return [
            prefix
            for length in range(len(term) - 1, len(term) + 2)
            for prefix, _, _ in extract(
                term,
                self._prefixes_of(length),
                scorer=OSA.distance,
                processor=None,
                score_cutoff=1,
                limit=None,
            )
        ]

    def _prefixes_of(self, length: int) -> list[str]:
        if length not in self._prefixes:
            cut = dict.fromkeys(w[:length] for w in self._vocabulary if len(w) >= length)
            self._prefixes[length] = list(cut)
        return self._prefixes[length]


def _words_of(style: Style, locale: Locale) -> Iterator[tuple[str, Posting]]:
    number = style.number.upper()
    kind = (
        label("category", style.category, locale),
        style.category,
        label("gender", style.gender, locale),
        style.brand,
    )
    yield from _weighted(
        number,
        names=[number, *_in_languages(style.names, locale)],
        kinds=kind,
        prose=_in_languages(style.descriptions, locale),
    )
    for colourway in style.colourways:
        yield from _weighted(
            f"{number}-{colourway.code}".upper(),
            names=[colourway.code, *_in_languages(colourway.names, locale)],
            kinds=[label("colour", colourway.family, locale)],
        )


def _weighted(
    place: str, names: Iterable[str], kinds: Iterable[str], prose: Iterable[str] = ()
) -> Iterator[tuple[str, Posting]]:
    """Each word of a place once, with the weight of the best field that it is in."""
    best: dict[str, int] = {}
    for weight, texts in ((_NAME, names), (_KIND, kinds), (_PROSE, prose)):
        for text in texts:
            for word in words(text):
                best.setdefault(word, weight)
    # One posting for all words of a weight: an index has ten times as many words as places.
    postings = {weight: (place, weight) for weight in (_NAME, _KIND, _PROSE)}
    for word, weight in best.items():
        yield word, postings[weight]


def _in_languages(texts: Texts, locale: Locale) -> list[str]:
    return [texts[key] for key in fallbacks(locale) if key in texts]
