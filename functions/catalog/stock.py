"""Which articles are in stock, held in memory for the availability filter.

The figures on a page are always read with it. The filter and its count need those of
every style of the result, so they work on what the instance last saw: at most
`LIFE` old when a request filters by availability, which then costs one query of what
changed. A request that doesn't filter makes no such query; it counts what is in stock
only if the figures happen to be fresh. Everything is read anew after `WHOLE_LIFE`, which
bounds how long a change that doesn't set `updated_at` can stay unseen.
"""

import threading
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from google.cloud.firestore import Client, Query

from functions.catalog.feed import Feed
from shared.availability.model import Availability
from shared.availability.rules import ats

LIFE = timedelta(seconds=30)
WHOLE_LIFE = timedelta(minutes=15)


@dataclass(frozen=True)
class Stock:
    """Articles that can be sold on `day`, by (style, plant), as of `read_at`."""

    day: date
    read_at: datetime
    articles: dict[tuple[str, str], frozenset[str]]

    def is_fresh(self, now: datetime) -> bool:
        """Whether it is at most LIFE old and of today."""
        return self.day == now.date() and now - self.read_at <= LIFE


class Stocks:
    """The instance's stock, for many threads."""

    def __init__(self, db: Client) -> None:
        self._db = db
        self._lock = threading.Lock()
        self._stock: Stock | None = None
        self._feed = Feed(Query(db.collection("availability")))
        self._whole_at: datetime | None = None

    def held(self, now: datetime) -> Stock | None:
        """The stock if it is fresh; asks nobody."""
        stock = self._stock
        return stock if stock and stock.is_fresh(now) else None

    def current(self, now: datetime) -> Stock:
        """The stock, read again where it isn't fresh."""
        with self._lock:
            return self.held(now) or self._read(now)

    def _read(self, now: datetime) -> Stock:
        # Should this fail, there is nothing to go on from, and all is read anew.
        known, self._stock = self._stock, None
        whole = self._whole_at is None or now - self._whole_at > WHOLE_LIFE
        if known is None or known.day != now.date() or whole:
            self._feed = Feed(Query(self._db.collection("availability")))
            self._whole_at = now
            known = None
        articles = dict(known.articles) if known else {}
        for document in self._feed.changed(self._db):
            availability = Availability.model_validate(document)
            articles[availability.style, availability.plant] = frozenset(
                article
                for article in availability.stock
                if ats(availability, article, now.date()) > 0
            )
        self._stock = Stock(now.date(), now, articles)
        return self._stock
