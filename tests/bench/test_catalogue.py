"""100,000 SKUs in the catalog: first page after a start, page after a change, and memory."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from statistics import median
from typing import Any

import pytest
from google.auth.credentials import AnonymousCredentials
from google.cloud.firestore import Client

from shared.style.model import Style
from tests.bench.conftest import Report
from tests.bench.deployed import BARE, Deployed
from tests.bench.large import (
    CURRENCIES,
    LANGUAGES,
    SKUS,
    STYLES,
    price_keys,
    store_companies,
    store_large_catalogue,
    styles,
)
from tests.bench.people import token
from tests.bench.running import Server, first_answer, running
from tests.bench.table import BudgetLine
from tests.factories.availability import availability, store_availability
from tests.factories.catalogue import let_announcements_pass
from tests.factories.price import prices, store_prices
from tests.factories.style import store_style

PAGE = "/v1/catalog/styles?limit=24"
STARTS, CHANGES = 5, 15
START_ALLOWED, CHANGE_ALLOWED = 2.5, 3
MEMORY = 512
"""MiB."""
WHAT = f"{STYLES:,} styles, {SKUS:,} SKUs"


@pytest.fixture(scope="module")
def given() -> list[Style]:
    return styles()


@pytest.fixture(scope="module")
def db(firestore_host: str, given: list[Style]) -> Iterator[Client]:
    """A database with the large catalogue, and stock of what is shown first."""
    client = Client(project=f"bench-{uuid.uuid4().hex[:20]}", credentials=AnonymousCredentials())
    store_large_catalogue(client, given)
    store_availability(client, *(availability(one, 100) for one in given[:100]))
    yield client
    client.close()


@pytest.fixture(scope="module")
def companies(db: Client) -> list[str]:
    return store_companies(db, datetime.now(UTC).date())


@pytest.fixture
def environment(db: Client, firestore_host: str) -> dict[str, str]:
    return {
        "GOOGLE_CLOUD_PROJECT": db.project,
        "IDENTITY_PROJECT": db.project,
        "FIRESTORE_EMULATOR_HOST": firestore_host,
        "FIREBASE_AUTH_EMULATOR_HOST": "unused:1",
    }


def read(
    server: Server, db: Client, company: str, path: str = PAGE, language: str = "en"
) -> tuple[float, Any]:
    """Seconds that an answer took, and the answer."""
    authorization = f"Bearer {token(db.project, company)}"
    headers = {"Authorization": authorization, "Accept-Language": language}
    answer = server.ask("GET", path, headers=headers)
    assert answer.status == 200, answer.body
    return answer.seconds, answer.json


def test_first_page_after_a_start(
    deployed: dict[str, Deployed],
    environment: dict[str, str],
    db: Client,
    companies: list[str],
    report: Report,
) -> None:
    multiples, seconds = [], []
    for _ in range(STARTS):
        with running(deployed[BARE], {}) as bare:
            first_answer(bare, BARE)
            least = bare.processor_seconds
        with running(deployed["catalog"], environment) as server:
            first_answer(server, "catalog")
            _, page = read(server, db, companies[0])
            assert (page["total"], len(page["items"])) == (STYLES, 24)
            seconds.append(server.processor_seconds)
        multiples.append(seconds[-1] / least)
    multiple = median(multiples)
    measured = f"{multiple:.2f} × ({median(seconds):.2f} s of processor)"
    what = f"cold start of catalog to its first page, {WHAT}"
    allowed = f"≤ {START_ALLOWED} × bare framework"
    report(BudgetLine(what, allowed, measured, multiple <= START_ALLOWED))


def test_a_change_and_memory(
    deployed: dict[str, Deployed],
    environment: dict[str, str],
    db: Client,
    companies: list[str],
    given: list[Style],
    report: Report,
) -> None:
    with running(deployed["catalog"], environment) as server:
        first_answer(server, "catalog")
        for _ in range(3):
            read(server, db, companies[0])
        warm = median(read(server, db, companies[0])[0] for _ in range(CHANGES))
        row = f"warm catalog page, {WHAT}"
        report(BudgetLine(row, "(the measure of the next two)", f"{warm * 1000:.1f} ms", held=True))
        for what, change in (("price", change_price), ("style", change_style)):
            times = []
            for number in range(CHANGES):
                change(db, given, number)
                second, page = read(server, db, companies[0])
                times.append(second)
                assert page["total"] == STYLES
                assert shows(page, what, number), page["items"][number]
            multiple = median(times) / warm
            let_announcements_pass(db)
            measured = f"{multiple:.1f} × ({median(times) * 1000:.1f} ms)"
            row = f"first catalog page after a {what} changed, {WHAT}"
            allowed = f"≤ {CHANGE_ALLOWED} × a warm page"
            report(BudgetLine(row, allowed, measured, multiple <= CHANGE_ALLOWED))
        for company in companies:
            for language in LANGUAGES:
                read(server, db, company, language=language)
        for company in companies[:: len(CURRENCIES)]:  # one of each assortment
            for language in LANGUAGES:
                read(server, db, company, f"{PAGE}&q=baren", language)
                read(server, db, company, f"{PAGE}&sort=name", language)
        memory = server.memory / 2**20
    row = f"memory of catalog, {WHAT}, {len(LANGUAGES)} languages, {len(companies)} companies"
    report(BudgetLine(row, f"< {MEMORY} MiB", f"{memory:.0f} MiB", memory < MEMORY))


def change_price(db: Client, given: list[Style], number: int) -> None:
    """One style's prices in EUR, the RRP by a cent."""
    one = given[number]
    keys = price_keys(one.rank)
    changed = {
        name: key.model_copy(
            update={
                "records": [
                    record.model_copy(update={"amount": 77_700 + number}) for record in key.records
                ]
            }
        )
        if key.kind == "rrp"
        else key
        for name, key in keys.items()
    }
    store_prices(db, prices(one.number, keys=changed.values()))


def change_style(db: Client, given: list[Style], number: int) -> None:
    """One style's name."""
    changed = given[number].model_copy(update={"names": {"en": f"Renamed {number}"}})
    store_style(db, changed)


def shows(page: Any, what: str, number: int) -> bool:
    """Whether the changed style is on the page as it is now."""
    item = page["items"][number]
    if what == "price":
        return bool(item["rrp"]["amount"] == 77_700 + number)
    return bool(item["name"] == f"Renamed {number}")
