"""What an instance holds of Firestore's documents, and how that stays current.

`state/catalogue` says of which data changes may come (`shared.catalogue.announcement`). It
is read in the same RPC as a page's availability. Only of what may have changed since the
instance last asked, it asks what changed, and takes that in.
"""

import gc
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

import structlog
from cachetools import LRUCache
from google.cloud.firestore import Client, CollectionReference, FieldFilter, Query

from functions.catalog.cache import MEBIBYTE, keep
from functions.catalog.index.styles import Styles
from functions.catalog.prices.book import PriceBook
from shared.assortment import repository as assortments
from shared.assortment.model import Assortment
from shared.availability import repository as availability
from shared.catalogue import announcement
from shared.catalogue.announcement import CatalogueKind, CatalogueState
from shared.catalogue.feed import BEGINNING, Feed
from shared.catalogue.packed_prices import read_chunk as read_prices
from shared.catalogue.packed_styles import pack
from shared.catalogue.snapshot import FEWEST_BUCKETS, read_snapshot
from shared.catalogue.stored_styles import read_styles
from shared.company import repository as companies
from shared.company.model import Company
from shared.price.holders import concerns
from shared.price.model import GeneralDiscounts, StylePrices
from shared.price.repository import general_reference, own_collection, parse_general
from shared.problem import NotFoundProblem
from shared.store import Read, begin_reads, read_at, read_lazily
from shared.style.repository import parse as parse_style

Present = tuple[datetime, CatalogueState, list[Read | None]]
"""The time, by Firestore's clock, that nothing read is older than; the announcements; and the
availability of styles, undecoded."""


@dataclass
class Held:
    """Something that was read, with all changes that were committed before `checked`.

    `counters` are those of the state as it was then.
    """

    kinds: tuple[CatalogueKind, ...]
    checked: datetime
    counters: tuple[int, ...]

    def is_due(self, state: CatalogueState, at: datetime) -> bool:
        """Whether a change may have come before `at`, when `state` was read."""
        if self.checked >= at:
            return False
        expected = any(self.checked <= state.changes_until(kind) for kind in self.kinds)
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


class Sources:
    """The documents, for many threads.

    What is held changes under `lock`, which nobody holds while waiting for Firestore, and
    only by who holds `asking`. `revision` grows with every change that was taken in.
    """

    def __init__(self, db: Client, lock: threading.RLock) -> None:
        self.lock = lock
        self.asking = threading.RLock()
        self.revision = 0
        self._db = db
        self._editions = count(1)
        self._counters: tuple[int, ...] = ()
        self._shared: dict[Any, Any] = {}
        self._styles: HeldStyles | None = None
        self._books: dict[str, HeldBook] = {}
        self._own_books: LRUCache[tuple[str, str], HeldBook] = LRUCache(
            24 * MEBIBYTE, lambda held: held.book.size + 2_000
        )
        self._companies: LRUCache[str, HeldCompany] = LRUCache(8 * MEBIBYTE, lambda _: 4_000)
        self._assortments: LRUCache[str, HeldAssortment] = LRUCache(16 * MEBIBYTE, _assortment_size)

    def begin_reading(self, styles: Iterable[str], plant: str) -> Callable[[], Present]:
        """Asks for the announcements and the availability of styles, in one RPC; what is returned
        waits for them."""
        wanted = [availability.reference(self._db, style, plant) for style in styles]
        finish = begin_reads(self._db, [announcement.reference(self._db), *wanted])

        def read() -> Present:
            at, (stored, *reads) = finish()
            return at, announcement.parse(stored.data() if stored else None), reads

        return read

    def refresh(self, needed: Collection[Held], state: CatalogueState, at: datetime) -> None:
        """Take in what was committed before `at`, as far as it is of what is needed."""
        if not any(held.is_due(state, at) for held in needed):
            return
        # Who waits here may find that another's question, asked after `at`, serves as well.
        with self.asking:
            for held in needed:
                if held.is_due(state, at):
                    self._ask(held, at)
                    held.counters = state.counters()
            self._counters = state.counters()

    def _state(self) -> datetime:
        """A moment that all that is read from now on is as new as."""
        at, state, _ = self.begin_reading((), "")()
        self._counters = state.counters()
        return at

    def styles(self) -> HeldStyles:
        """All styles."""
        if self._styles is None:
            with self.asking:
                if self._styles is None:
                    with without_collection():
                        self._styles = self._load_styles()
                        # They stay, so they need not be looked through ever after.
                        gc.freeze()
        return self._styles

    def _load_styles(self) -> HeldStyles:
        at = self._state()
        since, found = read_styles(self._db, self._shared)
        feed = Feed(self._db.collection("styles").order_by("updated_at"), since)
        for document in feed.changed(self._db, at):
            if style := parse_style(document):
                found[style.number] = pack(style)
            else:
                found.pop(document["number"], None)
        return HeldStyles(("styles",), at, self._counters, feed, Styles(found.values()))

    def company(self, id_: str) -> HeldCompany:
        """A company.

        Raises:
            NotFoundProblem: there is none.
        """
        with self.lock:
            held = self._companies.get(id_)
        if held is None:
            with self.asking:
                held = self._read_company(id_)
                with self.lock:
                    keep(self._companies, id_, held)
        return held

    def _read_company(self, id_: str, organisation: str = "") -> HeldCompany:
        """The company; who knows its sales organisation has it with one RPC."""
        references = [companies.reference(self._db, id_)]
        if organisation:
            references.append(general_reference(self._db, organisation))
        at, (stored, *general) = read_at(self._db, references)
        document = stored.data() if stored else None
        parsed = companies.parse(id_, document)
        profile = parsed.profile
        now_of = profile.sales_area.organisation
        if now_of != organisation:
            general = read_lazily(self._db, [general_reference(self._db, now_of)])
        # Nothing that is shown depends on its doors, of which there may be thousands.
        company = Company(
            id=id_,
            profile=profile.model_copy(update={"doors": {}}),
            assigned_assortment=parsed.assigned_assortment,
            discounts=parsed.discounts,
            material_group_discounts=parsed.material_group_discounts,
        ).with_discounts(_concerning(parsed, general[0]))
        own_prices = bool((document or {}).get("own_prices", False))
        # A company's first own price comes with the flag, and general discounts are prices.
        kinds: tuple[CatalogueKind, ...] = ("companies", "prices")
        return HeldCompany(kinds, at, self._counters, company, own_prices)

    def assortment(self, id_: str) -> HeldAssortment:
        """An assortment; one that nothing is in where SAP sent none."""
        with self.lock:
            held = self._assortments.get(id_)
        if held is None:
            with self.asking:
                held = self._read_assortment(id_)
                with self.lock:
                    keep(self._assortments, id_, held)
        return held

    def _read_assortment(self, id_: str) -> HeldAssortment:
        at, (stored,) = read_at(self._db, [assortments.reference(self._db, id_)])
        assortment = assortments.parse(id_, stored.data() if stored else None)
        edition = next(self._editions)
        return HeldAssortment(("assortments",), at, self._counters, assortment, edition)

    def book(self, currency: str) -> HeldBook:
        """The prices in a currency."""
        held = self._books.get(currency)
        if held is None:
            with self.asking:
                held = self._books.get(currency)
                if held is None:
                    with without_collection():
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

    def own_book(self, company: str, currency: str) -> HeldBook:
        """The prices in a currency that only one company gets."""
        with self.lock:
            held = self._own_books.get((company, currency))
        if held is None:
            with self.asking:
                at = self._state()
                feed = Feed(_in_currency(own_collection(self._db, company), currency))
                held = HeldBook(("prices",), at, self._counters, feed, PriceBook(1, {}))
                for document in feed.changed(self._db, at):
                    held.book.replace(StylePrices.model_validate(document))
                with self.lock:
                    keep(self._own_books, (company, currency), held)
        return held

    def _ask(self, held: Held, at: datetime) -> None:
        """Take in what changed; at the end it is as new as `at`."""
        match held:
            case HeldStyles():
                self._take_styles(held, at)
            case HeldBook():
                for document in held.feed.changed(self._db, at):
                    prices = StylePrices.model_validate(document)
                    with self.lock:
                        held.book.replace(prices)
                        self.revision += 1
            case HeldCompany():
                self._take_company(held)
            case HeldAssortment():
                self._take_assortment(held)
        held.checked = max(held.checked, at)

    def _take_styles(self, held: HeldStyles, at: datetime) -> None:
        for document in held.feed.changed(self._db, at):
            style = parse_style(document)
            packed = pack(style) if style else None
            with self.lock:
                held.styles.replace(document["number"], packed)
                self.revision += 1
        if held.styles.too_many_dead():
            living = Styles(one for _, one in held.styles.living())
            with self.lock:
                held.styles = living
                self.revision += 1

    def _take_company(self, held: HeldCompany) -> None:
        id_ = held.company.id
        try:
            new = self._read_company(id_, held.company.profile.sales_area.organisation)
        except NotFoundProblem:
            with self.lock:
                self._companies.pop(id_, None)
                self.revision += 1
            return
        known = (held.company, held.own_prices)
        with self.lock:
            if (new.company, new.own_prices) != known:
                self.revision += 1
                held.company, held.own_prices = new.company, new.own_prices

    def _take_assortment(self, held: HeldAssortment) -> None:
        new = self._read_assortment(held.assortment.id)
        with self.lock:
            if new.assortment != held.assortment:
                self.revision += 1
                held.assortment, held.edition = new.assortment, new.edition


def _concerning(company: Company, general: Read | None) -> GeneralDiscounts:
    """Of the discounts of many companies those that concern this one."""
    found = parse_general(general.data() if general else None).discounts.items()
    return GeneralDiscounts(discounts={name: key for name, key in found if concerns(key, company)})


@contextmanager
def without_collection() -> Iterator[None]:
    """For making very many objects: looking through them for garbage, of which there is none,
    again and again takes longer than making them.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _in_currency(collection: CollectionReference, currency: str) -> Query:
    wanted = FieldFilter("currency", "==", currency)
    return collection.where(filter=wanted).order_by("updated_at")


def _assortment_size(held: HeldAssortment) -> int:
    items = len(held.assortment.included) + len(held.assortment.excluded)
    return 4_000 + 600 * items + 3_000 * len(held.assortment.windows)
