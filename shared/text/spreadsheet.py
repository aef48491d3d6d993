"""Texts as cells of spreadsheets that we write: none is a formula, none breaks a file."""

import re

# What a spreadsheet program takes for the beginning of a formula (OWASP, "CSV Injection"), also
# as Japanese keyboards write it, after anything that nobody sees.
_UNSEEN = r"[\s\ufeff\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f]"
_FORMULA = re.compile(rf"{_UNSEEN}*[\t\r=+\-@＝＋－＠]")
# XML 1.0, 2.2: Char. A workbook with any other is one that Excel calls broken.
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def is_formula(text: str) -> bool:
    """Whether some spreadsheet program might run this cell."""
    return _FORMULA.match(text) is not None


def cell_text(text: str) -> str:
    """The text as a cell of CSV or XLSX; an apostrophe makes a text of what else might be run."""
    clean = _NO_XML.sub("", text)
    return f"'{clean}" if is_formula(clean) else clean
