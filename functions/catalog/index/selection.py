"""Which styles of a listing a query selects, and what each further filter would select."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from functions.catalog.index.bits import is_set, pack, styles_with
from functions.catalog.index.listing import DIMENSIONS, Dimension, Listing
from functions.catalog.prices.table import PriceTable
from functions.catalog.schema import StylesQuery


@dataclass(frozen=True, slots=True)
class Counts:
    """Styles by value of each dimension, least and greatest price, styles in stock and to pre-book."""

    values: dict[Dimension, dict[str, int]]
    prices: tuple[int, int] | None
    at_once: int | None
    pre_book: int


class Selection:
    """The SKUs that meet each filter of a query; a style is selected if one meets all.

    `found` are the SKUs that the search words match; `in_stock` those that can be had at
    once, None if that isn't known (then the query must not filter by it); `pre_book` those that
    some pre-book window offers.
    """

    def __init__(
        self,
        listing: Listing,
        prices: PriceTable,
        query: StylesQuery,
        found: int,
        in_stock: int | None,
        pre_book: int,
    ) -> None:
        self._listing = listing
        self._prices = prices
        self._in_stock = in_stock
        self._pre_book = pre_book
        self._always = found & listing.visible & prices.priced
        self._filters: dict[str, int] = {}
        for name in DIMENSIONS:
            if wanted := getattr(query, name):
                self._filters[name] = self._any_of(name, wanted)
        if query.price_from is not None or query.price_to is not None:
            self._filters["price"] = self._within_prices(query.price_from, query.price_to)
        if query.availability == "at_once" and in_stock is not None:
            self._filters["at_once"] = in_stock
        self._guards = self._styles(self._all_but(None))
        self._packed = pack(self._guards, listing.styles.size)

    @property
    def total(self) -> int:
        """How many styles are selected."""
        return self._guards.bit_count()

    def __contains__(self, slot: int) -> bool:
        return is_set(self._packed, self._listing.styles.span(slot)[1])

    def counts(self) -> Counts:
        """What each facet counts: all filters but its own."""
        values: dict[Dimension, dict[str, int]] = {}
        for name in DIMENSIONS:
            others = self._all_but(name)
            counted = (
                (value, self._styles(others & mask).bit_count())
                for value, mask in self._listing.masks(name).items()
            )
            values[name] = {value: count for value, count in counted if count}
        at_once = None
        if self._in_stock is not None:
            at_once = self._styles(self._all_but("at_once") & self._in_stock).bit_count()
        pre_book = self._styles(self._all_but("delivery") & self._pre_book).bit_count()
        return Counts(values, self._price_range(), at_once, pre_book)

    def _any_of(self, name: Dimension, wanted: list[str]) -> int:
        masks = self._listing.masks(name)
        return reduce(lambda union, value: union | masks.get(value, 0), wanted, 0)

    def _within_prices(self, least: int | None, greatest: int | None) -> int:
        return self._listing.spans(self._prices.between(least, greatest))

    def _all_but(self, name: str | None) -> int:
        kept = (mask for other, mask in self._filters.items() if other != name)
        return reduce(int.__and__, kept, self._always)

    def _styles(self, skus: int) -> int:
        return styles_with(skus, self._listing.styles.all_skus, self._listing.styles.guards)

    def _price_range(self) -> tuple[int, int] | None:
        styles = self._listing.styles
        packed = pack(self._styles(self._all_but("price")), styles.size)

        def first(slots: Iterable[int]) -> int | None:
            chosen = (slot for slot in slots if is_set(packed, styles.span(slot)[1]))
            return next((self._prices.piece_price(slot) for slot in chosen), None)

        least = first(self._prices.ascending)
        greatest = first(reversed(self._prices.ascending))
        return None if least is None or greatest is None else (least, greatest)
