"""Who works, for which company: sessions that end, several tabs, another company, a provider."""

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.support import portal as api
from tests.support import walking
from tests.support.browser import Visits
from tests.support.people import invite
from tests.support.portal import Person
from tests.support.walking import Range
from tests.support.words import words

Cloud = dict[str, Any]

STYLE = "10001"
W = words("de")
EMAIL = "lena.kowalska@sporthaus-lindenau.example"
ONE, TWO = "100001", "100002"


@pytest.fixture(autouse=True)
def lena(local_cloud: Cloud) -> Person:
    """She buys for one company, with which she begins, and approves for another."""
    lena = api.person(local_cloud, "Lena")
    reply = lena.send("PATCH", "accounts/me", {"default_company": ONE})
    assert reply.status == 200, reply
    return lena


def _new_cart(person: Person) -> Any:
    made = person.send(
        "POST", "carts", {"name": "Lena"}, Idempotency_Key=api.new_key(), X_Company=ONE
    )
    return made.body


def _first_cell(person: Person) -> Range:
    style = person.send("GET", f"catalog/styles/{STYLE}", X_Company=ONE).body
    return walking.range_of(style, colours=1, sizes=1)


def _open(portal: Visits, person: Person, cart: Any) -> Page:
    windows = person.send("GET", "catalog/styles", X_Company=ONE).body["windows"]
    window = next(each["id"] for each in windows if each["kind"] == "pre_book" and each["open"])
    return portal("Lena", f"/styles/{STYLE}?window={window}", cart=cart)


def _account(page: Page) -> Locator:
    """The button that says which company she works for."""
    return page.get_by_role("banner").get_by_role("button")


def _switch(page: Page, company: str) -> None:
    _account(page).click()
    page.get_by_role("combobox", name=W("Company")).select_option(company)


def _signed_out(page: Page) -> None:
    expect(page.get_by_role("heading", name=W("Sign in to order"))).to_be_visible()


SAVING = "**/v1/carts/*/lines"


def _revoke(page: Page) -> None:
    """This person's tokens end with the next entry, not with what the page may still ask for."""
    page.route(SAVING, lambda route: route.fulfill(status=401))
    refusal = {"error": {"message": "TOKEN_EXPIRED"}}
    page.route("**/securetoken*/**", lambda route: route.fulfill(status=400, json=refusal))


def test_a_session_that_ends_takes_nothing_away(portal: Visits, lena: Person) -> None:
    portal.allow("status of 401", "status of 400")
    cart, cell = _new_cart(lena), _first_cell(lena)
    page = _open(portal, lena, cart)
    walking.has_range(page, W, cell, [[0]])
    page.evaluate("window.same = true")
    _revoke(page)
    walking.type_range(page, W, cell, "7")
    again = page.get_by_role("dialog", name=W("Please sign in again"))
    expect(again.get_by_label(W("E-mail"))).to_have_value(
        "lena.kowalska@sporthaus-lindenau.example"
    )
    page.unroute(SAVING)
    again.get_by_label(W("Password")).fill("sellin-demo")
    again.get_by_role("button", name=W("Sign in"), exact=True).click()
    expect(again).to_be_hidden()
    walking.is_saved(page, W)
    walking.has_range(page, W, cell, [[7]])
    assert page.evaluate("window.same")


def test_a_service_that_refuses_everybody_signs_nobody_out(portal: Visits) -> None:
    portal.allow("status of 401")
    page = portal("Lena", "/carts", language="de")
    expect(page.get_by_role("heading", name=W("Carts"), level=1)).to_be_visible()
    page.route("**/v1/orders*", lambda route: route.fulfill(status=401))
    page.get_by_role("banner").get_by_role("link", name=W("Orders"), exact=True).click()
    again = page.get_by_role("button", name=W("Try again"))
    expect(again).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.unroute("**/v1/orders*")
    again.click()
    expect(page.get_by_role("heading", name=W("Orders"), level=1)).to_be_visible()


def test_tabs_sign_out_together(portal: Visits, local_cloud: Cloud) -> None:
    # Somebody of this test, since all others of the same person are signed out, too.
    mia = invite(local_cloud, "Mia Sturm", {ONE: "buyer"})
    page = portal(None, "/carts", language="de")
    walking.enter(page, W, mia.email, mia.password)
    expect(page.get_by_role("heading", name=W("Carts"), level=1)).to_be_visible()
    other = page.context.new_page()
    other.goto("/orders")
    expect(other.get_by_role("heading", name=W("Orders"), level=1)).to_be_visible()
    _account(page).click()
    page.get_by_role("dialog").get_by_role("button", name=W("Sign out")).click()
    _signed_out(page)
    _signed_out(other)
    kept = page.evaluate("Object.keys(localStorage)")
    assert [name for name in kept if not name.startswith("sellin.edits.")] in (
        [],
        ["sellin.language"],
    )


def test_each_tab_has_its_own_company(portal: Visits, lena: Person) -> None:
    companies = {each["id"]: each["name"] for each in lena.read("accounts/me")["companies"]}
    page = portal("Lena", "/carts")
    shown = _account(page)
    _switch(page, ONE)
    expect(shown).to_contain_text(companies[ONE])
    other = page.context.new_page()
    other.goto("/carts")
    _switch(other, TWO)
    expect(_account(other)).to_contain_text(companies[TWO])
    with page.expect_request(re.compile("/v1/orders")) as asked:
        page.get_by_role("link", name=W("Orders"), exact=True).click()
    assert asked.value.headers["x-company"] == ONE
    expect(shown).to_contain_text(companies[ONE])


def test_an_entry_is_saved_for_its_company_after_another_is_chosen(
    portal: Visits, lena: Person
) -> None:
    cart, cell = _new_cart(lena), _first_cell(lena)
    page = _open(portal, lena, cart)
    walking.has_range(page, W, cell, [[0]])
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/v1/carts/*/lines", hold, times=1)
    with page.expect_request("**/lines"):
        walking.type_range(page, W, cell, "7")
    page.keyboard.type("5")
    _switch(page, TWO)
    expect(page.get_by_role("heading", name=W("Catalogue"), level=1)).to_be_visible()
    with page.expect_response("**/lines"):
        held.pop().continue_()
    with page.expect_response("**/lines") as second:
        pass
    assert second.value.request.headers["x-company"] == ONE
    saved = lena.send("GET", f"carts/{cart['id']}", X_Company=ONE).body
    assert [line["quantity"] for line in saved["lines"]] == [75]


def _offer(page: Page) -> None:
    """Lena's brand has a provider of its own."""
    # Read before, as a page that closes while a route waits for it ends in the next test.
    settings = page.request.get("/config.json").json()
    offered = settings | {"providers": [{"id": "oidc.lindenau", "name": "Lindenau"}]}
    page.route("**/config.json", lambda route: route.fulfill(json=offered))


def _play_provider(page: Page, state: str, email: str) -> None:
    """Identity Platform's half that the emulator lacks, and the provider: it knows the person."""

    def start(route: Route) -> None:
        asked = json.loads(route.request.post_data or "")
        back = urlencode({"redirect_uri": asked["continueUri"], "state": "s1"})
        uri = f"https://sso.lindenau.example/authorize?{back}"
        route.fulfill(json={"authUri": uri, "sessionId": "session"})

    def authorize(route: Route) -> None:
        query = parse_qs(urlsplit(route.request.url).query)
        claims = {"sub": f"lindenau-{email}", "email": email, "email_verified": True}
        # Only the emulator needs to be told the provider.
        token = {"id_token": json.dumps(claims), "state": state, "providerId": "oidc.lindenau"}
        location = f"{query['redirect_uri'][0]}#{urlencode(token)}"
        route.fulfill(status=302, headers={"Location": location})

    page.route("**/accounts:createAuthUri*", start)
    page.route("https://sso.lindenau.example/**", authorize)


def _by_provider(portal: Visits, state: str) -> Page:
    page = portal(None, "/orders", language="de")
    _offer(page)
    page.reload()
    _play_provider(page, state, EMAIL)
    page.get_by_role("button", name=W("Sign in with {name}", name="Lindenau")).click()
    return page


def test_a_provider_signs_in(portal: Visits) -> None:
    page = _by_provider(portal, "s1")
    expect(page.get_by_role("heading", name=W("Orders"), level=1)).to_be_visible()
    assert urlsplit(page.url).path == "/orders"
    # As the brand calls her, whatever the provider does.
    expect(_account(page)).to_have_accessible_name(re.compile("Lena Kowalska"))
    assert not urlsplit(page.url).fragment


def test_an_answer_that_nobody_here_asked_for_signs_nobody_in(portal: Visits) -> None:
    page = _by_provider(portal, "another")
    refusal = W("The sign-in was not completed. Please try again.")
    expect(page.get_by_role("alert")).to_have_text(refusal)
    assert page.url.endswith("/sign-in")


def test_without_providers_none_is_offered(portal: Visits) -> None:
    page = portal(None, "/", language="de")
    _signed_out(page)
    expect(
        page.get_by_role("button", name=re.compile(W("Sign in with {name}", name="")))
    ).to_have_count(0)
