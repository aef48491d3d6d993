"""What others reported of their software, tried on ours: docs/public-reports.md tells of each."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from shared.sheets.xlsx_reader import read_xlsx
from shared.style.codes import read_code
from shared.text.locale import negotiate
from tests.factories.style import gtin
from tests.support.workbooks import inline, workbook

ROOT = Path(__file__).resolve().parents[2]
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


# https://github.com/tafia/calamine/issues/318
@pytest.mark.parametrize(("from_1904", "day"), [(0, date(2023, 3, 15)), (1, date(2027, 3, 16))])
def test_a_day_of_a_workbook_that_counts_from_1904(from_1904: int, day: date) -> None:
    styles = (
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    )
    rows = (
        f'<row r="1">{inline("A1", "Window")}</row>'
        '<row r="2"><c r="A2" s="1"><v>45000</v></c></row>'
    )
    book = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr date1904="{from_1904}"/>'
        '<sheets><sheet name="Order" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    content = workbook(rows, styles=styles, parts={"xl/workbook.xml": book})
    assert read_xlsx(content).sheets[0].rows[1].cells[0] == day


# https://github.com/bpampuch/pdfmake/issues/2614
@pytest.mark.parametrize("weight", ["regular", "bold"])
def test_papers_have_a_glyph_for_what_numbers_are_written_with(weight: str) -> None:
    glyphs = TTFont(ROOT / f"functions/orders/documents/noto-sans-{weight}.ttf").getBestCmap()
    assert {0x202F, 0xA0, 0x2212, 0x2019} <= set(glyphs)


# https://github.com/odoo/odoo/pull/214407
def test_what_a_scanner_types_on_a_french_keyboard_is_no_article_and_no_other_gtin() -> None:
    typed = gtin("10123002").translate(str.maketrans("0123456789", "à&é\"'(-è_ç"))
    read = read_code(typed)
    assert not read.gtin
    assert not any(character.isdigit() for character in read.text)


# https://github.com/vercel/next.js/issues/22329
@pytest.mark.parametrize("header", ["*", ";", "de;q=abc", "de;q=nan", "x" * 100_000, "fr;;q=1;x"])
def test_any_accept_language_is_answered(header: str) -> None:
    assert negotiate(header).language in ("en", "de", "fr")


# https://github.com/bugsink/bugsink/pull/416
def test_time_zones_are_known_without_those_of_the_machine() -> None:
    code = (
        "from zoneinfo import ZoneInfo; from shared.market.model import MARKETS;"
        "print(len([ZoneInfo(market.time_zone) for market in MARKETS.values()]))"
    )
    environment = {**os.environ, "PYTHONTZPATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True
    )
    assert int(done.stdout) > 0
