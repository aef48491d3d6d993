"""Who may do what with whose carts: the same questions for every operation."""

from typing import Any

import pytest
from flask import Flask
from google.cloud.firestore import Client

from functions.carts.routes import SERVICE
from shared.cart.model import CartState
from shared.store import read_all
from tests.factories.cart import cart, line, store_cart
from tests.integration.functions.carts.conftest import Person, ask
from tests.integration.functions.carts.operations import ALL, ON_A_CART, Operation

EVERY = pytest.mark.parametrize("operation", ALL.values(), ids=ALL)
EVERY_ON_A_CART = pytest.mark.parametrize("operation", ON_A_CART.values(), ids=ON_A_CART)


@pytest.fixture(autouse=True)
def stored(firestore: Client, app: Flask) -> None:
    """An open, a deleted and a foreign cart."""
    store_cart(
        firestore,
        cart([line()]),
        cart([line()], "gone", state=CartState.DELETED),
        cart([line()], "foreign", company="100002"),
    )


def documents(firestore: Client) -> list[dict[str, Any] | None]:
    return [found.to_dict() for found in firestore.collection("carts").stream()]


@EVERY
@pytest.mark.parametrize("authorization", [None, "Bearer forged", "Basic YTpi", "Bearer {}"])
def test_anonymous(
    operation: Operation, authorization: str | None, app: Flask, firestore: Client
) -> None:
    before = documents(firestore)
    headers = {"Authorization": authorization} if authorization else {}
    answer = ask(
        app, operation.method, operation.path.format(cart="cart-1"), operation.body, headers
    )
    assert answer.status_code == 401
    assert answer.json is not None
    assert answer.json["code"] == "unauthenticated"
    assert documents(firestore) == before


@EVERY
def test_a_viewer_only_reads(operation: Operation, viewer: Person, firestore: Client) -> None:
    before = documents(firestore)
    answer = operation.by(viewer, "cart-1")
    if operation.reads:
        assert answer.status_code == 200
    else:
        assert answer.status_code == 403
        assert answer.json["code"] == "role_not_allowed"
    assert documents(firestore) == before


@EVERY
@pytest.mark.parametrize("role", ["buyer", "approver", "admin"])
def test_everybody_else_of_the_company_may(operation: Operation, role: str, app: Flask) -> None:
    answer = operation.by(Person(app, role=role), "cart-1")
    assert answer.status_code in {200, 201, 204}, answer.text


@EVERY_ON_A_CART
@pytest.mark.parametrize("missing", ["foreign", "gone", "never-was", "a b", "x" * 65, "."])
def test_what_is_not_the_companys_does_not_exist(
    operation: Operation, missing: str, anna: Person, firestore: Client
) -> None:
    before = documents(firestore)
    answer = operation.by(anna, missing)
    assert answer.status_code == 404
    assert answer.json["code"] in {"cart_not_found", "not_found"}
    assert documents(firestore) == before


@EVERY
def test_another_company_is_not_found(operation: Operation, app: Flask) -> None:
    answer = operation.by(Person(app, headers={"X-Company": "100002"}), "cart-1")
    assert answer.status_code == 404


def test_a_stranger_does_not_see_the_carts_in_the_list(stranger: Person) -> None:
    answer = stranger.ask("GET")
    assert [item["id"] for item in answer.json["items"]] == ["foreign"]


@EVERY_ON_A_CART
def test_an_ordered_cart_stays_as_it_is(
    operation: Operation, anna: Person, firestore: Client
) -> None:
    ordered = cart([line()], "ordered", state=CartState.ORDERED, order_group="7K3Q9XZ4M2")
    store_cart(firestore, ordered)
    before = read_all(firestore, [firestore.collection("carts").document("ordered")])
    answer = operation.by(anna, "ordered")
    if operation.tag:
        assert answer.status_code == 409
        assert (answer.json["code"], answer.json["group"]) == ("cart_ordered", "7K3Q9XZ4M2")
    elif operation.reads:
        assert answer.json["state"] == "ordered"
        assert not answer.json["placeable"]
    else:
        assert answer.status_code == 201
    assert read_all(firestore, [firestore.collection("carts").document("ordered")]) == before


def test_a_company_that_sap_has_not_sent_has_no_carts(app: Flask) -> None:
    nobody = Person(app, company="100009")
    answer = nobody.ask("POST", body={"name": "Spring"}, key="make-it-once")
    assert answer.status_code == 404


def test_the_contract_is_served(app: Flask) -> None:
    answer = ask(app, "GET", "/openapi.json", None, {})
    assert answer.json is not None
    assert answer.json["info"]["version"] == SERVICE.version
    assert set(answer.json["paths"]) == {
        "/v1/carts",
        "/v1/carts/customers/counts",
        "/v1/carts/{cart_id}",
        "/v1/carts/upload/mappings",
        "/v1/carts/upload/mappings/{mapping}",
        "/v1/carts/upload/template",
        "/v1/carts/{cart_id}/copy",
        "/v1/carts/{cart_id}/hand-over",
        "/v1/carts/{cart_id}/upload",
        "/v1/carts/{cart_id}/lines",
    }
