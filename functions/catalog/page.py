"""A page of styles: filtered, searched, sorted, counted."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from babel import Locale

from functions.catalog.cursor import decode, encode, fingerprint
from functions.catalog.facets import facets_of
from functions.catalog.fold import fold
from functions.catalog.freshness import answer_fresh
from functions.catalog.listing import Entry
from functions.catalog.memory import Memory, Order, RowKey, View
from functions.catalog.render import Renderer
from functions.catalog.schema import PageTail, Sort, StylesQuery
from functions.catalog.search import Found
from functions.catalog.selection import Selection
from shared.availability import repository as availability
from shared.store import Read
from shared.text.locale import pick


@dataclass(frozen=True)
class Reader:
    """Who reads, and when."""

    company: str
    locale: Locale
    now: datetime


@dataclass(frozen=True)
class _Page:
    selection: Selection
    entries: list[Entry]
    next: str | None


def list_styles(memory: Memory, media_url: str, reader: Reader, query: StylesQuery) -> bytes:
    """The page that `query` asks for, as JSON of a StylesPage.

    Raises:
        NotFoundProblem: there is no such company.
        InvalidInputProblem: the cursor is garbled or of another query.
    """

    def plan(view: View) -> tuple[_Page, list[str]]:
        page = _plan(memory, view, reader, query)
        return page, [entry.style.number for entry in page.entries]

    view, page, reads = answer_fresh(memory, reader.company, reader.now.date(), plan)
    renderer = Renderer(view, reader.locale, media_url)
    items = [
        _item(memory, view, reader, renderer, entry, read)
        for entry, read in zip(page.entries, reads, strict=True)
    ]
    tail = PageTail(
        total=page.selection.total,
        currency=view.offer.currency,
        windows=renderer.windows(),
        facets=facets_of(view, page.selection.counts(), reader.locale),
        next=page.next,
    )
    # The items are JSON already; the rest of the object follows them.
    rest = tail.model_dump_json(by_alias=True).encode()[1:]
    return b'{"items":[' + b",".join(items) + b"]," + rest


def _plan(memory: Memory, view: View, reader: Reader, query: StylesQuery) -> _Page:
    found = _search(memory, view, reader.locale, query.q)
    in_stock = memory.in_stock(view, reader.now, asked=query.availability == "at_once")
    selection = Selection(view.listing, view.offer, query, found.skus, in_stock)
    order = _order(memory, view, reader.locale, query, found)
    asked = fingerprint(query, reader.company, str(reader.locale))
    first = 0
    if query.cursor is not None:
        after = decode(query.cursor, asked, order[0][0] if order else ())
        first = bisect_right(order, after, key=lambda row: row[0])
    following = (row for row in map(order.__getitem__, range(first, len(order))))
    rows = list(islice((row for row in following if row[1] in selection), query.limit + 1))
    more = len(rows) > query.limit
    shown = rows[: query.limit]
    return _Page(
        selection=selection,
        entries=[view.listing.entries[index] for _, index in shown],
        next=encode(asked, shown[-1][0]) if more else None,
    )


def _search(memory: Memory, view: View, locale: Locale, text: str) -> Found:
    """A style number, colourway id, SKU or GTIN is just that; anything else is words."""
    listing = view.listing
    if not text.strip():
        return Found(listing.all_skus, {})
    if place := listing.places.get(text.strip().upper()):
        entry, (first, end) = place
        return Found((1 << end) - (1 << first), {entry.index: 1})
    if found := view.codes.find(text, listing):
        return Found(1 << found.bit, {found.entry.index: 1})
    key = (listing.serial, str(locale), text)
    return memory.found.get(key) or memory.found.put(
        key, memory.index(locale).search(text, listing)
    )


def _order(memory: Memory, view: View, locale: Locale, query: StylesQuery, found: Found) -> Order:
    sort: Sort = query.sort or ("relevance" if query.q.strip() else "bestseller")
    by_words = sort == "relevance" and found.scores
    language = str(locale) if by_words or sort == "name" else ""
    key = (view.offer.serial, sort, language, query.q if by_words else "")
    if order := memory.orders.get(key):
        return order
    rows = _ranked(view, found) if by_words else _rows(view, locale, sort)
    return memory.orders.put(key, sorted(rows))


def _ranked(view: View, found: Found) -> Iterable[tuple[RowKey, int]]:
    for index, score in found.scores.items():
        style = view.listing.entries[index].style
        yield (-score, style.rank, style.number), index


def _rows(view: View, locale: Locale, sort: Sort) -> Iterable[tuple[RowKey, int]]:
    for entry, offered in zip(view.listing.entries, view.offer.offered, strict=True):
        if offered:
            yield (
                (_sort_value(entry, offered.to.amount, locale, sort), entry.style.number),
                (entry.index),
            )


def _sort_value(entry: Entry, price: int, locale: Locale, sort: Sort) -> int | str:
    match sort:
        case "newest":
            return -entry.style.launched.toordinal()
        case "price":
            return price
        case "price_desc":
            return -price
        case "name":
            return fold(pick(entry.style.names, locale, entry.style.number))
        case _:
            return entry.style.rank


def _item(
    memory: Memory,
    view: View,
    reader: Reader,
    renderer: Renderer,
    entry: Entry,
    read: Read | None,
) -> bytes:
    """An item's JSON, made again only if its availability, day, prices or style changed."""
    version = read.version if read else 0
    key = (entry.index, *view.rendering(reader.locale))
    kept = memory.items.get(key)
    if kept and kept[0] == version:
        return kept[1]
    offered = view.offer.offered[entry.index]
    if offered is None:
        raise LookupError(f"style {entry.style.number} has no price and is not selected")
    stock = availability.parse(read.data() if read else None)
    made = renderer.item(entry, offered, stock).model_dump_json(by_alias=True).encode()
    return memory.items.put(key, (version, made))[1]
