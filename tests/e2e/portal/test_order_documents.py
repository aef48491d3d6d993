"""An order that SAP ships and invoices, as its buyer follows it; the confirmation to take along."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support import portal as api
from tests.support import sap, walking
from tests.support.browser import Visits
from tests.support.portal import Person, line
from tests.support.wait import wait_until

Cloud = dict[str, Any]

# In every assortment, price list and window.
STYLE = "10001"


@pytest.fixture(scope="module")
def anna(local_cloud: Cloud) -> Person:
    """Buys for a German company."""
    return api.person(local_cloud, "Anna")


@pytest.fixture(scope="module")
def order(anna: Person) -> Any:
    """Confirmed: 3 + 2 pieces, pre-booked."""
    sizes = anna.read(f"catalog/styles/{STYLE}")["colourways"][0]["sizes"]
    door, window = walking.doors(anna)[0]["id"], walking.pre_books(anna)[0]
    lines = [line(sizes[0]["sku"], door, window, 3), line(sizes[1]["sku"], door, window, 2)]
    (placed,) = api.placed(anna, api.new_cart(anna, lines))
    return api.confirmed(anna, placed["number"])


@pytest.fixture(scope="module")
def documents(local_cloud: Cloud, anna: Person, order: Any) -> dict[str, str]:
    """SAP's numbers of the delivery of the first line and of its invoice."""
    vbeln = order["sap_number"]
    delivery = sap.follow(
        local_cloud, "orders/{}/ship", vbeln, items={"000010": "3"}, tracking="0034043416"
    )
    api.in_status(anna, order["number"], "partly_shipped")
    invoice = sap.follow(local_cloud, "orders/{}/invoice", vbeln)
    wait_until(
        lambda: anna.read(f"orders/{order['number']}")["invoices"], what="the invoice", every=0.2
    )
    return {"delivery": delivery, "invoice": invoice}


def test_shipments_and_invoices_are_on_the_page(
    portal: Visits, order: Any, documents: dict[str, str]
) -> None:
    page = portal("Anna", f"/orders/{order['number']}", language="en")
    shipments = page.get_by_role("region", name="Shipments")
    expect(shipments).to_contain_text(f"Delivery {documents['delivery']}")
    expect(shipments).to_contain_text("0034043416")
    shipments.get_by_text("3 pairs").click()
    expect(shipments.get_by_role("listitem").last).to_contain_text("3")
    invoices = page.get_by_role("region", name="Invoices")
    expect(invoices).to_contain_text(f"Invoice {documents['invoice']}")
    coming = page.get_by_role("list", name="Still to come")
    expect(coming.get_by_role("listitem")).to_have_text(["Shipped", "Invoiced"])
    shipped = page.get_by_role("table").get_by_role("row").nth(1).get_by_role("cell").nth(3)
    expect(shipped).to_have_text("3")


@pytest.mark.usefixtures("documents")
def test_the_confirmation_is_downloaded_by_keyboard(
    portal: Visits, order: Any, tmp_path: Path
) -> None:
    page = portal("Anna", f"/orders/{order['number']}", language="de")
    pdf = page.get_by_role("button", name="Auftragsbestätigung als PDF herunterladen")
    pdf.focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == f"{order['number']}.pdf"
    kept = tmp_path / "confirmation.pdf"
    download.value.save_as(kept)
    assert kept.read_bytes().startswith(b"%PDF-")


@pytest.mark.usefixtures("documents")
def test_a_cut_network_is_told_and_the_file_comes_with_the_next_try(
    portal: Visits, order: Any
) -> None:
    portal.allow("ERR_FAILED", "Failed to load resource")
    page = portal("Anna", f"/orders/{order['number']}", language="en")
    csv = page.get_by_role("button", name="Download the order confirmation as CSV")
    expect(csv).to_be_visible()
    page.route("**/documents/*", lambda route: route.abort())
    csv.click()
    expect(page.get_by_role("alert")).to_contain_text("can't be reached")
    page.unroute("**/documents/*")
    with page.expect_download() as download:
        page.get_by_role("button", name="Try again").click()
    assert download.value.suggested_filename == f"{order['number']}.csv"


@pytest.mark.parametrize("language", ["de", "hu"])
@pytest.mark.usefixtures("documents")
def test_nothing_is_cut_off_on_a_phone(portal: Visits, order: Any, language: str) -> None:
    page = portal(
        "Anna", f"/orders/{order['number']}", language=language, size=(320, 700), scheme="dark"
    )
    expect(page.get_by_role("heading", level=1)).to_contain_text(order["number"])
    assert _width(page) == 320


def _width(page: Page) -> int:
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width
