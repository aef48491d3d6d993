"""The list of styles: filters, searches, sorts and pages."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from google.cloud.firestore import Client

from shared.assortment.model import Item
from shared.text.locale import LANGUAGES
from tests.factories.assortment import assortment, store_assortment
from tests.factories.availability import availability, store_availability
from tests.factories.company import company, store_company
from tests.factories.price import prices, store_prices
from tests.factories.style import colourway, store_style, style
from tests.integration.functions.catalog.conftest import Clock, Person
from tests.integration.functions.catalog.test_styles import offer


def test_filters_take_alternatives_and_meet_in_one_sku(anna: Person, world: Client) -> None:
    black = colourway("10001", "010", sizes=["S"], family="BLACK")
    red = colourway("10001", "100", sizes=["M"], first=2, family="RED", seasons=["SS27"])
    offer(world, "10001", colourways=[black, red], category="TEE")
    store_style(world, style("10002", category="CAP", gender="women", sizes=["OS"], rank=2))
    store_prices(world, prices("10002", wholesale=900))
    assert anna.numbers(colour="RED", size="M") == ["10001"]
    assert anna.numbers(colour="RED", size="S") == []
    assert anna.numbers(colour=["RED", "BLACK"], size="S") == ["10001"]
    assert anna.numbers(category=["TEE", "CAP"]) == ["10001", "10002"]
    assert anna.numbers(gender="women") == ["10002"]
    assert anna.numbers(colour="RED", season="FW26") == []
    assert anna.numbers(delivery="AO", colour="RED") == []
    assert anna.numbers(price_to=900) == ["10002"]
    assert anna.numbers(price_from=901) == ["10001"]
    assert anna.numbers(price_from=900, price_to=2500) == ["10001", "10002"]
    facets = anna.styles(colour="RED")["facets"]
    assert [(v["value"], v["label"], v["count"]) for v in facets["colour"]] == [
        ("BLACK", "Black", 2),
        ("RED", "Red", 1),
    ]
    assert facets["price"]["from"]["amount"] == 2500


def test_codes_find_exactly_what_they_are_of(anna: Person, world: Client) -> None:
    offer(world, "10001", "10012")
    store_assortment(world, assortment(excluded=[Item(style="10012", colour="400")]))
    store_style(world, style("10077", rank=1, names={"en": "Like 10001"}))
    store_prices(world, prices("10077"))
    gtin = style("10001").colourways[1].skus[2].gtin
    for code in ("10001", " 10001-400 ", "10001-400-l", gtin, f"0{gtin}"):
        assert anna.numbers(q=code) == ["10001"]
    sizes = anna.styles(q=gtin)["facets"]["size"]
    assert [(value["value"], value["count"]) for value in sizes] == [("L", 1)]
    hidden = style("10012").colourways[1].skus[0]
    for code in ("10012-400", hidden.id, hidden.gtin):
        assert anna.numbers(q=code) == []
    assert anna.numbers(q="1000") == ["10001", "10077"]


def test_pages_of_a_search_are_by_relevance(anna: Person, world: Client) -> None:
    offer(world, "10001", "10002", "10003", names={"en": "Nova"}, descriptions={})
    store_style(world, style("10004", rank=9, names={"en": "Trail"}, descriptions={}))
    store_style(world, style("10001", rank=1, names={"en": "Nova"}, descriptions={"en": "trail"}))
    store_style(world, style("10002", rank=2, names={"en": "Trails"}, descriptions={}))
    store_prices(world, prices("10004"))
    first = anna.styles(q="trail", limit=2)
    assert [item["style"] for item in first["items"]] == ["10004", "10002"]
    rest = anna.styles(q="trail", limit=2, cursor=first["next"])
    assert [item["style"] for item in rest["items"]] == ["10001"]
    assert (rest["total"], rest["next"]) == (3, None)
    assert anna.numbers(q="trail", sort="bestseller") == ["10001", "10002", "10004"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_and_facets_speak_the_readers_language(
    anna: Person, world: Client, language: str
) -> None:
    offer(world, "10001", category="SHOES")
    reader = replace(anna, language=language)
    (category,) = reader.styles()["facets"]["category"]
    assert category["value"] == "SHOES"
    assert reader.numbers(q=category["label"]) == ["10001"]
    assert reader.numbers(q=category["label"].upper()[:4]) == ["10001"]
    assert reader.numbers(q="shoes") == ["10001"]


def test_in_stock_means_to_be_had_at_once_today(anna: Person, world: Client, clock: Clock) -> None:
    offer(world, "10001", "10002", "10003")
    store_style(
        world,
        style("10003", rank=3, colourways=[colourway("10003", seasons=["SS27"])]),
    )
    store_availability(world, availability(style("10002"), 0))
    assert anna.numbers() == ["10001", "10002", "10003"]
    assert anna.styles()["facets"]["at_once"] is None
    page = anna.styles(availability="at_once")
    assert [item["style"] for item in page["items"]] == ["10001"]
    assert page["facets"]["at_once"] == 1
    assert anna.styles()["facets"]["at_once"] == 1

    store_availability(world, availability(style("10002"), 3))
    clock.pass_by(timedelta(seconds=31))
    assert anna.styles()["facets"]["at_once"] is None
    assert anna.numbers(availability="at_once") == ["10001", "10002"]


def test_sorts_and_pages_without_gap_or_repetition(anna: Person, world: Client) -> None:
    names = {"10001": "Öl", "10002": "apfel", "10003": "Zebra", "10004": "Oase", "10005": "Birne"}
    for i, (number, name) in enumerate(names.items()):
        store_style(
            world,
            style(
                number,
                names={"en": name},
                rank=5 - i,
                launched=date(2026, 1, 1 + (i * 2) % 5),
            ),
        )
        store_prices(world, prices(number, wholesale=1000 + i // 2))
    expected = {
        "bestseller": ["10005", "10004", "10003", "10002", "10001"],
        "newest": ["10003", "10005", "10002", "10004", "10001"],
        "price": ["10001", "10002", "10003", "10004", "10005"],
        "price_desc": ["10005", "10003", "10004", "10001", "10002"],
        "name": ["10002", "10005", "10004", "10001", "10003"],
    }
    for sort, numbers in expected.items():
        assert anna.numbers(sort=sort) == numbers
        paged: list[str] = []
        cursor: dict[str, str] = {}
        while True:
            page = anna.styles(sort=sort, limit=2, **cursor)
            assert page["total"] == 5
            paged += [item["style"] for item in page["items"]]
            if page["next"] is None:
                break
            cursor = {"cursor": page["next"]}
        assert paged == numbers
    assert anna.numbers() == expected["bestseller"]


@pytest.mark.parametrize(
    ("language", "numbers"),
    [("de", ["10002", "10001", "10003"]), ("sv", ["10001", "10003", "10002"])],
)
def test_names_are_in_the_order_of_the_readers_language(
    anna: Person, world: Client, language: str, numbers: list[str]
) -> None:
    names = {"10001": "Lotta", "10002": "Älg", "10003": "Zebra"}
    for number, name in names.items():
        store_style(world, style(number, ("010",), names={"en": name}))
        store_prices(world, prices(number))
    store_assortment(world, assortment())
    assert replace(anna, language=language).numbers(sort="name") == numbers


def test_a_cursor_goes_on_though_its_last_style_is_gone(anna: Person, world: Client) -> None:
    offer(world, "10001", "10002", "10003", "10004")
    page = anna.styles(limit=2)
    store_style(world, style("10002", rank=2, deleted=True))
    assert anna.numbers(limit=2, cursor=page["next"]) == ["10003", "10004"]


def test_a_cursor_belongs_to_its_query(anna: Person, world: Client) -> None:
    offer(world, "10001", "10002", "10003")
    store_company(world, company("100002"))
    cursor = anna.styles(limit=1)["next"]
    strangers = [
        anna.get("/styles", cursor=cursor, gender="men"),
        anna.get("/styles", cursor=cursor, sort="newest"),
        anna.of("100002").get("/styles", cursor=cursor),
        *(anna.get("/styles", cursor=garbled) for garbled in ("", "x", cursor[:-3], "e30", "ä")),
    ]
    for answer in strangers:
        assert answer.status_code == 422
        assert [(f["pointer"], f["code"], f["in"]) for f in answer.get_json()["errors"]] == [
            ("/cursor", "stale_cursor", "query")
        ]
    assert anna.numbers(cursor=cursor, limit=9) == ["10002", "10003"]
