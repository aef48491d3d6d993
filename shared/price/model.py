"""Prices of a style as SAP's condition records give them."""

from datetime import date
from enum import IntEnum
from typing import Literal

from pydantic import BaseModel, Field

from shared.money import Currency, UnitPrice

PriceKind = Literal["wholesale", "rrp"]


class Source(IntEnum):
    """Which list a price comes from; the highest wins (docs/domain.md)."""

    MARKET = 1
    PRICE_LIST = 2
    CUSTOMER = 3


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


class StylePrices(BaseModel):
    """Condition keys of a style in one currency: those of the market and of price lists, or
    those of one customer."""

    style: str
    currency: Currency
    keys: dict[str, PriceKey] = Field(description="by SAP's condition table and key")


class Price(BaseModel):
    """The wholesale price that applies, which list it was, and its volume tiers."""

    unit: UnitPrice
    source: Source
    tiers: list[Tier] = []
