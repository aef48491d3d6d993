"""How long each function takes to its first answer, beside the bare framework.

Processor time is what a start costs; the time that passes depends on what else the
machine does, so both are told, and the budget is held where both are within it.
"""

from collections import defaultdict
from dataclasses import dataclass
from statistics import median

from tests.bench.conftest import Report
from tests.bench.deployed import BARE, Deployed
from tests.bench.running import first_answer, running
from tests.bench.table import Row

ROUNDS = 7
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
    starts: dict[str, list[Start]] = defaultdict(list)
    # The first round fills the machine's file cache.
    for _ in range(1 + ROUNDS):
        for name, one in deployed.items():
            starts[name].append(_start(one))
    bare, *functions = (starts.pop(BARE)[1:], *starts)
    for name in functions:
        own = starts[name][1:]
        passed = _median(own, "passed") / _median(bare, "passed")
        processor = _median(own, "processor") / _median(bare, "processor")
        held = max(passed, processor) <= ALLOWED
        measured = f"{passed:.2f} × ({processor:.2f} × processor time)"
        report(Row(f"cold start of {name}", f"≤ {ALLOWED} × bare framework", measured, held))
    for name in functions:
        memory = _median(starts[name], "memory") / 2**20
        what = f"memory of {name} after its first request"
        report(Row(what, f"< {MEMORY} MiB", f"{memory:.0f} MiB", memory < MEMORY))


def _start(one: Deployed) -> Start:
    with running(one, {}) as server:
        passed = first_answer(server, one.name).at - server.started
        return Start(passed, server.processor_seconds, server.memory)


def _median(starts: list[Start], what: str) -> float:
    return float(median(getattr(start, what) for start in starts))
