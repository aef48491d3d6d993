"""Which season a company orders now, which was the one before, and which windows close soon. Pure."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from shared.assortment.model import DeliveryWindow
from shared.assortment.rules import is_open, last_order_day

CLOSING = timedelta(days=14)
"""So long before its last day of orders a delivery window is about to close."""

_SEASON = re.compile(r"(SS|FW)([0-9]{2})")


def current_season(windows: Iterable[DeliveryWindow], day: date) -> str | None:
    """The latest season that can be ordered ahead on the day; None where none can."""
    ahead = {one.season for one in windows if one.kind == "pre_book" and is_open(one, day)}
    return max(filter(_SEASON.fullmatch, ahead), key=_position, default=None)


def season_before(season: str) -> str:
    """Of SS27 FW26, of FW26 SS26."""
    year, is_autumn = _position(season)
    return f"SS{year:02}" if is_autumn else f"FW{(year - 1) % 100:02}"


def about_to_close(windows: Iterable[DeliveryWindow], day: date) -> list[DeliveryWindow]:
    """Windows that orders are taken for on the day, and not much longer; the soonest first."""
    closing = [one for one in windows if is_open(one, day) and last_order_day(one) - day <= CLOSING]
    return sorted(closing, key=lambda one: (last_order_day(one), one.ship_from, one.id))


def _position(season: str) -> tuple[int, bool]:
    return int(season[2:]), season.startswith("FW")
