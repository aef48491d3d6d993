"""Which price applies (docs/domain.md, "Prices")."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shared.company.model import Company
from shared.money import Currency, UnitPrice
from shared.price.model import Price, PriceKey, PriceKind, PriceRecord, Source, StylePrices, Tier


def price_of(
    prices: StylePrices | None, own: StylePrices | None, company: Company, on: date
) -> Price | None:
    """The wholesale price: the customer's `own`, else its price list's, else the market's."""
    if (best := _best(prices, own, company, "wholesale", on)) is None:
        return None
    return Price(unit=best.unit, source=best.source, tiers=best.record.tiers)


def rrp_of(
    prices: StylePrices | None, own: StylePrices | None, company: Company, on: date
) -> UnitPrice | None:
    """The recommended retail price, per piece; None where SAP has none."""
    best = _best(prices, own, company, "rrp", on)
    return None if best is None else best.unit


def at_quantity(price: Price, pieces: int) -> UnitPrice:
    """What a piece costs when `pieces` of the style are ordered over all colours and sizes."""
    tier = tier_at(price, pieces)
    return price.unit if tier is None else price.unit.model_copy(update={"amount": tier.amount})


def tier_at(price: Price, pieces: int) -> Tier | None:
    """The volume tier that `pieces` of the style reach; None below the first."""
    return next((tier for tier in reversed(price.tiers) if pieces >= tier.quantity), None)


@dataclass(frozen=True)
class _Candidate:
    source: Source
    record: PriceRecord
    currency: Currency

    @property
    def unit(self) -> UnitPrice:
        record = self.record
        return UnitPrice(amount=record.amount, currency=self.currency, per=record.per)


def _best(
    prices: StylePrices | None,
    own: StylePrices | None,
    company: Company,
    kind: PriceKind,
    on: date,
) -> _Candidate | None:
    candidates = [
        _Candidate(key.source, record, currency)
        for key, currency in _newest_keys(prices, own)
        if key.kind == kind and _concerns(key, company)
        for record in key.records
        if record.valid_from <= on <= record.valid_to
    ]
    # Of several valid records of one source, the one that became valid last.
    return max(candidates, key=lambda one: (one.source, one.record.valid_from), default=None)


def _newest_keys(*documents: StylePrices | None) -> Iterable[tuple[PriceKey, Currency]]:
    """The keys of all documents; of those of one name the newest, even if it has no records."""
    newest: dict[str, tuple[PriceKey, Currency]] = {}
    for prices in filter(None, documents):
        for name, key in prices.keys.items():
            if name not in newest or newest[name][0].stamp < key.stamp:
                newest[name] = (key, prices.currency)
    return newest.values()


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
