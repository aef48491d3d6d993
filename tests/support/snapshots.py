"""The families that SAP publishes full snapshots of, each as changes and parts that a test can make."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from google.cloud.firestore import Client

from functions.sync_customers.handler import apply as apply_customers
from functions.sync_inventory.handler import apply as apply_stock
from functions.sync_prices.handler import apply as apply_prices
from shared.event.message import SapMessage
from shared.reconciliation.model import Family
from shared.sap.setting import Snapshots
from shared.sap.source_system import SourceSystem
from tests.factories.sap import ECC, PUBLISHED_AT, Idoc, stamp, stock_row
from tests.factories.sap_customers import debmas, debmas_deleted
from tests.factories.sap_prices import cond_a, position_of

Values = dict[str, int]
"""By key: pieces on hand, the price in cents, the number in a customer's street."""


@dataclass(frozen=True)
class Source:
    """A family: what SAP sends of a key, and what Sellin has of it."""

    family: Family
    topic: str
    marks: Snapshots
    record: Callable[[str, int | None, str], dict[str, Any]]
    apply: Callable[[Client, SourceSystem, SapMessage], Any]
    read: Callable[[Client], Values]

    def change(self, key: str, value: int | None, second: int) -> SapMessage:
        """The message of a change; without a value, of a deletion."""
        return self._message([self.record(key, value, stamp(second))], {})

    def part(
        self, records: Mapping[str, tuple[int, int]], second: int, part: int = 1, parts: int = 1
    ) -> SapMessage:
        """A part of a snapshot; `records` are a value, and the second of its last change, by key."""
        names = self.marks
        says = {names.as_of: stamp(second), names.part: str(part), names.parts: str(parts)}
        rows = [self.record(key, value, stamp(at)) for key, (value, at) in records.items()]
        return self._message(rows, says)

    def group(self, key: str) -> str:
        """What has to be in one message: all articles of a style."""
        return key[:-3] if self.family is Family.STOCK else key

    def _message(self, records: list[dict[str, Any]], says: dict[str, str]) -> SapMessage:
        name = "ROWS" if self.family is Family.STOCK else "IDOCS"
        content: dict[str, Any] = {name: records}
        if self.marks.segment is not None and says:
            content, says = {self.marks.segment: [says], **content}, {}
        data = json.dumps(content).encode()
        return SapMessage(f"{hash(data)}", self.topic, data, says, PUBLISHED_AT)


def _stock(key: str, value: int | None, at: str) -> dict[str, Any]:
    return stock_row(key, at, value or 0)


def _price(key: str, value: int | None, at: str) -> Idoc:
    idoc = cond_a(key, at, f"{(value or 0) / 100:.2f}")
    if value is None:
        position_of(idoc)["LOEVM_KO"] = "X"
    return idoc


def _customer(key: str, value: int | None, at: str) -> Idoc:
    if value is None:
        return debmas_deleted(key, at)
    return debmas(key, at, doors=[key], customer={"STRAS": f"Laufweg {value}"})


def _read_stock(db: Client) -> Values:
    found = [one.to_dict() or {} for one in db.collection("availability").stream()]
    return {name: row["on_hand"] for one in found for name, row in one["stock"].items()}


def _read_prices(db: Client) -> Values:
    return {
        one["style"]: key["records"][0]["amount"]
        for found in db.collection("prices").stream()
        for one in [found.to_dict() or {}]
        for key in one["keys"].values()
        if key["records"]
    }


def _read_customers(db: Client) -> Values:
    return {
        found.id: int(profile["address"]["street"].split()[-1])
        for found in db.collection("companies").stream()
        if (profile := (found.to_dict() or {}).get("profile")) and not profile["deleted"]
    }


def sources(system: SourceSystem = ECC) -> dict[Family, Source]:
    """All of them, of a system."""
    prices, customers = system.prices.snapshots, system.customers.snapshots
    assert prices
    assert customers
    made = [
        Source(
            Family.STOCK,
            "sap-inventory",
            system.stock.snapshots,
            _stock,
            apply_stock,
            _read_stock,
        ),
        Source(Family.PRICES, "sap-prices", prices, _price, apply_prices, _read_prices),
        Source(
            Family.CUSTOMERS,
            "sap-customers",
            customers,
            _customer,
            apply_customers,
            _read_customers,
        ),
    ]
    return {one.family: one for one in made}


KEYS = {
    Family.STOCK: ["10123001", "10123002", "10200001", "10300001"],
    Family.PRICES: ["10123", "10200", "10300", "10400"],
    Family.CUSTOMERS: ["100001", "100002", "100003", "100004"],
}
