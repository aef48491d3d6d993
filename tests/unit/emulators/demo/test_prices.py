"""Condition records of the demo."""

from collections import Counter
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings

from emulators.demo.catalogue import build_styles
from emulators.demo.generate import DemoData
from emulators.demo.idoc import Idoc, curr
from emulators.demo.prices import GROUP_LISTS, list_prices
from emulators.demo.systems import ECC_EU
from shared.sap.discounts import DiscountConditions
from tests.factories.sap_prices import position_of, record_of
from tests.support.idocs import conditions_of
from tests.unit.emulators.demo.worlds import TODAY, full, seeds, small


@pytest.mark.parametrize(
    ("hundredths", "currency", "text"),
    [
        (1950, "EUR", "19.50"),
        (12990_00, "HUF", "129.90"),
        (5, "CHF", "0.05"),
        (100_00, "HUF", "1.00"),
    ],
)
def test_amounts_are_shifted_as_sap_stores_them(hundredths: int, currency: str, text: str) -> None:
    assert curr(hundredths, currency) == text


@settings(max_examples=20)
@given(seeds)
def test_prices_are_sensible(seed: int) -> None:
    for style in build_styles(seed, 12, TODAY, ECC_EU):
        for currency, price in list_prices(seed, style, ECC_EU).items():
            assert 0.35 < price.wholesale / price.rrp < 0.62
            if currency == "HUF":
                assert price.wholesale % 10_00 == 0
                assert price.rrp % 1000_00 == 990_00
            if currency == "EUR":
                assert price.rrp % 500 == 495


def _prices(data: DemoData) -> list[Idoc]:
    kinds = {"PR00", "VKP0"}
    return [idoc for idoc in data.conditions if idoc["E1KOMG"][0]["KSCHL"] in kinds]


def test_one_idoc_holds_all_of_a_key() -> None:
    keys = Counter(
        (row["KSCHL"], row["KOTABNR"], row["VAKEY"])
        for idoc in full().conditions
        for row in idoc["E1KOMG"]
    )
    assert set(keys.values()) == {1}
    assert {len(idoc["E1KOMG"]) for idoc in full().conditions} == {1}


def test_records_of_a_key_do_not_overlap_and_share_its_currency() -> None:
    numbers: set[str] = set()
    for idoc in _prices(full()):
        heads = idoc["E1KOMG"][0]["E1KONH"]
        items = [item for head in heads for item in head["E1KONP"]]
        assert len(items) == len(heads)
        assert all(a["DATBI"] < b["DATAB"] for a, b in pairwise(heads))
        assert {item["KONWA"] for item in items} == {idoc["E1KOMG"][0]["WAERK"]}
        assert numbers.isdisjoint(h["KNUMH"] for h in heads)
        numbers.update(h["KNUMH"] for h in heads)


def test_tiers_get_cheaper_with_quantity() -> None:
    tiered = [idoc for idoc in _prices(full()) if position_of(idoc)["E1KONM"]]
    assert {idoc["E1KOMG"][0]["PLTYP"] for idoc in tiered} == GROUP_LISTS.keys()
    for idoc in tiered:
        item = position_of(idoc)
        amounts = [Decimal(row["KBETR"]) for row in (item, *item["E1KONM"])]
        assert amounts == sorted(set(amounts), reverse=True)
        quantities = [Decimal(row["KSTBM"]) for row in item["E1KONM"]]
        assert quantities == sorted(set(quantities))


def test_every_currency_is_priced_but_for_a_few_styles() -> None:
    missing = Counter(
        currency
        for style in full().styles
        for currency in ECC_EU.currencies
        if currency not in list_prices(1, style, ECC_EU)
    )
    assert 0 < sum(missing.values()) <= 15
    assert len(missing) >= 3


def test_a_style_without_a_list_price_has_no_price_at_all_in_that_currency() -> None:
    data = full()
    keys = {(i["E1KOMG"][0]["MATNR"], i["E1KOMG"][0]["WAERK"]) for i in _prices(data)}
    for style in data.styles:
        priced = {currency for number, currency in keys if number == str(style.number).zfill(18)}
        assert priced == list_prices(1, style, ECC_EU).keys()


def test_some_prices_change_later() -> None:
    today = TODAY.strftime("%Y%m%d")
    changing = [idoc for idoc in _prices(full()) if len(idoc["E1KOMG"][0]["E1KONH"]) > 1]
    assert changing
    for idoc in changing:
        assert record_of(idoc)["DATAB"] <= today <= record_of(idoc)["DATBI"]
        now, later = (
            Decimal(item["KBETR"])
            for head in idoc["E1KOMG"][0]["E1KONH"]
            for item in head["E1KONP"]
        )
        assert now < later


def test_all_three_price_lists_are_used() -> None:
    assert {i["E1KOMG"][0]["KOTABNR"] for i in _prices(full())} == {"304", "305", "306"}
    assert {i["E1KOMG"][0]["KOTABNR"] for i in _prices(small(3))} >= {"305", "306"}


def test_some_sizes_cost_more_and_some_companies_have_discounts() -> None:
    data = full()
    articles = {sku.article for style in data.styles for sku in style.skus}
    rows = [idoc["E1KOMG"][0] for idoc in data.conditions]
    assert {row["KSCHL"] for row in rows if row["MATNR"].lstrip("0") in articles} == {"PR00"}
    read = [conditions_of(idoc) for idoc in data.conditions]
    found = [one for one in read if isinstance(one, DiscountConditions)]
    assert {(one.key.condition, one.key.scale) for one in found} == {
        ("K007", "quantity"),
        ("K005", "quantity"),
        ("KA00", "value"),
        ("K020", "quantity"),
        ("K030", "quantity"),
        ("ZZUS", "quantity"),
    }
    assert all(one.article == "" or one.key.holder for one in found)
