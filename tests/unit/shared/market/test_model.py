"""The tables of markets fit each other, and what other tables say."""

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from babel.numbers import get_territory_currencies
from pydantic import TypeAdapter

from shared.market.model import (
    MARKETS,
    PLANTS,
    REGISTRY_FILE,
    SALES_ORGANISATIONS,
    Market,
    Registry,
    read_registry,
)
from shared.text.locale import LOCALES
from shared.vat.territories import states

REGIONS = json.loads((Path(__file__).resolve().parents[4] / "infra" / "regions.json").read_text())


def test_the_registry_has_what_its_types_say_and_nothing_else() -> None:
    content = REGISTRY_FILE.read_bytes()
    checked = TypeAdapter(Registry).validate_json(content)
    assert read_registry(content) == checked
    assert json.loads(content).keys() == vars(checked).keys()


@pytest.mark.parametrize("market", MARKETS.values(), ids=lambda market: market.country)
def test_a_market_has_its_countrys_currency_and_a_zone_and_languages_that_we_have(
    market: Market,
) -> None:
    # CLDR has not heard yet of Bulgaria's euro, of January 2026.
    known = ["EUR"] if market.country == "BG" else get_territory_currencies(market.country)
    assert market.currency in known
    assert ZoneInfo(market.time_zone).key == market.time_zone
    assert set(market.languages) <= set(LOCALES)
    for language in market.languages:
        assert Locale.parse(language).territory in (None, market.country)


def test_every_language_is_spoken_in_a_market() -> None:
    assert {language for market in MARKETS.values() for language in market.languages} == set(
        LOCALES
    )


def test_every_market_has_a_seller_and_every_seller_a_region() -> None:
    assert {market.organisation for market in MARKETS.values()} == SALES_ORGANISATIONS.keys()
    for organisation in SALES_ORGANISATIONS.values():
        assert organisation.region in REGIONS
        assert organisation.seller.address.country == organisation.country
        assert organisation.country in MARKETS
    assert {each.region for each in SALES_ORGANISATIONS.values()} == REGIONS.keys()


def test_vat_is_decided_here_for_sellers_in_the_eu_only() -> None:
    for organisation in SALES_ORGANISATIONS.values():
        in_the_eu = organisation.country in states()
        assert (organisation.tax == "eu_vat") == in_the_eu
        assert bool(organisation.seller.vat_id) == in_the_eu


def test_vat_is_registered_wherever_a_plant_of_the_eu_is() -> None:
    abroad = {plant.country for plant in PLANTS.values() if plant.country in states()}
    for organisation in SALES_ORGANISATIONS.values():
        if organisation.tax == "eu_vat":
            assert abroad <= organisation.seller.registrations.keys() | {organisation.country}
