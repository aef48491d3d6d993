"""What an upload makes of a cart: every row answered once, sums right, the order no matter."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from functions.carts.schema import MAX_QUANTITY
from functions.carts.upload.columns import find_header, rows_below
from functions.carts.upload.plan import RowResult, UploadPlan, plan_upload
from functions.carts.upload.rows import Source, entries_of
from shared.cart.context import CartContext
from shared.sheets.table import Row, Sheet, Special
from tests.factories.assortment import assortment, at_once, pre_book
from tests.factories.cart import cart, context_of, line
from tests.factories.company import company, door
from tests.factories.style import colourway, gtin, style
from tests.support.sheets import HEADER

ENGLISH = Locale.parse("en")
SKUS = ("10123-010-S", "10123-010-M", "10200-001-41")
GTINS = {"10123-010-S": gtin("10123001"), "10200-001-41": gtin("10200001")}
MULTIPLE = {"10123": 1, "10200": 6}
CONTEXT = context_of(
    style(), style("10200", colours=("001",), sizes=("41", "42"), multiple=MULTIPLE["10200"])
)


def plan_of(
    rows: Sequence[Sequence[Any]], context: CartContext = CONTEXT, had: Any = None
) -> UploadPlan:
    """The outcome of `rows` below our own header, the first of them being row 2."""
    table = [Row(1, HEADER), *(Row(n, tuple(row)) for n, row in enumerate(rows, 2))]
    header, below = rows_below(Sheet("", tuple(table)), find_header(table, ENGLISH), (), ENGLISH)
    entries = list(entries_of(below, Source(header, "", {}), ENGLISH))
    return plan_upload(had or cart(), context, entries, frozenset({"atonce", "sofort"}))


def plan_rows(rows: Sequence[Sequence[Any]], **options: Any) -> list[tuple[str, list[str]]]:
    """Outcome and codes of each row."""
    results = plan_of(rows, **options).results
    return [(r.outcome, [note.code for note in r.notes]) for r in results]


def row(
    article: Any = "10123-010-M", quantity: Any = 6, door: Any = "200001", window: Any = "AO"
) -> tuple[Any, ...]:
    return article, door, window, quantity


cells = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, MAX_QUANTITY + 5),
    st.floats(),
    st.text(max_size=8),
    st.dates(),
    st.just(Special.NO_RESULT),
    st.sampled_from(["#N/A", "12 Stk", "1.5", "1.000", "4,06E+12", "'=1", "-3", " 7 ", "12,0"]),
)
articles = st.one_of(st.sampled_from([*SKUS, *GTINS.values(), "10123-010-s", "99999-1-M"]), cells)
doors = st.one_of(st.sampled_from(["200001", "200002", 200001, "door 200002"]), cells)
windows = st.one_of(st.sampled_from(["AO", "SS27-1", "at once", "Sofort"]), cells)
quantities = st.one_of(st.integers(0, 40), st.sampled_from(["5", "6,0", 7.0]), cells)
any_rows = st.lists(st.tuples(articles, doors, windows, quantities), min_size=1, max_size=25)


def _is_blank(cells: Sequence[Any]) -> bool:
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)


@given(any_rows.filter(lambda rows: not all(map(_is_blank, rows))))
def test_every_row_is_answered_once_and_refusals_have_reasons(rows: list[Any]) -> None:
    results = plan_of(rows).results
    answered = [result.entry.row.number for result in results]
    assert answered == [n for n, cells in enumerate(rows, 2) if not _is_blank(cells)]
    for result in results:
        assert bool(result.notes) == (result.outcome != "taken")
        assert (result.key is None) == (result.quantity is None) == (result.outcome == "refused")
        for note in result.notes:
            assert note.message.render(ENGLISH)


good_rows = st.lists(
    st.tuples(
        st.sampled_from([*SKUS, *GTINS.values()]),
        st.sampled_from(["200001", "200002"]),
        st.sampled_from(["AO", "SS27-1"]),
        st.integers(0, 500),
    ),
    min_size=1,
    max_size=30,
)


@given(good_rows)
def test_rows_of_a_line_are_added_up_and_rounded_to_its_multiple(rows: list[Any]) -> None:
    asked: dict[tuple[str, str, str], int] = defaultdict(int)
    skus = {code: sku for sku, code in GTINS.items()}
    for article, place, window, quantity in rows:
        asked[skus.get(article, article), place, window] += quantity
    plan = plan_of(rows)
    assert {result.outcome for result in plan.results} <= {"taken", "changed"}
    for result in plan.results:
        assert result.key is not None
        assert result.quantity is not None
        multiple = MULTIPLE[result.key[0].split("-")[0]]
        assert result.quantity % multiple == 0
        assert 0 <= result.quantity - asked[result.key] < multiple
    lines = {(c.sku, c.door, c.window): c.quantity for c in plan.changes}
    assert lines == {r.key: r.quantity for r in plan.results if r.quantity}


def _of(result: RowResult) -> tuple[Any, ...]:
    return result.outcome, result.key, result.quantity, [note.code for note in result.notes]


@given(any_rows.filter(lambda rows: not any(map(_is_blank, rows))), st.randoms())
def test_the_order_of_rows_does_not_matter(rows: list[Any], random: Any) -> None:
    order = list(range(len(rows)))
    random.shuffle(order)
    plan, shuffled = plan_of(rows), plan_of([rows[index] for index in order])
    assert [_of(plan.results[index]) for index in order] == [_of(r) for r in shuffled.results]
    assert sorted(plan.changes, key=repr) == sorted(shuffled.changes, key=repr)


@given(good_rows)
def test_uploading_again_changes_nothing(rows: list[Any]) -> None:
    changes = plan_of(rows).changes
    filled = cart([line(c.sku, c.quantity, c.door, c.window) for c in changes])
    assert plan_of(rows, had=filled).changes == []


def test_what_was_there_is_replaced_or_removed_and_told() -> None:
    had = cart([line("10123-010-M", 4), line("10123-010-S", 4), line("10123-010-L", 6)])
    rows = [row("10123-010-M", 5), row("10123-010-S", 0), row("10123-010-L", 6)]
    assert plan_rows(rows, had=had) == [
        ("changed", ["replaced"]),
        ("changed", ["removed"]),
        ("taken", []),
    ]


def test_a_sum_names_the_other_rows() -> None:
    first, second, _ = plan_of([row(quantity=1), row(quantity=2), row("10123-010-S")]).results
    assert [note.message.render(ENGLISH) for note in first.notes] == [
        "Added up with row 3: 3 in all."
    ]
    assert second.quantity == 3
    many = plan_of([row(quantity=1)] * 13).results[0].notes[0].message.render(ENGLISH)
    assert many == "Added up with rows 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, and …: 13 in all."


def test_a_sum_that_is_too_large_is_refused_in_all_its_rows() -> None:
    rows = [row(quantity=MAX_QUANTITY), row(quantity=1), row("10123-010-S")]
    assert plan_rows(rows) == [("refused", ["sum_too_large"])] * 2 + [("taken", [])]


def test_all_faults_of_a_row_are_told_at_once() -> None:
    assert plan_rows([row("nonsense", "12 Stk", "Nowhere", "FW99")]) == [
        ("refused", ["not_whole", "unknown_article", "unknown_door", "unknown_window"])
    ]
    assert plan_rows([(None, None, None, 1)]) == [
        ("refused", ["missing_article", "missing_door", "missing_window"])
    ]


def test_quantities() -> None:
    cases: dict[Any, str | None] = {
        12.0: None,
        "12": None,
        " 12 ": None,
        "12,0": None,
        "12.00": None,
        1.5: "not_whole",
        "1,5": "not_whole",
        "12 Stk": "not_whole",
        "1.000": "ambiguous_quantity",
        "1 000": None,
        "0x10": "not_whole",
        "١٢": "not_whole",
        float("nan"): "not_whole",
        float("inf"): "too_large",
        -1: "negative",
        "-1": "negative",
        "'-1": "negative",
        MAX_QUANTITY + 1: "too_large",
        "100001": "too_large",
        None: "missing_quantity",
        "": "missing_quantity",
        "#DIV/0!": "error_value",
        True: "not_a_text",
        Special.NO_RESULT: "formula_without_result",
    }
    for cell, code in cases.items():
        assert plan_rows([row(quantity=cell)]) == [
            ("refused", [code]) if code else ("taken", [])
        ], repr(cell)


def test_articles() -> None:
    code = GTINS["10123-010-S"]
    for article in ("10123-010-S", "10123-010-s", code, int(code), float(code), f"0{code}"):
        assert plan_of([row(article)]).results[0].key == ("10123-010-S", "200001", "AO"), article
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    for article, why in (
        (wrong, "check_digit"),
        ("4,06E+12", "digits_lost"),
        ("4.00612E+12", "digits_lost"),
        ("9521000100015", "unknown_article"),
        ("10123", "several_articles"),
    ):
        assert plan_rows([row(article)]) == [("refused", [why])], article


def test_two_columns_of_articles_must_agree() -> None:
    header = Row(1, ("SKU", "GTIN", "Door", "Window", "Qty"))
    code = GTINS["10123-010-S"]
    rows = [("10123-010-S", code), ("10123-010-M", code), (None, code), ("10123-010-S", "x")]
    table = [header, *(Row(n, (*r, "200001", "AO", 1)) for n, r in enumerate(rows, 2))]
    head, below = rows_below(Sheet("", tuple(table)), find_header(table, ENGLISH), (), ENGLISH)
    entries = list(entries_of(below, Source(head, "", {}), ENGLISH))
    results = plan_upload(cart(), CONTEXT, entries, frozenset()).results
    assert [[note.code for note in result.notes] for result in results] == [
        ["summed"],
        ["articles_differ"],
        ["summed"],
        ["unknown_article"],
    ]


def test_doors_by_number_or_name() -> None:
    doors = [door("1", name="Köln"), door("2", name="Twin"), door("3", name=" TWIN")]
    blocked = door("4", name="Shut", blocked=True)
    context = context_of(style(), buying=company(doors=[*doors, blocked]))
    for text in ("1", 1, 1.0, "0000000001", "Köln", " köln "):
        assert plan_rows([row(door=text)], context=context) == [("taken", [])], text
    assert plan_rows([row(door="Twin")], context=context) == [("refused", ["ambiguous_door"])]
    assert plan_rows([row(door="Shut")], context=context) == [("refused", ["door_not_allowed"])]


def test_windows_by_id_or_at_once_by_its_word() -> None:
    old = at_once("AO-1", season="SS26")
    windows = [old, at_once(), pre_book(), pre_book("FW27-1", season="FW27")]
    context = context_of(style(), seen=assortment(windows=windows))
    plan = plan_of([row(window="At once"), row("10123-010-S", window="ao")], context)
    assert [r.key and r.key[2] for r in plan.results] == ["AO", "AO"]
    assert plan_rows([row(window="FW27-1")], context=context) == [
        ("refused", ["window_not_offered"])
    ]
    closed = context_of(style(), seen=assortment(windows=[at_once(cut_off=at_once().opens)]))
    assert plan_rows([row()], context=closed) == [("refused", ["window_closed"])]


def test_what_is_outside_the_assortment_is_as_unknown_as_nothing() -> None:
    hidden = style("10300", colourways=[colourway("10300")], brand="OTHER")
    context = context_of(style(), hidden)
    for article in ("10300-010-M", gtin("10300001"), "nothing"):
        assert plan_rows([row(article)], context=context) == [("refused", ["unknown_article"])]
