"""A rep prepares carts of their own and hands them over; the company's they never touch."""

from typing import Any

import pytest
from flask import Flask
from google.cloud.firestore import Client

from shared.store import read_all
from tests.factories.cart import cart, line, store_cart
from tests.integration.functions.carts.conftest import Person
from tests.integration.functions.carts.operations import (
    ON_A_CART,
    SHEET,
    Operation,
    cell,
    fill,
    make,
    patch,
)

CHANGES = {name: one for name, one in ON_A_CART.items() if one.tag}
EVERY_CHANGE = pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)


def hand_over(person: Person, given: Any, tag: str | None = None) -> Any:
    return person.ask("POST", f"/{given['id']}/hand-over", tag=tag or given["etag"])


def stored(firestore: Client, made: Any) -> Any:
    return read_all(firestore, [firestore.collection("carts").document(made["id"])])


@EVERY_CHANGE
def test_a_rep_changes_no_cart_of_the_companys(
    change: Operation, anna: Person, nina: Person, firestore: Client
) -> None:
    made = make(anna)
    before = stored(firestore, made)
    answer = change.by(nina, made["id"])
    assert (answer.status_code, answer.json["code"]) == (403, "cart_of_customer")
    assert "Copy it" in answer.json["detail"]
    assert stored(firestore, made) == before


@EVERY_CHANGE
def test_the_companys_people_wait_for_what_a_rep_prepares(
    change: Operation, anna: Person, nina: Person, firestore: Client
) -> None:
    made = make(nina)
    before = stored(firestore, made)
    answer = change.by(anna, made["id"])
    assert (answer.status_code, answer.json["code"]) == (403, "cart_in_preparation")
    assert "Nina Sommer (sales rep) prepares this cart" in answer.json["detail"]
    assert stored(firestore, made) == before


@EVERY_CHANGE
def test_any_rep_of_the_company_goes_on(change: Operation, nina: Person, app: Flask) -> None:
    colleague = Person(app, uid="nils", name="Nils Berg", role="rep")
    assert change.by(colleague, make(nina)["id"]).status_code in {200, 204}


def test_an_upload_is_refused_before_it_is_looked_at_in_vain(anna: Person, nina: Person) -> None:
    made = make(anna)
    path = f"/{made['id']}/upload?preview=true"
    answer = nina.ask("POST", path, SHEET, tag=made["etag"], kind="text/csv")
    assert (answer.status_code, answer.json["code"]) == (403, "cart_of_customer")


def test_a_cart_says_whose_it_is(anna: Person, nina: Person, viewer: Person) -> None:
    made = make(nina, cell())
    seen = anna.ask("GET", f"/{made['id']}").json
    assert (made["may_change"], made["may_hand_over"], made["placeable"]) == (True, True, True)
    assert (seen["may_change"], seen["may_hand_over"], seen["placeable"]) == (False, False, False)
    assert seen["prepared_by"] == made["prepared_by"] == "Nina Sommer"
    assert "prepares this cart" in seen["not_changed_because"]
    assert made["not_changed_because"] is None
    [listed] = anna.ask("GET").json["items"]
    assert (listed["prepared_by"], listed["may_change"]) == ("Nina Sommer", False)
    assert not viewer.ask("GET", f"/{made['id']}").json["may_change"]


def test_a_cart_is_handed_over(anna: Person, nina: Person) -> None:
    made = make(nina, cell())
    answer = hand_over(nina, made)
    given = answer.json
    assert (answer.status_code, answer.headers["ETag"]) == (200, given["etag"])
    assert (given["handed_over"]["by"], given["handed_over"]["by_kind"]) == ("Nina Sommer", "rep")
    assert given["handed_over"]["at"] == given["changed"]["at"]
    assert given["lines"] == made["lines"]
    assert (given["may_change"], given["prepared_by"]) == (False, None)
    assert patch(nina, made["id"], given["etag"], cell(quantity=9)).status_code == 403
    filled = fill(anna, given, cell(quantity=9))
    assert (filled["may_change"], filled["placeable"]) == (True, True)
    assert filled["created"]["by"] == filled["handed_over"]["by"] == "Nina Sommer"
    [listed] = nina.ask("GET").json["items"]
    assert (listed["prepared_by"], listed["may_change"]) == (None, False)


def test_handed_over_once_whoever_asks_again(anna: Person, nina: Person, app: Flask) -> None:
    made = make(nina, cell())
    first = hand_over(nina, made).json
    filled = fill(anna, first, cell(quantity=9))
    colleague = Person(app, uid="nils", name="Nils Berg", role="rep")
    for again in (hand_over(nina, made), hand_over(colleague, made)):
        assert (again.status_code, again.json["etag"]) == (200, filled["etag"])
        assert again.json["handed_over"] == first["handed_over"]


def test_from_a_stale_version_nothing_is_handed_over(nina: Person, app: Flask) -> None:
    made = make(nina, cell())
    fill(Person(app, uid="nils", name="Nils Berg", role="rep"), made, cell(quantity=9))
    answer = hand_over(nina, made)
    assert (answer.status_code, answer.json["code"]) == (412, "cart_changed")
    assert nina.ask("GET", f"/{made['id']}").json["handed_over"] is None


def test_only_reps_hand_over_and_only_what_they_prepare(anna: Person, nina: Person) -> None:
    own = make(anna, cell())
    answer = hand_over(nina, own)
    assert (answer.status_code, answer.json["code"]) == (403, "cart_of_customer")
    answer = hand_over(anna, own)
    assert (answer.status_code, answer.json["code"]) == (403, "role_not_allowed")


def test_no_stranger_meets_it(nina: Person, app: Flask) -> None:
    made = make(nina, cell())
    stranger = Person(app, uid="otto", role="rep", company="100002")
    assert hand_over(stranger, made).status_code == 404


def test_a_copy_is_the_copiers(anna: Person, nina: Person) -> None:
    companys, reps = make(anna, cell()), make(nina, cell(quantity=2), key="the-reps-own")
    body = {"name": "Copy"}
    copied = nina.ask("POST", f"/{companys['id']}/copy", body, key="copy-by-nina").json
    assert (copied["prepared_by"], copied["may_change"]) == ("Nina Sommer", True)
    copied = anna.ask("POST", f"/{reps['id']}/copy", body, key="copy-by-anna").json
    assert (copied["prepared_by"], copied["may_change"]) == (None, True)


def test_a_cart_of_before_kinds_were_kept_is_everybodys_who_had_it(
    anna: Person, nina: Person, firestore: Client
) -> None:
    by_nina = cart().created.model_copy(update={"uid": "nina", "by": "Nina Sommer"})
    store_cart(firestore, cart([line()], created=by_nina), cart([line()], "annas"))
    assert anna.ask("GET", "/cart-1").json["may_change"]
    assert nina.ask("GET", "/cart-1").json["may_change"]
    assert not nina.ask("GET", "/annas").json["may_change"]
