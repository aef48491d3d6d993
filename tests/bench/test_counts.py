"""What requests cost in Firestore, counted at its client."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from google.cloud.firestore import Client

from functions.export_order.claim import SapAwayProblem
from functions.export_order.turn import hand_over
from shared.order import repository as orders
from shared.sap import circuit
from shared.sap.failure import Failure
from shared.sap.rfc import Connect
from tests.bench.conftest import Hold
from tests.bench.shop import COMPANY, cells, open_shop, ordinary, placing, size_runs
from tests.factories.assortment import NOW, TODAY
from tests.factories.cart import ANNA, cart, store_cart
from tests.factories.order import NUMBER, order, store_order, waiting
from tests.factories.sap import ECC
from tests.support.firestore_counter import Count, counting
from tests.support.services import Reply, fixed, make_app, person, send

STYLES = (1, 3, 10)
PAGE = 24
LISTED = 130
"""So many that the fifth page of 25 is full, and not the last."""

SERVICES = ("carts", "catalog", "orders")
RATE = {"reads": 2, "reading RPCs": 1, "writes": 2, "commits": 1}
"""What it costs to count in the region how often a person and their company ask."""

RIGHTS = 1
"""Documents that a request reads to know what the person may do, with whatever it reads first."""


@dataclass
class Buyer:
    """Somebody of COMPANY, calling services over one database."""

    apps: dict[str, Flask]
    requests: int = 0

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Reply:
        """A request to /v1 + path."""
        self.requests += 1
        name = path.split("/")[1].partition("?")[0]
        sent = {"Authorization": person({COMPANY: "buyer"})} | {
            key.replace("_", "-"): value for key, value in headers.items()
        }
        return send(self.apps[name], method, f"/v1{path}", sent, body)

    def open_cart(self) -> Any:
        """A new cart."""
        made = self.ask("POST", "/carts", {"name": "Spring"}, Idempotency_Key="made-only-once")
        assert made.status == 201, made.body
        return made.body

    def fill(self, made: Any, lines: list[dict[str, Any]], tag: str | None = None) -> Reply:
        """Lines filled into a cart from its version, or from the one of `tag`."""
        path = f"/carts/{made['id']}/lines"
        return self.ask("PATCH", path, {"lines": lines}, If_Match=tag or made["etag"])

    def place(self, filled: Any) -> Reply:
        """The cart ordered."""
        return self.ask("POST", "/orders", placing(filled), Idempotency_Key="placed-once")


@pytest.fixture
def buyer(firestore: Client) -> Buyer:
    return Buyer({name: make_app(name, firestore, fixed(NOW)) for name in SERVICES})


def test_ordering_a_size_run_is_two_requests(buyer: Buyer, firestore: Client, hold: Hold) -> None:
    run = size_runs(1)
    open_shop(firestore, run, TODAY)
    made = buyer.open_cart()
    before = buyer.requests
    filled = buyer.fill(made, cells(run))
    placed = buyer.place(filled.body)
    assert (len(filled.body["lines"]), placed.status) == (40, 201)
    hold(
        "HTTP requests to order a 40-line size run from an open cart",
        {"requests": 2},
        {"requests": buyer.requests - before},
    )


@pytest.mark.parametrize("styles", STYLES)
@pytest.mark.parametrize("own", [False, True])
def test_changing_a_cart(
    buyer: Buyer, firestore: Client, hold: Hold, styles: int, *, own: bool
) -> None:
    runs = size_runs(styles)
    open_shop(firestore, runs, TODAY, own_prices=own)
    made = buyer.open_cart()
    # What is refused for its version has read what the commit builds on, and no more.
    with counting(firestore) as stale:
        assert buyer.fill(made, cells(runs), tag='"99"').status == 412
    with counting(firestore) as count:
        assert buyer.fill(made, cells(runs)).status == 200
    if styles == 1 and not own:
        hold(
            "Firestore per cart change: the commit and what it builds on",
            {"reads": 2 + RIGHTS, "writes": 1, "commits": 1},
            {"reads": stale.reads, "writes": count.writes, "commits": count.methods["Commit"]},
        )
    hold(
        f"Firestore per cart change: pricing and checks of {_styles(styles, own=own)}",
        {"documents": _priced(styles, own=own), "RPCs": 1},
        {"documents": count.reads - stale.reads, "RPCs": _reading(count) - _reading(stale)},
    )


@pytest.mark.parametrize(
    ("styles", "colours"), [*((styles, 4) for styles in STYLES), (1, 1), (1, 20)]
)
@pytest.mark.parametrize("own", [False, True])
def test_placing(
    buyer: Buyer, firestore: Client, hold: Hold, styles: int, colours: int, *, own: bool
) -> None:
    runs = size_runs(styles, colours)
    open_shop(firestore, runs, TODAY, own_prices=own)
    filled = buyer.fill(buyer.open_cart(), cells(runs)).body
    assert buyer.ask("GET", "/orders").status == 200  # The instance knows who asks.
    with counting(firestore) as count:
        assert buyer.place(filled).status == 201
    hold(
        f"Firestore per order of {_styles(styles, own=own)}, {10 * colours * styles} SKUs",
        {"reads": 4 * styles + 5 + RIGHTS, "reading RPCs": 2, "writes": styles + 4, "commits": 1},
        {
            "reads": count.reads,
            "reading RPCs": _reading(count),
            "writes": count.writes,
            "commits": count.methods["Commit"],
        },
    )


@pytest.mark.parametrize("styles", STYLES)
def test_changing_an_order(buyer: Buyer, firestore: Client, hold: Hold, styles: int) -> None:
    runs = size_runs(styles)
    open_shop(firestore, runs, TODAY)
    filled = buyer.fill(buyer.open_cart(), cells(runs)).body
    (order,) = buyer.place(filled).body["orders"]
    lines = [{"sku": cell["sku"], "quantity": cell["quantity"] + 1} for cell in cells(runs)]
    body = {"version": 1, "lines": lines}
    with counting(firestore) as count:
        path = f"/orders/{order['number']}/change"
        changed = buyer.ask("POST", path, body, Idempotency_Key="changed-once")
    assert (changed.status, changed.body["pieces"]) == (200, order["pieces"] + len(lines))
    hold(
        f"Firestore per change of an order of {_styles(styles)}, beside what counts how often",
        {"reads": 4 * styles + 5 + RIGHTS, "reading RPCs": 2, "writes": styles + 4, "commits": 1},
        {
            "reads": count.reads - RATE["reads"],
            "reading RPCs": _reading(count) - RATE["reading RPCs"],
            "writes": count.writes - RATE["writes"],
            "commits": count.methods["Commit"] - RATE["commits"],
        },
    )


def test_creating_a_cart(buyer: Buyer, firestore: Client, hold: Hold) -> None:
    open_shop(firestore, size_runs(1), TODAY)
    with counting(firestore) as count:
        buyer.open_cart()
    hold(
        "Firestore per new cart, with the person's rights and what counts how often",
        {"reads": 6 + RATE["reads"], "reading RPCs": 4 + 1, "writes": 1 + RATE["writes"]},
        {"reads": count.reads, "reading RPCs": _reading(count), "writes": count.writes},
    )


def test_handing_an_order_over(firestore: Client, connect: Connect, hold: Hold) -> None:
    store_order(firestore, order(handover=waiting()))
    with counting(firestore) as count:
        hand_over(firestore, connect, NUMBER, fixed(NOW), ECC)
    stored = orders.parse(orders.reference(firestore, NUMBER).get().to_dict(), COMPANY)
    assert stored.handover.attempts[-1].outcome == "created"
    hold(
        "Firestore per order that is handed over to SAP, with SAP's circuit",
        {"reads": 7, "writes": 2, "commits": 2},
        {"reads": count.reads, "writes": count.writes, "commits": count.methods["Commit"]},
    )


def test_a_task_that_waits_for_sap(firestore: Client, connect: Connect, hold: Hold) -> None:
    behind = [order(f"{i:010}-001", handover=waiting()) for i in range(20)]
    store_order(firestore, *behind)
    circuit.report(firestore, ECC.logical_system, Failure.UNREACHABLE, NOW, "")
    with counting(firestore) as count, pytest.raises(SapAwayProblem):
        hand_over(firestore, connect, behind[-1].number, fixed(NOW), ECC)
    hold(
        "Firestore per try of an order that waits while SAP is away",
        {"reads": 2, "RPCs": 1, "writes": 0},
        {"reads": count.reads, "RPCs": count.rpcs, "writes": count.writes},
    )


def test_reading_the_catalog(buyer: Buyer, firestore: Client, hold: Hold) -> None:
    open_shop(firestore, ordinary(2 * PAGE), TODAY)
    pages = {
        f"warm catalog page of {PAGE} styles": (f"/catalog/styles?limit={PAGE}", 1 + PAGE),
        "warm style page": ("/catalog/styles/10000", 2),
    }
    for path, _ in pages.values():
        assert buyer.ask("GET", path).status == 200
    for what, (path, reads) in pages.items():
        with counting(firestore) as count:
            assert buyer.ask("GET", path).status == 200
        hold(what, {"reads": reads + RIGHTS, "RPCs": 1}, {"reads": count.reads, "RPCs": count.rpcs})


def test_lists(buyer: Buyer, firestore: Client, hold: Hold) -> None:
    moments = [NOW - timedelta(minutes=i) for i in range(LISTED)]
    orders = (order(f"{i:010}-001", placed_at=at) for i, at in enumerate(moments))
    store_order(firestore, *orders)
    changes = (ANNA.model_copy(update={"at": at}) for at in moments)
    store_cart(firestore, *(cart(id=f"cart-{i}", changed=who) for i, who in enumerate(changes)))
    for what in ("orders", "carts"):
        first, *_, fifth = _pages(buyer, firestore, what)
        hold(
            f"list of {what}: its fifth page costs what its first does",
            {"reads": first.reads, "RPCs": first.rpcs},
            {"reads": fifth.reads, "RPCs": fifth.rpcs},
        )


def _pages(buyer: Buyer, firestore: Client, what: str) -> list[Count]:
    """What each of the first five pages of a list costs."""
    counts, query = [], ""
    for _ in range(5):
        with counting(firestore) as count:
            page = buyer.ask("GET", f"/{what}{query}").body
        counts.append(count)
        query = f"?cursor={page['next']}"
    return counts


def _reading(count: Count) -> int:
    """RPCs that read."""
    return count.rpcs - count.methods["Commit"]


def _priced(styles: int, *, own: bool) -> int:
    """The assortment and the discounts of many companies; of each style itself, its prices and
    stock, and the company's own prices."""
    return 2 + (4 if own else 3) * styles


def _styles(count: int, *, own: bool = False) -> str:
    styles = f"{count} style" if count == 1 else f"{count} styles"
    return f"{styles} with own prices" if own else styles
