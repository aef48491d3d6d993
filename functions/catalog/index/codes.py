"""SKU ids and GTINs of all styles, as people type or scan them."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from functions.catalog.index.listing import Listing
from functions.catalog.index.styles import Styles
from shared.catalogue.packed_styles import PackedStyle
from shared.style.model import Style, style_of


@dataclass(frozen=True, slots=True)
class FoundSku:
    """A visible SKU: its bit, and its colourway and size by their places in the style."""

    slot: int
    bit: int
    colourway: int
    size: int


def normal(code: str) -> str:
    """The code without spaces around, in capitals; a GTIN without leading zeros.

    So a GTIN-12 (UPC) is found by its GTIN-13 and GTIN-14 (GS1 General Specifications, 3.3).
    """
    plain = code.strip().upper()
    return plain.lstrip("0") if plain.isascii() and plain.isdigit() else plain


class Codes:
    """Finds the SKU of a code. `unpack` gives the whole of a style.

    GTINs are sorted when the first is asked for; twelve bytes each.
    """

    def __init__(self, styles: Styles, unpack: Callable[[PackedStyle], Style]) -> None:
        self.styles = styles
        self._unpack = unpack
        self._seen = 0
        self._gtins: array[int] | None = None
        self._slots = array("I")
        self._later: dict[int, int] = {}

    def find(self, code: str, listing: Listing) -> FoundSku | None:
        """The SKU, if the listing shows it."""
        plain = normal(code)
        if not plain:
            return None
        is_gtin = plain.isascii() and plain.isdigit()
        found = self._find_gtin(plain) if is_gtin else self._find_id(plain)
        return found if found and listing.shows(found.bit) else None

    def find_part(self, digits: str, listing: Listing) -> list[FoundSku]:
        """The visible SKUs whose GTIN begins or ends with `digits`."""
        return [
            FoundSku(slot, bit, colourway, size)
            for slot in self._slots_of(digits)
            for bit, colourway, size, gtin in self._skus(slot)
            if _is_part(digits, gtin) and listing.shows(bit)
        ]

    def _slots_of(self, digits: str) -> set[int]:
        """The living styles that have, or had, such a GTIN."""
        self._take_changes()
        gtins = self._sorted()
        places = (place for place, gtin in enumerate(gtins) if _is_part(digits, gtin))
        later = (slot for gtin, slot in self._later.items() if _is_part(digits, gtin))
        numbers = (
            self.styles.entries[slot].number
            for slot in {*map(self._slots.__getitem__, places), *later}
        )
        return {slot for one in numbers if (slot := self.styles.slots.get(one)) is not None}

    def _skus(self, slot: int) -> Iterator[tuple[int, int, int, int]]:
        """Bit, colourway, size and GTIN of each SKU; a GTIN of 0 where it has none."""
        style = self.styles.entries[slot]
        codes = iter(style.sku_codes())
        bit = self.styles.span(slot)[0]
        for colourway, (_, kind) in enumerate(style.colourways):
            for size in range(len(kind.sizes)):
                gtin = next(codes)[1]
                yield bit, colourway, size, int(gtin) if gtin.isascii() and gtin.isdigit() else 0
                bit += 1

    def _find_id(self, plain: str) -> FoundSku | None:
        slot = self.styles.find(style_of(plain))
        if slot is None:
            return None
        skus = (
            (colourway, size, normal(sku.id) == plain)
            for colourway, one in enumerate(self._unpack(self.styles.entries[slot]).colourways)
            for size, sku in enumerate(one.skus)
        )
        return self._locate(slot, skus)

    def _find_gtin(self, plain: str) -> FoundSku | None:
        slot = self._slot_of(int(plain))
        if slot is None:
            return None
        style = self.styles.entries[slot]
        codes = iter(style.sku_codes())
        skus = (
            (colourway, size, normal(next(codes)[1]) == plain)
            for colourway, (_, kind) in enumerate(style.colourways)
            for size in range(len(kind.sizes))
        )
        return self._locate(slot, skus)

    def _locate(self, slot: int, skus: Iterator[tuple[int, int, bool]]) -> FoundSku | None:
        # What is asked for may have left the style since it was sorted.
        for bit, (colourway, size, wanted) in enumerate(skus, self.styles.span(slot)[0]):
            if wanted:
                return FoundSku(slot, bit, colourway, size)
        return None

    def _slot_of(self, gtin: int) -> int | None:
        """The living style that has, or had, the GTIN."""
        gtins = self._sorted()
        self._take_changes()
        slot = self._later.get(gtin)
        if slot is None:
            place = bisect_left(gtins, gtin)
            if place == len(gtins) or gtins[place] != gtin:
                return None
            slot = self._slots[place]
        return self.styles.slots.get(self.styles.entries[slot].number)

    def _take_changes(self) -> None:
        self._sorted()
        for replacement in self.styles.log[self._seen :]:
            if replacement.new is not None:
                changed = self.styles.entries[replacement.new]
                self._later |= dict.fromkeys(_gtins(changed), replacement.new)
        self._seen = len(self.styles.log)

    def _sorted(self) -> "array[int]":
        if self._gtins is None:
            self._seen = len(self.styles.log)
            pairs = sorted(
                (gtin, slot) for slot, style in self.styles.living() for gtin in _gtins(style)
            )
            self._gtins = array("Q", (gtin for gtin, _ in pairs))
            self._slots = array("I", (slot for _, slot in pairs))
        return self._gtins


def _is_part(digits: str, gtin: int) -> bool:
    written = f"{gtin:013}"
    return gtin > 0 and (
        written.endswith(digits) or written.lstrip("0").startswith(digits.lstrip("0"))
    )


def _gtins(style: PackedStyle) -> Iterator[int]:
    for _, gtin in style.sku_codes():
        # Eight bytes hold 19 figures; a GTIN has 14 at most (GS1 General Specifications, 3.3).
        if gtin.isascii() and gtin.isdigit() and len(gtin) <= len("00000000000000"):
            yield int(gtin)
