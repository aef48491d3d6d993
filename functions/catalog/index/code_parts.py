"""Which SKUs and styles have a code with some digits in it: GTIN, that of a case, article, style.

The codes of all styles are one text of some 25 bytes a SKU, which is searched as a whole:
some milliseconds for 100,000 SKUs, and nothing to sort or to keep in step.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from functions.catalog.index.listing import Listing
from functions.catalog.index.styles import Styles
from shared.catalogue.packed_styles import SKU_SEPARATOR, PackedStyle

_FEWEST_OF_CASE = 8  # digits that are taken for those of a case, whose first one is its own
_OF_CASES = "12345678"  # indicators (GS1 General Specifications, 2.1.7)
_FEWEST_FILLED_UP = 4  # digits behind zeros that are none of the code
_ZERO = "0"
_BEFORE_A_CODE = "\n\x1e\x1f "  # of a style, an article, a GTIN, and that of its case


class CodeParts:
    """Finds parts of codes. It follows `styles` by itself."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._text = ""
        self._firsts = array("I")  # where the text of each of `_slots` begins
        self._slots = array("I")
        self._seen: int | None = None

    def find(self, part: str, listing: Listing, *, ends_only: bool = False) -> list[int]:
        """Bits of visible SKUs, and guards of styles, whose code has `part`.

        Those whose code begins or ends with it, zeros before a code aside; else, unless
        `ends_only`, those that have it within, and those whose case may begin with it.
        """
        self._follow()
        at_ends: set[int] = set()
        within: set[int] = set()
        for bit, at_end in self._hits(part.upper()):
            if listing.shows(bit):
                (at_ends if at_end else within).add(bit)
        if at_ends or ends_only:
            return sorted(at_ends)
        if not within and len(part) >= _FEWEST_OF_CASE and part[0] in _OF_CASES:
            return self.find(part[1:], listing, ends_only=True)
        return sorted(within)

    def slots_with(self, part: str) -> set[int]:
        """Slots of styles, also of those that changed since, which have or had `part` in a code."""
        self._follow()
        return {self._slots[self._style_at(place)] for place in self._places(part)}

    def _hits(self, part: str) -> Iterator[tuple[int, bool]]:
        """Bit or guard of each code that has `part`, and whether at an end of the code."""
        text = self._text
        for place in self._places(part):
            at_end = not (text[self._without_zeros(place) - 1] + text[place + len(part)]).isalnum()
            yield self._bit_at(place), at_end
        # SAP and spreadsheets fill codes up with zeros.
        bare = part.lstrip(_ZERO)
        if bare != part and len(bare) >= _FEWEST_FILLED_UP:
            for before in _BEFORE_A_CODE:
                yield from (
                    (self._bit_at(place + 1), True) for place in self._places(before + bare)
                )

    def _places(self, wanted: str) -> Iterator[int]:
        place = self._text.find(wanted)
        while place >= 0:
            yield place
            place = self._text.find(wanted, place + 1)

    def _without_zeros(self, place: int) -> int:
        while self._text[place - 1] == _ZERO:
            place -= 1
        return place

    def _bit_at(self, place: int) -> int:
        """The bit of the SKU whose code is at that place of the text, the guard of a style number."""
        at = self._style_at(place)
        first, guard = self._styles.span(self._slots[at])
        before = self._text.count(SKU_SEPARATOR, self._firsts[at], place)
        return first + before - 1 if before else guard

    def _style_at(self, place: int) -> int:
        return bisect_right(self._firsts, place) - 1

    def _follow(self) -> None:
        if self._seen is None:
            self._add(self._styles.living())
        else:
            came = (one.new for one in self._styles.log[self._seen :])
            self._add((slot, self._styles.entries[slot]) for slot in came if slot is not None)
        self._seen = len(self._styles.log)

    def _add(self, styles: Iterable[tuple[int, PackedStyle]]) -> None:
        """Each style as its number, its SKUs' codes, and what ends the last one."""
        texts = []
        end = len(self._text)
        for slot, style in styles:
            text = f"\n{style.number}{SKU_SEPARATOR}{style.codes}\n".upper()
            self._slots.append(slot)
            self._firsts.append(end)
            end += len(text)
            texts.append(text)
        self._text = "".join((self._text, *texts)) if texts else self._text
