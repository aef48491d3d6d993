"""Eight people who place at once: of one company, and of eight."""

import time
from functools import partial
from statistics import median
from typing import Any

from flask import Flask
from google.cloud.firestore import Client

from shared.style.model import Style
from tests.bench.conftest import Report
from tests.bench.shop import COMPANY, cells, open_shop, placing, size_runs
from tests.bench.table import BudgetLine
from tests.factories.assortment import NOW, TODAY
from tests.factories.company import company, store_company
from tests.support.crowd import at_once
from tests.support.services import Reply, fixed, make_app, person, send

PEOPLE, WARMING, ROUNDS = 8, 2, 10
LEAST = 0.8


def test_people_of_one_company_order_as_fast_as_of_eight(firestore: Client, report: Report) -> None:
    """Everyone orders a style of their own, so all that they may share is the company."""
    styles = size_runs(PEOPLE)
    open_shop(firestore, styles, TODAY)
    companies = [str(int(COMPANY) + i) for i in range(PEOPLE)]
    store_company(firestore, *map(company, companies))
    apps = {name: make_app(name, firestore, fixed(NOW)) for name in ("carts", "orders")}
    seconds: dict[str, list[float]] = {"one": [], "eight": []}
    # In turns, so that whatever else the machine does slows both alike.
    for number in range(WARMING + ROUNDS):
        for kind, owners in (("one", [COMPANY] * PEOPLE), ("eight", companies)):
            requests = [
                partial(_place, apps["orders"], owner, uid, _filled(apps["carts"], owner, uid, one))
                for uid, owner, one in zip(
                    (f"{kind}-{number}-{i}" for i in range(PEOPLE)), owners, styles, strict=True
                )
            ]
            begun = time.perf_counter()
            answers = at_once(requests)
            if number >= WARMING:
                seconds[kind].append(time.perf_counter() - begun)
            assert {answer.status for answer in answers} == {201}
    one_company, eight = (PEOPLE / median(taken) for taken in seconds.values())
    report(
        BudgetLine(
            f"{PEOPLE} people of one company placing 40 lines at once, beside {PEOPLE} companies",
            f"≥ {LEAST} x the orders per second",
            f"{one_company / eight:.2f} ({one_company:.1f}/s, {eight:.1f}/s)",
            one_company / eight >= LEAST,
        )
    )


def _filled(app: Flask, owner: str, uid: str, style: Style) -> Any:
    """A cart with every SKU of a style."""
    headers = {"Authorization": person({owner: "buyer"}, uid), "Idempotency-Key": f"made-by-{uid}"}
    made = send(app, "POST", "/v1/carts", headers, {"name": "Spring"}).body
    lines = {"lines": cells([style])}
    headers |= {"If-Match": made["etag"], "Idempotency-Key": f"filled-by-{uid}"}
    return send(app, "PATCH", f"/v1/carts/{made['id']}/lines", headers, lines).body


def _place(app: Flask, owner: str, uid: str, cart: Any) -> Reply:
    headers = {"Authorization": person({owner: "buyer"}, uid), "Idempotency-Key": f"by-{uid}"}
    return send(app, "POST", "/v1/orders", headers, placing(cart))
