"""A sales rep prepares a cart for a customer and hands it over, and places one that was agreed to."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.support.accessibility import faults
from tests.support.browser import Visits
from tests.support.portal import Person, line, new_key, person
from tests.support.words import words

W = words("de")
CUSTOMER = "Sporthaus Lindenau GmbH"


def _prepared(rep: Person, company: str) -> Any:
    """A cart of the rep's for the company, with one line for a window later on."""

    def ask(method: str, path: str, body: Any = None, **headers: str) -> Any:
        reply = rep.send(method, path, body, X_Company=company, **headers)
        assert reply.status < 300, reply
        return reply.body

    door = ask("GET", "accounts/company/doors")["items"][0]["id"]
    for item in ask("GET", "catalog/styles?limit=40")["items"]:
        for colourway in ask("GET", f"catalog/styles/{item['style']}")["colourways"]:
            windows = [one for one in colourway["windows"] if one["kind"] == "pre_book"]
            if windows and windows[0]["open"]:
                cart = ask("POST", "carts", {"name": "Vororder"}, Idempotency_Key=new_key())
                cells = [line(colourway["sizes"][0]["sku"], door, windows[0]["id"], 120)]
                path = f"carts/{cart['id']}/lines"
                cart = ask("PATCH", path, {"lines": cells}, If_Match=cart["etag"])
                if cart["placeable"]:
                    return cart
    raise AssertionError("nothing to order ahead")


def _act_for_the_customer(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(W("Your customers"))
    page.get_by_label(W("Name or number")).fill("lindenau")
    page.get_by_role("button", name=W("Act for {name}", name=CUSTOMER)).click()
    expect(page.get_by_role("region", name=W("For whom you act"))).to_contain_text(CUSTOMER)


def test_a_rep_hands_over_a_cart_and_places_another_one_with_consent(
    portal: Visits, local_cloud: dict[str, Any]
) -> None:
    nina, anna = person(local_cloud, "Nina"), person(local_cloud, "Anna")
    company = anna.read("accounts/me")["companies"][0]["id"]
    given, agreed = _prepared(nina, company), _prepared(nina, company)

    rep = portal("Nina", "/")
    prepared = rep.get_by_role("listitem").filter(has_text=CUSTOMER).get_by_role("button")
    expect(prepared.filter(has_text=W("In preparation: {prepared}", prepared="2"))).to_be_visible()
    assert faults(rep) == []
    _act_for_the_customer(rep)
    rep.goto(f"/carts/{given['id']}")
    rep.get_by_role("button", name=W("Hand over")).click()
    assert faults(rep) == []
    rep.get_by_role("dialog").get_by_role("button", name=W("Hand over")).click()
    expect(rep.get_by_role("button", name=W("Rename"))).to_be_hidden()
    expect(rep.get_by_role("button", name=W("Copy"))).to_be_visible()
    assert faults(rep) == []

    buyer = portal("Anna", f"/carts/{agreed['id']}")
    expect(buyer.get_by_text("Nina Sommer (Außendienst) bereitet diesen")).to_be_visible()
    expect(buyer.get_by_role("region", name=W("For whom you act"))).to_be_hidden()
    assert faults(buyer) == []
    buyer.goto(f"/carts/{given['id']}")
    expect(buyer.get_by_role("button", name=W("Rename"))).to_be_visible()

    phone = portal("Nina", "/", size=(390, 844))
    phone.get_by_label(W("Needs attention")).check()
    expect(phone.get_by_role("listitem").filter(has_text=CUSTOMER)).to_be_visible()
    expect(phone.get_by_text(W("Loading…"))).to_be_hidden()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert faults(phone) == []
    _act_for_the_customer(phone)
    phone.goto(f"/carts/{agreed['id']}/place")
    phone.get_by_label(W("PO number")).fill("REP-1")
    phone.get_by_label(W("Who of them agreed to the order")).fill("Petra Lange")
    phone.get_by_label(W("How they agreed")).select_option(label=W("By phone"))
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert faults(phone) == []
    phone.get_by_role("button", name=W("Order now")).click()
    expect(phone.get_by_role("heading", level=1)).not_to_contain_text("Vororder")
    [order] = anna.read("orders?po_number=REP-1")["orders"]
    buyer.goto(f"/orders/{order['number']}")
    expect(buyer.get_by_text("Mit Petra Lange am Telefon vereinbart")).to_be_visible()
