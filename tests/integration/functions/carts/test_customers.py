"""What a sales rep is told of the open carts of their customers."""

import json
from typing import Any

import pytest
from flask import Flask
from google.cloud.firestore import Client

from functions.carts.routes import SERVICE
from shared.cart.model import CartState
from shared.http.app import create_app
from shared.http.authentication import Verifiers
from shared.identity.caller import Role
from shared.person.membership import with_memberships
from shared.person.model import Membership, Person
from shared.person.repository import reference
from shared.store import to_document
from tests.factories.assortment import NOW
from tests.factories.cart import NINA, cart, store_cart
from tests.integration.functions.carts.conftest import ask
from tests.support.firestore_counter import counting

MINE = {"100001": "rep", "100002": "rep"}


def listed(app: Flask, companies: dict[str, str], query: str = "") -> Any:
    """What a person with these roles is answered."""
    claims = {"uid": "nina", "email": "nina@example.com", "email_verified": True}
    token = json.dumps(claims | {"companies": companies})
    answer = ask(
        app, "GET", f"/customers/counts{query}", None, {"Authorization": f"Bearer {token}"}
    )
    assert answer.status_code == 200, answer.json
    return answer.json


def figures(company: str, **counted: int) -> dict[str, Any]:
    """An item, in which what is not named is 0."""
    return {"company": company, "open": 0, "in_preparation": 0, "handed_over": 0, **counted}


@pytest.fixture(autouse=True)
def carts(firestore: Client) -> None:
    """Of 100001 one of theirs, two in preparation, one handed over; of 100002 and 100003 one each."""
    given: dict[str, Any] = {"created": NINA, "handed_over": NINA}
    store_cart(
        firestore,
        cart(id="theirs"),
        cart(id="prepared-1", created=NINA),
        cart(id="prepared-2", created=NINA),
        cart(id="given", **given),
        cart(id="ordered", state=CartState.ORDERED, **given),
        cart(id="deleted", state=CartState.DELETED, created=NINA),
        cart(id="other", company="100002", **given),
        cart(id="stranger", company="100003", created=NINA),
    )


def test_each_customers_open_carts_are_counted(app: Flask) -> None:
    assert listed(app, MINE) == {
        "items": [
            figures("100001", open=4, in_preparation=2, handed_over=1),
            figures("100002", open=1, handed_over=1),
        ],
        "next": None,
    }


def test_only_whom_they_act_for_as_a_rep_now(app: Flask) -> None:
    only = listed(app, {"100001": "admin", "100002": "rep"})
    assert [one["company"] for one in only["items"]] == ["100002"]
    assert listed(app, {"100001": "buyer"}) == {"items": [], "next": None}


def test_a_customer_that_was_taken_from_them_is_gone_at_the_next_request(
    firestore: Client,
) -> None:
    def verify(_: str) -> dict[str, Any]:
        return {"uid": "nina", "email": "nina@example.com", "email_verified": True}

    app = create_app(SERVICE, firestore, Verifiers(with_memberships(firestore, verify)))
    roles = {company: Membership(role=Role.REP, since=NOW, by="Brand") for company in MINE}
    nina = Person(uid="nina", name="Nina", email="nina@example.com", companies=roles)
    reference(firestore, "nina").set(to_document(nina))
    assert [one["company"] for one in listed(app, {})["items"]] == ["100001", "100002"]
    reference(firestore, "nina").set(to_document(nina.without("100001")))
    assert [one["company"] for one in listed(app, {})["items"]] == ["100002"]


def test_a_page_goes_on_where_the_one_before_ended(app: Flask) -> None:
    first = listed(app, MINE, "?limit=1")
    assert [one["company"] for one in first["items"]] == ["100001"]
    second = listed(app, MINE, f"?limit=1&cursor={first['next']}")
    assert [one["company"] for one in second["items"]] == ["100002"]
    assert second["next"] is None


def test_a_page_costs_three_counts_a_customer_however_many_they_are(
    app: Flask, firestore: Client
) -> None:
    many = {f"{200000 + number}": "rep" for number in range(500)}
    with counting(firestore) as count:
        page = listed(app, many)
    assert len(page["items"]) == 20
    assert page["next"]
    assert (count.reads, count.rpcs) == (60, 60)
