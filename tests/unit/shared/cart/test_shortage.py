"""At-once lines together never take more than there is."""

from collections import Counter, defaultdict
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shared.availability.model import Availability, Stock
from shared.availability.promised import add
from shared.availability.rules import ats
from shared.cart.model import CartLine
from shared.cart.pricing import price_cart
from shared.cart.shortage import Shortage, shortages
from shared.stamped import UNTOLD
from tests.factories.assortment import TODAY
from tests.factories.availability import promised as promised_of
from tests.factories.availability import stock
from tests.factories.cart import context_of, line
from tests.factories.style import style

TEE = style()
SKUS = [sku for colour in TEE.colourways for sku in colour.skus]
ARTICLES = {sku.id: sku.article for sku in SKUS}
SKU, ARTICLE = SKUS[0].id, SKUS[0].article
PIECES = st.integers(min_value=0, max_value=40)
DAYS = st.integers(min_value=0, max_value=20).map(lambda days: TODAY + timedelta(days=days))
STOCKS = st.builds(
    stock, on_hand=PIECES, ordered=PIECES, receipts=st.lists(st.tuples(DAYS, PIECES), max_size=3)
)
CELLS = st.dictionaries(
    st.tuples(st.sampled_from(SKUS[:2]).map(lambda sku: sku.id), st.sampled_from("123456")),
    st.integers(min_value=1, max_value=30),
    max_size=10,
)


def stocked(**by_size: Stock) -> Availability:
    """Stock of the black colourway's sizes."""
    figures = {f"10123-010-{size}": one for size, one in by_size.items()}
    return Availability(
        style="10123",
        plant="EU01",
        stock={ARTICLES[sku]: one for sku, one in figures.items()},
    )


def found(
    lines: list[CartLine], on_hand: int, ships: dict[tuple[str, str], date] | None = None
) -> list[Shortage]:
    known = context_of(TEE, stock=[stocked(S=stock(on_hand))])
    return shortages(price_cart(lines, known, {}).lines, known, ships or {})


def test_enough_is_no_shortage() -> None:
    assert found([line(SKU, 5)], 5) == []


def test_what_is_left_is_told() -> None:
    assert found([line(SKU, 6)], 5) == [Shortage(0, SKU, 5, TODAY, [], "PCE")]


def test_lines_share_what_there_is() -> None:
    lines = [line(SKU, 4, door) for door in ("200001", "200002", "200003")]
    short = found(lines, 9)
    assert [(one.line, one.left) for one in short] == [(2, 1)]


def test_the_earlier_ship_date_comes_first() -> None:
    ships = {("200001", "AO"): TODAY + timedelta(days=9), ("200002", "AO"): TODAY}
    short = found([line(SKU, 4, "200001"), line(SKU, 4, "200002")], 6, ships)
    assert [(one.line, one.left) for one in short] == [(0, 2)]


def test_pre_book_is_not_limited() -> None:
    assert found([line(SKU, 1000, window="SS27-1")], 0) == []


def test_when_more_comes_is_told() -> None:
    arrival = TODAY + timedelta(days=3)
    known = context_of(TEE, stock=[stocked(S=stock(2, [(arrival, 10)]))])
    [short] = shortages(price_cart([line(SKU, 5)], known, {}).lines, known, {})
    assert [(receipt.on, receipt.quantity) for receipt in short.later] == [(arrival, 12)]


def test_without_any_figures_nothing_is_left() -> None:
    known = context_of(TEE, stock=[])
    [short] = shortages(price_cart([line(SKU, 1)], known, {}).lines, known, {})
    assert short.left == 0


@given(
    CELLS,
    st.lists(STOCKS, min_size=2, max_size=2),
    st.dictionaries(st.sampled_from("123456"), DAYS),
    PIECES,
)
def test_lines_together_never_take_more_than_ats(
    cells: dict[tuple[str, str], int],
    stocks: list[Stock],
    dates: dict[str, date],
    promised: int,
) -> None:
    there = stocked(S=stocks[0], M=stocks[1])
    if promised:
        there.promised = promised_of(TODAY, {ARTICLE: promised})
    known = context_of(TEE, stock=[there])
    lines = [line(sku, quantity, door) for (sku, door), quantity in cells.items()]
    ships = {(door, "AO"): on for door, on in dates.items()}
    short = {one.line: one for one in shortages(price_cart(lines, known, {}).lines, known, ships)}

    taken: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for index, one in enumerate(lines):
        on = ships.get((one.door, "AO"), TODAY)
        pieces = short[index].left if index in short else one.quantity
        assert 0 <= pieces <= one.quantity
        taken[one.sku].append((on, pieces))
    for sku, parts in taken.items():
        # On no day do those shipped by then take more than could be sold on the last of them.
        for day in {on for on, _ in parts}:
            gone = sum(pieces for on, pieces in parts if on <= day)
            assert gone <= ats(there, ARTICLES[sku], day)
        beside = there.model_copy(
            update={
                "promised": add(
                    there.promised,
                    Counter(
                        (ARTICLES[sku], UNTOLD, on) for on, pieces in parts for _ in range(pieces)
                    ),
                )
            }
        )
        # Whoever was short got all that there was.
        for index in short:
            if lines[index].sku == sku:
                on = ships.get((lines[index].door, "AO"), TODAY)
                assert ats(beside, ARTICLES[sku], on) == 0
