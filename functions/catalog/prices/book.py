"""All price conditions in one currency, packed; an instance prices companies from them."""

from collections.abc import Iterator

from shared.catalogue.packed_prices import (
    Block,
    Holder,
    Key,
    block_size,
    change_block,
    holder_of,
    pack_keys,
    read_block,
)
from shared.catalogue.snapshot import bucket_of
from shared.price.model import Source, StylePrices

_FOLDED = 4_000
"""Changed styles that are kept beside the blocks before they are packed into them."""


class PriceBook:
    """Condition keys of all styles. `log` are the styles whose prices changed, in order."""

    def __init__(self, buckets: int, blocks: dict[int, Block]) -> None:
        self._buckets = buckets
        self._blocks = blocks
        self._changed: dict[str, dict[Holder, list[Key]]] = {}
        self._holders = {holder for block in blocks.values() for holder in block}
        self.log: list[str] = []

    def replace(self, prices: StylePrices) -> None:
        """Take the prices of a style in place of those it had."""
        keys = pack_keys(prices)
        self._changed[prices.style] = keys
        self._holders.update(keys)
        self.log.append(prices.style)
        if len(self._changed) >= _FOLDED:
            self._fold()

    def keys(self, style: str, holders: list[Holder]) -> list[Key]:
        """The keys of a style that these holders have."""
        if (changed := self._changed.get(style)) is not None:
            return [key for holder in holders for key in changed.get(holder, ())]
        block = self._blocks.get(bucket_of(style, self._buckets), {})
        return [key for holder in holders for key in read_block(block, holder).get(style, ())]

    def all_keys(self, holders: list[Holder]) -> Iterator[tuple[str, list[Key]]]:
        """The keys of every style that these holders have any of."""
        for block in self._blocks.values():
            found: dict[str, list[Key]] = {}
            for holder in holders:
                for style, keys in read_block(block, holder).items():
                    if style in self._changed:
                        continue
                    if style in found:
                        found[style] += keys
                    else:
                        found[style] = keys
            yield from found.items()
        for style in self._changed:
            if keys := self.keys(style, holders):
                yield style, keys

    def may_have(self, source: Source, holder: str) -> bool:
        """Whether the holder has any key, or had one."""
        return holder_of(source, holder) in self._holders

    @property
    def size(self) -> int:
        """About how many bytes of memory it takes."""
        changed = sum(len(keys) for by in self._changed.values() for keys in by.values())
        return sum(map(block_size, self._blocks.values())) + 1_000 * changed

    def _fold(self) -> None:
        """Pack what changed into the blocks."""
        by_bucket: dict[int, dict[str, dict[Holder, list[Key]]]] = {}
        for style, keys in self._changed.items():
            by_bucket.setdefault(bucket_of(style, self._buckets), {})[style] = keys
        for bucket, changed in by_bucket.items():
            self._blocks[bucket] = change_block(self._blocks.get(bucket, {}), changed)
        self._changed = {}
