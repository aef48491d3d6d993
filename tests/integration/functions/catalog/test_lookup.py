"""POST /lookup: what typed, pasted and scanned codes are."""

import pytest
from flask import Flask
from google.cloud.firestore import Client

from functions.catalog.schema import LookupAnswer
from shared.assortment.model import Item
from shared.style.model import Sku
from tests.factories.assortment import assortment, store_assortment
from tests.factories.availability import availability, store_availability
from tests.factories.catalogue import let_announcements_pass
from tests.factories.company import company, store_company
from tests.factories.price import prices, store_prices
from tests.factories.style import colourway, store_style, style
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
    answer = anna.post("/lookup", {"entries": ["a", 1, None, "x" * 201], "more": True})
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
        "unknown_colour",
        *["not_found"] * 3,
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
            "list_price": None,
            "source": "market",
            "tiers": [],
        },
        "availability": {"level": "low", "quantity": 9, "capped": False},
        "windows": ["AO", "SS27-1"],
        "pieces": 1,
        "note": None,
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


def test_a_pasted_list_is_read_line_by_line(anna: Person, shelf: Client) -> None:
    store_style(shelf, style("10125", multiple=6))
    store_prices(shelf, prices("10125"))
    wanted = {
        "10123-010-S 7": ("10123-010-S", 7),
        "4 006101 230014\t3,0": ("10123-010-S", 3),
        "'4006101230021; 1 200": ("10123-010-M", 1200),
        "10123\u2011010\u2011l,2": ("10123-010-L", 2),
        # A case of six, twice; and a label that says how many there are.
        "14006101250019 2": ("10125-010-S", 12),
        "(01)14006101250019(37)10": ("10125-010-S", 10),
        "]C10204006101250012\u001d3704": ("10125-010-S", 4),
        "10123-010-S 3,5": ("10123-010-S", None),
        "10123-010-S -3": ("10123-010-S", None),
        "10123-010-S 1.000": ("10123-010-S", None),
        "14006101230011 1": ("case_unknown", None),
        "4,00610E+12;2": ("digits_lost", None),
        "(00)340061012300000016": ("no_article", None),
    }
    body = {"entries": [*wanted], "with_quantities": True}
    lines = anna.post("/lookup", body).get_json()["lines"]
    read = [(line.get("sku") or line["code"], line.get("pieces")) for line in lines]
    assert dict(zip(wanted, read, strict=True)) == wanted
    unread = [line["note"] for line in lines if line["status"] == "found" and not line["pieces"]]
    assert unread == [
        "3,5 is not a whole number of pieces.",
        "-3 is less than 0.",
        "1.000 can be read in two ways. Write the number without points and commas.",
    ]


def test_the_buyer_is_asked_which_of_two_articles_a_gtin_means(anna: Person, shelf: Client) -> None:
    twin = style("10126", colours=("010",))
    twin.colourways[0].skus[1].gtin = "4006101230021"
    store_style(shelf, twin)
    body = {"entries": ["4006101230021 4"], "with_quantities": True}
    assert anna.post("/lookup", body).get_json()["lines"][0]["sku"] == "10123-010-M"
    store_prices(shelf, prices("10126"))
    (line,) = anna.post("/lookup", body).get_json()["lines"]
    assert line["code"] == "ambiguous"
    assert "10123-010-M" in line["reason"]
    assert "10126-010-M" in line["reason"]
    choices = [(one["sku"], one["style_name"], one["pieces"]) for one in line["choices"]]
    assert choices == [("10123-010-M", "Tech Tee 2.0", 4), ("10126-010-M", "Tech Tee 2.0", 4)]


@pytest.mark.parametrize(
    ("entry", "code", "says", "choices"),
    [
        ("10123", "several_articles", "10123 is several articles", ["S", "M", "L"]),
        ("10123-010 3", "several_articles", "10123-010 is several articles", ["S", "M", "L"]),
        ("10123-010-XXL 3", "unknown_size", "10123-010 has no size XXL", ["S", "M", "L"]),
        ("10123-999-S", "unknown_colour", "10123 has no colour 999", []),
        ("10123-400-S", "unknown_colour", "10123 has no colour 400", []),
        ("10123-400", "unknown_colour", "It has 010.", []),
        ("10124", "not_found", "not in your range", []),
        ("10999-010-S", "not_found", "not in your range", []),
        ("4006101230045", "not_found", "No article in your range has this GTIN", []),
        ("9 521000 10001-5", "not_found", "No article in your range has this GTIN", []),
    ],
)
def test_what_of_a_code_is_known_is_told_and_offered(
    anna: Person, shelf: Client, entry: str, code: str, says: str, choices: list[str]
) -> None:
    body = {"entries": [entry], "with_quantities": True}
    (line,) = anna.post("/lookup", body).get_json()["lines"]
    assert line["code"] == code
    assert says in line["reason"]
    assert [choice["size"] for choice in line["choices"]] == choices
    assert {choice["pieces"] for choice in line["choices"]} <= {3 if " " in entry else 1}


def test_of_a_style_in_many_sizes_and_colours_the_colours_are_told(
    anna: Person, world: Client
) -> None:
    store_style(world, style("10123", ("010", "400"), [str(n) for n in range(20)]))
    store_prices(world, prices("10123"))
    store_assortment(world, assortment())
    body = {"entries": ["10123", "10123-400"]}
    of_style, of_colour = anna.post("/lookup", body).get_json()["lines"]
    assert (of_style["code"], of_style["choices"]) == ("several_articles", [])
    assert "010 and 400" in of_style["reason"]
    assert len(of_colour["choices"]) == 20


def test_of_a_style_whose_number_has_hyphens_the_size_is_told_apart(
    anna: Person, world: Client
) -> None:
    store_style(world, style("CW2288-111", ("010",), ["S", "M"]))
    store_prices(world, prices("CW2288-111"))
    store_assortment(world, assortment())
    entries = ["CW2288-111-010-XXL", "CW2288-111-010", "cw2288-111", "CW2288-111-999"]
    lines = anna.post("/lookup", {"entries": entries}).get_json()["lines"]
    found = ["unknown_size", "several_articles", "several_articles", "unknown_colour"]
    assert [line["code"] for line in lines] == found
    assert "CW2288-111-010 has no size XXL" in lines[0]["reason"]
    assert "CW2288-111 has no colour 999" in lines[3]["reason"]
    for line in lines[:3]:
        assert [choice["size"] for choice in line["choices"]] == ["S", "M"]


def test_a_list_of_thousands_of_colourways_offers_no_more_than_a_person_looks_at(
    anna: Person, shelf: Client
) -> None:
    lines = anna.post("/lookup", {"entries": ["10123-010"] * 5_000}).get_json()["lines"]
    assert {line["code"] for line in lines} == {"several_articles"}
    assert sum(len(line["choices"]) for line in lines) <= 1_000
    assert lines[0]["choices"]


def test_articles_with_free_sizes_a_case_of_their_own_number_and_no_gtin_are_found(
    anna: Person, world: Client
) -> None:
    skus = [
        Sku(id="CW-2288-010-36_2_3", size="36\u2154", article="CW-2288-1", gtin="4006101230014"),
        Sku(id="CW-2288-010-S_Short", size="S (Short)", article="CW-2288-2"),
    ]
    skus[0].case_gtin = "4012345000016"
    one = style("CW-2288", multiple=12, colourways=[colourway("CW-2288", "010", skus=skus)])
    store_style(world, one)
    store_prices(world, prices("CW-2288"))
    store_assortment(world, assortment())
    entries = ["cw-2288-010-36_2_3", "CW-2288-010-S_SHORT", "4006101230014", "4012345000016"]
    lines = anna.post("/lookup", {"entries": entries}).get_json()["lines"]
    assert [(line["sku"], line["size"], line["pieces"]) for line in lines] == [
        ("CW-2288-010-36_2_3", "36\u2154", 1),
        ("CW-2288-010-S_Short", "S (Short)", 1),
        ("CW-2288-010-36_2_3", "36\u2154", 1),
        ("CW-2288-010-36_2_3", "36\u2154", 12),
    ]
    assert [line["gtin"] for line in lines[:2]] == ["4006101230014", ""]
    for text in (*entries, "CW-2288", "CW-2288-010"):
        found = anna.get("/styles", q=text).get_json()["items"]
        assert len(found) == 1, text
