"""What columns are: told by their names, known again from an earlier file, or asked about."""

import base64
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from functions.carts.upload.file import refused_rows
from functions.carts.upload.kept_mappings import ImportMapping
from functions.carts.upload.mapping import Said, parse_columns
from functions.carts.upload.plan import plan_upload
from functions.carts.upload.schema import HeaderView
from functions.carts.upload.sections import Reading, UnknownHeaderProblem, read_sections
from shared.problem import Problem
from shared.sheets.table import (
    EmptyFileProblem,
    MissingColumnsProblem,
    NoHeaderProblem,
    RepeatedColumnProblem,
    Row,
    Sheet,
    Table,
)
from tests.factories.cart import ANNA, cart
from tests.support.sheets import as_csv, xlsx, xlsx_sheets
from tests.unit.functions.carts.upload.test_imports import (
    GIVEN,
    GTINS,
    at,
    context,
    lines_of,
    table_of,
)

GERMAN = Locale.parse("de")
STRANGE = ("Unser Code", "Bezeichner", "Wieviel")
ROW = (GTINS["36"], "Laufschuh", 7)


def read(content: bytes, *columns: str, kept: dict[str, ImportMapping] | None = None) -> Reading:
    table = table_of(content)
    return read_sections(table, GIVEN, GERMAN, Said(parse_columns(columns), kept or {}))


def asked(content: bytes, *columns: str) -> tuple[Problem, list[HeaderView]]:
    """The problem of a file that can't be read by itself, and the headers that it shows."""
    with pytest.raises(Problem) as raised:
        read(content, *columns)
    return raised.value, raised.value.extra["headers"]


def lines(reading: Reading) -> dict[tuple[str, str, str], int]:
    return lines_of(plan_upload(cart(), context(), reading.entries, frozenset()))


def mapping(*meanings: Any) -> ImportMapping:
    return ImportMapping(names=[], meanings=[*meanings], chosen=ANNA)


@pytest.mark.parametrize("made", [xlsx, as_csv])
def test_columns_of_names_that_nobody_knows_are_asked_about_with_samples(made: Any) -> None:
    content = made([STRANGE, ROW, (GTINS["37"], "Laufschuh", 2)])
    problem, [header] = asked(content)
    assert isinstance(problem, NoHeaderProblem)
    assert header.row == 1
    assert [(c.letter, c.name, c.meaning) for c in header.columns] == [
        ("A", "Unser Code", "none"),
        ("B", "Bezeichner", "none"),
        ("C", "Wieviel", "none"),
    ]
    assert [column.samples for column in header.columns] == [
        [GTINS["36"], GTINS["37"]],
        ["Laufschuh"],
        ["7", "2"],
    ]
    assert [column.suggested for column in header.columns] == ["article", "none", "quantity"]
    answered = read(content, f"{header.id}:article,none,quantity")
    assert lines(answered) == {at(): 7, at("37"): 2}
    assert answered.notes == ()


@pytest.mark.parametrize("made", [xlsx, as_csv])
def test_a_file_without_names_is_read_as_it_is_said(made: Any) -> None:
    content = made([("AB", GTINS["36"], 7), ("AC", GTINS["37"], 2)])
    _, [header] = asked(content)
    assert header.row is None
    assert [column.suggested for column in header.columns] == ["none", "article", "quantity"]
    assert lines(read(content, f"{header.id}:none,article,quantity")) == {at(): 7, at("37"): 2}
    like_it = made([("AD", GTINS["36.5"], 5)])
    kept = {header.id: mapping("none", "article", "quantity")}
    assert lines(read(like_it, kept=kept)) == {at("36.5"): 5}


def test_an_earlier_choice_is_used_for_the_same_names_however_they_are_spelled() -> None:
    _, [header] = asked(as_csv([STRANGE, ROW]))
    kept = {header.id: mapping("article", "none", "quantity")}
    later = [("", ""), (" UNSER  code", "Bezeichner:", "wieviel "), (GTINS["37"], "x", 3)]
    reading = read(xlsx(later), kept=kept)
    assert lines(reading) == {at("37"): 3}
    assert reading.seen[0].kept == kept[header.id]
    for other in (("Unser Code", "Wieviel", "Bezeichner"), (*STRANGE, "Sonstiges")):
        with pytest.raises(NoHeaderProblem):
            read(as_csv([other, (*ROW, 1)]), kept=kept)


def test_what_is_said_with_the_file_comes_before_what_was_said_earlier() -> None:
    content = as_csv([("EAN", "Menge", "Nachorder"), (GTINS["36"], 7, 2)])
    [seen] = read(content).seen
    kept = {seen.layout.id: mapping("article", "none", "quantity")}
    assert lines(read(content)) == {at(): 7}
    assert lines(read(content, kept=kept)) == {at(): 2}
    said = f"{seen.layout.id}:article,quantity,none"
    assert lines(read(content, said, kept=kept)) == {at(): 7}
    by_names = read(content, f"{seen.layout.id}:", kept=kept)
    assert lines(by_names) == {at(): 7}
    assert by_names.seen[0].kept is None


def test_a_person_can_say_which_row_has_the_names() -> None:
    content = as_csv([("Filiale", "Leipzig", ""), STRANGE, ROW])
    _, [header] = asked(content)
    assert header.row == 1
    assert [row.row for row in header.rows] == [2]
    other = header.rows[0]
    assert other.names == [*STRANGE]
    _, [then] = asked(content, f"{other.id}:")
    assert (then.row, [column.name for column in then.columns]) == (2, [*STRANGE])
    assert lines(read(content, f"{then.id}:article,none,quantity")) == {at(): 7}


def test_names_are_looked_for_below_who_ordered_and_above_what() -> None:
    rows = [("Bestellblatt", "", ""), ("Bearbeiter", "Frau Krämer", ""), STRANGE, ROW]
    _, [header] = asked(xlsx(rows))
    assert header.row == 3


def test_an_earlier_choice_for_files_without_names_is_not_one_for_names_that_nobody_knows() -> None:
    nameless = as_csv([(GTINS["36"], "Schuh", "6"), (GTINS["37"], "Schuh", "12 Stk")])
    _, [header] = asked(nameless)
    assert (header.row, header.columns[0].suggested) == (None, "article")
    kept = {header.id: mapping("article", "none", "quantity")}
    assert [entry.quantity for entry in read(nameless, kept=kept).entries] == [6, None]
    with pytest.raises(NoHeaderProblem):
        read(as_csv([STRANGE, ROW, ROW, ROW]), kept=kept)


def test_pieces_below_names_that_are_sizes_to_people_only() -> None:
    content = xlsx([("Nummer", "T36", "EU 36.5"), ("10001-010", 2, 3)])
    _, [header] = asked(content)
    _, [header] = asked(content, f"{header.id}:article,none,none")
    reading = read(content, f"{header.id}:article,size_quantity,size_quantity")
    assert [(entry.named.size, entry.quantity) for entry in reading.entries] == [
        ("T36", 2),
        ("EU 36.5", 3),
    ]


def test_each_header_of_a_workbook_is_asked_about_once() -> None:
    sheets: dict[str, Sequence[Sequence[Any]]] = {
        "200011": [STRANGE, ROW],
        "200012": [STRANGE, ROW],
        "Rest": [("Ding", "Zahl"), ("10001-010-37", 4)],
    }
    content = xlsx_sheets(sheets)
    _, headers = asked(content)
    assert [header.sheets for header in headers] == [["200011", "200012"], ["Rest"]]
    first, second = headers
    one = read(content, f"{first.id}:article,none,quantity", f"{second.id}:none,none")
    assert lines(one) == {at(): 7, at(place="200012"): 7}
    assert [note.code for note in one.notes] == ["sheets_skipped"]
    both = read(content, f"{first.id}:article,none,quantity", f"{second.id}:article,quantity")
    assert lines(both)[at("37")] == 4


@pytest.mark.parametrize(
    ("meanings", "problem"),
    [
        ("article,none,none", MissingColumnsProblem),
        ("none,none,none", NoHeaderProblem),
        ("article,quantity,quantity", RepeatedColumnProblem),
        ("article,size_quantity,quantity", RepeatedColumnProblem),
    ],
)
def test_a_choice_that_is_no_order_is_asked_about_again(meanings: str, problem: Any) -> None:
    content = as_csv([STRANGE, ROW])
    _, [header] = asked(content)
    raised, [again] = asked(content, f"{header.id}:{meanings}")
    assert isinstance(raised, problem)
    assert ",".join(column.meaning for column in again.columns) == meanings


def test_a_choice_for_another_file_is_not_used_for_this_one() -> None:
    raised, [header] = asked(as_csv([STRANGE, ROW]), f"{'0' * 24}:article,quantity")
    assert isinstance(raised, UnknownHeaderProblem)
    assert [column.name for column in header.columns] == [*STRANGE]


@pytest.mark.parametrize(
    "rows",
    [[STRANGE, ("10999-010-36", "x", 1)], [("10999-010-36", "x", 1), ("10999-010-37", "y", 2)]],
)
@pytest.mark.parametrize("made", [xlsx, as_csv])
def test_refused_rows_of_such_a_file_are_read_when_they_come_back(made: Any, rows: Any) -> None:
    content = made(rows)
    _, [header] = asked(content)
    kept = {header.id: mapping("article", "none", "quantity")}
    reading = read(content, kept=kept)
    plan = plan_upload(cart(), context(), reading.entries, frozenset())
    back = refused_rows(table_of(content), plan.results, GERMAN)
    assert back is not None
    again = read(base64.b64decode(back.content), kept=kept)
    assert [entry.articles for entry in again.entries] == [e.articles for e in reading.entries]
    assert [entry.quantity for entry in again.entries] == [e.quantity for e in reading.entries]


cells = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=6), st.dates()
)
meanings = st.sampled_from(
    ["none", "article", "style", "colour", "size", "quantity", "size_quantity", "door", "window"]
)


@given(
    st.lists(st.lists(cells, max_size=5), max_size=6), st.lists(meanings, min_size=1, max_size=8)
)
def test_whatever_is_in_a_sheet_and_said_of_it_is_read_or_a_problem(
    rows: list[list[Any]], said: list[str]
) -> None:
    found = [Row(n, tuple(row)) for n, row in enumerate(rows, 1)]
    table = Table("csv", (Sheet("", tuple(row for row in found if not row.empty)),))
    try:
        headers = [one.layout.id for one in read_sections(table, GIVEN, GERMAN).seen]
    except Problem as problem:
        headers = [one.id for one in problem.extra.get("headers", [])]
    for id_ in headers:
        columns = parse_columns([f"{id_}:{','.join(said)}"])
        with suppress(
            NoHeaderProblem, MissingColumnsProblem, RepeatedColumnProblem, EmptyFileProblem
        ):
            assert read_sections(table, GIVEN, GERMAN, Said(columns, {})).entries
