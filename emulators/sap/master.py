"""Master data as the data file's IDocs give it: customers, materials, credit limits."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

from emulators.sap.amounts import number, unshifted

Idoc: TypeAlias = dict[str, Any]
SalesArea: TypeAlias = tuple[str, str, str]

_DELETED = "003"


@dataclass(frozen=True)
class Data:
    """The data file: IDocs by kind, and the stock rows, all in the published shapes."""

    articles: list[Idoc] = field(default_factory=list)
    listings: list[Idoc] = field(default_factory=list)
    conditions: list[Idoc] = field(default_factory=list)
    customers: list[Idoc] = field(default_factory=list)
    credits: list[Idoc] = field(default_factory=list)
    stock: list[dict[str, Any]] = field(default_factory=list)


def read_data(path: Path) -> Data:
    """Reads the data file; raises TypeError for a key that it must not have."""
    return Data(**json.loads(path.read_text(encoding="utf-8")))


@dataclass(frozen=True)
class AreaData:
    """A customer in one sales area (KNVV); `groups` are the fields that prices depend on."""

    currency: str
    plant: str
    blocked: bool
    groups: dict[str, str] = field(default_factory=dict)
    payment_terms: str = ""
    incoterms: str = ""


@dataclass(frozen=True)
class Customer:
    """A sold-to; `ship_tos` are the ship-tos that it has, and `region` its state or province.

    One without a sales area is a ship-to, with a message of its own.
    """

    name: str
    country: str
    region: str
    blocked: bool
    areas: dict[SalesArea, AreaData]
    ship_tos: frozenset[str]
    blocked_ship_tos: frozenset[str]


@dataclass(frozen=True)
class Material:
    """A variant that can be ordered; by sales organisation and channel its pricing group (KONDM), and
    where it is blocked (MVKE-VMSTA)."""

    generic: str
    text: str
    unit: str
    iso_unit: str
    pricing_groups: dict[tuple[str, str], str] = field(default_factory=dict)
    blocked_in: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Credit:
    """A credit limit and what is used of it, in real amounts."""

    limit: Decimal
    exposure: Decimal
    currency: str


@dataclass(frozen=True)
class Master:
    """All of it, by SAP's padded numbers."""

    customers: dict[str, Customer]
    materials: dict[str, Material]
    credits: dict[str, Credit]
    plants: frozenset[str]

    def is_blocked(self, sold_to: str, ship_to: str) -> bool:
        """Whether nothing is sent to a ship-to, by the sold-to's message or by its own."""
        own = self.customers.get(ship_to)
        inside = ship_to in self.customers[sold_to].blocked_ship_tos
        return inside or (own is not None and own.blocked)


def master_of(data: Data, blocked_sales: Collection[str] = ()) -> Master:
    """Derives what SAP knows from what it publishes; `blocked_sales` are statuses of what is not sold."""
    customers = {
        idoc["E1KNA1M"][0]["KUNNR"]: customer_of(idoc)
        for idoc in data.customers
        if idoc["E1KNA1M"][0].get("MSGFN") != _DELETED
    }
    plants = {row["WERKS"] for row in data.stock} | {
        area.plant for customer in customers.values() for area in customer.areas.values()
    }
    return Master(
        customers=customers,
        materials={
            number: material
            for idoc in data.articles
            for number, material in _materials(idoc, blocked_sales)
        },
        credits={
            row["KUNNR"]: Credit(
                limit=unshifted(number(row["KLIMK"]), row["WAERS"]),
                exposure=unshifted(number(row["SKFOR"]), row["WAERS"]),
                currency=row["WAERS"],
            )
            for idoc in data.credits
            for row in idoc["Z1CREDIT"]
        },
        plants=frozenset(plants),
    )


def customer_of(idoc: Idoc) -> Customer:
    """What a DEBMAS says of a customer."""
    head = idoc["E1KNA1M"][0]
    blocked_doors = (row["KUNNR"] for row in head.get("Z1DOOR", []) if row.get("AUFSD"))
    return Customer(
        name=head["NAME1"],
        country=head.get("LAND1", ""),
        region=head.get("REGIO", ""),
        blocked=bool(head.get("AUFSD")),
        areas={
            (row["VKORG"], row["VTWEG"], row["SPART"]): AreaData(
                currency=row["WAERS"],
                plant=row.get("VWERK", ""),
                blocked=bool(row.get("AUFSD")),
                groups={name: row.get(name, "") for name in ("PLTYP", "KONDA", "KDGRP")},
                payment_terms=row.get("ZTERM", ""),
                incoterms=row.get("INCO1", ""),
            )
            for row in head.get("E1KNVVM", [])
        },
        ship_tos=frozenset(
            row["KUNN2"]
            for area in head.get("E1KNVVM", [])
            for row in area.get("E1KNVPM", [])
            if row["PARVW"] == "WE"
        ),
        blocked_ship_tos=frozenset(blocked_doors),
    )


def _materials(idoc: Idoc, blocked_sales: Collection[str]) -> list[tuple[str, Material]]:
    head = idoc["E1BPE1MATHEAD"][0]
    if head["FUNCTION"] == _DELETED:
        return []
    texts = {row["LANGU_ISO"]: row["MATL_DESC"] for row in idoc.get("E1BPE1MAKTRT", [])}
    material = Material(
        generic=head["MATERIAL"],
        text=texts.get("EN", next(iter(texts.values()), "")),
        unit=idoc["E1BPE1MARART"][0]["BASE_UOM"],
        iso_unit=idoc["E1BPE1MARART"][0]["BASE_UOM_ISO"],
        pricing_groups={
            (row["SALES_ORG"], row["DISTR_CHAN"]): row.get("MAT_PR_GRP", "")
            for row in idoc.get("E1BPE1MVKERT", [])
            if row["MATERIAL"] == head["MATERIAL"]
        },
    )
    return [
        (
            row["VARIANT"],
            replace(material, blocked_in=_blocked_in(idoc, row["VARIANT"], blocked_sales)),
        )
        for row in idoc.get("E1BPE1VARKEY", [])
    ]


def _blocked_in(
    idoc: Idoc, variant: str, blocked_sales: Collection[str]
) -> frozenset[tuple[str, str]]:
    """The distribution chains in which a variant is blocked, for itself or with its generic article."""
    return frozenset(
        (row["SALES_ORG"], row["DISTR_CHAN"])
        for row in idoc.get("E1BPE1MVKERT", [])
        if row["MATERIAL"] in (variant, idoc["E1BPE1MATHEAD"][0]["MATERIAL"])
        and row.get("SAL_STATUS") in blocked_sales
    )
