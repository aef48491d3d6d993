"""A company's admin lets somebody in and out again; who is invited joins where they sign in."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.support import walking
from tests.support.accessibility import faults
from tests.support.browser import Visits
from tests.support.people import invite
from tests.support.portal import Person
from tests.support.words import words

W = words("de")
COMPANY = "Sporthaus Lindenau GmbH"


def test_an_admin_invites_a_colleague_who_joins_and_is_removed_later(
    portal: Visits, local_cloud: dict[str, Any]
) -> None:
    noa = invite(local_cloud, "Noa Winter", {})
    admin = portal("Karl", "/carts", language="de")
    admin.get_by_role("banner").get_by_role("button").click()
    admin.get_by_role("link", name=W("People of your company")).click()
    heading = admin.get_by_role("heading", level=1)
    expect(heading).to_have_text(W("People of {name}", name=COMPANY))
    admin.get_by_role("button", name=W("Invite somebody")).click()
    dialog = admin.get_by_role("dialog")
    dialog.get_by_label(W("Name")).fill("Noa Winter")
    dialog.get_by_label(W("E-mail")).fill(noa.email)
    dialog.get_by_role("button", name=W("Invite"), exact=True).click()
    expect(dialog).to_be_hidden()
    expect(admin.get_by_text(noa.email)).to_be_visible()
    assert faults(admin) == []

    guest = portal(None, "/", language="de")
    walking.enter(guest, W, noa.email, noa.password)
    join = guest.get_by_role("button", name=W("Join {company}", company=COMPANY))
    expect(join).to_be_visible()
    join.click()
    expect(guest.get_by_role("link", name=W("Carts"), exact=True)).to_be_visible()

    admin.reload()
    admin.get_by_role("button", name=W("Remove {name}", name="Noa Winter")).click()
    admin.get_by_role("dialog").get_by_role("button", name=W("Remove"), exact=True).click()
    expect(admin.get_by_text(noa.email)).to_be_hidden()

    _invite_by_file(admin, noa.email)
    _read_log(admin)
    refused = Person(local_cloud["url"], noa.token(), "de").send("GET", "catalog/styles")
    assert refused.status != 200


def _invite_by_file(admin: Page, guest: str) -> None:
    """Of two rows one is no address; the other's person is invited."""
    admin.get_by_role("button", name=W("Invite by a file")).click()
    dialog = admin.get_by_role("dialog")
    people = f"E-Mail;Name;Rolle\nben-{guest};Ben Gast;Leser\nkein;Mia Gast;Leser\n"
    dialog.get_by_label(W("File of people")).set_input_files(
        {"name": "leute.csv", "mimeType": "text/csv", "buffer": people.encode()}
    )
    expect(dialog.get_by_role("row")).to_have_count(3)
    assert faults(admin) == []
    dialog.get_by_role("button", name="1 Person einladen").click()
    dialog.get_by_role("button", name=W("Close"), exact=True).click()
    expect(admin.get_by_text(f"ben-{guest}")).to_be_visible()


def _read_log(admin: Page) -> None:
    """What was decided about Noa Winter is found, and comes as a file."""
    admin.get_by_role("banner").get_by_role("button").click()
    admin.get_by_role("link", name=W("Log of decisions")).click()
    admin.get_by_label(W("Name or e-mail")).fill("noa winter")
    admin.get_by_role("button", name=W("Search"), exact=True).click()
    rows = admin.get_by_role("row")
    expect(rows).to_have_count(4)
    expect(rows.nth(1)).to_contain_text(W("Person removed"))
    expect(rows.nth(3)).to_contain_text(W("Person invited"))
    with admin.expect_download() as download:
        admin.get_by_role("button", name=W("Download as {name}", name="CSV")).click()
    assert "Noa Winter" in download.value.path().read_text()
    assert faults(admin) == []
