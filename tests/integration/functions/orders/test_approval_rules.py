"""A company's rules of what waits for an approval, as its admins set them."""

import json
from typing import Any

import pytest
from flask import Flask
from google.cloud.firestore import Client

from shared.cart.context import CartContext
from shared.company.repository import read as read_company
from shared.identity.caller import Role
from shared.person.granting import grant
from shared.person.model import Person as Stored
from tests.factories.assortment import NOW
from tests.integration.functions.orders.conftest import Person, Reply, ask

RULE: dict[str, Any] = {
    "id": "r1",
    "name": "Large orders",
    "kind": "order_amount",
    "limit": 100_000,
    "levels": [{"approvers": ["erik"]}],
}


@pytest.fixture
def ada(app: Flask, context: CartContext, firestore: Client) -> Person:
    """An admin of company 100001, in which Erik approves and Anna buys."""
    for uid, role in (("erik", Role.APPROVER), ("anna", Role.BUYER)):
        person = Stored(uid=uid, email=f"{uid}@example.com", name=uid.title())
        grant(firestore, person, {"100001": role}, "", NOW, lambda _: None)
    return Person(app, uid="ada", name="Ada", role="admin")


def put(who: Person, rules: list[dict[str, Any]], tag: str = '"0"') -> Reply:
    claims = {
        "uid": who.uid,
        "email": f"{who.uid}@example.com",
        "email_verified": True,
        "full_name": who.name,
        "companies": {who.company: who.role},
    }
    headers = {"Authorization": f"Bearer {json.dumps(claims)}", "If-Match": tag}
    return ask(who.app, "PUT", "/approval-policy", {"rules": rules}, headers)


def test_a_company_begins_without_rules(ada: Person) -> None:
    found = ada.get("/approval-policy")
    assert (found.status_code, found.json["rules"]) == (200, [])
    assert (found.json["currency"], found.headers["ETag"]) == ("EUR", '"0"')
    assert ada.get("/approval-policy/history").json == {"items": [], "next": None}


@pytest.mark.parametrize("role", ["viewer", "buyer", "approver", "rep"])
def test_only_admins_see_and_set_them(ada: Person, role: str) -> None:
    other = Person(ada.app, uid="x", role=role)
    assert other.get("/approval-policy").status_code == 403
    assert other.get("/approval-policy/history").status_code == 403
    assert put(other, [RULE]).status_code == 403


def test_rules_are_set_kept_and_told(ada: Person, firestore: Client) -> None:
    saved = put(ada, [RULE])
    assert (saved.status_code, saved.json["etag"]) == (200, '"1"')
    assert saved.json["names"] == {"erik": "Erik"}
    assert read_company(firestore, "100001").approval_rules
    assert put(ada, [], '"1"').json["rules"] == []
    assert not read_company(firestore, "100001").approval_rules
    kept = ada.get("/approval-policy/history?limit=1").json
    assert [(one["revision"], one["by"]) for one in kept["items"]] == [(2, "Ada")]
    earlier = ada.get(f"/approval-policy/history?limit=1&cursor={kept['next']}").json
    assert [rule["name"] for rule in earlier["items"][0]["rules"]] == ["Large orders"]
    assert earlier["next"] is None
    told = [one.to_dict() or {} for one in firestore.collection("audit").stream()]
    assert sorted((one["before"], one["after"]) for one in told) == [
        ("", "Large orders: order_amount over 100000 EUR (minor units)"),
        ("Large orders: order_amount over 100000 EUR (minor units)", ""),
    ]


def test_of_two_admins_the_second_looks_again(ada: Person) -> None:
    put(ada, [RULE])
    late = put(ada, [])
    assert (late.status_code, late.json["code"], late.json["etag"]) == (412, "rules_changed", '"1"')


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"limit": None}, "/rules/0/limit"),
        ({"kind": "period_amount"}, "/rules/0/period"),
        ({"kind": "window_budget"}, "/rules/0/window"),
        ({"kind": "season_budget"}, "/rules/0/season"),
        ({"levels": [{"need": "all"}]}, "/rules/0/levels/0/approvers"),
        ({"levels": [{"approvers": ["anna"]}]}, "/rules/0/levels/0/approvers/0"),
        ({"levels": [{"approvers": ["otto"]}]}, "/rules/0/levels/0/approvers/0"),
        ({"who": ["otto"]}, "/rules/0/who/0"),
        ({"kind": "period_amount", "period": "month", "categories": ["X"]}, "/rules/0/categories"),
        ({"levels": []}, "/rules/0/levels"),
        ({"name": " "}, "/rules/0/name"),
    ],
)
def test_what_makes_no_rule_is_refused_with_its_place(
    ada: Person, fields: dict[str, Any], pointer: str
) -> None:
    reply = put(ada, [RULE | fields])
    assert (reply.status_code, [e["pointer"] for e in reply.json["errors"]]) == (422, [pointer])


def test_two_rules_of_one_id_are_refused(ada: Person) -> None:
    reply = put(ada, [RULE, RULE])
    assert [e["pointer"] for e in reply.json["errors"]] == ["/rules/0/id", "/rules/1/id"]
