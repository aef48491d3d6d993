"""The list of open carts: newest change first, a page at a time, at constant cost."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from google.cloud.firestore import Client

from shared.cart.model import Authorship, CartState
from tests.factories.assortment import NOW
from tests.factories.cart import cart, line, store_cart
from tests.integration.functions.carts.conftest import Person
from tests.integration.functions.carts.operations import cell, fill, make
from tests.support.firestore_counter import counting


def changed(minutes: int) -> Authorship:
    return Authorship(by="Ben", uid="ben", at=NOW + timedelta(minutes=minutes, microseconds=7))


@pytest.fixture
def many(app: Flask, firestore: Client) -> list[str]:
    """Ids of 23 carts, the last changed first; some changed in the same instant."""
    moments = {f"cart-{n:02}": n // 3 for n in range(23)}
    store_cart(
        firestore,
        *(cart([line(quantity=n)], key, changed=changed(n)) for key, n in moments.items() if n),
        *(cart([], key, changed=changed(n)) for key, n in moments.items() if not n),
        cart([], "foreign", company="100002"),
        cart([], "gone", state=CartState.DELETED),
        cart([], "ordered", state=CartState.ORDERED),
    )
    return sorted(moments, key=lambda key: (moments[key], key), reverse=True)


def pages(person: Person, limit: int) -> list[list[Any]]:
    answer = person.ask("GET", f"?limit={limit}").json
    found = [answer["items"]]
    while answer["next"]:
        answer = person.ask("GET", f"?limit={limit}&cursor={answer['next']}").json
        found.append(answer["items"])
    return found


@pytest.mark.parametrize("limit", [1, 4, 22, 23, 24, 100])
def test_pages_together_are_the_list(anna: Person, many: list[str], limit: int) -> None:
    found = pages(anna, limit)
    assert [item["id"] for page in found for item in page] == many
    assert all(len(page) == limit for page in found[:-1])
    assert len(found) == -(-len(many) // limit)


def test_a_page_costs_the_same_wherever_it_is(
    anna: Person, many: list[str], firestore: Client
) -> None:
    cursor, costs = "", []
    for _ in range(3):
        with counting(firestore) as count:
            answer = anna.ask("GET", f"?limit=5{cursor}").json
        cursor = f"&cursor={answer['next']}"
        costs.append((count.reads, count.rpcs, count.writes))
    assert costs == [(6, 1, 0)] * 3


def test_the_lines_are_not_sent_for_the_list(
    anna: Person, many: list[str], firestore: Client
) -> None:
    with counting(firestore) as count:
        anna.ask("GET")
    [query] = count.queries
    fields = {field.field_path for field in query.structured_query.select.fields}
    assert "lines" not in fields
    assert fields


def test_a_summary_is_as_the_last_change_left_it(anna: Person, ben: Person) -> None:
    made = make(anna, cell("10123-010-M", 6), cell("10123-400-M", 4))
    filled = fill(ben, made, cell("10123-400-M", 0))
    assert anna.ask("GET").json == {
        "items": [
            {
                "id": made["id"],
                "name": "Spring",
                "etag": filled["etag"],
                "changed": filled["changed"],
                "lines": 1,
                "pieces": 6,
                "unit": "PCE",
                "net": {"amount": 15_000, "currency": "EUR"},
                "prepared_by": None,
                "may_change": True,
            }
        ],
        "next": None,
    }


def test_a_changed_cart_comes_first(anna: Person) -> None:
    first, second = (make(anna, name=name, key=f"key-of-{name}") for name in ("one", "two"))
    assert [item["id"] for item in anna.ask("GET").json["items"]] == [second["id"], first["id"]]
    fill(anna, first, cell())
    assert [item["id"] for item in anna.ask("GET").json["items"]] == [first["id"], second["id"]]


def test_no_carts(anna: Person) -> None:
    assert anna.ask("GET").json == {"items": [], "next": None}


@pytest.mark.parametrize(
    ("query", "code", "pointer"),
    [
        ("limit=0", "too_small", "/limit"),
        ("limit=101", "too_large", "/limit"),
        ("limit=x", "not_a_number", "/limit"),
        ("page=2", "unknown_field", "/page"),
        ("cursor=", "stale_cursor", "/cursor"),
        ("cursor=!!!!", "stale_cursor", "/cursor"),
        ("cursor=AAAA", "stale_cursor", "/cursor"),
        ("cursor=MSAvLi4veA==", "stale_cursor", "/cursor"),
        ("cursor=OTk5OTk5OTk5OTk5OTk5OTk5OTk5IGE=", "stale_cursor", "/cursor"),
        ("cursor=" + "A" * 201, "too_long", "/cursor"),
    ],
)
def test_a_malformed_query_is_refused(anna: Person, query: str, code: str, pointer: str) -> None:
    answer = anna.ask("GET", f"?{query}")
    assert answer.status_code == 422
    assert [(x["code"], x["in"], x["pointer"]) for x in answer.json["errors"]] == [
        (code, "query", pointer)
    ]
