"""Cells that we write: never a formula, always a file that opens."""

import csv
from io import BytesIO, StringIO
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from shared.text.spreadsheet import cell_text, is_formula

BEGINNINGS = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r"]
BEFORE = [
    "",
    " ",
    "\u00a0",
    "\n",
    "\u200b",
    "\ufeff",
    "\u3000",
    " \u2060\n",
    "\u202e",
    "\x00",
    "\v",
]


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_no_cell_is_a_formula(before: str, beginning: str) -> None:
    assert cell_text(f"{before}{beginning}HYPERLINK(1)").startswith("'")


@pytest.mark.parametrize("text", ["", "1-2", "a=b", "Größe 42", "'=1", "(+1)", "10001-010"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert cell_text(text) == text


@given(st.text(st.characters() | st.sampled_from("\ufffe\uffff\x00\x0b\x1f=+-@\t")))
def test_any_text_makes_a_file_that_opens(text: str) -> None:
    cell = cell_text(text)
    assert not is_formula(cell)
    ElementTree.fromstring(f"<t>{cell.replace('&', '').replace('<', '').replace(']', '')}</t>")
    book = Workbook()
    book.worksheets[0].append([cell])
    book.worksheets[0].append(["below"])
    out = BytesIO()
    book.save(out)
    sheet = load_workbook(out).worksheets[0]
    assert sheet["A1"].data_type != "f"
    assert sheet["A2"].value == "below"
    written = StringIO(newline="")
    csv.writer(written).writerow([cell])
    assert next(csv.reader(StringIO(written.getvalue(), newline=""))) in ([cell], [])


def test_half_a_character_is_left_out() -> None:
    assert cell_text("a\ud800b\udfffc\ufffed") == "abcd"
