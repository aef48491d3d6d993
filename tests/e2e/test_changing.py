"""An order is changed and cancelled after SAP has it; what dies on the way is in `test_crashes`."""

from typing import Any

import pytest

from tests.support import portal, sap
from tests.support.order_changes import change, confirmed_order, items_in_sap
from tests.support.portal import Person, new_key
from tests.support.queue import paused
from tests.support.wait import wait_until

Cloud = dict[str, Any]


@pytest.fixture(scope="module")
def anna(local_cloud: Cloud) -> Person:
    """Buys for a German company."""
    return portal.person(local_cloud, "Anna")


def _cancel(buyer: Person, order: Any) -> portal.Reply:
    path = f"orders/{order['number']}/cancel"
    return buyer.send("POST", path, {"reason": "Too much"}, Idempotency_Key=new_key())


def _order_after_change(buyer: Person, number: str) -> Any:
    """The order once SAP has told of its change."""

    def ask() -> Any:
        order = buyer.read(f"orders/{number}")
        return None if order["change"]["underway"] else order

    return wait_until(ask, timeout=60, what=f"the change of {number}", every=0.2)


def test_placed_confirmed_changed_and_cancelled(local_cloud: Cloud, anna: Person) -> None:
    order = confirmed_order(anna)
    number = order["number"]
    assert order["may_change"]["allowed"]

    changed = change(anna, order, [9, 6])
    assert (changed.status, changed.body["pieces"]) == (200, 15)
    order = _order_after_change(anna, number)
    assert items_in_sap(local_cloud, number) == [(9, ""), (6, "")]
    assert [each["state"] for each in order["versions"]] == ["earlier", "current"]
    assert order["change"]["state"] == "accepted"

    again = change(anna, order, [9, 0])
    assert again.status == 200
    order = _order_after_change(anna, number)
    assert items_in_sap(local_cloud, number) == [(9, ""), (6, "ZS")]
    assert order["pieces"] == 9

    assert _cancel(anna, order).status == 200
    wait_until(
        lambda: anna.read(f"orders/{number}")["status"] == "cancelled", what="its cancellation"
    )
    assert [reason for _, reason in items_in_sap(local_cloud, number)] == ["ZS", "ZS"]


def test_what_sap_delivers_already_stays(local_cloud: Cloud, anna: Person) -> None:
    order = confirmed_order(anna)
    number = order["number"]
    with paused(local_cloud):
        assert change(anna, order, [1, 6]).status == 200
        (one,) = sap.orders_of(local_cloud, number)
        sap.follow(local_cloud, "orders/{}/ship", one["VBELN"])
    order = _order_after_change(anna, number)
    assert (order["change"]["state"], order["pieces"]) == ("refused", 12)
    assert [each["state"] for each in order["versions"]] == ["current", "refused"]
    assert items_in_sap(local_cloud, number) == [(6, ""), (6, "")]
    wait_until(
        lambda: not anna.read(f"orders/{number}")["may_cancel"]["allowed"], what="its shipment"
    )
    refused = _cancel(anna, order)
    assert (refused.status, refused.body["code"]) == (409, "too_late_to_cancel")
