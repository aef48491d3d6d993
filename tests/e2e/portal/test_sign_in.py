"""Signing in at the portal, and what a person sees first."""

from playwright.sync_api import expect

from tests.support.browser import Visits


def test_a_buyer_signs_in_in_german(portal: Visits) -> None:
    page = portal(None, language="de")
    page.get_by_label("E-Mail").fill("anna.buyer@sporthaus-lindenau.example")
    page.get_by_label("Passwort").fill("sellin-demo")
    page.get_by_role("button", name="Anmelden").click()
    expect(page.get_by_role("heading", name="Katalog", level=1)).to_be_visible()


def test_someone_signed_in_stays_so(portal: Visits) -> None:
    page = portal("Bence", "/carts")
    expect(page.get_by_role("heading", name="Kosarak", level=1)).to_be_visible()
