"""Slots in an order that people sort by, kept while styles come and go."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator

from functions.catalog.index.styles import Styles
from shared.catalogue.packed_styles import PackedStyle

SortKey = tuple[int | str, ...]


class SlotOrder:
    """Slots ascending by their keys, which differ; four bytes each."""

    def __init__(self, slots: Iterable[int], key: Callable[[int], SortKey]) -> None:
        self.key = key
        self._slots = array("I", sorted(slots, key=key))

    def __iter__(self) -> Iterator[int]:
        return iter(self._slots)

    def __reversed__(self) -> Iterator[int]:
        return reversed(self._slots)

    def after(self, last: SortKey | None) -> Iterator[int]:
        """The slots whose keys are greater than `last`; all for None."""
        first = 0 if last is None else bisect_right(self._slots, last, key=self.key)
        return map(self._slots.__getitem__, range(first, len(self._slots)))

    def between(self, least: SortKey, greatest: SortKey) -> "array[int]":
        """The slots whose keys are `least` or greater, and less than `greatest`."""
        first = bisect_left(self._slots, least, key=self.key)
        return self._slots[first : bisect_left(self._slots, greatest, key=self.key)]

    def add(self, slot: int) -> None:
        """Take a slot in."""
        self._slots.insert(bisect_right(self._slots, self.key(slot), key=self.key), slot)

    def remove(self, slot: int) -> None:
        """Leave a slot out, which must be in and have the key that it was added with."""
        place = bisect_left(self._slots, self.key(slot), key=self.key)
        while self._slots[place] != slot:
            place += 1
        del self._slots[place]


class StyleOrder(SlotOrder):
    """Styles by what `value` says of each, then by number. It follows them when asked to."""

    def __init__(self, styles: Styles, value: Callable[[PackedStyle], int | str]) -> None:
        self.styles = styles
        self._value = value
        self._seen = len(styles.log)
        self._values = [value(style) for style in styles.entries]
        super().__init__((slot for slot, _ in styles.living()), self._key_of)

    @property
    def size(self) -> int:
        """About how many bytes of memory it takes."""
        return sum(60 + (len(one) if isinstance(one, str) else 0) for one in self._values)

    def follow(self) -> None:
        """Leave out the styles that died since, and take in those that came."""
        self._values += map(self._value, self.styles.entries[len(self._values) :])
        for replacement in self.styles.log[self._seen :]:
            if replacement.dead is not None:
                self.remove(replacement.dead)
            if replacement.new is not None:
                self.add(replacement.new)
        self._seen = len(self.styles.log)

    def _key_of(self, slot: int) -> SortKey:
        return self._values[slot], self.styles.entries[slot].number
