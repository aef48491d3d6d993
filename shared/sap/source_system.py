"""What differs from one SAP system to the next: its customizing, as typed and validated settings.

A region is fed by one source system. Its settings are a JSON document in
terraform/source_systems, that the region's Terraform names and the functions get as
`SOURCE_SYSTEM`; docs/source-systems.md explains each to a SAP consultant. Field names of SAP
stand in the descriptions, with the table that a consultant looks in.
"""

from collections import Counter
from datetime import UTC, tzinfo
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    Json,
    StringConstraints,
    model_validator,
)

from shared.order.hold import HoldKind
from shared.price.model import PriceKind
from shared.sap.numbers import NumberRange
from shared.settings import FunctionSettings
from shared.style.model import Gender


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"{name!r} is no time zone of IANA's")
    return name


Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_/.-]{1,30}$")]
"""A key of SAP's customizing."""


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SalesAreaKey(_Settings):
    """A wholesale sales area (TVTA): the combination that customers buy in."""

    organisation: Code = Field(description="VKORG")
    channel: Code = Field(description="VTWEG")
    division: Code = Field(description="SPART")


class OrderTypes(_Settings):
    """Sales document types (TVAK-AUART, the internal ones: no conversion exit runs over RFC)."""

    at_once: Code = Field(description="checks availability and takes stock")
    pre_book: Code = Field(description="of goods that are yet to be made: takes no stock")


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


class ConditionTable(_Settings):
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


class DiscountType(_Settings):
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

    def taken_off(self, kbetr: Decimal) -> Decimal:
        """What KBETR takes off; negative where it adds."""
        return kbetr if self.sign == "positive" else -kbetr

    def contradicted_by(self, kbetr: Decimal) -> str:
        """What the type is, where KBETR says the contrary; else ""."""
        off = self.taken_off(kbetr)
        if self.sign == "surcharge" and off > 0:
            return "surcharge"
        return "discount" if self.sign in ("negative", "positive") and off < 0 else ""


class Snapshots(_Settings):
    """How a message says that it is part of a full snapshot, and no change; and when one is to come.

    The names of a field in `segment`, or of an attribute of the Pub/Sub message.
    """

    segment: Code | None = Field(description="of the message's head; None for attributes")
    as_of: Code = Field(description="the stamp as of which it is told, the same in each part")
    part: Code = Field(description="the number of the part, from 1")
    parts: Code = Field(description="how many parts there are")
    complete_within_hours: int = Field(
        ge=1, le=72, description="of its last part that came; then those that lack are told"
    )
    every_hours: int = Field(
        ge=1, description="from one complete snapshot to the next at most; then it is told"
    )


class Prices(_Settings):
    """Pricing (T685, T682I)."""

    application: Code = Field(description="KAPPL of sales; conditions of others are ignored")
    types: dict[Code, PriceKind] = Field(description="KSCHL to what it is the price of")
    discounts: tuple[DiscountType, ...] = Field(
        default=(), description="in the order of the steps of the pricing procedure (V/08)"
    )
    ignored: tuple[Code, ...] = Field(
        description="KSCHL that are nothing of what a buyer pays for goods: taxes, freight, costs"
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


class Articles(_Settings):
    """The article master: characteristics, seasons and units."""

    colour: Code = Field(description="characteristic of the colour (CABN-ATNAM)")
    sizes: tuple[Code, ...] = Field(
        min_length=1, max_length=2, description="characteristics of the first and second size"
    )
    seasons: dict[Code, Literal["SS", "FW"]] = Field(description="SEASON to spring or autumn")
    units: dict[Code, Literal["PCE", "PR"]] = Field(
        description="MEINS and ISO codes of the units of measure that are pieces, or pairs"
    )
    case: Code = Field(description="the unit (MEINH) of a case")
    genders: dict[Code, Gender] = Field(description="Z1STYLE-GENDER to whom a style is made for")
    blocked_purchasing: tuple[Code, ...] = Field(
        description="cross-plant statuses (MARA-MSTAE, T141) of what can't be ordered any more"
    )
    blocked_sales: tuple[Code, ...] = Field(
        description="sales statuses (TVMS; MARA-MSTAV and MVKE-VMSTA) of what is not sold"
    )

    @model_validator(mode="after")
    def _is_unambiguous(self) -> Self:
        if self.case in self.units:
            raise ValueError(f"{self.case} is a case, and a piece or pair")
        if len({self.colour, *self.sizes}) != 1 + len(self.sizes):
            raise ValueError("one characteristic is named twice")
        return self


class StockSettings(_Settings):
    """Stock (MARD): which of it can be sold, and how snapshots are told from changes."""

    plants: dict[Code, tuple[Code, ...]] = Field(
        min_length=1,
        description="WERKS that are sold from, to the LGORT whose stock counts; all, where none is named",
    )
    snapshots: Snapshots
    old_after_hours: int = Field(
        ge=1, description="without word of a plant's stock, from when on buyers read how old it is"
    )


class Customers(_Settings):
    """The customer master (KNA1, KNVV) and credit figures."""

    door_groups: tuple[Code, ...] = Field(
        description="account groups (T077D-KTOKD) of ship-tos that come as DEBMAS of their own; where"
        " there is none, addresses of ship-tos come in Z1DOOR of their sold-to's"
    )
    credit_areas: tuple[Code, ...] = Field(
        min_length=1, description="credit control areas (T014-KKBER) whose figures count"
    )
    snapshots: Snapshots | None = Field(
        description="of all customers with their credit figures; None: there are none"
    )


class Documents(_Settings):
    """What SAP's documents about our orders are, beside the orders themselves."""

    order_types: dict[Code, Literal["return", "free_delivery", "credit_memo", "debit_memo"]] = (
        Field(description="AUART (TVAK) of what follows an order and bears its PO number")
    )
    returns: tuple[Code, ...] = Field(description="LFART (TVLK) of deliveries back to us")
    credit_memos: tuple[Code, ...] = Field(
        description="E1EDK01-BSART of INVOIC that credits (output determination of FKART)"
    )
    case_units: tuple[Code, ...] = Field(
        description="ISO codes (T006-ISOCODE) of the unit of a case, as IDocs write it"
    )


class Partners(_Settings):
    """Partner functions, as RFC and IDocs have them: the internal keys (TPAR-PARVW)."""

    sold_to: Code
    ship_to: Code


def _parsed_range(text: str) -> str:
    NumberRange.parse(text)
    return text


TextId = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{1,4}$")]
MessageId = Annotated[str, StringConstraints(pattern=r"^\S{1,20} \d{3}$")]
"""Class and number of a message, "V1 555"."""


class OrderTexts(_Settings):
    """Texts of a sales order that SAP has no field for (TTXID, in the order's text procedure)."""

    cancel_by: TextId = Field(description="header text (TDID): the last day of delivery")
    season: TextId = Field(description="header text (TDID): season and delivery window")
    po_written: TextId = Field(
        description="header text (TDID): the buyer's order number, where SAP's field lacks letters"
    )
    item: TextId = Field(description="item text (TDID): our SKU, so colour and size as ordered")


class Orders(_Settings):
    """How our orders become sales orders (BAPI_SALESORDER_CREATEFROMDAT2)."""

    numbers: Annotated[str, AfterValidator(_parsed_range)] | None = Field(
        default=None,
        description="range of external numbers (NRIV, object RV_BELEG, named in TVAK-NUMKE):"
        ' "0500000000-0599999999", none where SAP draws them',
    )
    condition: Code = Field(description="type of the agreed price, a manual one (T685-KSCHL)")
    pricing: Literal["B", "C", "G"] = Field(
        description="LOGIC_SWITCH-PRICING: B new, C manual ones kept, G unchanged but for taxes"
    )
    units: dict[Literal["PCE", "PR"], Code] = Field(
        description="piece and pair to the internal unit of measure (T006-MSEHI)"
    )
    texts: OrderTexts
    holds: dict[MessageId, HoldKind] = Field(
        description="warnings of the BAPI (class and number) that say what holds a saved order"
    )

    @property
    def number_range(self) -> NumberRange | None:
        """Where sales orders get their numbers from; None where SAP draws them."""
        return None if self.numbers is None else NumberRange.parse(self.numbers)


Budget = Annotated[int, Field(ge=100, le=15_000)]
"""Milliseconds that a buyer waits."""


class BeforePlacing(_Settings):
    """What SAP is asked before an order is placed, and how long; null where it is not asked."""

    simulation_ms: Budget | None = Field(
        description="what it would confirm and charge (BAPI_SALESORDER_SIMULATE), of all orders of a cart"
    )
    availability_ms: Budget | None = Field(
        description="what it would confirm (BAPI_MATERIAL_AVAILABILITY), line by line, where it was not"
        " asked for a simulation or refused one"
    )

    @property
    def asks(self) -> bool:
        """Whether it is asked at all."""
        return self.simulation_ms is not None or self.availability_ms is not None

    @property
    def longest_seconds(self) -> float:
        """Of both, the longer; a log-on may take no longer."""
        return max(self.simulation_ms or 0, self.availability_ms or 0) / 1000


class SourceSystem(_Settings):
    """The settings of one SAP system."""

    logical_system: Code = Field(description="T000-LOGSYS, EDI_DC40-SNDPRN")
    time_zone: Annotated[str, AfterValidator(_known_zone)] = Field(
        description="of its clock (TTZCU-TZONESYS), as IANA writes it"
    )
    serial: Literal["utc", "local"] = Field(
        description="whose time EDI_DC40-SERIAL is: UTC (GET TIME STAMP), or the system's own clock"
        " (SY-DATUM, SY-UZEIT)"
    )
    amounts: Literal["shifted", "plain"] = Field(
        description="whether CURR fields in messages are shifted by TCURX, as in the database"
    )
    sales_areas: tuple[SalesAreaKey, ...] = Field(
        min_length=1,
        description="that customers buy in here; of a customer's in several the first of these",
    )
    order_types: OrderTypes
    orders: Orders
    before_placing: BeforePlacing
    prices: Prices
    articles: Articles
    customers: Customers
    stock: StockSettings
    documents: Documents
    partners: Partners
    withdrawn: Code = Field(description="reason for rejection (TVAG-ABGRU): customer withdrew")

    @model_validator(mode="after")
    def _no_order_type_is_two_things(self) -> Self:
        own = {self.order_types.at_once, self.order_types.pre_book}
        if twice := own & self.documents.order_types.keys():
            raise ValueError(f"order types of ours stand among the others: {sorted(twice)}")
        return self

    @cached_property
    def zone(self) -> ZoneInfo:
        """Of its clock."""
        return ZoneInfo(self.time_zone)

    @property
    def serial_zone(self) -> tzinfo:
        """Of its stamps."""
        return UTC if self.serial == "utc" else self.zone


class SourceSystemSettings(FunctionSettings):
    """A function that reads SAP's messages, or calls SAP."""

    source_system: Json[SourceSystem]
