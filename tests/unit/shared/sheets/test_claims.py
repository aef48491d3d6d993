"""What a file claims costs nothing: a few bytes are refused, or read, in no more than they need."""

import json
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import date, datetime, time, timedelta

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from shared.problem import Problem
from shared.sheets import isolation
from shared.sheets.archive import MAX_AREA, ROWS_OF_ALL, letters, place
from shared.sheets.code_page import UnclearLettersProblem
from shared.sheets.csv_reader import MAX_CELL, Hints
from shared.sheets.isolation import read_apart
from shared.sheets.table import (
    HEADER_WITHIN,
    LAST_ROW,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_SHEETS,
    BusyProblem,
    Cell,
    CompanyBusyProblem,
    FarCellProblem,
    HugeCellProblem,
    LongFileProblem,
    MacrosProblem,
    Note,
    OverlargeFileProblem,
    Row,
    Sheet,
    Special,
    Spelling,
    Table,
    UnreadableFileProblem,
)
from shared.sheets.wire import table_from_json, table_to_json
from shared.sheets.xlsx_reader import read_xlsx
from shared.text.message import Message
from tests.support import burning
from tests.support.sheets import HEADER, as_csv, xlsx
from tests.support.work import lines_run
from tests.support.workbooks import inline, shared_strings, workbook, workbook_of

ENGLISH = Locale("en")
NONE = Hints()
HEAD = '<row r="1">' + "".join(inline(f"{c}1", t) for c, t in zip("ABCD", HEADER, strict=True))
HEAD += "</row>"
WHOLE = "A1:XFD1048576"


def read(content: bytes) -> Table:
    return read_apart(content, ENGLISH, NONE, "100001")


def cell_at(reference: str) -> str:
    return f'<row><c r="{reference}"><v>1</v></c></row>'


def many(count: int, text: str) -> str:
    return "".join(f"<row>{text}</row>" for _ in range(count))


FAR = [
    (workbook(f'<row r="1048570">{inline("A1048570", "x")}</row>'), "A1048570"),
    (workbook(f'{HEAD}<row r="1000000"><c r="B1000000"><v>1</v></c></row>'), "B1000000"),
    (workbook(f'{HEAD}<row r="19000"><c r="ZZ19000"><v>1</v></c></row>'), "ZZ19000"),
    (workbook(f"<row>{inline('A1', 'x')}</row><row r='20000'/><row><c><v>1</v></c></row>"), None),
    (workbook(f'<row r="20001"><c r="C20001"><f>1+1</f></c></row>{HEAD}'), "C20001"),
]


@pytest.mark.parametrize(("content", "cell"), FAR)
def test_a_value_far_away_is_named(content: bytes, cell: str | None) -> None:
    with pytest.raises(FarCellProblem) as caught:
        read(content)
    assert (cell or "A20001") in caught.value.body(ENGLISH, "1").detail


def test_formats_of_empty_cells_may_reach_as_far_as_they_like() -> None:
    empty = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    content = workbook(HEAD + empty, before=f'<dimension ref="{WHOLE}"/>')
    assert [row.number for row in read(content).sheets[0].rows] == [1]


TOO_MUCH: dict[str, Callable[[], bytes]] = {
    "rows without end": lambda: workbook(HEAD + many(1_000_001, "")),
    "one text everywhere": lambda: workbook(
        many(900, '<c t="s"><v>0</v></c>' * 500), strings=shared_strings("x" * 30_000)
    ),
    "merged cells without end": lambda: workbook(
        HEAD + many(9_000, "<c><v>1</v></c>"),
        after="<mergeCells>" + '<mergeCell ref="A1:A1048576"/>' * 40_000 + "</mergeCells>",
    ),
    "a part that unpacks to gigabytes": lambda: workbook(
        HEAD, parts={"xl/media/image1.png": b"\0" * (65 << 20)}
    ),
    "parts without end": lambda: workbook(HEAD, parts={f"x{n}": b"" for n in range(2_000)}),
    "empty rows, all of one number": lambda: workbook(HEAD + '<row r="5"/>' * 990_000),
    "a value far below in each sheet": lambda: workbook_of([cell_at("AX19999")] * MAX_SHEETS),
    "a wide range in each sheet": lambda: workbook_of(
        [cell_at("A1") + cell_at("AX15000")] * 2,
    ),
    "merged cells in each sheet": lambda: workbook_of(
        [
            f"{cell_at('A1')}{cell_at('A9000')}</sheetData><mergeCells>"
            + '<mergeCell ref="A1:A9000"/>' * 10
            + "</mergeCells><sheetData>"
        ]
        * 2
    ),
    "cells without anything": lambda: workbook(HEAD + many(1_990, "<c/>" * 500)),
    "styles without end": lambda: workbook(HEAD, styles="<xf/>" * 60_000),
}


@pytest.mark.parametrize("what", TOO_MUCH)
def test_what_is_out_of_proportion_is_refused(what: str) -> None:
    with pytest.raises(OverlargeFileProblem):
        read(TOO_MUCH[what]())


@pytest.mark.parametrize(
    "content",
    [
        workbook_of([cell_at("A1")], targets=["worksheets/sheet1.xml"] * MAX_SHEETS),
        workbook_of([cell_at("A1"), cell_at("A1")], names=["Order", "Order"]),
        workbook(HEAD, parts={"XL/Worksheets/SHEET1.XML": "<worksheet/>"}),
    ],
)
def test_no_sheet_is_there_twice(content: bytes) -> None:
    with pytest.raises(UnreadableFileProblem):
        read(content)


LINES_A_ROW = 30
"""Lines of Python that a row takes which has nothing to say."""


@pytest.mark.parametrize(
    "content",
    [
        workbook_of([cell_at("AX19999")] * MAX_SHEETS),
        workbook_of([cell_at("AX19999")] * 5),
        workbook_of(['<row r="5"/>' * (ROWS_OF_ALL // MAX_SHEETS)] * MAX_SHEETS),
        workbook('<row r="5"/>' * 990_000),
    ],
)
def test_rows_without_anything_cost_little_in_all_sheets_together(content: bytes) -> None:
    def reading() -> None:
        with suppress(Problem):
            read_xlsx(content)

    assert lines_run(reading) < LINES_A_ROW * ROWS_OF_ALL


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_lines_are_counted_before_they_are_read(ends: str) -> None:
    content = b"Article;Quantity" + ends.encode() * 1_500_000
    with pytest.raises(LongFileProblem) as caught:
        read(content)
    detail = caught.value.body(ENGLISH, "1").detail
    assert "1,500,000" in detail
    assert f"{LAST_ROW:,}" in detail


def test_a_cell_that_is_too_large_is_named() -> None:
    fits, large = "x" * MAX_CELL, "y" * 200_000
    for text in (fits + "z", large):
        with pytest.raises(HugeCellProblem) as caught:
            read(as_csv([HEADER, ["a", fits], ["b", text]]))
        assert "Row 3, column B" in caught.value.body(ENGLISH, "1").detail
    assert len(read(as_csv([HEADER, ["a", fits]])).sheets[0].rows) == 2


def related(kind: str, target: str, mode: str = "") -> str:
    """Relationships of which one is of that kind; "package" ends the type of embedded files."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    one = f'<Relationship Id="rId9" Type="{office}/{kind}" Target="{target}"{mode}/>'
    return f"<Relationships>{one}</Relationships>"


SHEET_RELS = "xl/worksheets/_rels/sheet1.xml.rels"
EXTERNAL = ' TargetMode="External"'


@pytest.mark.parametrize(
    "parts",
    [
        {"xl\\vbaProject.bin": b"\xd0\xcf\x11\xe0"},
        {"xl/VBAPROJECT.BIN": b"\xd0\xcf\x11\xe0"},
        {"XL/MACROSHEETS/SHEET1.XML": "<xm:macrosheet xmlns:xm='x'/>"},
        {"xl/macrosheets/sheet1.xml": "<xm:macrosheet xmlns:xm='x'/>"},
        {"xl\\macrosheets\\intlsheet1.xml": "<a/>"},
        {"xl/dialogsheets/sheet1.xml": "<dialogsheet/>"},
        {"xl/_rels/x.rels": related("vbaProject", "harmless.bin")},
        {"xl/_rels/x.rels": related("xlMacrosheet", "worksheets/sheet2.xml")},
    ],
)
def test_programs_are_refused(parts: dict[str, str | bytes]) -> None:
    with pytest.raises(MacrosProblem):
        read(workbook(HEAD, parts=parts))


@pytest.mark.parametrize(
    ("parts", "codes"),
    [
        ({"xl/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"}, ["objects_not_read"]),
        ({SHEET_RELS: related("package", "../other/a.docx")}, ["objects_not_read"]),
        ({SHEET_RELS: related("control", "../activeX/activeX1.xml")}, ["objects_not_read"]),
        (
            {
                "xl/externalLinks/externalLink1.xml": "<externalLink/>",
                "xl/externalLinks/_rels/externalLink1.xml.rels": related(
                    "externalLinkPath", "file:///C:/prices.xlsx", EXTERNAL
                ),
            },
            ["values_of_other_files"],
        ),
        ({SHEET_RELS: related("hyperlink", "https://example.com", EXTERNAL)}, []),
        ({"package/services/metadata/core-properties/1.psmdcp": "<coreProperties/>"}, []),
        ({SHEET_RELS: related("drawing", "../drawings/drawing1.xml")}, []),
    ],
)
def test_what_is_beside_the_sheets_is_told(parts: dict[str, str | bytes], codes: list[str]) -> None:
    table = read(workbook(HEAD, parts=parts))
    assert [note.code for note in table.notes] == codes
    assert [len(sheet.rows) for sheet in table.sheets] == [1]


@pytest.mark.parametrize("target", ["http://example.com/s.xml", "../../etc/passwd", "gone.xml"])
@pytest.mark.parametrize("mode", ["", ' TargetMode="External"'])
def test_nothing_outside_of_the_file_is_read(target: str, mode: str) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    relationship = f'<Relationship Id="rId1" Type="{kind}" Target="{target}"{mode}/>'
    rels = {"xl/_rels/workbook.xml.rels": f"<Relationships>{relationship}</Relationships>"}
    with pytest.raises(UnreadableFileProblem):
        read(workbook(HEAD, parts=rels))


REFERENCES = st.builds(
    lambda column, row: f"{letters(column)}{row}",
    st.integers(0, 16_383) | st.integers(0, 60),
    st.integers(1, 1_048_576) | st.integers(1, 60),
)
COUNTS = st.integers(0, 2**32)


@given(
    st.lists(REFERENCES, max_size=6),
    st.lists(st.tuples(REFERENCES, REFERENCES), max_size=6),
    st.tuples(REFERENCES, REFERENCES, COUNTS, COUNTS, COUNTS, COUNTS),
)
def test_any_claim_is_read_in_bounds_or_refused(
    cells: list[str],
    merged: list[tuple[str, str]],
    claims: tuple[str, str, int, int, int, int],
) -> None:
    top, bottom, texts, width, least, most = claims
    placed = sorted({place(cell) for cell in cells})
    content = workbook(
        "".join(f'<row r="{r}"><c r="{letters(c)}{r}"><v>7</v></c></row>' for r, c in placed),
        before=f'<dimension ref="{top}:{bottom}"/><cols><col min="{least}" max="{most}" '
        f'width="{width}"/></cols>',
        after="<mergeCells>"
        + "".join(f'<mergeCell ref="{a}:{b}"/>' for a, b in merged)
        + "</mergeCells>",
        strings=shared_strings("a", count=texts),
        styles=f'<cellXfs count="{texts}"><xf numFmtId="{width}"/></cellXfs>',
    )
    try:
        table = read_xlsx(content)
    except Problem:
        return
    rows = [row for sheet in table.sheets for row in sheet.rows]
    assert len(rows) <= MAX_ROWS + HEADER_WITHIN
    assert all(row.number <= LAST_ROW and len(row.cells) <= MAX_COLUMNS for row in rows)
    read_ = {(r.number, c) for r in rows for c, cell in enumerate(r.cells) if cell is not None}
    assert {(r, c) for r, c in placed if c < MAX_COLUMNS} <= read_
    height = max((r for r, _ in placed), default=0) - min((r for r, _ in placed), default=0)
    breadth = max((c for _, c in placed), default=0) - min((c for _, c in placed), default=0)
    assert (height + 1) * (breadth + 1) <= MAX_AREA


@given(st.lists(st.lists(REFERENCES, min_size=1, max_size=4), min_size=1, max_size=8))
def test_any_claims_of_several_sheets_are_bounded_together(sheets: list[list[str]]) -> None:
    placed = [sorted({place(cell) for cell in cells}) for cells in sheets]
    content = workbook_of(["".join(cell_at(f"{letters(c)}{r}") for r, c in s) for s in placed])
    try:
        read_xlsx(content)
    except Problem:
        return
    rows = [[row for row, _ in cells] for cells in placed]
    columns = [[column for _, column in cells] for cells in placed]
    areas = [
        (max(r) - min(r) + 1) * (max(c) - min(c) + 1) for r, c in zip(rows, columns, strict=True)
    ]
    assert sum(areas) <= MAX_AREA
    assert sum(map(max, rows)) <= ROWS_OF_ALL


def test_a_file_that_burns_until_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "child", burning)
    with pytest.raises(OverlargeFileProblem):
        read_apart(b"PK\x03\x04", ENGLISH, NONE, "100001")


def test_nobody_waits_for_another_persons_file() -> None:
    with ExitStack() as places:
        for company in range(isolation.AT_ONCE):
            places.enter_context(isolation._place(str(company)))
        for content in (xlsx([HEADER]), as_csv([HEADER])):
            with pytest.raises(BusyProblem):
                read(content)
    for content in (xlsx([HEADER]), as_csv([HEADER])):
        assert read(content).sheets


def test_a_company_leaves_room_for_others() -> None:
    with isolation._place("100001"):
        for content in (xlsx([HEADER]), as_csv([HEADER])):
            with pytest.raises(CompanyBusyProblem):
                read(content)
            assert read_apart(content, ENGLISH, NONE, "100002").sheets
    with suppress(UnreadableFileProblem):
        read(b"\0\1\2")
    assert read(xlsx([HEADER])).sheets


def test_cells_of_the_largest_order_form_are_read() -> None:
    row = "".join(f"<c><v>{n}</v></c>" for n in range(MAX_COLUMNS))
    [sheet] = read(workbook(HEAD + many(MAX_ROWS, row))).sheets
    assert len(sheet.rows) == MAX_ROWS + 1


VALUES: list[Cell] = [
    date(2027, 1, 15),
    datetime(2027, 1, 15, 9, 30),  # noqa: DTZ001 (a cell has no zone)
    time(9, 30),
    timedelta(hours=30),
    "Größe",
    12,
    1.5,
    True,
    Special.NO_RESULT,
    None,
    "x",
]


def test_what_is_read_apart_is_what_is_read() -> None:
    note = Note("n", Message(("%(count)s of %(page)s", "b"), {"count": 2, "page": Message("p")}))
    rows = (Row(3, tuple(VALUES), hidden=True),)
    table = Table(
        "xlsx",
        (Sheet("S", rows, hidden=True, whole=False),),
        ",",
        (note,),
        (Spelling("cp850", ("ä",)),),
    )
    assert table_from_json(json.loads(json.dumps(table_to_json(table)))) == table


def test_a_file_in_a_code_page_is_read_apart_by_the_names_that_are_known() -> None:
    content = "Article;Quantity\nKöln;1\nŠtip;1\n".encode("cp852")
    asked: list[str] = []

    def names() -> list[str]:
        asked.append("asked")
        return ["Köln", "Štip"]

    hints = Hints(names=names)
    table = read_apart(content, ENGLISH, hints, "100001")
    assert [row.cells[0] for row in table.sheets[0].rows[1:]] == ["Köln", "Štip"]
    assert read_apart(as_csv([HEADER]), ENGLISH, hints, "100001").sheets
    assert asked == ["asked"]
    with pytest.raises(UnclearLettersProblem) as caught:
        read(content)
    assert "cp852" in {one["encoding"] for one in caught.value.extra["encodings"]}
