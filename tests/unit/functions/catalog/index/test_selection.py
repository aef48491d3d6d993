"""Filters, facet counts and order are what looking at every SKU gives."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from functions.catalog.index.listing import DIMENSIONS, Dimension, Listing
from functions.catalog.index.orders import StyleOrder
from functions.catalog.index.selection import Selection
from functions.catalog.index.styles import Styles
from functions.catalog.prices.book import PriceBook
from functions.catalog.prices.table import PriceTable, payer_of
from functions.catalog.schema import StylesQuery
from shared.assortment.model import Assortment, Item
from shared.assortment.rules import contains, is_open, windows_of
from shared.catalogue.packed_styles import pack
from shared.style.model import Colourway, Sku, Style
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

Seen = tuple[Style, Colourway, Sku, int]
LISTED = assortment(excluded=[Item(style="10002", colour="010")])


def every_sku(styles: Styles, listed: Assortment = LISTED) -> Iterator[Seen]:
    """Each SKU that may be seen, and its bit."""
    for slot, packed in styles.living():
        one = packed.unpack()
        bit = styles.span(slot)[0]
        for choice in one.colourways:
            for sku in choice.skus:
                if contains(listed, one, choice):
                    yield one, choice, sku, bit
                bit += 1


def values_of(name: Dimension, seen: Seen) -> set[str]:
    one, colourway, sku, _ = seen
    values: dict[Dimension, set[str]] = {
        "season": set(colourway.seasons),
        "delivery": {window.id for window in windows_of(LISTED, colourway)},
        "category": {one.category},
        "gender": {one.gender},
        "colour": {colourway.family},
        "size": {sku.size},
    }
    return values[name]


@dataclass
class Shop:
    """Styles and prices as an instance holds them, and the prices beside them."""

    styles: Styles
    book: PriceBook
    prices: PriceTable
    amounts: dict[str, int]

    def brute(self, query: StylesQuery, found: set[int], stocked: set[int], but: str) -> list[Seen]:
        """Every SKU that meets all filters but one."""
        rules: dict[str, Callable[[Seen], Any]] = {
            "price": lambda seen: (
                (query.price_from or 0) <= self.amounts[seen[0].number] <= (query.price_to or 10**9)
            ),
            "at_once": lambda seen: query.availability == "any" or seen[3] in stocked,
        }
        for name in DIMENSIONS:
            wanted = set(getattr(query, name))
            rules[name] = lambda seen, n=name, w=wanted: not w or w & values_of(n, seen)  # type: ignore[misc]
        return [
            seen
            for seen in every_sku(self.styles)
            if seen[3] in found
            and seen[0].number in self.amounts
            and all(rule(seen) for name, rule in rules.items() if name != but)
        ]


def shop(styles: list[Style], amounts: dict[str, int]) -> Shop:
    """Styles, some of which have a price."""
    held = Styles(map(pack, styles))
    book = PriceBook(4, {})
    for number, amount in amounts.items():
        book.replace(prices(number, wholesale=amount))
    table = PriceTable(payer_of(company(), TODAY, own=False), held, book, None)
    return Shop(held, book, table, dict(amounts))


def numbers(seen: list[Seen]) -> set[str]:
    return {one[0].number for one in seen}


def check(shop: Shop, query: StylesQuery, data: st.DataObject) -> None:
    """Selection and counts are what looking at every SKU gives."""
    listing = Listing(LISTED, 1, shop.styles, 1)
    bits = [seen[3] for seen in every_sku(shop.styles)]
    found = set(data.draw(st.lists(st.sampled_from(bits)))) if bits else set()
    stocked = set(data.draw(st.lists(st.sampled_from(bits)))) if bits else set()
    selection = Selection(
        listing,
        shop.prices,
        query,
        sum(1 << bit for bit in found),
        sum(1 << bit for bit in stocked),
        listing.pre_book(TODAY),
    )

    def expected(but: str) -> list[Seen]:
        return shop.brute(query, found, stocked, but)

    assert {one.number for slot, one in shop.styles.living() if slot in selection} == numbers(
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
    windows = LISTED.windows.values()
    ahead = {w.id for w in windows if w.kind == "pre_book" and is_open(w, TODAY)}
    others = expected("delivery")
    assert counts.pre_book == len(numbers([s for s in others if ahead & values_of("delivery", s)]))
    amounts = [shop.amounts[seen[0].number] for seen in expected("price")]
    assert counts.prices == ((min(amounts), max(amounts)) if amounts else None)


amounts = st.dictionaries(
    st.sampled_from([str(number) for number in range(10001, 10010)]), st.integers(900, 1100)
)


@given(styles=styles(), amounts=amounts, query=queries, data=st.data())
def test_counts_equal_looking_at_every_sku(
    styles: list[Style], amounts: dict[str, int], query: StylesQuery, data: st.DataObject
) -> None:
    check(shop(styles, amounts), query, data)


@given(
    before=styles(),
    after=styles(),
    amounts=amounts,
    later=amounts,
    query=queries,
    data=st.data(),
)
def test_changes_one_by_one_end_where_starting_anew_does(
    before: list[Style],
    after: list[Style],
    amounts: dict[str, int],
    later: dict[str, int],
    query: StylesQuery,
    data: st.DataObject,
) -> None:
    kept = shop(before, amounts)
    descending = list(kept.prices.descending)
    assert descending == sorted(
        kept.prices.ascending,
        key=lambda slot: (-kept.prices.piece_price(slot), kept.styles.entries[slot].number),
    )
    order = StyleOrder(kept.styles, lambda style: style.rank)
    for one in after:
        kept.styles.replace(one.number, pack(one))
    for gone in before[len(after) :]:
        kept.styles.replace(gone.number, None)
    for number, amount in later.items():
        kept.book.replace(prices(number, wholesale=amount))
        kept.amounts[number] = amount
    kept.prices.follow()
    order.follow()
    check(kept, query, data)

    anew = PriceTable(kept.prices.payer, kept.styles, kept.book, None)
    for order_kept, order_anew in (
        (kept.prices.ascending, anew.ascending),
        (kept.prices.descending, anew.descending),
        (order, StyleOrder(kept.styles, lambda style: style.rank)),
    ):
        assert list(order_kept) == list(order_anew)
    assert kept.prices.priced == anew.priced


VALUES = {
    "brand": ["NORD", "SUD"],
    "division": ["APPAREL"],
    "category": list(CATEGORIES),
    "gender": list(GENDERS),
    "season": [*SEASONS, "SS28"],
    "tier": ["A", "B"],
    "exclusive": ["", "X"],
}
rules = st.lists(
    st.dictionaries(
        st.sampled_from(list(VALUES)),
        st.sampled_from([value for values in VALUES.values() for value in values]).map(
            lambda value: [value]
        ),
        max_size=3,
    ),
    max_size=3,
)
items = st.lists(
    st.builds(
        Item,
        style=st.sampled_from(["10001", "10002", "10099"]),
        colour=st.sampled_from(["", "010", "030", "999"]),
    ),
    max_size=3,
)


@given(
    styles=styles(),
    exclusive=st.lists(st.sampled_from(["", "X"]), min_size=8, max_size=8),
    rules=rules,
    included=items,
    excluded=items,
    windows=st.lists(st.sampled_from([at_once(), pre_book()]), unique_by=lambda w: w.id),
    deleted=st.booleans(),
)
def test_a_listing_is_what_the_assortments_rules_say(
    styles: list[Style], exclusive: list[str], deleted: bool, **fields: Any
) -> None:
    marked = [
        one.model_copy(update={"exclusive": mark})
        for one, mark in zip(styles, exclusive, strict=False)
    ]
    held = Styles(map(pack, marked))
    listed = assortment(deleted=deleted, **fields)
    seen = {seen[3] for seen in every_sku(held, listed)}
    assert Listing(listed, 1, held, 1).visible == sum(1 << bit for bit in seen)


def test_what_died_leaves_nothing_behind() -> None:
    held = Styles([pack(style("10001"))])
    for rank in range(3):
        held.replace("10001", pack(style("10001", rank=rank)))
    assert [one.rank for _, one in held.living()] == [2]
    assert held.all_skus.bit_count() == held.masks["brand"]["NORD"].bit_count() == 6
    held.replace("10001", None)
    assert (held.all_skus, held.guards, held.masks["size"]["S"]) == (0, 0, 0)


def test_at_once_are_the_colourways_of_an_open_window_of_stock() -> None:
    fresh = colourway("10001", "010", ["S", "M"], seasons=["FW26"])
    coming = colourway("10001", "020", ["S"], first=3, seasons=["SS27"])
    held = Styles([pack(style("10001", colourways=[coming, fresh]))])

    def at_once_today(**overrides: Any) -> int:
        windows = [at_once(**overrides), pre_book()]
        return Listing(assortment(windows=windows), 1, held, 1).at_once(TODAY)

    assert at_once_today() == 0b110
    assert at_once_today(cut_off=TODAY - timedelta(days=1)) == 0
