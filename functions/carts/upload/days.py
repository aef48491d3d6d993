"""Days and calendar weeks that stand where a delivery window is asked for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from functions.carts.upload.names import names_of
from shared.assortment.model import DeliveryWindow
from shared.text.spelling import plain

_ISO = re.compile(
    r"(?P<year>[0-9]{4})[-./ ]\s?(?P<month>[0-9]{1,2})[-./ ]\s?(?P<day>[0-9]{1,2})\.?"
)
_DOTS = re.compile(
    r"(?P<day>[0-9]{1,2})\.\s?(?P<month>[0-9]{1,2})\.\s?(?P<year>[0-9]{4}|[0-9]{2})\.?"
)
_SLASHES = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4}|[0-9]{2})")
_CENTURY = 2000
_ISO_WEEK = re.compile(r"([0-9]{4})-?W([0-9]{1,2})", re.IGNORECASE)


@dataclass(frozen=True)
class Days:
    """From the first day to the last, both included."""

    first: date
    last: date


def read_days(text: str, today: date) -> Days | Literal["two_ways"] | None:
    """The day, or the ISO week (ISO 8601), that a text names; None where it names neither.

    04/03/2027 is in March to some and in April to others. A week without a year is the next
    that is not over.
    """
    # Of many blanks in a row, the patterns would try each way to share them out.
    meant = " ".join(plain(text).split())
    if found := _ISO.fullmatch(meant) or _DOTS.fullmatch(meant):
        return _day(found["year"], found["month"], found["day"])
    if found := _SLASHES.fullmatch(meant):
        ways = {_day(found[3], found[2], found[1]), _day(found[3], found[1], found[2])} - {None}
        return "two_ways" if len(ways) > 1 else next(iter(ways), None)
    if found := _ISO_WEEK.fullmatch(meant):
        return _week(int(found[1]), int(found[2]))
    found = _week_pattern().fullmatch(meant.casefold())
    return found and _named_week(int(found["after"] or found["before"]), found["year"], today)


def windows_holding(days: Days, offered: Iterable[DeliveryWindow]) -> list[DeliveryWindow]:
    """The delivery windows that the days are in; pre-book before at-once, which is always on."""
    windows = list(offered)
    whole = [w for w in windows if w.ship_from <= days.first and days.last <= w.ship_to]
    touched = [w for w in windows if w.ship_from <= days.last and days.first <= w.ship_to]
    for found in (whole, touched):
        if planned := [window for window in found if window.kind == "pre_book"]:
            return planned
    return whole or touched


def _named_week(number: int, year: str | None, today: date) -> Days | None:
    if year:
        return _week(int(year) + (_CENTURY if len(year) == len("27") else 0), number)
    weeks = (_week(near, number) for near in range(today.year - 1, today.year + 3))
    return next((week for week in weeks if week and week.last >= today), None)


def _day(year: str, month: str, day: str) -> Days | None:
    full = int(year) + (_CENTURY if len(year) == len("27") else 0)
    try:
        found = date(full, int(month), int(day))
    except ValueError:
        return None
    return Days(found, found)


def _week(year: int, number: int) -> Days | None:
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError:
        return None
    return Days(monday, monday + timedelta(days=6))


@cache
def _week_pattern() -> re.Pattern[str]:
    words = sorted((re.escape(word.casefold()) for word in names_of("week")), key=len, reverse=True)
    word, year = "|".join(words), r"(?:\s*[-/., ]\s*(?P<year>[0-9]{4}|[0-9]{2}))?"
    return re.compile(
        rf"(?:(?:{word})\s*\.?\s*(?P<after>[0-9]{{1,2}})|(?P<before>[0-9]{{1,2}})\.?\s*(?:{word})\.?){year}"
    )
