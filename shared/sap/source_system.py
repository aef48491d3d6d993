"""What differs from one SAP system to the next: its customizing, as typed and validated settings.

A region is fed by one source system. Its settings are a JSON document in
terraform/source_systems, that the region's Terraform names and the functions get as
`SOURCE_SYSTEM`; docs/source-systems.md explains each to a SAP consultant. Field names of SAP
stand in the descriptions, with the table that a consultant looks in.
"""

from datetime import UTC, tzinfo
from functools import cached_property
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field, Json, StringConstraints, model_validator

from shared.order.hold import HoldKind
from shared.sap.buyer_texts import BuyerTexts
from shared.sap.contradictions import contradictions
from shared.sap.expected import Expected
from shared.sap.numbers import NumberRange
from shared.sap.price_settings import Prices
from shared.sap.setting import Code, SalesAreaKey, Setting, Snapshots
from shared.settings import FunctionSettings
from shared.style.model import Gender


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"{name!r} is no time zone of IANA's")
    return name


class OrderTypes(Setting):
    """Sales document types (TVAK-AUART, the internal ones: no conversion exit runs over RFC)."""

    at_once: Code = Field(description="checks availability and takes stock")
    pre_book: Code = Field(description="of goods that are yet to be made: takes no stock")


class Articles(Setting):
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


class StockSettings(Setting):
    """Stock (MARD): which of it can be sold, and how snapshots are told from changes."""

    plants: dict[Code, tuple[Code, ...]] = Field(
        min_length=1,
        description="WERKS that are sold from, to the LGORT whose stock counts; all, where none is named",
    )
    snapshots: Snapshots
    old_after_hours: int = Field(
        ge=1, description="without word of a plant's stock, from when on buyers read how old it is"
    )


class Customers(Setting):
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


class Documents(Setting):
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


class Partners(Setting):
    """Partner functions, as RFC and IDocs have them: the internal keys (TPAR-PARVW)."""

    sold_to: Code
    ship_to: Code


def _parsed_range(text: str) -> str:
    NumberRange.parse(text)
    return text


TextId = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{1,4}$")]
MessageId = Annotated[str, StringConstraints(pattern=r"^\S{1,20} \d{3}$")]
"""Class and number of a message, "V1 555"."""


class OrderTexts(Setting):
    """Texts of a sales order that SAP has no field for (TTXID, in the order's text procedure)."""

    cancel_by: TextId = Field(description="header text (TDID): the last day of delivery")
    season: TextId = Field(description="header text (TDID): season and delivery window")
    po_written: TextId = Field(
        description="header text (TDID): the buyer's order number, where SAP's field lacks letters"
    )
    item: TextId = Field(description="item text (TDID): our SKU, so colour and size as ordered")


class Orders(Setting):
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
    nothing_found: tuple[MessageId, ...] = Field(
        default=(),
        description="errors of BAPI_SALESORDER_GETLIST that say that there is no such order; none, where"
        " SAP's list is just empty",
    )
    locks: tuple[MessageId, ...] = Field(
        description="errors of the BAPIs that say that another user is in the document: it is tried again"
    )

    @property
    def number_range(self) -> NumberRange | None:
        """Where sales orders get their numbers from; None where SAP draws them."""
        return None if self.numbers is None else NumberRange.parse(self.numbers)


Budget = Annotated[int, Field(ge=100, le=15_000)]
"""Milliseconds that a buyer waits."""


class BeforePlacing(Setting):
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


class SourceSystem(Setting):
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
    markets: tuple[str, ...] = Field(
        min_length=1, description="countries of shared/market/registry.json that are sold into"
    )
    order_types: OrderTypes
    orders: Orders
    before_placing: BeforePlacing
    expected: Expected | None = Field(
        default=None, description="how often messages are to come; None: however seldom"
    )
    prices: Prices
    articles: Articles
    customers: Customers
    stock: StockSettings
    documents: Documents
    partners: Partners
    withdrawn: Code = Field(description="reason for rejection (TVAG-ABGRU): customer withdrew")
    buyer_texts: BuyerTexts

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if faults := list(contradictions(self)):
            raise ValueError("; ".join(faults))
        return self

    @property
    def condition_areas(self) -> dict[str, SalesAreaKey]:
        """By sales organisation, the area whose conditions count."""
        first = {one.organisation: one for one in reversed(self.sales_areas)}
        return first | {one.organisation: one for one in self.prices.areas}

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone of the system's clock."""
        return ZoneInfo(self.time_zone)

    @property
    def serial_zone(self) -> tzinfo:
        """The time zone of the system's stamps."""
        return UTC if self.serial == "utc" else self.zone


class SourceSystemSettings(FunctionSettings):
    """A function that reads SAP's messages, or calls SAP."""

    source_system: Json[SourceSystem]
