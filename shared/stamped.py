"""Sums by source stamp: what counts beside a figure of SAP's until that figure includes it.

A sum under a stamp is part of every figure of SAP's that is stamped so or later. It is not known
yet from when on SAP's figures include what stands under `UNTOLD`.
"""

from collections.abc import Collection

UNTOLD = "untold"
"""In place of a stamp: SAP has not told yet that it has the order."""


def counts_beside(stamp: str, figure_stamp: str | None) -> bool:
    """Whether a sum under `stamp` counts beside SAP's figure, which is None before the first."""
    return stamp == UNTOLD or figure_stamp is None or stamp > figure_stamp


def fold_stamps(stamps: Collection[str]) -> dict[str, str]:
    """To which stamp each sum moves so that half of the stamps are left: to its later neighbour.

    A moved sum counts longer than it should, and never shorter. That also holds for a negative
    sum, which takes back what moved before it: what truly counts at a stamp is part of what truly
    counts at each earlier one, so the sum after both neighbours is enough for the time between
    them. `UNTOLD` stays.
    """
    told = sorted(stamp for stamp in stamps if stamp != UNTOLD)
    later = dict(zip(told[-2::-2], told[-1::-2], strict=False))
    return {stamp: later.get(stamp, stamp) for stamp in stamps}
