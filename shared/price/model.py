"""Prices of a style as SAP's condition records give them."""

from datetime import date
from enum import IntEnum
from typing import Literal, NamedTuple

from pydantic import BaseModel, Field

from shared.money import Currency, UnitPrice

PriceKind = Literal["wholesale", "rrp"]

MOST_PRICE = 5 * 10**9
"""Minor units. A cart of the most lines of the most pieces at it, with VAT, still fits the 64 bits
that Firestore counts with: no price makes an order that can't be stored."""


class Source(IntEnum):
    """Which list a price comes from; the highest wins (docs/domain.md)."""

    MARKET = 1
    PRICE_LIST = 2
    CUSTOMER = 3
    PRICE_GROUP = 4
    """A group of customers (KONDA, KDGRP). Of discounts only, among which the access counts."""


class Tier(BaseModel):
    """From `quantity` pieces of the style on, a piece costs this (minor units per `per`)."""

    quantity: int = Field(ge=1)
    amount: int = Field(ge=0)


class PriceRecord(BaseModel):
    """One condition record: valid from and to inclusive; amounts in minor units for `per`."""

    valid_from: date
    valid_to: date
    amount: int = Field(ge=0)
    per: int = Field(default=1, ge=1)
    tiers: list[Tier] = Field(default=[], description="ascending by quantity")


class DiscountRecord(PriceRecord):
    """One record of a discount: its amounts are taken off.

    What a surcharge adds stands apart, so that a release that does not know surcharges takes nothing
    off for one.
    """

    added: int = Field(default=0, ge=0)
    added_tiers: list[Tier] = []

    @property
    def rate(self) -> int:
        """What is taken off below the first tier; negative where it is added."""
        return self.amount - self.added

    @property
    def rates(self) -> "Tiers":
        """The same from each tier on."""
        added = {tier.quantity: tier.amount for tier in self.added_tiers}
        return tuple((one.quantity, one.amount - added.get(one.quantity, 0)) for one in self.tiers)


class PriceKey(BaseModel):
    """All records of one condition key, replaced as a whole by a newer message.

    `holder` is the company id, the price list, or the sales organisation, by `source`.
    """

    stamp: str
    kind: PriceKind
    source: Source
    holder: str
    organisation: str = Field(description="SAP VKORG")
    records: list[PriceRecord]


class VariantPriceKey(PriceKey):
    """All records of one condition key of a single variant."""

    article: str = Field(description="SAP's number of the variant")


class DiscountKey(BaseModel):
    """All records of one condition key of a discount, replaced as a whole by a newer message.

    What the source system's settings say of its type is kept with it: `step` is its place in the
    pricing procedure, `access` that of its condition table in the access sequence.
    """

    stamp: str
    condition: str = Field(description="SAP's condition type (KSCHL)")
    step: int
    access: int
    calculation: Literal["percent", "amount"]
    base: Literal["list", "running"] = Field(
        description="what a percentage is of: the list price, or what the steps before have left"
    )
    scale: Literal["quantity", "value"] = "quantity"
    source: Source
    holder: str
    organisation: str = Field(description="SAP VKORG")
    currency: str = Field(default="", description="of its amounts; empty: it has none")
    article: str = Field(default="", description="SAP's number of a variant; empty: not of one")
    material_group: str = Field(
        default="", description="SAP KONDM, of articles of that group only; empty: of all"
    )
    records: list[DiscountRecord] = Field(
        description="amounts are what is taken off: minor units for `per` pieces, or thousandths"
        " of a percent; a tier begins at pieces of the style, or at its list value in minor units"
    )


Tiers = tuple[tuple[int, int], ...]
"""(from, amount or rate), ascending."""


class InForce(NamedTuple):
    """A record of a discount on a day. `rate` and `tiers` are thousandths of a percent where it is
    `percent`, else minor units for `per` pieces, negative where they are added; tiers begin at pieces
    of the style, or at minor units where it is `by_value`."""

    step: int
    condition: str
    access: int
    source: int
    article: str
    material_group: str
    valid_from: str
    percent: bool
    running: bool
    by_value: bool
    rate: int
    per: int
    tiers: Tiers

    def rate_at(self, pieces: int, value: int) -> int:
        """The rate for so many pieces of the style, of which all cost `value`."""
        counted = value if self.by_value else pieces
        return next((rate for start, rate in reversed(self.tiers) if counted >= start), self.rate)


class AppliedDiscount(BaseModel):
    """What a discount, or surcharge, made of a price: `change` is in minor units for the price's
    pieces, negative where it is taken off."""

    condition: str = Field(description="SAP's condition type (KSCHL)")
    change: int
    rate: int | None = Field(
        default=None,
        description="thousandths of a percent, negative where it is added; null of an amount",
    )


class GeneralDiscounts(BaseModel):
    """`discounts/{sales organisation}`: discounts of groups, price lists and the market, on all
    articles or on those of a material pricing group."""

    discounts: dict[str, DiscountKey] = Field(
        default={}, description="by SAP's condition type, table and key"
    )


class StylePrices(BaseModel):
    """Condition keys of a style in one currency: those of the market and of price lists, or
    those of one customer.

    Those of single variants and of discounts stand apart, so that a release that does not know
    them does not take one for the style's price.
    """

    style: str
    currency: Currency
    keys: dict[str, PriceKey] = Field(description="by SAP's condition table and key")
    variants: dict[str, VariantPriceKey] = Field(
        default={}, description="of single variants, by SAP's condition table and key"
    )
    discounts: dict[str, DiscountKey] = Field(
        default={}, description="by SAP's condition type, table and key"
    )


class Price(BaseModel):
    """The net wholesale price that applies, which list it was, and its volume tiers.

    `before` is the list price where there are `discounts`; the tiers are those of both.
    """

    unit: UnitPrice
    source: Source
    tiers: list[Tier] = []
    before: "ListPrice | None" = None
    discounts: tuple[InForce, ...] = ()


class ListPrice(BaseModel):
    """A price before discounts, with its own volume tiers."""

    unit: UnitPrice
    tiers: list[Tier] = []
