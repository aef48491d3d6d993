"""Sets of SKUs as integers: one bit a SKU, so that filters and counts are a few operations.

The SKUs of a style are neighbours, and above each style's last SKU stays one bit free,
its guard. Adding `all SKUs` to a set carries into the guard of exactly the styles that
have a SKU in the set, which counts styles without looking at any of them.
"""

from collections.abc import Iterable

Span = tuple[int, int]  # first bit, and the bit after the last


def union(spans: Iterable[Span], size: int) -> int:
    """The bits of spans that don't overlap, all below `size`."""
    firsts = bytearray(size // 8 + 1)
    ends = bytearray(size // 8 + 1)
    for first, end in spans:
        # An empty span would set its bit twice, and so take that of its neighbour away.
        if first != end:
            firsts[first >> 3] |= 1 << (first & 7)
            ends[end >> 3] |= 1 << (end & 7)
    # Each span is 2^end - 2^first.
    return int.from_bytes(ends, "little") - int.from_bytes(firsts, "little")


def bits_at(positions: Iterable[int], size: int) -> int:
    """The set of these bits, all below `size`."""
    packed = bytearray(size // 8 + 1)
    for position in positions:
        packed[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(packed, "little")


def styles_with(skus: int, all_skus: int, guards: int) -> int:
    """The guards of the styles that have one of `skus`."""
    return (skus + all_skus) & guards


def is_set(packed: bytes, bit: int) -> bool:
    """Whether `bit` is in a set that `pack` has packed."""
    return bool(packed[bit >> 3] >> (bit & 7) & 1)


def pack(bits: int, size: int) -> bytes:
    """A set for `is_set`, which is quicker than shifting a large integer for each bit."""
    return bits.to_bytes(size // 8 + 1, "little")
