"""Currencies: what is sold in, what is history, and their minor units."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from babel import Locale
from babel.numbers import get_currency_precision
from hypothesis import given
from hypothesis import strategies as st

from shared.market.currencies import REPLACED, SOLD, currency_fault, last_day
from shared.market.model import MARKETS
from shared.money import Money
from shared.sap.customers import customer
from shared.sap.fault import UntranslatableMessageError
from shared.sap.idoc import Idoc
from shared.text.amount import write_amount
from shared.text.locale import LANGUAGES
from tests.factories.sap import ECC, packet
from tests.factories.sap_customers import debmas
from tests.factories.sap_prices import cond_a, record_of
from tests.support.idocs import price_key, read_packet

WEB = Path(__file__).resolve().parents[4] / "web"
# ISO 4217, list one (BGN and HRK: list three), written by hand
DIGITS = {
    "EUR": 2,
    "CZK": 2,
    "DKK": 2,
    "HUF": 2,
    "PLN": 2,
    "RON": 2,
    "SEK": 2,
    "NOK": 2,
    "CHF": 2,
    "GBP": 2,
    "ISK": 0,
    "USD": 2,
    "CAD": 2,
    "MXN": 2,
    "BGN": 2,
    "HRK": 2,
}


def test_minor_units_are_those_of_iso_4217() -> None:
    assert SOLD | REPLACED.keys() == DIGITS.keys()
    assert {one: get_currency_precision(one) for one in DIGITS} == DIGITS


def test_every_market_sells_in_a_currency_that_there_is() -> None:
    assert {market.currency for market in MARKETS.values()} == SOLD


@pytest.mark.parametrize(("currency", "euro"), [("HRK", "2023-01-01"), ("BGN", "2026-01-01")])
def test_what_the_euro_replaced_ends_the_day_before(currency: str, euro: str) -> None:
    on = date.fromisoformat(euro)
    assert last_day(currency) == on - timedelta(days=1)
    assert currency_fault(currency, on - timedelta(days=1)) is None
    assert currency_fault(currency, on) == f"{currency} was replaced by EUR on {euro}"


@given(st.dates(), st.sampled_from(sorted(SOLD)))
def test_what_is_sold_in_has_no_end(on: date, currency: str) -> None:
    assert currency_fault(currency, on) is None
    assert last_day(currency) is None


def test_services_write_amounts_as_the_portal_does() -> None:
    """web/src/i18n/money.json is what both write; format.test.ts holds the portal to it."""
    table = json.loads((WEB / "src" / "i18n" / "money.json").read_text(encoding="utf-8"))
    assert set(table) == set(LANGUAGES)
    for language, row in table.items():
        assert row.keys() == DIGITS.keys()
        for currency, written in row.items():
            money = Money(amount=1_234_567, currency=currency)
            text = write_amount(money.decimal, currency, Locale.parse(language))
            assert text.replace("\u202f", " ").replace("\xa0", " ") == written


def _read(idoc: dict[str, object]) -> Idoc:
    [found] = read_packet(packet(idoc), ECC, {"COND_A": _same, "DEBMAS": _same})
    return found


def _same(idoc: Idoc) -> Idoc:
    return idoc


def test_a_price_in_leva_ends_with_the_lev() -> None:
    idoc = cond_a(amount="58.67", WAERK="BGN")
    record_of(idoc)["DATAB"] = "20250301"
    found = price_key(idoc)
    assert found is not None
    [record] = found.key.records
    assert (record.valid_from, record.valid_to) == (date(2025, 3, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("currency", "fault"),
    [
        ("BGN", "BGN was replaced by EUR on 2026-01-01"),
        ("HRK", "HRK was replaced by EUR on 2023-01-01"),
        ("TRY", "TRY is no currency that we sell in"),
    ],
)
def test_a_new_price_in_another_currency_is_refused(currency: str, fault: str) -> None:
    with pytest.raises(UntranslatableMessageError) as refused:
        price_key(cond_a(WAERK=currency))
    assert refused.value.reasons == [
        f"IDOCS/0 (COND_A 0000000000001234): E1KONH: 0000012345 of 2026-01-01: {fault}"
    ]


@pytest.mark.parametrize("currency", ["BGN", "HRK", "TRY"])
def test_a_company_that_would_buy_in_it_is_refused(currency: str) -> None:
    idoc = debmas()
    idoc["E1KNA1M"][0]["E1KNVVM"][0]["WAERS"] = currency
    with pytest.raises(UntranslatableMessageError) as refused:
        customer(_read(idoc))
    [reason] = refused.value.reasons
    assert reason.startswith(f"E1KNVVM/WAERS: {currency} ")


def test_a_krona_has_no_minor_unit_and_sap_shows_two_decimals() -> None:
    found = price_key(cond_a(amount="12990", WAERK="ISK"))
    assert found is not None
    assert found.key.records[0].amount == 12_990
