"""What the process that reads a file tells the service: a table, or a problem, as JSON."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from shared.problem import Problem
from shared.sheets import code_page, csv_reader, table
from shared.sheets.table import Cell, Note, Row, Sheet, Special, Spelling, Table
from shared.text.message import Message, Parameter

_RAISING = (table, csv_reader, code_page)


def table_to_json(read: Table) -> dict[str, Any]:
    """The table as JSON has it."""
    return {
        "kind": read.kind,
        "separator": read.separator,
        "sheets": [
            {
                "name": sheet.name,
                "hidden": sheet.hidden,
                "whole": sheet.whole,
                "rows": [[r.number, r.hidden, [*map(_cell_to_json, r.cells)]] for r in sheet.rows],
            }
            for sheet in read.sheets
        ],
        "notes": [{"code": note.code, "message": _message(note.message)} for note in read.notes],
        "spellings": [[one.encoding, one.samples] for one in read.spellings],
    }


def problem_to_json(problem: Problem) -> dict[str, Any]:
    """The problem as JSON has it; all that a table has not."""
    return {
        "problem": type(problem).__name__,
        "parameters": dict(problem.message.parameters),
        "extra": problem.extra,
    }


def table_from_json(told: dict[str, Any]) -> Table:
    """What was told.

    Raises:
        Problem: that which was told.
    """
    if name := told.get("problem"):
        found = (getattr(module, name, None) for module in _RAISING)
        kind: type[Problem] = next(filter(None, found))
        problem = kind(**told["parameters"])
        problem.extra.update(told["extra"])
        raise problem
    return Table(
        told["kind"],
        tuple(map(_sheet, told["sheets"])),
        told["separator"],
        tuple(Note(note["code"], _message_of(note["message"])) for note in told["notes"]),
        tuple(Spelling(encoding, tuple(samples)) for encoding, samples in told["spellings"]),
    )


def _cell_to_json(cell: Cell) -> Any:
    match cell:
        case Special():
            return {"special": cell.name}
        case datetime():
            return {"datetime": cell.isoformat()}
        case date() | time():
            return {type(cell).__name__: cell.isoformat()}
        case timedelta():
            return {"seconds": cell.total_seconds()}
        case _:
            return cell


def _sheet(told: dict[str, Any]) -> Sheet:
    rows = (Row(number, tuple(map(_cell, cells)), hidden) for number, hidden, cells in told["rows"])
    return Sheet(told["name"], tuple(rows), told["hidden"], told["whole"])


def _cell(told: Any) -> Cell:
    match told:
        case {"special": str(name)}:
            return Special[name]
        case {"datetime": str(text)}:
            return datetime.fromisoformat(text)
        case {"date": str(text)}:
            return date.fromisoformat(text)
        case {"time": str(text)}:
            return time.fromisoformat(text)
        case {"seconds": int() | float() as seconds}:
            return timedelta(seconds=seconds)
        case str() | int() | float() | bool() | None:
            return told
        case _:
            raise TypeError(told)


def _message(message: Message) -> dict[str, Any]:
    told = {
        name: _message(value) if isinstance(value, Message) else value
        for name, value in message.parameters.items()
    }
    return {"text": message.text, "parameters": told}


def _message_of(told: Mapping[str, Any]) -> Message:
    text = told["text"]
    parameters: dict[str, Parameter] = {
        name: _message_of(value) if isinstance(value, dict) else value
        for name, value in told["parameters"].items()
    }
    return Message(tuple(text) if isinstance(text, list) else text, parameters)
