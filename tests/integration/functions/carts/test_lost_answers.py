"""A commit whose answer was lost is tried again: the change is there, and is one change."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from google.cloud.firestore import Client

from functions.carts.editing import Edit, change_lines, delete_cart, rename_cart
from functions.carts.guard import CartChangedProblem
from functions.carts.schema import LineChange, LineChanges
from shared.cart.repository import CartNotFoundProblem, entity_tag
from shared.identity.caller import Caller, Role
from tests.factories.assortment import NOW
from tests.factories.cart import cart, store_cart

ANNA = Caller("anna", "anna@example.com", "Anna", "100001", Role.BUYER)
EDIT = Edit(ANNA, "cart-1", '"1"', NOW + timedelta(seconds=1))
LATER = Edit(ANNA, "cart-1", '"1"', NOW + timedelta(seconds=2))
CELLS = LineChanges(lines=[LineChange(sku="10123-010-M", door="200001", window="AO", quantity=6)])


@pytest.fixture(autouse=True)
def stored(firestore: Client, app: Flask) -> None:
    """A cart at its first revision."""
    store_cart(firestore, cart())


def test_filled(firestore: Client) -> None:
    first = change_lines(firestore, EDIT, CELLS, None)
    again = change_lines(firestore, EDIT, CELLS, None)
    assert again.cart == first.cart
    with pytest.raises(CartChangedProblem):
        change_lines(firestore, LATER, CELLS, None)


def test_the_next_change_is_another_even_in_the_same_instant(firestore: Client) -> None:
    first = change_lines(firestore, EDIT, CELLS, None)
    next_edit = replace(EDIT, if_match=entity_tag(first.cart))
    less = CELLS.model_copy(update={"lines": [CELLS.lines[0].model_copy(update={"quantity": 5})]})
    assert change_lines(firestore, next_edit, less, None).cart.revision == 3


def test_renamed(firestore: Client) -> None:
    first = rename_cart(firestore, EDIT, "Autumn")
    assert rename_cart(firestore, EDIT, "Autumn").cart == first.cart
    with pytest.raises(CartChangedProblem):
        rename_cart(firestore, LATER, "Autumn")


def test_deleted(firestore: Client) -> None:
    delete_cart(firestore, EDIT)
    delete_cart(firestore, EDIT)
    with pytest.raises(CartNotFoundProblem):
        delete_cart(firestore, LATER)
