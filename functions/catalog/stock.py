"""Which articles are in stock, held in memory for the availability filter.

The figures on a page are always read with it. The filter and its count need those of
every style of the result, so they work on what the instance last saw: at most
`LIFE` old when a request filters by availability, which then costs one query of what
changed. A request that doesn't filter makes no such query; it counts what is in stock
only if the figures happen to be fresh. Everything is read anew after `WHOLE_LIFE`, which
bounds how long a change that doesn't set `updated_at` can stay unseen.
"""

import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any

from google.cloud.firestore import Client, FieldFilter

from shared.availability.model import Availability
from shared.availability.rules import ats
from shared.store import find_all

LIFE = timedelta(seconds=30)
WHOLE_LIFE = timedelta(minutes=15)
MARGIN = timedelta(seconds=10)
"""Documents of one moment may become visible one after the other."""

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class Stock:
    """Articles that can be sold on `day`, by (style, plant). It is never changed once shared."""

    def __init__(self, day: date, now: datetime) -> None:
        self.day = day
        self.read_at = now
        self.whole_at = now
        self.latest = _BEGINNING
        self.articles: dict[tuple[str, str], frozenset[str]] = {}

    def fresh(self, now: datetime) -> bool:
        """Whether it is at most LIFE old and of today."""
        return self.day == now.date() and now - self.read_at <= LIFE

    def _take(self, document: dict[str, Any]) -> None:
        availability = Availability.model_validate(document)
        self.latest = max(self.latest, document.get("updated_at", _BEGINNING))
        self.articles[availability.style, availability.plant] = frozenset(
            article for article in availability.stock if ats(availability, article, self.day) > 0
        )

    def _renewed(self, db: Client, now: datetime) -> "Stock":
        renewed = Stock(self.day, now)
        renewed.whole_at = self.whole_at
        renewed.latest = self.latest
        renewed.articles = dict(self.articles)
        changed = FieldFilter("updated_at", ">", self.latest - MARGIN)
        for read in find_all(db, db.collection("availability").where(filter=changed)):
            renewed._take(read.data())
        return renewed


class Stocks:
    """The instance's stock, for many threads."""

    def __init__(self, db: Client) -> None:
        self._db = db
        self._lock = threading.Lock()
        self._stock: Stock | None = None

    def held(self, now: datetime) -> Stock | None:
        """The stock if it is fresh; asks nobody."""
        stock = self._stock
        return stock if stock and stock.fresh(now) else None

    def current(self, now: datetime) -> Stock:
        """The stock, read again where it isn't fresh."""
        with self._lock:
            stock = self._stock
            if stock and stock.fresh(now):
                return stock
            if stock and stock.day == now.date() and now - stock.whole_at <= WHOLE_LIFE:
                stock = stock._renewed(self._db, now)
            else:
                stock = Stock(now.date(), now)
                everything = self._db.collection("availability").order_by("__name__")
                for read in find_all(self._db, everything):
                    stock._take(read.data())
            self._stock = stock
            return stock
