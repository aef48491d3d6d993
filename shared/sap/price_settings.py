"""The settings of pricing of one SAP system."""

from collections import Counter
from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from shared.price.model import PriceKind
from shared.sap.setting import Code, SalesAreaKey, Setting, Snapshots

KeyField = Literal[
    "VKORG", "VTWEG", "SPART", "KUNNR", "PLTYP", "KONDA", "KDGRP", "KONDM", "WAERK", "MATNR"
]
Holder = Literal["customer", "price_group", "customer_group", "price_list", "market"]

_HOLDER_FIELDS: dict[Holder, KeyField] = {
    "customer": "KUNNR",
    "price_group": "KONDA",
    "customer_group": "KDGRP",
    "price_list": "PLTYP",
    "market": "VKORG",
}


class ConditionTable(Setting):
    """An access of conditions: a table A### and what its key names."""

    number: Code = Field(description="KOTABNR")
    holder: Holder = Field(description="whose price or discount it is")
    key: tuple[KeyField, ...] = Field(
        description="its key fields in their order (T681E), as VAKEY joins them; MATNR is the last"
    )

    @model_validator(mode="after")
    def _names_whose_price_it_is(self) -> Self:
        if missing := sorted({"VKORG", _HOLDER_FIELDS[self.holder]} - {*self.key}):
            raise ValueError(f"table {self.number}: {', '.join(missing)} is not in its key")
        if "MATNR" in self.key[:-1] or len({*self.key}) != len(self.key):
            raise ValueError(f"table {self.number}: MATNR must be the last, each field once")
        if {"MATNR", "KONDM"} <= {*self.key}:
            raise ValueError(f"table {self.number}: an article, or a group of them")
        return self

    @property
    def is_of_articles(self) -> bool:
        """Whether a key names an article; else its records are of all that the holder buys."""
        return self.key[-1] == "MATNR"


class DiscountType(Setting):
    """A condition type that takes something off the price, or adds to it (T685A)."""

    type: Code = Field(description="KSCHL; it must be one that can be entered by hand (KMANU)")
    calculation: Literal["percent", "amount"] = Field(
        description="KRECH: A, or C (an amount per quantity); a record of any other is quarantined"
    )
    sign: Literal["negative", "positive", "surcharge", "either"] = Field(
        description="what the sign of KBETR says (KNEGA): `negative`, with a minus always, is a"
        " reduction (X), as `positive` is without one; `surcharge` adds, without a minus (A);"
        " `either` takes off with a minus and adds without one (blank)"
    )
    base: Literal["list", "running"] = Field(
        description="what a percentage is of: the list price, or what the discounts before it have"
        " left (the from step of V/08)"
    )
    value_scale: Literal["style"] | None = Field(
        default=None,
        description="what a scale by value (KZBZG B) counts: the list value of the style in the"
        " cart; without it such a scale is quarantined",
    )

    def reduction_of(self, kbetr: Decimal) -> Decimal:
        """What KBETR takes off; negative where it adds."""
        return kbetr if self.sign == "positive" else -kbetr

    def contradicted_by(self, kbetr: Decimal) -> str:
        """What the type is, where KBETR says the contrary; else ""."""
        off = self.reduction_of(kbetr)
        if self.sign == "surcharge" and off > 0:
            return "surcharge"
        return "discount" if self.sign in ("negative", "positive") and off < 0 else ""


class Prices(Setting):
    """Pricing (T685, T682I)."""

    application: Code = Field(description="KAPPL of sales; conditions of others are ignored")
    types: dict[Code, PriceKind] = Field(description="KSCHL to what it is the price of")
    discounts: tuple[DiscountType, ...] = Field(
        default=(), description="in the order of the steps of the pricing procedure (V/08)"
    )
    ignored: tuple[Code, ...] = Field(
        description="KSCHL that are nothing of what a buyer pays for goods: taxes, freight, costs"
    )
    areas: tuple[SalesAreaKey, ...] = Field(
        default=(),
        description="of each sales organisation with several channels or divisions the one that has"
        " the conditions of all (VOR1, VOR2)",
    )
    tables: tuple[ConditionTable, ...]
    discount_tables: tuple[ConditionTable, ...] = Field(
        default=(),
        description="in the order of the access sequence (V/07): of a discount's records that of"
        " the first counts",
    )
    snapshots: Snapshots | None = Field(description="of all condition keys; None: there are none")

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        types = Counter([*self.types, *self.ignored, *(one.type for one in self.discounts)])
        if both := sorted(name for name, count in types.items() if count > 1):
            raise ValueError(f"{', '.join(both)}: is there twice, as price, discount or ignored")
        for tables in (self.tables, self.discount_tables):
            numbers = [table.number for table in tables]
            if len({*numbers}) != len(numbers):
                raise ValueError("a condition table is there twice")
        return self

    @model_validator(mode="after")
    def _can_be_applied(self) -> Self:
        for table in self.tables:
            if not table.is_of_articles or table.holder in ("price_group", "customer_group"):
                raise ValueError(f"table {table.number}: a price is of an article, and no group's")
        return self

    def step_of(self, condition: str) -> int | None:
        """The place of a discount or surcharge among the discounts, from 0; None where it is none."""
        types = [one.type for one in self.discounts]
        return types.index(condition) if condition in types else None
