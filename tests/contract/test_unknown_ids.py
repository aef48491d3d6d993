"""Ids of nothing, and odd ones, in paths, bodies and filters."""

import re

from google.cloud.firestore import Client

from shared.http.fields import PATH_ID
from tests.support import small_world as world
from tests.support.asking import (
    PARAMETERS,
    AnyRoute,
    Caller,
    assert_problem,
    every_route_of_one_thing,
    faults,
    sensible_body,
    sensible_query,
)
from tests.support.places import HUGE
from tests.support.services import ROUTES

UNKNOWN = ("unknown", "-", "0" * 64, "10123-999-XXL", "ZZZZZZZZZZ-999")
IMPOSSIBLE = ("%00", "a%0Ab", "%F0%9F%91%9F", "x" * 65, "x" * 20_000, "a b", "%2e%2e", "__x__", "*")


@every_route_of_one_thing
def test_ids_of_nothing_are_not_found(caller: Caller, route: AnyRoute) -> None:
    for id_ in (*UNKNOWN, *IMPOSSIBLE):
        parameters = dict.fromkeys(PARAMETERS, id_)
        reply = caller.ask(sensible_body(route), sensible_query(route), parameters=parameters)
        assert_problem(reply, 404, sent=id_)


# Some of these are no names that Firestore takes, or are paths to it.
ODD = (
    "unknown",
    "10123-999-S",
    ".",
    "..",
    "__x__",
    "a/b",
    "../carts",
    "10123/010-S",
    "-",
    "`",
    "ß",
)
ODD_IDS = [id_ for id_ in ODD if re.fullmatch(PATH_ID, id_)]


def _caller(db: Client, name: str, method: str, path: str) -> Caller:
    found = next(
        (service, route)
        for service, route in ROUTES
        if (service.name, route.method, route.path) == (name, method, path)
    )
    return Caller(db, *found)


def test_lines_with_ids_of_nothing_are_each_named(firestore: Client) -> None:
    caller = _caller(firestore, "carts", "PATCH", "/<cart_id>/lines")
    right = {"sku": world.SKU, "door": "200001", "window": "AO", "quantity": 1}
    for field in ("sku", "door", "window"):
        lines = [right, *({**right, field: id_} for id_ in ODD)]
        reply = caller.ask({"lines": lines})
        assert_problem(reply, 422, sent=field)
        assert {pointer.rsplit("/", 1)[0] for _, pointer in faults(reply)} == {
            f"/lines/{number}" for number in range(1, len(lines))
        }, field
    caller.assert_nothing_changed()


def test_a_cart_of_nothing_is_not_placed(firestore: Client) -> None:
    caller = _caller(firestore, "orders", "POST", "")
    for id_ in ODD_IDS:
        body = {"cart": {"id": id_, "revision": 1}, "po_number": "PO 1", "prices": []}
        assert_problem(caller.ask(body), 404, sent=id_)
    for id_ in set(ODD) - set(ODD_IDS):
        body = {"cart": {"id": id_, "revision": 1}, "po_number": "PO 1", "prices": []}
        reply = caller.ask(body)
        assert_problem(reply, 422, sent=id_)
        assert faults(reply) == {("body", "/cart/id")}
    caller.assert_nothing_changed()


def test_prices_and_deliveries_of_nothing_are_refused(firestore: Client) -> None:
    caller = _caller(firestore, "orders", "POST", "")
    for id_ in ODD:
        price = {"style": id_, "unit_price": {"amount": HUGE, "currency": "EUR"}}
        body = {
            "cart": {"id": world.CART, "revision": 1},
            "po_number": "PO 1",
            "prices": [price],
            "deliveries": [{"door": id_, "window": id_}],
        }
        assert_problem(caller.ask(body), 409, 422, sent=id_)
    caller.assert_nothing_changed()


def test_looking_up_nothing_finds_nothing(firestore: Client) -> None:
    caller = _caller(firestore, "catalog", "POST", "/lookup")
    reply = caller.ask({"entries": list(ODD)})
    assert [line["status"] for line in reply.body["lines"]] == ["not_found"] * len(ODD)
    caller.assert_nothing_changed()


def test_filters_by_nothing_find_nothing(firestore: Client) -> None:
    for name, path, items, filters in (
        ("catalog", "/styles", "items", ("season", "delivery", "category", "colour", "size")),
        ("orders", "", "orders", ("door", "window", "season", "po_number")),
    ):
        caller = _caller(firestore, name, "GET", path)
        for filter_ in filters:
            for id_ in ODD:
                reply = caller.ask(query=[(filter_, id_)])
                assert reply.status == 200, (filter_, id_, reply.body)
                assert reply.body[items] == []
        caller.assert_nothing_changed()


def test_words_and_styles_may_be_odd(firestore: Client) -> None:
    for name, path, filter_ in (("catalog", "/styles", "q"), ("orders", "", "style")):
        caller = _caller(firestore, name, "GET", path)
        for id_ in ODD:
            assert caller.ask(query=[(filter_, id_)]).status == 200, id_
        caller.assert_nothing_changed()
