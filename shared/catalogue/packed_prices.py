"""Prices of many styles in one currency as the catalog holds them: packed by holder.

A company needs the keys of few holders, its own, its price list's and its market's, and
those of very many styles. So the keys are grouped by holder into blocks, deflated JSON of
some hundred styles each, and a block that nobody needs is never inflated.
"""

import json
import zlib
from collections import defaultdict
from typing import Literal

from shared.price.model import (
    DiscountKey,
    DiscountRecord,
    PriceKey,
    PriceKind,
    PriceRecord,
    Source,
    StylePrices,
    VariantPriceKey,
)
from shared.store import Document

FORMAT = 2
"""Of `write_chunk`; a reader leaves a chunk of any other alone."""

Holder = str  # source and holder, e.g. "2:W1"
Record = tuple[str, str, int, int, list[tuple[int, int]]]
"""Valid from and to (ISO days), amount, per, tiers: what PriceRecord says."""
Terms = tuple[int, str, int, bool, bool, bool, str]
"""Of a discount of a style: step, condition type, access, whether it is a percentage, whether of what
is left, whether its scale is by value, currency. What DiscountKey says. Its records have rates as
their amounts."""
Key = tuple[int, PriceKind | Literal["discount"], str, list[Record], str, str, str, Terms | None]
"""Source, kind, organisation, records: what PriceKey says. Then name and stamp, by which a
customer's key is told from an older state of it; empty in any other's. The article that it is of
alone, else empty; the terms of a discount, None of a price."""
StyleKeys = dict[str, list[Key]]
"""Keys by style."""
Block = dict[Holder, bytes]


def holder_of(source: Source, holder: str) -> Holder:
    """Under which name the keys of a company, price list or organisation are."""
    return f"{source.value}:{holder}"


def pack_keys(prices: StylePrices) -> dict[Holder, list[Key]]:
    """The keys of a style, each under its holder."""
    packed: dict[Holder, list[Key]] = defaultdict(list)
    keys: list[tuple[str, PriceKey | DiscountKey]] = [
        *prices.keys.items(),
        *prices.variants.items(),
        *prices.discounts.items(),
    ]
    for name, key in keys:
        packed[holder_of(key.source, key.holder)].append(_pack_key(name, key))
    return packed


def _pack_key(name: str, key: PriceKey | DiscountKey) -> Key:
    records: list[Record] = [
        (
            record.valid_from.isoformat(),
            record.valid_to.isoformat(),
            *_amounts(record),
        )
        for record in key.records
    ]
    told = (name, key.stamp) if key.source is Source.CUSTOMER else ("", "")
    if isinstance(key, DiscountKey):
        terms = (
            key.step,
            key.condition,
            key.access,
            key.calculation == "percent",
            key.base == "running",
            key.scale == "value",
            key.currency,
        )
        return (key.source.value, "discount", key.organisation, records, *told, key.article, terms)
    article = key.article if isinstance(key, VariantPriceKey) else ""
    return (key.source.value, key.kind, key.organisation, records, *told, article, None)


def _amounts(record: PriceRecord) -> tuple[int, int, list[tuple[int, int]]]:
    if isinstance(record, DiscountRecord):
        return record.rate, record.per, [*record.rates]
    return record.amount, record.per, [(tier.quantity, tier.amount) for tier in record.tiers]


def read_block(block: Block, holder: Holder) -> StyleKeys:
    """The holder's keys by style."""
    packed = block.get(holder)
    content: StyleKeys = json.loads(zlib.decompress(packed)) if packed else {}
    return content


def change_block(block: Block, changed: dict[str, dict[Holder, list[Key]]]) -> Block:
    """The block with all keys of some styles replaced."""
    holders: dict[Holder, StyleKeys] = {}
    for holder in block:
        kept = {s: keys for s, keys in read_block(block, holder).items() if s not in changed}
        holders[holder] = kept
    for style, by_holder in changed.items():
        for holder, keys in by_holder.items():
            holders.setdefault(holder, {})[style] = keys
    return {
        holder: zlib.compress(json.dumps(styles, separators=(",", ":")).encode())
        for holder, styles in holders.items()
        if styles
    }


def write_chunk(block: Block) -> Document:
    """A block as a document."""
    return {"format": FORMAT, "holders": block}


def read_chunk(document: Document) -> Block:
    """The block of a document.

    Raises:
        ValueError, KeyError: it is none, or of another format.
    """
    if document["format"] != FORMAT:
        raise ValueError(f"format {document['format']}")
    block: Block = document["holders"]
    return block


def block_size(block: Block) -> int:
    """Bytes that a block takes in memory, about."""
    return sum(len(packed) + 120 for packed in block.values())
