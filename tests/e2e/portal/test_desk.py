"""The desk of the brand's operators: a message is quarantined, looked at, dealt with, and told of."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from google.cloud.firestore import Client, DocumentReference, DocumentSnapshot, FieldFilter
from google.cloud.pubsub_v1 import PublisherClient
from playwright.sync_api import expect

from emulators.local.plan import PROJECT
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


def test_to_a_buyer_there_is_no_desk(portal: Visits) -> None:
    page = portal("Megan", "/desk/quarantine")
    expect(page.get_by_role("heading", name="There is nothing at this address.")).to_be_visible()
    expect(page.get_by_role("link", name="Quarantine")).to_have_count(0)
