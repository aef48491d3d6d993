"""A Polish company's VAT id at VIES, as its buyer meets it: checked, then struck off."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.support import portal as api
from tests.support import sap, walking
from tests.support.browser import Visits
from tests.support.portal import Person, line
from tests.support.wait import wait_until

Cloud = dict[str, Any]

# In every assortment, price list and window.
STYLE = "10001"


@pytest.fixture(scope="module")
def ewa(local_cloud: Cloud) -> Person:
    """Buys for a Polish company."""
    return api.person(local_cloud, "Ewa")


def checked(buyer: Person) -> Any:
    """The company's check, once VIES has answered for the id that SAP sent."""

    def answered() -> Any:
        check = buyer.read("accounts/company")["vat_check"]
        return check if check["answer"] != "not_checked" else None

    return wait_until(answered, what="an answer of VIES", timeout=60)


def ordered(buyer: Person) -> Any:
    """Confirmed: 12 + 12 pieces, pre-booked, for Poland."""
    sizes = buyer.read(f"catalog/styles/{STYLE}")["colourways"][0]["sizes"]
    door, window = walking.doors(buyer)[0]["id"], walking.pre_books(buyer)[0]
    lines = [line(sizes[0]["sku"], door, window, 12), line(sizes[1]["sku"], door, window, 12)]
    (placed,) = api.placed(buyer, api.new_cart(buyer, lines))
    return api.confirmed(buyer, placed["number"])


def shipped(cloud: Cloud, buyer: Person, order: Any) -> Any:
    """The order once its first line has left and VIES has answered for that."""
    sap.follow(cloud, "orders/{}/ship", order["sap_number"], items={"000010": "12"})

    def answered() -> Any:
        found = buyer.read(f"orders/{order['number']}")
        answers = [one["answer"] for one in found["vat_checks"]]
        return found if len(answers) == 2 and "not_checked" not in answers else None

    return wait_until(answered, what="an answer of VIES for the goods", timeout=60)


@pytest.fixture
def struck_off(local_cloud: Cloud, ewa: Person) -> Iterator[str]:
    """The company's id, which its member state does not know any more."""
    company = ewa.read("accounts/company")
    entry = f"{local_cloud['vies']}/register/{company['vat_id']}"
    assert api.send("DELETE", entry).status == 200
    yield company["vat_id"]
    assert api.send("PUT", entry, {"name": company["name"], "address": "-"}).status == 200
    # Whatever other answer than "valid" there was is asked for again at the next placing.
    ordered(ewa)
    wait_until(lambda: checked(ewa)["answer"] == "valid", what="the id being back", timeout=60)


def test_what_vies_said_stands_with_the_order(
    portal: Visits, local_cloud: Cloud, ewa: Person
) -> None:
    known = checked(ewa)
    assert (known["answer"], known["consultation"][:4]) == ("valid", "WAPI")
    order = shipped(local_cloud, ewa, ordered(ewa))
    at_placing, at_leaving = order["vat_checks"]
    assert at_placing["consultation"] == known["consultation"]
    assert at_leaving["consultation"] != known["consultation"]
    page = portal("Ewa", f"/orders/{order['number']}", language="en")
    expect(page.get_by_text("VAT id at placing")).to_be_visible()
    expect(
        page.get_by_text(f"VAT id at goods issue, delivery {at_leaving['delivery']}")
    ).to_be_visible()
    expect(page.get_by_text(f"(consultation number {at_leaving['consultation']})")).to_be_visible()
    expect(page.get_by_text("VAT will be charged")).not_to_be_visible()


def test_who_buys_with_an_id_that_is_struck_off_sees_it(
    portal: Visits, local_cloud: Cloud, ewa: Person, struck_off: str
) -> None:
    order = shipped(local_cloud, ewa, ordered(ewa))
    assert order["vat_checks"][-1]["answer"] == "invalid"
    assert order["vat_checks"][-1]["vat_id"] == struck_off
    page = portal("Ewa", f"/orders/{order['number']}", language="en")
    expect(page.get_by_text("VAT will be charged")).to_be_visible()
    expect(page.get_by_text(f"{struck_off} is not valid.")).to_be_visible()

    sizes = ewa.read(f"catalog/styles/{STYLE}")["colourways"][0]["sizes"]
    door, window = walking.doors(ewa)[0]["id"], walking.pre_books(ewa)[0]
    cart = api.new_cart(ewa, [line(sizes[0]["sku"], door, window, 24)])
    assert cart["totals"]["vat"]["amount"] > 0
    page = portal("Ewa", f"/carts/{cart['id']}/place", language="en")
    expect(page.get_by_text("So VAT is charged. Have the id registered")).to_be_visible()
