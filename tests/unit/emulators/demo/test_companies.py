"""Companies, doors, assortments and accounts of the demo."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from stdnum.eu import vat

from emulators.demo.accounts import build_accounts
from emulators.demo.companies import (
    BLOCKED,
    INVALID_VAT,
    LOW_CREDIT,
    build_companies,
    is_vat_id,
)
from emulators.demo.currencies import TARIFFS
from emulators.demo.prices import GROUP_LISTS, unpriced_currency
from emulators.demo.seasons import seasons, windows
from emulators.demo.systems import ECC_EU
from tests.unit.emulators.demo.worlds import TODAY, days, full, rows, seeds, small, visible

_EU = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE"
EU = frozenset(_EU.split())


def test_companies_cover_every_market() -> None:
    companies = full().companies
    assert len(companies) == 40
    countries = {company.market.country for company in companies}
    assert countries == {*EU, "NO", "CH", "GB", "US", "CA"}
    assert {company.market.currency for company in companies} <= TARIFFS.keys()


@settings(max_examples=10)
@given(seeds)
def test_the_first_four_companies_are_fixed(seed: int) -> None:
    companies = build_companies(seed, 4, ECC_EU)
    assert [(c.id, c.market.country, c.market.currency) for c in companies] == [
        ("100001", "DE", "EUR"),
        ("100002", "PL", "PLN"),
        ("100003", "HU", "HUF"),
        ("100004", "US", "USD"),
    ]


@settings(max_examples=5)
@given(seeds)
def test_vat_ids_are_valid_but_for_one(seed: int) -> None:
    for company in build_companies(seed, 40, ECC_EU):
        number = company.vat_id
        if company.market.country in ("US", "CA"):
            assert number == ""
        else:
            assert is_vat_id(number) == (company.position != INVALID_VAT)
        if company.market.country in EU:
            prefix = {"GR": "EL"}.get(company.market.country, company.market.country)
            assert number.startswith(prefix)
            assert vat.is_valid(number) == (company.position != INVALID_VAT)


def test_stories_about_credit_and_blocks() -> None:
    companies = full().companies
    assert [c.position for c in companies if c.blocked] == [BLOCKED]
    low = companies[LOW_CREDIT]
    assert 0 < low.credit_limit - low.exposure < 500_00
    assert {c.display for c in companies} == set("ECL")
    assert len({c.minimum_order for c in companies}) > 3


def test_doors() -> None:
    companies = full().companies
    assert all(1 <= len(company.doors) <= 6 for company in companies)
    doors = [door for company in companies for door in company.doors]
    assert len({door.id for door in doors}) == len(doors)
    assert {c.id for c in companies}.isdisjoint(door.id for door in doors)
    assert any(d.market != c.market for c in companies for d in c.doors)
    assert all(c.doors[0].market == c.market for c in companies)
    customers = list(rows(full().customers, "E1KNA1M"))
    partners = [row for one in customers for area in one["E1KNVVM"] for row in area["E1KNVPM"]]
    assert sum(row["DEFPA"] == "X" for row in partners) == len(companies)
    addresses = {row["KUNNR"] for one in customers for row in one["Z1DOOR"]}
    assert {row["KUNN2"] for row in partners} == addresses


def test_a_group_price_list_is_in_its_companies_currency() -> None:
    for company in full().companies:
        if company.price_list:
            assert GROUP_LISTS[company.price_list] == company.market.currency


def test_fewer_than_four_companies_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 4"):
        build_companies(1, 3, ECC_EU)


@settings(max_examples=8, deadline=None)
@given(seeds, days)
def test_each_of_the_four_sees_what_the_others_cannot(seed: int, today: date) -> None:
    data = small(seed, today)
    seen = [visible(data, position, today) for position in range(4)]
    for position, own in enumerate(seen):
        others = set().union(*(seen[other] for other in range(4) if other != position))
        styles = {colourway.split("-")[0] for colourway in own - others}
        assert styles - {colourway.split("-")[0] for colourway in others}


def test_the_four_see_the_first_style_and_many_others() -> None:
    for position in range(4):
        seen = visible(full(), position, TODAY)
        assert "10001-010" in seen
        assert len(seen) > 300


def test_an_unpriced_style_is_listed_but_not_to_be_seen() -> None:
    data = small(1)
    hidden = next(style for style in data.styles if unpriced_currency(style, ECC_EU) == "HUF")
    styles = [{c.split("-")[0] for c in visible(data, at, TODAY)} for at in (0, 2)]
    assert str(hidden.number) in styles[0] - styles[1]


def test_there_are_eight_differing_assortments() -> None:
    assortments = full().assortments
    assert len(assortments) == 8
    assert len({str(a.rules) for a in assortments}) == 8
    assert {sign for a in assortments for sign, _, _ in a.items} == {"I", "E"}
    assert {c.assortment for c in full().companies} == {a.id for a in assortments}


@settings(max_examples=50)
@given(days)
def test_windows_are_open_whenever_the_demo_is_made(today: date) -> None:
    found = windows(today)
    assert [w.kind for w in found] == ["A", "P", "P", "P", "P", "P"]
    assert len({w.id for w in found}) == 6
    for window in found:
        assert window.open_from <= today < window.cut_off
        assert today <= window.ship_from < window.ship_to
        if window.kind == "P":
            assert today + timedelta(days=13) < window.cut_off < window.ship_from


def test_seasons_of_the_day() -> None:
    assert [season.key for season in seasons(TODAY)] == ["FW26", "SS27", "FW27"]
    assert [season.key for season in seasons(date(2027, 1, 1))] == ["SS27", "FW27", "SS28"]


def test_exactly_one_assortment_has_a_closed_window() -> None:
    today = TODAY.strftime("%Y%m%d")
    closed = [r for r in rows(full().listings, "Z1LISTWINDOW") if r["CUTOFF"] < today]
    assert [(row["ASORT"], row["WINDOW"]) for row in closed] == [("EUFOOT", "SS27-1")]


@pytest.mark.parametrize("count", [4, 6, 40])
def test_accounts_cover_every_role_of_known_companies(count: int) -> None:
    companies = build_companies(1, count, ECC_EU)
    accounts = build_accounts(companies, ECC_EU)
    emails = [account["email"] for account in accounts]
    assert len(set(emails)) == len(emails)
    assert all(email.isascii() and email.endswith(".example") for email in emails)
    known = {company.id for company in companies}
    assert all(account["companies"].keys() <= known for account in accounts)
    for company in ("100001", "100002", "100003", "100004"):
        roles = {a["companies"].get(company) for a in accounts if len(a["companies"]) == 1}
        assert roles >= {"viewer", "buyer", "approver", "admin"}
    # Who operates the desk belongs to no company, and everybody else to one.
    desk = {"operator", "brand_admin"}
    assert {a["brand_role"] for a in accounts} >= desk
    assert all(bool(a["companies"]) != (a["brand_role"] in desk) for a in accounts)
    rep = next(a for a in accounts if a["brand_role"] == "rep")
    assert list(rep["companies"].values()) == ["rep"] * 3
    assert any(a["companies"].keys() == {"100001", "100002"} for a in accounts)
