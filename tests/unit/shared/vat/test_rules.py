"""VAT: domestic, reverse charge, export, no valid id, North America."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.company.model import Company
from shared.market.model import EU_VAT_RATES
from shared.money import Money
from shared.vat.rules import VatRule, vat
from tests.factories.company import company, sales_area

NET = Money(amount=10_000, currency="EUR")
GERMAN = company(vat_id="DE136695976", vat_id_valid=True)
FRENCH = company(vat_id="FR40303265045", vat_id_valid=True)
GREEK = company(vat_id="EL094259216", vat_id_valid=True)
UNCHECKED = company(vat_id="FR40303265045", vat_id_valid=False)
NAMELESS = company(vat_id="", vat_id_valid=False)


@pytest.mark.parametrize(
    ("buyer", "ship_to", "rule", "rate", "amount"),
    [
        (GERMAN, "DE", VatRule.DOMESTIC, 190, 1900),
        (FRENCH, "DE", VatRule.DOMESTIC, 190, 1900),
        (FRENCH, "FR", VatRule.REVERSE_CHARGE, 0, 0),
        (FRENCH, "BE", VatRule.REVERSE_CHARGE, 0, 0),
        (GREEK, "GR", VatRule.REVERSE_CHARGE, 0, 0),
        (UNCHECKED, "FR", VatRule.NO_VAT_ID, 200, 2000),
        (NAMELESS, "HU", VatRule.NO_VAT_ID, 270, 2700),
        (GERMAN, "FI", VatRule.NO_VAT_ID, 255, 2550),
        (GERMAN, "CH", VatRule.EXPORT, 0, 0),
        (FRENCH, "NO", VatRule.EXPORT, 0, 0),
        (NAMELESS, "GB", VatRule.EXPORT, 0, 0),
        (company(vat_id="CHE123456789", vat_id_valid=True), "FR", VatRule.NO_VAT_ID, 200, 2000),
        (company(vat_id="GB123456789", vat_id_valid=True), "IE", VatRule.NO_VAT_ID, 230, 2300),
        (company(vat_id="XI123456789", vat_id_valid=True), "IE", VatRule.REVERSE_CHARGE, 0, 0),
    ],
)
def test_europe(buyer: Company, ship_to: str, rule: VatRule, rate: int, amount: int) -> None:
    found = vat(buyer, ship_to, NET)
    assert (found.rule, found.rate, found.amount.amount) == (rule, rate, amount)
    assert found.amount.currency == "EUR"


@pytest.mark.parametrize("organisation", ["3000", "3100"])
@pytest.mark.parametrize("ship_to", ["US", "CA", "MX", "DE"])
def test_north_america_is_taxed_on_the_invoice(organisation: str, ship_to: str) -> None:
    buyer = company(sales_area=sales_area(organisation), vat_id="", vat_id_valid=False)
    found = vat(buyer, ship_to, Money(amount=999, currency="USD"))
    assert (found.rule, found.amount.amount) == (VatRule.ON_INVOICE, 0)


@given(st.integers(min_value=0, max_value=10**12), st.sampled_from(sorted(EU_VAT_RATES)))
def test_vat_is_the_rate_rounded_half_up(net: int, country: str) -> None:
    found = vat(NAMELESS, country, Money(amount=net, currency="HUF"))
    exact = net * EU_VAT_RATES[country]
    assert -500 < found.amount.amount * 1000 - exact <= 500
