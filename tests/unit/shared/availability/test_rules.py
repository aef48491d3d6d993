"""Available to sell: never negative, never the same piece twice."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.availability.model import Availability, Receipt, Stock
from shared.availability.promised import PromisedKey, add
from shared.availability.rules import (
    Shown,
    ats,
    ats_beside,
    display_quantity,
    later,
    later_beside,
    pending,
)
from shared.company.model import AvailabilityDisplay
from shared.stamped import UNTOLD
from tests.factories.availability import promised, stock

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
PROMISES: st.SearchStrategy[dict[PromisedKey, int]] = st.dictionaries(
    st.tuples(st.sampled_from([A, B]), st.just(UNTOLD) | STAMPS, DAYS),
    PIECES.map(lambda n: n + 1),
    max_size=6,
)
AVAILABILITIES = st.builds(
    lambda stock, pieces: Availability(
        style="10123", plant="EU01", stock=stock, promised=add({}, pieces)
    ),
    st.dictionaries(st.sampled_from([A, B]), STOCKS),
    PROMISES,
)


def of(one: Stock, pieces: int = 0, on: date = DAY, stamp: str = UNTOLD) -> Availability:
    """One article, of which pieces are promised."""
    held = promised(on, {A: pieces}, stamp) if pieces else {}
    return Availability(style="10123", plant="EU01", stock={A: one}, promised=held)


def with_more(some: Availability, on: date, pieces: int, stamp: str = UNTOLD) -> Availability:
    held = add(some.promised, {(A, stamp, on): pieces})
    return some.model_copy(update={"promised": held})


def test_stock_less_saps_orders_and_ours() -> None:
    some = of(stock(20, ordered=3), 5)
    assert ats(some, A, DAY) == 12


def test_a_receipt_counts_from_its_day() -> None:
    some = of(stock(2, [(DAY + timedelta(days=5), 10)]))
    assert [ats(some, A, DAY + timedelta(days=n)) for n in (0, 4, 5)] == [2, 2, 12]


def test_what_is_promised_for_later_is_not_sold_before() -> None:
    some = of(stock(10), 8, DAY + timedelta(days=9))
    assert ats(some, A, DAY) == 2


def test_a_promise_that_a_receipt_covers_leaves_todays_stock() -> None:
    arrival = DAY + timedelta(days=5)
    some = of(stock(10, [(arrival, 8)]), 8, arrival)
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
    some: Availability, on: date, other: date, pieces: int
) -> None:
    more = with_more(some, other, pieces)
    before, after = ats(some, A, on), ats(more, A, on)
    assert before - pieces <= after <= before


@given(AVAILABILITIES, DAYS)
def test_what_was_left_can_be_promised_and_then_nothing_is_left(
    some: Availability, on: date
) -> None:
    left = ats(some, A, on)
    assert ats(with_more(some, on, left), A, on) == 0


@given(AVAILABILITIES, DAYS, st.data())
def test_a_promise_is_not_counted_twice(some: Availability, on: date, data: st.DataObject) -> None:
    """SAP's next figure has the order among its own; ours must go at that moment."""
    pieces = data.draw(st.integers(min_value=0, max_value=max(0, ats(some, A, on))))
    if A not in some.stock or not pieces:
        return
    figures = some.stock[A]
    later_on = "29991231000000000000"
    counted = figures.model_copy(update={"stamp": later_on, "ordered": figures.ordered + pieces})
    before, after = of(figures, pieces, on, later_on), of(counted, pieces, on, later_on)
    assert pending(before, A) == {on: pieces}
    assert pending(after, A) == {}
    # SAP's open orders count from now on, which is no later than the promise's day.
    assert ats(after, A, on) == ats(before, A, on)


@given(AVAILABILITIES, DAYS)
def test_later_tells_when_there_is_more(some: Availability, on: date) -> None:
    known = ats(some, A, on)
    for receipt in later(some, A, on):
        assert receipt.on > on
        assert receipt.quantity > known
        assert receipt.quantity == ats(some, A, receipt.on)
        known = receipt.quantity
    assert known == ats(some, A, date(2030, 1, 1))


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
    assert display_quantity(quantity, display) == expected


def _written_out(one: Stock, taken: dict[date, int], on: date) -> int:
    """The rule as docs/domain.md has it, day by day."""
    balances = []
    for day in sorted({on, *taken, *(receipt.on for receipt in one.receipts)}):
        arrived = sum(receipt.quantity for receipt in one.receipts if receipt.on <= day)
        gone = sum(pieces for shipped, pieces in taken.items() if shipped <= day)
        if day >= on:
            balances.append(one.on_hand + arrived - one.ordered - gone)
    return max(0, min(balances))


@given(STOCKS, st.dictionaries(DAYS, PIECES, max_size=5), DAYS)
def test_it_is_the_least_balance_from_the_day_on(
    one: Stock, taken: dict[date, int], on: date
) -> None:
    assert ats_beside(one, taken, on) == _written_out(one, taken, on)
    grows: list[Receipt] = []
    for day in sorted({receipt.on for receipt in one.receipts if receipt.on > on}):
        left = _written_out(one, taken, day)
        if left > (grows[-1].quantity if grows else _written_out(one, taken, on)):
            grows.append(Receipt(on=day, quantity=left))
    assert later_beside(one, taken, on) == grows


def test_the_work_grows_with_the_receipts_and_not_with_their_square() -> None:
    """Counted in comparisons of days, so that no slow machine fails it."""
    compared = 0

    class Day(date):
        def __lt__(self, other: date) -> bool:
            nonlocal compared
            compared += 1
            return super().__lt__(other)

        __hash__ = date.__hash__

    def cost(receipts: int) -> int:
        nonlocal compared
        days = [Day.fromordinal(DAY.toordinal() + 3 * each) for each in range(receipts)]
        taken: dict[date, int] = {Day.fromordinal(day.toordinal() + 1): 1 for day in days}
        one = stock(0).model_copy(
            update={"receipts": [Receipt.model_construct(on=day, quantity=2) for day in days]}
        )
        compared = 0
        assert len(later_beside(one, taken, DAY)) == receipts - 1
        return compared

    assert cost(8_000) < 12 * cost(1_000)
