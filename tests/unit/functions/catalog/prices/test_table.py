"""Prices from packed keys are what the rules of prices say."""

from datetime import date, timedelta
from fractions import Fraction
from math import floor
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from functions.catalog.index.styles import Styles
from functions.catalog.prices.book import PriceBook
from functions.catalog.prices.table import PriceTable, payer_of
from shared.catalogue.packed_styles import pack
from shared.company.model import Company
from shared.money import UnitPrice
from shared.price.model import (
    DiscountKey,
    ListPrice,
    PriceKey,
    PriceKind,
    Source,
    StylePrices,
    VariantPriceKey,
)
from shared.price.rules import articles_priced_apart, at_quantity, price_of, rrp_of
from tests.factories.assortment import TODAY
from tests.factories.company import company
from tests.factories.price import discount, key, record
from tests.factories.style import style

NUMBER = "10001"
GROUP = "M1"
"""The style's material pricing group."""
KINDS: tuple[PriceKind, ...] = ("wholesale", "rrp")
DAYS = st.integers(-3, 3).map(lambda days: TODAY + timedelta(days=days))
ARTICLES = ("", "10001002", "10001003")
HOLDERS = {
    Source.CUSTOMER: ("100001", "100002"),
    Source.PRICE_GROUP: ("P1", "P2", "KDGRP~C1", "KDGRP~C2", ""),
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
    source = draw(st.sampled_from([one for one in Source if one is not Source.PRICE_GROUP]))
    holder = draw(st.sampled_from(HOLDERS[source]))
    kind = draw(st.sampled_from(KINDS))
    organisation = draw(st.sampled_from(["1000", "3000"]))
    # Of one key, never two records that became valid on one day.
    found = draw(st.lists(records(), max_size=3, unique_by=lambda one: one.valid_from))
    one = key(*found, kind=kind, source=source, holder=holder, organisation=organisation)
    return f"{kind}-{source}-{organisation}-{holder}", one.model_copy(update={"records": found})


@st.composite
def discount_keys(
    draw: st.DrawFn,
    articles: tuple[str, ...] = ARTICLES,
    groups: tuple[str, ...] = ("",),
    last: int = 0,
) -> tuple[str, DiscountKey]:
    source = draw(st.sampled_from(list(Source)))
    holder = draw(st.sampled_from(HOLDERS[source]))
    step = draw(st.integers(0, 2))
    calculation = draw(st.sampled_from(["percent", "amount"]))
    most = 100_000 if calculation == "percent" else 150
    rates = st.integers(-most, most)
    # No tier is taken to be better than the one before.
    thresholds = draw(st.lists(st.integers(1, 60), max_size=3, unique=True).map(sorted))
    article = draw(st.sampled_from(articles))
    group = draw(st.sampled_from(groups))
    one = discount(
        draw(rates),
        [(threshold, draw(rates)) for threshold in thresholds],
        source=source,
        holder=holder,
        condition=f"K00{step}",
        step=step,
        # Of one type, table and article there is one key.
        access=2 * list(Source).index(source) + last + bool(group),
        calculation=calculation,
        base=draw(st.sampled_from(["list", "running"])),
        scale=draw(st.sampled_from(["quantity", "value"])),
        currency=draw(st.sampled_from(["", "EUR", "PLN"])),
        article=article,
        material_group=group,
        record_of={"per": draw(st.sampled_from([1, 3, 100]))} if calculation == "amount" else {},
    )
    return f"{one.condition}-{source}-{holder}-{article}-{group}", one


VARIANTS = st.tuples(price_keys(), st.sampled_from(ARTICLES[1:])).map(
    lambda drawn: (f"{drawn[0][0]}-{drawn[1]}", of_variant(drawn[0][1], drawn[1]))
)


def of_variant(one: PriceKey, article: str) -> VariantPriceKey:
    return VariantPriceKey(**dict(one), article=article)


def table(book: PriceBook, own: PriceBook | None = None, **fields: Any) -> PriceTable:
    discounts = fields.pop("discounts", {})
    buyer = company(**fields).model_copy(update={"discounts": discounts})
    priced = style(NUMBER, pricing_groups={buyer.profile.sales_area.chain: GROUP, "1000~20": "M2"})
    return PriceTable(payer_of(buyer, TODAY, own=True), Styles([pack(priced)]), book, own)


def unique(keys: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[Any]:
    return st.lists(keys, max_size=most, unique_by=lambda pair: pair[0]).map(dict)


@given(
    keys=unique(price_keys(), 6),
    variants=unique(VARIANTS, 4),
    discounts=unique(discount_keys(), 4),
    general=unique(discount_keys(("",), ("", GROUP, "M2"), last=20), 3),
    price_list=st.sampled_from(["W1", ""]),
    price_group=st.sampled_from(["P1", ""]),
    customer_group=st.sampled_from(["C1", ""]),
    pieces=st.integers(1, 80),
)
def test_a_price_is_what_the_rules_choose(
    keys: dict[str, PriceKey],
    variants: dict[str, VariantPriceKey],
    discounts: dict[str, DiscountKey],
    general: dict[str, DiscountKey],
    price_list: str,
    price_group: str,
    customer_group: str,
    pieces: int,
) -> None:
    prices = StylePrices(
        style=NUMBER, currency="EUR", keys=keys, variants=variants, discounts=discounts
    )
    book = PriceBook(4, {})
    book.replace(prices)
    profile: Any = {
        "price_list": price_list,
        "price_group": price_group,
        "customer_group": customer_group,
    }
    buyer = company(**profile).model_copy(update={"discounts": general})
    found = table(book, **profile, discounts=general)[0]
    articles = {"", *articles_priced_apart(prices)}
    if any(price_of(prices, None, buyer, TODAY, one, GROUP) is None for one in articles):
        assert found is None
        return
    assert found is not None
    for article in ARTICLES:
        wanted = price_of(prices, None, buyer, TODAY, article, GROUP)
        own = found.of(article)
        assert wanted is not None
        assert own.price("EUR") == wanted
        assert own.retail_price("EUR") == rrp_of(prices, None, buyer, TODAY, article)
        assert own.piece == wanted.unit.line_amount(1).amount
        keys_of = [*prices.discounts.values(), *general.values()]
        listed = wanted.before or ListPrice(unit=wanted.unit, tiers=wanted.tiers)
        assert at_quantity(wanted, pieces).amount == _by_hand(
            at_quantity(listed, pieces), pieces, keys_of, buyer, article
        )


def _by_hand(
    listed: UnitPrice, pieces: int, keys: list[DiscountKey], buyer: Company, article: str
) -> int:
    """What a person reckons with the conditions in front of them, for so many pieces."""
    profile = buyer.profile
    holders = {
        Source.CUSTOMER: [buyer.id],
        Source.PRICE_GROUP: [profile.price_group, f"KDGRP~{profile.customer_group}"],
        Source.PRICE_LIST: [profile.price_list],
        Source.MARKET: ["1000"],
    }
    mine = [
        key
        for key in keys
        if key.holder and key.holder in holders[key.source]
        if key.currency in ("", "EUR") and key.article in ("", article)
        if key.material_group in ("", GROUP)
    ]
    left = Fraction(listed.amount)
    for step in range(3):
        of_step = [key for key in mine if key.step == step]
        if not of_step:
            continue
        # The first access; in it, the variant's own.
        first = min(key.access for key in of_step)
        chosen = [key for key in of_step if key.access == first]
        key = max(chosen, key=lambda one: bool(one.article))
        [one] = key.records
        counted = pieces if key.scale == "quantity" else listed.amount * pieces // listed.per
        taken = {start: rate for start, rate in [(0, one.rate), *one.rates] if start <= counted}
        rate = taken[max(taken)]
        if key.calculation == "percent":
            less = Fraction(listed.amount if key.base == "list" else left) * rate / 100_000
        else:
            less = Fraction(rate * listed.per, one.per)
        # Half up, of what is added as of what is taken off.
        rounded = floor(abs(less) + Fraction(1, 2)) * (-1 if less < 0 else 1)
        left = max(Fraction(0), left - rounded)
    return int(left)


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
