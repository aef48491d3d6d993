"""What a distribution chain does not sell, and what is priced by groups."""

import pytest
from google.cloud.firestore import SERVER_TIMESTAMP, Client

from shared.catalogue.announcement import announce
from shared.price.model import GeneralDiscounts, Source
from shared.price.repository import general_reference
from shared.store import to_document
from shared.style.model import Style
from tests.factories.company import company, store_company
from tests.factories.price import discount, prices, store_prices
from tests.factories.style import store_style, style
from tests.integration.functions.catalog.conftest import Person

CHAIN, OTHER = "1000~10", "1000~20"


def _blocked(one: Style, chain: str, *skus: str) -> Style:
    colourways = [
        colourway.model_copy(
            update={
                "skus": [
                    sku.model_copy(update={"blocked_in": [chain] if sku.id in skus else []})
                    for sku in colourway.skus
                ]
            }
        )
        for colourway in one.colourways
    ]
    return one.model_copy(update={"colourways": colourways})


@pytest.fixture(name="shop")
def _shop(world: Client) -> Client:
    """A whole style, one of which a size and a colour are not sold here, and one not sold at all."""
    whole = style("10001", ["010"], ["S", "M"])
    part = style("10002", ["010", "400"], ["S", "M"])
    none = style("10003", ["010"], ["S"])
    store_style(
        world,
        whole,
        _blocked(part, CHAIN, "10002-010-S", "10002-400-S", "10002-400-M"),
        _blocked(none, CHAIN, "10003-010-S"),
    )
    store_prices(world, prices("10001"), prices("10002"), prices("10003"))
    area = {"organisation": "1000", "channel": "20", "division": "00"}
    store_company(world, company("100002", sales_area=area))
    return world


def _sizes(person: Person, number: str) -> list[str]:
    detail = person.get(f"/styles/{number}").get_json()
    return [size["sku"] for colour in detail["colourways"] for size in colour["sizes"]]


def test_who_buys_in_the_chain_does_not_see_it_and_others_do(anna: Person, shop: Client) -> None:
    items = anna.get("/styles").get_json()["items"]
    assert {one["style"]: len(one["colourways"]) for one in items} == {"10001": 1, "10002": 1}
    assert _sizes(anna, "10002") == ["10002-010-M"]
    assert anna.get("/styles/10003").status_code == 404
    for code in ("10003-010-S", "10002-400-M", "10002-010-S"):
        [line] = anna.post("/lookup", {"entries": [code]}).get_json()["lines"]
        assert line.get("sku") is None
    [line] = anna.post("/lookup", {"entries": ["10002-010-M"]}).get_json()["lines"]
    assert line["sku"] == "10002-010-M"
    assert [one["style"] for one in anna.get("/styles", q="10002-400").get_json()["items"]] == []
    colleague = anna.of("100002")
    assert {one["style"] for one in colleague.get("/styles").get_json()["items"]} == {
        "10001",
        "10002",
        "10003",
    }
    assert len(_sizes(colleague, "10002")) == 4
    assert _sizes(colleague, "10003") == ["10003-010-S"]


def test_a_block_that_comes_or_ends_shows_in_the_next_answer(anna: Person, shop: Client) -> None:
    assert _sizes(anna, "10001") == ["10001-010-S", "10001-010-M"]
    store_style(shop, _blocked(style("10001", ["010"], ["S", "M"]), CHAIN, "10001-010-S"))
    assert _sizes(anna, "10001") == ["10001-010-M"]
    store_style(shop, style("10001", ["010"], ["S", "M"]))
    assert _sizes(anna, "10001") == ["10001-010-S", "10001-010-M"]


def test_what_groups_get_shows_in_the_next_answer(anna: Person, shop: Client) -> None:
    store_company(shop, company(customer_group="07"))
    store_style(
        shop, style("10001", ["010"], ["S", "M"], pricing_groups={CHAIN: "BU", OTHER: "FW"})
    )

    def price(number: str) -> int:
        shown: int = anna.get(f"/styles/{number}").get_json()["price"]["unit"]["amount"]
        return shown

    assert price("10001") == price("10002") == 2500
    keys = {
        "group": discount(10_000, source=Source.PRICE_GROUP, holder="KDGRP~07"),
        "bulky": discount(
            -20_000,
            source=Source.MARKET,
            holder="1000",
            condition="ZZUS",
            material_group="BU",
        ),
    }
    announce(shop, "prices")
    document = {**to_document(GeneralDiscounts(discounts=keys)), "updated_at": SERVER_TIMESTAMP}
    general_reference(shop, "1000").set(document)
    # 10 % off, and 20 % more for what is bulky.
    assert (price("10001"), price("10002")) == (2750, 2250)
