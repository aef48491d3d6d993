"""A stock snapshot of SAP, counted at Firestore's client.

What changes is counted with a fifth of the 100,000 SKUs, as the emulator takes half a minute for a
pass over all. An unchanged snapshot of all is applied by a process of its own, whose memory is
the function's.
"""

import multiprocessing
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from google.auth.credentials import AnonymousCredentials
from google.cloud.firestore import Client

from functions.sync_inventory.handler import apply
from shared.event.message import SapMessage
from tests.bench.conftest import Hold, Report
from tests.bench.table import BudgetLine
from tests.factories.sap import ECC, PUBLISHED_AT, stamp, stock_message, stock_row
from tests.support.firestore_counter import Count, counting

STYLES, SKUS = 2_000, 10
ALL = 10_000
"""Styles of the whole snapshot."""

ROWS = 5_000
"""Rows of a message."""

CHANGED = {f"{10000 + 37 * i}" for i in range(25)}

_MEBIBYTE = 2**20


@dataclass(frozen=True)
class _Cost:
    """What a pass over all took: `memory` is the most that its process had, in bytes."""

    reads: int
    writes: int
    rpcs: int
    seconds: float
    memory: int


def test_a_snapshot(firestore: Client, hold: Hold) -> None:
    _know(firestore, STYLES)
    _publish(firestore, set())
    what = f"stock snapshot, {STYLES * SKUS:,} SKUs"
    with counting(firestore) as unchanged:
        _publish(firestore, set())
    hold(f"{what}, unchanged", {"writes": 0}, _writes(unchanged))
    with counting(firestore) as changed:
        _publish(firestore, CHANGED)
    hold(f"{what}, {len(CHANGED)} styles changed", {"writes": len(CHANGED)}, _writes(changed))
    assert changed.writes == len(CHANGED)
    with counting(firestore) as night:
        _publish(firestore, CHANGED, as_of=stamp(3))
    # No stock: as of when it is, what each message compared, the snapshot, and that it was looked for.
    messages = STYLES * SKUS // ROWS
    hold(f"{what}, full with new stamps", {"writes": 3 + messages}, _writes(night))


def test_a_snapshot_of_100_000_skus(firestore: Client, hold: Hold, report: Report) -> None:
    _know(firestore, ALL)
    _in_its_process(firestore.project)
    cost = _in_its_process(firestore.project)
    messages = ALL * SKUS // ROWS
    hold(
        f"stock snapshot, {ALL * SKUS:,} SKUs in {messages} messages, unchanged",
        # Besides its styles, a hundred at a time, each message reads as of when stock is.
        {"writes": 0, "reads": ALL + messages, "RPCs": ALL // 100 + messages},
        {"writes": cost.writes, "reads": cost.reads, "RPCs": cost.rpcs},
    )
    memory = cost.memory / _MEBIBYTE
    took = f"{memory:.0f} MiB, {cost.seconds:.0f} s"
    report(BudgetLine("its process: memory, time", "512 MiB", took, memory <= 512))


def _know(db: Client, styles: int) -> None:
    """The styles have come, so that none of the stock waits for one."""
    for first in range(10000, 10000 + styles, 500):
        batch = db.batch()
        for number in range(first, first + 500):
            batch.set(db.document(f"styles/{number}"), {"number": str(number)})
        batch.commit()


def _in_its_process(project: str) -> _Cost:
    """A pass over all in a fresh process, so that it has no memory of what others did."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as processes:
        return processes.submit(_measure_pass, project).result()


def _measure_pass(project: str) -> _Cost:
    db = Client(project=project, credentials=AnonymousCredentials())
    began = time.perf_counter()
    with counting(db) as count:
        _publish(db, set(), styles=ALL)
    most = 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = time.perf_counter() - began
    return _Cost(count.reads, count.writes, count.rpcs, seconds, most)


def _publish(db: Client, changed: set[str], as_of: str = "", styles: int = STYLES) -> None:
    """Every SKU in messages of ROWS; one SKU of each changed style has newer figures.

    With `as_of` the messages are a full snapshot, whose rows have no stamps of their own.
    """
    a_message = ROWS // SKUS
    for part, first in enumerate(range(0, styles, a_message), start=1):
        rows = (
            stock_row(
                f"{number}{sku:03}",
                "" if as_of else stamp(2 if sku == 1 and str(number) in changed else 1),
            )
            for number in range(10000 + first, 10000 + first + a_message)
            for sku in range(1, SKUS + 1)
        )
        data = stock_message(*rows)
        says = {"snapshot": as_of, "part": str(part), "parts": str(styles // a_message)}
        attributes = says if as_of else {}
        apply(db, ECC, SapMessage(str(first), "sap-inventory", data, attributes, PUBLISHED_AT))


def _writes(count: Count) -> dict[str, int]:
    return {"writes": count.writes}
