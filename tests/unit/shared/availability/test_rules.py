"""Available to sell: never negative, never the same piece twice."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.availability.model import Availability, Promise, Receipt, Stock
from shared.availability.rules import (
    Shown,
    ats,
    includes,
    later,
    pending,
    pending_by_article,
    settled,
    shown,
)
from shared.company.model import AvailabilityDisplay
from tests.factories.availability import promise, stock

A = "10123001"
B = "10123002"
DAY = date(2026, 11, 22)
DAYS = st.integers(min_value=-3, max_value=30).map(lambda days: DAY + timedelta(days=days))
PIECES = st.integers(min_value=0, max_value=60)
STAMPS = st.sampled_from([f"202611220{hour}0000000000" for hour in range(5)])

STOCKS = st.builds(
    Stock,
    stamp=STAMPS,
    on_hand=PIECES,
    ordered=PIECES,
    receipts=st.lists(st.builds(Receipt, on=DAYS, quantity=PIECES), max_size=4),
)
PROMISES = st.builds(
    Promise,
    on=DAYS,
    quantities=st.dictionaries(st.sampled_from([A, B]), PIECES.map(lambda n: n + 1), min_size=1),
    sap_stamp=st.none() | STAMPS,
)
AVAILABILITIES = st.builds(
    Availability,
    style=st.just("10123"),
    plant=st.just("EU01"),
    stock=st.dictionaries(st.sampled_from([A, B]), STOCKS),
    promises=st.dictionaries(st.text("ABC", min_size=1, max_size=3), PROMISES, max_size=5),
)


def of(one: Stock, **promises: Promise) -> Availability:
    return Availability(style="10123", plant="EU01", stock={A: one}, promises=promises)


def test_stock_less_saps_orders_and_ours() -> None:
    some = of(stock(20, ordered=3), X=promise(DAY, {A: 5}))
    assert ats(some, A, DAY) == 12


def test_a_receipt_counts_from_its_day() -> None:
    some = of(stock(2, [(DAY + timedelta(days=5), 10)]))
    assert [ats(some, A, DAY + timedelta(days=n)) for n in (0, 4, 5)] == [2, 2, 12]


def test_what_is_promised_for_later_is_not_sold_before() -> None:
    some = of(stock(10), X=promise(DAY + timedelta(days=9), {A: 8}))
    assert ats(some, A, DAY) == 2


def test_a_promise_that_a_receipt_covers_leaves_todays_stock() -> None:
    arrival = DAY + timedelta(days=5)
    some = of(stock(10, [(arrival, 8)]), X=promise(arrival, {A: 8}))
    assert ats(some, A, DAY) == 10


def test_unknown_articles_have_nothing() -> None:
    assert ats(None, A, DAY) == 0
    assert ats(of(stock(5)), B, DAY) == 0
    assert later(None, A, DAY) == []
    assert later(of(stock(5)), B, DAY) == []


@given(AVAILABILITIES, DAYS)
def test_never_negative_and_never_more_than_there_ever_is(some: Availability, on: date) -> None:
    left = ats(some, A, on)
    assert left >= 0
    if A in some.stock:
        figures = some.stock[A]
        assert left <= figures.on_hand + sum(receipt.quantity for receipt in figures.receipts)


@given(AVAILABILITIES, DAYS, DAYS)
def test_waiting_never_costs(some: Availability, one: date, other: date) -> None:
    early, late = sorted([one, other])
    assert ats(some, A, early) <= ats(some, A, late)


@given(AVAILABILITIES, DAYS, DAYS, PIECES)
def test_a_promise_takes_at_most_its_pieces(
    some: Availability, on: date, promised: date, pieces: int
) -> None:
    more = some.model_copy(
        update={"promises": {**some.promises, "new": promise(promised, {A: pieces})}}
    )
    before, after = ats(some, A, on), ats(more, A, on)
    assert before - pieces <= after <= before


@given(AVAILABILITIES, DAYS)
def test_what_was_left_can_be_promised_and_then_nothing_is_left(
    some: Availability, on: date
) -> None:
    left = ats(some, A, on)
    taken = promise(on, {A: left} if left else {B: 1})
    assert ats(some.model_copy(update={"promises": {**some.promises, "new": taken}}), A, on) == 0


@given(AVAILABILITIES, DAYS, st.data())
def test_a_promise_is_not_counted_twice(some: Availability, on: date, data: st.DataObject) -> None:
    """SAP's next figure has the order among its own; ours must go at that moment."""
    pieces = data.draw(st.integers(min_value=0, max_value=max(0, ats(some, A, on))))
    if A not in some.stock or not pieces:
        return
    figures = some.stock[A]
    ours = promise(on, {A: pieces}, sap_stamp="29991231000000000000")
    before = some.model_copy(update={"promises": {**some.promises, "new": ours}})
    counted = figures.model_copy(
        update={"stamp": "29991231000000000000", "ordered": figures.ordered + pieces}
    )
    after = of(counted, new=ours)
    alone = of(figures, new=ours)
    assert settled(after, ours)
    assert not includes(before, A, ours)
    # SAP's open orders count from now on, which is no later than the promise's day.
    assert ats(after, A, on) == ats(alone, A, on)


@given(AVAILABILITIES)
def test_pending_of_all_is_pending_of_each(some: Availability) -> None:
    every = pending_by_article(some)
    for article in (A, B):
        assert every.get(article, {}) == pending(some, article)


@given(AVAILABILITIES, DAYS)
def test_later_tells_when_there_is_more(some: Availability, on: date) -> None:
    known = ats(some, A, on)
    for receipt in later(some, A, on):
        assert receipt.on > on
        assert receipt.quantity > known
        assert receipt.quantity == ats(some, A, receipt.on)
        known = receipt.quantity
    assert known == ats(some, A, date(2030, 1, 1))


def test_a_promise_settles_when_every_article_includes_it() -> None:
    stamp = "20261122080000000000"
    ours = promise(DAY, {A: 1, B: 1}, sap_stamp=stamp)
    half = of(stock(5, stamp=stamp))
    whole = half.model_copy(update={"stock": {A: half.stock[A], B: half.stock[A]}})
    assert not settled(half, ours)
    assert settled(whole, ours)
    assert not settled(whole, promise(DAY, {A: 1}))


@pytest.mark.parametrize(
    ("quantity", "display", "expected"),
    [
        (0, "exact", Shown(level="none", quantity=0)),
        (9, "exact", Shown(level="low", quantity=9)),
        (1234, "exact", Shown(level="good", quantity=1234)),
        (100, "cap", Shown(level="good", quantity=100)),
        (101, "cap", Shown(level="good", quantity=100, capped=True)),
        (3, "cap", Shown(level="low", quantity=3)),
        (3, "light", Shown(level="low", quantity=None)),
        (0, "light", Shown(level="none", quantity=None)),
        (500, "light", Shown(level="good", quantity=None)),
    ],
)
def test_shown_as_the_company_is_set(
    quantity: int, display: AvailabilityDisplay, expected: Shown
) -> None:
    assert shown(quantity, display) == expected
