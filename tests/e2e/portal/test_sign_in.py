"""Signing in at the portal, where it does not go well, and a forgotten password."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.support import walking
from tests.support.browser import Visits
from tests.support.people import invite, sign_in
from tests.support.portal import send
from tests.support.words import Words, words

Cloud = dict[str, Any]

NEW_PASSWORD = "another-demo-yet"


def _is_in(page: Page, w: Words) -> None:
    expect(page.get_by_role("heading", name=w("Catalogue"), level=1)).to_be_visible()


@pytest.fixture
def forgetful(local_cloud: Cloud) -> Iterator[str]:
    """The e-mail address of somebody whose password may be changed."""
    account = next(each for each in local_cloud["accounts"] if each["name"] == "Tyler Reed")
    yield account["email"]
    changed = {**account, "password": NEW_PASSWORD}
    token = sign_in({**local_cloud, "accounts": [changed]}, account["email"])
    reply = send(
        "POST",
        f"{local_cloud['url']}/identity/identitytoolkit.googleapis.com/v1/accounts:update?key=local",
        {"idToken": token, "password": account["password"]},
    )
    assert reply.status == 200, reply


def test_a_wrong_password_is_told_and_mended(portal: Visits) -> None:
    portal.allow("status of 400")
    w = words("hu")
    page = portal(None, language="hu")
    email = "bence.buyer@futofolt-sport.example"
    walking.enter(page, w, email, "wrong-demo")
    told = page.get_by_role("alert")
    expect(told).to_have_text(w("The e-mail address or the password is wrong."))
    walking.enter(page, w, email, "sellin-demo")
    _is_in(page, w)


def test_an_unknown_person_learns_nothing_of_who_has_an_account(portal: Visits) -> None:
    portal.allow("status of 400")
    w = words("de")
    page = portal(None, language="de")
    stranger = "niemand@sporthaus-lindenau.example"
    walking.enter(page, w, stranger, "sellin-demo")
    told = page.get_by_role("alert")
    expect(told).to_have_text(w("The e-mail address or the password is wrong."))
    page.get_by_role("button", name=w("Forgot your password?")).click()
    sent = w("If there is an account for {email}, a link is on its way to it.", email=stranger)
    expect(page.get_by_text(sent)).to_be_visible()


def test_a_forgotten_password_is_replaced(
    portal: Visits, local_cloud: Cloud, forgetful: str
) -> None:
    portal.allow("status of 400")
    w = words("en")
    page = portal(None)
    page.get_by_label(w("E-mail")).fill(forgetful)
    page.get_by_role("button", name=w("Forgot your password?")).click()
    sent = w("If there is an account for {email}, a link is on its way to it.", email=forgetful)
    expect(page.get_by_text(sent)).to_be_visible()
    address = f"/reset?{urlsplit(_mailed_link(local_cloud, forgetful)).query}"
    page.goto(address)
    page.get_by_label(w("New password")).fill(NEW_PASSWORD)
    page.get_by_role("button", name=w("Change the password")).click()
    expect(
        page.get_by_text(w("Your password is changed. You can sign in with it now."))
    ).to_be_visible()
    page.goto(address)
    used = w("This link was used already or is too old. Please ask for a new one.")
    expect(page.get_by_role("alert")).to_have_text(used)
    page.get_by_role("link", name=w("To the sign-in")).click()
    walking.enter(page, w, forgetful, NEW_PASSWORD)
    _is_in(page, w)


def _mailed_link(cloud: Cloud, email: str) -> str:
    host = cloud["emulators"]["FIREBASE_AUTH_EMULATOR_HOST"]
    codes = send("GET", f"http://{host}/emulator/v1/projects/{cloud['project']}/oobCodes").body
    return str(next(code["oobLink"] for code in codes["oobCodes"] if code["email"] == email))


def test_who_signs_out_sees_nothing_any_more(portal: Visits, local_cloud: Cloud) -> None:
    w = words("en")
    # Somebody of this test, since all others of the same person are signed out, too.
    mia = invite(local_cloud, "Mia Sturm", {"100001": "buyer"})
    page = portal(None, "/carts")
    walking.enter(page, w, mia.email, mia.password)
    german = words("de")  # the company's language, as Mia has chosen none
    page.get_by_role("button", name=german("Account of {0}, {1}", "Mia Sturm", "")).click()
    page.get_by_role("dialog").get_by_role("button", name=german("Sign out")).click()
    nobody = page.get_by_role(
        "heading", name=re.compile("|".join((w("Sign in to order"), german("Sign in to order"))))
    )
    expect(nobody).to_be_visible()
    page.reload()
    expect(nobody).to_be_visible()
