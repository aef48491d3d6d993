"""Reading files as spreadsheet programs write them, and giving refused rows back."""

import base64
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from functions.carts.upload.columns import COLUMNS, Header, find_header, rows_below, title
from functions.carts.upload.file import refused_rows, template
from functions.carts.upload.plan import RowResult
from functions.carts.upload.rows import Source, entries_of
from shared.problem import Problem
from shared.sheets.code_page import UnclearLettersProblem
from shared.sheets.csv_reader import BrokenQuotesProblem, Hints
from shared.sheets.reading import read_table
from shared.sheets.table import (
    MAX_COLUMNS,
    MAX_ROWS,
    EmptyFileProblem,
    EncryptedFileProblem,
    MissingColumnsProblem,
    NoHeaderProblem,
    Note,
    OldFormatProblem,
    OverlargeFileProblem,
    RepeatedColumnProblem,
    Row,
    Sheet,
    Special,
    Table,
    TooManyRowsProblem,
    UnreadableFileProblem,
)
from shared.text.locale import LANGUAGES
from shared.text.message import Message
from tests.factories.assortment import TODAY, assortment
from tests.factories.company import company
from tests.support.sheets import HEADER, as_csv, rows_of, xlsx

GERMAN, HUNGARIAN, ENGLISH = map(Locale.parse, ("de", "hu", "en"))
ROWS = [("Menge", "Artikel", "Lieferstelle", "Lieferfenster"), ("12", "A-1", "Köln", "AO")]
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def table_of(content: bytes, locale: Locale = ENGLISH) -> Table:
    """The file's sheets, read in this process, which is faster."""
    return read_table(content, locale, Hints())


def read(content: bytes, locale: Locale = ENGLISH) -> tuple[Header, list[Row]]:
    sheets = table_of(content, locale).sheets or (Sheet("", ()),)
    named = (sheet for sheet in sheets if find_header(sheet.rows, locale))
    return below(next(named, sheets[0]), locale)


def below(sheet: Sheet, locale: Locale) -> tuple[Header, list[Row]]:
    return rows_below(sheet, find_header(sheet.rows, locale), (), locale)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_csv_in_any_encoding_with_any_separator(separator: str, encoding: str) -> None:
    header, rows = read(as_csv(ROWS, separator, encoding), GERMAN)
    assert header.places == {"quantity": (0,), "article": (1,), "door": (2,), "window": (3,)}
    assert rows == [Row(2, ROWS[1])]


def test_the_code_page_is_that_of_the_readers_country() -> None:
    content = "Mennyiség;Cikk;Szállítási hely;Szállítási időszak\n1;A;Győr;AO\n".encode("cp1250")
    header, [row] = read(content, HUNGARIAN)
    assert row.cell(header.places["door"][0]) == "Győr"


def test_csv_rows_are_numbered_as_they_are_shown() -> None:
    content = b'sep=;\r\nMy order\r\n\r\nsku;door;window;qty\r\n"A\n1";1;AO;2\r\n\r\nB;1;AO;3\r\n'
    header, rows = read(content)
    assert [header.row.number, *(row.number for row in rows)] == [3, 4, 6]


@pytest.mark.parametrize("language", [*LANGUAGES, "nb", "fr_CA"])
def test_headers_in_any_language(language: str) -> None:
    locale = Locale.parse(language)
    names = [f" {title(column, locale).upper()} " for column in COLUMNS]
    for reader in (locale, ENGLISH, GERMAN):
        header, _ = read(as_csv([names, ["A", "1", "AO", 1]]), reader)
        assert header.places == {column: (i,) for i, column in enumerate(COLUMNS)}


@pytest.mark.parametrize("content", [xlsx([HEADER, "abcd"], "Cover"), as_csv([HEADER, "abcd"])])
def test_the_header_is_looked_for(content: bytes) -> None:
    header, rows = read(content)
    assert header.row.cells[:4] == HEADER
    assert rows[0].cells[:4] == tuple("abcd")


def test_what_cells_of_excel_are() -> None:
    cells: list[Any] = [12, 4060000000000.0, "x", True, datetime(2026, 1, 2), "#N/A", "=1+1"]  # noqa: DTZ001
    [sheet] = table_of(xlsx([HEADER, cells, [None, "=A1"]]), ENGLISH).sheets
    assert sheet.rows[1].cells == (*cells[:4], date(2026, 1, 2), "#N/A", Special.NO_RESULT)
    assert sheet.rows[2].cells == (None, Special.NO_RESULT)


def test_five_thousand_rows_and_no_more() -> None:
    rows: list[Any] = [HEADER, *[("A", "1", "AO", 1)] * MAX_ROWS]
    for content in (as_csv(rows), xlsx(rows)):
        assert len(read(content)[1]) == MAX_ROWS
    for content in (as_csv([*rows, rows[1]]), xlsx([*rows, rows[1]])):
        with pytest.raises(TooManyRowsProblem):
            read(content)


def repacked(content: bytes, name: str, change: Any) -> bytes:
    """An XLSX file with one part replaced."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return out.getvalue()


WHOLE = xlsx([HEADER, ("A", "1", "AO", 1)])
SHEET, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"


def _filled(before: bytes, filling: bytes) -> Any:
    return lambda content: content.replace(before, filling + before)


def _elsewhere(content: bytes) -> bytes:
    """The sheet as a part whose name does not say that it is XML."""
    named = content
    for part in ("xl/_rels/workbook.xml.rels", "[Content_Types].xml"):
        named = repacked(named, part, lambda old: old.replace(b"sheet1.xml", b"sheet1.bin"))
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(named)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for part in old.namelist():
            new.writestr(part.replace("sheet1.xml", "sheet1.bin"), old.read(part))
    return out.getvalue()


LONG_ROW = repacked(WHOLE, SHEET, _filled(b"</row>", b"<c/>" * 60_000))
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
BROKEN: dict[str, tuple[bytes, type[Problem]]] = {
    "nothing": (b"", EmptyFileProblem),
    "blanks": (b"\xef\xbb\xbf \r\n\t\r\n", EmptyFileProblem),
    "a header only": (as_csv([HEADER]), EmptyFileProblem),
    "an empty sheet": (xlsx([]), EmptyFileProblem),
    "separators": (as_csv([HEADER, ("", " ", "", "")]), EmptyFileProblem),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", UnreadableFileProblem),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\x00\x01\x02", UnreadableFileProblem),
    "no letters": (b"Artikel;Menge\n\x81\x8d;1", UnclearLettersProblem),
    "half": (WHOLE[: len(WHOLE) // 2], UnreadableFileProblem),
    "another archive": (repacked(WHOLE, "xl/workbook.xml", lambda _: b"x"), UnreadableFileProblem),
    "entities": (repacked(WHOLE, SHEET, lambda old: BOMB + old), UnreadableFileProblem),
    "a wrong number": (
        repacked(WHOLE, SHEET, lambda old: old.replace(b"<v>1</v>", b"<v>one</v>")),
        UnreadableFileProblem,
    ),
    "encrypted": (COMPOUND + "EncryptedPackage".encode("utf-16-le"), EncryptedFileProblem),
    "old Excel": (COMPOUND + "Workbook".encode("utf-16-le"), OldFormatProblem),
    "a long row": (LONG_ROW, OverlargeFileProblem),
    "a long row under another name": (_elsewhere(LONG_ROW), OverlargeFileProblem),
    "one text everywhere": (xlsx([HEADER, *[["A" * 10_000] * 20] * 50]), OverlargeFileProblem),
    "many styles": (
        repacked(WHOLE, STYLES, _filled(b"</cellXfs>", b"<xf/>" * 60_000)),
        OverlargeFileProblem,
    ),
    "a bomb": (
        repacked(WHOLE, SHEET, _filled(b"</worksheet>", b" " * (65 << 20))),
        OverlargeFileProblem,
    ),
    "no header": (as_csv([("a", "b"), ("1", "2")]), NoHeaderProblem),
    "no quantity": (as_csv([HEADER[:3], ("A", "1", "AO")]), MissingColumnsProblem),
    "no door": (as_csv([("SKU", "Qty"), ("A", 1)]), MissingColumnsProblem),
    "two quantities": (as_csv([(*HEADER, "Qty"), ("A", "1", "AO", 1, 1)]), RepeatedColumnProblem),
    "many articles": (
        as_csv([(*HEADER, *["SKU", "GTIN", "EAN"]), ("A", "1", "AO", 1)]),
        RepeatedColumnProblem,
    ),
    "an open quotation": (as_csv([HEADER]) + b'"A;1;AO;1\n', BrokenQuotesProblem),
    "a broken quotation": (as_csv([HEADER]) + b'"A"B;1;AO;1\n', BrokenQuotesProblem),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_file_that_cant_be_taken_is_told_precisely(what: str) -> None:
    content, problem = BROKEN[what]
    with pytest.raises(problem) as caught:
        read(content)
    texts = {caught.value.body(locale, "1").detail for locale in (ENGLISH, GERMAN, HUNGARIAN)}
    assert len(texts) == 3


def test_parts_may_be_of_any_kind_and_name() -> None:
    out = BytesIO(_elsewhere(WHOLE))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/media/image1.png", b"\x89PNG\r\n\x1a\n\x00")
        archive.writestr("xl/media/image2.svg", b'<!DOCTYPE svg PUBLIC "-" "x.dtd"><svg/>')
    _, [row] = read(out.getvalue())
    assert row.cells[:4] == ("A", "1", "AO", 1)


@pytest.mark.parametrize("hint", [b'sep="\n', b"sep=\r\r\n"])
def test_a_hint_that_is_no_separator_is_a_row_like_others(hint: bytes) -> None:
    header, _ = read(hint + as_csv([HEADER, "abcd"]))
    assert header.row.cells == HEADER


def test_columns_without_end_are_not_looked_at() -> None:
    wide = [*HEADER, *[""] * 200_000]
    [sheet] = table_of(as_csv([wide, ["A", "1", "AO", "x"]]), ENGLISH).sheets
    assert [len(row.cells) for row in sheet.rows] == [MAX_COLUMNS, 4]


def test_an_encrypted_archive_is_told() -> None:
    content = bytearray(WHOLE)
    content[content.find(b"PK\x01\x02") + 8] |= 1  # the flags in the central directory
    with pytest.raises(EncryptedFileProblem):
        read(bytes(content))


@given(st.binary(max_size=400))
def test_any_bytes_are_rows_or_a_problem(content: bytes) -> None:
    for start in (b"", b"PK\x03\x04", WHOLE[:300], b"sku;door;window;qty\n"):
        with suppress(Problem):
            assert read(start + content)[1]


def refused(kind: Any, cells: Sequence[Sequence[Any]]) -> Any:
    """The file of refused rows of a file with these rows below our header."""
    table = [Row(1, HEADER), *(Row(n, tuple(row)) for n, row in enumerate(cells, 2))]
    sheet = Sheet("", tuple(table))
    header, rows = below(sheet, ENGLISH)
    note = Note("x", Message("Why."))
    entries = list(entries_of(rows, Source(header, "", {}), ENGLISH))
    results = [RowResult(entry, "refused", (note, note)) for entry in entries]
    made = refused_rows(Table(kind, (sheet,), ","), results, ENGLISH)
    assert made is not None
    return base64.b64decode(made.content)


def test_refused_rows_come_back_with_reasons() -> None:
    cells: list[list[Any]] = [
        ["A", None, "AO", 1.5],
        [date(2026, 1, 2), "1", True, Special.NO_RESULT],
    ]
    assert rows_of(refused("xlsx", cells)) == [
        [*HEADER, "Reason"],
        ["A", None, "AO", 1.5, "Why. Why."],
        [datetime(2026, 1, 2), "1", True, None, "Why. Why."],  # noqa: DTZ001
    ]
    text = refused("csv", [["A", "", "AO", "12 Stk"]]).decode("utf-8-sig")
    assert text == "Article,Door,Delivery window,Quantity,Reason\r\nA,,AO,12 Stk,Why. Why.\r\n"


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_corrected_file_can_be_refused_again(kind: Any) -> None:
    table = table_of(refused(kind, [["A", "1", "AO", "x"]]), ENGLISH)
    header, rows = below(table.sheets[0], ENGLISH)
    assert header.reason == 4
    results = [
        RowResult(entry, "refused", (Note("y", Message("New.")),))
        for entry in entries_of(rows, Source(header, "", {}), ENGLISH)
    ]
    again = refused_rows(table, results, ENGLISH)
    assert again is not None
    _, [row] = read(base64.b64decode(again.content))
    assert [cell for cell in row.cells if cell is not None] == ["A", "1", "AO", "x", "New."]


FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("formula", FORMULAS)
def test_no_refused_text_is_a_formula_but_it_is_read_as_it_was(kind: Any, formula: str) -> None:
    content = refused(kind, [["A", formula, "AO", formula]])
    if kind == "xlsx":
        cells = rows_of(content)[1]
    else:
        cells = content.decode("utf-8-sig").splitlines()[1].split(",")
    assert not any(str(cell).lstrip('"').startswith(("=", "+", "-", "@", "\t")) for cell in cells)
    header, rows = read(content)
    [entry] = entries_of(rows, Source(header, "", {}), ENGLISH)
    assert entry.door == formula.strip()


@given(st.text(max_size=20), st.sampled_from(["xlsx", "csv"]))
def test_any_text_can_be_given_back(text: str, kind: Any) -> None:
    content = refused(kind, [["A", text.encode("utf-8", "ignore").decode(), "AO", "x"]])
    assert content.startswith(b"PK" if kind == "xlsx" else b"\xef\xbb\xbf")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_can_be_filled_in_and_uploaded(language: str) -> None:
    locale = Locale.parse(language)
    for kind in ("xlsx", "csv"):
        made = template(kind, company(), assortment(), TODAY, locale)
        content = base64.b64decode(made.content)
        assert made.name.endswith(f".{kind}")
        with pytest.raises(EmptyFileProblem):
            read(content, locale)


def test_templates_have_the_separator_of_the_readers_country() -> None:
    for locale, first in ((GERMAN, "Artikel;"), (ENGLISH, "Article,")):
        made = template("csv", company(), assortment(), TODAY, locale)
        assert base64.b64decode(made.content).decode("utf-8-sig").startswith(first)


def test_only_the_upload_imports_what_reads_files() -> None:
    routes = Path("functions/carts/routes.py").read_text()
    before, _, _ = routes.partition("\ndef ")
    assert "functions.carts.upload " not in before
    assert "openpyxl" not in before
