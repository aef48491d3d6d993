"""Which sheets of an uploaded file are orders, and what is told of the rest."""

from collections.abc import Iterator
from dataclasses import dataclass

from babel import Locale

from functions.carts.upload.columns import Column, find_header, rows_below, skipped, unread
from functions.carts.upload.rows import Entry, Source, entries_of
from functions.carts.upload.table import (
    MAX_ROWS,
    EmptyFileProblem,
    Note,
    Sheet,
    Table,
    TooManyRowsProblem,
)
from shared.text.message import N_, Message, N_plural, Parameter

MOST_CELLS = 20_000
"""Quantities below sizes; twice as many as a cart has lines."""

_NO_ORDER = N_plural(
    "Sheet %(sheets)s does not name articles and quantities and was not read.",
    "Sheets %(sheets)s do not name articles and quantities and were not read.",
)
_HIDDEN = N_plural(
    "Sheet %(sheets)s is hidden and was not read.",
    "Sheets %(sheets)s are hidden and were not read.",
)
_OF_SHEET = N_("Sheet %(sheet)s: %(text)s")


@dataclass(frozen=True)
class Reading:
    """What a file asks for, and what is to be told of it as a whole."""

    entries: list[Entry]
    notes: tuple[Note, ...]


def read_sections(table: Table, given: dict[Column, str], locale: Locale) -> Reading:
    """All sheets that name articles and quantities, in the file's order.

    Raises:
        EmptyFileProblem, and those of `rows_below`: the file can't be taken.
    """
    orders = [sheet for sheet in table.sheets if _orders(sheet, locale)]
    # A hidden sheet is mostly a list that others look into.
    wanted = [sheet for sheet in orders if not sheet.hidden] or orders or list(table.sheets[:1])
    if not wanted:
        raise EmptyFileProblem
    entries: list[Entry] = []
    notes: list[Note] = [*table.notes, *_unread(table, wanted)]
    count = 0
    for sheet in wanted:
        try:
            header, rows = rows_below(sheet, given, locale)
        except EmptyFileProblem:
            if len(wanted) == 1:
                raise
            continue
        count += len(rows)
        told = (*unread(header, rows), *skipped(sheet, header, rows))
        notes += (_of_sheet(note, sheet) if len(wanted) > 1 else note for note in told)
        entries += entries_of(rows, Source(header, sheet.name, given), locale)
        if count > MAX_ROWS or len(entries) > MOST_CELLS:
            raise TooManyRowsProblem
    if not entries:
        raise EmptyFileProblem
    return Reading(entries, tuple(notes))


def _orders(sheet: Sheet, locale: Locale) -> bool:
    header = find_header(sheet.rows, locale)
    return header is not None and header.orders


def _unread(table: Table, wanted: list[Sheet]) -> Iterator[Note]:
    left = [sheet for sheet in table.sheets if sheet not in wanted]
    hidden = [sheet.name for sheet in left if sheet.hidden]
    others = [sheet.name for sheet in left if not sheet.hidden]
    for code, text, names in (
        ("sheets_skipped", _NO_ORDER, others),
        ("sheets_hidden", _HIDDEN, hidden),
    ):
        if names:
            about: dict[str, Parameter] = {"count": len(names), "sheets": names}
            yield Note(code, Message(text, about))


def _of_sheet(note: Note, sheet: Sheet) -> Note:
    return Note(note.code, Message(_OF_SHEET, {"sheet": sheet.name, "text": note.message}))
