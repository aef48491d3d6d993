"""Which price applies (docs/domain.md, "Prices")."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from shared.company.model import Company
from shared.money import Currency, UnitPrice
from shared.price.discounts import (
    apply_discounts,
    changes,
    choose_discounts,
    in_force,
    leaves_nothing,
    of_documents,
)
from shared.price.holders import concerns
from shared.price.model import (
    AppliedDiscount,
    InForce,
    ListPrice,
    Price,
    PriceKey,
    PriceKind,
    PriceRecord,
    Source,
    StylePrices,
    Tier,
    VariantPriceKey,
)


def price_of(
    prices: StylePrices | None,
    own: StylePrices | None,
    company: Company,
    on: date,
    article: str = "",
    material_group: str = "",
) -> Price | None:
    """The wholesale price: the customer's `own`, else its price list's, else the market's.

    It is the style's, or that of the variant `article`: its own where the holder has one for it.
    `material_group` is the style's in the company's distribution chain. None where no record is valid,
    or discounts leave nothing of it.
    """
    if (best := _best(prices, own, company, "wholesale", on, article)) is None:
        return None
    keys = [*company.discounts.values(), *of_documents(prices, own)]
    currency = company.profile.currency
    discounts = choose_discounts(in_force(keys, company, currency, on), article, material_group)
    price = net_price(ListPrice(unit=best.unit, tiers=best.record.tiers), best.source, discounts)
    listed = tuple((tier.quantity, tier.amount) for tier in best.record.tiers)
    nets = [price.unit.amount, *(tier.amount for tier in price.tiers)]
    return None if leaves_nothing(best.unit.amount, listed, nets, discounts) else price


def net_price(listed: ListPrice, source: Source, discounts: list[InForce]) -> Price:
    """The price after discounts."""
    if not discounts:
        return Price(unit=listed.unit, source=source, tiers=listed.tiers)
    tiers = tuple((tier.quantity, tier.amount) for tier in listed.tiers)
    amount, net_tiers = apply_discounts(
        listed.unit.amount, listed.unit.per, tiers, discounts, listed.unit.currency
    )
    return Price(
        unit=listed.unit.model_copy(update={"amount": amount}),
        source=source,
        tiers=[Tier(quantity=quantity, amount=less) for quantity, less in net_tiers],
        before=listed,
        discounts=tuple(discounts),
    )


def rrp_of(
    prices: StylePrices | None,
    own: StylePrices | None,
    company: Company,
    on: date,
    article: str = "",
) -> UnitPrice | None:
    """The recommended retail price, per piece, as `price_of` finds it; None where SAP has none."""
    best = _best(prices, own, company, "rrp", on, article)
    return None if best is None else best.unit


def articles_priced_apart(*documents: StylePrices | None) -> set[str]:
    """The articles of the variants that may have prices, or discounts, of their own."""
    found: set[str] = set()
    for prices in filter(None, documents):
        found.update(key.article for key in prices.variants.values())
        found.update(key.article for key in prices.discounts.values() if key.article)
    return found


def at_quantity(price: Price | ListPrice, pieces: int) -> UnitPrice:
    """What a piece costs when `pieces` of the style are ordered over all colours and sizes."""
    tier = tier_at(price, pieces)
    return price.unit if tier is None else price.unit.model_copy(update={"amount": tier.amount})


def list_at_quantity(price: Price, pieces: int) -> UnitPrice | None:
    """The same before discounts; None where none is taken off."""
    if price.before is None:
        return None
    listed = at_quantity(price.before, pieces)
    return None if listed == at_quantity(price, pieces) else listed


def applied_discounts(price: Price, pieces: int) -> list[AppliedDiscount]:
    """What each discount takes off, or adds to, what a piece costs of `pieces` of the style."""
    if price.before is None:
        return []
    listed = at_quantity(price.before, pieces)
    steps = changes(listed.amount, listed.per, pieces, price.discounts, listed.currency)
    return [
        AppliedDiscount(condition=one.condition, change=change, rate=rate if one.percent else None)
        for one, rate, change in steps
        if change
    ]


def tier_at(price: Price | ListPrice, pieces: int) -> Tier | None:
    """The volume tier that `pieces` of the style reach; None below the first."""
    return next((tier for tier in reversed(price.tiers) if pieces >= tier.quantity), None)


@dataclass(frozen=True)
class _Candidate:
    source: Source
    is_variants: bool
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
    article: str,
) -> _Candidate | None:
    candidates = [
        _Candidate(key.source, isinstance(key, VariantPriceKey), record, currency)
        for key, currency in _newest_keys(article, prices, own)
        if key.kind == kind and concerns(key, company)
        for record in key.records
        if record.valid_from <= on <= record.valid_to
    ]
    # Of several valid records of one holder, the variant's own, then the one that became valid last.
    return max(
        candidates,
        key=lambda one: (one.source, one.is_variants, one.record.valid_from),
        default=None,
    )


def _newest_keys(
    article: str, *documents: StylePrices | None
) -> Iterable[tuple[PriceKey, Currency]]:
    """The keys of all documents; of those of one name the newest, even if it has no records."""
    newest: dict[str, tuple[PriceKey, Currency]] = {}
    for prices in filter(None, documents):
        own = {name: key for name, key in prices.variants.items() if key.article == article}
        keys: Mapping[str, PriceKey] = prices.keys | own
        for name, key in keys.items():
            if name not in newest or newest[name][0].stamp < key.stamp:
                newest[name] = (key, prices.currency)
    return newest.values()
