"""VAT of an order (docs/domain.md, "Prices"; Directive 2006/112/EC)."""

from enum import StrEnum

from pydantic import BaseModel

from shared.company.model import Company
from shared.market.model import EU_VAT_RATES, SALES_ORGANISATIONS
from shared.money import Money, divide_half_up
from shared.vat.ids import NORTHERN_IRELAND, counts_as_valid, issuer

_ISSUERS = EU_VAT_RATES.keys() | {NORTHERN_IRELAND}


class VatRule(StrEnum):
    """Why an order has the VAT that it has."""

    DOMESTIC = "domestic"
    REVERSE_CHARGE = "reverse_charge"
    EXPORT = "export"
    NO_VAT_ID = "no_vat_id"
    ON_INVOICE = "on_invoice"


class Vat(BaseModel):
    """`rate` in tenths of a percent."""

    rule: VatRule
    rate: int
    amount: Money


def vat(company: Company, ship_to_country: str, net: Money) -> Vat:
    """VAT on `net` shipped to `ship_to_country`.

    Within the seller's own country at that country's rate; to another member state with a
    valid VAT id of a member state other than the seller's, reverse charge (Art. 138, 226(11a));
    there without one, at the ship-to country's rate (Art. 33); out of the EU 0 (Art. 146).
    North America is net, tax is added on the invoice.
    """
    seller = SALES_ORGANISATIONS[company.profile.sales_area.organisation]
    if seller.tax == "on_invoice":
        return _vat(VatRule.ON_INVOICE, 0, net)
    if ship_to_country not in EU_VAT_RATES:
        return _vat(VatRule.EXPORT, 0, net)
    rate = EU_VAT_RATES[ship_to_country]
    if ship_to_country == seller.country:
        return _vat(VatRule.DOMESTIC, rate, net)
    issued_in = issuer(company.profile.vat_id)
    if counts_as_valid(company) and issued_in in _ISSUERS - {seller.country}:
        return _vat(VatRule.REVERSE_CHARGE, 0, net)
    return _vat(VatRule.NO_VAT_ID, rate, net)


def _vat(rule: VatRule, rate: int, net: Money) -> Vat:
    amount = Money(amount=divide_half_up(net.amount * rate, 1000), currency=net.currency)
    return Vat(rule=rule, rate=rate, amount=amount)
