"""Around midnight the catalogue is of the company's market's day."""

from datetime import date, datetime, timedelta

import pytest
from google.cloud.firestore import Client

from shared.availability.model import Availability
from shared.style.model import Style
from tests.factories.assortment import assortment, at_once, store_assortment
from tests.factories.availability import availability, stock, store_availability
from tests.factories.company import address, company, store_company
from tests.factories.price import key, prices, record, store_prices
from tests.factories.style import store_style, style
from tests.integration.functions.catalog.conftest import Clock, Person

FIRST, SECOND = date(2026, 12, 4), date(2026, 12, 5)


def arriving(one: Style, on: date) -> Availability:
    """Nothing in stock, 7 pieces of each SKU on a day."""
    articles = availability(one).stock
    return Availability(
        style=one.number, plant="EU01", stock={each: stock(0, [(on, 7)]) for each in articles}
    )


@pytest.mark.parametrize(
    ("country", "midnight"),
    [("DE", "2026-12-04T23:00:00+00:00"), ("PT", "2026-12-05T00:00:00+00:00")],
)
def test_windows_prices_and_stock_change_at_the_markets_midnight(
    anna: Person, world: Client, clock: Clock, country: str, midnight: str
) -> None:
    one = style("10001")
    store_company(world, company(address=address(country=country)))
    store_assortment(world, assortment(windows=[at_once(opens=SECOND)]))
    store_style(world, one)
    dated = [record(2500, valid_to=FIRST), record(2900, valid_from=SECOND)]
    store_prices(world, prices("10001", keys=[key(*dated)]))
    store_availability(world, arriving(one, SECOND))

    def seen() -> tuple[bool, int, list[str]]:
        page = anna.styles()
        [item], [window] = page["items"], page["windows"]
        in_stock = anna.numbers(availability="at_once")
        return window["open"], item["price"]["to"]["amount"], in_stock

    clock.now = datetime.fromisoformat(midnight) - timedelta(seconds=1)
    assert seen() == (False, 2500, [])
    clock.now += timedelta(seconds=1)
    assert seen() == (True, 2900, ["10001"])


def test_companies_of_two_markets_read_their_own_day_from_one_instance(
    anna: Person, world: Client, clock: Clock
) -> None:
    one = style("10001")
    store_style(world, one)
    store_prices(world, prices("10001"))
    there = company("100002", address=address(country="GB"))
    store_company(world, company(), there)
    store_availability(world, arriving(one, SECOND))
    clock.now = datetime.fromisoformat("2026-12-04T23:30:00+00:00")
    for _ in range(2):
        assert anna.numbers(availability="at_once") == ["10001"]
        assert anna.of("100002").numbers(availability="at_once") == []
