"""The brand makes a catalogue for a customer: rules, a preview, a company that sees it at once."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Page, expect

from tests.support import walking
from tests.support.accessibility import faults
from tests.support.browser import Visits
from tests.support.people import invite
from tests.support.portal import Person, new_key
from tests.support.words import words

COMPANY = "100006"
KEY = "TRAIL"
NOW_AS_SHOWN = """() => {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}"""
"""What a field for a day and a time is to have for this moment."""
GONE = re.compile("can't be ordered any more")


def test_a_catalogue_is_made_previewed_and_given_to_a_customer(
    portal: Visits, local_cloud: dict[str, Any]
) -> None:
    account = invite(local_cloud, "Ana Blum", {COMPANY: "buyer"})
    buyer = Person(local_cloud["url"], account.token(), "en")
    before = buyer.read("catalog/styles?limit=48")
    first, *others = before["items"]
    cart = _cart_with(buyer, first["style"])
    other = next(style for style in others if style["category"] != first["category"])
    opened = portal(None, f"/carts/{cart}", language="en")
    walking.enter(opened, words("en"), account.email, account.password)
    expect(opened.get_by_text(first["name"], exact=True).first).to_be_visible()
    expect(opened.get_by_text(GONE).first).to_be_hidden()

    page = portal("Ines", "/desk")
    began = page.evaluate(NOW_AS_SHOWN)
    page.get_by_role("link", name="Assortments", exact=True).click()
    page.get_by_label("Key of a new assortment").fill(KEY.lower())
    page.get_by_role("button", name="New assortment").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Assortment {KEY}")
    page.get_by_label("Name", exact=True).fill("Trail runners")
    page.get_by_role("button", name="Add a rule").click()
    rule = page.get_by_role("group", name="Rule 1")
    rule.get_by_text("Category", exact=True).click()
    name = re.compile(f"^{re.escape(other['category_name'])} ")
    rule.get_by_role("checkbox", name=name).check()
    detail = buyer.read(f"catalog/styles/{other['style']}")
    _add_window(page, detail["colourways"][0]["windows"][0])
    page.get_by_role("button", name="See what changes").click()
    told = page.get_by_role("region", name="What changes")
    expect(told.get_by_text(re.compile(r"^0 companies will see \d+ styles?,"))).to_be_visible()
    assert faults(page) == []
    told.get_by_label("Reason").fill("A shop for runners")
    told.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("row").filter(has_text="A shop for runners")).to_be_visible()

    page.get_by_role("link", name=re.compile("^Companies that see it")).click()
    expect(page.get_by_text("Nothing here.")).to_be_visible()
    page.goto(f"{local_cloud['url']}/desk/companies")
    page.get_by_role("row").filter(has_text=COMPANY).get_by_role("button").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Assortment", exact=True).select_option(KEY)
    dialog.get_by_label("Reason").fill("Opens in May")
    assert faults(page) == []
    dialog.get_by_role("button", name="Change", exact=True).click()
    expect(page.get_by_role("row").filter(has_text=COMPANY)).to_contain_text(f"{KEY} (SAP: ")

    seen = buyer.read("catalog/styles?limit=48")["items"]
    assert {style["category"] for style in seen} == {other["category"]}
    codes = {check["code"] for check in buyer.read(f"carts/{cart}")["checks"]}
    assert "not_available" in codes
    opened.reload()
    expect(opened.get_by_text(GONE).first).to_be_visible()

    _ask_of_then(page, first["style"], began)
    rows = portal("Ines", "/desk/audit").get_by_role("row").filter(has_text="Opens in May")
    expect(rows.first).to_be_visible()


def _ask_of_then(page: Page, style: str, before: str) -> None:
    """What the company could see before, and what it sees now, are told by the same page."""
    page.get_by_role("link", name=COMPANY, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What could they see?")
    expect(page.get_by_label("Company", exact=True)).to_have_value(COMPANY)
    page.get_by_label("Style", exact=True).fill(style)
    # Of a day that is not over, what is known now is told.
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date()
    page.get_by_label("Day of the company's market").fill(tomorrow.isoformat())
    page.get_by_role("button", name="Search").click()
    row = page.get_by_role("row").filter(has_text=style).first
    expect(row).to_contain_text(re.compile("no rule listed it|no delivery window was of its"))
    expect(row).to_contain_text(re.compile("the (market|price list|company)'s"))
    assert faults(page) == []
    page.get_by_label("As it was known at").fill(before)
    page.get_by_role("button", name="Search").click()
    expect(row).to_contain_text("yes")


def _cart_with(buyer: Person, style: str) -> str:
    detail = buyer.read(f"catalog/styles/{style}")
    sku = detail["colourways"][0]["sizes"][0]["sku"]
    window = detail["colourways"][0]["windows"][0]["id"]
    cart = buyer.send("POST", "carts", {"name": "May"}, Idempotency_Key=new_key()).body
    [door, *_] = buyer.read("accounts/company/doors")["items"]
    line = {"sku": sku, "door": door["id"], "window": window, "quantity": 2}
    filled = buyer.send(
        "PATCH", f"carts/{cart['id']}/lines", {"lines": [line]}, If_Match=cart["etag"]
    )
    assert filled.status == 200, filled
    return str(cart["id"])


def _add_window(page: Page, window: dict[str, Any]) -> None:
    page.get_by_role("button", name="Add a delivery window").click()
    card = page.get_by_role("group", name="New delivery window")
    card.get_by_label("Season").select_option(window["season"])
    days = {
        "Delivery from": "ship_from",
        "Delivery until": "ship_to",
        "Orders from": "opens",
        "Last day for orders": "cut_off",
    }
    for label, name in days.items():
        card.get_by_label(label).fill(window[name])
    card.get_by_label("Key").fill("RUN")
