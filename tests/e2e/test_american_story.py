"""An order in North America, whose SAP is an S/4: from the size grid to the credit memo."""

import re
from typing import Any

import pytest

from tests.support import portal, sap, servers
from tests.support.portal import Person, line, send
from tests.support.wait import wait_until

Cloud = dict[str, Any]

STYLE = "10001"


@pytest.fixture(scope="module")
def cloud() -> Cloud:
    """A region of its own, as each source system has."""
    return servers.local_cloud(name="america", system="s4_na")


@pytest.fixture(scope="module")
def hannah(cloud: Cloud) -> Person:
    """Buys for a Canadian company: CAD, Canadian English, exact stock figures."""
    return portal.person(cloud, "Hannah")


@pytest.mark.parametrize(
    ("who", "currency", "name", "category"),
    [
        ("Megan", "USD", "Hiking Shoe", "Shoes"),
        ("Hannah", "CAD", "Hiking Shoe", "Shoes"),
        ("Amélie", "CAD", "haussures de marche", "Chaussures"),
        ("Lucía", "MXN", "otas de senderismo", "Calzado"),
    ],
)
def test_each_reads_the_catalogue_in_their_language_and_currency(
    cloud: Cloud, who: str, currency: str, name: str, category: str
) -> None:
    reader = portal.person(cloud, who)
    page = reader.read("catalog/styles")
    assert page["currency"] == currency
    assert category in [each["label"] for each in page["facets"]["category"]]
    style = reader.read(f"catalog/styles/{STYLE}")
    assert name in style["name"]
    # American sizes: a 9 is a European 42.
    assert "9" in [size["size"] for size in style["colourways"][0]["sizes"]]
    assert style["price"]["unit"]["amount"] > 0


def test_ship_tos_have_messages_and_addresses_of_their_own(hannah: Person) -> None:
    doors = hannah.read("accounts/company/doors")["items"]
    assert {each["address"]["city"] for each in doors} == {"Toronto", "Ottawa", "Hamilton"}
    assert {each["address"]["region"] for each in doors} == {"ON"}
    assert not any(each["blocked"] for each in doors)


def _document(cloud: Cloud, number: str, kind: str) -> str:
    """What SAP's people make with reference to a sales order; its number."""
    url = f"{cloud['sap_control']}/orders/{number.zfill(10)}/follow"
    reply = send("POST", url, {"kind": kind, "items": {"000010": "2"}})
    assert reply.status == 200, reply
    assert reply.body["DOC_TYPE"] == "CBRE"
    return str(reply.body["VBELN"])


def test_an_order_is_taken_shipped_invoiced_and_returned(cloud: Cloud, hannah: Person) -> None:
    windows = hannah.read("catalog/styles")["windows"]
    window = next(each["id"] for each in windows if each["kind"] == "pre_book" and each["open"])
    door = hannah.read("accounts/company/doors")["items"][0]["id"]
    sizes = hannah.read(f"catalog/styles/{STYLE}")["colourways"][0]["sizes"][:2]
    cart = portal.new_cart(hannah, [line(size["sku"], door, window, 6) for size in sizes])
    assert cart["checks"] == []
    (placed,) = portal.placed(hannah, cart, "PO 17")
    assert placed["vat"]["rule"] == "on_invoice"
    assert placed["vat"]["note"] == "Tax is added on the invoice."

    order = portal.confirmed(hannah, placed["number"])
    # SAP draws the number: its range is an internal one.
    assert re.fullmatch(r"160\d\d", order["sap_number"])
    assert order["door"]["locality"] == "Toronto, ON M5H 1J9"
    (row,) = sap.orders_of(cloud, order["number"])
    assert (row["DOC_TYPE"], row["SALES_ORG"], row["CURRENCY"]) == ("ZPBK", "3100", "CAD")
    assert {text["TEXT_ID"] for text in row["texts"]} == {"TX02", "TX11"}
    assert round(float(row["NET_VALUE"]) * 100) == order["net"]["amount"]

    delivery = sap.follow(cloud, "orders/{}/ship", order["sap_number"], carrier="UPS")
    sap.follow(cloud, "orders/{}/invoice", order["sap_number"])
    order = portal.in_status(hannah, order["number"], "invoiced")
    assert [each["number"] for each in order["shipments"]] == [delivery]
    (invoice,) = order["invoices"]
    # HST of Ontario, which is not known before.
    assert invoice["gross"]["amount"] == round(order["net"]["amount"] * 1.13)

    returned = _document(cloud, order["sap_number"], "return")
    sap.follow(cloud, "orders/{}/ship", returned)
    sap.follow(cloud, "orders/{}/invoice", returned)
    wait_until(
        lambda: hannah.read(f"orders/{order['number']}")["credit_memos"],
        what="the credit memo",
        every=0.2,
    )
    order = hannah.read(f"orders/{order['number']}")
    assert [(each["kind"], each["rejected"]) for each in order["related"]] == [("return", False)]
    assert [part["quantity"] for each in order["returned"] for part in each["lines"]] == [2]
    assert order["status"] == "invoiced"


def test_an_order_is_cancelled_by_the_reason_that_this_system_has(
    cloud: Cloud, hannah: Person
) -> None:
    windows = hannah.read("catalog/styles")["windows"]
    window = next(each["id"] for each in windows if each["kind"] == "pre_book" and each["open"])
    door = hannah.read("accounts/company/doors")["items"][0]["id"]
    size = hannah.read(f"catalog/styles/{STYLE}")["colourways"][0]["sizes"][0]
    cart = portal.new_cart(hannah, [line(size["sku"], door, window, 12)])
    (placed,) = portal.placed(hannah, cart)
    portal.confirmed(hannah, placed["number"])
    reason = {"reason": "Ordered twice"}
    path = f"orders/{placed['number']}/cancel"
    asked = hannah.send("POST", path, reason, Idempotency_Key=portal.new_key())
    assert asked.status == 200, asked
    portal.in_status(hannah, placed["number"], "cancelled")
    (row,) = sap.orders_of(cloud, placed["number"])
    assert [item["ABGRU"] for item in row["items"]] == ["Z1"]


def test_another_article_than_ordered_is_accepted_or_refused(cloud: Cloud, hannah: Person) -> None:
    windows = hannah.read("catalog/styles")["windows"]
    window = next(each["id"] for each in windows if each["kind"] == "pre_book" and each["open"])
    door = hannah.read("accounts/company/doors")["items"][0]["id"]
    sizes = hannah.read(f"catalog/styles/{STYLE}")["colourways"][0]["sizes"]
    cart = portal.new_cart(hannah, [line(size["sku"], door, window, 6) for size in sizes[:2]])
    (placed,) = portal.placed(hannah, cart)
    order = portal.confirmed(hannah, placed["number"])
    path = f"orders/{order['number']}"
    control = f"{cloud['sap_control']}/orders/{order['sap_number'].zfill(10)}"
    for item, size in (("000010", "003"), ("000020", "004")):
        other = {"item": item, "material": f"{STYLE}{size}"}
        assert send("POST", f"{control}/substitute", other).status == 200
    wait_until(
        lambda: all(each["substitution"] for each in hannah.read(path)["lines"]),
        what="both substitutions",
        every=0.2,
    )
    order = hannah.read(path)
    assert [each["sku"] for each in order["lines"]] == [size["sku"] for size in sizes[2:4]]
    for one, accepted in zip(order["lines"], (True, False), strict=True):
        body = {"position": one["position"], "sku": one["sku"], "accepted": accepted}
        for _ in range(2):
            key = portal.new_key()
            reply = hannah.send("POST", f"{path}/substitutions", body, Idempotency_Key=key)
            assert reply.status == 200, reply
    wait_until(
        lambda: not hannah.read(path)["change"]["underway"],
        what="SAP's word on the refusal",
        every=0.2,
    )
    order = hannah.read(path)
    answers = [each["substitution"] for each in order["lines"]]
    assert [(each["accepted"], each["by"]) for each in answers] == [
        (True, "Hannah Singh"),
        (False, "Hannah Singh"),
    ]
    assert [each["quantity"] for each in order["lines"]] == [6, 0]
    (row,) = sap.orders_of(cloud, order["number"])
    assert [item["ABGRU"] for item in row["items"]] == ["", "Z1"]
    latest = order["versions"][-1]
    assert (latest["by"], latest["state"]) == ("Hannah Singh", "current")


def test_nothing_that_the_system_publishes_is_quarantined(cloud: Cloud) -> None:
    maria = portal.person(cloud, "Maria")
    assert maria.read("operations/quarantine")["items"] == []
