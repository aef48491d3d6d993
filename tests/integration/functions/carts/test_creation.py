"""New carts and copies: once per key, whatever is repeated."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from google.cloud.firestore import Client

from functions.carts.listing import MOST_OPEN
from shared.cart.model import CartState
from tests.factories.cart import cart, store_cart
from tests.integration.functions.carts.conftest import Person
from tests.integration.functions.carts.operations import KEY, cell, fill, make, quantities
from tests.support.firestore_counter import counting


def test_a_new_cart_is_empty_and_has_its_place(anna: Person) -> None:
    answer = anna.ask("POST", body={"name": "  Spring 2027 "}, key=KEY)
    assert answer.status_code == 201
    made = answer.json
    assert answer.headers["ETag"] == made["etag"] == '"1"'
    assert answer.headers["Location"] == f"/v1/carts/{made['id']}"
    assert (made["name"], made["state"], made["lines"]) == ("Spring 2027", "open", [])
    assert made["created"] == made["changed"]
    assert (made["created"]["by"], made["created"]["uid"]) == ("Anna Läufer", "anna")
    assert [check["code"] for check in made["checks"]] == ["empty"]
    assert anna.ask("GET", f"/{made['id']}").json == made


def test_a_repetition_finds_the_same_cart_as_it_is_now(anna: Person, firestore: Client) -> None:
    made = make(anna)
    filled = fill(anna, made, cell())
    again = anna.ask("POST", body={"name": "Spring"}, key=KEY)
    assert again.status_code == 201
    assert again.json == filled
    assert len(list(firestore.collection("carts").list_documents())) == 1


def test_another_request_under_the_key_is_refused(anna: Person) -> None:
    made = make(anna)
    other = anna.ask("POST", body={"name": "Autumn"}, key=KEY)
    copied = anna.ask("POST", f"/{made['id']}/copy", {"name": "Spring"}, key=KEY)
    for answer in (other, copied):
        assert answer.status_code == 422
        assert answer.json["code"] == "idempotency_key_reused"


def test_a_key_is_its_persons_and_companys(anna: Person, ben: Person, stranger: Person) -> None:
    carts = {make(person, name=person.uid)["id"] for person in (anna, ben, stranger)}
    assert len(carts) == 3


def test_the_key_of_a_cart_deleted_since_does_not_bring_it_back(anna: Person) -> None:
    made = make(anna)
    assert anna.ask("DELETE", f"/{made['id']}", tag=made["etag"]).status_code == 204
    assert anna.ask("POST", body={"name": "Spring"}, key=KEY).status_code == 404


def test_repetitions_at_once_make_one_cart(anna: Person, firestore: Client) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda _: anna.ask("POST", body={"name": "Spring"}, key=KEY), range(8))
        )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json["id"] for answer in answers}) == 1
    assert len(list(firestore.collection("carts").list_documents())) == 1


def test_a_company_has_no_more_open_carts_than_anybody_finds_their_way_in(
    anna: Person, ben: Person, stranger: Person, firestore: Client
) -> None:
    made = make(anna)
    others = [cart(id=f"spring-{n}") for n in range(MOST_OPEN - 2)]
    closed = [
        cart(id=f"{state}-1", state=state) for state in (CartState.ORDERED, CartState.DELETED)
    ]
    store_cart(firestore, *others, *closed)
    last = make(ben, name="The last")
    for path in ("", f"/{made['id']}/copy"):
        with counting(firestore) as count:
            answer = ben.ask("POST", path, {"name": "More"}, key=f"one-more{path[-4:]}")
        assert (answer.status_code, answer.json["code"]) == (409, "too_many_carts")
        assert "200" in answer.json["detail"]
        # And how often that was asked for, by person and by company.
        assert (count.reads, count.writes) == (3 + bool(path) + 2, 2)
    assert ben.ask("POST", body={"name": "The last"}, key=KEY).json == last
    assert stranger.ask("POST", body={"name": "Mine"}, key=KEY).status_code == 201
    assert anna.ask("DELETE", f"/{made['id']}", tag=made["etag"]).status_code == 204
    assert ben.ask("POST", body={"name": "More"}, key="one-more").status_code == 201


def test_a_copy_has_the_lines_and_leaves_the_source(anna: Person, ben: Person) -> None:
    source = make(anna, cell("10123-010-M", 6), cell("10200-001-41", 2))
    answer = ben.ask("POST", f"/{source['id']}/copy", {"name": "Copy"}, key=KEY)
    assert answer.status_code == 201
    copied = answer.json
    assert copied["id"] != source["id"]
    assert (copied["name"], copied["etag"]) == ("Copy", '"1"')
    assert quantities(copied) == quantities(source) == {"10123-010-M": 6, "10200-001-41": 2}
    assert copied["totals"] == source["totals"]
    assert {line["changed"]["by"] for line in copied["lines"]} == {"Ben Läufer"}
    fill(ben, copied, cell("10123-010-M", 0))
    assert anna.ask("GET", f"/{source['id']}").json == source


def test_a_repeated_copy_is_one_copy_even_if_the_source_went(anna: Person) -> None:
    source = make(anna, cell())
    first = anna.ask("POST", f"/{source['id']}/copy", {"name": "Copy"}, key="copy-it-once")
    anna.ask("DELETE", f"/{source['id']}", tag=source["etag"])
    again = anna.ask("POST", f"/{source['id']}/copy", {"name": "Copy"}, key="copy-it-once")
    assert again.json == first.json


NAMES: list[tuple[Any, str, str]] = [
    ({"name": ""}, "too_short", "/name"),
    ({"name": "   "}, "too_short", "/name"),
    ({"name": "x" * 81}, "too_long", "/name"),
    ({"name": "a\x00b"}, "unseen_character", "/name"),
    ({"name": "a\nb"}, "unseen_character", "/name"),
    ({"name": "a\x85b"}, "unseen_character", "/name"),
    ({"name": 7}, "not_a_text", "/name"),
    ({"name": None}, "not_a_text", "/name"),
    ({}, "missing", "/name"),
    ({"name": "A", "company": "100002"}, "unknown_field", "/company"),
]


@pytest.mark.parametrize(("body", "code", "pointer"), NAMES)
def test_a_name_is_a_short_line_of_text(anna: Person, body: Any, code: str, pointer: str) -> None:
    made = make(anna)
    for method, path in (
        ("POST", ""),
        ("PATCH", f"/{made['id']}"),
        ("POST", f"/{made['id']}/copy"),
    ):
        answer = anna.ask(method, path, body, key="another-key", tag=made["etag"])
        assert answer.status_code == 422
        assert [(fault["code"], fault["pointer"]) for fault in answer.json["errors"]] == [
            (code, pointer)
        ]
    assert len(anna.ask("GET").json["items"]) == 1


@pytest.mark.parametrize(
    "body", [b"", b"{", b'{"name": "\\ud800"}', b"\xff\xfe", b'{"name": "\xff"}']
)
def test_what_is_no_json_is_malformed(anna: Person, body: bytes) -> None:
    answer = anna.ask("POST", body=body, key=KEY)
    assert answer.status_code == 400
    assert answer.json["code"] == "malformed_json"


@pytest.mark.parametrize(
    ("key", "code"), [(None, "missing"), ("short", "malformed"), ("x" * 65, "malformed")]
)
def test_a_key_is_needed(anna: Person, key: str | None, code: str) -> None:
    made = make(anna)
    for path in ("", f"/{made['id']}/copy"):
        answer = anna.ask("POST", path, {"name": ""}, key=key)
        assert answer.status_code == 422
        faults = [(x["code"], x["in"], x["pointer"]) for x in answer.json["errors"]]
        assert faults == [
            (code, "header", "/Idempotency-Key"),
            ("too_short", "body", "/name"),
        ]


@pytest.mark.parametrize("name", ["Ελλάδα 2027 ✓", "春夏", 'Größe "M" <b>', "עברית"])
def test_any_script_is_a_name(anna: Person, name: str) -> None:
    assert make(anna, name=name)["name"] == name
