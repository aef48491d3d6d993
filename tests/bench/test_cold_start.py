"""How long each function takes to its first answer, each time beside the bare framework.

Processor time is what a start costs, so the budget is of that. The time that passes depends on
what else the machine does (it moves by 0.4 here), so it is told beside it.
"""

from collections import defaultdict
from dataclasses import dataclass
from statistics import median

from tests.bench.conftest import Report
from tests.bench.deployed import BARE, Deployed
from tests.bench.running import first_answer, running
from tests.bench.table import BudgetLine

ROUNDS = 10
ALLOWED = 1.25
MEMORY = 512
"""MiB."""


@dataclass(frozen=True)
class Start:
    """Seconds until the first answer, and bytes after it."""

    passed: float
    processor: float
    memory: int


def test_cold_start(deployed: dict[str, Deployed], report: Report) -> None:
    functions = sorted(set(deployed) - {BARE})
    pairs: dict[str, list[tuple[Start, Start]]] = defaultdict(list)
    for one in deployed.values():
        _start(one)  # fills the machine's file cache
    for _ in range(ROUNDS):
        for name in functions:
            pairs[name].append((_start(deployed[name]), _start(deployed[BARE])))
    for name in functions:
        passed = median(own.passed / bare.passed for own, bare in pairs[name])
        processor = median(own.processor / bare.processor for own, bare in pairs[name])
        held = processor <= ALLOWED
        measured = f"{processor:.2f} × ({passed:.2f} × time passed)"
        report(
            BudgetLine(
                f"processor time of {name} to /healthz",
                f"≤ {ALLOWED} × bare framework",
                measured,
                held,
            )
        )
    for name in functions:
        memory = max(own.memory for own, _ in pairs[name]) / 2**20
        what = f"memory of {name} after its first request"
        report(BudgetLine(what, f"< {MEMORY} MiB", f"{memory:.0f} MiB", memory < MEMORY))


def _start(one: Deployed) -> Start:
    with running(one, {}) as server:
        passed = first_answer(server, one.name).at - server.started
        return Start(passed, server.processor_seconds, server.memory)
