"""The range that an instance holds: every style and price, refreshed by what changed."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from google.cloud.firestore import Client, FieldFilter, Query

from functions.catalog.tariff import Tariff
from shared.price.model import StylePrices
from shared.store import Document, Read, find_all
from shared.style.model import Style
from shared.style.repository import parse

MARGIN = timedelta(seconds=10)
"""Documents of one moment may become visible one after the other."""

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class _Feed:
    """A collection's documents as they change, each state of a document once."""

    def __init__(self) -> None:
        self._latest = _BEGINNING
        self._versions: dict[str, int] = {}

    def changed(self, db: Client, query: Query) -> Iterable[Document]:
        """What changed since the last call; all at the first."""
        if self._versions:
            query = query.where(filter=FieldFilter("updated_at", ">", self._latest - MARGIN))
        for read in find_all(db, query):
            if self._versions.get(read.id) != read.version:
                document = read.data()
                yield document
                self._seen(read, document)

    def _seen(self, read: Read, document: dict[str, Any]) -> None:
        self._versions[read.id] = read.version
        self._latest = max(self._latest, document["updated_at"])


class Styles:
    """All styles that SAP has not deleted, by number."""

    def __init__(self) -> None:
        self._feed = _Feed()
        self.by_number: dict[str, Style] = {}

    def refresh(self, db: Client) -> None:
        """Load what changed."""
        for document in self._feed.changed(db, db.collection("styles").order_by("updated_at")):
            if style := parse(document):
                self.by_number[style.number] = style
            else:
                self.by_number.pop(document["number"], None)


class Tariffs:
    """All prices of the currencies that were asked for."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[_Feed, Tariff]] = {}

    def of(self, db: Client, currency: str) -> Tariff:
        """The prices in a currency, loaded when first asked for."""
        if currency not in self._held:
            held = (_Feed(), Tariff(currency))
            self._load(db, currency, held)
            self._held[currency] = held
        return self._held[currency][1]

    def refresh(self, db: Client) -> None:
        """Load what changed in the currencies held."""
        for currency, held in self._held.items():
            self._load(db, currency, held)

    def _load(self, db: Client, currency: str, held: tuple[_Feed, Tariff]) -> None:
        feed, tariff = held
        wanted = FieldFilter("currency", "==", currency)
        query = db.collection("prices").where(filter=wanted).order_by("updated_at")
        for document in feed.changed(db, query):
            tariff.replace(StylePrices.model_validate(document))
