"""What an instance keeps in memory, and how it stays current.

`state/catalogue` says of which data changes may come (`shared.catalogue.announcement`). It
is read in the same RPC as a page's availability. Only of what may have changed since the
instance last asked, it asks what changed, takes that in, and answers anew; so an answer
is never older than its request. What is made of styles and prices follows each change
(`Styles.log`, `PriceBook.log`) and is not made again.

Everything in memory is looked at and changed under one lock, which nobody holds while
waiting for Firestore. Caches are bounded in bytes.
"""

import gc
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Any

import structlog
from babel import Locale
from cachetools import LRUCache
from google.cloud.firestore import Client, CollectionReference, FieldFilter, Query

from functions.catalog.index.codes import Codes
from functions.catalog.index.listing import ListedStyle, Listing
from functions.catalog.index.orders import StyleOrder
from functions.catalog.index.search import Found, Search, WordIndex, make_part, part_keys
from functions.catalog.index.stock import Stock, StockedSkus, Stocks
from functions.catalog.index.styles import Styles
from functions.catalog.prices.book import PriceBook
from functions.catalog.prices.table import Payer, PriceTable, payer_of
from shared.assortment import repository as assortments
from shared.assortment.model import Assortment
from shared.availability import repository as availability
from shared.catalogue import announcement
from shared.catalogue.announcement import CatalogueState
from shared.catalogue.announcement import Feed as FeedName
from shared.catalogue.feed import BEGINNING, Feed
from shared.catalogue.packed_prices import read_chunk as read_prices
from shared.catalogue.packed_styles import PackedStyle, pack
from shared.catalogue.packed_styles import read_chunk as read_styles
from shared.catalogue.snapshot import FEWEST_BUCKETS, read_snapshot
from shared.company import repository as companies
from shared.company.model import Company
from shared.price.model import Source, StylePrices
from shared.price.repository import own_collection
from shared.problem import NotFoundProblem
from shared.store import Read, read_at
from shared.style.model import Style
from shared.style.repository import parse as parse_style

MEBIBYTE = 2**20
Rendered = tuple[int, bytes]
"""The version of the availability that a style was rendered with, and its JSON."""


@dataclass
class Held:
    """Something that was read, with all changes that were committed before `checked`.

    `counters` are those of the state as it was then.
    """

    feeds: tuple[FeedName, ...]
    checked: datetime
    counters: tuple[int, ...]

    def is_due(self, state: CatalogueState, at: datetime) -> bool:
        """Whether a change may have come before `at`, when `state` was read."""
        if self.checked >= at:
            return False
        expected = any(self.checked <= state.changes_until(feed) for feed in self.feeds)
        return expected or self.counters != state.counters()


@dataclass
class HeldStyles(Held):
    """All styles that SAP has not deleted."""

    feed: Feed
    styles: Styles


@dataclass
class HeldBook(Held):
    """All prices in a currency, or those that one company has of its own."""

    feed: Feed
    book: PriceBook


@dataclass
class HeldCompany(Held):
    """A company; `own_prices` is False where it surely has none."""

    company: Company
    own_prices: bool


@dataclass
class HeldAssortment(Held):
    """An assortment; `edition` differs for every state of it."""

    assortment: Assortment
    edition: int


@dataclass(frozen=True)
class View:
    """What a company sees on a day. Listing and prices are those of the latest `view`."""

    company: Company
    day: date
    listing: Listing
    prices: PriceTable
    codes: Codes
    held: tuple[Held, ...] = field(repr=False)

    @property
    def currency(self) -> str:
        """In which the company pays."""
        return self.company.profile.currency

    def rendering(self, locale: Locale) -> tuple[object, ...]:
        """What a rendered style depends on, besides itself, its price and its availability."""
        profile = self.company.profile
        display = profile.availability_display
        listing = self.listing
        return listing.edition, self.day, str(locale), self.currency, profile.plant, display


class Memory:
    """The catalogue of an instance, for many threads."""

    def __init__(self, db: Client) -> None:
        self._db = db
        self._lock = threading.RLock()
        self._asking = threading.RLock()
        self._revision = 0
        self._serial = count(1)
        self._counters: tuple[int, ...] = ()
        self._shared: dict[Any, Any] = {}
        self._styles: HeldStyles | None = None
        self._codes: Codes | None = None
        self._books: dict[str, HeldBook] = {}
        self._stocks = Stocks(db)
        self._reported: set[tuple[str, str, date]] = set()
        self._looked_at: LRUCache[tuple[Payer, str], object] = LRUCache(256)
        self._own_books: LRUCache[tuple[str, str], HeldBook] = LRUCache(
            24 * MEBIBYTE, lambda held: held.book.size + 2_000
        )
        self._companies: LRUCache[str, HeldCompany] = LRUCache(8 * MEBIBYTE, lambda _: 4_000)
        self._assortments: LRUCache[str, HeldAssortment] = LRUCache(16 * MEBIBYTE, _assortment_size)
        self._listings: LRUCache[str, Listing] = LRUCache(
            8 * MEBIBYTE, lambda listing: listing.styles.size // 2
        )
        self._tables: LRUCache[Payer, PriceTable] = LRUCache(48 * MEBIBYTE, lambda one: one.size)
        self._unpacked: LRUCache[bytes, Style] = LRUCache(24 * MEBIBYTE, _style_size)
        self._parts: LRUCache[tuple[str, str], WordIndex] = LRUCache(
            112 * MEBIBYTE, lambda part: part.size
        )
        self._orders: LRUCache[tuple[str, str], StyleOrder] = LRUCache(
            40 * MEBIBYTE, lambda order: order.size
        )
        self._found: LRUCache[tuple[object, ...], Found] = LRUCache(
            16 * MEBIBYTE, lambda found: 20_000 + 100 * len(found.scores)
        )
        self._in_stock: LRUCache[str, StockedSkus] = LRUCache(8)
        self._items: LRUCache[tuple[object, ...], Rendered] = LRUCache(
            48 * MEBIBYTE, _rendered_size
        )
        self._details: LRUCache[tuple[object, ...], Rendered] = LRUCache(
            16 * MEBIBYTE, _rendered_size
        )

    def lock(self) -> AbstractContextManager[Any]:
        """Who looks at a view holds it, so that nothing changes meanwhile."""
        return self._lock

    @property
    def revision(self) -> int:
        """Grows with every change that was taken in."""
        return self._revision

    def view(self, company: str, day: date) -> View:
        """What `company` sees, as far as this instance knows.

        Raises:
            NotFoundProblem: there is no such company.
        """
        styles = self._hold_styles()
        held = self._hold_company(company)
        profile = held.company.profile
        assortment = self._hold_assortment(profile.assortment)
        book = self._hold_book(profile.currency)
        own = self._hold_own_book(company, profile.currency) if held.own_prices else None
        with self._lock:
            listing = self._listing(assortment, styles.styles)
            prices = self._table(held.company, day, styles.styles, book, own)
            if self._codes is None:
                self._codes = Codes(styles.styles, self.unpack)
            self._report_unpriced(listing, prices, day)
            sources = (styles, held, assortment, book, *([own] if own else []))
            return View(held.company, day, listing, prices, self._codes, sources)

    def read(
        self, styles: Iterable[str], plant: str
    ) -> tuple[datetime, CatalogueState, list[Read | None]]:
        """The announcements and the availability of styles, undecoded, in one RPC.

        The time is Firestore's; nothing read is older.
        """
        wanted = [availability.reference(self._db, style, plant) for style in styles]
        at, (stored, *reads) = read_at(self._db, [announcement.reference(self._db), *wanted])
        return at, announcement.parse(stored.data() if stored else None), reads

    def refresh(self, view: View, state: CatalogueState, at: datetime) -> None:
        """Take in what was committed before `at`, as far as the view depends on it."""
        if not any(held.is_due(state, at) for held in view.held):
            return
        # Who waits here may find that another's question, asked after `at`, serves as well.
        with self._asking:
            for held in view.held:
                if held.is_due(state, at):
                    self._ask(held, at)
                    held.counters = state.counters()
            self._counters = state.counters()

    def unpack(self, packed: PackedStyle) -> Style:
        """The whole of a style."""
        with self._lock:
            style = self._unpacked.get(packed.body)
            if style is None:
                style = packed.unpack()
                _keep(self._unpacked, packed.body, style)
            return style

    def listed(self, view: View, slot: int) -> ListedStyle:
        """What the view shows of the style in a slot."""
        return view.listing.listed(slot, self.unpack(view.listing.styles.entries[slot]))

    def find(self, view: View, locale: Locale, text: str) -> Found:
        """What the words of a text match in the view's listing."""
        key = (view.listing.serial, str(locale), text)
        found = self._found.get(key)
        if found is None:
            parts = [self._part(view.listing.styles, key) for key in part_keys(locale)]
            found = Search(parts).find(text, view.listing)
            _keep(self._found, key, found)
        return found

    def order(
        self, view: View, name: str, value: Callable[[PackedStyle], int | str], language: str = ""
    ) -> StyleOrder:
        """All styles in the order of a name and language, which `value` defines."""
        styles = view.listing.styles
        order = self._orders.get((name, language))
        if order is None or order.styles is not styles:
            order = StyleOrder(styles, value)
            _keep(self._orders, (name, language), order)
        else:
            order.follow()
        return order

    def prepare_search(self, locale: Locale) -> None:
        """Index the words of a language, which takes a second, without holding others up."""
        held = self._hold_styles()
        for key in part_keys(locale):
            if self._has_part(held.styles, key):
                continue
            # Who waits here finds it made.
            with self._asking:
                if not self._has_part(held.styles, key):
                    part = make_part(held.styles, *key)
                    with self._lock:
                        _keep(self._parts, key, part)

    def stock(self, now: datetime, *, asked: bool) -> Stock | None:
        """What is in stock; None where that isn't at hand and wasn't asked for."""
        return self._stocks.current(now) if asked else self._stocks.held(now)

    def in_stock(self, view: View, stock: Stock) -> int:
        """SKUs that can be had at once."""
        plant = view.company.profile.plant
        styles = view.listing.styles
        known = self._in_stock.get(plant)
        if known is None or known.stock is not stock or known.styles is not styles:
            known = self._in_stock[plant] = StockedSkus(styles, stock, plant)
        return known.current() & view.listing.at_once(view.day)

    def item(self, key: tuple[object, ...]) -> Rendered | None:
        """An item of a page that was rendered before."""
        with self._lock:
            return self._items.get(key)

    def keep_item(self, key: tuple[object, ...], rendered: Rendered) -> None:
        """Remember an item of a page."""
        with self._lock:
            _keep(self._items, key, rendered)

    def detail(self, key: tuple[object, ...]) -> Rendered | None:
        """A whole style that was rendered before."""
        with self._lock:
            return self._details.get(key)

    def keep_detail(self, key: tuple[object, ...], rendered: Rendered) -> None:
        """Remember a whole style."""
        with self._lock:
            _keep(self._details, key, rendered)

    # Reading

    def _state(self) -> datetime:
        """A moment that all that is read from now on is as new as."""
        at, state, _ = self.read((), "")
        self._counters = state.counters()
        return at

    def _hold_styles(self) -> HeldStyles:
        if self._styles is None:
            with self._asking:
                if self._styles is None:
                    with _uncollected():
                        self._styles = self._load_styles()
                        # They stay, so they need not be looked through ever after.
                        gc.freeze()
        return self._styles

    def _load_styles(self) -> HeldStyles:
        at = self._state()
        since, found = BEGINNING, dict[str, PackedStyle]()
        if snapshot := read_snapshot(self._db, "styles", "styles"):
            try:
                for chunk in snapshot.chunks.values():
                    found |= {one.number: one for one in read_styles(chunk, self._shared)}
                since = snapshot.until
            except (ValueError, KeyError, TypeError, zlib.error):
                structlog.get_logger().exception("snapshot not readable", snapshot="styles")
                found = {}
        feed = Feed(self._db.collection("styles").order_by("updated_at"), since)
        for document in feed.changed(self._db, at):
            if style := parse_style(document):
                found[style.number] = pack(style)
            else:
                found.pop(document["number"], None)
        return HeldStyles(("styles",), at, self._counters, feed, Styles(found.values()))

    def _hold_company(self, id_: str) -> HeldCompany:
        with self._lock:
            held = self._companies.get(id_)
        if held is None:
            with self._asking:
                held = self._read_company(id_)
                with self._lock:
                    _keep(self._companies, id_, held)
        return held

    def _read_company(self, id_: str) -> HeldCompany:
        at, (stored,) = read_at(self._db, [companies.reference(self._db, id_)])
        document = stored.data() if stored else None
        profile = companies.parse(id_, document).profile
        # Nothing that is shown depends on its doors, of which there may be thousands.
        company = Company(id=id_, profile=profile.model_copy(update={"doors": {}}))
        own_prices = bool((document or {}).get("own_prices", False))
        # A company's first own price comes with the flag, so that may be of either feed.
        feeds: tuple[FeedName, ...] = ("companies", "prices")
        return HeldCompany(feeds, at, self._counters, company, own_prices)

    def _hold_assortment(self, id_: str) -> HeldAssortment:
        with self._lock:
            held = self._assortments.get(id_)
        if held is None:
            with self._asking:
                held = self._read_assortment(id_)
                with self._lock:
                    _keep(self._assortments, id_, held)
        return held

    def _read_assortment(self, id_: str) -> HeldAssortment:
        at, (stored,) = read_at(self._db, [assortments.reference(self._db, id_)])
        assortment = assortments.parse(id_, stored.data() if stored else None)
        edition = next(self._serial)
        return HeldAssortment(("assortments",), at, self._counters, assortment, edition)

    def _hold_book(self, currency: str) -> HeldBook:
        held = self._books.get(currency)
        if held is None:
            with self._asking:
                held = self._books.get(currency)
                if held is None:
                    with _uncollected():
                        held = self._books[currency] = self._load_book(currency)
        return held

    def _load_book(self, currency: str) -> HeldBook:
        at = self._state()
        since, book = BEGINNING, PriceBook(FEWEST_BUCKETS, {})
        if snapshot := read_snapshot(self._db, "prices", f"prices~{currency}"):
            try:
                blocks = {bucket: read_prices(one) for bucket, one in snapshot.chunks.items()}
                since, book = snapshot.until, PriceBook(snapshot.buckets, blocks)
            except (ValueError, KeyError, TypeError):
                structlog.get_logger().exception("snapshot not readable", snapshot="prices")
        query = _in_currency(self._db.collection("prices"), currency)
        held = HeldBook(("prices",), at, self._counters, Feed(query, since), book)
        for document in held.feed.changed(self._db, at):
            book.replace(StylePrices.model_validate(document))
        return held

    def _hold_own_book(self, company: str, currency: str) -> HeldBook:
        with self._lock:
            held = self._own_books.get((company, currency))
        if held is None:
            with self._asking:
                at = self._state()
                feed = Feed(_in_currency(own_collection(self._db, company), currency))
                held = HeldBook(("prices",), at, self._counters, feed, PriceBook(1, {}))
                for document in feed.changed(self._db, at):
                    held.book.replace(StylePrices.model_validate(document))
                with self._lock:
                    _keep(self._own_books, (company, currency), held)
        return held

    def _ask(self, held: Held, at: datetime) -> None:
        """Take in what changed; at the end it is as new as `at`."""
        match held:
            case HeldStyles():
                self._take_styles(held, at)
            case HeldBook():
                for document in held.feed.changed(self._db, at):
                    prices = StylePrices.model_validate(document)
                    with self._lock:
                        held.book.replace(prices)
                        self._revision += 1
            case HeldCompany():
                self._take_company(held)
            case HeldAssortment():
                self._take_assortment(held)
        held.checked = max(held.checked, at)

    def _take_styles(self, held: HeldStyles, at: datetime) -> None:
        for document in held.feed.changed(self._db, at):
            style = parse_style(document)
            packed = pack(style) if style else None
            with self._lock:
                held.styles.replace(document["number"], packed)
                self._revision += 1
        if held.styles.too_many_dead():
            living = Styles(one for _, one in held.styles.living())
            with self._lock:
                held.styles = living
                self._codes = None
                self._revision += 1

    def _take_company(self, held: HeldCompany) -> None:
        id_ = held.company.id
        try:
            new = self._read_company(id_)
        except NotFoundProblem:
            with self._lock:
                self._companies.pop(id_, None)
                self._revision += 1
            return
        known = (held.company.profile, held.own_prices)
        with self._lock:
            if (new.company.profile, new.own_prices) != known:
                self._revision += 1
                held.company, held.own_prices = new.company, new.own_prices

    def _take_assortment(self, held: HeldAssortment) -> None:
        new = self._read_assortment(held.assortment.id)
        with self._lock:
            if new.assortment != held.assortment:
                self._revision += 1
                held.assortment, held.edition = new.assortment, new.edition

    # Making, under the lock

    def _listing(self, held: HeldAssortment, styles: Styles) -> Listing:
        id_ = held.assortment.id
        listing = self._listings.get(id_)
        if listing is None or not listing.is_current(held.edition, styles):
            listing = Listing(held.assortment, held.edition, styles, next(self._serial))
            _keep(self._listings, id_, listing)
        return listing

    def _table(
        self, company: Company, day: date, styles: Styles, book: HeldBook, own: HeldBook | None
    ) -> PriceTable:
        has_own = own is not None or book.book.may_have(Source.CUSTOMER, company.id)
        payer = payer_of(company, day, own=has_own)
        own_book = own.book if own else None
        table = self._tables.get(payer)
        if table is None or not table.is_of(styles, book.book, own_book):
            with _uncollected():
                table = PriceTable(payer, styles, book.book, own_book)
            _keep(self._tables, payer, table)
        else:
            table.follow()
        return table

    def _has_part(self, styles: Styles, key: tuple[str, str]) -> bool:
        with self._lock:
            part = self._parts.get(key)
        return part is not None and part.styles is styles

    def _part(self, styles: Styles, key: tuple[str, str]) -> WordIndex:
        part = self._parts.get(key)
        if part is None or part.styles is not styles:
            part = make_part(styles, *key)
            _keep(self._parts, key, part)
        part.follow()
        return part

    def _report_unpriced(self, listing: Listing, prices: PriceTable, day: date) -> None:
        # Once a day: while SAP sends prices, there are new ones at every request.
        key = (prices.payer, listing.assortment.id)
        looked_at = (listing.serial, prices.priced)
        if self._looked_at.get(key) == looked_at:
            return
        self._looked_at[key] = looked_at
        for number in listing.numbers_without(prices.priced):
            report = (number, prices.payer.currency, day)
            if report not in self._reported:
                self._reported.add(report)
                structlog.get_logger().warning(
                    "style_unpriced", style=number, currency=prices.payer.currency
                )


@contextmanager
def _uncollected() -> Iterator[None]:
    """For making very many objects: looking through them for garbage, of which there is none,
    again and again takes longer than making them.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _keep(cache: LRUCache[Any, Any], key: Any, value: Any) -> None:
    """Keep a value if a cache of that size can."""
    cache.pop(key, None)
    if cache.getsizeof(value) <= cache.maxsize:
        cache[key] = value


def _in_currency(collection: CollectionReference, currency: str) -> Query:
    wanted = FieldFilter("currency", "==", currency)
    return collection.where(filter=wanted).order_by("updated_at")


def _rendered_size(rendered: Rendered) -> int:
    return len(rendered[1]) + 600


def _style_size(style: Style) -> int:
    texts = len(style.names) + len(style.descriptions) + sum(len(c.names) for c in style.colourways)
    skus = sum(len(colourway.skus) for colourway in style.colourways)
    return 3_000 + 150 * texts + 1_200 * len(style.colourways) + 700 * skus


def _assortment_size(held: HeldAssortment) -> int:
    items = len(held.assortment.included) + len(held.assortment.excluded)
    return 4_000 + 600 * items + 3_000 * len(held.assortment.windows)
