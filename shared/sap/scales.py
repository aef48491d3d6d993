"""Scales of condition records, and the units that SAP's prices are per: both brought to pieces.

A scale's rows are thresholds with the price of each (E1KONM). Of a from-scale (KONP-STFKZ "A", or
empty) a price holds from its threshold on; of a to-scale ("B") up to it, and the last one on from
there. What a price is per (KPEIN of KMEIN), and what its scale counts in (KONMS), is any unit of
the article's (MARM).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from shared.price.model import DiscountRecord, PriceRecord, Tier

PiecesIn = Callable[[str], int]
"""How many pieces a unit of a style is."""


@dataclass(frozen=True)
class Condition:
    """A condition record in the units that SAP has it in; amounts in minor units for `per` units.

    `scale` are thresholds with amounts, ascending.
    """

    valid_from: date
    valid_to: date
    amount: int
    per: int
    unit: str
    scale_unit: str
    is_to_scale: bool
    scale: tuple[tuple[int, int], ...]

    def as_price(self, pieces_in: PiecesIn) -> PriceRecord:
        """The record of a price per piece; whatever `pieces_in` raises."""
        amount, tiers = self._amounts(pieces_in)
        return PriceRecord(
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            amount=amount,
            per=self.per * pieces_in(self.unit),
            tiers=[Tier(quantity=start, amount=one) for start, one in tiers],
        )

    def as_discount(self, pieces_in: PiecesIn) -> DiscountRecord:
        """The record of a discount, whose negative amounts are added; whatever `pieces_in` raises."""
        rate, tiers = self._amounts(pieces_in)
        adds = rate < 0 or any(one < 0 for _, one in tiers)
        return DiscountRecord(
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            amount=max(0, rate),
            per=self.per * pieces_in(self.unit),
            tiers=[Tier(quantity=start, amount=max(0, one)) for start, one in tiers],
            added=max(0, -rate),
            added_tiers=[Tier(quantity=start, amount=max(0, -one)) for start, one in tiers if adds],
        )

    def _amounts(self, pieces_in: PiecesIn) -> tuple[int, list[tuple[int, int]]]:
        """The amount below the first tier, and the tiers by pieces (or value)."""
        factor = pieces_in(self.scale_unit) if self.scale else 1
        scale = [(threshold * factor, amount) for threshold, amount in self.scale]
        if self.is_to_scale and scale:
            return _up_to(scale)
        # A scale may begin at 0; nobody orders less than one piece.
        found = {max(1, threshold): amount for threshold, amount in scale}
        return self.amount, [*found.items()]


def _up_to(scale: list[tuple[int, int]]) -> tuple[int, list[tuple[int, int]]]:
    """The first price, and from where on each of the others holds."""
    tiers = [(threshold + 1, amount) for (threshold, _), (_, amount) in pairwise(scale)]
    return scale[0][1], tiers
