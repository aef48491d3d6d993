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

from shared.price.model import PriceRecord, Tier

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

    def in_pieces(self, pieces_in: PiecesIn) -> PriceRecord:
        """The record per piece; whatever `pieces_in` raises."""
        factor = pieces_in(self.scale_unit) if self.scale else 1
        scale = [(threshold * factor, amount) for threshold, amount in self.scale]
        if self.is_to_scale and scale:
            amount, tiers = _up_to(scale)
        else:
            # A scale may begin at 0; nobody orders less than one piece.
            found = {max(1, threshold): amount for threshold, amount in scale}
            amount, tiers = self.amount, [Tier(quantity=n, amount=a) for n, a in found.items()]
        return PriceRecord(
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            amount=amount,
            per=self.per * pieces_in(self.unit),
            tiers=tiers,
        )


def _up_to(scale: list[tuple[int, int]]) -> tuple[int, list[Tier]]:
    """The first price, and from where on each of the others holds."""
    tiers = [
        Tier(quantity=threshold + 1, amount=amount)
        for (threshold, _), (_, amount) in pairwise(scale)
    ]
    return scale[0][1], tiers
