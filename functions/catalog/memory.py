"""What an instance keeps in memory, and how it stays current.

`state/catalogue` counts the changes of each feed. It is read in the same RPC as a page's
availability; an instance that is behind refreshes what changed and answers anew, so an
answer is never older than the request. Everything is made for one company: which styles
it sees comes from its assortment (`Listing`), what they cost from its conditions
(`Offer`), and both are shared only with companies for which they are the same.
"""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

import structlog
from babel import Locale
from google.cloud.firestore import Client

from functions.catalog.code import Codes
from functions.catalog.listing import Listing, list_assortment
from functions.catalog.offer import Offer, make_offer
from functions.catalog.range import Styles, Tariffs
from functions.catalog.recent import Recent
from functions.catalog.search import Found, SearchIndex
from functions.catalog.stock import Stock, Stocks
from shared.assortment import repository as assortments
from shared.assortment.model import Assortment
from shared.availability import repository as availability
from shared.catalogue import version as catalogue
from shared.catalogue.version import CatalogueVersion
from shared.company import repository as companies
from shared.company.model import Company
from shared.store import Read, read_all, read_lazily

RowKey = tuple[int | str, ...]
Order = list[tuple[RowKey, int]]  # ascending sort keys, each with its entry's index


@dataclass(frozen=True)
class View:
    """What a company sees on a day, as of `version`; it never changes."""

    company: Company
    day: date
    listing: Listing
    offer: Offer
    codes: Codes
    version: CatalogueVersion

    def rendering(self, locale: Locale) -> tuple[object, ...]:
        """What a rendered style depends on, besides itself and its availability."""
        profile = self.company.profile
        display = profile.availability_display
        return self.offer.serial, self.day, str(locale), profile.plant, display


def is_behind(held: CatalogueVersion, stored: CatalogueVersion) -> bool:
    """Whether anything changed since `held`."""
    return any(
        getattr(stored, feed) > getattr(held, feed) for feed in CatalogueVersion.model_fields
    )


class Memory:
    """The catalogue of an instance, for many threads.

    Loading is done under one lock: who comes while it loads would only load the same.
    """

    def __init__(self, db: Client) -> None:
        self._db = db
        self._lock = threading.RLock()
        self._serial = count(1)
        self._version: CatalogueVersion | None = None
        self._styles = Styles(db)
        self._tariffs = Tariffs(db)
        self._codes = Codes(())
        self._companies: dict[str, Company] = {}
        self._assortments: dict[str, Assortment] = {}
        self._listings: Recent[str, Listing] = Recent(32)
        self._offers: Recent[tuple[object, ...], Offer] = Recent(24)
        self._views: Recent[tuple[str, date], View] = Recent(512)
        self._indexes: Recent[str, SearchIndex] = Recent(8)
        self._in_stock: Recent[tuple[object, ...], int] = Recent(16)
        self._reported: set[tuple[str, str, date]] = set()
        self._stocks = Stocks(db)
        self.found: Recent[tuple[object, ...], Found] = Recent(64)
        self.orders: Recent[tuple[object, ...], Order] = Recent(32)
        self.items: Recent[tuple[object, ...], tuple[int, bytes]] = Recent(6_000)
        self.details: Recent[tuple[object, ...], tuple[int, bytes]] = Recent(400)

    def view(self, company: str, day: date) -> View:
        """What `company` sees, as far as this instance knows.

        Raises:
            NotFoundProblem: there is no such company.
        """
        if view := self._views.get((company, day)):
            return view
        with self._lock:
            if self._version is None:
                (stored,) = read_all(self._db, [catalogue.reference(self._db)])
                self._refresh(CatalogueVersion(), catalogue.parse(stored), first=True)
            return self._views.get((company, day)) or self._views.put(
                (company, day), self._make_view(company, day)
            )

    def read(self, styles: Iterable[str], plant: str) -> tuple[CatalogueVersion, list[Read | None]]:
        """The stored version and the availability of styles, undecoded, in one RPC."""
        wanted = [availability.reference(self._db, style, plant) for style in styles]
        stored, *reads = read_lazily(self._db, [catalogue.reference(self._db), *wanted])
        return catalogue.parse(stored.data() if stored else None), reads

    def refresh(self, stored: CatalogueVersion) -> None:
        """Load what changed up to `stored` at least, unless another thread just did."""
        with self._lock:
            held = self._version or CatalogueVersion()
            if is_behind(held, stored):
                self._refresh(held, stored, first=False)

    def index(self, locale: Locale) -> SearchIndex:
        """The words of all styles in a language."""
        with self._lock:
            key = str(locale)
            return self._indexes.get(key) or self._indexes.put(
                key, SearchIndex(self._styles.by_number.values(), locale)
            )

    def in_stock(self, view: View, now: datetime, asked: bool) -> int | None:
        """SKUs that can be had at once; None where that isn't at hand and wasn't asked for."""
        stock = self._stocks.current(now) if asked else self._stocks.held(now)
        if stock is None:
            return None
        key = (view.listing.serial, view.company.profile.plant, stock.read_at)
        known = self._in_stock.get(key)
        if known is None:
            known = self._in_stock.put(key, _stocked(view, stock))
        return known

    def _refresh(self, held: CatalogueVersion, stored: CatalogueVersion, *, first: bool) -> None:
        # A feed's data is loaded after its counter was read, so it is as new or newer.
        if first or stored.styles > held.styles:
            self._styles.refresh()
            self._codes = Codes(self._styles.by_number.values())
            self._indexes.clear()
            self._listings.clear()
        if stored.prices > held.prices:
            self._tariffs.refresh()
        if stored.assortments > held.assortments:
            self._assortments.clear()
            self._listings.clear()
        if stored.companies > held.companies:
            self._companies.clear()
        self._views.clear()
        newest = {f: max(getattr(held, f), getattr(stored, f)) for f in type(held).model_fields}
        self._version = CatalogueVersion(**newest)

    def _make_view(self, company_id: str, day: date) -> View:
        company = self._company(company_id)
        listing = self._listing(company.profile.assortment)
        return View(
            company=company,
            day=day,
            listing=listing,
            offer=self._offer(listing, company, day),
            codes=self._codes,
            version=self._version or CatalogueVersion(),
        )

    def _company(self, id_: str) -> Company:
        if id_ not in self._companies:
            (document,) = read_all(self._db, [companies.reference(self._db, id_)])
            self._companies[id_] = companies.parse(id_, document)
        return self._companies[id_]

    def _listing(self, id_: str) -> Listing:
        if listing := self._listings.get(id_):
            return listing
        if id_ not in self._assortments:
            (document,) = read_all(self._db, [assortments.reference(self._db, id_)])
            self._assortments[id_] = assortments.parse(id_, document)
        styles = self._styles.by_number.values()
        listing = list_assortment(self._assortments[id_], styles, next(self._serial))
        return self._listings.put(id_, listing)

    def _offer(self, listing: Listing, company: Company, day: date) -> Offer:
        profile = company.profile
        tariff = self._tariffs.of(profile.currency)
        # Everything that a price depends on: companies with equal keys pay the same.
        key = (
            *(listing.assortment.id, day, profile.currency, profile.price_list),
            *(profile.sales_area.organisation, company.id if tariff.has_own(company) else ""),
        )
        known = self._offers.get(key)
        if known and (known.listing, known.revision) == (listing.serial, tariff.revision):
            return known
        offer = make_offer(listing, company, tariff, day, next(self._serial), known)
        self._report_unpriced(offer, day)
        return self._offers.put(key, offer)

    def _report_unpriced(self, offer: Offer, day: date) -> None:
        # Once a day: while SAP sends prices, an instance makes a new offer at every request.
        unpriced = {(style, offer.currency, day) for style in offer.unpriced()}
        for style, currency, _ in sorted(unpriced - self._reported):
            structlog.get_logger().warning("style_unpriced", style=style, currency=currency)
        self._reported |= unpriced


def _stocked(view: View, stock: Stock) -> int:
    listing = view.listing
    plant = view.company.profile.plant
    packed = bytearray(listing.size // 8 + 1)
    for entry in listing.entries:
        articles = stock.articles.get((entry.style.number, plant), frozenset())
        for offering in entry.offerings:
            for bit, sku in enumerate(offering.colourway.skus, offering.span[0]):
                if sku.article in articles:
                    packed[bit >> 3] |= 1 << (bit & 7)
    return int.from_bytes(packed, "little") & listing.at_once(view.day)
