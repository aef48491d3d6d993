"""How today's code reads each kind of document, and writes it again."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel

from functions.accounts.me import User
from functions.carts.upload.kept_mappings import ImportMapping
from shared.assortment.model import Assortment
from shared.availability.model import Availability
from shared.cart.model import Cart
from shared.catalogue.announcement import CatalogueState
from shared.catalogue.snapshot import Head
from shared.company.model import Company, DoorDocument
from shared.event.quarantine import Quarantined
from shared.event.waiting import Waiting
from shared.order.group import OrderGroup
from shared.order.model import Order
from shared.price.model import StylePrices
from shared.store import Document
from shared.style.model import Style

Read = Callable[[str, Document], BaseModel]


def _read(model: type[BaseModel]) -> Read:
    return lambda _, document: model.model_validate(document)


def _read_with_id(model: type[BaseModel]) -> Read:
    return lambda id_, document: model.model_validate({**document, "id": id_})


class Part(BaseModel):
    """A part of a quarantined message, which is read as it is."""

    data: bytes


READERS: Mapping[str, Read] = {
    "assortments": _read(Assortment),
    "availability": _read(Availability),
    "carts": _read(Cart),
    "companies": _read_with_id(Company),
    "companies/doors": _read(DoorDocument),
    "companies/import_mappings": _read(ImportMapping),
    "companies/prices": _read(StylePrices),
    "order_groups": _read(OrderGroup),
    "orders": _read(Order),
    "prices": _read(StylePrices),
    "quarantine": _read_with_id(Quarantined),
    "quarantine/parts": _read(Part),
    "state": _read(CatalogueState),
    "state/chunks": _read(Head),
    "styles": _read(Style),
    "users": _read(User),
    "waiting": _read_with_id(Waiting),
}
"""By kind. A new kind of document needs its reader here."""

MOVED: Mapping[str, str] = {
    "availability.promises": "sums in `promised`",
    "companies.open_orders": "sums in `open_amounts`",
}
"""Fields of earlier models that today's has no more, as "kind.field", and where that went."""


def read(kind: str, id_: str, document: Any) -> BaseModel:
    """The document as its model."""
    return READERS[kind](id_, document)
