"""An address that is not verified yet, sessions that end on all devices, and a portal left alone."""

import time
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.support import walking
from tests.support.browser import Visits
from tests.support.people import Account, invite
from tests.support.portal import Person, new_key, send
from tests.support.wait import wait_until
from tests.support.words import Words, words

Cloud = dict[str, Any]
W = words("pl")


@pytest.fixture
def account(local_cloud: Cloud) -> Account:
    return invite(local_cloud, "Olga Wilk", {"100002": "buyer"})


def _is_in(page: Page, w: Words) -> None:
    expect(page.get_by_role("heading", name=w("Catalogue"), level=1)).to_be_visible()


def _mailed(cloud: Cloud, email: str) -> str:
    """The address that the link in the message leads to."""
    host = cloud["emulators"]["FIREBASE_AUTH_EMULATOR_HOST"]
    codes = send("GET", f"http://{host}/emulator/v1/projects/{cloud['project']}/oobCodes").body
    link = next(code["oobLink"] for code in codes["oobCodes"] if code["email"] == email)
    return f"/reset?{urlsplit(link).query}"


def test_an_address_is_verified_before_anything_else(portal: Visits, account: Account) -> None:
    portal.allow("status of 403", "status of 400")
    account.change(emailVerified=False)
    page = portal(None, language="pl")
    walking.enter(page, W, account.email, account.password)
    expect(page.get_by_role("heading", name=W("Verify your e-mail address"))).to_be_visible()
    page.get_by_role("button", name=W("I have opened the link")).click()
    expect(page.get_by_text(W("The link has not been opened yet."))).to_be_visible()
    page.get_by_role("button", name=W("Send the message")).click()
    told = W("A link is on its way to {email}.", email=account.email)
    expect(page.get_by_text(told)).to_be_visible()
    address = _mailed(dict(account.cloud), account.email)
    mail = page.context.new_page()
    mail.goto(address)
    verified = W("{0} is verified. You can order now.", account.email)
    expect(mail.get_by_text(verified)).to_be_visible()
    page.get_by_role("button", name=W("I have opened the link")).click()
    _is_in(page, W)
    mail.goto(address)
    used = W("This link was used already or is too old. Please ask for a new one.")
    expect(mail.get_by_role("alert")).to_have_text(used)


def test_signing_out_ends_what_was_begun_elsewhere(portal: Visits, account: Account) -> None:
    tablet = Person(account.cloud["url"], account.token(), "pl")
    issued = int(time.time())
    # The record says to the second when sessions ended.
    wait_until(lambda: int(time.time()) > issued, what="the next second")
    page = portal(None, language="pl")
    walking.enter(page, W, account.email, account.password)
    _is_in(page, W)
    page.get_by_role("banner").get_by_role("button").click()
    with page.expect_response("**/accounts/me/sign-out") as told:
        page.get_by_role("dialog").get_by_role("button", name=W("Sign out")).click()
    assert told.value.status == 204
    expect(page.get_by_role("heading", name=W("Sign in to order"))).to_be_visible()
    refused = tablet.send("POST", "carts", {"name": "Jesień"}, Idempotency_Key=new_key())
    assert refused.status == 401
    walking.enter(page, W, account.email, account.password)
    _is_in(page, W)


def test_who_leaves_the_portal_open_must_sign_in_again(portal: Visits, account: Account) -> None:
    page = portal(None, language="pl")
    walking.enter(page, W, account.email, account.password)
    _is_in(page, W)
    page.clock.install()
    page.reload()
    _is_in(page, W)
    page.clock.fast_forward("08:00:30")
    again = page.get_by_role("dialog", name=W("Please sign in again"))
    told = "Nothing was entered here for a long time. What you had entered before is still here."
    expect(again).to_contain_text(W(told))
    expect(page.get_by_role("heading", name=W("Catalogue"), level=1)).to_be_hidden()
    again.get_by_label(W("Password")).fill(account.password)
    again.get_by_role("button", name=W("Sign in"), exact=True).click()
    _is_in(page, W)
