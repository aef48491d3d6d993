"""The desk's reconciliation: what SAP never told of an order is found, and told of by itself."""

from datetime import UTC, datetime
from typing import Any

import pytest
from google.cloud.firestore import Client
from playwright.sync_api import Page, expect

from emulators.local.plan import PROJECT
from shared.day import day_in
from shared.reconciliation.model import State
from shared.reconciliation.repository import current_reference, difference_reference
from tests.factories.sap import ECC
from tests.support import portal as api
from tests.support import sap, walking
from tests.support.browser import Visits
from tests.support.portal import Person, line
from tests.support.schedule import reconcile
from tests.support.wait import wait_until

Cloud = dict[str, Any]
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def db(monkeypatch: pytest.MonkeyPatch, local_cloud: Cloud) -> Client:
    for name, address in local_cloud["emulators"].items():
        monkeypatch.setenv(name, address)
    return Client(project=PROJECT)


@pytest.fixture
def megan(local_cloud: Cloud) -> Person:
    """Buys for an American company, in English."""
    return api.person(local_cloud, "Megan")


def _ordered(buyer: Person) -> dict[str, Any]:
    [sku, *_] = buyer.read("catalog/styles/10001")["colourways"][0]["sizes"]
    door = walking.doors(buyer)[0]["id"]
    cart = api.new_cart(buyer, [line(sku["sku"], door, walking.pre_books(buyer)[0], 12)])
    [order] = api.placed(buyer, cart, api.new_key()[:20])
    return dict(order)


def _handed_over_long_ago(db: Client, number: str) -> None:
    """As if all that SAP may have said of it would have come by now."""
    reference = db.document(f"orders/{number}")

    def attempts() -> list[dict[str, Any]] | None:
        handover = (reference.get().to_dict() or {})["handover"]
        return handover["attempts"] if handover["state"] == "accepted" else None

    done = wait_until(attempts, what=f"{number} in SAP")
    reference.update({"handover.attempts": [each | {"at": LONG_AGO} for each in done or ()]})


def _wait_for(cloud: Cloud, db: Client, number: str, state: State) -> None:
    """With the scheduler's calls, and as if `GRACE` were over before each."""
    reference = difference_reference(db, number)

    def ask() -> bool:
        reconcile(cloud)
        found = reference.get().to_dict() or {}
        if found.get("state") in (State.SEEN.value, State.MENDING.value):
            reference.update({"due_at": LONG_AGO})
        return found.get("state") == state.value

    wait_until(ask, timeout=90, what=f"difference of {number} {state}", every=1)


def _no_other_run(db: Client) -> None:
    """One that the night has begun is given up, and none begins tonight."""
    night = day_in(ECC.zone, datetime.now(UTC)).isoformat()
    current_reference(db).set({"active": "", "night": night}, merge=True)


def _begin(page: Page, company: str) -> None:
    page.get_by_role("link", name="Reconciliation").click()
    page.get_by_label("Customer number (empty for all)").fill(company)
    page.get_by_role("button", name="Compare now").click()
    expect(page.get_by_text("It begins within a minute.")).to_be_visible()


def test_what_sap_never_told_of_an_order_is_found_and_mended(
    portal: Visits, local_cloud: Cloud, db: Client, megan: Person
) -> None:
    with sap.losing_messages(local_cloud):
        order = _ordered(megan)
        number = order["number"]
        _handed_over_long_ago(db, number)
    _no_other_run(db)
    page = portal("Maria", "/desk")
    _begin(page, db.document(f"orders/{number}").get().get("company"))
    _wait_for(local_cloud, db, number, State.MENDED)
    api.confirmed(megan, number)
    page.get_by_role("link", name="To the differences").click()
    page.get_by_label("State").select_option("mended")
    row = page.get_by_role("row").filter(has_text=number)
    expect(row.get_by_role("cell", name="Never confirmed by SAP")).to_be_visible()
    row.get_by_role("link").click()
    expect(page.get_by_role("button", name="Take SAP's over")).to_have_count(0)
