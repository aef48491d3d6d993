"""VAT of an order (docs/domain.md, "Prices"; Directive 2006/112/EC)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import BaseModel, Field

from shared.company.model import Address, Company
from shared.market.model import PLANTS, SALES_ORGANISATIONS, SalesOrganisation
from shared.money import Money, divide_half_up
from shared.vat.ids import NORTHERN_IRELAND, counts_as_valid, issuer
from shared.vat.territories import Territory, customer_is_liable, states, territory_of


class VatRule(StrEnum):
    """Why an order has the VAT that it has."""

    DOMESTIC = "domestic"
    INTRA_COMMUNITY = "intra_community"
    REVERSE_CHARGE = "reverse_charge"
    EXPORT = "export"
    NO_VAT_ID = "no_vat_id"
    ON_INVOICE = "on_invoice"


@dataclass(frozen=True)
class Ground:
    """How EN 16931 (BT-151, BT-121) codes a rule, and whether VAT is charged by it.

    Codes: CEF's lists "UNCL5305" and "VATEX". `category` is empty where we decide no tax.
    """

    category: str
    exemption: str | None = None
    charged: bool = False


GROUNDS = {
    # Art. 2(1)(a), 31, 32, 96 and 97
    VatRule.DOMESTIC: Ground("S", charged=True),
    # Art. 138(1)
    VatRule.INTRA_COMMUNITY: Ground("K", "VATEX-EU-IC"),
    # Art. 194; Art. 196 is about services
    VatRule.REVERSE_CHARGE: Ground("AE", "VATEX-EU-AE"),
    # Art. 146(1)(a)
    VatRule.EXPORT: Ground("G", "VATEX-EU-G"),
    # Art. 138(1)(b) is not met, so Art. 32: taxed where the transport begins
    VatRule.NO_VAT_ID: Ground("S", charged=True),
    VatRule.ON_INVOICE: Ground(""),
}


class GoodsMovement(StrEnum):
    """How goods go, as VAT sees it."""

    WITHIN = "within a member state"
    BETWEEN = "from one member state to another"
    OUT = "out of the VAT territory"
    ELSEWHERE = "from where VAT is not ours to decide"


class Buyer(StrEnum):
    """What the buyer's VAT id that counts as valid says."""

    ABROAD = "identified in another member state than the goods leave from"
    LIABLE = "identified where the goods leave, and liable there, as the seller is not established"
    OTHER = "anybody else"


_RULES = {
    (GoodsMovement.WITHIN, Buyer.ABROAD): VatRule.DOMESTIC,
    (GoodsMovement.WITHIN, Buyer.LIABLE): VatRule.REVERSE_CHARGE,
    (GoodsMovement.WITHIN, Buyer.OTHER): VatRule.DOMESTIC,
    (GoodsMovement.BETWEEN, Buyer.ABROAD): VatRule.INTRA_COMMUNITY,
    (GoodsMovement.BETWEEN, Buyer.LIABLE): VatRule.NO_VAT_ID,
    (GoodsMovement.BETWEEN, Buyer.OTHER): VatRule.NO_VAT_ID,
    **{(GoodsMovement.OUT, buyer): VatRule.EXPORT for buyer in Buyer},
    **{(GoodsMovement.ELSEWHERE, buyer): VatRule.ON_INVOICE for buyer in Buyer},
}


class Vat(BaseModel):
    """VAT as it was decided: `rate` in tenths of a percent.

    What follows `amount` is missing in orders of before these were kept.
    """

    rule: VatRule
    rate: int
    amount: Money
    departure: str = Field(default="", description="territory that the goods leave from")
    arrival: str = Field(default="", description="territory that they go to")
    supplied_on: date | None = Field(default=None, description="day whose rate it is")
    seller_id: str = Field(default="", description="the seller's VAT id where the goods leave")
    buyer_id: str = Field(default="", description="the buyer's VAT id, valid or not")


def vat(company: Company, ship_to: Address, net: Money, supplied_on: date) -> Vat:
    """VAT on `net` for goods that the company's plant ships to `ship_to` on a day.

    Within a member state at its rate; to another one, for a buyer with a valid VAT id of a
    member state other than that of departure, exempt (Art. 138), else at the rate of departure
    (Art. 32); out of the VAT territory exempt (Art. 146). Where a buyer is liable for the goods
    of a seller who is not established there, reverse charge (Art. 194). North America, and
    whatever leaves from outside of the member states, is net: tax is added on the invoice.
    """
    profile = company.profile
    organisation = SALES_ORGANISATIONS[profile.sales_area.organisation]
    departure, arrival = territory_of(_ship_from(company)), territory_of(ship_to)
    seller, rate = organisation.seller, departure.rate(supplied_on)
    way = (
        GoodsMovement.ELSEWHERE if organisation.tax == "on_invoice" else way_of(departure, arrival)
    )
    rule = _RULES[way, _buyer(company, organisation, departure)]
    # A day of before the tables is none that an order can be placed for.
    charged = (rate or 0) if GROUNDS[rule].charged else 0
    return Vat(
        rule=rule,
        rate=charged,
        amount=vat_amount(net, charged),
        departure=departure.id,
        arrival=arrival.id,
        supplied_on=supplied_on,
        seller_id=seller.registrations.get(departure.state or "", seller.vat_id),
        buyer_id=profile.vat_id,
    )


def vat_amount(net: Money, rate: int) -> Money:
    """VAT of `rate` tenths of a percent, rounded half up to the minor unit."""
    return Money(amount=divide_half_up(net.amount * rate, 1000), currency=net.currency)


def way_of(departure: Territory, arrival: Territory) -> GoodsMovement:
    """How goods go from one territory to another.

    What leaves from Northern Ireland is taxed by the United Kingdom, so that is not decided here.
    """
    if departure.state not in states():
        return GoodsMovement.ELSEWHERE
    if arrival.state is None:
        return GoodsMovement.OUT
    return GoodsMovement.WITHIN if arrival.state == departure.state else GoodsMovement.BETWEEN


def _buyer(company: Company, organisation: SalesOrganisation, departure: Territory) -> Buyer:
    if not counts_as_valid(company):
        return Buyer.OTHER
    identified_in = issuer(company.profile.vat_id)
    if identified_in == departure.state:
        is_established = identified_in in organisation.established
        liable = identified_in in customer_is_liable() and not is_established
        return Buyer.LIABLE if liable else Buyer.OTHER
    abroad = identified_in in states() or identified_in == NORTHERN_IRELAND
    return Buyer.ABROAD if abroad else Buyer.OTHER


def _ship_from(company: Company) -> Address:
    plant = PLANTS.get(company.profile.plant)
    if plant is not None:
        return plant
    return SALES_ORGANISATIONS[company.profile.sales_area.organisation].seller.address
