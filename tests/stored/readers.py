"""How today's code reads each kind of document, and writes it again."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from functions.accounts.me import User
from functions.carts.upload.kept_mappings import ImportMapping
from shared.approval.deputies import Deputies
from shared.approval.model import Approval, Policy
from shared.assortment.model import Assortment, AssortmentVersion
from shared.audit import AuditEntry
from shared.availability.freshness import StockAsOf
from shared.availability.model import Availability
from shared.cart.model import Cart
from shared.catalogue.announcement import CatalogueState
from shared.catalogue.snapshot import Head
from shared.company.model import Company, DoorDocument
from shared.company.ship_to import ShipToDocument
from shared.event.counting import DayCount
from shared.event.quarantine import Quarantined
from shared.event.silence import Silence
from shared.event.waiting import Waiting
from shared.order.group import OrderGroup
from shared.order.model import Order
from shared.person.invitation import Invitation
from shared.person.model import Person
from shared.price.model import GeneralDiscounts, StylePrices
from shared.reconciliation.model import Difference, Run
from shared.reconciliation.repository import Current
from shared.reconciliation.snapshot import LastSnapshots, SnapshotPart, SnapshotRun
from shared.sap.circuit import Circuit
from shared.store import Document
from shared.style.model import Style
from shared.style.shared_gtin import SharedGtin

Read = Callable[[str, Document], BaseModel]


def _read(model: type[BaseModel]) -> Read:
    return lambda _, document: model.model_validate(document)


def _read_with_id(model: type[BaseModel]) -> Read:
    return lambda id_, document: model.model_validate({**document, "id": id_})


class Part(BaseModel):
    """A part of a quarantined message, which is read as it is."""

    data: bytes


class Admins(BaseModel):
    """Who decides about a company's people."""

    uids: list[str]


class Bucket(BaseModel):
    """When a rate's bucket is full again."""

    expires_at: datetime


class Past(BaseModel):
    """Until when a document said something; what it said of its terms is read as the document is."""

    until: datetime
    expires_at: datetime


class SharedGtins(BaseModel):
    """In which snapshot GTINs of several articles were looked for, and how many there are."""

    until: datetime
    count: int
    at: datetime


READERS: Mapping[str, Read] = {
    "admins": _read(Admins),
    "approval_deputies": _read(Deputies),
    "approval_policies": _read(Policy),
    "approval_policies/revisions": _read(Policy),
    "approvals": _read(Approval),
    "assortments": _read(Assortment),
    "assortments/past": _read(Past),
    "assortments/versions": _read(AssortmentVersion),
    "audit": _read(AuditEntry),
    "availability": _read(Availability),
    "carts": _read(Cart),
    "companies": _read_with_id(Company),
    "companies/past": _read(Past),
    "companies/doors": _read(DoorDocument),
    "companies/import_mappings": _read(ImportMapping),
    "companies/prices": _read(StylePrices),
    "companies/prices/past": _read(Past),
    "differences": _read(Difference),
    "discounts": _read(GeneralDiscounts),
    "discounts/past": _read(Past),
    "invitations": _read(Invitation),
    "order_groups": _read(OrderGroup),
    "orders": _read(Order),
    "people": _read(Person),
    "prices": _read(StylePrices),
    "prices/past": _read(Past),
    "quarantine": _read_with_id(Quarantined),
    "quarantine/parts": _read(Part),
    "rates": _read(Bucket),
    "reconciliations": _read(Run),
    "sap_days": _read(DayCount),
    "shared_gtins": _read(SharedGtin),
    "ship_tos": _read(ShipToDocument),
    "snapshot_parts": _read(SnapshotPart),
    "snapshots": _read(SnapshotRun),
    "source_systems": _read(Circuit),
    "state": _read(CatalogueState),
    "state/chunks": _read(Head),
    "state:reconciliation": _read(Current),
    "state:shared_gtins": _read(SharedGtins),
    "state:silence": _read(Silence),
    "state:snapshots": _read(LastSnapshots),
    "state:stock": _read(StockAsOf),
    "styles": _read(Style),
    "styles/past": _read(Past),
    "users": _read(User),
    "waiting": _read_with_id(Waiting),
}
"""By kind, or "kind:id" of one document. A new kind of document needs its reader here."""

MOVED: Mapping[str, str] = {
    "availability.promises": "sums in `promised`",
    "companies.open_orders": "sums in `open_amounts`",
    **dict.fromkeys(
        (f"state:stock.{name}" for name in CatalogueState.model_fields),
        "never there: the samples took the document for `state/catalogue`",
    ),
}
"""Fields of earlier models that today's has no more, as "kind.field", and where that went."""


def precise(kind: str, id_: str) -> str:
    """The kind as `READERS` and `MOVED` name it."""
    own = f"{kind}:{id_}"
    return own if own in READERS else kind


def read(kind: str, id_: str, document: Any) -> BaseModel:
    """The document as its model."""
    return READERS[precise(kind, id_)](id_, document)
