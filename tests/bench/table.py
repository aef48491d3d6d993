"""What was measured against which budget, and how it is printed."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class BudgetLine:
    """A budget of ARCHITECTURE.md, what it allows, what was measured."""

    budget: str
    allowed: str
    measured: str
    held: bool


@dataclass(frozen=True)
class Counted:
    """A budget of counted things, which don't depend on the machine."""

    budget: str
    allowed: dict[str, int]
    measured: dict[str, int]

    @property
    def row(self) -> BudgetLine:
        held = all(self.measured[what] <= most for what, most in self.allowed.items())
        return BudgetLine(self.budget, _listed(self.allowed, " ≤"), _listed(self.measured), held)


def _listed(counts: dict[str, int], sign: str = "") -> str:
    return ", ".join(f"{what}{sign} {count}" for what, count in counts.items())


def render(rows: Iterable[BudgetLine]) -> list[str]:
    """The table, a line each."""
    cells = [("budget", "allowed", "measured", "held")]
    cells += [(r.budget, r.allowed, r.measured, "yes" if r.held else "no") for r in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [" | ".join(map(str.ljust, row, widths)).rstrip() for row in cells]
    return [lines[0], "-|-".join("-" * width for width in widths), *lines[1:]]
