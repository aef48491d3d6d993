"""The desk of the brand's operators: a message is quarantined, looked at, dealt with, and told of."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from google.cloud.firestore import Client, DocumentReference, DocumentSnapshot, FieldFilter
from google.cloud.pubsub_v1 import PublisherClient
from playwright.sync_api import Page, expect

from emulators.local.plan import PROJECT
from tests.factories.sap_prices import cond_a, position_of
from tests.support.browser import Visits
from tests.support.wait import wait_until

Cloud = dict[str, Any]
BAD = {
    "IDOCS": [{"EDI_DC40": {"MESTYP": "ZDESK", "DOCNUM": "0000000000004711"}, "Z1X": [{"A": "7"}]}]
}


@pytest.fixture
def _emulators(monkeypatch: pytest.MonkeyPatch, local_cloud: Cloud) -> None:
    for name, address in local_cloud["emulators"].items():
        monkeypatch.setenv(name, address)


def _publish(message: Any) -> str:
    publisher = PublisherClient()
    topic = publisher.topic_path(PROJECT, "sap-prices")
    return str(publisher.publish(topic, json.dumps(message).encode()).result(timeout=30))


def _found(db: Client, message: str) -> Iterator[DocumentSnapshot[DocumentReference]]:
    wanted = FieldFilter("message_id", "==", message)
    return db.collection("quarantine").where(filter=wanted).stream()


def _quarantined(message: str) -> str:
    """The entry of a message, once it is there."""
    db = Client(project=PROJECT)
    [found, *_] = wait_until(lambda: list(_found(db, message)), what=f"{message} in quarantine")
    return found.id.replace("~", ".")


@pytest.mark.usefixtures("_emulators")
def test_an_operator_looks_at_a_bad_message_replays_and_discards_it(portal: Visits) -> None:
    entry = _quarantined(_publish(BAD))
    page = portal("Maria", "/desk")
    expect(page.get_by_role("heading", name="Desk")).to_be_visible()
    page.get_by_role("link", name="To the quarantine").click()
    page.get_by_role("link", name=entry, exact=True).click()
    expect(page.get_by_text("0000000000004711").first).to_be_visible()
    # It fails again, and is quarantined anew under its new number.
    page.get_by_role("button", name="Replay").click()
    told = page.get_by_text(re.compile(r"Replayed as message \d+"))
    expect(told).to_be_visible()
    again = _quarantined(re.findall(r"\d+", told.inner_text())[0])
    page.goto(page.url.replace(entry, again))
    page.get_by_role("button", name="Discard").click()
    page.get_by_label("Reason").fill("A test of SAP's")
    page.get_by_role("dialog").get_by_role("button", name="Discard").click()
    expect(page.get_by_text("Discarded by Maria Costa")).to_be_visible()
    page = portal("Ines", "/desk/audit")
    rows = page.get_by_role("row").filter(has_text="Maria Costa")
    expect(
        rows.filter(has_text="Discarded").filter(has_text="A test of SAP's").first
    ).to_be_visible()
    expect(rows.filter(has_text="Replayed").first).to_be_visible()


def _price_per_case(style: str) -> dict[str, Any]:
    """SAP's price of an article that has not come, per a unit that it would have to tell."""
    idoc = cond_a(style, f"{datetime.now(UTC):%Y%m%d%H%M%S000000}", "480.00")
    position_of(idoc)["KMEIN"] = "KAR"
    return {"IDOCS": [idoc]}


@pytest.mark.usefixtures("_emulators")
def test_an_operator_looks_at_what_waits_and_discards_it(portal: Visits) -> None:
    style = f"9{uuid4().int % 10**8:08}"
    _publish(_price_per_case(style))
    db = Client(project=PROJECT)
    waits = FieldFilter("awaits", "array_contains", f"article {style}")
    wait_until(
        lambda: list(db.collection("waiting").where(filter=waits).stream()), what=f"{style} waits"
    )
    page = portal("Maria", "/desk")
    page.get_by_role("link", name="To the waiting messages").click()
    page.get_by_label("Waits for").select_option(label="Article")
    page.get_by_label("Number contains").fill(style)
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("cell", name=f"Article {style}")).to_be_visible()
    page.get_by_role("row").filter(has_text=style).get_by_role("link").click()
    expect(page.get_by_text(f"the article {style} has not come")).to_be_visible()
    page.get_by_role("button", name="Replay").click()
    expect(page.get_by_text(re.compile(r"Replayed as message \d+\. It waits"))).to_be_visible()
    page.get_by_role("button", name="Discard").click()
    page.get_by_label("Reason").fill("An article of another brand")
    page.get_by_role("dialog").get_by_role("button", name="Discard").click()
    expect(page.get_by_text("Discarded by Maria Costa")).to_be_visible()
    rows = portal("Ines", "/desk/audit").get_by_role("row").filter(has_text="waiting/")
    expect(rows.filter(has_text="An article of another brand").first).to_be_visible()


def _looked_at(page: Page) -> None:
    """What the list has just pulled from its subscription is given back in a moment only."""
    discard = page.get_by_role("button", name="Discard")
    gone = page.get_by_text("This does not exist.")
    for _ in range(5):
        expect(discard.or_(gone).first).to_be_visible()
        if discard.is_visible():
            return
        page.reload()
    expect(discard).to_be_visible()


@pytest.mark.usefixtures("_emulators")
def test_an_operator_replays_and_discards_dead_letters(portal: Visits) -> None:
    portal.allow("status of 404")
    publisher = PublisherClient()
    topic = publisher.topic_path(PROJECT, "sap-prices-dead")
    first, second = (
        publisher.publish(topic, json.dumps(BAD).encode()).result(timeout=30) for _ in range(2)
    )
    page = portal("Maria", "/desk/dead-letters")
    page.get_by_role("link", name=f"sap-prices.{first}", exact=True).click()
    _looked_at(page)
    expect(page.get_by_text("0000000000004711").first).to_be_visible()
    page.get_by_role("button", name="Replay").click()
    expect(page.get_by_text("It is published to its topic again.")).to_be_visible()
    page.get_by_role("link", name="To the dead letters").click()
    page.get_by_role("link", name=f"sap-prices.{second}", exact=True).click()
    _looked_at(page)
    page.get_by_role("button", name="Discard").click()
    page.get_by_label("Reason").fill("Not from SAP")
    page.get_by_role("dialog").get_by_role("button", name="Discard").click()
    expect(page.get_by_text("It is discarded.")).to_be_visible()
    page.get_by_role("link", name="To the dead letters").click()
    expect(page.get_by_text("Nothing here.")).to_be_visible()
    rows = portal("Ines", "/desk/audit").get_by_role("row").filter(has_text="dead_letters/")
    expect(rows.filter(has_text="Replayed").first).to_be_visible()
    expect(rows.filter(has_text="Not from SAP").first).to_be_visible()


def test_to_a_buyer_there_is_no_desk(portal: Visits) -> None:
    page = portal("Megan", "/desk/quarantine")
    expect(page.get_by_role("heading", name="There is nothing at this address.")).to_be_visible()
    expect(page.get_by_role("link", name="Quarantine")).to_have_count(0)
