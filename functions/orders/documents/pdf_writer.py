"""An order confirmation as PDF. The same confirmation gives the same bytes, whenever and wherever.

fpdf2 embeds only the letters that are used. The font is Noto Sans (SIL Open Font License 1.1,
noto-sans-licence.txt) of @expo-google-fonts/noto-sans 0.4.2, cut down by fontTools' pyftsubset to
Latin, Greek and Cyrillic letters with their extensions (Vietnamese, polytonic), combining marks,
punctuation and currency signs. Fractions, arrows, ticks and other symbols are of DejaVu Sans 2.37
(dejavu-licence.txt) of dejavu-fonts-ttf 2.37.3, cut down in the same way to U+2150 to U+22FF and U+25A0
to U+27BF. A letter that both lack is shown as `MISSING` and logged.
"""

from math import ceil
from pathlib import Path

import structlog
from babel.numbers import format_decimal
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont

from functions.orders.documents.content import Colourway, Confirmation, Fact, LineEntry, Party

_FOLDER = Path(__file__).parent
_FONT = "Noto Sans"
_SYMBOLS = "DejaVu Sans"
_MARGIN = 15.0
_SIZES_A_ROW = 12
_LABEL = 36.0
_FIRST = 28.0
"""Millimetres of the names of facts, and of what stands before figures."""
MISSING = "\ufffd"
_SOFT = 110
_LINE = 200
"""Greys of names beside their values, and of lines."""


class _Page(FPDF):
    """Pages with number and page count at the foot."""

    def __init__(self, told: Confirmation) -> None:
        super().__init__(format=told.paper)
        self._told = told
        self.missing: set[str] = set()
        self.add_font(_FONT, "", _FOLDER / "noto-sans-regular.ttf")
        self.add_font(_FONT, "B", _FOLDER / "noto-sans-bold.ttf")
        self.add_font(_SYMBOLS, "", _FOLDER / "dejavu-symbols.ttf")
        self.set_fallback_fonts([_SYMBOLS], exact_match=False)
        self._letters = frozenset().union(*(_letters(font) for font in self.fonts.values()))
        self.set_draw_color(_LINE)
        self.set_margins(_MARGIN, _MARGIN)
        self.set_auto_page_break(True, margin=2 * _MARGIN)
        self.set_title(f"{told.title} {told.number}")
        self.set_author(told.parties[0].lines[0])
        self.set_lang(told.tag)
        self.set_creation_date(told.placed_at)

    def normalize_text(self, text: str) -> str:
        """Called by fpdf2 for whatever is written or measured."""
        found = {c for c in text if ord(c) not in self._letters and c != "\n"}
        self.missing |= found
        return str(super().normalize_text("".join(MISSING if c in found else c for c in text)))

    def footer(self) -> None:
        """Called by fpdf2 at the end of each page."""
        self.set_y(-_MARGIN)
        self.set_font(_FONT, size=8)
        self.set_text_color(_SOFT)
        text = f"{self._told.number} · {self._told.words.page} {self.page_no()}/{{nb}}"
        self.cell(0, 5, text, align="R")
        self.set_text_color(0)


def _letters(font: object) -> frozenset[int]:
    return frozenset(font.cmap) if isinstance(font, TTFFont) else frozenset()


def write(told: Confirmation) -> bytes:
    """The document, A4 or, for North America, letter."""
    page = _Page(told)
    page.add_page()
    page.set_font(_FONT, "B", 18)
    page.multi_cell(0, 9, told.title, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    page.ln(3)
    _parties(page, told.parties)
    _facts(page, told.facts)
    for colourway in told.colourways:
        _colourway(page, colourway, told)
    _closing(page, told)
    content = bytes(page.output())
    if page.missing:
        letters = sorted(f"U+{ord(letter):04X}" for letter in page.missing)
        structlog.get_logger().warning("letters_missing", order=told.number, letters=letters)
    return content


def _parties(page: _Page, parties: list[Party]) -> None:
    width = page.epw / len(parties)
    top = bottom = page.get_y()
    for index, party in enumerate(parties):
        page.set_xy(_MARGIN + index * width, top)
        page.set_font(_FONT, size=8)
        page.set_text_color(_SOFT)
        page.multi_cell(width - 4, 4, party.heading, new_x=XPos.LEFT, new_y=YPos.NEXT)
        page.set_text_color(0)
        page.set_font(_FONT, size=9)
        text = "\n".join(party.lines)
        page.multi_cell(width - 4, 4.6, text, align="L", new_x=XPos.LEFT, new_y=YPos.NEXT)
        bottom = max(bottom, page.get_y())
    page.set_xy(_MARGIN, bottom + 5)


def _facts(page: _Page, facts: list[Fact]) -> None:
    width = page.epw / 2
    for index in range(0, len(facts), 2):
        top = bottom = page.get_y()
        for place, fact in enumerate(facts[index : index + 2]):
            page.set_xy(_MARGIN + place * width, top)
            page.set_font(_FONT, size=8)
            page.set_text_color(_SOFT)
            page.multi_cell(_LABEL, 4.6, fact.label, align="L", new_y=YPos.NEXT)
            bottom = max(bottom, page.get_y())
            page.set_xy(_MARGIN + place * width + _LABEL, top)
            page.set_text_color(0)
            page.set_font(_FONT, size=9)
            page.multi_cell(width - _LABEL - 2, 4.6, fact.value, align="L", new_y=YPos.NEXT)
            bottom = max(bottom, page.get_y())
        page.set_xy(_MARGIN, bottom)
    page.ln(5)


def _colourway(page: _Page, colourway: Colourway, told: Confirmation) -> None:
    columns = _columns(page, colourway)
    runs = _runs(colourway.rows, columns)
    answered = any(row.confirmed is not None for row in colourway.rows)
    reasons = {row.rejected for row in colourway.rows} - {""}
    height = 7 + len(runs) * (16.5 if answered else 11.5) + 4.6 * len(reasons)
    # A colourway is not torn apart where it fits onto a page.
    if page.will_page_break(min(height, page.eph - 1)):
        page.add_page()
    page.set_font(_FONT, "B", 9)
    pieces = _figure(sum(row.quantity for row in colourway.rows), told)
    right = f"{pieces} × {colourway.price} = {colourway.amount}"
    wide = page.get_string_width(right) + 3
    y = page.get_y()
    page.multi_cell(page.epw - wide, 5, colourway.title, align="L", new_y=YPos.NEXT)
    bottom = page.get_y()
    page.set_xy(_MARGIN + page.epw - wide, y)
    page.cell(wide, 5, right, align="R")
    page.set_xy(_MARGIN, bottom)
    for run in runs:
        _cells(page, columns, "", [row.size for row in run], soft=True)
        _cells(page, columns, told.words.ordered, [_figure(row.quantity, told) for row in run])
        if answered:
            confirmed = [_figure(row.confirmed or 0, told) for row in run]
            _cells(page, columns, told.words.confirmed, confirmed)
        page.ln(1.5)
    _rejections(page, colourway, told.words.rejected)
    page.ln(2)


def _runs(rows: list[LineEntry], columns: int) -> list[list[LineEntry]]:
    """The sizes below each other in as few rows as hold them, none of which is nearly empty."""
    length = ceil(len(rows) / ceil(len(rows) / columns))
    return [rows[start : start + length] for start in range(0, len(rows), length)]


def _figure(pieces: int, told: Confirmation) -> str:
    return str(format_decimal(pieces, locale=told.locale))


def _rejections(page: _Page, colourway: Colourway, label: str) -> None:
    """The sizes that do not come, by reason."""
    reasons: dict[str, list[str]] = {}
    for row in colourway.rows:
        if row.rejected:
            reasons.setdefault(row.rejected, []).append(row.size)
    page.set_font(_FONT, size=8)
    for reason, sizes in reasons.items():
        text = f"{label}: {', '.join(sizes)} – {reason}"
        page.multi_cell(0, 4.6, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _columns(page: _Page, colourway: Colourway) -> int:
    """As many sizes beside each other as have room for the widest."""
    page.set_font(_FONT, size=8)
    widest = max(page.get_string_width(row.size) for row in colourway.rows) + 2 * page.c_margin
    return max(1, min(_SIZES_A_ROW, int((page.epw - _FIRST) // widest)))


def _cells(page: _Page, columns: int, label: str, values: list[str], *, soft: bool = False) -> None:
    width = (page.epw - _FIRST) / columns
    page.set_font(_FONT, size=8)
    page.set_text_color(_SOFT)
    page.cell(_FIRST, 5, label, border="T")
    page.set_text_color(_SOFT if soft else 0)
    for value in values:
        page.cell(width, 5, value, align="R", border="T")
    page.set_text_color(0)
    page.ln()


def _closing(page: _Page, told: Confirmation) -> None:
    if page.will_page_break(8 * len(told.sums) + 6 * len(told.notes)):
        page.add_page()
    page.ln(2)
    for index, fact in enumerate(told.sums):
        last = index == len(told.sums) - 1
        page.set_font(_FONT, "B" if last else "", 10)
        page.set_x(_MARGIN + page.epw - 90)
        page.cell(45, 6, fact.label, border="T" if last else 0)
        page.cell(45, 6, fact.value, align="R", border="T" if last else 0)
        page.ln()
    page.ln(3)
    page.set_font(_FONT, size=9)
    for note in told.notes:
        page.multi_cell(0, 5, note, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
