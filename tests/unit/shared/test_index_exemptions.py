"""No map or list is indexed that no query asks for: a document has at most 40,000 entries.

https://firebase.google.com/docs/firestore/quotas: each value in a map or list makes entries
of its own in both directions, and the subfields of an exempt map are exempt with it.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel

from shared.approval.deputies import Deputies
from shared.approval.model import Approval, Policy
from shared.assortment.model import Assortment
from shared.availability.model import Availability
from shared.cart.model import Cart
from shared.company.model import Company, DoorDocument
from shared.event.counting import DayCount
from shared.event.quarantine import Quarantined
from shared.event.waiting import Waiting
from shared.order.group import OrderGroup
from shared.order.model import Order
from shared.price.model import StylePrices
from shared.reconciliation.snapshot import SnapshotPart, SnapshotRun
from shared.style.model import Style
from shared.style.shared_gtin import SharedGtin

DECLARED = Path(__file__).parents[3] / "infra" / "firestore.indexes.json"
QUERIED = {
    ("approvals", "approvers"),
    ("doors", "terms"),
    ("orders", "styles"),
    ("waiting", "awaits"),
}
DOCUMENTS: dict[str, type[BaseModel]] = {
    "approval_deputies": Deputies,
    "approval_policies": Policy,
    "approvals": Approval,
    "assortments": Assortment,
    "availability": Availability,
    "carts": Cart,
    "companies": Company,
    "doors": DoorDocument,
    "order_groups": OrderGroup,
    "orders": Order,
    "prices": StylePrices,
    "quarantine": Quarantined,
    "revisions": Policy,
    "sap_days": DayCount,
    "shared_gtins": SharedGtin,
    "snapshot_parts": SnapshotPart,
    "snapshots": SnapshotRun,
    "styles": Style,
    "waiting": Waiting,
}


def _collections_in(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """Paths of the model's maps and lists, also within what it is made of."""
    for name, field in model.model_fields.items():
        yield from _within(field.annotation, prefix + name)


def _within(annotation: Any, path: str) -> Iterator[str]:
    if get_origin(annotation) in (dict, list):
        yield path
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from _collections_in(annotation, f"{path}.")
    else:
        for part in get_args(annotation):
            yield from _within(part, path)


@pytest.mark.parametrize("collection", DOCUMENTS)
def test_maps_and_lists_are_exempt(collection: str) -> None:
    exempt = {
        override["fieldPath"]
        for override in json.loads(DECLARED.read_text())["fieldOverrides"]
        if override["collectionGroup"] == collection and override["indexes"] == []
    }
    found = {
        path
        for path in _collections_in(DOCUMENTS[collection])
        if (collection, path) not in QUERIED and not exempt & _prefixes(path)
    }
    assert found == set()


def _prefixes(path: str) -> set[str]:
    parts = path.split(".")
    return {".".join(parts[:end]) for end in range(1, len(parts) + 1)}
