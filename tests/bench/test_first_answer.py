"""What each function costs from its start to its first real answer, beside the bare framework.

A real answer has read Firestore for a caller whose token was checked. The catalog with all
its styles has a benchmark of its own.
"""

import json
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from statistics import median

import pytest
from google.auth.credentials import AnonymousCredentials
from google.cloud.firestore import Client

from emulators.local.plan import TOPIC_TO_FUNCTION
from emulators.oidc import Issuer, load_issuer
from shared.order.handover import HandoverState
from tests.bench.conftest import Report
from tests.bench.deployed import BARE, Deployed
from tests.bench.people import token
from tests.bench.running import EVENT_HEADERS, EVENTS, Reply, Server, first_answer, running
from tests.bench.shop import COMPANY, open_shop, ordinary
from tests.bench.table import BudgetLine
from tests.factories.order import NUMBER, order, store_order, waiting
from tests.support.pushing import AUDIENCE, CALLER, certificates, recorded

ROUNDS = 10
ALLOWED = 1.6
STYLES = 24

ASKED = {
    "accounts": "/accounts/me",
    "carts": "/carts",
    "catalog": f"/catalog/styles?limit={STYLES}",
    "orders": "/orders",
}


@pytest.fixture(scope="module")
def project(firestore_host: str) -> str:
    """A project whose database has one company, a page of styles, and an order that SAP has."""
    project = f"bench-{uuid.uuid4().hex[:20]}"
    db = Client(project=project, credentials=AnonymousCredentials())
    open_shop(db, ordinary(STYLES), datetime.now(UTC).date())
    store_order(db, order(handover=waiting(state=HandoverState.ACCEPTED)))
    db.close()
    return project


@pytest.fixture(scope="module")
def issuer() -> Issuer:
    return load_issuer(None)


@pytest.fixture(scope="module")
def environment(project: str, firestore_host: str, issuer: Issuer) -> Iterator[dict[str, str]]:
    with certificates(issuer) as url:
        yield {
            "GOOGLE_CLOUD_PROJECT": project,
            "IDENTITY_PROJECT": project,
            "FIRESTORE_EMULATOR_HOST": firestore_host,
            "FIREBASE_AUTH_EMULATOR_HOST": "unused:1",
            "OIDC_AUDIENCE": AUDIENCE,
            "OIDC_CALLER": CALLER,
            "OIDC_CERTS_URL": url,
        }


@pytest.mark.timeout(900)
def test_first_answer(
    deployed: dict[str, Deployed],
    environment: dict[str, str],
    project: str,
    issuer: Issuer,
    report: Report,
) -> None:
    tokens = {"buyer": token(project, COMPANY), "machine": issuer.mint(AUDIENCE, CALLER)}
    for name in sorted({*ASKED, "export_order", "reconcile", *EVENTS}):
        ratios = [
            _seconds(deployed[name], environment, tokens) / _seconds(deployed[BARE], {}, tokens)
            for _ in range(ROUNDS)
        ]
        ratio = median(ratios)
        measured = f"{ratio:.2f} × ({min(ratios):.2f}-{max(ratios):.2f})"
        what = f"processor time of {name} to its first real answer"
        report(BudgetLine(what, f"≤ {ALLOWED} × bare framework", measured, ratio <= ALLOWED))


def _seconds(one: Deployed, environment: dict[str, str], tokens: dict[str, str]) -> float:
    """Processor seconds of a process from its start to the answer."""
    with running(one, environment) as server:
        first_answer(server, one.name)
        if one.name != BARE:
            answer = _ask(server, one.name, tokens)
            assert answer.status in (200, 204), answer
        return server.processor_seconds


def _ask(server: Server, name: str, tokens: dict[str, str]) -> Reply:
    machine = {"Authorization": f"Bearer {tokens['machine']}"}
    if name in EVENTS:
        topic = next(topic for topic, to in TOPIC_TO_FUNCTION.items() if to == name)
        body = json.dumps(recorded(topic)).encode()
        return server.ask("POST", "/", body, {**EVENT_HEADERS, **machine})
    if name == "export_order":
        task = json.dumps({"order": NUMBER}).encode()
        json_body = {"Content-Type": "application/json"}
        return server.ask("POST", "/v1/export_order", task, {**machine, **json_body})
    if name == "reconcile":
        return server.ask("POST", "/v1/reconcile", None, machine)
    buyer = {"Authorization": f"Bearer {tokens['buyer']}"}
    return server.ask("GET", f"/v1{ASKED[name]}", None, buyer)
