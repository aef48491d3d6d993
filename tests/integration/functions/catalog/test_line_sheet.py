"""GET /line-sheet: several styles whole, in one request."""

import pytest
from google.cloud.firestore import Client

from functions.catalog.schema import LINE_SHEET_LIMIT, LineSheet
from shared.assortment.model import Item
from tests.factories.assortment import assortment, store_assortment
from tests.factories.catalogue import let_announcements_pass
from tests.factories.company import company, store_company
from tests.factories.price import prices, store_prices
from tests.factories.style import store_style, style
from tests.integration.functions.catalog.conftest import Person
from tests.support.firestore_counter import counting


@pytest.fixture
def three(world: Client) -> Client:
    """Three styles with prices, and one without."""
    for number in ("10001", "10002", "10003"):
        store_style(world, style(number))
        store_prices(world, prices(number))
    store_style(world, style("10004"))
    return world


def sheet(reader: Person, *numbers: str) -> LineSheet:
    """The sheet of these styles."""
    answer = reader.get("/line-sheet", style=list(numbers))
    assert answer.status_code == 200, answer.json
    return LineSheet.model_validate(answer.json)


@pytest.mark.usefixtures("three")
def test_styles_come_once_and_in_the_order_asked_for(anna: Person) -> None:
    found = sheet(anna, "10003", "10001", "10003")
    assert [each.style for each in found.styles] == ["10003", "10001"]


@pytest.mark.usefixtures("three")
def test_each_is_what_its_own_page_shows(anna: Person) -> None:
    (one,) = anna.get("/line-sheet", style="10002").get_json()["styles"]
    assert one == anna.get("/styles/10002").json


@pytest.mark.usefixtures("three")
def test_what_is_unknown_or_has_no_price_is_left_out(anna: Person) -> None:
    found = sheet(anna, "10004", "99999", "10001", "10001-010")
    assert [each.style for each in found.styles] == ["10001"]
    assert sheet(anna, "99999").styles == []


def test_what_another_company_buys_is_left_out(anna: Person, three: Client) -> None:
    store_assortment(three, assortment("OTHER", rules=[], included=[Item(style="10001")]))
    store_company(three, company("100002", assortment="OTHER"))
    other = anna.of("100002")
    assert [each.style for each in sheet(other, "10001", "10002").styles] == ["10001"]


def test_it_is_read_in_one_call(anna: Person, three: Client) -> None:
    let_announcements_pass(three)
    sheet(anna, "10001", "10002", "10003")
    with counting(three) as counted:
        sheet(anna, "10001", "10002", "10003")
    assert (counted.reads, counted.rpcs) == (4, 1)


@pytest.mark.usefixtures("three")
def test_there_is_a_limit(anna: Person) -> None:
    numbers = [str(number) for number in range(LINE_SHEET_LIMIT + 1)]
    assert anna.get("/line-sheet", style=numbers).status_code == 422
    assert anna.get("/line-sheet").status_code == 422
