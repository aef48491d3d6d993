"""A page of styles: filtered, searched, sorted, counted."""

from dataclasses import dataclass
from functools import partial
from itertools import islice

from babel import Locale

from functions.catalog.answers.cursor import decode, encode, fingerprint
from functions.catalog.answers.facets import facets_of
from functions.catalog.answers.freshness import Begin, Reader, answer_fresh
from functions.catalog.answers.render import Renderer
from functions.catalog.answers.visible import Visible, look_at
from functions.catalog.index.bits import bits_at
from functions.catalog.index.orders import SlotOrder, SortKey
from functions.catalog.index.search import Hits
from functions.catalog.index.selection import Counts, Selection
from functions.catalog.index.stock import Stock
from functions.catalog.memory import Memory, View
from functions.catalog.schema import PageTail, Sort, StylesQuery
from shared.availability import repository as availability
from shared.catalogue.packed_styles import PackedStyle
from shared.store import Read
from shared.style.codes import read_code
from shared.text.locale import pick
from shared.text.sorting import sort_key


@dataclass(frozen=True)
class _Page:
    styles: list[Visible]
    total: int
    counts: Counts
    next: str | None


def list_styles(memory: Memory, media_url: str, reader: Reader, query: StylesQuery) -> bytes:
    """The page that `query` asks for, as JSON of a StylesPage.

    Raises:
        NotFoundProblem: there is no such company.
        InvalidInputProblem: the cursor is garbled or of another query.
    """
    if query.q.strip():
        _prepare_search(memory, reader, query.q)
    stock = memory.stock(reader.company, reader.now, asked=query.availability == "at_once")

    def plan(view: View, begin: Begin) -> _Page:
        return _plan(memory, view, reader, query, stock, begin)

    view, page, reads = answer_fresh(memory, reader, plan)
    renderer = Renderer(view, reader.locale, media_url)
    items = [
        _item(memory, view, reader, renderer, one, read)
        for one, read in zip(page.styles, reads, strict=True)
    ]
    tail = PageTail(
        total=page.total,
        currency=view.currency,
        windows=renderer.windows(),
        facets=facets_of(view, page.counts, reader.locale, partial(memory.texts_of, view)),
        next=page.next,
    )
    # The items are JSON already; the rest of the object follows them.
    rest = tail.model_dump_json(by_alias=True).encode()[1:]
    return b'{"items":[' + b",".join(items) + b"]," + rest


def _plan(
    memory: Memory,
    view: View,
    reader: Reader,
    query: StylesQuery,
    stock: Stock | None,
    begin: Begin,
) -> _Page:
    found = _search(memory, view, reader.locale, query.q)
    in_stock = memory.in_stock(view, stock) if stock else None
    selection = Selection(
        view.listing, view.prices, query, found.skus, in_stock, view.listing.pre_book(view.day)
    )
    order = _order(memory, view, reader.locale, query, found)
    asked = fingerprint(query, reader.company, str(reader.locale))
    after = None
    if query.cursor is not None:
        first = next(iter(order), None)
        after = decode(query.cursor, asked, order.key(first) if first is not None else ())
    selected = (slot for slot in order.after(after) if slot in selection)
    slots = list(islice(selected, query.limit + 1))
    shown = slots[: query.limit]
    begin([view.listing.styles.entries[slot].number for slot in shown])
    return _Page(
        styles=[look_at(memory, view, slot) for slot in shown],
        total=selection.total,
        counts=selection.counts(),
        next=encode(asked, order.key(shown[-1])) if len(slots) > query.limit else None,
    )


def _prepare_search(memory: Memory, reader: Reader, text: str) -> None:
    """Index the reader's language, unless the text is a code, as it mostly is when scanned."""
    view = memory.view(reader.company, reader.now)
    with memory.lock():
        code = _find_code(view, text.strip())
    if code is None:
        memory.prepare_search(view, reader.locale, text)


def _search(memory: Memory, view: View, locale: Locale, text: str) -> Hits:
    """A style number, colourway id, SKU or GTIN is just that; anything else is words."""
    if not text.strip():
        return Hits(view.listing.visible, {})
    return _find_code(view, text.strip()) or memory.find(view, locale, text)


def _find_code(view: View, plain: str) -> Hits | None:
    """The visible style, colourway or SKU that `plain` is the number, id or GTIN of."""
    listing = view.listing
    slot = listing.styles.find(plain)
    if slot is not None and listing.shows(listing.styles.span(slot)[1]):
        return Hits(listing.spans([slot]) & listing.visible, {slot: 1})
    colourway = listing.styles.find_colourway(plain)
    if colourway:
        first, end = colourway[1]
        if skus_shown := listing.visible & ((1 << end) - (1 << first)):
            return Hits(skus_shown, {colourway[0]: 1})
    if skus := view.codes.find(read_code(plain), listing):
        return Hits(
            bits_at((sku.bit for sku in skus), listing.styles.size), {sku.slot: 1 for sku in skus}
        )
    return None


def _order(
    memory: Memory, view: View, locale: Locale, query: StylesQuery, found: Hits
) -> SlotOrder:
    sort: Sort = query.sort or ("relevance" if query.q.strip() else "bestseller")
    match sort:
        case "relevance" if found.scores:
            return _by_relevance(view, found)
        case "newest":
            return memory.order(view, sort, lambda style: -style.launched)
        case "price":
            return view.prices.ascending
        case "price_desc":
            return view.prices.descending
        case "name":
            language = str(locale)
            return memory.order(view, sort, lambda style: _name(style, locale), language)
        case _:
            return memory.order(view, "bestseller", lambda style: style.rank)


def _by_relevance(view: View, found: Hits) -> SlotOrder:
    entries = view.listing.styles.entries

    def key(slot: int) -> SortKey:
        return -found.scores[slot], entries[slot].rank, entries[slot].number

    return SlotOrder(found.scores, key)


def _name(style: PackedStyle, locale: Locale) -> str:
    return sort_key(pick(style.texts()["names"], locale, style.number), locale.language)


def _item(
    memory: Memory,
    view: View,
    reader: Reader,
    renderer: Renderer,
    one: Visible,
    read: Read | None,
) -> bytes:
    """An item's JSON, made again only if its availability, day, price or style changed."""

    def make() -> bytes:
        stock = availability.parse(read.data() if read else None)
        return renderer.item(one.listed, one.price, stock).model_dump_json(by_alias=True).encode()

    key = one.rendering(view, reader.locale)
    return memory.render("item", key, read.version if read else 0, make)
