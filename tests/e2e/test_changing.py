"""An order is changed and cancelled after SAP has it, also where something dies on the way."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest

from tests.support import portal, sap
from tests.support.instances import kill, tasks_held, wait_until_back
from tests.support.portal import Person, line, new_key
from tests.support.queue import forget, paused
from tests.support.schedule import reconcile
from tests.support.wait import wait_until

Cloud = dict[str, Any]

STYLE = "10001"
# More strikes than there can be, so that the number left tells how many there were.
COUNTED = 1_000
ARRIVAL_SECONDS = 200


@pytest.fixture(scope="module")
def anna(local_cloud: Cloud) -> Person:
    """Buys for a German company."""
    return portal.person(local_cloud, "Anna")


def _confirmed(buyer: Person, pieces: int = 6) -> Any:
    """A pre-booked order of two sizes that SAP has."""
    windows = buyer.read("catalog/styles")["windows"]
    window = next(each["id"] for each in windows if each["kind"] == "pre_book" and each["open"])
    door = buyer.read("accounts/company/doors")["items"][0]["id"]
    (colourway, *_) = buyer.read(f"catalog/styles/{STYLE}")["colourways"]
    cells = [line(size["sku"], door, window, pieces) for size in colourway["sizes"][:2]]
    (order,) = portal.placed(buyer, portal.new_cart(buyer, cells))
    return portal.confirmed(buyer, order["number"])


def _change(buyer: Person, order: Any, pieces: list[int], key: str = "") -> portal.Reply:
    body = {
        "version": order["version"],
        "lines": [
            {"sku": each["sku"], "quantity": quantity}
            for each, quantity in zip(order["lines"], pieces, strict=True)
        ],
    }
    path = f"orders/{order['number']}/change"
    return buyer.send("POST", path, body, Idempotency_Key=key or new_key())


def _cancel(buyer: Person, order: Any) -> portal.Reply:
    path = f"orders/{order['number']}/cancel"
    return buyer.send("POST", path, {"reason": "Too much"}, Idempotency_Key=new_key())


def _order_after_change(buyer: Person, number: str) -> Any:
    """The order once SAP has told of its change."""

    def ask() -> Any:
        order = buyer.read(f"orders/{number}")
        return None if order["change"]["underway"] else order

    return wait_until(ask, timeout=60, what=f"the change of {number}", every=0.2)


def _in_sap(cloud: Cloud, number: str) -> list[tuple[int, str]]:
    """Pieces and reason for rejection of each item of its one sales order."""
    (one,) = sap.orders_of(cloud, number)
    return [(int(Decimal(item["REQ_QTY"])), item["ABGRU"]) for item in one["items"]]


def test_placed_confirmed_changed_and_cancelled(local_cloud: Cloud, anna: Person) -> None:
    order = _confirmed(anna)
    number = order["number"]
    assert order["may_change"]["allowed"]

    changed = _change(anna, order, [9, 6])
    assert (changed.status, changed.body["pieces"]) == (200, 15)
    order = _order_after_change(anna, number)
    assert _in_sap(local_cloud, number) == [(9, ""), (6, "")]
    assert [each["state"] for each in order["versions"]] == ["earlier", "current"]
    assert order["change"]["state"] == "accepted"

    again = _change(anna, order, [9, 0])
    assert again.status == 200
    order = _order_after_change(anna, number)
    assert _in_sap(local_cloud, number) == [(9, ""), (6, "ZS")]
    assert order["pieces"] == 9

    assert _cancel(anna, order).status == 200
    wait_until(
        lambda: anna.read(f"orders/{number}")["status"] == "cancelled", what="its cancellation"
    )
    assert [reason for _, reason in _in_sap(local_cloud, number)] == ["ZS", "ZS"]


def test_what_sap_delivers_already_stays(local_cloud: Cloud, anna: Person) -> None:
    order = _confirmed(anna)
    number = order["number"]
    with paused(local_cloud):
        assert _change(anna, order, [1, 6]).status == 200
        (one,) = sap.orders_of(local_cloud, number)
        sap.follow(local_cloud, "orders/{}/ship", one["VBELN"])
    order = _order_after_change(anna, number)
    assert (order["change"]["state"], order["pieces"]) == ("refused", 12)
    assert [each["state"] for each in order["versions"]] == ["current", "refused"]
    assert _in_sap(local_cloud, number) == [(6, ""), (6, "")]
    wait_until(
        lambda: not anna.read(f"orders/{number}")["may_cancel"]["allowed"], what="its shipment"
    )
    refused = _cancel(anna, order)
    assert (refused.status, refused.body["code"]) == (409, "too_late_to_cancel")


def test_whatever_dies_the_change_arrives_once(local_cloud: Cloud, anna: Person) -> None:
    """export_order is killed in COMMIT; orders between its commit and the task."""
    killed_there = _confirmed(anna)
    with sap.faulty(local_cloud, delay_seconds=4, times=COUNTED):
        assert _change(anna, killed_there, [9, 0]).status == 200
        wait_until(lambda: sap.faults(local_cloud).get("times") == COUNTED - 1, what="CHANGE")
        sap.set_faults(local_cloud, delay_seconds=8, times=COUNTED)
        wait_until(lambda: sap.faults(local_cloud).get("times") == COUNTED - 1, what="COMMIT")
        kill(local_cloud, "export_order")
    wait_until_back(local_cloud, "export_order")

    killed_here = _confirmed(anna)
    number, key = killed_here["number"], new_key()
    with paused(local_cloud):
        with tasks_held(local_cloud), ThreadPoolExecutor(1) as pool:
            answer = pool.submit(_change, anna, killed_here, [9, 0], key)
            wait_until(lambda: anna.read(f"orders/{number}")["version"] == 2, what="the commit")
            kill(local_cloud, "orders")
            assert answer.result().status == 503
        # The request for it may have been in a buffer.
        forget(local_cloud, f"{number}-v2")
    wait_until_back(local_cloud, "orders")
    assert _change(anna, killed_here, [9, 0], key).body["version"] == 2

    for order in (killed_there, killed_here):
        _wait_until_told(local_cloud, anna, order["number"])
        assert _in_sap(local_cloud, order["number"]) == [(9, ""), (6, "ZS")]


def _wait_until_told(cloud: Cloud, buyer: Person, number: str) -> None:
    """With reconcile called again and again, as Cloud Scheduler does every minute."""

    def ask() -> bool:
        reconcile(cloud)
        return not buyer.read(f"orders/{number}")["change"]["underway"]

    wait_until(ask, timeout=ARRIVAL_SECONDS, what=f"the change of {number}", every=1)
