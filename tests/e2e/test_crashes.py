"""Processes and connections die while orders and changes are on their way to SAP; each arrives once.

What happens to them is done one after the other; then all of them are waited for
together, because an export that was killed holds its lease for a minute and a half. SAP's own
messages are held back until then: they would tell that SAP has an order before an export asks.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.support import portal, sap
from tests.support.instances import function_held, kill, tasks_held, wait_until_back
from tests.support.order_changes import change, confirmed_order, items_in_sap
from tests.support.portal import Person, line, new_key
from tests.support.queue import dispatches, forget, paused
from tests.support.schedule import reconcile
from tests.support.wait import wait_until

Cloud = dict[str, Any]
Numbers = list[str]

SKU = "10001-110-42"
PIECES = 5
# More strikes than there can be, so that the number left tells how many there were.
COUNTED = 1_000
ARRIVAL_SECONDS = 200


@pytest.fixture(scope="module")
def anna(local_cloud: Cloud) -> Person:
    """Buys for a German company."""
    return portal.person(local_cloud, "Anna")


def _cart(buyer: Person, doors: int) -> Any:
    """A cart that becomes one order for each of so many doors; pre-booked."""
    windows = buyer.read("catalog/styles")["windows"]
    window = next(each["id"] for each in windows if each["kind"] == "pre_book" and each["open"])
    found = buyer.read("accounts/company/doors")["items"][:doors]
    return portal.new_cart(buyer, [line(SKU, door["id"], window, PIECES) for door in found])


def _ordered(buyer: Person, doors: int) -> Numbers:
    return [order["number"] for order in portal.placed(buyer, _cart(buyer, doors))]


def _handover(buyer: Person, number: str) -> str:
    return str(buyer.read(f"orders/{number}")["handover"]["state"])


def _wait_for_calls(cloud: Cloud, calls: int) -> None:
    """Waits until so many calls have begun in a SAP whose faults were COUNTED before."""
    wait_until(
        lambda: sap.faults(cloud).get("times") == COUNTED - calls, what=f"{calls} calls in SAP"
    )


def _killed_in_create(cloud: Cloud, buyer: Person) -> Numbers:
    """export_order is killed while SAP works on the BAPIs; nothing is committed."""
    with sap.faulty(cloud, delay_seconds=10, times=COUNTED):
        # One only: a company's orders leave one after the other.
        numbers = _ordered(buyer, doors=1)
        _wait_for_calls(cloud, 1)
        kill(cloud, "export_order")
    assert [_handover(buyer, number) for number in numbers] == ["sending"]
    wait_until_back(cloud, "export_order")
    return numbers


def _killed_in_commit(cloud: Cloud, buyer: Person) -> Numbers:
    """export_order is killed while SAP commits: the order is there, and nobody was told."""
    with sap.faulty(cloud, delay_seconds=4, times=COUNTED):
        numbers = _ordered(buyer, doors=1)
        _wait_for_calls(cloud, 1)
        sap.set_faults(cloud, delay_seconds=10, times=COUNTED)
        _wait_for_calls(cloud, 1)
        kill(cloud, "export_order")
    assert not any(sap.orders_of(cloud, number) for number in numbers)
    wait_until(lambda: all(sap.orders_of(cloud, number) for number in numbers), what="the commit")
    assert [_handover(buyer, number) for number in numbers] == ["sending"]
    wait_until_back(cloud, "export_order")
    return numbers


def _broken(point: str, then: str) -> Callable[[Cloud, Person], Numbers]:
    """The connection to SAP breaks once, and the order's hand-over comes to be `then`."""

    def happen(cloud: Cloud, buyer: Person) -> Numbers:
        with sap.faulty(cloud, **{"break": point, "times": 1}):
            numbers = _ordered(buyer, doors=1)
            wait_until(lambda: not sap.faults(cloud), what=f"a connection broken {point}")
            wait_until(lambda: _handover(buyer, numbers[0]) == then, what=f"{point}: {then}")
        return numbers

    return happen


def _sap_down(cloud: Cloud, buyer: Person) -> Numbers:
    """SAP takes no connections for several tries."""
    with sap.faulty(cloud, down=True):
        numbers = _ordered(buyer, doors=2)
        wait_until(
            lambda: all((dispatches(cloud, number) or 0) >= 3 for number in numbers),
            what="three tries",
        )
        wait_until(
            lambda: all(_handover(buyer, number) == "waiting" for number in numbers),
            what="a wait for the next try",
        )
    return numbers


def _orders_killed_after_commit(cloud: Cloud, buyer: Person) -> Numbers:
    """orders is killed between its commit and the task; the buyer sends it again."""
    cart, key = _cart(buyer, doors=2), new_key()
    po_number = key[:20]
    request = portal.placing(cart, po_number)
    with paused(cloud):
        with tasks_held(cloud), ThreadPoolExecutor(1) as pool:
            answer = pool.submit(buyer.send, "POST", "orders", request, Idempotency_Key=key)
            accepted = wait_until(lambda: _with_po(buyer, po_number), what="the commit")
            kill(cloud, "orders")
            assert answer.result().status == 503
        for number in accepted:
            # The request for it may have been in a buffer.
            forget(cloud, number)
    wait_until_back(cloud, "orders")
    again = buyer.send("POST", "orders", request, Idempotency_Key=key)
    assert (again.status, again.headers["Idempotent-Replay"]) == (201, "true")
    assert sorted(order["number"] for order in again.body["orders"]) == sorted(accepted)
    return accepted


def _with_po(buyer: Person, po_number: str) -> Numbers:
    page = buyer.read(f"orders?po_number={po_number}")
    return [order["number"] for order in page["orders"]]


HAPPENINGS: dict[str, Callable[[Cloud, Person], Numbers]] = {
    "export_order killed in CREATE": _killed_in_create,
    "export_order killed in COMMIT": _killed_in_commit,
    "connection broken before CREATE": _broken("before_create", then="accepted"),
    "connection broken after CREATE": _broken("after_create", then="accepted"),
    "connection broken before COMMIT": _broken("before_commit", then="waiting"),
    "connection broken after COMMIT": _broken("after_commit", then="waiting"),
    "SAP down": _sap_down,
    "orders killed after its commit": _orders_killed_after_commit,
}
TOLD_FIRST = "connection broken after COMMIT, SAP's message comes before the second try"


def _change_killed_in_commit(cloud: Cloud, buyer: Person) -> str:
    """export_order is killed while SAP commits a change: it is there, and nobody was told."""
    order = confirmed_order(buyer)
    with sap.faulty(cloud, delay_seconds=4, times=COUNTED):
        assert change(buyer, order, [9, 0]).status == 200
        _wait_for_calls(cloud, 1)
        sap.set_faults(cloud, delay_seconds=8, times=COUNTED)
        _wait_for_calls(cloud, 1)
        kill(cloud, "export_order")
    wait_until_back(cloud, "export_order")
    return str(order["number"])


def _change_killed_after_commit(cloud: Cloud, buyer: Person) -> str:
    """orders is killed between the commit of a change and its task; the buyer sends it again."""
    order, key = confirmed_order(buyer), new_key()
    number = str(order["number"])
    with paused(cloud):
        with tasks_held(cloud), ThreadPoolExecutor(1) as pool:
            answer = pool.submit(change, buyer, order, [9, 0], key)
            wait_until(lambda: buyer.read(f"orders/{number}")["version"] == 2, what="the commit")
            kill(cloud, "orders")
            assert answer.result().status == 503
        # The request for it may have been in a buffer.
        forget(cloud, f"{number}-v2")
    wait_until_back(cloud, "orders")
    assert change(buyer, order, [9, 0], key).body["version"] == 2
    return number


@pytest.fixture(scope="module")
def changed(local_cloud: Cloud, anna: Person) -> Numbers:
    """Orders of which a change was on its way when something died; it ends while others wait."""
    return [
        _change_killed_in_commit(local_cloud, anna),
        _change_killed_after_commit(local_cloud, anna),
    ]


@pytest.fixture(scope="module")
def handed_over(local_cloud: Cloud, anna: Person, changed: Numbers) -> dict[str, Numbers]:
    """Orders that SAP has, as far as export_order can tell, by what happened to them.

    They come after the changes, so that the leases of both end at about the same time.
    """
    assert len(changed) == 2
    accepted = {TOLD_FIRST: _broken("after_commit", then="accepted")(local_cloud, anna)}
    with function_held(local_cloud, "sync_order_status"):
        accepted |= {name: happen(local_cloud, anna) for name, happen in HAPPENINGS.items()}
        for name, numbers in accepted.items():
            for number in numbers:
                _wait_until_handed_over(local_cloud, anna, number, name)
        # With the messages that it holds; Pub/Sub delivers them again.
        kill(local_cloud, "sync_order_status")
    return accepted


def _wait_until_handed_over(cloud: Cloud, buyer: Person, number: str, what: str) -> None:
    """With reconcile called again and again, as Cloud Scheduler does every minute."""

    def ask() -> bool:
        reconcile(cloud)
        return _handover(buyer, number) == "accepted"

    wait_until(ask, timeout=ARRIVAL_SECONDS, what=f"{number} handed over ({what})", every=1)


@pytest.mark.parametrize("happening", [TOLD_FIRST, *HAPPENINGS])
def test_every_accepted_order_is_exactly_one_sales_order(
    happening: str, handed_over: dict[str, Numbers], local_cloud: Cloud, anna: Person
) -> None:
    for number in handed_over[happening]:
        order = portal.confirmed(anna, number)
        rows = sap.orders_of(local_cloud, number)
        assert [row["VBELN"].lstrip("0") for row in rows] == [order["sap_number"]]
        assert [item["REQ_QTY"] for item in rows[0]["items"]] == [f"{PIECES}.000"]
        assert order["handover"]["state"] == "accepted"


@pytest.mark.usefixtures("handed_over")
def test_whatever_dies_the_change_arrives_once(
    changed: Numbers, local_cloud: Cloud, anna: Person
) -> None:
    for number in changed:
        _wait_until_changed(local_cloud, anna, number)
        assert items_in_sap(local_cloud, number) == [(9, ""), (6, "ZS")]


def _wait_until_changed(cloud: Cloud, buyer: Person, number: str) -> None:
    """With reconcile called again and again, as Cloud Scheduler does every minute."""

    def ask() -> bool:
        reconcile(cloud)
        return not buyer.read(f"orders/{number}")["change"]["underway"]

    wait_until(ask, timeout=ARRIVAL_SECONDS, what=f"the change of {number}", every=1)


def test_nothing_is_left_to_do(handed_over: dict[str, Numbers], local_cloud: Cloud) -> None:
    numbers = [number for each in handed_over.values() for number in each]
    assert len(numbers) == len(set(numbers))
    wait_until(
        lambda: all(dispatches(local_cloud, number) is None for number in numbers),
        timeout=90,
        what="an end of all tasks",
    )
    assert all(len(sap.orders_of(local_cloud, number)) == 1 for number in numbers)
