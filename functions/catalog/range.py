"""The range that an instance holds: every style and price, refreshed by what changed."""

from google.cloud.firestore import Client, FieldFilter

from functions.catalog.feed import Feed
from functions.catalog.tariff import Tariff
from shared.price.model import StylePrices
from shared.style.model import Style
from shared.style.repository import parse


class Styles:
    """All styles that SAP has not deleted, by number."""

    def __init__(self, db: Client) -> None:
        self._db = db
        self._feed = Feed(db.collection("styles").order_by("updated_at"))
        self.by_number: dict[str, Style] = {}

    def refresh(self) -> None:
        """Load what changed."""
        for document in self._feed.changed(self._db):
            if style := parse(document):
                self.by_number[style.number] = style
            else:
                self.by_number.pop(document["number"], None)


class Tariffs:
    """All prices of the currencies that were asked for."""

    def __init__(self, db: Client) -> None:
        self._db = db
        self._held: dict[str, tuple[Feed, Tariff]] = {}

    def of(self, currency: str) -> Tariff:
        """The prices in a currency, loaded when first asked for."""
        if currency not in self._held:
            wanted = FieldFilter("currency", "==", currency)
            prices = self._db.collection("prices").where(filter=wanted).order_by("updated_at")
            held = (Feed(prices), Tariff(currency))
            self._load(*held)
            self._held[currency] = held
        return self._held[currency][1]

    def refresh(self) -> None:
        """Load what changed in the currencies held."""
        for feed, tariff in self._held.values():
            self._load(feed, tariff)

    def _load(self, feed: Feed, tariff: Tariff) -> None:
        for document in feed.changed(self._db):
            tariff.replace(StylePrices.model_validate(document))
