"""Which articles are in stock, held in memory for the availability filter.

The figures on a page are always read with it. The filter and its count need those of
every style of the result, so they work on what the instance last saw: at most
`LIFE` old when a request filters by availability, which then costs one query of what
changed. A request that doesn't filter makes no such query; it counts what is in stock
only if the figures happen to be fresh. Everything is read anew after `WHOLE_LIFE`, which
bounds how long a change that doesn't set `updated_at` can stay unseen.
"""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cachetools import LRUCache
from google.cloud.firestore import Client, Query

from functions.catalog.index.bits import bits_at
from functions.catalog.index.styles import Styles
from shared.availability.model import Availability
from shared.availability.rules import ats
from shared.catalogue.feed import Feed

_SEPARATOR = "\x1e"

LIFE = timedelta(seconds=30)
WHOLE_LIFE = timedelta(minutes=15)


@dataclass(frozen=True)
class Stock:
    """Articles that can be sold on `day`, by (style, plant), as of `read_at`.

    The articles of a style are one text, each between separators.
    """

    day: date
    read_at: datetime
    articles: dict[tuple[str, str], str]

    def is_fresh(self, now: datetime) -> bool:
        """Whether it is at most LIFE old."""
        return now - self.read_at <= LIFE


def join(articles: Iterable[str]) -> str:
    """Articles as one text."""
    joined = _SEPARATOR.join(articles)
    return f"{_SEPARATOR}{joined}{_SEPARATOR}" if joined else ""


class StockedSkus:
    """The SKUs of all styles that `stock` has in a plant, as a set. It follows `styles`."""

    def __init__(self, styles: Styles, stock: Stock, plant: str) -> None:
        self.styles = styles
        self.stock = stock
        self._plant = plant
        self._seen = len(styles.log)
        bits = (bit for slot, _ in styles.living() for bit in self._bits(slot))
        self._skus = bits_at(bits, styles.size)

    def current(self) -> int:
        """The set, with the styles that came until now."""
        for replacement in self.styles.log[self._seen :]:
            if replacement.new is not None:
                self._skus |= bits_at(self._bits(replacement.new), self.styles.size)
        self._seen = len(self.styles.log)
        return self._skus

    def _bits(self, slot: int) -> list[int]:
        style = self.styles.entries[slot]
        articles = self.stock.articles.get((style.number, self._plant))
        if not articles:
            return []
        return [
            bit
            for bit, (article, _) in enumerate(style.sku_codes(), self.styles.span(slot)[0])
            if f"{_SEPARATOR}{article}{_SEPARATOR}" in articles
        ]


class _DayStock:
    """What can be sold on a day, read again as it changes."""

    def __init__(self, db: Client, day: date, now: datetime) -> None:
        self._db = db
        self._feed = Feed(Query(db.collection("availability")))
        self.whole_at = now
        self.stock = Stock(day, now, {})

    def read(self, now: datetime) -> None:
        """Take in what changed."""
        day, articles = self.stock.day, dict(self.stock.articles)
        for document in self._feed.changed(self._db):
            availability = Availability.model_validate(document)
            sold = (one for one in availability.stock if ats(availability, one, day) > 0)
            articles[availability.style, availability.plant] = join(sold)
        self.stock = Stock(day, now, articles)


class Stocks:
    """The instance's stock, for many threads.

    Midnight comes to one market of a region after the other, so it is kept for two days.
    """

    def __init__(self, db: Client) -> None:
        self._db = db
        self._lock = threading.Lock()
        self._days: LRUCache[date, _DayStock] = LRUCache(2)
        self._stocks: dict[date, Stock] = {}

    def fresh_stock(self, day: date, now: datetime) -> Stock | None:
        """The stock of `day` if it is fresh; asks nobody."""
        stock = self._stocks.get(day)
        return stock if stock and stock.is_fresh(now) else None

    def current(self, day: date, now: datetime) -> Stock:
        """The stock of `day`, read again where it isn't fresh."""
        with self._lock:
            return self.fresh_stock(day, now) or self._read(day, now)

    def _read(self, day: date, now: datetime) -> Stock:
        # Should this fail, there is nothing to go on from, and all is read anew.
        kept = self._days.pop(day, None)
        if kept is None or now - kept.whole_at > WHOLE_LIFE:
            kept = _DayStock(self._db, day, now)
        kept.read(now)
        self._days[day] = kept
        self._stocks = {one.stock.day: one.stock for one in self._days.values()}
        return kept.stock
