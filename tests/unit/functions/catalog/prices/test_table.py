"""Prices from packed keys are what the rules of prices say."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from functions.catalog.index.styles import Styles
from functions.catalog.prices.book import PriceBook
from functions.catalog.prices.table import PriceTable, payer_of
from shared.catalogue.packed_styles import pack
from shared.price.model import PriceKey, PriceKind, Source, StylePrices
from shared.price.rules import price_of, rrp_of
from tests.factories.assortment import TODAY
from tests.factories.company import company
from tests.factories.price import key, record
from tests.factories.style import style

NUMBER = "10001"
KINDS: tuple[PriceKind, ...] = ("wholesale", "rrp")
DAYS = st.integers(-3, 3).map(lambda days: TODAY + timedelta(days=days))
HOLDERS = {
    Source.CUSTOMER: ("100001", "100002"),
    Source.PRICE_LIST: ("W1", "W2", ""),
    Source.MARKET: ("1000", "3000"),
}


@st.composite
def records(draw: st.DrawFn) -> Any:
    first, last = sorted((draw(DAYS), draw(DAYS)))
    tiers = draw(st.sampled_from([[], [(10, 90)], [(10, 90), (50, 70)]]))
    fields: dict[str, date] = {"valid_from": first, "valid_to": last}
    return record(
        draw(st.integers(0, 200)), tiers, per=draw(st.sampled_from([1, 3, 100])), **fields
    )


@st.composite
def price_keys(draw: st.DrawFn) -> tuple[str, PriceKey]:
    source = draw(st.sampled_from(list(Source)))
    holder = draw(st.sampled_from(HOLDERS[source]))
    kind = draw(st.sampled_from(KINDS))
    organisation = draw(st.sampled_from(["1000", "3000"]))
    # Of one key, never two records that became valid on one day.
    found = draw(st.lists(records(), max_size=3, unique_by=lambda one: one.valid_from))
    one = key(*found, kind=kind, source=source, holder=holder, organisation=organisation)
    return f"{kind}-{source}-{organisation}-{holder}", one.model_copy(update={"records": found})


def table(book: PriceBook, own: PriceBook | None = None, **profile: Any) -> PriceTable:
    return PriceTable(
        payer_of(company(**profile), TODAY, own=True), Styles([pack(style(NUMBER))]), book, own
    )


@given(
    keys=st.lists(price_keys(), max_size=6, unique_by=lambda pair: pair[0]),
    price_list=st.sampled_from(["W1", ""]),
)
def test_a_price_is_what_the_rules_choose(
    keys: list[tuple[str, PriceKey]], price_list: str
) -> None:
    prices = StylePrices(style=NUMBER, currency="EUR", keys=dict(keys))
    book = PriceBook(4, {})
    book.replace(prices)
    found = table(book, price_list=price_list)[0]
    wanted = price_of(prices, None, company(price_list=price_list), TODAY)
    if wanted is None:
        assert found is None
        return
    assert found is not None
    assert found.price("EUR") == wanted
    assert found.retail_price("EUR") == rrp_of(prices, None, company(price_list=price_list), TODAY)
    assert found.piece == wanted.unit.line_amount(1).amount


def customer(amount: int, stamp: str) -> PriceKey:
    one = key(record(amount), source=Source.CUSTOMER, holder="100001")
    return one.model_copy(update={"stamp": stamp})


def test_of_a_key_that_stands_in_both_places_the_newer_counts() -> None:
    market = PriceBook(4, {})
    market.replace(
        StylePrices(
            style=NUMBER, currency="EUR", keys={"m": key(record(900)), "c": customer(700, "2")}
        )
    )
    for stamp, expected in (("1", 700), ("2", 600), ("3", 600)):
        own = PriceBook(1, {})
        own.replace(StylePrices(style=NUMBER, currency="EUR", keys={"c": customer(600, stamp)}))
        found = table(market, own)[0]
        assert found is not None
        assert found.amount == expected


def test_an_own_price_that_ends_gives_way_to_the_markets() -> None:
    market, own = PriceBook(4, {}), PriceBook(1, {})
    market.replace(StylePrices(style=NUMBER, currency="EUR", keys={"m": key(record(900))}))
    prices = table(market, own)
    assert prices.piece_price(0) == 900
    own.replace(StylePrices(style=NUMBER, currency="EUR", keys={"c": customer(600, "1")}))
    prices.follow()
    assert prices.piece_price(0) == 600
    own.replace(StylePrices(style=NUMBER, currency="EUR", keys={}))
    prices.follow()
    assert prices.piece_price(0) == 900


def test_a_book_packs_what_changed_and_loses_nothing() -> None:
    book = PriceBook(8, {})
    for round_ in (1, 2):
        for number in range(2_500):
            keys = {"m": key(record(number * round_))}
            book.replace(StylePrices(style=str(number), currency="EUR", keys=keys))
    held = dict(book.all_keys(["1:1000"]))
    assert {style: keys[0][3][0][2] for style, keys in held.items()} == {
        str(number): number * 2 for number in range(2_500)
    }
    assert book.keys("7", ["1:1000"])[0][3][0][2] == 14
    assert book.size < 2_500 * 1_500
