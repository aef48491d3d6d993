"""POST /lookup: what typed, pasted and scanned codes are."""

import pytest
from flask import Flask
from google.cloud.firestore import Client

from functions.catalog.schema import LookupAnswer
from shared.assortment.model import Item
from tests.factories.assortment import assortment, store_assortment
from tests.factories.availability import availability, store_availability
from tests.factories.catalogue import let_announcements_pass
from tests.factories.company import company, store_company
from tests.factories.price import prices, store_prices
from tests.factories.style import store_style, style
from tests.integration.functions.catalog.conftest import Person
from tests.support.firestore_counter import counting


@pytest.fixture
def shelf(world: Client) -> Client:
    """Styles 10123 and 10124; 10123-400 is not for the company, 10124 has no price."""
    styles = [style("10123"), style("10124", sizes=["xs"])]
    store_style(world, *styles)
    store_prices(world, prices("10123"))
    store_availability(world, *(availability(one, 9) for one in styles))
    store_assortment(world, assortment(excluded=[Item(style="10123", colour="400")]))
    return world


def test_a_stranger_is_asked_to_sign_in(app: Flask) -> None:
    answer = app.test_client().post("/v1/catalog/lookup", json={"entries": ["1"]})
    assert answer.status_code == 401


def test_every_fault_of_the_body_is_told(anna: Person) -> None:
    answer = anna.post("/lookup", {"entries": ["a", 1, None, "x" * 65], "more": True})
    assert answer.status_code == 422
    assert {(fault["pointer"], fault["code"]) for fault in answer.get_json()["errors"]} == {
        ("/entries/1", "not_a_text"),
        ("/entries/2", "not_a_text"),
        ("/entries/3", "too_long"),
        ("/more", "unknown_field"),
    }


def test_the_count_has_limits(anna: Person, shelf: Client) -> None:
    for entries, code in ((["1"] * 5_001, "too_many"), ([], "too_few")):
        answer = anna.post("/lookup", {"entries": entries})
        assert answer.status_code == 422
        assert [fault["code"] for fault in answer.get_json()["errors"]] == [code]
    answer = anna.post("/lookup", {"entries": ["10123-010-M"] * 5_000})
    assert {line["status"] for line in answer.get_json()["lines"]} == {"found"}
    assert len(answer.get_json()["lines"]) == 5_000


def test_each_entry_is_answered_in_order(anna: Person, shelf: Client) -> None:
    entries = [
        " 10123-010-m ",
        "4006101230014",
        "04006101230014",
        "4006101230015",
        "",
        "10123-400-S",
        "4006101230045",
        "10124-010-xs",
        "nothing",
    ]
    answer = anna.post("/lookup", {"entries": entries})
    assert answer.status_code == 200
    LookupAnswer.model_validate(answer.json)
    lines = answer.get_json()["lines"]
    assert [line["input"] for line in lines] == entries
    assert [line.get("sku") or line["code"] for line in lines] == [
        "10123-010-M",
        "10123-010-S",
        "10123-010-S",
        "check_digit",
        "empty",
        *["not_found"] * 4,
    ]
    assert lines[0] == {
        "status": "found",
        "input": " 10123-010-m ",
        "sku": "10123-010-M",
        "gtin": "4006101230021",
        "style": "10123",
        "style_name": "Tech Tee 2.0",
        "colourway": "10123-010",
        "colour_name": "Colour 010",
        "size": "M",
        "size_name": "M",
        "picture": "https://media.example/p/10123-010.webp",
        "price": {
            "unit": {"amount": 2500, "currency": "EUR", "per": 1},
            "source": "market",
            "tiers": [],
        },
        "availability": {"level": "low", "quantity": 9, "capped": False},
        "windows": ["AO", "SS27-1"],
    }
    assert all(line["reason"] for line in lines[3:])


def test_another_company_finds_only_its_own(anna: Person, shelf: Client) -> None:
    store_company(shelf, company("100002", assortment="NONE"))
    (line,) = anna.of("100002").post("/lookup", {"entries": ["10123-010-M"]}).get_json()["lines"]
    assert line["code"] == "not_found"


def test_a_change_is_seen_at_once_and_a_style_is_read_once(anna: Person, shelf: Client) -> None:
    anna.post("/lookup", {"entries": ["10124-010-XS"]})
    store_prices(shelf, prices("10124"))
    (line,) = anna.post("/lookup", {"entries": ["10124-010-XS"]}).get_json()["lines"]
    assert line["sku"] == "10124-010-xs"
    let_announcements_pass(shelf)
    with counting(shelf) as count:
        anna.post("/lookup", {"entries": ["10123-010-S", "10123-010-M", "10124-010-XS"]})
    assert (count.reads, count.rpcs) == (3, 1)
