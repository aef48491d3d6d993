"""What a month costs at three sizes: `python -m infra.cost` prints docs/operations.md's tables.

Operations are those that the tests count (tests/bench/test_counts.py and the functions' own
tests); what people do, and how large things are, is assumed and said. Prices are Google's
list prices in US dollars, without free allowances unless named, without discounts or tax;
those with a star are known for single regions (0.15 and 0.03 in us-central1), not for eur3
or nam5, and are to be checked.
"""

from collections.abc import Iterator
from dataclasses import dataclass

DAYS = 365 / 12
HOURS = DAYS * 24
SECONDS = HOURS * 3600
KIB_PER_GIB = 1024 * 1024

STYLES_PER_ORDER = 3
CATALOGUE = 3000
"""Styles, of which each night's stock changes some and each day's messages others."""
CHANGED_BY_SNAPSHOT, CHANGED_BY_DAY, MAINTAINED = 1200, 7200, 150


@dataclass(frozen=True)
class Size:
    """How much is done, and what is kept running for it."""

    name: str
    orders: int
    """a day"""
    regions: int
    warm: int
    """instances kept, of all functions in all regions"""
    catalog: int
    """instances of catalog that run on average, and"""
    starts: int
    """how many of them start in a day"""
    feeds: bool
    """whether SAP publishes"""


SIZES = (
    Size("idle", 0, regions=1, warm=0, catalog=0, starts=0, feeds=False),
    Size("100 orders a day", 100, regions=1, warm=4, catalog=1, starts=10, feeds=True),
    Size("20,000 orders a day", 20_000, regions=2, warm=12, catalog=10, starts=60, feeds=True),
)


@dataclass(frozen=True)
class Doing:
    """Something done for an order: how often, with how many reads, writes and HTTP requests."""

    what: str
    times: int
    reads: int
    writes: int
    requests: int = 1


S = STYLES_PER_ORDER
PER_ORDER = (
    Doing("catalogue pages of 24 styles", 30, 25, 0),
    Doing("style pages", 10, 2, 0),
    Doing("changes of the cart", 12, 2 + 10, 1),
    Doing("placing", 1, 3 * S + 4, S + 4),
    Doing("lists of orders or carts", 3, 26, 0),
    Doing("looking at an order", 2, 1, 0),
    Doing("who am I", 2, 3, 0),
    Doing("handing over to SAP (claim, settle)", 1, 2, 2),
    Doing("order responses of SAP", 2, S + 3, S + 2),
)
READS = sum(each.times * each.reads for each in PER_ORDER)
WRITES = sum(each.times * each.writes for each in PER_ORDER)
REQUESTS = sum(each.times * each.requests for each in PER_ORDER)


@dataclass(frozen=True)
class Line:
    """A line of the bill; `price` in dollars for `per` of the unit."""

    what: str
    quantity: float
    unit: str
    price: float
    per: float = 1
    checked: bool = True

    @property
    def amount(self) -> float:
        """Dollars a month."""
        return self.quantity / self.per * self.price


def bill(size: Size) -> list[Line]:
    """Every line of a month's bill."""
    return [*_firestore(size), *_compute(size), *_network(size), *_rest(size)]


def _firestore(size: Size) -> Iterator[Line]:
    feed_reads = CATALOGUE + CHANGED_BY_DAY + MAINTAINED * (4 + 1)
    feed_writes = CHANGED_BY_SNAPSHOT + CHANGED_BY_DAY + MAINTAINED * (6 + 2)
    changes = CHANGED_BY_SNAPSHOT + CHANGED_BY_DAY + size.orders * S
    reads = (
        size.orders * READS
        + size.regions * (1440 + feed_reads * size.feeds)
        # An instance reads the assortment when it starts, and then what changes.
        + size.starts * CATALOGUE * 3
        + size.catalog * changes * size.feeds
    )
    writes = size.orders * WRITES + size.regions * feed_writes * size.feeds
    kept = size.orders * 365 * 30 / KIB_PER_GIB + size.regions * size.feeds
    yield Line("Firestore reads", reads * DAYS, "reads", 0.06, 100_000)
    yield Line("Firestore writes", writes * DAYS, "writes", 0.18, 100_000)
    yield Line("Firestore storage, a year of orders", kept, "GiB", 0.18)
    yield Line("Firestore point-in-time recovery", kept, "GiB", 0.18, checked=False)
    yield Line("Firestore backups, 14 daily and 14 weekly", kept * 28, "GiB", 0.03, checked=False)


def _compute(size: Size) -> Iterator[Line]:
    requests = _requests(size) + size.regions * 1440 * DAYS
    # 100 ms is the least that is charged; one CPU and half a GiB each, none at a time shared.
    yield Line("Cloud Run CPU", requests * 0.1, "vCPU seconds", 0.000024)
    yield Line("Cloud Run memory", requests * 0.1 * 0.5, "GiB seconds", 0.0000025)
    yield Line("Cloud Run requests", requests, "requests", 0.40, 1_000_000)
    idle = size.warm * SECONDS
    yield Line("Instances kept warm, CPU", idle, "vCPU seconds", 0.0000025)
    yield Line("Instances kept warm, memory", idle * 0.5, "GiB seconds", 0.0000025)


def _requests(size: Size) -> float:
    return size.orders * DAYS * REQUESTS


def _network(size: Size) -> Iterator[Line]:
    answers = _requests(size) * 30 / KIB_PER_GIB
    pictures = size.orders * DAYS * 5 * 1024 / KIB_PER_GIB
    yield Line("Load balancer, four forwarding rules", HOURS, "hours", 0.025)
    yield Line("Load balancer, answers of 30 KiB", answers, "GiB", 0.008)
    yield Line("Answers to the internet", answers, "GiB", 0.12)
    yield Line("Pictures by CDN, 5 MiB an order", pictures, "GiB", 0.08)
    yield Line("Cloud Armor, a policy", 1, "policy", 5)
    yield Line("Cloud Armor, eleven rules", 11, "rules", 1)
    yield Line("Cloud Armor, requests", _requests(size), "requests", 0.75, 1_000_000)
    # 0.0014 for an instance that uses it, 0.005 for the address.
    yield Line("NAT to SAP: gateway and address", size.regions * HOURS, "hours", 0.0064)


def _rest(size: Size) -> Iterator[Line]:
    messages = size.orders * DAYS * 2 * 5 * 2 / KIB_PER_GIB
    snapshots = size.regions * size.feeds * DAYS * 40 * 1024 * 2 / KIB_PER_GIB
    logs = _requests(size) * 6 / KIB_PER_GIB
    tasks = size.orders * DAYS * 2
    yield Line("Pub/Sub beyond 10 GiB", max(messages + snapshots - 10, 0), "GiB", 40 / 1024)
    yield Line(
        "Cloud Tasks beyond a million",
        max(tasks - 1_000_000, 0),
        "operations",
        0.40,
        1_000_000,
    )
    yield Line("Cloud Scheduler", size.regions, "jobs", 0.10)
    yield Line("Secrets", size.regions * 2, "versions", 0.06)
    yield Line("Logs beyond 50 GiB, 6 KiB a request", max(logs - 50, 0), "GiB", 0.50)


def tables() -> str:
    """The tables of docs/operations.md, as Markdown."""
    rows = ["| for each order | times | reads | writes |", "|---|---:|---:|---:|"]
    rows += [f"| {each.what} | {each.times} | {each.reads} | {each.writes} |" for each in PER_ORDER]
    rows += [f"| **in all, with {REQUESTS} requests** | | **{READS}** | **{WRITES}** |", ""]
    bills = [bill(size) for size in SIZES]
    rows.append(f"| $ a month | price | {' | '.join(size.name for size in SIZES)} |")
    rows.append("|---|---|" + "---:|" * len(SIZES))
    for lines in zip(*bills, strict=True):
        first = lines[0]
        per = f"{first.per:,.0f} {first.unit}" if first.per > 1 else first.unit.removesuffix("s")
        price = f"{first.price:.7f}".rstrip("0")
        price = price if len(price.partition(".")[2]) > 1 else f"{first.price:.2f}"
        price += "" if first.checked else " \\*"
        sums = " | ".join(f"{each.quantity:,.0f} → {each.amount:,.2f}" for each in lines)
        rows.append(f"| {first.what} | {price} / {per} | {sums} |")
    totals = " | ".join(f"**{sum(line.amount for line in lines):,.0f}**" for lines in bills)
    rows.append(f"| **in all** | | {totals} |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    print(tables(), end="")
