"""A company's first admin is let in by the brand, everybody else by them."""

from collections.abc import Callable
from typing import Any

import pytest

from emulators.local.plan import PROJECT
from infra import people
from tests.support.people import Account, invite
from tests.support.portal import Person, new_key

COMPANY, OTHER = "100003", "100004"
Run = Callable[..., int]


@pytest.fixture
def run(local_cloud: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Run:
    """`python -m infra.people` against the local cloud; its exit status."""
    for name, host in local_cloud["emulators"].items():
        monkeypatch.setenv(name, host)

    def command(what: str, **options: str) -> int:
        by = {} if what == "list" else {"by": "Maria Berg"}
        told = [f"--{option}={value}" for option, value in {**by, **options}.items()]
        return people.main([what, f"--project={PROJECT}", *told])

    return command


def _signed_in(account: Account) -> Person:
    return Person(account.cloud["url"], account.token(), "en")


def _roles(someone: Person) -> dict[str, str]:
    return {one["id"]: one["role"] for one in someone.read("accounts/me")["companies"]}


def test_who_is_let_in_as_admin_invites_and_removes(local_cloud: dict[str, Any], run: Run) -> None:
    ada, zoe = invite(local_cloud, "Ada Kern", {}), invite(local_cloud, "Zoë Öz", {})
    named = {"email": ada.email, "name": "Ada Kern"}
    for _ in range(2):
        assert run("grant", **named, company=COMPANY, role="admin") == 0
    admin, guest = _signed_in(ada), _signed_in(zoe)
    assert _roles(admin) == {COMPANY: "admin"}

    wanted = {"email": zoe.email.upper(), "name": "Zoë Öz", "role": "buyer"}
    made = admin.send("POST", "accounts/company/invitations", wanted, Idempotency_Key=new_key())
    assert made.status == 201, made
    [invitation] = guest.read("accounts/me")["invitations"]
    accepted = guest.send("POST", f"accounts/me/invitations/{invitation['id']}/accept")
    assert accepted.status == 204, accepted
    # The token is the one of before.
    assert _roles(guest) == {COMPANY: "buyer"}
    cart = guest.send("POST", "carts", {"name": "Autumn"}, Idempotency_Key=new_key())
    assert cart.status == 201, cart

    assert admin.send("DELETE", f"accounts/company/people/{zoe.uid}").status == 204
    assert _roles(guest) == {}
    refused = guest.send(
        "POST", "carts", {"name": "Winter"}, Idempotency_Key=new_key(), X_Company=COMPANY
    )
    assert refused.status == 404


def test_an_address_without_an_account_gets_one_that_is_not_verified(
    local_cloud: dict[str, Any], run: Run
) -> None:
    ada = invite(local_cloud, "Ada Kern", {})
    run("grant", email=ada.email, name="Ada Kern", company=COMPANY, role="admin")
    email = f"new-{ada.email}"
    wanted = {"email": email, "name": "Noa", "role": "viewer"}
    made = _signed_in(ada).send(
        "POST", "accounts/company/invitations", wanted, Idempotency_Key=new_key()
    )
    assert made.status == 201, made
    [record] = ada.look_up(email)
    assert (record["emailVerified"], record["displayName"]) == (False, "Noa")


def test_nobody_is_removed_who_is_the_last_admin_or_not_there(
    local_cloud: dict[str, Any], run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    ada, ben = invite(local_cloud, "Ada Kern", {}), invite(local_cloud, "Ben Kern", {})
    theirs = {"email": ada.email, "company": "999001"}
    assert run("remove", **theirs) == 1
    run("grant", **theirs, name="Ada Kern", role="admin")
    assert run("remove", **theirs) == 1
    run("grant", email=ben.email, company="999001", name="Ben Kern", role="admin")
    assert run("remove", **theirs) == 0
    assert run("remove", email="nobody@laeufer.example", company="999001") == 1
    capsys.readouterr()
    assert run("list", company="999001") == 0
    assert capsys.readouterr().out == f"{ben.email}\tadmin\tBen Kern\n"


def test_who_is_adopted_keeps_what_their_claims_gave(local_cloud: dict[str, Any], run: Run) -> None:
    mia = invite(local_cloud, "Mia Sturm", {COMPANY: "buyer", OTHER: "viewer"})
    before = _roles(_signed_in(mia))
    assert before == {COMPANY: "buyer", OTHER: "viewer"}
    for _ in range(2):
        assert run("adopt", email=mia.email) == 0
    mia.allow("Mia Sturm", {COMPANY: "admin"})
    assert _roles(_signed_in(mia)) == before
