"""Answers are of the moment, whatever became of the writers; and what a change costs."""

from datetime import timedelta
from typing import Any

import pytest
from google.cloud.firestore import SERVER_TIMESTAMP, Client, Increment

from functions.catalog.memory import Memory
from shared.catalogue import announcement
from shared.price.model import Source
from shared.price.repository import own_reference
from shared.price.repository import reference as prices_reference
from shared.store import to_document
from shared.style.repository import reference as style_reference
from tests.factories.assortment import NOW, assortment, store_assortment
from tests.factories.catalogue import let_announcements_pass
from tests.factories.company import company, store_company
from tests.factories.price import key, prices, record, store_prices
from tests.factories.style import store_style, style
from tests.integration.functions.catalog.conftest import Person
from tests.support.firestore_counter import counting


@pytest.fixture
def shelf(world: Client) -> Client:
    """Two styles with prices, announced long ago."""
    store_style(world, style("10001"), style("10002", rank=2))
    store_prices(world, prices("10001"), prices("10002"))
    let_announcements_pass(world)
    return world


def amounts(who: Person) -> dict[str, int]:
    """The prices of a page."""
    return {item["style"]: item["price"]["to"]["amount"] for item in who.styles()["items"]}


def write(db: Client, reference: Any, model: Any) -> None:
    """A document, and no announcement."""
    reference.set({**to_document(model), "updated_at": SERVER_TIMESTAMP})


def test_what_was_announced_is_seen_however_late_it_comes(anna: Person, shelf: Client) -> None:
    announcement.announce(shelf, "prices")
    for amount in (1, 2, 3):  # as by transactions of other processes within the announcement
        assert amounts(anna)["10001"] != amount
        write(shelf, prices_reference(shelf, "10001", "EUR"), prices("10001", wholesale=amount))
        assert amounts(anna)["10001"] == amount


def test_an_announcement_that_nothing_follows_costs_queries_until_it_is_over(
    anna: Person, shelf: Client
) -> None:
    anna.styles()
    announcement.announce(shelf, "styles")
    with counting(shelf) as count:
        anna.styles()
        assert (count.rpcs, count.methods["RunQuery"]) == (2, 1)
        anna.styles()
        assert (count.rpcs, count.methods["RunQuery"]) == (4, 2)
        let_announcements_pass(shelf)
        count.methods.clear()
        anna.styles()
        assert count.methods == {"BatchGetDocuments": 1}


def test_a_change_in_the_last_moments_of_an_announcement_is_not_missed(
    anna: Person, shelf: Client
) -> None:
    announcement.announce(shelf, "styles")
    anna.styles()
    write(shelf, style_reference(shelf, "10001"), style("10001", deleted=True))
    # The announcement ends now: after the change, and after this reader last asked.
    ends = style_reference(shelf, "10001").get().update_time
    announced = {"styles": ends - announcement.LIFE + timedelta(seconds=1)}
    announcement.reference(shelf).set({"announced": announced}, merge=True)
    assert anna.numbers() == ["10002"]


def test_writers_of_the_release_before_are_heard(anna: Person, shelf: Client) -> None:
    assert anna.numbers() == ["10001", "10002"]
    write(shelf, style_reference(shelf, "10001"), style("10001", deleted=True))
    announcement.reference(shelf).set({"styles": Increment(1)}, merge=True)
    assert anna.numbers() == ["10002"]
    with counting(shelf) as count:
        anna.styles()
    assert count.methods == {"BatchGetDocuments": 1}


def test_a_company_that_is_deleted_is_not_found_by_the_next_request(
    anna: Person, shelf: Client
) -> None:
    assert anna.get("/styles").status_code == 200
    store_company(shelf, company(deleted=True))
    assert anna.get("/styles").status_code == 404
    store_company(shelf, company())
    assert anna.get("/styles").status_code == 200


def test_a_company_that_moves_sees_what_its_new_assortment_is_now(
    anna: Person, shelf: Client
) -> None:
    store_assortment(shelf, assortment("OTHER", rules=[{"brand": ["ELSE"]}]))
    store_company(shelf, company("100002", assortment="OTHER"))
    assert anna.of("100002").numbers() == []
    store_assortment(shelf, assortment("OTHER", rules=[{"brand": ["NORD"]}]))
    store_company(shelf, company(assortment="OTHER"))
    assert anna.numbers() == ["10001", "10002"]


def own_price(db: Client, who: str, number: str, amount: int) -> None:
    """A price that only one company gets, beside that company, as sync_prices writes it."""
    one = key(record(amount), source=Source.CUSTOMER, holder=who)
    write(db, own_reference(db, who, number, "EUR"), prices(number, keys=[one]))
    announcement.announce(db, "prices")
    db.document(f"companies/{who}").set({"own_prices": True}, merge=True)


def test_own_prices_are_read_where_there_are_any(anna: Person, shelf: Client) -> None:
    store_company(shelf, company("100002"))
    other = anna.of("100002")
    assert amounts(anna) == amounts(other) == {"10001": 2500, "10002": 2500}
    own_price(shelf, "100002", "10001", 900)
    assert amounts(anna) == {"10001": 2500, "10002": 2500}
    assert amounts(other) == {"10001": 900, "10002": 2500}
    own_price(shelf, "100002", "10001", 800)
    own_price(shelf, "100002", "10002", 700)
    assert amounts(other) == {"10001": 800, "10002": 700}
    detail = other.get("/styles/10002").get_json()
    assert detail["price"]["source"] == "customer"
    assert amounts(anna) == {"10001": 2500, "10002": 2500}


def test_a_company_without_own_prices_asks_for_none(anna: Person, shelf: Client) -> None:
    own_price(shelf, "100002", "10001", 900)
    let_announcements_pass(shelf)
    with counting(shelf) as count:
        anna.styles()
    assert not [query for query in count.queries if "companies" in query.parent]


def test_many_changes_move_the_living_together(
    anna: Person, shelf: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("functions.catalog.index.styles.FEWEST_DEAD", 2)
    for turn in range(5):
        store_style(shelf, style("10001", names={"en": f"Turn {turn}"}))
        assert [item["name"] for item in anna.styles(q="turn")["items"]] == [f"Turn {turn}"]
        assert anna.numbers(sort="name", q="10001-010-S") == ["10001"]
        assert anna.numbers(sort="price") == ["10001", "10002"]
        gtin = style("10001").colourways[1].skus[2].gtin
        assert anna.numbers(q=gtin) == ["10001"]


def test_an_instance_without_a_snapshot_holds_the_same(shelf: Client) -> None:
    view = Memory(shelf).view("100001", NOW)
    assert [one.number for _, one in view.listing.styles.living()] == ["10001", "10002"]
