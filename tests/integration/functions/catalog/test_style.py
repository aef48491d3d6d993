"""GET /styles/{style}: everything for the size grid."""

from datetime import date

import pytest
from flask import Flask
from google.cloud.firestore import Client

from functions.catalog.schema import StyleDetail
from shared.assortment.model import Item
from shared.price.model import Source
from shared.style.model import PrePack
from tests.factories.assortment import TODAY, assortment, pre_book, store_assortment
from tests.factories.availability import availability, promised, stock, store_availability
from tests.factories.catalogue import let_announcements_pass
from tests.factories.company import company, store_company
from tests.factories.price import discount, key, prices, record, store_prices, variant_key
from tests.factories.style import colourway, store_style, style
from tests.integration.functions.catalog.conftest import MEDIA, Person
from tests.support.firestore_counter import counting


@pytest.fixture
def tee(world: Client) -> Client:
    """One style with two colourways, tiers, packs, a receipt and a promise."""
    one = style(
        "10123",
        colourways=[
            colourway(
                "10123",
                "010",
                ["S", "M"],
                names={"en": "Black", "de": "Schwarz"},
                seasons=["FW26", "SS27"],
            ),
            colourway("10123", "400", ["S"], first=3, names={}, family="BLUE", seasons=["SS27"]),
        ],
        names={"en": "Tech Tee", "de": "Technik-Shirt"},
        descriptions={"en": "Light.", "de": "Leicht."},
        size_names={"M": {"de": "Mittel"}},
        multiple=6,
        minimum=12,
        prepacks=[PrePack(code="P1", quantities={"S": 2, "M": 4})],
    )
    store_style(world, one)
    tiers = [(10, 2400), (50, 2200)]
    store_prices(
        world,
        prices(
            keys=[
                key(record(2500, tiers), source=Source.CUSTOMER, holder="100001"),
                key(record(6000), kind="rrp"),
            ]
        ),
    )
    arriving = stock(5, [(date(2026, 12, 1), 40), (date(2027, 1, 10), 100)])
    figures = availability(one, 0, "EU01", **{"10123-010-M": arriving})
    figures.promised = promised(TODAY, {"10123002": 2})
    store_availability(world, figures)
    return world


def test_a_stranger_is_asked_to_sign_in(app: Flask) -> None:
    assert app.test_client().get("/v1/catalog/styles/10123").status_code == 401


def test_everything_that_a_size_grid_needs(anna: Person, tee: Client) -> None:
    answer = Person(anna.app, language="de-AT").get("/styles/10123")
    assert answer.status_code == 200
    StyleDetail.model_validate(answer.json)
    detail = answer.get_json()
    black, blue = detail["colourways"]
    assert (detail["name"], detail["description"]) == ("Technik-Shirt", "Leicht.")
    eur = {"currency": "EUR", "per": 1}
    assert detail["price"] == {
        "unit": {"amount": 2500, "currency": "EUR", "per": 1},
        "list_price": None,
        "source": "customer",
        "tiers": [
            {"quantity": quantity, "price": eur | {"amount": amount}, "list_price": None}
            for quantity, amount in ((10, 2400), (50, 2200))
        ],
    }
    assert detail["rrp"] == {"amount": 6000, "currency": "EUR", "per": 1}
    assert detail["packs"] == {
        "multiple": 6,
        "minimum": 12,
        "prepacks": [{"code": "P1", "quantities": {"S": 2, "M": 4}}],
    }
    assert (black["name"], black["picture"]) == ("Schwarz", f"{MEDIA}/10123-010.webp")
    assert blue["name"]
    assert [window["id"] for window in black["windows"]] == ["AO", "SS27-1"]
    assert [window["id"] for window in blue["windows"]] == ["SS27-1"]
    assert blue["windows"][0]["cut_off"] == "2026-12-15"
    assert [size["size"] for size in black["sizes"]] == ["S", "M"]
    assert black["sizes"][1] == {
        "sku": "10123-010-M",
        "gtin": "4006101230021",
        "size": "M",
        "size_name": "Mittel",
        "price": None,
        "rrp": None,
        "availability": {"level": "low", "quantity": 3, "capped": False},
        "later": [
            {
                "on": "2026-12-01",
                "availability": {"level": "good", "quantity": 43, "capped": False},
            },
            {
                "on": "2027-01-10",
                "availability": {"level": "good", "quantity": 143, "capped": False},
            },
        ],
    }


def test_a_size_of_its_own_price_and_a_discount_are_shown_net_and_before(
    anna: Person, tee: Client
) -> None:
    told = {
        "variants": {"m": variant_key("10123002", record(3000))},
        "discounts": {"ten": discount(10_000, source=Source.MARKET, holder="1000")},
    }
    store_prices(tee, prices(wholesale=2500).model_copy(update=told))
    detail = anna.get("/styles/10123").get_json()
    small, medium = detail["colourways"][0]["sizes"]
    told_prices = [detail["price"], medium["price"]]
    assert [(p["unit"]["amount"], p["list_price"]["amount"]) for p in told_prices] == [
        (2250, 2500),
        (2700, 3000),
    ]
    assert small["price"] is None
    [item] = anna.get("/styles").get_json()["items"]
    assert (item["price"]["to"]["amount"], item["price"]["list_price"]["amount"]) == (2250, 2500)
    span = item["price"]["sizes"]
    assert (span["from"]["amount"], span["to"]["amount"]) == (2250, 2700)
    found = anna.post("/lookup", {"entries": ["10123-010-M"]}).get_json()["lines"]
    assert [line["price"]["unit"]["amount"] for line in found] == [2700]


def test_later_figures_are_shown_as_the_company_is_set(anna: Person, tee: Client) -> None:
    store_company(tee, company(availability_display="cap"))
    later = anna.get("/styles/10123").get_json()["colourways"][0]["sizes"][1]["later"]
    assert later[1]["availability"] == {"level": "good", "quantity": 100, "capped": True}


def test_a_closed_window_is_told(anna: Person, tee: Client) -> None:
    store_assortment(tee, assortment(windows=[pre_book(opens=date(2026, 12, 1))]))
    (window,) = anna.get("/styles/10123").get_json()["colourways"][0]["windows"]
    assert (window["id"], window["open"]) == ("SS27-1", False)


def test_what_may_not_be_bought_does_not_exist(anna: Person, tee: Client) -> None:
    store_style(tee, style("10200"), style("10300", brand="ELSE"), style("10400", deleted=True))
    store_prices(tee, prices("10200", "SEK"), prices("10300"), prices("10400"))
    store_company(tee, company("100002", assortment="NONE"))
    for person, number in (
        (anna, "10200"),
        (anna, "10300"),
        (anna, "10400"),
        (anna, "99999"),
        (anna, "10123-010"),
        (anna.of("100002"), "10123"),
    ):
        answer = person.get(f"/styles/{number}")
        assert (answer.status_code, answer.get_json()["code"]) == (404, "style_not_found")
    assert anna.get("/styles/10%20123").status_code == 404


def test_a_hidden_colourway_is_left_out(anna: Person, tee: Client) -> None:
    store_assortment(tee, assortment(excluded=[Item(style="10123", colour="400")]))
    detail = anna.get("/styles/10123").get_json()
    assert [colour["code"] for colour in detail["colourways"]] == ["010"]


def test_new_figures_are_shown_at_once_in_one_round_trip(anna: Person, tee: Client) -> None:
    let_announcements_pass(tee)
    anna.get("/styles/10123")
    store_availability(tee, availability(style("10123"), 8))
    with counting(tee) as count:
        sizes = anna.get("/styles/10123").get_json()["colourways"][0]["sizes"]
    assert [size["availability"]["quantity"] for size in sizes] == [8, 8]
    assert (count.reads, count.rpcs) == (2, 1)
