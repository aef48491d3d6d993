"""Seasons and delivery windows counted from the day of generation, so the demo never expires."""

from datetime import date, timedelta
from typing import NamedTuple


class Season(NamedTuple):
    """A half-year season: `half` is "SS" or "FW"."""

    year: int
    half: str

    @property
    def key(self) -> str:
        """The season's short key, say SS27."""
        return f"{self.half}{self.year % 100:02d}"

    @property
    def start(self) -> date:
        """First day that the season is sold in shops."""
        return date(self.year, 1 if self.half == "SS" else 7, 1)

    def following(self) -> "Season":
        """The season after this one."""
        return Season(self.year, "FW") if self.half == "SS" else Season(self.year + 1, "SS")


class Window(NamedTuple):
    """A delivery window; `kind` is "A" at-once or "P" pre-book."""

    id: str
    kind: str
    season: Season
    ship_from: date
    ship_to: date
    open_from: date
    cut_off: date


# First and last ship date of each pre-book window, in days from the start of its season.
_SHIPPING = {2: ((14, 58), (59, 104)), 3: ((0, 30), (31, 76), (92, 137))}
_LEAD = timedelta(days=45)
_GRACE = timedelta(days=14)


def seasons(today: date) -> tuple[Season, Season, Season]:
    """The season in the shops on `today` and the two after it."""
    current = Season(today.year, "SS" if today.month <= 6 else "FW")
    coming = current.following()
    return current, coming, coming.following()


def windows(today: date) -> tuple[Window, ...]:
    """The at-once window and five pre-book windows, all open on `today`.

    A pre-book cut-off is 45 days before shipping, but at least two weeks after `today`.
    """
    current, coming, later = seasons(today)
    end = today + timedelta(days=120)
    at_once = Window("AO", "A", current, today, end, today - timedelta(days=60), end)
    return (at_once, *_pre_book(coming, 2, today), *_pre_book(later, 3, today))


def _pre_book(season: Season, count: int, today: date) -> tuple[Window, ...]:
    found = []
    for number, (first, last) in enumerate(_SHIPPING[count], 1):
        ship_from = season.start + timedelta(days=first)
        cut_off = max(ship_from - _LEAD, today + _GRACE * number)
        ship_from = max(ship_from, cut_off + _GRACE)
        ship_to = max(season.start + timedelta(days=last), ship_from + timedelta(days=30))
        open_from = min(ship_from - timedelta(days=240), today - _GRACE)
        name = f"{season.key}-{number}"
        found.append(Window(name, "P", season, ship_from, ship_to, open_from, cut_off))
    return tuple(found)
