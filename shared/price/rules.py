"""Which price applies (DOMAIN.md, "Prices")."""

from datetime import date

from shared.company.model import Company
from shared.money import UnitPrice
from shared.price.model import Price, PriceKey, PriceKind, PriceRecord, Source, StylePrices, Tier


def price_of(prices: StylePrices | None, company: Company, on: date) -> Price | None:
    """The wholesale price: the customer's, else its price list's, else the market's."""
    if prices is None or (best := _best(prices, company, "wholesale", on)) is None:
        return None
    source, record = best
    return Price(unit=_unit(prices, record), source=source, tiers=record.tiers)


def rrp_of(prices: StylePrices | None, company: Company, on: date) -> UnitPrice | None:
    """The recommended retail price, per piece; None where SAP has none."""
    if prices is None or (best := _best(prices, company, "rrp", on)) is None:
        return None
    return _unit(prices, best[1])


def at_quantity(price: Price, pieces: int) -> UnitPrice:
    """What a piece costs when `pieces` of the style are ordered over all colours and sizes."""
    tier = tier_at(price, pieces)
    return price.unit if tier is None else price.unit.model_copy(update={"amount": tier.amount})


def tier_at(price: Price, pieces: int) -> Tier | None:
    """The volume tier that `pieces` of the style reach; None below the first."""
    return next((tier for tier in reversed(price.tiers) if pieces >= tier.quantity), None)


def _best(
    prices: StylePrices, company: Company, kind: PriceKind, on: date
) -> tuple[Source, PriceRecord] | None:
    # Of several valid records of one source, the one that became valid last.
    candidates = [
        (key.source, record.valid_from, record)
        for key in prices.keys.values()
        if key.kind == kind and _concerns(key, company)
        for record in key.records
        if record.valid_from <= on <= record.valid_to
    ]
    if not candidates:
        return None
    source, _, record = max(candidates, key=lambda candidate: candidate[:2])
    return source, record


def _concerns(key: PriceKey, company: Company) -> bool:
    profile = company.profile
    holders = {
        Source.CUSTOMER: company.id,
        Source.PRICE_LIST: profile.price_list,
        Source.MARKET: profile.sales_area.organisation,
    }
    return (
        key.organisation == profile.sales_area.organisation
        and bool(key.holder)
        and key.holder == holders[key.source]
    )


def _unit(prices: StylePrices, record: PriceRecord) -> UnitPrice:
    return UnitPrice(amount=record.amount, currency=prices.currency, per=record.per)
