"""Prices of styles: valid for good, in EUR, from the market's list, unless the test says else."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from google.cloud.firestore import SERVER_TIMESTAMP, Client, transactional

from shared.catalogue.announcement import announce
from shared.company import repository as companies
from shared.price.model import (
    DiscountKey,
    DiscountRecord,
    PriceKey,
    PriceKind,
    PriceRecord,
    Source,
    StylePrices,
    Tier,
    VariantPriceKey,
)
from shared.price.repository import own_reference, reference
from shared.store import to_document

STAMP = "20261101080000000000"
ALWAYS = {"valid_from": date(2026, 1, 1), "valid_to": date(9999, 12, 31)}


def record(
    amount: int = 2500, tiers: Iterable[tuple[int, int]] = (), **overrides: Any
) -> PriceRecord:
    """A condition record; `tiers` are (from pieces, amount)."""
    fields: dict[str, Any] = {
        **ALWAYS,
        "amount": amount,
        "tiers": [Tier(quantity=quantity, amount=less) for quantity, less in tiers],
    }
    return PriceRecord(**fields | overrides)


def discount_record(
    rate: int, tiers: Iterable[tuple[int, int]] = (), **overrides: Any
) -> DiscountRecord:
    """A discount's record; a negative rate is added."""
    found = list(tiers)
    taken = record(max(0, rate), [(start, max(0, one)) for start, one in found], **overrides)
    added = [Tier(quantity=start, amount=max(0, -one)) for start, one in found]
    return DiscountRecord(**dict(taken), added=max(0, -rate), added_tiers=added)


def key(
    *records: PriceRecord,
    kind: PriceKind = "wholesale",
    source: Source = Source.MARKET,
    holder: str = "1000",
    organisation: str = "1000",
    stamp: str = STAMP,
) -> PriceKey:
    """All records of one condition key."""
    return PriceKey(
        stamp=stamp,
        kind=kind,
        source=source,
        holder=holder,
        organisation=organisation,
        records=list(records) or [record()],
    )


def variant_key(article: str, *records: PriceRecord, **told: Any) -> VariantPriceKey:
    """All records of one condition key of a variant."""
    return VariantPriceKey(**dict(key(*records, **told)), article=article)


def discount(
    rate: int = 10_000,
    tiers: Iterable[tuple[int, int]] = (),
    *,
    source: Source = Source.CUSTOMER,
    holder: str = "100001",
    record_of: Mapping[str, Any] | None = None,
    **told: Any,
) -> DiscountKey:
    """A discount of the company's own, of so many thousandths of a percent (10 %)."""
    fields: dict[str, Any] = {
        "stamp": STAMP,
        "condition": "K007",
        "step": 1,
        "access": 0,
        "calculation": "percent",
        "base": "list",
        "organisation": "1000",
    }
    records = [discount_record(rate, tiers, **(record_of or {}))]
    return DiscountKey(**fields | {"source": source, "holder": holder, "records": records} | told)


def prices(
    style: str = "10123",
    currency: str = "EUR",
    wholesale: int = 2500,
    rrp: int | None = 5000,
    keys: Iterable[PriceKey] | None = None,
    **overrides: Any,
) -> StylePrices:
    """The market's wholesale price and RRP (minor units), or exactly the `keys` given.

    `overrides` are of the market's two keys, e.g. `organisation="3000", holder="3000"`.
    """
    if keys is None:
        keys = [key(record(wholesale), **overrides)]
        if rrp is not None:
            keys.append(key(record(rrp), kind="rrp", **overrides))
    return StylePrices(
        style=style,
        currency=currency,
        keys={
            f"{one.kind}-{one.source.value}-{one.organisation}-{one.holder}": one for one in keys
        },
    )


def store_prices(db: Client, *all_prices: StylePrices) -> None:
    """Writes `prices/…` in one commit, as a sync would, and tells the instances."""

    def body(transaction: Any) -> None:
        for one in all_prices:
            document = {**to_document(one), "updated_at": SERVER_TIMESTAMP}
            transaction.set(reference(db, one.style, one.currency), document)
        announce(db, "prices")

    transactional(body)(db.transaction())


def store_own_prices(db: Client, company: str, *all_prices: StylePrices) -> None:
    """Writes `companies/{company}/prices/…` and that there are any, as a sync would."""

    def body(transaction: Any) -> None:
        for one in all_prices:
            document = {**to_document(one), "updated_at": SERVER_TIMESTAMP}
            transaction.set(own_reference(db, company, one.style, one.currency), document)
        flag = {"own_prices": True, "updated_at": SERVER_TIMESTAMP}
        transaction.set(companies.reference(db, company), flag, merge=True)
        announce(db, "prices")

    transactional(body)(db.transaction())
