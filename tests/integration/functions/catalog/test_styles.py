"""GET /styles: who may, what is answered, and that it is of this moment."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import structlog
from flask import Flask
from google.cloud.firestore import Client

from functions.catalog.schema import StylesPage
from shared.assortment.model import Item
from shared.price.model import Source
from tests.factories.assortment import TODAY, assortment, at_once, store_assortment
from tests.factories.availability import availability, promised, stock, store_availability
from tests.factories.catalogue import let_announcements_pass
from tests.factories.company import company, sales_area, store_company
from tests.factories.price import discount, key, prices, record, store_prices
from tests.factories.style import colourway, store_style, style
from tests.integration.functions.catalog.conftest import MEDIA, Person
from tests.support.firestore_counter import counting


def offer(db: Client, *numbers: str, **overrides: Any) -> None:
    """Styles with prices and 50 pieces of each SKU in stock."""
    styles = [style(number, rank=i, **overrides) for i, number in enumerate(numbers, 1)]
    store_style(db, *styles)
    store_prices(db, *(prices(number) for number in numbers))
    store_availability(db, *(availability(one) for one in styles))


def test_a_stranger_is_asked_to_sign_in(app: Flask) -> None:
    answer = app.test_client().get("/v1/catalog/styles")
    assert answer.status_code == 401
    assert answer.get_json()["code"] == "unauthenticated"


def test_who_has_no_role_in_a_company_is_told_nothing(app: Flask, anna: Person) -> None:
    other = Person(app, headers={"X-Company": "100002"})
    assert other.get("/styles").status_code == 404


@pytest.mark.parametrize("role", ["viewer", "buyer", "approver", "admin", "rep"])
def test_everybody_of_the_company_reads(anna: Person, app: Flask, world: Client, role: str) -> None:
    offer(world, "10001")
    assert Person(app, role=role).numbers() == ["10001"]


def test_a_company_that_sap_never_sent_is_not_found(anna: Person) -> None:
    assert anna.of("999999").get("/styles").status_code == 404


def test_every_fault_of_the_query_is_told_at_once(anna: Person) -> None:
    answer = anna.get(
        "/styles", gender="dogs", limit="0", price_from="x", sort="luck", size="", wrong="1"
    )
    assert answer.status_code == 422
    assert {(fault["pointer"], fault["code"]) for fault in answer.get_json()["errors"]} == {
        ("/gender/0", "not_allowed"),
        ("/limit", "too_small"),
        ("/price_from", "not_a_number"),
        ("/sort", "not_allowed"),
        ("/size/0", "too_short"),
        ("/wrong", "unknown_field"),
    }
    assert {fault["in"] for fault in answer.get_json()["errors"]} == {"query"}


def _stored_tee(world: Client) -> None:
    """A tee of two colours with a price list's tiers and a recommended price, one SKU sold out."""
    one = style(
        "10123",
        colours=("010", "400"),
        names={"en": "Tech Tee", "de": "Technik-Shirt"},
        category="TEE",
        launched=TODAY - timedelta(days=60),
    )
    store_style(world, one)
    store_prices(
        world,
        prices(
            keys=[
                key(record(3000)),
                key(
                    record(2500, tiers=[(10, 2400), (50, 2200)]),
                    source=Source.PRICE_LIST,
                    holder="W1",
                ),
                key(record(6000), kind="rrp"),
            ]
        ),
    )
    store_availability(world, availability(one, 5, "EU01", **{"10123-400-M": stock(0)}))


def test_a_style_as_the_company_sees_it(anna: Person, world: Client) -> None:
    _stored_tee(world)
    page = anna.styles()
    StylesPage.model_validate(page)
    (item,) = page["items"]
    black, blue = item.pop("colourways")
    assert item == {
        "style": "10123",
        "name": "Tech Tee",
        "brand": "NORD",
        "category": "TEE",
        "category_name": "T-shirts",
        "gender": "men",
        "new": True,
        "price": {
            "from": {"amount": 2200, "currency": "EUR"},
            "to": {"amount": 2500, "currency": "EUR"},
            "tiers": True,
            "list_price": None,
            "sizes": None,
        },
        "rrp": {"amount": 6000, "currency": "EUR", "per": 1},
        "availability": {"level": "good", "quantity": 25, "capped": False},
        "windows": ["AO", "SS27-1"],
    }
    assert black["availability"]["quantity"] == 15
    assert blue == {
        "id": "10123-400",
        "code": "400",
        "name": "Colour 400",
        "family": "BLACK",
        "hex": "1A1A1A",
        "picture": f"{MEDIA}/10123-400.webp",
        "availability": {"level": "good", "quantity": 10, "capped": False},
        "windows": ["AO", "SS27-1"],
    }
    assert (page["total"], page["next"], page["currency"]) == (1, None, "EUR")
    assert [(window["id"], window["open"]) for window in page["windows"]] == [
        ("AO", True),
        ("SS27-1", True),
    ]


def test_availability_is_shown_as_the_company_is_set_and_promises_count(
    anna: Person, world: Client
) -> None:
    store_company(
        world,
        company("100002", availability_display="cap"),
        company("100003", availability_display="light"),
    )
    one = style("10001", colours=("010",))
    offer(world, "10001", colours=("010",))
    figures = availability(one, 50)
    figures.promised = promised(TODAY, {"10001001": 7})
    store_availability(world, figures)

    def seen(who: Person) -> Any:
        return who.styles()["items"][0]["availability"]

    assert seen(anna) == {"level": "good", "quantity": 143, "capped": False}
    assert seen(anna.of("100002")) == {"level": "good", "quantity": 100, "capped": True}
    assert seen(anna.of("100003")) == {"level": "good", "quantity": None, "capped": False}
    store_availability(world, availability(one, 1))
    assert seen(anna) == {"level": "low", "quantity": 3, "capped": False}


def test_each_company_is_shown_the_stock_of_its_own_plant(anna: Person, world: Client) -> None:
    store_company(world, company("100002", plant="US01"))
    offer(world, "10001")
    one = style("10001")
    # Written together, so that not even the time tells one from the other.
    store_availability(world, availability(one, 7), availability(one, 0, "US01"))

    def seen(who: Person) -> Any:
        grid = who.get("/styles/10001").get_json()["colourways"][0]["sizes"][0]
        return (
            who.styles()["items"][0]["availability"]["quantity"],
            grid["availability"]["quantity"],
            who.numbers(availability="at_once"),
        )

    assert seen(anna) == (42, 7, ["10001"])
    assert seen(anna.of("100002")) == (0, 0, [])
    assert seen(anna) == (42, 7, ["10001"])


def test_companies_see_their_assortment_at_their_price(anna: Person, world: Client) -> None:
    store_company(
        world,
        company("100002", assortment="OTHER"),
        company("100003", price_list="W2"),
        company("100004", currency="HUF"),
        company("100005", sales_area=sales_area("3000")),
    )
    store_assortment(
        world, assortment("OTHER", rules=[], included=[Item(style="10002", colour="400")])
    )
    store_style(world, *(style(number) for number in ("10001", "10002")))
    market, listed = key(record(3000)), key(record(2000), source=Source.PRICE_LIST, holder="W2")
    own = key(record(1000), source=Source.CUSTOMER, holder="100003")
    store_prices(
        world,
        prices("10001", keys=[market, listed]),
        prices("10002", keys=[market, own]),
        prices("10001", "HUF", 999_00),
    )

    def seen(who: Person) -> Any:
        return {
            item["style"]: (item["price"]["to"]["amount"], len(item["colourways"]))
            for item in who.styles()["items"]
        }

    assert seen(anna) == {"10001": (3000, 2), "10002": (3000, 2)}
    assert seen(anna.of("100002")) == {"10002": (3000, 1)}
    assert seen(anna.of("100003")) == {"10001": (2000, 2), "10002": (1000, 2)}
    assert seen(anna.of("100004")) == {"10001": (99900, 2)}
    assert seen(anna.of("100005")) == {}
    assert seen(anna) == {"10001": (3000, 2), "10002": (3000, 2)}


def test_a_style_without_price_is_reported_once(anna: Person, world: Client) -> None:
    offer(world, "10001")
    store_style(world, style("10009"))
    store_prices(world, prices("10008"))
    with structlog.testing.capture_logs() as logs:
        assert anna.numbers() == ["10001"]
        store_prices(world, prices("10008", wholesale=2600))
        assert anna.numbers() == ["10001"]
    reports = [line for line in logs if line["event"] == "style unpriced"]
    assert [(line["style"], line["currency"]) for line in reports] == [("10009", "EUR")]
    assert not reports[0]["discounts_leave_nothing"]
    store_prices(world, prices("10009"))
    assert anna.numbers() == ["10001", "10009"]


def test_a_style_of_which_discounts_leave_nothing_is_not_shown_and_is_reported(
    anna: Person, world: Client
) -> None:
    offer(world, "10001")
    store_style(world, style("10009"))
    everybodys: dict[str, Any] = {"source": Source.MARKET, "holder": "1000"}
    both = {
        "season": discount(60_000, condition="KA00", step=0, **everybodys),
        "clearance": discount(40_000, **everybodys),
    }
    store_prices(world, prices("10009").model_copy(update={"discounts": both}))
    with structlog.testing.capture_logs() as logs:
        assert anna.numbers() == ["10001"]
    reports = [line for line in logs if line["event"] == "style unpriced"]
    assert [(line["style"], line["discounts_leave_nothing"]) for line in reports] == [
        ("10009", True)
    ]


def test_every_change_is_seen_by_the_next_request(anna: Person, world: Client) -> None:
    offer(world, "10001", "10002")
    assert anna.numbers() == ["10001", "10002"]
    store_assortment(world, assortment(excluded=[Item(style="10001")]))
    assert anna.numbers() == ["10002"]
    store_company(world, company(assortment="NONE"))
    assert anna.numbers() == []
    store_company(world, company())
    store_assortment(world, assortment(windows=[at_once(cut_off=TODAY - timedelta(days=1))]))
    page = anna.styles()
    assert [window["open"] for window in page["windows"]] == [False]
    store_prices(world, prices("10001", wholesale=1))
    assert [item["price"]["to"]["amount"] for item in anna.styles()["items"]] == [1, 2500]
    store_style(world, style("10002", rank=2, deleted=True), style("10003", rank=3))
    store_prices(world, prices("10003"))
    assert anna.numbers() == ["10001", "10003"]
    store_style(world, style("10003", brand="ELSE"))
    assert anna.numbers() == ["10001"]


def test_a_warm_page_is_one_round_trip(anna: Person, world: Client) -> None:
    numbers = [str(10001 + i) for i in range(30)]
    offer(world, *numbers, sizes=[str(size) for size in range(36, 48)])
    let_announcements_pass(world)
    anna.styles()
    with counting(world) as count:
        assert len(anna.styles()["items"]) == 24
        assert (count.reads, count.writes, count.rpcs) == (25, 0, 1)
        assert len(anna.styles(q="tech", sort="price", size="40")["items"]) == 24
        assert (count.reads, count.rpcs) == (50, 2)
        store_prices(world, prices("10001", wholesale=1))
    with counting(world) as count:
        anna.styles()
        # The page, the one style's prices with those of the last seconds, the company with general
        # discounts, which may have got prices of its own. What the page shows of stock is of this request.
        assert count.rpcs == 3


def test_the_openapi_document_describes_the_answers(app: Flask) -> None:
    document = app.test_client().get("/v1/catalog/openapi.json").get_json()
    assert set(document["paths"]) == {
        "/v1/catalog/styles",
        "/v1/catalog/styles/{style}",
        "/v1/catalog/lookup",
        "/v1/catalog/line-sheet",
    }


def test_a_key_that_is_new_in_sap_is_called_as_sap_calls_it(anna: Person, world: Client) -> None:
    """In facets, on items and in search; in another language where SAP has no other."""
    gold = colourway("10001", "900", family="GOLD", names={})
    gold = gold.model_copy(update={"family_names": {"de": "Goldtöne", "hu": "Arany"}})
    offer(
        world,
        "10001",
        category="VEST",
        category_names={"fr": "Gilets", "de": "Westen"},
        colourways=[gold],
    )
    for language, category, family in (
        ("fr", "Gilets", "Goldtöne"),
        ("de", "Westen", "Goldtöne"),
        ("hu", "Westen", "Arany"),
    ):
        page = replace(anna, language=language).get("/styles").get_json()
        (item,) = page["items"]
        assert item["category_name"] == category
        assert [value["label"] for value in page["facets"]["category"]] == [category]
        assert [value["label"] for value in page["facets"]["colour"]] == [family]
        assert item["colourways"][0]["name"] == family
        for words in (category, family):
            assert replace(anna, language=language).numbers(q=words) == ["10001"]
