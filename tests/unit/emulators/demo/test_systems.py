"""The demo of the S/4: what differs from the ECC's in keys of customizing, companies and sizes."""

from collections import Counter
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings

from emulators.demo.generate import DemoData, generate
from emulators.demo.stock import LAST_PAIRS_SIZE
from emulators.demo.systems import S4_NA, SYSTEMS, DemoSystem
from tests.unit.emulators.demo.worlds import TODAY, days, rows, seeds

CUSTOMIZING = S4_NA.settings


@cache
def american() -> DemoData:
    """All kinds of companies, and styles of all categories."""
    return generate(1, 60, 12, TODAY, S4_NA)


def test_its_control_records_are_its_own() -> None:
    data = american()
    idocs = [*data.articles, *data.listings, *data.conditions, *data.customers, *data.credits]
    controls = [idoc["EDI_DC40"] for idoc in idocs]
    assert {(one["SNDPRN"], one["MANDT"]) for one in controls} == {("S4PCLNT200", "200")}
    assert {len(one["SERIAL"]) for one in controls} == {14}


def test_conditions_stand_in_its_types_and_tables() -> None:
    kinds = Counter((one["KSCHL"], one["KOTABNR"]) for one in rows(american().conditions, "E1KOMG"))
    prices = {("PPR0", "306"), ("ZRRP", "306"), ("PPR0", "006"), ("PPR0", "005")}
    discounts = {one.type for one in CUSTOMIZING.prices.discounts}
    assert prices < set(kinds)
    assert {type_ for type_, _ in set(kinds) - prices} <= discounts
    for row in rows(american().conditions, "E1KOMG"):
        if row["KSCHL"] in discounts:
            continue
        table = next(one for one in CUSTOMIZING.prices.tables if one.number == row["KOTABNR"])
        assert row["VAKEY"].endswith(row["MATNR"])
        assert row["VKORG"] in {area.organisation for area in CUSTOMIZING.sales_areas}
        if "WAERK" not in table.key:
            assert row["WAERK"] not in row["VAKEY"]


def test_articles_have_its_characteristics_seasons_and_languages() -> None:
    names = {row["CHAR_NAME"] for row in rows(american().articles, "E1BPE1AUSPRT")}
    assert names == {"FSH_COLOR", "FSH_SIZE", "FSH_SIZE2"}
    assert {row["SEASON"] for row in rows(american().articles, "E1BPFSHSEASONS")} == {
        "0001",
        "0002",
    }
    units = {row["ALT_UNIT"] for row in rows(american().articles, "E1BPE1MARMRT")}
    assert units == {"ST", "PAA", "CT"}
    assert {row["LANGU"] for row in rows(american().articles, "E1BPE1MAKTRT")} == set("EFS")


def test_companies_buy_in_the_currencies_of_the_continent() -> None:
    companies = american().companies
    assert {company.market.currency for company in companies} == {"USD", "CAD", "MXN"}
    assert {company.vat_id for company in companies} == {""}
    assert all(door.city.region for company in companies for door in company.doors)


def test_ship_tos_come_in_messages_of_their_own() -> None:
    heads = list(rows(american().customers, "E1KNA1M"))
    ship_tos = {head["KUNNR"] for head in heads if head.get("KTOKD")}
    partners = {
        row["KUNN2"]
        for head in heads
        for area in head.get("E1KNVVM", [])
        for row in area["E1KNVPM"]
    }
    assert ship_tos == partners
    assert not any("Z1DOOR" in head for head in heads)
    assert {head["KTOKD"] for head in heads if head.get("KTOKD")} <= set(
        CUSTOMIZING.customers.door_groups
    )


@pytest.mark.parametrize("system", SYSTEMS.values(), ids=SYSTEMS)
@settings(max_examples=3, deadline=None)
@given(seeds, days)
def test_every_account_is_of_a_company_that_there_is(
    system: DemoSystem, seed: int, today: date
) -> None:
    data = generate(seed, 4, 9, today, system)
    known = {company.id for company in data.companies}
    assert len({account["email"] for account in data.accounts}) == len(data.accounts)
    assert all(account["companies"].keys() <= known for account in data.accounts)
    assert {account["brand_role"] for account in data.accounts} >= {
        "rep",
        "operator",
        "brand_admin",
    }


@pytest.mark.parametrize("system", SYSTEMS.values(), ids=SYSTEMS)
def test_the_last_pairs_are_in_the_first_plant(system: DemoSystem) -> None:
    data = generate(1, 4, 4, TODAY, system)
    first = data.styles[0]
    sku = next(one for one in first.skus if one.size.label == LAST_PAIRS_SIZE[system.sizes])
    row = next(row for row in data.stock if row["MATNR"].lstrip("0") == sku.article)
    assert (row["WERKS"], row["LABST"]) == (next(iter(system.plants)), "10.000")
