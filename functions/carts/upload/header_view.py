"""How the columns of a file were read, for a person to look at and to say otherwise."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from functions.carts.schema import ChangeView
from functions.carts.upload.mapping import (
    Layout,
    SheetReading,
    has_names,
    layouts_of,
    suggest_meanings,
)
from functions.carts.upload.schema import ColumnView, HeaderRowView, HeaderView
from shared.sheets.archive import letters
from shared.sheets.table import Cell, Special, is_empty

_HEADERS = 10
_SAMPLES = 3
_SAMPLE_SHOWN = 40
_NAME_SHOWN = 100
_ROWS_OFFERED = 8
_NAMES_OFFERED = 4


def header_views(seen: Iterable[SheetReading]) -> list[HeaderView]:
    """Each header once, with all sheets that have it."""
    by_id: dict[str, list[SheetReading]] = {}
    for one in seen:
        by_id.setdefault(one.layout.id, []).append(one)
    return [_view(same) for same in list(by_id.values())[:_HEADERS]]


def _view(same: list[SheetReading]) -> HeaderView:
    first = same[0]
    chosen = first.kept and first.kept.chosen
    others = [one for one in layouts_of(first.sheet) if one.id != first.layout.id]
    return HeaderView(
        id=first.layout.id,
        row=first.layout.row.number or None,
        sheets=[one.sheet.name for one in same if one.sheet.name],
        columns=list(_columns(first)),
        chosen=chosen and ChangeView(uid=chosen.uid, at=chosen.at, **chosen.actor.signature),
        rows=[_row(one) for one in _few(others)],
    )


def _few(layouts: list[Layout]) -> list[Layout]:
    """The upper rows, and at last that none names columns, where that may be."""
    rows = [one for one in layouts if one.row.number and has_names(one.row)]
    return [*rows[:_ROWS_OFFERED], *(one for one in layouts if not one.row.number)]


def _columns(seen: SheetReading) -> Iterator[ColumnView]:
    below = [row for row in seen.sheet.rows if row.number > seen.layout.row.number]
    for place, (meaning, suggestion) in enumerate(
        zip(seen.meanings, suggest_meanings(seen), strict=True)
    ):
        values = (cell_text(row.cell(place)) for row in below)
        samples = dict.fromkeys(value[:_SAMPLE_SHOWN] for value in values if value)
        yield ColumnView(
            letter=letters(place),
            name=cell_text(seen.layout.row.cell(place))[:_NAME_SHOWN],
            samples=list(samples)[:_SAMPLES],
            meaning=meaning,
            suggested=suggestion,
        )


def _row(layout: Layout) -> HeaderRowView:
    names = [cell_text(cell)[:_SAMPLE_SHOWN] for cell in layout.row.cells if not is_empty(cell)]
    return HeaderRowView(id=layout.id, row=layout.row.number or None, names=names[:_NAMES_OFFERED])


def cell_text(cell: Cell) -> str:
    """A value in short, as no language writes it otherwise."""
    match cell:
        case None | Special():
            return ""
        case datetime():
            return f"{cell:%Y-%m-%d}"
        case date():
            return cell.isoformat()
        case _:
            return str(cell).strip()
