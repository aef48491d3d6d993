"""Who may still come in: what changes of a person counts at once for what they write."""

from typing import Any

import pytest

from tests.support.people import Account, invite
from tests.support.portal import Person, Reply, new_cart, new_key, person, send

COMPANY = "100001"


@pytest.fixture
def account(local_cloud: dict[str, Any]) -> Account:
    return invite(local_cloud, "Mia Sturm", {COMPANY: "buyer"})


def _signed_in(account: Account) -> Person:
    return Person(account.cloud["url"], account.token(), "en")


def _write(someone: Person, service: str) -> Reply:
    """A request that would change something, if whose it is may."""
    nowhere = {"cart": {"id": "nothing", "revision": 1}, "po_number": "7", "prices": []}
    method, path, body = {
        "accounts": ("PATCH", "accounts/me", {"language": "sv"}),
        "carts": ("POST", "carts", {"name": "Autumn"}),
        "orders": ("POST", "orders", nowhere),
    }[service]
    return someone.send(method, path, body, Idempotency_Key=new_key())


WRITTEN = {"accounts": 200, "carts": 201, "orders": 404}
services = pytest.mark.parametrize("service", WRITTEN)


@services
def test_a_disabled_person_writes_no_more(account: Account, service: str) -> None:
    mia = _signed_in(account)
    assert _write(mia, service).status == WRITTEN[service]
    account.change(disableUser=True)
    assert _write(mia, service).status == 401
    account.change(disableUser=False)
    assert _write(mia, service).status == WRITTEN[service]


@services
def test_a_deleted_person_writes_no_more(account: Account, service: str) -> None:
    mia = _signed_in(account)
    account.delete()
    assert _write(mia, service).status == 401


@pytest.mark.parametrize("service", ["carts", "orders"])
def test_a_role_that_was_taken_away_ends_before_its_token(account: Account, service: str) -> None:
    mia = _signed_in(account)
    account.allow("Mia Sturm", {COMPANY: "viewer"})
    refused = _write(mia, service)
    assert (refused.status, refused.body["code"]) == (403, "role_not_allowed")


def test_a_company_that_was_taken_away_is_not_found(account: Account) -> None:
    mia = _signed_in(account)
    account.allow("Mia Sturm", {"100002": "buyer"})
    body = {"name": "Autumn"}
    named = mia.send("POST", "carts", body, Idempotency_Key=new_key(), X_Company=COMPANY)
    assert (named.status, named.body["code"]) == (404, "not_found")


def test_a_role_that_was_given_counts_at_once(account: Account) -> None:
    account.allow("Mia Sturm", {COMPANY: "viewer"})
    mia = _signed_in(account)
    account.allow("Mia Sturm", {COMPANY: "approver"})
    assert _write(mia, "orders").status == 404
    assert _write(mia, "carts").status == 201


@services
def test_an_address_that_is_not_verified_does_nothing(account: Account, service: str) -> None:
    account.change(emailVerified=False)
    mia = _signed_in(account)
    for reply in (_write(mia, service), mia.send("GET", "accounts/me"), mia.send("GET", "carts")):
        assert (reply.status, reply.body["code"]) == (403, "email_not_verified")
        assert "verify your e-mail address" in reply.body["detail"]


def test_nobody_is_called_what_they_call_themselves(account: Account) -> None:
    """The name of a token is the display name, which Identity Platform lets people set."""
    url = account.cloud["url"]
    accounts = f"{url}/identity/identitytoolkit.googleapis.com/v1/accounts"
    named = {"idToken": account.token(), "displayName": "SAP"}
    assert send("POST", f"{accounts}:update?key=local", named).status == 200
    cart = new_cart(_signed_in(account), [])
    assert (cart["created"]["by"], cart["changed"]["by"]) == ("Mia Sturm", "Mia Sturm")


def test_a_name_that_the_brand_never_gave_is_the_address(account: Account) -> None:
    account.allow("", {COMPANY: "buyer"})
    assert new_cart(_signed_in(account), [])["created"]["by"] == account.email


def test_the_demo_people_are_called_by_their_names(local_cloud: dict[str, Any]) -> None:
    assert person(local_cloud, "Anna").read("accounts/me")["name"] == "Anna Vogel"
