"""Around midnight: an order is taken, dated and changed by its market's day, not by UTC's."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from google.cloud.firestore import Client

from shared.company.model import Company
from tests.factories.assortment import assortment, at_once
from tests.factories.cart import context_of, store_cart
from tests.factories.company import address, company, sales_area
from tests.factories.placing import AT_ONCE, DOOR, body_for, cart_of, store_context
from tests.factories.price import prices
from tests.integration.functions.orders.conftest import Clock, Person

CUT_OFF = datetime.fromisoformat("2026-12-04").date()

# The last second of 4 December there.
LAST_SECONDS = {
    "HU": ("1000", "2026-12-04T22:59:59+00:00"),
    "GR": ("1000", "2026-12-04T21:59:59+00:00"),
    "US": ("3000", "2026-12-05T04:59:59+00:00"),
}


def _buyer(country: str) -> Company:
    organisation, _ = LAST_SECONDS[country]
    return company(address=address(country=country), sales_area=sales_area(organisation))


def _place(anna: Person, firestore: Client, country: str, cart: str) -> Any:
    organisation, _ = LAST_SECONDS[country]
    context = context_of(
        buying=_buyer(country),
        seen=assortment(windows=[at_once(cut_off=CUT_OFF)]),
        all_prices=[prices(organisation=organisation, holder=organisation)],
    )
    store_context(firestore, context)
    filled = cart_of([("10123-010-S", DOOR, AT_ONCE, 3)], id=cart)
    store_cart(firestore, filled)
    return anna.place(body_for(filled, context), key=f"key-{cart}")


@pytest.mark.parametrize("country", LAST_SECONDS)
def test_the_cut_off_ends_with_the_markets_day(
    anna: Person, firestore: Client, clock: Clock, country: str
) -> None:
    clock.now = datetime.fromisoformat(LAST_SECONDS[country][1])
    placed = _place(anna, firestore, country, "cart-0001")
    assert placed.status_code == 201, placed.json
    [order] = placed.json["orders"]
    assert order["requested_on"] == CUT_OFF.isoformat()

    number = order["number"]
    assert anna.get(f"/{number}").json["may_change"]["until"] == CUT_OFF.isoformat()
    assert anna.get(f"?placed_from={CUT_OFF}&placed_to={CUT_OFF}").json["orders"]

    clock.now += timedelta(seconds=1)
    late = _place(anna, firestore, country, "cart-0002")
    assert [check["code"] for check in late.json["checks"]] == ["window_closed"]
    assert not anna.get(f"/{number}").json["may_change"]["allowed"]
    assert anna.change(number, {"10123-010-S": 2}).json["code"] == "cut_off_passed"


def test_an_order_keeps_the_day_of_the_market_that_sold_it(
    anna: Person, firestore: Client, clock: Clock
) -> None:
    clock.now = datetime.fromisoformat("2026-12-04T22:30:00+00:00")
    number = _place(anna, firestore, "HU", "cart-0003").json["orders"][0]["number"]
    stored = firestore.document(f"orders/{number}").get().to_dict() or {}
    assert stored["market"] == "HU"
