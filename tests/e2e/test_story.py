"""From signing in to the confirmed order, as a buyer walks it through the gateway."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.factories.sap_prices import position_of
from tests.support import portal, sap
from tests.support.portal import Person, line, new_key
from tests.support.queue import dispatches, paused
from tests.support.wait import wait_until

Cloud = dict[str, Any]

# The first style of the demo data is in every assortment, price list and window.
STYLE = "10001"
LAST_PAIRS = "10001-010-42"
LAST_PAIRS_LEFT = 10
PLANT = "EU01"
MANY = 20


@pytest.fixture(scope="module")
def anna(local_cloud: Cloud) -> Person:
    """Buys for a German company: German, EUR, exact stock figures."""
    return portal.person(local_cloud, "Anna")


@pytest.fixture(scope="module")
def ewa(local_cloud: Cloud) -> Person:
    """Buys for a Polish company: Polish, PLN, stock figures up to 100."""
    return portal.person(local_cloud, "Ewa")


def _at_once(reader: Person) -> str:
    windows = reader.read("catalog/styles")["windows"]
    return next(str(each["id"]) for each in windows if each["kind"] == "at_once")


def _pre_book(reader: Person) -> str:
    windows = reader.read("catalog/styles")["windows"]
    return next(str(each["id"]) for each in windows if each["kind"] == "pre_book" and each["open"])


def _door(reader: Person, country: str = "") -> str:
    """A door in that country, or the default one."""
    doors = reader.read("accounts/company/doors")["items"]
    found = (each for each in doors if country in ("", each["address"]["country"]))
    return str(next(found)["id"])


def _skus(reader: Person) -> dict[str, dict[str, Any]]:
    """The style's sizes by SKU, as the reader sees them now."""
    colourways = reader.read(f"catalog/styles/{STYLE}")["colourways"]
    return {size["sku"]: size for each in colourways for size in each["sizes"]}


def _left(reader: Person, sku: str) -> int | None:
    quantity: int | None = _skus(reader)[sku]["availability"]["quantity"]
    return quantity


def _article(order: Any, sku: str) -> str:
    return next(str(each["article"]) for each in order["lines"] if each["sku"] == sku)


def _grid(buyer: Person) -> list[dict[str, Any]]:
    """40 cells, 48 pieces: two doors, two colourways, five sizes, at once and pre-booked."""
    style = buyer.read(f"catalog/styles/{STYLE}")
    in_stock = [
        {
            size["size"]: size["sku"]
            for size in colourway["sizes"]
            if (size["availability"]["quantity"] or 0) >= MANY
        }
        for colourway in style["colourways"][:2]
    ]
    sizes = [size for size in in_stock[0] if size in in_stock[1]][:5]
    return [
        line(skus[size], door, window, 2 if size == sizes[0] else 1)
        for door in (_door(buyer, "DE"), _door(buyer, "AT"))
        for window in (_at_once(buyer), _pre_book(buyer))
        for skus in in_stock
        for size in sizes
    ]


def test_the_catalogue_is_the_companys_in_its_language_and_currency(
    anna: Person, ewa: Person
) -> None:
    page = anna.read("catalog/styles")
    assert page["currency"] == "EUR"
    assert "Schuhe" in [each["label"] for each in page["facets"]["category"]]
    assert ewa.read("catalog/styles")["currency"] == "PLN"
    hers = {each["style"] for each in page["items"]}
    assert hers != {each["style"] for each in ewa.read("catalog/styles")["items"]}
    found = anna.read("catalog/styles?q=wanderschuh")["items"]
    assert found
    assert STYLE in [each["style"] for each in found]
    style = anna.read(f"catalog/styles/{STYLE}")
    assert style["price"]["unit"]["currency"] == "EUR"
    assert style["price"]["tiers"]


def test_a_size_grid_becomes_orders_that_sap_confirms(local_cloud: Cloud, anna: Person) -> None:
    cells = _grid(anna)
    assert len(cells) == 40
    created = anna.send("POST", "carts", {"name": "Frühjahr"}, Idempotency_Key=new_key())
    assert [check["code"] for check in created.body["checks"]] == ["empty"]
    assert created.body["checks"][0]["detail"] == "Der Warenkorb ist leer."

    # One request fills, another places.
    cart = portal.fill(anna, created.body, cells)
    _is_priced(cart, anna.read(f"catalog/styles/{STYLE}")["price"]["tiers"])
    reply = portal.place(anna, cart, "EK 2027/17")
    assert reply.status == 201, reply
    orders = reply.body["orders"]
    assert len(orders) == 4
    assert sum(order["pieces"] for order in orders) == 48
    assert {order["vat"]["rule"] for order in orders} == {"domestic", "no_vat_id"}

    for placed in orders:
        order = portal.confirmed(anna, placed["number"])
        assert order["net"] == placed["net"]
        for each in order["lines"]:
            assert sum(part["quantity"] for part in each["confirmed"]) == each["quantity"]
        (row,) = sap.orders_of(local_cloud, order["number"])
        assert row["PURCH_NO_C"] == f"{order['number']}/EK 2027/17"
        assert row["VBELN"].lstrip("0") == order["sap_number"]
        _is_what_was_ordered(row, order)
    assert anna.read(f"carts/{cart['id']}")["state"] == "ordered"


def _is_priced(cart: Any, tiers: list[Any]) -> None:
    """48 pieces over both colourways and all sizes reach the first tier, not the second."""
    (style,) = cart["styles"]
    assert style["pieces"] == 48
    assert style["tier"] == tiers[0]["quantity"] == 10
    assert style["unit_price"] == tiers[0]["price"]
    assert style["next_tier"]["missing"] == 2
    assert cart["totals"]["net"] == {
        "amount": 48 * tiers[0]["price"]["amount"],
        "currency": "EUR",
    }
    # One door is in Austria, for which a German VAT id is none; that does not block.
    (check,) = cart["checks"]
    assert (check["code"], check["severity"]) == ("no_vat_id", "warning")
    assert check["detail"].startswith("Es wird die Umsatzsteuer des Landes berechnet")
    assert cart["placeable"]


def _is_what_was_ordered(row: dict[str, Any], order: Any) -> None:
    items = [
        (item["MATERIAL"].lstrip("0"), int(float(item["REQ_QTY"])), _cents(item["NET_PRICE"]))
        for item in row["items"]
    ]
    assert items == [
        (each["article"], each["quantity"], each["unit_price"]["amount"]) for each in order["lines"]
    ]
    assert _cents(row["NET_VALUE"]) == order["net"]["amount"]
    assert row["SHIP_TO"].lstrip("0") == order["door"]["id"]


def _cents(amount: str) -> int:
    return round(float(amount) * 100)


def test_the_next_buyer_can_order_only_what_is_left(
    local_cloud: Cloud, anna: Person, ewa: Person
) -> None:
    assert _left(anna, LAST_PAIRS) == _left(ewa, LAST_PAIRS) == LAST_PAIRS_LEFT
    mine = portal.new_cart(anna, [line(LAST_PAIRS, _door(anna), _at_once(anna), 6)])
    (order,) = portal.placed(anna, mine)
    # At once, before SAP has heard of the order.
    assert _left(ewa, LAST_PAIRS) == 4
    order = portal.confirmed(anna, order["number"])
    assert _left(ewa, LAST_PAIRS) == 4

    soon = datetime.now(UTC).date() + timedelta(days=20)
    sap.change_stock(
        local_cloud,
        _article(order, LAST_PAIRS),
        PLANT,
        LABST="12.000",
        RECEIPTS=[{"DAT00": f"{soon:%Y%m%d}", "MNG01": "40.000"}],
    )
    wait_until(lambda: _left(ewa, LAST_PAIRS) == 6, what="two pairs more")
    hers = portal.new_cart(ewa, [line(LAST_PAIRS, _door(ewa), _at_once(ewa), 7)])
    (shortage,) = hers["checks"]
    assert (shortage["code"], shortage["data"]["left"]) == ("shortage", 6)
    assert LAST_PAIRS in shortage["detail"]
    refused = portal.place(ewa, hers)
    assert (refused.status, refused.body["code"]) == (409, "not_placeable")
    (told,) = refused.body["checks"]
    assert (told["data"]["sku"], told["data"]["left"]) == (LAST_PAIRS, 6)
    assert told["data"]["later"] == [{"on": soon.isoformat(), "quantity": 46}]
    assert _left(ewa, LAST_PAIRS) == 6

    less = portal.fill(ewa, hers, [line(LAST_PAIRS, _door(ewa), _at_once(ewa), 6)])
    (taken,) = portal.placed(ewa, less)
    assert _left(anna, LAST_PAIRS) == 0
    taken = portal.confirmed(ewa, taken["number"])
    (only,) = taken["lines"]
    assert sum(part["quantity"] for part in only["confirmed"]) == 6
    assert _left(anna, LAST_PAIRS) == 0


def test_a_price_that_changed_meanwhile_is_told_not_charged(
    local_cloud: Cloud, anna: Person
) -> None:
    sku = f"{STYLE}-110-42"
    cart = portal.new_cart(anna, [line(sku, _door(anna), _pre_book(anna), 4)])
    seen = cart["styles"][0]["unit_price"]
    price_list = anna.read("accounts/company")["price_list"]
    idoc = sap.wholesale_condition(local_cloud, STYLE, price_list)
    dearer = seen["amount"] + 100
    position_of(idoc)["KBETR"] = f"{dearer // 100}.{dearer % 100:02}"
    sap.publish(local_cloud, "sap-prices", idoc)
    wait_until(
        lambda: anna.read(f"catalog/styles/{STYLE}")["price"]["unit"]["amount"] == dearer,
        what="the new price",
    )

    refused = portal.place(anna, cart, "TEURER")
    assert (refused.status, refused.body["code"]) == (409, "price_changed")
    now = {**seen, "amount": dearer}
    assert refused.body["prices"] == [{"style": STYLE, "sku": None, "seen": seen, "now": now}]
    assert anna.read("orders?po_number=TEURER")["orders"] == []

    looked_again = anna.read(f"carts/{cart['id']}")
    (order,) = portal.placed(anna, looked_again, "TEURER")
    assert order["net"]["amount"] == 4 * dearer


def test_an_order_is_cancelled_before_sap_has_it_and_when_it_has(
    local_cloud: Cloud, anna: Person
) -> None:
    sku, size = next(
        (sku, size)
        for sku, size in _skus(anna).items()
        if (size["availability"]["quantity"] or 0) >= MANY
    )
    before = size["availability"]["quantity"]
    cells = [line(sku, _door(anna), _at_once(anna), 5)]
    reason = {"reason": "Doppelt bestellt"}
    with paused(local_cloud):
        (order,) = portal.placed(anna, portal.new_cart(anna, cells))
        path = f"orders/{order['number']}/cancel"
        assert _left(anna, sku) == before - 5
        cancelled = anna.send("POST", path, reason, Idempotency_Key=new_key())
        assert (cancelled.status, cancelled.body["status"]) == (200, "cancelled")
        assert cancelled.body["handover"]["state"] == "withdrawn"
        assert _left(anna, sku) == before
    wait_until(lambda: dispatches(local_cloud, order["number"]) is None, what="the task, done")
    assert sap.orders_of(local_cloud, order["number"]) == []
    assert anna.read(f"orders/{order['number']}")["status"] == "cancelled"

    (order,) = portal.placed(anna, portal.new_cart(anna, cells))
    portal.confirmed(anna, order["number"])
    asked = anna.send("POST", f"orders/{order['number']}/cancel", reason, Idempotency_Key=new_key())
    assert asked.status == 200
    assert asked.body["change"]["cancels"]
    portal.in_status(anna, order["number"], "cancelled")
    (there,) = sap.orders_of(local_cloud, order["number"])
    assert [item["ABGRU"] for item in there["items"]] == ["ZS"]
    wait_until(lambda: _left(anna, sku) == before, what="its pieces, given back")


def test_who_only_looks_changes_nothing_and_strangers_find_nothing(
    local_cloud: Cloud, anna: Person, ewa: Person
) -> None:
    jonas = portal.person(local_cloud, "Jonas")
    cells = [line(f"{STYLE}-110-42", _door(anna), _pre_book(anna), 4)]
    (order,) = portal.placed(anna, portal.new_cart(anna, cells))
    cart = portal.new_cart(anna, cells)
    cart_path, order_path = f"carts/{cart['id']}", f"orders/{order['number']}"
    assert jonas.read(cart_path)["lines"][0]["quantity"] == 4
    assert jonas.read(order_path)["number"] == order["number"]
    for somebody, status in ((jonas, 403), (ewa, 404)):
        key, tag = {"Idempotency_Key": new_key()}, {"If_Match": cart["etag"]}
        attempts = [
            somebody.send("PATCH", f"{cart_path}/lines", {"lines": cells}, **tag),
            somebody.send("PATCH", cart_path, {"name": "Meins"}, **tag),
            somebody.send("DELETE", cart_path, **tag),
            somebody.send("POST", "orders", portal.placing(cart, "PO-2"), **key),
            somebody.send("POST", f"{order_path}/cancel", {"reason": "Nein"}, **key),
        ]
        assert [attempt.status for attempt in attempts] == [status] * 5
    assert ewa.send("GET", cart_path).status == 404
    assert ewa.send("GET", order_path).status == 404
    assert cart["id"] not in [each["id"] for each in ewa.read("carts")["items"]]
    assert order["number"] not in [each["number"] for each in ewa.read("orders")["orders"]]
    assert anna.read(cart_path)["etag"] == cart["etag"]
