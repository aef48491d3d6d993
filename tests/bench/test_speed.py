"""A buyer's way from the catalog to an order, one request at a time, beside a bare hello.

The functions run as the local cloud runs them and hold 3,000 styles. All requests of a
round follow one another, so that whatever else the machine does slows all alike. Every
round turns to a page, a style and a cart that were not seen before.
"""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from typing import Any

import grpc
import pytest
from google.auth.credentials import AnonymousCredentials
from google.cloud.firestore import Client
from google.cloud.tasks_v2 import CloudTasksClient, Queue
from google.cloud.tasks_v2.services.cloud_tasks.transports import CloudTasksGrpcTransport

from emulators.cloud_tasks import server as cloud_tasks
from tests.bench.conftest import Report
from tests.bench.deployed import BARE, Deployed
from tests.bench.people import identity_platform, token
from tests.bench.running import Reply, Server, first_answer, hello, running
from tests.bench.shop import COMPANY, cells, open_shop, ordinary, placing, size_runs
from tests.bench.table import BudgetLine

STYLES, PAGE = 3_000, 24
WARMING, ROUNDS = 3, 30
MULTIPLES = {"catalog page": 8, "style page": 4, "filling 40 cells": 12, "placing 40 lines": 15}
MEMORY = 512
"""MiB."""

LOCATION = "projects/demo-sellin/locations/europe-west1"
SERVICES = ("catalog", "carts", "orders")


@dataclass
class Buyer:
    """Somebody of COMPANY who calls the running functions."""

    servers: dict[str, Server]
    token: str
    language: str = "en"

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Reply:
        """A request to /v1 + path, which must succeed."""
        sent = {
            "Authorization": f"Bearer {self.token}",
            "Accept-Language": self.language,
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        content = None
        if body is not None:
            sent["Content-Type"] = "application/json"
            content = json.dumps(body).encode()
        server = self.servers[path.split("/")[1].partition("?")[0]]
        answer = server.ask(method, f"/v1{path}", content, sent)
        assert answer.status in (200, 201), answer.body
        return answer


@pytest.fixture(scope="module")
def project(firestore_host: str) -> str:
    """A project whose database has STYLES styles, and one of 40 SKUs for each round."""
    project = f"bench-{uuid.uuid4().hex[:20]}"
    db = Client(project=project, credentials=AnonymousCredentials())
    styles = [*ordinary(STYLES), *size_runs(WARMING + ROUNDS)]
    open_shop(db, styles, datetime.now(UTC).date())
    db.close()
    return project


@pytest.fixture(scope="module")
def servers(
    deployed: dict[str, Deployed], project: str, firestore_host: str
) -> Iterator[dict[str, Server]]:
    """The functions of SERVICES, and BARE for hello."""
    with cloud_tasks.serve(cloud_tasks.Config()) as tasks, ExitStack() as stack:
        environment = {
            "GOOGLE_CLOUD_PROJECT": project,
            "IDENTITY_PROJECT": project,
            "FIRESTORE_EMULATOR_HOST": firestore_host,
            "FIREBASE_AUTH_EMULATOR_HOST": stack.enter_context(identity_platform(COMPANY)),
            "CLOUD_TASKS_EMULATOR_HOST": tasks.address,
            "EXPORT_QUEUE": _paused_queue(tasks.address),
        }
        started = {BARE: stack.enter_context(hello(deployed[BARE]))}
        for name in SERVICES:
            started[name] = stack.enter_context(running(deployed[name], environment))
            first_answer(started[name], name)
        yield started


def _paused_queue(address: str) -> str:
    """A queue that keeps its tasks: nobody is there to take an order."""
    channel = grpc.insecure_channel(address)
    with CloudTasksClient(transport=CloudTasksGrpcTransport(channel=channel)) as client:
        name = f"{LOCATION}/queues/export-orders"
        client.create_queue(parent=LOCATION, queue=Queue(name=name))
        client.pause_queue(name=name)
    return name


def test_speed_and_memory(servers: dict[str, Server], project: str, report: Report) -> None:
    buyer = Buyer(servers, token(project, COMPANY))
    times: dict[str, list[float]] = defaultdict(list)
    query = ""
    for number in range(WARMING + ROUNDS):
        page = buyer.ask("GET", f"/catalog/styles?limit={PAGE}{query}")
        query = f"&cursor={page.json['next']}"
        answers = {BARE: servers[BARE].ask("GET", "/"), "catalog page": page}
        answers |= _ordering(buyer, number)
        if number >= WARMING:
            for what, answer in answers.items():
                times[what].append(answer.seconds)
    p50 = {what: median(seconds) for what, seconds in times.items()}
    for what, allowed in MULTIPLES.items():
        multiple = p50[what] / p50[BARE]
        measured = f"{multiple:.1f} × ({p50[what] * 1000:.1f} ms)"
        report(BudgetLine(f"p50 of {what}", f"≤ {allowed} × hello", measured, multiple <= allowed))
    _report_memory(buyer, report)


def _ordering(buyer: Buyer, number: int) -> dict[str, Reply]:
    """A style looked at, a new cart filled with forty cells, and placed."""
    (run,) = size_runs(number + 1)[number:]
    made = buyer.ask("POST", "/carts", {"name": "Spring"}, Idempotency_Key=f"cart-{number:04}")
    path = f"/carts/{made.json['id']}/lines"
    filling = {"lines": cells([run])}
    filled = buyer.ask("PATCH", path, filling, If_Match=made.json["etag"])
    order = placing(filled.json)
    placed = buyer.ask("POST", "/orders", order, Idempotency_Key=f"order-{number:04}")
    return {
        "style page": buyer.ask("GET", f"/catalog/styles/{10000 + number}"),
        "filling 40 cells": filled,
        "placing 40 lines": placed,
    }


def _report_memory(buyer: Buyer, report: Report) -> None:
    """Of the catalog after searching in two languages, too."""
    for buyer.language in ("de", "en"):
        assert buyer.ask("GET", f"/catalog/styles?limit={PAGE}&q=tech").json["items"]
    for name in SERVICES:
        memory = buyer.servers[name].memory / 2**20
        what = f"memory of {name} after {WARMING + ROUNDS} orders, {STYLES:,} styles"
        report(BudgetLine(what, f"< {MEMORY} MiB", f"{memory:.0f} MiB", memory < MEMORY))
