"""Which sheets of an uploaded file are orders, and what is told of the rest."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from babel import Locale

from functions.carts.upload.columns import (
    Column,
    note_skipped,
    rows_below,
    unread,
)
from functions.carts.upload.header_view import header_views
from functions.carts.upload.mapping import NOTHING, Said, SheetReading, see
from functions.carts.upload.rows import Entry, Source, entries_of
from shared.problem import Problem
from shared.sheets.table import (
    MAX_ROWS,
    EmptyFileProblem,
    MissingColumnsProblem,
    NoHeaderProblem,
    Note,
    RepeatedColumnProblem,
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


class UnknownHeaderProblem(Problem):
    """What columns are was said of a header that the file has not."""

    status = 422
    code = "unknown_header"
    text = N_("The columns were chosen for another file. Please choose them again.")


@dataclass(frozen=True)
class Reading:
    """What a file asks for, what is to be told of it as a whole, and how its sheets were read."""

    entries: list[Entry]
    notes: tuple[Note, ...]
    seen: tuple[SheetReading, ...]


def read_sections(
    table: Table, given: dict[Column, str], locale: Locale, said: Said = NOTHING
) -> Reading:
    """All sheets that name articles and quantities, in the file's order.

    Raises:
        EmptyFileProblem, TooManyRowsProblem: the file can't be taken.
        NoHeaderProblem, MissingColumnsProblem, RepeatedColumnProblem, UnknownHeaderProblem: it
            can't either; `headers` are those by which a person can say what columns are.
    """
    if not table.sheets:
        raise EmptyFileProblem
    found = [see(sheet, said, locale) for sheet in table.sheets]
    seen = [one for one in found if one]
    orders = [one for one in seen if one.header.orders]
    # A hidden sheet is mostly a list that others look into.
    wanted = [one for one in orders if not one.sheet.hidden] or orders
    asked = [one for one in seen if one.layout.id in said.asked]
    try:
        _require_known(said, asked)
        if not (wanted or asked):
            # It lacks columns, which that tells.
            header = found[0].header if found[0] else None
            rows_below(table.sheets[0], header, given, locale)
        return _read(table, wanted or asked, given, locale)
    except (
        NoHeaderProblem,
        MissingColumnsProblem,
        RepeatedColumnProblem,
        UnknownHeaderProblem,
    ) as problem:
        offered = [one for one in seen if not one.sheet.hidden]
        problem.extra["headers"] = header_views(wanted or offered)
        raise


def _require_known(said: Said, asked: list[SheetReading]) -> None:
    if not said.asked.keys() <= {one.layout.id for one in asked}:
        raise UnknownHeaderProblem


def _read(
    table: Table, seen: list[SheetReading], given: dict[Column, str], locale: Locale
) -> Reading:
    entries: list[Entry] = []
    notes: list[Note] = [*table.notes, *_unread(table, [one.sheet for one in seen])]
    count = 0
    for one in seen:
        sheet = one.sheet
        try:
            header, rows = rows_below(sheet, one.header, given, locale)
        except EmptyFileProblem:
            if len(seen) == 1:
                raise
            continue
        count += len(rows)
        told = (
            *(unread(header, rows) if one.is_by_name else ()),
            *note_skipped(sheet, header, rows),
        )
        notes += (_of_sheet(note, sheet) if len(seen) > 1 else note for note in told)
        asked = entries_of(rows, Source(header, sheet.name, given), locale)
        # What is too much is not made first: each costs some.
        entries += islice(asked, MOST_CELLS + 1 - len(entries))
        if count > MAX_ROWS or len(entries) > MOST_CELLS:
            raise TooManyRowsProblem
    if not entries:
        raise EmptyFileProblem
    return Reading(entries, tuple(notes), tuple(seen))


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
