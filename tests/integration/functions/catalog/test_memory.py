"""The instance's memory: many threads, many companies, changes while they read."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from google.cloud.firestore import SERVER_TIMESTAMP, Client

from functions.catalog.index import stock
from functions.catalog.index.stock import Stocks, join
from functions.catalog.memory import Memory
from shared.availability.repository import reference
from shared.catalogue.announcement import announce
from tests.factories.assortment import NOW, TODAY, assortment, store_assortment
from tests.factories.availability import availability, store_availability
from tests.factories.catalogue import let_announcements_pass
from tests.factories.company import company, store_company
from tests.factories.price import prices, store_prices
from tests.factories.style import store_style, style
from tests.integration.functions.catalog.conftest import Person
from tests.support.firestore_counter import counting


def test_threads_of_different_companies_never_see_each_others(anna: Person, world: Client) -> None:
    numbers = [str(10001 + i) for i in range(6)]
    store_style(world, *(style(number, division=number) for number in numbers))
    store_prices(world, *(prices(number, wholesale=int(number)) for number in numbers))
    store_company(world, *(company(f"20000{n[-1]}", assortment=n) for n in numbers))
    store_assortment(world, *(assortment(n, rules=[{"division": [n]}]) for n in numbers))

    def read(number: str) -> Any:
        items = anna.of(f"20000{number[-1]}").styles(q="tech")["items"]
        return number, [(item["style"], item["price"]["to"]["amount"]) for item in items]

    with ThreadPoolExecutor(8) as pool:
        for number, seen in pool.map(read, numbers * 8):
            assert seen == [(number, int(number))]


def test_readers_during_changes_see_each_change_that_was_done_before(
    anna: Person, world: Client
) -> None:
    store_style(world, style("10001"))
    store_prices(world, prices("10001", wholesale=0))
    done = 0

    def read(_: int) -> None:
        before = done
        (item,) = anna.styles()["items"]
        assert item["price"]["to"]["amount"] >= before

    with ThreadPoolExecutor(4) as pool:
        readers = []
        for amount in range(1, 13):
            readers += [pool.submit(read, i) for i in range(3)]
            store_prices(world, prices("10001", wholesale=amount))
            done = amount
        for reader in readers:
            reader.result()


def test_a_change_loads_only_what_changed(world: Client) -> None:
    memory = Memory(world)
    store_style(world, *(style(str(10001 + i)) for i in range(20)))
    let_announcements_pass(world)
    view = memory.view("100001", NOW)
    # Out of the margin in which a change may become visible late.
    assert memory._sources._styles is not None
    memory._sources._styles.feed._latest += timedelta(seconds=11)
    announce(world, "styles")
    with counting(world) as count:
        at, state, _ = memory.begin_reading([], "EU01")()
        memory.refresh(view, state, at)
    assert count.methods == {"BatchGetDocuments": 1, "RunQuery": 1}
    assert count.reads == 2


def test_stock_is_read_again_as_a_whole_in_the_end(firestore: Client) -> None:
    one = style("10001")
    store_availability(firestore, availability(one, 0))
    stocks = Stocks(firestore)
    assert stocks.fresh_stock(TODAY, NOW) is None
    assert stocks.current(TODAY, NOW).articles["10001", "EU01"] == ""

    # A writer that forgets `updated_at`.
    figures = availability(one, 5).model_dump()
    reference(firestore, "10001", "EU01").set(figures)
    later = NOW + stock.LIFE + timedelta(seconds=1)
    assert not stocks.current(TODAY, later).articles["10001", "EU01"]
    latest = NOW + stock.WHOLE_LIFE + timedelta(seconds=1)
    found = stocks.current(TODAY, latest).articles["10001", "EU01"]
    assert sorted(found.split()) == sorted(join(figures["stock"]).split())
    assert len(found.split()) == 6

    figures["stock"] = {}
    reference(firestore, "10001", "EU01").set({**figures, "updated_at": SERVER_TIMESTAMP})
    assert not stocks.current(TODAY, latest + stock.LIFE + timedelta(1e-5)).articles[
        "10001", "EU01"
    ]
