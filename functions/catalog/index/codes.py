"""SKU ids and GTINs of all styles."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from functions.catalog.index.code_parts import CodeParts
from functions.catalog.index.listing import Listing
from functions.catalog.index.styles import Styles
from shared.catalogue.packed_styles import PackedStyle
from shared.style.codes import Code
from shared.style.model import Style, styles_spelt
from shared.style.sizes import is_other_spelling

_FEWEST_DIGITS = 8  # of a GTIN that is looked for in the text of all codes


@dataclass(frozen=True, slots=True)
class FoundSku:
    """A visible SKU: its bit, and its colourway and size by their places in the style."""

    slot: int
    bit: int
    colourway: int
    size: int


class Codes:
    """Finds the SKUs of a code. `unpack` gives the whole of a style.

    A GTIN is looked for in the text that has all codes, until somebody has many of them.
    """

    def __init__(self, styles: Styles, unpack: Callable[[PackedStyle], Style]) -> None:
        self.styles = styles
        self._unpack = unpack
        self._seen = 0
        self._gtins: array[int] | None = None
        self._slots = array("I")
        self._later: dict[int, set[int]] = {}
        self._parts = CodeParts(styles)

    def find(self, code: Code, listing: Listing) -> list[FoundSku]:
        """The SKUs that have the code and that the listing shows.

        Several only where master data gave one GTIN to several.
        """
        found = self._find_gtin(int(code.gtin)) if code.gtin else self._find_id(code.text)
        shown = [sku for sku in found if listing.shows(sku.bit)]
        gtin = code.as_gtin()
        return self.find(gtin, listing) if gtin and not shown else shown

    def sort_gtins(self) -> None:
        """Before many are looked for: sorting takes a fifth of a second for 100,000 SKUs and twelve
        bytes each, and looking in a text some milliseconds for each GTIN."""
        self._sorted_rows()

    def of_style(self, number: str, listing: Listing) -> list[FoundSku]:
        """The visible SKUs of a style, by its number in whatever letters."""
        slot = self.styles.find(number)
        if slot is None:
            return []
        skus = (
            FoundSku(slot, bit, colourway, size) for bit, colourway, size, _ in self._skus(slot)
        )
        return [sku for sku in skus if listing.shows(sku.bit)]

    def find_part(self, part: str, listing: Listing, *, ends_only: bool = False) -> list[int]:
        """Bits of the visible SKUs, and guards of the styles, that have a code with `part` in it."""
        return self._parts.find(part, listing, ends_only=ends_only)

    def _living(self, slots: Iterable[int]) -> set[int]:
        """Where the styles of these slots are now."""
        numbers = (self.styles.entries[slot].number for slot in slots)
        return {slot for one in numbers if (slot := self.styles.slots.get(one)) is not None}

    def _skus(self, slot: int) -> Iterator[tuple[int, int, int, list[int]]]:
        """Bit, colourway, size and GTINs of each SKU."""
        style = self.styles.entries[slot]
        codes = iter(style.sku_codes())
        bit = self.styles.span(slot)[0]
        for colourway, (_, kind) in enumerate(style.colourways):
            for size in range(len(kind.sizes)):
                yield bit, colourway, size, list(_numbers(next(codes)[1]))
                bit += 1

    def _find_id(self, plain: str) -> Iterator[FoundSku]:
        slots = (self.styles.find(number) for number in styles_spelt(plain))
        found = (list(self._in_style(slot, plain)) for slot in slots if slot is not None)
        yield from next(filter(None, found), ())

    def _in_style(self, slot: int, plain: str) -> Iterator[FoundSku]:
        bit = self.styles.span(slot)[0]
        spelt = []
        for colourway, one in enumerate(self._unpack(self.styles.entries[slot]).colourways):
            for size, sku in enumerate(one.skus):
                if sku.id.upper() == plain:
                    yield FoundSku(slot, bit, colourway, size)
                    return
                if is_other_spelling(plain, sku.id.upper(), sku.size):
                    spelt.append(FoundSku(slot, bit, colourway, size))
                bit += 1
        yield from spelt if len(spelt) == 1 else ()

    def _find_gtin(self, wanted: int) -> Iterator[FoundSku]:
        # What is asked for may have left the style since it was sorted.
        for slot in sorted(self._slots_of(wanted), key=lambda at: self.styles.entries[at].number):
            for bit, colourway, size, gtins in self._skus(slot):
                if wanted in gtins:
                    yield FoundSku(slot, bit, colourway, size)

    def _slots_of(self, gtin: int) -> set[int]:
        """The living styles that have, or had, the GTIN, and maybe others."""
        if self._gtins is None and len(str(gtin)) >= _FEWEST_DIGITS:
            return self._living(self._parts.slots_with(str(gtin)))
        self._take_changes()
        gtins = self._sorted_rows()
        first, end = bisect_left(gtins, gtin), bisect_right(gtins, gtin)
        return self._living({*self._slots[first:end], *self._later.get(gtin, ())})

    def _take_changes(self) -> None:
        self._sorted_rows()
        for replacement in self.styles.log[self._seen :]:
            if replacement.new is not None:
                for changed in _gtins(self.styles.entries[replacement.new]):
                    self._later.setdefault(changed, set()).add(replacement.new)
        self._seen = len(self.styles.log)

    def _sorted_rows(self) -> "array[int]":
        if self._gtins is None:
            self._seen = len(self.styles.log)
            gtins, slots = [], []
            for slot, style in self.styles.living():
                own = list(_gtins(style))
                gtins += own
                slots += [slot] * len(own)
            order = sorted(range(len(gtins)), key=gtins.__getitem__)
            self._gtins = array("Q", map(gtins.__getitem__, order))
            self._slots = array("I", map(slots.__getitem__, order))
        return self._gtins


def _gtins(style: PackedStyle) -> Iterator[int]:
    for _, gtins in style.sku_codes():
        yield from _numbers(gtins)


def _numbers(gtins: Iterable[str]) -> Iterator[int]:
    for gtin in gtins:
        # Eight bytes hold 19 figures; a GTIN has 14 at most (GS1 General Specifications, 3.3).
        if gtin.isascii() and gtin.isdigit() and len(gtin) <= len("00000000000000"):
            yield int(gtin)
