from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from functions.sync_inventory.merge import merge
from shared.availability.model import Availability, Promised
from shared.availability.rules import ats
from shared.stamped import UNTOLD
from shared.store import Document, to_document
from tests.factories.availability import promised
from tests.factories.sap import stamp, stock_message, stock_row
from tests.support.arrival import arrivals
from tests.support.idocs import stock, stock_change

ARTICLES = ("10123001", "10123002", "10123003")
DAY = date(2026, 12, 1)

_rows = st.lists(
    st.tuples(st.sampled_from(ARTICLES), st.integers(0, 9), st.integers(-2, 20)),
    min_size=1,
    max_size=8,
    unique_by=lambda row: row[:2],
)
_promises: st.SearchStrategy[Promised] = st.dictionaries(
    st.sampled_from(ARTICLES),
    st.dictionaries(
        st.just(UNTOLD) | st.integers(0, 9).map(stamp), st.just({DAY: 2}), min_size=1, max_size=2
    ),
)


def _apply(stored: Document | None, rows: list[tuple[str, int, int]]) -> Document | None:
    message = stock_message(*(stock_row(a, stamp(s), on_hand=n) for a, s, n in rows))
    found = stock(message)["10123", "EU01"]
    return merge(stored, stock_change(found)) or stored


@given(_rows, _promises, st.data())
def test_each_row_keeps_its_newest_figures(
    rows: list[tuple[str, int, int]], promises: Promised, data: st.DataObject
) -> None:
    start = to_document(Availability(style="10123", plant="EU01", promised=promises))
    one_message = _apply(start, rows)
    stored: Document | None = start
    for row in data.draw(arrivals(rows)):
        stored = _apply(stored, [row])
    # Forgetting looks at what is promised only where a row changed, as the first of each does.
    assert stored == one_message
    assert stored is not None
    newest = {article: max(s for a, s, _ in rows if a == article) for article, _, _ in rows}
    assert {a: row["stamp"] for a, row in stored["stock"].items()} == {
        article: stamp(second) for article, second in newest.items()
    }


def test_unchanged_rows_write_nothing() -> None:
    stored = _apply(None, [("10123001", 1, 5)])
    found = stock(stock_message(stock_row("10123001", stamp(1), on_hand=5)))["10123", "EU01"]
    assert merge(stored, stock_change(found)) is None


def test_what_is_promised_is_forgotten_when_the_figures_of_its_article_include_it() -> None:
    held = promised(DAY, {"10123001": 2, "10123002": 1}, stamp(5))
    start = to_document(Availability(style="10123", plant="EU01", promised=held))
    first = _apply(start, [("10123001", 5, 10)])
    assert first is not None
    assert first["promised"] == {"10123002": f"{stamp(5)} {DAY.isoformat()} 1"}
    second = _apply(first, [("10123002", 6, 10)])
    assert second is not None
    assert second["promised"] == {}


def test_what_can_be_sold_does_not_change_when_sap_takes_an_order_over() -> None:
    held = promised(DAY, {"10123001": 2}, stamp(5))
    start = to_document(Availability(style="10123", plant="EU01", promised=held))
    before = _apply(start, [("10123001", 4, 10)])
    message = stock_message(stock_row("10123001", stamp(5), on_hand=10, ordered=2))
    after = merge(before, stock_change(stock(message)["10123", "EU01"]))
    assert [
        ats(Availability.model_validate(state), "10123001", DAY) for state in (before, after)
    ] == [8, 8]
