"""What an instance makes of the styles and prices that it holds, and keeps for the next page.

What is made of styles and prices follows each change (`Styles.log`, `PriceBook.log`) and is
not made again. Everything is looked at and changed under one lock; caches are bounded in
bytes.
"""

import threading
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Any, Literal

import structlog
from babel import Locale
from cachetools import LRUCache
from google.cloud.firestore import Client

from functions.catalog.cache import MEBIBYTE, keep
from functions.catalog.index.codes import Codes
from functions.catalog.index.listing import Dimension, ListedStyle, Listing
from functions.catalog.index.orders import StyleOrder
from functions.catalog.index.parts import ABROAD, PartKey, make_part, part_keys
from functions.catalog.index.search import Hits, Search
from functions.catalog.index.stock import Stock, StockedSkus, Stocks
from functions.catalog.index.styles import Styles
from functions.catalog.index.word_index import WordIndex
from functions.catalog.prices.table import Payer, PriceTable, payer_of
from functions.catalog.sources import (
    Held,
    HeldAssortment,
    HeldBook,
    Present,
    Sources,
    without_collection,
)
from shared.catalogue.announcement import CatalogueState
from shared.catalogue.packed_styles import PackedStyle
from shared.company.model import Company
from shared.market.day import business_day, market_of
from shared.price.model import Source
from shared.style.model import Style, Texts

Rendered = tuple[int, bytes]
"""The version of the availability that a style was rendered with, and its JSON."""


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
        """The currency that the company pays in."""
        return self.company.profile.currency

    def rendering(self, locale: Locale) -> tuple[object, ...]:
        """What a rendered style depends on, besides itself, its price and its availability."""
        profile = self.company.profile
        display = profile.availability_display
        listing = self.listing
        of_listing = (listing.edition, listing.chain)
        return *of_listing, self.day, str(locale), self.currency, profile.plant, display


class Memory:
    """The catalogue of an instance, for many threads."""

    def __init__(self, db: Client) -> None:
        self._lock = threading.RLock()
        self._sources = Sources(db, self._lock)
        self._serial = count(1)
        self._codes: Codes | None = None
        self._stocks = Stocks(db)
        self._reported: set[tuple[str, str, date]] = set()
        self._looked_at: LRUCache[tuple[Payer, str], object] = LRUCache(256)
        self._listings: LRUCache[tuple[str, str], Listing] = LRUCache(
            8 * MEBIBYTE, lambda listing: listing.styles.size // 2
        )
        self._tables: LRUCache[Payer, PriceTable] = LRUCache(48 * MEBIBYTE, lambda one: one.size)
        self._unpacked: LRUCache[bytes, Style] = LRUCache(24 * MEBIBYTE, _style_size)
        self._parts: LRUCache[PartKey, WordIndex] = LRUCache(112 * MEBIBYTE, lambda part: part.size)
        self._orders: LRUCache[tuple[str, str], StyleOrder] = LRUCache(
            40 * MEBIBYTE, lambda order: order.size
        )
        self._found: LRUCache[tuple[object, ...], Hits] = LRUCache(
            16 * MEBIBYTE, lambda found: 20_000 + 100 * len(found.scores)
        )
        self._in_stock: LRUCache[tuple[str, date], StockedSkus] = LRUCache(8)
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
        return self._sources.revision

    def view(self, company: str, now: datetime) -> View:
        """What `company` sees on its business day, as far as this instance knows.

        Raises:
            NotFoundProblem: there is no such company.
        """
        styles = self._sources.styles()
        held = self._sources.company(company)
        profile = held.company.profile
        assortment = self._sources.assortment(held.company.assortment)
        book = self._sources.book(profile.currency)
        own = self._sources.own_book(company, profile.currency) if held.own_prices else None
        day = business_day(market_of(held.company), now)
        with self._lock:
            listing = self._listing(assortment, profile.sales_area.chain, styles.styles)
            prices = self._table(held.company, day, styles.styles, book, own)
            if self._codes is None or self._codes.styles is not styles.styles:
                self._codes = Codes(styles.styles, self.unpack)
            self._report_unpriced(listing, prices, day)
            sources = (styles, held, assortment, book, *([own] if own else []))
            return View(held.company, day, listing, prices, self._codes, sources)

    def begin_reading(self, styles: Iterable[str], plant: str) -> Callable[[], Present]:
        """Asks for announcements and the availability of styles (see `Sources.begin_reading`)."""
        return self._sources.begin_reading(styles, plant)

    def refresh(self, view: View, state: CatalogueState, at: datetime) -> None:
        """Take in what was committed before `at`, as far as the view depends on it."""
        self._sources.refresh(view.held, state, at)

    def unpack(self, packed: PackedStyle) -> Style:
        """The whole of a style."""
        with self._lock:
            style = self._unpacked.get(packed.body)
            if style is None:
                style = packed.unpack()
                keep(self._unpacked, packed.body, style)
            return style

    def show_style(self, view: View, slot: int) -> ListedStyle:
        """What the view shows of the style in a slot."""
        return view.listing.show(slot, self.unpack(view.listing.styles.entries[slot]))

    def texts_of(self, view: View, name: Dimension, value: str) -> Texts:
        """What SAP calls a category or a colour family: by the style that changed last."""
        if name not in ("category", "colour"):
            return {}
        with self._lock:
            styles = view.listing.styles
            slot = styles.latest_with(name, value)
            if slot is None:
                return {}
            style = self.unpack(styles.entries[slot])
        if name == "category":
            return style.category_names
        return next(one.family_names for one in style.colourways if one.family == value)

    def find(self, view: View, locale: Locale, text: str) -> Hits:
        """What the words of a text match in the view's listing."""
        styles = view.listing.styles
        abroad = self._part(styles, ABROAD) if self._has_part(styles, ABROAD) else None
        key = (view.listing.serial, str(locale), text, abroad is None)
        found = self._found.get(key)
        if found is None:
            parts = [self._part(styles, key) for key in part_keys(locale)]
            found = Search(parts, abroad, view.codes).find(text, view.listing)
            keep(self._found, key, found)
        return found

    def order(
        self, view: View, name: str, value: Callable[[PackedStyle], int | str], language: str = ""
    ) -> StyleOrder:
        """All styles in the order of a name and language, which `value` defines."""
        styles = view.listing.styles
        order = self._orders.get((name, language))
        if order is None or order.styles is not styles:
            order = StyleOrder(styles, value)
            keep(self._orders, (name, language), order)
        else:
            order.follow()
        return order

    def prepare_search(self, view: View, locale: Locale, text: str) -> None:
        """Index the words that a text needs, which takes seconds, without holding others up.

        Those of all languages are only needed where the reader's own have not all of the text.
        """
        self._prepare(part_keys(locale))
        with self._lock:
            missed = self.find(view, locale, text).missed
        if missed:
            self._prepare([ABROAD])

    def _prepare(self, keys: Iterable[PartKey]) -> None:
        held = self._sources.styles()
        for key in keys:
            if self._has_part(held.styles, key):
                continue
            # Who waits here finds it made.
            with self._sources.asking:
                if not self._has_part(held.styles, key):
                    part = make_part(held.styles, *key)
                    with self._lock:
                        keep(self._parts, key, part)

    def stock(self, company: str, now: datetime, *, asked: bool) -> Stock | None:
        """What is in stock on the company's day; None where that isn't at hand and wasn't asked for.

        Raises:
            NotFoundProblem: there is no such company.
        """
        day = business_day(market_of(self._sources.company(company).company), now)
        return self._stocks.current(day, now) if asked else self._stocks.fresh_stock(day, now)

    def in_stock(self, view: View, stock: Stock) -> int:
        """SKUs that can be had at once."""
        plant = view.company.profile.plant
        styles = view.listing.styles
        known = self._in_stock.get((plant, stock.day))
        if known is None or known.stock is not stock or known.styles is not styles:
            known = StockedSkus(styles, stock, plant)
            self._in_stock[plant, stock.day] = known
        return known.current() & view.listing.at_once(view.day)

    def render(
        self,
        shape: Literal["item", "detail"],
        key: tuple[object, ...],
        version: int,
        make: Callable[[], bytes],
    ) -> bytes:
        """The JSON of a style; made again only if `key`, or its availability's version, differs."""
        cache = self._items if shape == "item" else self._details
        with self._lock:
            kept = cache.get(key)
        if kept and kept[0] == version:
            return kept[1]
        made = make()
        with self._lock:
            keep(cache, key, (version, made))
        return made

    def _listing(self, held: HeldAssortment, chain: str, styles: Styles) -> Listing:
        # Where a chain blocks nothing, all share one listing.
        chain = chain if styles.blocked.get(chain) else ""
        key = (held.assortment.id, chain)
        listing = self._listings.get(key)
        if listing is None or not listing.is_current(held.edition, styles):
            listing = Listing(held.assortment, held.edition, styles, next(self._serial), chain)
            keep(self._listings, key, listing)
        return listing

    def _table(
        self, company: Company, day: date, styles: Styles, book: HeldBook, own: HeldBook | None
    ) -> PriceTable:
        has_own = own is not None or book.book.may_have(Source.CUSTOMER, company.id)
        payer = payer_of(company, day, own=has_own)
        own_book = own.book if own else None
        table = self._tables.get(payer)
        if table is None or not table.is_of(styles, book.book, own_book):
            with without_collection():
                table = PriceTable(payer, styles, book.book, own_book)
            keep(self._tables, payer, table)
        else:
            table.follow()
        return table

    def _has_part(self, styles: Styles, key: PartKey) -> bool:
        with self._lock:
            part = self._parts.get(key)
        return part is not None and part.styles is styles

    def _part(self, styles: Styles, key: PartKey) -> WordIndex:
        part = self._parts.get(key)
        if part is None or part.styles is not styles:
            part = make_part(styles, *key)
            keep(self._parts, key, part)
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
                told = {"style": number, "currency": prices.payer.currency}
                given_away = prices.is_given_away(number)
                log = structlog.get_logger().bind(**told, discounts_leave_nothing=given_away)
                log.warning("style unpriced")


def _rendered_size(rendered: Rendered) -> int:
    return len(rendered[1]) + 600


def _style_size(style: Style) -> int:
    texts = len(style.names) + len(style.descriptions)
    skus = 0
    for colourway in style.colourways:
        texts += len(colourway.names)
        skus += len(colourway.skus)
    return 3_000 + 150 * texts + 1_200 * len(style.colourways) + 700 * skus
