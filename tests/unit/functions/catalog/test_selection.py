"""Filters, facet counts and order are what looking at every SKU gives."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from functions.catalog.listing import (
    DIMENSIONS,
    Dimension,
    Entry,
    Listing,
    Offering,
    list_assortment,
)
from functions.catalog.offer import Offer, make_offer
from functions.catalog.schema import StylesQuery
from functions.catalog.selection import Selection
from functions.catalog.tariff import Tariff
from shared.assortment.model import Item
from shared.style.model import Sku, Style
from tests.factories.assortment import TODAY, assortment, at_once, pre_book
from tests.factories.company import company
from tests.factories.price import prices
from tests.factories.style import colourway, style

SEASONS, FAMILIES, SIZES = ("FW26", "SS27"), ("BLACK", "RED", "BLUE"), ("S", "M", "L", "XL")
CATEGORIES, GENDERS, WINDOWS = ("TEE", "CAP"), ("men", "women"), ("AO", "SS27-1")


@st.composite
def styles(draw: st.DrawFn) -> list[Style]:
    """Up to eight styles of up to three colourways of up to four sizes."""
    result = []
    for number in range(10001, 10001 + draw(st.integers(0, 8))):
        colourways = [
            colourway(
                str(number),
                code,
                draw(st.lists(st.sampled_from(SIZES), unique=True, max_size=4)),
                first=1 + 4 * i,
                family=draw(st.sampled_from(FAMILIES)),
                seasons=draw(st.lists(st.sampled_from(SEASONS), max_size=3)),
            )
            for i, code in enumerate(draw(st.sampled_from([["010"], ["010", "020", "030"], []])))
        ]
        result.append(
            style(
                str(number),
                colourways=colourways,
                category=draw(st.sampled_from(CATEGORIES)),
                gender=draw(st.sampled_from(GENDERS)),
                rank=draw(st.integers(1, 3)),
            )
        )
    return result


def some(values: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.just([]) | st.lists(st.sampled_from((*values, "OTHER")), max_size=2)


queries = st.builds(
    StylesQuery,
    season=some(SEASONS),
    delivery=some(WINDOWS),
    category=some(CATEGORIES),
    gender=st.just([]) | st.lists(st.sampled_from(GENDERS), max_size=2),
    colour=some(FAMILIES),
    size=some(SIZES),
    price_from=st.none() | st.integers(900, 1100),
    price_to=st.none() | st.integers(900, 1100),
    availability=st.sampled_from(["any", "at_once"]),
)

Seen = tuple[Entry, Offering, Sku, int]


def every_sku(listing: Listing) -> Iterator[Seen]:
    for entry in listing.entries:
        for offering in entry.offerings:
            for bit, sku in enumerate(offering.colourway.skus, offering.span[0]):
                yield entry, offering, sku, bit


def values_of(name: Dimension, seen: Seen) -> set[str]:
    entry, offering, sku, _ = seen
    values: dict[Dimension, set[str]] = {
        "season": set(offering.colourway.seasons),
        "delivery": {window.id for window in offering.windows},
        "category": {entry.style.category},
        "gender": {entry.style.gender},
        "colour": {offering.colourway.family},
        "size": {sku.size},
    }
    return values[name]


def brute(
    listing: Listing, offer: Offer, query: StylesQuery, found: set[int], stocked: set[int], but: str
) -> list[Seen]:
    """Every SKU that meets all filters but one."""
    rules: dict[str, Callable[[Seen], Any]] = {
        "price": lambda seen: (
            (query.price_from or 0) <= price(offer, seen) <= (query.price_to or 10**9)
        ),
        "at_once": lambda seen: query.availability == "any" or seen[3] in stocked,
    }
    for name in DIMENSIONS:
        wanted = set(getattr(query, name))
        rules[name] = lambda seen, n=name, w=wanted: not w or w & values_of(n, seen)  # type: ignore[misc]
    return [
        seen
        for seen in every_sku(listing)
        if seen[3] in found
        and offer.offered[seen[0].index]
        and all(rule(seen) for name, rule in rules.items() if name != but)
    ]


def price(offer: Offer, seen: Seen) -> int:
    offered = offer.offered[seen[0].index]
    assert offered is not None
    return offered.to.amount


def numbers(seen: list[Seen]) -> set[str]:
    return {one[0].style.number for one in seen}


@given(styles=styles(), query=queries, data=st.data())
def test_counts_equal_looking_at_every_sku(
    styles: list[Style], query: StylesQuery, data: st.DataObject
) -> None:
    listing = list_assortment(assortment(excluded=[Item(style="10002", colour="010")]), styles, 1)
    tariff = Tariff("EUR")
    for one in styles:
        if data.draw(st.integers(0, 3)):
            tariff.replace(prices(one.number, wholesale=data.draw(st.integers(900, 1100))))
    offer = make_offer(listing, company(), tariff, TODAY, 1)
    bits = [seen[3] for seen in every_sku(listing)]
    found = set(data.draw(st.lists(st.sampled_from(bits)))) if bits else set()
    stocked = set(data.draw(st.lists(st.sampled_from(bits)))) if bits else set()
    selection = Selection(
        listing, offer, query, sum(1 << bit for bit in found), sum(1 << bit for bit in stocked)
    )

    def expected(but: str) -> list[Seen]:
        return brute(listing, offer, query, found, stocked, but)

    assert {entry.style.number for entry in listing.entries if entry.index in selection} == numbers(
        expected("")
    )
    assert selection.total == len(numbers(expected("")))
    counts = selection.counts()
    for name in DIMENSIONS:
        others = expected(name)
        all_values = {value for seen in others for value in values_of(name, seen)}
        assert counts.values[name] == {
            value: len(numbers([seen for seen in others if value in values_of(name, seen)]))
            for value in all_values
        }
    others = expected("at_once")
    assert counts.at_once == len(numbers([seen for seen in others if seen[3] in stocked]))
    amounts = [price(offer, seen) for seen in expected("price")]
    assert counts.prices == ((min(amounts), max(amounts)) if amounts else None)


def test_at_once_are_the_colourways_of_an_open_window_of_stock() -> None:
    fresh = colourway("10001", "010", ["S", "M"], seasons=["FW26"])
    coming = colourway("10001", "020", ["S"], first=3, seasons=["SS27"])
    one = style("10001", colourways=[coming, fresh])
    windows = [at_once(), pre_book()]
    assert list_assortment(assortment(windows=windows), [one], 1).at_once(TODAY) == 0b110
    closed = [at_once(cut_off=TODAY - timedelta(days=1)), pre_book()]
    assert list_assortment(assortment(windows=closed), [one], 1).at_once(TODAY) == 0
