"""What could they see then, at which prices? Asked of what SAP and the desk changed since."""

from datetime import UTC, datetime
from typing import Any

import pytest
from google.cloud.firestore import Client

from functions.sync_customers import handler as customers
from functions.sync_prices import handler as sync_prices
from functions.sync_products import handler as products
from shared.event.message import SapMessage
from tests.factories.assortment import TODAY
from tests.factories.sap import ECC, PUBLISHED_AT, Idoc, packet, stamp
from tests.factories.sap_articles import artmas, zlisting
from tests.factories.sap_customers import debmas
from tests.factories.sap_prices import cond_a
from tests.integration.functions.assortments.conftest import Ask
from tests.support.firestore_counter import counting


def _message(*idocs: Idoc) -> SapMessage:
    return SapMessage("1", "sap-prices", packet(*idocs), {}, PUBLISHED_AT)


def _told(ask: Ask, company: str, style: str, known_at: datetime) -> dict[str, Any]:
    query = f"?day={TODAY}&known_at={known_at.isoformat().replace('+00:00', 'Z')}"
    reply = ask("GET", f"/past/companies/{company}/styles/{style}{query}")
    return {"status": reply.status, **reply.body}


@pytest.fixture
def world(firestore: Client) -> dict[str, Any]:
    """A company, a style and its price as SAP sends them; the numbers that SAP calls them by."""
    before = datetime.now(UTC)
    customers.apply(firestore, ECC, _message(debmas(serial=stamp(1))))
    products.apply(firestore, ECC, _message(artmas(serial=stamp(1))))
    products.apply(firestore, ECC, _message(zlisting(serial=stamp(1))))
    [company] = (one.id for one in firestore.collection("companies").stream())
    [style] = (one.id for one in firestore.collection("styles").stream())
    sync_prices.apply(firestore, ECC, _message(cond_a(style, stamp(1), "25.00")))
    return {"before": before, "company": company, "style": style}


def _sizes(told: dict[str, Any]) -> list[dict[str, Any]]:
    return [size for colourway in told["colourways"] for size in colourway["sizes"]]


def test_a_price_that_sap_corrected_is_told_as_it_was_known(
    ask: Ask, firestore: Client, world: dict[str, Any]
) -> None:
    company, style = world["company"], world["style"]
    then = datetime.now(UTC)
    with counting(firestore) as corrected:
        sync_prices.apply(firestore, ECC, _message(cond_a(style, stamp(2), "24.00")))
    with counting(firestore) as again:
        sync_prices.apply(firestore, ECC, _message(cond_a(style, stamp(2), "24.00")))
    assert again.writes == 0
    # The prices, what they were, and the announcement.
    assert corrected.writes <= 3
    as_then, as_now = (_told(ask, company, style, at) for at in (then, datetime.now(UTC)))
    assert {size["price"]["unit"]["amount"] for size in _sizes(as_then)} == {2500}
    assert {size["price"]["unit"]["amount"] for size in _sizes(as_now)} == {2400}
    assert as_then["colourways"][0]["rule"] == {"brand": ["NORD"]}
    assert _told(ask, company, style, world["before"])["status"] == 404


def test_what_the_desk_took_out_is_told_as_it_was_listed(
    ask_today: Ask, world: dict[str, Any]
) -> None:
    company, style = world["company"], world["style"]
    then = datetime.now(UTC)
    listed = ask_today("GET", "/SPORT").body
    kept = {name: listed[name] for name in ("rules", "included", "windows")}
    decision = {"name": "Less", "reason": "Sold out", "excluded": [{"style": style}], **kept}
    assert ask_today("PUT", "/SPORT", decision, tag=listed["etag"]).status == 200
    for at, ground in ((then, "rule"), (datetime.now(UTC), "excluded")):
        told = _told(ask_today, company, style, at)
        assert {one["ground"] for one in told["colourways"]} == {ground}
        assert {size["visible"] for size in _sizes(told)} == {ground == "rule"}


def test_what_sap_listed_otherwise_is_told_as_it_was(
    ask: Ask, firestore: Client, world: dict[str, Any]
) -> None:
    then = datetime.now(UTC)
    other = {"ASORT": "SPORT", "RULE": "01", "FIELD": "BRAND", "VALUE": "SUED"}
    products.apply(firestore, ECC, _message(zlisting(serial=stamp(2), Z1LISTRULE=[other])))
    for at, ground in ((then, "rule"), (datetime.now(UTC), "no_rule")):
        told = _told(ask, world["company"], world["style"], at)
        assert {one["ground"] for one in told["colourways"]} == {ground}


def test_who_is_not_there_was_never_there(ask: Ask, world: dict[str, Any]) -> None:
    for company, style in (("999999", world["style"]), (world["company"], "NONE")):
        assert _told(ask, company, style, datetime.now(UTC))["status"] == 404
    past = f"/past/companies/{world['company']}/styles/{world['style']}?day={TODAY}"
    assert ask("GET", past, role="operator").status == 403
    assert ask("GET", past[:-1]).status == 422
