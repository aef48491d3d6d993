"""The process that reads one workbook: `python -m functions.carts.upload.child`.

Bytes in, JSON out: the sheets, or the problem. What it may use of processor and memory is
limited before it looks at the first byte, so a hostile file ends this process and nothing
else.
"""

import json
import os
import resource
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

from functions.carts.upload.table import Cell, Note, Special, Table
from shared.problem import Problem

CPU_SECONDS = 10
"""Of a processor; the largest files that are taken need 2."""
MEMORY = 400 << 20
"""Bytes of address space; the largest files that are taken need 200 MB."""


def main() -> None:
    """Read standard input, write standard output."""
    os.nice(10)  # whoever waits for an answer of this instance comes first
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from functions.carts.upload.xlsx_reader import read_xlsx  # noqa: PLC0415 (within the limits)

    try:
        told = _table(read_xlsx(sys.stdin.buffer.read()))
    except Problem as problem:
        told = {"problem": type(problem).__name__, "parameters": problem.message.parameters}
    sys.stdout.write(json.dumps(told))


def _table(table: Table) -> dict[str, Any]:
    return {
        "sheets": [
            {
                "name": sheet.name,
                "hidden": sheet.hidden,
                "whole": sheet.whole,
                "rows": [[r.number, r.hidden, [*map(_cell, r.cells)]] for r in sheet.rows],
            }
            for sheet in table.sheets
        ],
        "notes": [_note(note) for note in table.notes],
    }


def _note(note: Note) -> dict[str, Any]:
    return {"code": note.code, "text": note.message.text, "parameters": note.message.parameters}


def _cell(cell: Cell) -> Any:
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


if __name__ == "__main__":
    main()
