"""The people of a file: a row for each, as it stands there."""

from collections.abc import Iterator
from dataclasses import dataclass

from babel import Locale

from functions.accounts.bulk.words import TITLES, Column, column_called
from shared.sheets.table import (
    Cell,
    EmptyFileProblem,
    MissingColumnsProblem,
    NoHeaderProblem,
    RepeatedColumnProblem,
    Row,
    Special,
    Table,
    TooManyRowsProblem,
    top_of,
)
from shared.text.message import Message

MOST_ROWS = 100
"""People of a file: what one commit holds, with an entry of the audit for each."""


@dataclass(frozen=True)
class PersonRow:
    """A row, and the texts of its cells; empty where a cell is."""

    number: int
    email: str
    name: str
    role: str


def people_in(table: Table, locale: Locale) -> list[PersonRow]:
    """Those of the first sheet with a header; other columns are not read.

    Raises:
        EmptyFileProblem, NoHeaderProblem, MissingColumnsProblem, RepeatedColumnProblem,
        TooManyRowsProblem: the file can't be taken.
    """
    if not any(sheet.rows for sheet in table.sheets):
        raise EmptyFileProblem
    for sheet in table.sheets:
        header = max(top_of(sheet.rows), key=lambda row: len(list(_columns_of(row))), default=None)
        if header is not None and any(_columns_of(header)):
            places = _find_places(header, locale)
            below = (row for row in sheet.rows if row.number > header.number)
            found = [one for row in below if (one := _person(row, places))]
            if not found:
                raise EmptyFileProblem
            if len(found) > MOST_ROWS or not sheet.whole:
                raise TooManyRowsProblem(MOST_ROWS)
            return found
    raise NoHeaderProblem(columns=[_title(column, locale) for column in TITLES])


def _columns_of(row: Row) -> Iterator[tuple[Column, int]]:
    for place, cell in enumerate(row.cells):
        if isinstance(cell, str) and (column := column_called(cell)):
            yield column, place


def _find_places(header: Row, locale: Locale) -> dict[Column, int]:
    places: dict[Column, int] = {}
    for column, place in _columns_of(header):
        if column in places:
            raise RepeatedColumnProblem(column=_title(column, locale))
        places[column] = place
    if missing := [column for column in TITLES if column not in places]:
        raise MissingColumnsProblem(columns=[_title(column, locale) for column in missing])
    return places


def _person(row: Row, places: dict[Column, int]) -> PersonRow | None:
    cells = {column: row.cell(place) for column, place in places.items()}
    texts = {column: _text(cell) for column, cell in cells.items()}
    is_empty = not any(texts.values()) and not any(isinstance(c, Special) for c in cells.values())
    return None if is_empty else PersonRow(row.number, **texts)


def _text(cell: Cell) -> str:
    """Nothing where a formula has no result or an error: neither is anybody's name."""
    return "" if cell is None or isinstance(cell, Special) else str(cell).strip()


def _title(column: Column, locale: Locale) -> str:
    return Message(TITLES[column]).render(locale)
