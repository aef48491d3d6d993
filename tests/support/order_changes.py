"""Orders that a buyer changes after SAP has them, by the portal's gateway."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tests.support import portal, sap
from tests.support.portal import Person, Reply, line, new_key

STYLE = "10001"


def confirmed_order(buyer: Person, pieces: int = 6) -> Any:
    """A pre-booked order of two sizes that SAP has."""
    windows = buyer.read("catalog/styles")["windows"]
    window = next(each["id"] for each in windows if each["kind"] == "pre_book" and each["open"])
    door = buyer.read("accounts/company/doors")["items"][0]["id"]
    (colourway, *_) = buyer.read(f"catalog/styles/{STYLE}")["colourways"]
    cells = [line(size["sku"], door, window, pieces) for size in colourway["sizes"][:2]]
    (order,) = portal.placed(buyer, portal.new_cart(buyer, cells))
    return portal.confirmed(buyer, order["number"])


def change(buyer: Person, order: Any, pieces: list[int], key: str = "") -> Reply:
    """The answer to a change of the lines to so many pieces each."""
    body = {
        "version": order["version"],
        "lines": [
            {"sku": each["sku"], "quantity": quantity}
            for each, quantity in zip(order["lines"], pieces, strict=True)
        ],
    }
    path = f"orders/{order['number']}/change"
    return buyer.send("POST", path, body, Idempotency_Key=key or new_key())


def items_in_sap(cloud: Mapping[str, Any], number: str) -> list[tuple[int, str]]:
    """Pieces and reason for rejection of each item of its one sales order."""
    (one,) = sap.orders_of(cloud, number)
    return [(int(Decimal(item["REQ_QTY"])), item["ABGRU"]) for item in one["items"]]
