"""All styles that an instance holds, with the sets of SKUs that filters and rules work on.

Each style has a slot and a span of bits (see `bits`), both given in the order that styles
come. One that changes gets a new slot and a new span at the end, and its old ones die:
what was made from all styles follows by looking at the slots in `log` that it has not seen.
When too much is dead, a new `Styles` is made of the living.
"""

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from functions.catalog.index.bits import Span, bits_at, union
from shared.catalogue.packed_styles import Facts, Kind, PackedStyle

Attribute = Literal[
    "brand", "division", "category", "gender", "tier", "exclusive", "season", "colour", "size"
]

FEWEST_DEAD = 2_000
"""So many dead slots are always borne."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """The slots of a style before and after a change; None where there was or is no style."""

    dead: int | None
    new: int | None


class Styles:
    """Styles by slot. `masks` are the SKUs by attribute and value, `blocked` those that a
    distribution chain does not sell.

    `all_skus` are those of living styles, `guards` the bits above each style's last. It
    changes under its owner's lock; entries and spans of a slot never change.
    """

    def __init__(self, styles: Iterable[PackedStyle]) -> None:
        self.entries: list[PackedStyle] = []
        self.slots: dict[str, int] = {}
        self.masks: dict[Attribute, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self.blocked: dict[str, int] = defaultdict(int)
        self.all_skus = 0
        self.guards = 0
        self.size = 0
        self.log: list[Replacement] = []
        self._firsts = array("I")
        self._ends = array("I")
        self._numbers_by_capitals: dict[str, str] = {}
        self._append(styles)

    def replace(self, number: str, style: PackedStyle | None) -> None:
        """Take a style in place of the one of the same number; None: there is none any more."""
        dead = self.slots.pop(number, None)
        if dead is not None:
            self._clear(dead)
        new = None
        if style is not None:
            new = len(self.entries)
            self._append([style])
        if dead is not None or new is not None:
            self.log.append(Replacement(dead, new))

    def span(self, slot: int) -> Span:
        """The bits of a slot's SKUs; the bit after them is its guard."""
        return self._firsts[slot], self._ends[slot]

    def slot_at(self, bit: int) -> int:
        """The slot that has a bit, as a SKU's or as its guard."""
        return bisect_right(self._firsts, bit) - 1

    def colourway_spans(self, slot: int) -> Iterator[Span]:
        """The bits of each colourway of a slot."""
        first = self._firsts[slot]
        for _, kind in self.entries[slot].colourways:
            yield first, first + len(kind.sizes)
            first += len(kind.sizes)

    def find(self, number: str) -> int | None:
        """The slot of a style number in whatever letters."""
        capitals = number.upper()
        return self.slots.get(self._numbers_by_capitals.get(capitals, capitals))

    def find_colourway(self, id_: str) -> tuple[int, Span] | None:
        """Slot and bits of a colourway id (style-colour) in whatever letters."""
        number, _, code = id_.rpartition("-")
        slot = self.find(number)
        if slot is None or not code:
            return None
        colourways = self.entries[slot].colourways
        for (own, _), span in zip(colourways, self.colourway_spans(slot), strict=True):
            if own.upper() == code.upper():
                return slot, span
        return None

    def latest_with(self, name: Attribute, value: str) -> int | None:
        """The slot that came last of the styles that have a SKU with the attribute's value."""
        last = self.masks[name].get(value, 0).bit_length() - 1
        return None if last < 0 else self.slot_at(last)

    def too_many_dead(self) -> bool:
        """Whether the living should move together."""
        dead = len(self.entries) - len(self.slots)
        return dead > max(FEWEST_DEAD, len(self.slots) // 4)

    def living(self) -> Iterator[tuple[int, PackedStyle]]:
        """Every style with its slot."""
        for slot in self.slots.values():
            yield slot, self.entries[slot]

    def _append(self, styles: Iterable[PackedStyle]) -> None:
        by_facts: dict[Facts, list[Span]] = defaultdict(list)
        by_kind: dict[Kind, list[int]] = defaultdict(list)
        blocked: dict[str, list[int]] = defaultdict(list)
        guards = []
        position = self.size
        for style in styles:
            slot = len(self.entries)
            self.entries.append(style)
            self.slots[style.number] = slot
            if (capitals := style.number.upper()) != style.number:
                self._numbers_by_capitals[capitals] = style.number
            first = position
            for _, kind in style.colourways:
                by_kind[kind].append(position)
                position += len(kind.sizes)
            self._firsts.append(first)
            self._ends.append(position)
            for chain, (_, places) in style.chains:
                blocked[chain] += [first + place for place in places]
            by_facts[style.facts].append((first, position))
            guards.append(position)
            position += 1
        self.size = position
        self.guards |= bits_at(guards, position)
        for chain, positions in blocked.items():
            self.blocked[chain] |= bits_at(positions, position)
        self._mark_facts(by_facts)
        self._mark_kinds(by_kind)

    def _mark_facts(self, by_facts: dict[Facts, list[Span]]) -> None:
        for facts, spans in by_facts.items():
            skus = union(spans, self.size)
            self.all_skus |= skus
            for name, value in _attributes_of_style(facts):
                self.masks[name][value] |= skus

    def _mark_kinds(self, by_kind: dict[Kind, list[int]]) -> None:
        for kind, positions in by_kind.items():
            # The first SKU of each colourway; those of the next size are one bit higher.
            firsts = bits_at(positions, self.size)
            skus = (firsts << len(kind.sizes)) - firsts
            for name, value in _attributes_of_colourway(kind):
                self.masks[name][value] |= skus
            for offset, size in enumerate(kind.sizes):
                self.masks["size"][size] |= firsts << offset

    def _clear(self, slot: int) -> None:
        first, end = self.span(slot)
        kept = ~((1 << (end + 1)) - (1 << first))
        self.all_skus &= kept
        self.guards &= kept
        style = self.entries[slot]
        held = set(_attributes_of_style(style.facts))
        for _, kind in style.colourways:
            held |= {*_attributes_of_colourway(kind), *(("size", size) for size in kind.sizes)}
        for name, value in held:
            self.masks[name][value] &= kept
        for chain, _ in style.chains:
            self.blocked[chain] &= kept


def _attributes_of_style(facts: Facts) -> Iterator[tuple[Attribute, str]]:
    yield "brand", facts.brand
    yield "division", facts.division
    yield "category", facts.category
    yield "gender", facts.gender
    yield "tier", facts.tier
    yield "exclusive", facts.exclusive


def _attributes_of_colourway(kind: Kind) -> Iterator[tuple[Attribute, str]]:
    yield "colour", kind.family
    for season in dict.fromkeys(kind.seasons):
        yield "season", season
