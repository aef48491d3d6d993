"""What a sales rep is told of the orders of their customers."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from google.cloud.firestore import Client

from shared.order.handover import HandoverState, Parked, ParkReason
from shared.order.status import Status
from tests.factories.assortment import (
    NOW,
    TODAY,
    assortment,
    at_once,
    pre_book,
    store_assortment,
)
from tests.factories.company import company, store_company
from tests.factories.order import order, store_order, waiting
from tests.integration.functions.orders.conftest import ask
from tests.support.firestore_counter import counting

REP = {"100001": "rep", "100002": "rep"}
SOON = TODAY + timedelta(days=14)
NO_TROUBLE = {"pending_approval": 0, "on_hold": 0, "rejected": 0, "parked": 0}


def listed(app: Flask, companies: dict[str, str], query: str = "") -> Any:
    """What a person with these roles is answered."""
    claims = {"uid": "nina", "email": "nina@example.com", "email_verified": True}
    token = json.dumps(claims | {"companies": companies})
    answer = ask(app, "GET", f"/customers{query}", None, {"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200, answer.json
    return answer.json


@pytest.fixture(autouse=True)
def world(firestore: Client) -> None:
    """Two companies that see the same; SS27 can be ordered ahead, one window of it not for long."""
    windows = [
        at_once(),
        pre_book("SS27-1", cut_off=SOON),
        pre_book("SS27-2", cut_off=SOON + timedelta(days=1)),
    ]
    store_assortment(firestore, assortment(windows=windows))
    store_company(firestore, company(), company("100002", name="Andere GmbH"))


def ahead(number: str, **overrides: Any) -> Any:
    """An order of SS27's first window."""
    fields: dict[str, Any] = {"window": "SS27-1", "season": "SS27", "at_once": False}
    return order(number, **fields | overrides)


def test_orders_in_trouble_are_counted_by_what_they_wait_for(app: Flask, firestore: Client) -> None:
    parked = waiting(state=HandoverState.PARKED, parked=Parked(reason=ParkReason.REFUSED, at=NOW))
    long_ago = NOW - timedelta(days=31)
    store_order(
        firestore,
        order("AAAAAAAAA1-001", status=Status.PENDING_APPROVAL),
        order("AAAAAAAAA2-001", status=Status.ON_HOLD),
        order("AAAAAAAAA3-001", status=Status.REJECTED),
        order("AAAAAAAAA4-001", status=Status.REJECTED, placed_at=long_ago),
        order("AAAAAAAAA5-001", handover=parked),
        order("AAAAAAAAA6-001"),
        order("AAAAAAAAA7-001", company="100003", status=Status.ON_HOLD),
    )
    mine, other = listed(app, REP)["items"]
    assert mine["trouble"] == {"pending_approval": 1, "on_hold": 1, "rejected": 1, "parked": 1}
    assert (other["company"], other["trouble"]) == ("100002", NO_TROUBLE)


def test_who_ordered_the_season_before_and_not_the_current_one_is_told(
    app: Flask, firestore: Client
) -> None:
    def gaps() -> list[Any]:
        return [one["season_gap"] for one in listed(app, REP)["items"]]

    assert gaps() == [None, None]
    store_order(firestore, order("AAAAAAAAA1-001", status=Status.SHIPPED))
    store_order(firestore, ahead("AAAAAAAAA2-001", status=Status.CANCELLED))
    assert gaps() == [{"before": "FW26", "current": "SS27"}, None]
    store_order(firestore, ahead("AAAAAAAAA3-001"))
    assert gaps() == [None, None]


def test_windows_about_to_close_without_an_order_are_told(app: Flask, firestore: Client) -> None:
    def closing() -> list[list[str]]:
        return [[w["id"] for w in one["closing"]] for one in listed(app, REP)["items"]]

    assert closing() == [["SS27-1"], ["SS27-1"]]
    [told] = listed(app, REP)["items"][0]["closing"]
    assert (told["cut_off"], told["kind"]) == (SOON.isoformat(), "pre_book")
    store_order(firestore, ahead("AAAAAAAAA1-001", status=Status.REJECTED))
    assert closing() == [["SS27-1"], ["SS27-1"]]
    store_order(firestore, ahead("AAAAAAAAA2-001", ship_from=date(2027, 2, 1)))
    assert closing() == [[], ["SS27-1"]]


def test_only_whom_they_act_for_as_a_rep_now(app: Flask) -> None:
    only = listed(app, {"100001": "admin", "100002": "rep"})
    assert [one["company"] for one in only["items"]] == ["100002"]
    assert listed(app, {"100001": "buyer"}) == {"items": [], "next": None}


def test_a_page_is_bounded_however_many_they_are(app: Flask, firestore: Client) -> None:
    many = {f"{100001 + number}": "rep" for number in range(500)}
    with counting(firestore) as count:
        first = listed(app, many)
    assert len(first["items"]) == 20
    assert first["items"][5]["closing"] == []
    # 20 companies and the assortment; five counts for each, and three more of the two that there are.
    assert count.reads == 21 + 20 * 5 + 2 * 3
    second = listed(app, many, f"?cursor={first['next']}")
    assert second["items"][0]["company"] == "100021"
