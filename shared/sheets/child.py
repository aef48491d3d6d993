"""The process that reads one file: `python -m shared.sheets.child`.

A line of JSON that says how (`locale`, `encoding`, `names`, `titles`) and the file's bytes in, JSON out: the
sheets, or the problem. What it may use of processor and memory is limited before it looks at the
first byte, so a hostile file ends this process and nothing else.
"""

import json
import os
import resource
import sys

from babel import Locale

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
    # Within the limits.
    from shared.problem import Problem  # noqa: PLC0415
    from shared.sheets.csv_reader import Hints  # noqa: PLC0415
    from shared.sheets.reading import read_table  # noqa: PLC0415
    from shared.sheets.wire import problem_to_json, table_to_json  # noqa: PLC0415

    asked = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    hints = Hints(asked["encoding"], lambda: asked["names"], frozenset(asked["titles"]))
    try:
        told = table_to_json(read_table(content, Locale.parse(asked["locale"]), hints))
    except Problem as problem:
        told = problem_to_json(problem)
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
