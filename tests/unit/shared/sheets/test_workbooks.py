"""Workbooks that Excel opens are read, with all that they show, and what they hide is told."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from shared.sheets.table import MAX_SHEETS, Row, Special, Table
from shared.sheets.xlsx_reader import read_xlsx
from tests.support.workbooks import inline, shared_strings, workbook

ROWS = [("Cikk", "Üzlet", "Mennyiség"), (9521000100039, "200014", 4), (None, "200015", 5)]
STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": (
        "http://purl.oclc.org/ooxml/spreadsheetml/main"
    ),
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}


def made(change: Callable[[Worksheet], None] = lambda _: None) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in ROWS:
        sheet.append(list(row))
    change(sheet)
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(
    content: bytes,
    name: Callable[[str], str] = lambda name: name,
    text: Callable[[str], str] = lambda text: text,
) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for part in old.namelist():
            new.writestr(name(part), text(old.read(part).decode()).encode())
    return out.getvalue()


def strict(text: str) -> str:
    for old, new in STRICT.items():
        text = text.replace(old, new)
    return text


def cells(table: Table, sheet: int = 0) -> list[tuple[Any, ...]]:
    return [row.cells for row in table.sheets[sheet].rows]


@pytest.mark.parametrize(
    "content",
    [
        made(),
        repacked(made(), name=lambda part: part.replace("/", "\\") if "xl/" in part else part),
        repacked(made(), name=str.upper),
        repacked(made(), name=lambda part: part.replace("xl/worksheets", "xl/WorkSheets")),
        repacked(made(), text=strict),
        repacked(made(), text=lambda old: old.replace("<fills", "<fills><fill/></fills><fills")),
    ],
    ids=["as it is", "names of Windows", "capitals", "some capitals", "strict", "an empty fill"],
)
def test_what_excel_opens_is_read(content: bytes) -> None:
    assert cells(read_xlsx(content)) == ROWS


def test_all_sheets_are_read_and_hidden_ones_are_known() -> None:
    book = Workbook()
    for name, state in (("Győr", "visible"), ("Pécs", "hidden"), ("Eger", "veryHidden")):
        sheet = book.create_sheet(name)
        sheet.append((name, 1))
        sheet.sheet_state = state
    book.create_chartsheet("Chart")
    table = read_xlsx(saved(book))
    assert [(s.name, s.hidden, s.rows[0].cells) for s in table.sheets] == [
        ("Győr", False, ("Győr", 1)),
        ("Pécs", True, ("Pécs", 1)),
        ("Eger", True, ("Eger", 1)),
    ]


def test_sheets_that_are_too_many_are_named() -> None:
    book = Workbook()
    for number in range(1, MAX_SHEETS + 2):
        book.create_sheet(f"Store {number}").append((number,))
    table = read_xlsx(saved(book))
    assert len(table.sheets) == MAX_SHEETS - 1  # the first of openpyxl's is empty
    [note] = table.notes
    assert note.code == "sheets_not_read"
    assert note.message.parameters["sheets"] == [f"Store {MAX_SHEETS}", f"Store {MAX_SHEETS + 1}"]


def test_a_merged_value_counts_for_each_row_that_it_stands_beside() -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("A2:A5")
        sheet["C5"] = 6

    assert cells(read_xlsx(made(merge)))[2:] == [
        (9521000100039, "200015", 5),
        (9521000100039, None, 6),
    ]


def test_a_heading_over_two_columns_is_one() -> None:
    table = read_xlsx(made(lambda sheet: sheet.merge_cells("A1:B1")))
    assert cells(table)[0] == ("Cikk", None, "Mennyiség")


def test_hidden_rows_are_read_and_told() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.row_dimensions[9].hidden = True

    table = read_xlsx(made(hide))
    assert [row.hidden for row in table.sheets[0].rows] == [False, False, True]
    [note] = table.notes
    assert (note.code, note.message.parameters["rows"]) == ("hidden_rows", ["3"])


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("5.9999999999999996", 6),
        ("0.30000000000000004", 0.3),
        ("-1", -1),
        ("1E3", 1000),
        ("9521000100039", 9521000100039),
        ("2.5", 2.5),
    ],
)
def test_a_number_is_what_excel_shows(stored: str, shown: float) -> None:
    [row] = (
        read_xlsx(workbook(f'<row r="7"><c r="B7"><f>A1</f><v>{stored}</v></c></row>'))
        .sheets[0]
        .rows
    )
    assert row == Row(7, (None, shown))


def test_days_are_days() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A2"], sheet["B2"] = date(2027, 8, 20), datetime.fromisoformat("2027-08-20T06:30")

    assert cells(read_xlsx(made(fill)))[1] == (
        date(2027, 8, 20),
        datetime.fromisoformat("2027-08-20T06:30"),
        4,
    )


def test_errors_and_missing_results_are_told_from_nothing() -> None:
    rows = (
        '<row r="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B1"><f>1+1</f></c>'
        '<c r="C1"><f>A1</f><v></v></c><c r="D1" t="str"><f>"a"</f><v>a</v></c></row>'
        '<row r="2"><c r="A2" t="e"><v>#N/A</v></c></row><row r="3"><c r="B3"><f>2</f></c></row>'
    )
    missing = Special.NO_RESULT
    assert cells(read_xlsx(workbook(rows))) == [
        ("#DIV/0!", missing, missing, "a"),
        ("#N/A",),
        (None, missing),
    ]


def test_cells_that_do_not_say_where_they_are_follow_each_other() -> None:
    rows = '<row><c t="s"><v>1</v></c><c><v>3</v></c></row><row><c t="s"><v>0</v></c></row>'
    content = workbook(rows + f"<row>{inline('C3', 'x')}</row>", strings=shared_strings("a", "b"))
    assert cells(read_xlsx(content)) == [("b", 3), ("a",), (None, None, "x")]
