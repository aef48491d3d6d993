"""VAT: every pair of member states and every special territory, against tables written by hand.

members.csv: goods from the row's state to the column's, sold by a German seller: the category of
EN 16931 for a buyer with a valid VAT id of the state of arrival, and for one without. rates.csv:
the standard rates in percent on days around every change. places.csv: an address, the categories
of goods that a buyer with a French VAT id, and one without any, gets there from Germany, and
category and rate of goods that leave from there for Madrid without one ("-": we decide no tax).
"""

import csv
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.company.model import Address, Company
from shared.market import model as markets
from shared.money import Money
from shared.vat.rules import GROUNDS, Vat, VatRule, vat, vat_amount
from shared.vat.territories import states
from tests.factories.company import address, company, sales_area

NET = Money(amount=10_000, currency="EUR")
TODAY = date(2026, 11, 26)
# Numbers of a valid form are no matter here: forms are test_ids.py's.
IDS = {state: f"{'EL' if state == 'GR' else state}1" for state in [*states(), "XI"]}


def table(name: str) -> list[dict[str, str]]:
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


MEMBERS, RATES, PLACES = table("members.csv"), table("rates.csv"), table("places.csv")
STATES = list(MEMBERS[0])[1:]


def buyer(vat_id: str = "", **overrides: Any) -> Company:
    fields: dict[str, Any] = {"vat_id": vat_id, "vat_id_valid": bool(vat_id)}
    return company(**fields | overrides)


def place(country: str, postal: str = "", city: str = "") -> Address:
    return address(country=country, postal_code=postal, city=city)


def ships_from(monkeypatch: pytest.MonkeyPatch, ship_from: Address) -> None:
    monkeypatch.setitem(markets.PLANTS, "EU01", ship_from)


def category(found: Vat) -> str:
    ground = GROUNDS[found.rule]
    assert (ground.exemption is None) == (ground.category in ("S", ""))
    assert (found.rate == 0) == (found.amount.amount == 0) == (ground.category != "S")
    return ground.category


def test_the_tables_have_every_member_state() -> None:
    assert len(STATES) == 27
    assert [row["from"] for row in MEMBERS] == STATES == sorted(states())
    assert list(RATES[0])[1:] == STATES


@pytest.mark.parametrize("row", MEMBERS, ids=lambda row: row["from"])
def test_from_every_member_state_to_every_other(
    row: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    departure = row["from"]
    ships_from(monkeypatch, place(departure))
    for on in (TODAY, date(2020, 8, 15), date(2025, 7, 31)):
        for arrival in STATES:
            known = vat(buyer(IDS[arrival]), place(arrival), NET, on)
            unknown = vat(buyer(), place(arrival), NET, on)
            assert f"{category(known)}/{category(unknown)}" == row[arrival], arrival
            assert (known.departure, known.arrival) == (departure, arrival)


@pytest.mark.parametrize("row", RATES, ids=lambda row: row["day"])
def test_the_rate_is_that_of_departure_on_the_day_of_supply(
    row: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    on = date.fromisoformat(row["day"])
    for departure in STATES:
        ships_from(monkeypatch, place(departure))
        tenths = int(10 * Decimal(row[departure]))
        for arrival in STATES:
            found = vat(buyer(), place(arrival), NET, on)
            assert (found.rate, found.amount.amount) == (tenths, 10 * tenths), departure
            assert found.supplied_on == on


def test_rates_change_on_the_days_of_the_table_and_on_no_other() -> None:
    days = [date.fromisoformat(row["day"]) for row in RATES]
    for before, after in pairwise(RATES):
        first, last = (date.fromisoformat(row["day"]) for row in (before, after))
        for state in STATES:
            seen = {states()[state].rate(first + timedelta(n)) for n in range((last - first).days)}
            assert seen == {int(10 * Decimal(before[state]))}, (state, first, last)
    assert days == sorted(days)


@pytest.mark.parametrize("row", PLACES, ids=lambda row: row["name"])
def test_special_territories(row: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    there = place(row["country"], row["postal"], row["city"])
    known = vat(buyer(IDS["FR"]), there, NET, TODAY)
    unknown = vat(buyer(), there, NET, TODAY)
    assert f"{category(known)}/{category(unknown)}" == row["from_germany"]
    ships_from(monkeypatch, there)
    back = vat(buyer(), place("ES", "28013", "Madrid"), NET, TODAY)
    told = f"{category(back)} {Decimal(back.rate) / 10:g}" if category(back) else "-"
    assert told == row["to_spain"]


@pytest.mark.parametrize(
    ("vat_id", "rule"),
    [
        ("FR1", VatRule.INTRA_COMMUNITY),
        ("PL1", VatRule.INTRA_COMMUNITY),  # of any other member state, not of arrival only
        ("EL1", VatRule.INTRA_COMMUNITY),
        ("XI1", VatRule.INTRA_COMMUNITY),
        ("DE1", VatRule.NO_VAT_ID),  # of the state that the goods leave from
        ("GB1", VatRule.NO_VAT_ID),
        ("CHE1", VatRule.NO_VAT_ID),
        ("", VatRule.NO_VAT_ID),
    ],
)
def test_whose_vat_id_exempts(vat_id: str, rule: VatRule) -> None:
    found = vat(buyer(vat_id), place("FR", "69002", "Lyon"), NET, TODAY)
    assert (found.rule, found.rate) == (rule, 0 if rule is VatRule.INTRA_COMMUNITY else 190)
    assert found.buyer_id == vat_id


def test_an_id_that_is_not_valid_does_not_exempt() -> None:
    found = vat(buyer("FR1", vat_id_valid=False), place("FR"), NET, TODAY)
    assert (found.rule, found.rate) == (VatRule.NO_VAT_ID, 190)


def test_a_reverse_charge_ends_where_the_seller_is_established(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ships_from(monkeypatch, place("NL", "5928", "Venlo"))
    seller = markets.SALES_ORGANISATIONS["1000"]
    venlo = replace(seller.seller, registrations={"NL": "NL1"})

    def sold(**overrides: Any) -> Vat:
        changed = replace(seller, seller=venlo, **overrides)
        monkeypatch.setitem(markets.SALES_ORGANISATIONS, "1000", changed)
        return vat(buyer("NL2"), place("NL"), NET, TODAY)

    liable, own = sold(), sold(fixed_establishments=frozenset({"NL"}))
    assert (liable.rule, liable.amount.amount) == (VatRule.REVERSE_CHARGE, 0)
    assert (own.rule, own.rate) == (VatRule.DOMESTIC, 210)
    assert liable.seller_id == own.seller_id == "NL1"


def test_goods_of_a_plant_that_we_do_not_know_leave_from_the_seller() -> None:
    found = vat(buyer(plant="EU77"), place("FR"), NET, TODAY)
    assert (found.departure, found.rate) == ("DE", 190)
    assert found.seller_id == markets.SALES_ORGANISATIONS["1000"].seller.vat_id


@pytest.mark.parametrize("organisation", ["3000", "3100"])
@pytest.mark.parametrize("ship_to", ["US", "CA", "MX", "DE"])
def test_north_america_is_taxed_on_the_invoice(organisation: str, ship_to: str) -> None:
    there = buyer(sales_area=sales_area(organisation), plant="US01")
    found = vat(there, place(ship_to), Money(amount=999, currency="USD"), TODAY)
    assert (found.rule, found.amount.amount) == (VatRule.ON_INVOICE, 0)


@given(st.integers(min_value=0, max_value=10**12), st.sampled_from([0, 160, 190, 210, 255, 270]))
def test_vat_is_the_rate_rounded_half_up(net: int, rate: int) -> None:
    found = vat_amount(Money(amount=net, currency="HUF"), rate)
    assert -500 < found.amount * 1000 - net * rate <= 500


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.sampled_from(STATES))
def test_every_member_state_has_a_rate_on_every_day(on: date, state: str) -> None:
    rate = states()[state].rate(on)
    # Art. 97: a standard rate is 15 % at least.
    assert rate is not None
    assert 150 <= rate <= 270
