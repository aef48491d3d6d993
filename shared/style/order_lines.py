"""A line of a pasted list: a code, then how many."""

import re

from shared.style.codes import Code, read_code
from shared.text.pieces import QuantityFault, read_pieces
from shared.text.spelling import plain

_COLUMNS = re.compile(r"\t+|;+")
_WITH_COMMA = re.compile(r"([^,\s]+)\s*,(.*)")
_MOST_GROUPS = 2
"""Words that a quantity has, as "100 000"."""
_LABEL = re.compile(r"\(|\][A-Za-z][0-9A-Za-z]|https?://", re.IGNORECASE)


def read_line(line: str) -> tuple[Code, str, int | QuantityFault]:
    """Its code, the text of its quantity, and that; a code alone is one.

    Between them stands a tab, semicolon, comma or blank. A GTIN may be written in groups.
    """
    code, quantity = _split(line)
    if quantity is None:
        return code, plain(line), "ambiguous_quantity"
    text = plain(quantity)
    return code, text, read_pieces(text) if text else 1


def _split(line: str) -> tuple[Code, str | None]:
    """The code and what follows it; None where that can be read in two ways."""
    columns = [column for column in _COLUMNS.split(line) if plain(column)]
    if len(columns) > 1:
        return read_code(columns[0]), " ".join(columns[1:])
    text = plain(columns[0]) if columns else ""
    if _LABEL.match(text):
        return read_code(text), ""
    if found := _WITH_COMMA.fullmatch(text):
        code, quantity = read_code(found[1]), found[2]
        # "10001-010-42,5" is five of size 42, or size 42.5.
        decimal = found[1][-1].isdigit() and quantity[:1].isdigit() and not code.gtin
        return code, None if decimal else quantity
    return _split_at_blank(text.split())


def _split_at_blank(words: list[str]) -> tuple[Code, str | None]:
    """At the first blank, unless words before it or a later one are a GTIN in groups.

    A GTIN ends where the line does, or a quantity before its end: elsewhere none is looked for.
    """
    if not words:
        return read_code(""), ""
    first = read_code(words[0]), " ".join(words[1:])
    ends = range(max(1, len(words) - _MOST_GROUPS), len(words) + 1)
    ways = [(read_code(" ".join(words[:n])), " ".join(words[n:])) for n in ends]
    grouped = [
        (code, rest)
        for code, rest in ways
        if code.gtin and not code.restored and (not rest or isinstance(read_pieces(rest), int))
    ]
    if first[0].gtin or not grouped:
        return first
    return grouped[0] if len(grouped) == 1 else (grouped[0][0], None)
