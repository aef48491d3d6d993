"""Which words stand where, and how words of a vocabulary are alike."""

from array import array
from bisect import bisect_left, insort
from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import NamedTuple

from functions.catalog.index.stems import stems
from functions.catalog.index.styles import Styles
from functions.catalog.index.words import Word
from shared.catalogue.packed_styles import PackedStyle

PROSE, KIND, NAME = 1, 2, 3
"""The fields that a word can stand in."""

# A posting is slot, place and field in 32 bits. Place 0 is the style, others a colourway's.
_SLOT_SHIFT, _PLACE_SHIFT, _PLACES, _FIELDS = 10, 2, 1 << 8, 1 << 2
_BYTES_PER_WORD, _BYTES_PER_STEM = 280, 90
_BETWEEN = "\t"

_COMPOUNDING = frozenset({"da", "de", "en", "et", "fi", "hu", "nb", "nl", "sv"})
"""Languages that write two words as one; in others, the end of a word means nothing."""

_SHORTEST_PART, _SHORTEST_HEAD = 4, 3
"""Letters of a compound's last part, and of what is before it."""

Place = int


class FoundWord(NamedTuple):
    """A word of a language, where it stands, and in which field."""

    word: Word
    language: str
    place: Place
    field: int


class WordIndex:
    """The words that `words_of` finds in the styles. It follows `styles` when asked to.

    `languages` are those of its words; none where no rules of a language apply. Words of the
    `main` ones may be compounds.
    """

    def __init__(
        self,
        styles: Styles,
        words_of: Callable[[PackedStyle], Iterator[FoundWord]],
        languages: tuple[str, ...],
        main: tuple[str, ...],
    ):
        self.styles = styles
        self.languages = languages
        self._compounding = [one for one in main if one in _COMPOUNDING]
        self._words_of = words_of
        self._seen = len(styles.log)
        self._postings: dict[str, array[int]] = {}
        self._vocabulary: list[str] = []
        self._inflected: set[str] = set()
        for slot, style in list(styles.living()):
            self._add(slot, style)
        self._vocabulary = sorted(self._postings)
        self._by_stem = sorted(self._inflected)
        self._inflected = set()

    @property
    def size(self) -> int:
        """About how many bytes of memory it takes."""
        postings = sum(len(one) for one in self._postings.values())
        vocabulary = len(self._postings) * _BYTES_PER_WORD + len(self._by_stem) * _BYTES_PER_STEM
        return postings * 4 + vocabulary

    def follow(self) -> None:
        """Take in the styles that came since; those that died are in no listing any more."""
        for replacement in self.styles.log[self._seen :]:
            if replacement.new is not None:
                known = set(self._postings)
                self._add(replacement.new, self.styles.entries[replacement.new])
                for word in self._postings.keys() - known:
                    insort(self._vocabulary, word)
                for inflected in self._inflected:
                    insort(self._by_stem, inflected)
                self._inflected = set()
        self._seen = len(self.styles.log)

    def has(self, word: str) -> bool:
        """Whether the folded word stands anywhere."""
        return word in self._postings

    def starting(self, prefix: str) -> Iterator[str]:
        """The words that begin with `prefix`."""
        return _starting(self._vocabulary, prefix)

    def inflections(self, word: Word) -> Iterator[str]:
        """Other forms of the word."""
        for language in self.languages:
            for stem in stems(word, language):
                if stem in self._postings:
                    yield stem
                for found in _starting(self._by_stem, stem + _BETWEEN):
                    yield found[len(stem) + 1 :]

    def ending(self, word: Word) -> Iterator[str]:
        """Compound words whose last part is the word or a form of it: Mantel, Daunenmantel."""
        if len(word.folded) < _SHORTEST_PART:
            return
        wanted = {one: stems(word, one) for one in self._compounding}
        for stem in {stem for known in wanted.values() for stem in known}:
            for compound in self._vocabulary:
                first = compound.rfind(stem, _SHORTEST_HEAD)
                if first >= 0 and compound.startswith(word.folded[:_SHORTEST_PART], first):
                    last = Word(compound[first:], compound[first:])
                    if any(
                        last.folded in known or stems(last, one) & known
                        for one, known in wanted.items()
                    ):
                        yield compound

    def containing(self, part: str) -> Iterator[str]:
        """The words that have `part` anywhere."""
        return (word for word in self._vocabulary if part in word)

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
        """Slot, place and kind of each field that the word stands in."""
        for posting in self._postings.get(word, ()):
            yield (
                posting >> _SLOT_SHIFT,
                posting >> _PLACE_SHIFT & (_PLACES - 1),
                posting & (_FIELDS - 1),
            )

    def _add(self, slot: int, style: PackedStyle) -> None:
        best: dict[tuple[str, Place], int] = {}
        for word, language, place, field in self._words_of(style):
            # Who has more colours than there are places for is found as a whole by theirs.
            key = (word.folded, place if place < _PLACES else 0)
            if word.folded not in self._postings:
                self._inflected |= {
                    f"{stem}{_BETWEEN}{word.folded}"
                    for stem in stems(word, language)
                    if stem != word.folded
                }
            best[key] = max(best.get(key, 0), field)
        for (folded, place), field in best.items():
            postings = self._postings.get(folded)
            if postings is None:
                postings = self._postings[folded] = array("I")
            postings.append(slot << _SLOT_SHIFT | place << _PLACE_SHIFT | field)


def _starting(ordered: list[str], prefix: str) -> Iterator[str]:
    following = map(ordered.__getitem__, range(bisect_left(ordered, prefix), len(ordered)))
    return takewhile(lambda word: word.startswith(prefix), following)
