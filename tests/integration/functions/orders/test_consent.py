"""A rep places what they prepared, with the buyer's stated consent; nothing else, and nobody else so."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from google.cloud.firestore import Client
from openpyxl import load_workbook

from shared.actor import ActorKind
from shared.cart.context import CartContext
from shared.cart.model import Cart
from tests.factories.cart import ANNA, NINA, store_cart
from tests.factories.placing import AT_ONCE, DOOR, body_for, cart_of
from tests.integration.functions.orders.conftest import Person

CONSENT = {"name": " Petra Lange ", "means": "phone"}


@pytest.fixture
def nina(app: Flask) -> Person:
    """A sales rep who acts for the company."""
    return Person(app, uid="nina", name="Nina Sommer", role="rep")


@pytest.fixture
def prepared(firestore: Client, context: CartContext) -> Cart:
    """A cart that she prepares."""
    return _stored(firestore, created=NINA)


def _stored(firestore: Client, **overrides: Any) -> Cart:
    made = cart_of([("10123-010-M", DOOR, AT_ONCE, 6)], **overrides)
    store_cart(firestore, made)
    return made


def orders_in(firestore: Client) -> list[str]:
    return [snapshot.id for snapshot in firestore.collection("orders").stream()]


def test_who_agreed_stands_with_the_order_in_its_history_and_on_paper(
    nina: Person, anna: Person, prepared: Cart, context: CartContext
) -> None:
    placed = nina.place(body_for(prepared, context, consent=CONSENT))
    assert placed.status_code == 201, placed.data
    [head] = placed.json["orders"]
    assert (head["placed_by"], head["placed_by_kind"]) == ("Nina Sommer", "rep")
    assert head["consent"] == {"name": "Petra Lange", "means": "phone"}
    order = anna.get(f"/{head['number']}").json
    assert order["consent"] == head["consent"]
    assert order["history"][0]["reason"] == "Agreed with Petra Lange by phone"
    path = f"/{head['number']}/documents/confirmation.xlsx"
    book = load_workbook(BytesIO(anna.get(path, language="de").data))
    cells = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert "Nina Sommer (Außendienst). Mit Petra Lange am Telefon vereinbart" in cells


@pytest.mark.parametrize("means", ["mail", "meeting"])
def test_each_means_has_its_words(
    means: str, nina: Person, prepared: Cart, context: CartContext
) -> None:
    consent = {"name": "Petra Lange", "means": means}
    [head] = nina.place(body_for(prepared, context, consent=consent)).json["orders"]
    [step, *_] = nina.get(f"/{head['number']}").json["history"]
    assert step["reason"].startswith("Agreed with Petra Lange ")
    assert means in step["reason"]


@pytest.mark.parametrize(
    ("consent", "pointer"),
    [
        (None, "/consent"),
        ({"means": "phone"}, "/consent/name"),
        ({"name": "Petra"}, "/consent/means"),
        ({"name": "   ", "means": "phone"}, "/consent/name"),
        ({"name": "x" * 101, "means": "phone"}, "/consent/name"),
        ({"name": "Petra\nLange", "means": "phone"}, "/consent/name"),
        ({"name": "Petra", "means": "fax"}, "/consent/means"),
    ],
)
def test_without_a_whole_consent_a_rep_places_nothing(
    consent: Any,
    pointer: str,
    nina: Person,
    prepared: Cart,
    context: CartContext,
    firestore: Client,
) -> None:
    answer = nina.place(body_for(prepared, context, consent=consent))
    assert (answer.status_code, answer.json["code"]) == (422, "invalid_input")
    assert [fault["pointer"] for fault in answer.json["errors"]] == [pointer]
    assert orders_in(firestore) == []


def test_the_companys_people_need_nobodys_consent(
    anna: Person, cart: Cart, context: CartContext, firestore: Client
) -> None:
    answer = anna.place(body_for(cart, context, consent=CONSENT))
    assert (answer.status_code, answer.json["code"]) == (422, "invalid_input")
    assert [fault["pointer"] for fault in answer.json["errors"]] == ["/consent"]
    assert orders_in(firestore) == []


def test_a_rep_places_no_cart_of_the_companys(
    nina: Person, context: CartContext, firestore: Client
) -> None:
    for whose in (
        {"created": ANNA.model_copy(update={"by_kind": ActorKind.PERSON})},
        {"created": NINA},
    ):
        given = NINA if whose["created"] is NINA else None
        theirs = _stored(firestore, handed_over=given, **whose)
        answer = nina.place(body_for(theirs, context, consent=CONSENT))
        assert (answer.status_code, answer.json["code"]) == (403, "cart_of_customer")
    assert orders_in(firestore) == []


def test_the_company_places_what_was_handed_over_and_not_before(
    anna: Person, prepared: Cart, context: CartContext, firestore: Client
) -> None:
    early = anna.place(body_for(prepared, context))
    assert (early.status_code, early.json["code"]) == (403, "cart_in_preparation")
    given = _stored(firestore, created=NINA, handed_over=NINA)
    assert anna.place(body_for(given, context)).status_code == 201
