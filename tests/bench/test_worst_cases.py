"""The most that one company or one style must bear: what a request costs stays what it was.

10,000 doors of a company, 50,000 customers that have their own price of a style, and 100,000
companies. 20,000 unsettled orders of a style cost few enough seconds to be among the tests
(`tests/integration/functions/orders/test_many_orders.py`).
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from google.cloud.firestore import Client

from functions.sync_customers import handler as customers
from functions.sync_prices import handler as conditions
from shared.company.repository import reference
from shared.event.message import SapMessage
from shared.store import to_document
from tests.bench.conftest import Hold
from tests.bench.shop import COMPANY, WINDOW, open_shop, placing, size_runs
from tests.factories.assortment import NOW, TODAY
from tests.factories.company import company
from tests.factories.sap import ECC, PUBLISHED_AT, kunnr, packet, stamp
from tests.factories.sap_customers import debmas
from tests.factories.sap_prices import cond_a
from tests.support.firestore_counter import Count, counting
from tests.support.services import MACHINE, Reply, fixed, make_app, person, send

DOORS = [str(300001 + i) for i in range(10_000)]
CUSTOMERS = [COMPANY, *(str(400001 + i) for i in range(49_999))]
OTHERS = [str(500001 + i) for i in range(100_000)]
COMMIT = 500
"""Documents of a commit."""

MESSAGE = 10_000
"""Price keys of a message."""

RIGHTS = 1
"""Each request here is the first of an instance, so it reads the caller's rights, too."""


def test_a_company_of_10_000_doors(firestore: Client, hold: Hold) -> None:
    run = size_runs(1)
    open_shop(firestore, run, TODAY)
    message = SapMessage(
        "1", "sap-customers", packet(debmas(COMPANY, doors=DOORS)), {}, PUBLISHED_AT
    )
    with counting(firestore) as taken:
        customers.apply(firestore, ECC, message)
    hold(
        "message with 10,000 doors of a company",
        {"writes per door": 1, "documents of a commit": 101},
        {
            "writes per door": taken.writes // len(DOORS),
            "documents of a commit": -(-taken.writes // taken.methods["Commit"]),
        },
    )
    with counting(firestore) as again:
        customers.apply(firestore, ECC, message)
    assert again.writes == 0

    def page(query: str) -> tuple[Count, Any]:
        with counting(firestore) as count:
            return count, _ask(firestore, "GET", f"/accounts/company/doors?{query}").body

    pages = {"first page": page("limit=25"), "page found by city": page("limit=25&q=ber")}
    pages["page in the middle"] = page(f"limit=25&cursor={DOORS[5_000]}")
    for name, (count, answer) in pages.items():
        assert len(answer["items"]) == 25
        hold(f"{name} of 10,000 doors", {"reads": 28 + RIGHTS, "RPCs": 3 + RIGHTS}, _cost(count))
    assert page(f"q={DOORS[-1]}")[1]["items"][0]["id"] == DOORS[-1]
    _order(firestore, hold, "with one of 10,000 doors", DOORS[7_777], reads=9, amount=2250)


def test_among_100_000_companies(firestore: Client, hold: Hold) -> None:
    run = size_runs(1)
    open_shop(firestore, run, TODAY)
    with ThreadPoolExecutor(4) as pool:
        starts = range(0, len(OTHERS), COMMIT)
        list(pool.map(lambda first: _store(firestore, OTHERS[first : first + COMMIT]), starts))
    asked = ["/accounts/me", "/accounts/company", "/catalog/styles", "/carts", "/orders"]
    with counting(firestore) as count:
        for path in asked:
            assert _ask(firestore, "GET", path).status == 200
    _order(firestore, hold, "among 100,000 companies", "200001", reads=8, amount=2250)
    queried = [query.structured_query.from_[0].collection_id for query in count.queries]
    assert "companies" not in queried
    hold(
        f"{len(asked)} pages on fresh instances among 100,000 companies",
        {"reads": 25},
        {"reads": count.reads},
    )
    message = SapMessage("1", "sap-customers", packet(debmas(OTHERS[50_000])), {}, PUBLISHED_AT)
    with counting(firestore) as told:
        customers.apply(firestore, ECC, message)
    hold("message of one of 100,000 companies", {"reads": 2}, {"reads": told.reads})
    reconcile = make_app("reconcile", firestore, fixed(NOW))
    machine = {"Authorization": f"Bearer {MACHINE}"}
    with counting(firestore) as swept:
        assert send(reconcile, "POST", "/v1/reconcile", machine).status == 200
    hold("a sweep among 100,000 companies", {"reads": 24}, {"reads": swept.reads})


def test_a_style_with_50_000_own_prices(firestore: Client, hold: Hold) -> None:
    run = size_runs(1)
    open_shop(firestore, run, TODAY)
    number = run[0].number
    for first in range(0, len(CUSTOMERS), MESSAGE):
        keys = [
            cond_a(number, stamp(1), "19.00", KOTABNR="304", KUNNR=kunnr(customer))
            for customer in CUSTOMERS[first : first + MESSAGE]
        ]
        conditions.apply(
            firestore, ECC, SapMessage(str(first), "sap-prices", packet(*keys), {}, PUBLISHED_AT)
        )
    _order(firestore, hold, "with one of 50,000 own prices", "200001", reads=9, amount=1900)


def _store(db: Client, ids: list[str]) -> None:
    """Companies as `debmas` of SAP leaves them, in one commit."""
    document = to_document(company())
    batch = db.batch()
    for one in ids:
        batch.set(reference(db, one), document | {"id": one})
    batch.commit()


def _order(db: Client, hold: Hold, what: str, door: str, reads: int, amount: int) -> None:
    """A cart filled and placed, at what it may cost."""
    made = _ask(db, "POST", "/carts", {"name": "Spring"}, Idempotency_Key="made-only-once").body
    line = {"sku": "50000-100-36", "door": door, "window": WINDOW, "quantity": 10}
    body = {"lines": [line]}
    filled = _ask(db, "PATCH", f"/carts/{made['id']}/lines", body, If_Match=made["etag"])
    assert filled.status == 200, filled.body
    assert filled.body["lines"][0]["unit_price"]["amount"] == amount
    with counting(db) as count:
        placed = _ask(db, "POST", "/orders", placing(filled.body), Idempotency_Key="placed-once")
    assert placed.status == 201, placed.body
    hold(f"order of 1 style {what}", {"reads": reads + RIGHTS, "RPCs": 3 + RIGHTS}, _cost(count))


def _ask(db: Client, method: str, path: str, body: Any = None, **headers: str) -> Reply:
    sent = {"Authorization": person({COMPANY: "buyer"})}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    app = make_app(path.split("/")[1], db, fixed(NOW))
    return send(app, method, f"/v1{path}", sent, body)


def _cost(count: Count) -> dict[str, int]:
    return {"reads": count.reads, "RPCs": count.rpcs}
