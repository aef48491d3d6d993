"""The external number range: numbers of sales orders that we choose and SAP only checks.

Its key is what makes an order exactly one sales order, however late SAP finishes what nobody
waits for any more: two sales orders of one number can't be.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Self

DIGITS = 10
"""Of a sales order's number (VBELN), with its leading zeros."""

_RANGE = re.compile(rf"(\d{{{DIGITS}}})-(\d{{{DIGITS}}})")


@dataclass(frozen=True)
class NumberRange:
    """The numbers from `first` to `last`, both included."""

    first: int
    last: int

    @classmethod
    def parse(cls, text: Any) -> Self:
        """Read "0500000000-0599999999".

        Raises:
            ValueError: it is no range.
        """
        found = _RANGE.fullmatch(text) if isinstance(text, str) else None
        if found is None or found[1] > found[2]:
            raise ValueError('a range is two numbers of ten digits, "0500000000-0599999999"')
        return cls(int(found[1]), int(found[2]))

    def draw(self, order: str, taken: str = "") -> str:
        """The number, ten digits, that our order gets; another one than `taken`, which it had.

        It is a hash of the order's number, so no counter is needed, which all exports would
        wait for, and an order that is restored from a backup gets the same one again. Two
        orders may draw the same: SAP tells the second, which draws anew. Of a million orders
        in a range of a hundred million, that are five thousand.
        """
        size = self.last - self.first + 1
        hashed = int.from_bytes(sha256(f"{order} {taken}".encode()).digest()[:16])
        if not taken:
            return f"{self.first + hashed % size:0{DIGITS}}"
        further = 1 + hashed % max(size - 1, 1)
        return f"{self.first + (int(taken) - self.first + further) % size:0{DIGITS}}"
