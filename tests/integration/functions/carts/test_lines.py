"""Filling the size grid: what is saved, what is refused, and what two people see."""

from typing import Any

import pytest
from google.cloud.firestore import Client

from shared.cart.model import MAX_LINES
from tests.factories.cart import cart, line, store_cart
from tests.integration.functions.carts.conftest import Person
from tests.integration.functions.carts.operations import cell, fill, make, patch, quantities


def faults(answer: Any) -> list[tuple[str, str]]:
    assert answer.status_code == 422, answer.text
    assert answer.json["code"] == "invalid_input"
    return [(fault["code"], fault["pointer"]) for fault in answer.json["errors"]]


def test_cells_are_priced_in_the_answer(anna: Person) -> None:
    made = make(anna)
    answer = patch(anna, made["id"], made["etag"], cell("10123-400-S", 4), cell("10123-010-M", 6))
    assert answer.status_code == 200
    filled = answer.json
    assert answer.headers["ETag"] == filled["etag"] == '"2"'
    assert [line["sku"] for line in filled["lines"]] == ["10123-010-M", "10123-400-S"]
    assert [line["amount"]["amount"] for line in filled["lines"]] == [6 * 2250, 4 * 2250]
    assert filled["totals"]["net"] == {"amount": 22_500, "currency": "EUR"}
    assert filled["placeable"]
    assert anna.ask("GET", f"/{made['id']}").json == filled


def test_only_the_cells_sent_change(anna: Person, ben: Person) -> None:
    made = make(anna, cell("10123-010-S", 1), cell("10123-010-M", 2), cell("10123-010-L", 3))
    after = fill(ben, made, cell("10123-010-S", 5), cell("10123-010-M", 0))
    assert quantities(after) == {"10123-010-S": 5, "10123-010-L": 3}
    changed = {line["sku"]: line["changed"]["by"] for line in after["lines"]}
    assert changed == {"10123-010-S": "Ben Läufer", "10123-010-L": "Anna Läufer"}


def test_the_same_sku_may_go_to_many_doors_and_windows(anna: Person) -> None:
    filled = make(anna, cell(), cell(door="200002"), cell(window="SS27-1"))
    assert [(x["door"], x["window"]) for x in filled["deliveries"]] == [
        ("200001", "AO"),
        ("200001", "SS27-1"),
        ("200002", "AO"),
    ]


def test_what_blocks_placing_does_not_block_saving(anna: Person) -> None:
    filled = make(anna, cell(quantity=51))
    assert [(x["code"], x["pointer"]) for x in filled["checks"]] == [
        ("shortage", "/lines/0/quantity")
    ]
    assert not filled["placeable"]
    assert anna.ask("GET", f"/{filled['id']}").json["lines"][0]["quantity"] == 51


def test_every_unknown_is_told_and_nothing_changed(anna: Person) -> None:
    made = make(anna, cell(quantity=3))
    answer = patch(
        anna,
        made["id"],
        made["etag"],
        cell("10123-010-S", 1),
        cell("99999-010-M", 1),
        cell("10123-010-L", 1, door="300001"),
        cell("10123-010-L", 1, window="FW30-1"),
        cell("nonsense", 1),
        cell("../companies/100001", 1),
        cell("10123-010-S", 2),
    )
    assert faults(answer) == [
        ("unknown_sku", "/lines/1/sku"),
        ("unknown_door", "/lines/2/door"),
        ("unknown_window", "/lines/3/window"),
        ("unknown_sku", "/lines/4/sku"),
        ("unknown_sku", "/lines/5/sku"),
        ("repeated_line", "/lines/6"),
    ]
    assert anna.ask("GET", f"/{made['id']}").json == made


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("quantity", -1, "too_small"),
        ("quantity", 100_001, "too_large"),
        ("quantity", 10**12, "too_large"),
        ("quantity", 10**40, "too_large"),
        ("quantity", 1.0, "not_a_number"),
        ("quantity", 1.5, "not_a_number"),
        ("quantity", "1", "not_a_number"),
        ("quantity", True, "not_a_number"),
        ("quantity", None, "not_a_number"),
        ("quantity", [1], "not_a_number"),
        ("sku", "", "too_short"),
        ("sku", "x" * 65, "too_long"),
        ("sku", "10123-010-M\x00", "malformed"),
        ("sku", "10123-010\n-M", "malformed"),
        ("sku", 10123, "not_a_text"),
        ("door", "200001\x7f", "malformed"),
        ("door", 200001, "not_a_text"),
        ("window", "\x1f", "malformed"),
        ("window", None, "not_a_text"),
        ("price", 1, "unknown_field"),
    ],
)
def test_a_malformed_cell_is_refused_where_it_is(
    anna: Person, field: str, value: Any, code: str
) -> None:
    made = make(anna)
    answer = patch(anna, made["id"], made["etag"], cell(), {**cell("10123-010-S"), field: value})
    assert faults(answer) == [(code, f"/lines/1/{field}")]
    assert anna.ask("GET", f"/{made['id']}").json == made


def test_every_malformed_cell_is_told_at_once(anna: Person) -> None:
    made = make(anna)
    answer = patch(anna, made["id"], made["etag"], cell(quantity=-1), {"sku": "a"}, cell("\x00"))
    assert faults(answer) == [
        ("too_small", "/lines/0/quantity"),
        ("missing", "/lines/1/door"),
        ("missing", "/lines/1/window"),
        ("missing", "/lines/1/quantity"),
        ("malformed", "/lines/2/sku"),
    ]


def test_a_lone_surrogate_is_no_json(anna: Person) -> None:
    made = make(anna)
    body = b'{"lines": [{"sku": "\\udfff", "door": "1", "window": "AO", "quantity": 1}]}'
    answer = anna.ask("PATCH", f"/{made['id']}/lines", body, tag=made["etag"])
    assert (answer.status_code, answer.json["code"]) == (400, "malformed_json")


def test_how_many_cells_a_request_may_have(anna: Person) -> None:
    made = make(anna)
    none = anna.ask("PATCH", f"/{made['id']}/lines", {"lines": []}, tag=made["etag"])
    many = patch(anna, made["id"], made["etag"], *[cell()] * (MAX_LINES + 1))
    most = patch(anna, made["id"], made["etag"], *[cell()] * MAX_LINES)
    assert faults(none) == [("too_few", "/lines")]
    assert faults(many) == [("too_many", "/lines")]
    assert len(faults(most)) == MAX_LINES - 1


def test_a_body_has_an_end(anna: Person) -> None:
    made = make(anna)
    answer = anna.ask("PATCH", f"/{made['id']}/lines", b" " * ((4 << 20) + 1), tag=made["etag"])
    assert (answer.status_code, answer.json["code"]) == (413, "too_large")


def test_the_version_is_needed(anna: Person) -> None:
    made = make(anna)
    answer = anna.ask("PATCH", f"/{made['id']}/lines", {"lines": [cell()]})
    assert (answer.status_code, answer.json["code"]) == (428, "precondition_required")


@pytest.mark.parametrize("tag", ["1", "*", "W/1", 'w/"1"', 'W/W/"1"', '""'])
def test_a_version_is_an_entity_tag(anna: Person, tag: str) -> None:
    made = make(anna)
    answer = patch(anna, made["id"], tag, cell())
    assert answer.json["errors"][0]["pointer"] == "/If-Match"


def test_a_proxy_that_compresses_does_not_make_a_version_another(anna: Person) -> None:
    made = make(anna, cell(quantity=1))
    answer = patch(anna, made["id"], f"W/{made['etag']}", cell(quantity=6))
    assert quantities(answer.json) == {"10123-010-M": 6}
    assert patch(anna, made["id"], f"W/{made['etag']}", cell(quantity=7)).status_code == 412


def test_a_stale_change_is_told_what_others_changed(anna: Person, ben: Person) -> None:
    made = make(anna, cell("10123-010-S", 1), cell("10123-010-M", 2), cell("10123-010-L", 3))
    theirs = fill(ben, made, cell("10123-010-S", 9), cell("10123-010-M", 0))
    answer = patch(anna, made["id"], made["etag"], cell("10123-010-S", 4), cell("10123-400-S", 5))
    assert answer.status_code == 412
    problem = answer.json
    assert (problem["code"], problem["etag"]) == ("cart_changed", theirs["etag"])
    assert problem["conflicts_complete"]
    told = [(x["sku"], x["quantity"], x["changed"]["by"]) for x in problem["conflicts"]]
    assert told == [("10123-010-M", 0, "Ben Läufer"), ("10123-010-S", 9, "Ben Läufer")]
    assert anna.ask("GET", f"/{made['id']}").json == theirs
    chosen = fill(anna, {"id": made["id"], "etag": problem["etag"]}, cell("10123-010-S", 4))
    assert quantities(chosen) == {"10123-010-S": 4, "10123-010-L": 3}


@pytest.mark.parametrize("tag", ['"0"', '"99"', '"abc"', '"-1"', f'"{"9" * 60}"'])
def test_a_version_that_never_was_is_stale(anna: Person, tag: str) -> None:
    made = make(anna, cell())
    answer = patch(anna, made["id"], tag, cell(quantity=1))
    assert answer.status_code == 412
    assert answer.json["etag"] == made["etag"]


def test_two_tabs_of_one_person_are_two(anna: Person) -> None:
    made = make(anna)
    fill(anna, made, cell("10123-010-S", 1))
    answer = patch(anna, made["id"], made["etag"], cell("10123-010-M", 1))
    assert answer.status_code == 412
    assert [x["sku"] for x in answer.json["conflicts"]] == ["10123-010-S"]


def test_another_name_is_a_change_without_conflicts(anna: Person, ben: Person) -> None:
    made = make(anna)
    ben.ask("PATCH", f"/{made['id']}", {"name": "Autumn"}, tag=made["etag"])
    answer = patch(anna, made["id"], made["etag"], cell())
    assert answer.status_code == 412
    assert (answer.json["name"], answer.json["conflicts"]) == ("Autumn", [])


def test_a_repeated_change_is_answered_not_refused(anna: Person, ben: Person) -> None:
    made = make(anna)
    first = patch(anna, made["id"], made["etag"], cell(), key="filled-once")
    again = patch(anna, made["id"], made["etag"], cell(), key="filled-once")
    assert again.status_code == 200
    assert again.json == first.json
    theirs = fill(ben, first.json, cell(quantity=9))
    later = patch(anna, made["id"], made["etag"], cell(), key="filled-once")
    assert later.json == theirs


def test_another_change_under_the_key_is_refused(anna: Person) -> None:
    made = make(anna)
    filled = patch(anna, made["id"], made["etag"], cell(), key="filled-once").json
    answer = patch(anna, made["id"], filled["etag"], cell(quantity=7), key="filled-once")
    assert (answer.status_code, answer.json["code"]) == (422, "idempotency_key_reused")
    assert anna.ask("GET", f"/{made['id']}").json == filled


def test_the_same_again_changes_nothing(anna: Person, ben: Person) -> None:
    made = make(anna, cell())
    again = fill(ben, made, cell(), cell("10123-010-L", 0))
    assert again == made
    with_key = patch(ben, made["id"], made["etag"], cell(), key="nothing-new")
    assert with_key.json == made
    assert patch(ben, made["id"], '"1"', cell(), key="nothing-new").json == made


def test_a_line_withdrawn_since_can_be_taken_out(anna: Person, firestore: Client) -> None:
    store_cart(firestore, cart([line("77777-010-M", 3), line(quantity=2)]))
    read = anna.ask("GET", "/cart-1").json
    assert [x["sku"] for x in read["lines"]] == ["10123-010-M", "77777-010-M"]
    assert [x["pointer"] for x in read["checks"]] == ["/lines/1/sku"]
    assert quantities(fill(anna, read, cell("77777-010-M", 0))) == {"10123-010-M": 2}


def test_texts_are_in_the_readers_language(anna: Person) -> None:
    made = make(anna, cell())
    answer = anna.ask("GET", f"/{made['id']}", **{"Accept-Language": "de-DE"})
    assert answer.json["lines"][0]["style_name"] == "Technik-Shirt 2.0"
