"""As of when SAP last told the stock of a plant: `state/stock`, which `sync_inventory` writes."""

from datetime import datetime

from google.cloud.firestore import Client, DocumentReference
from pydantic import BaseModel, Field

from shared.sap.fields import read_stamp


class StockAsOf(BaseModel):
    """Stamps of SAP's by plant."""

    snapshots: dict[str, str] = Field(default={}, description="of the latest full snapshot")
    changes: dict[str, str] = Field(
        default={}, description="of a late change; it may be some minutes behind the latest"
    )

    def as_of(self, plant: str) -> datetime | None:
        """When SAP last told any stock of the plant; None where it never did."""
        latest = max(self.snapshots.get(plant, ""), self.changes.get(plant, ""))
        return read_stamp(latest) if latest else None


def reference(db: Client) -> DocumentReference:
    """Where the stamps are stored."""
    return db.collection("state").document("stock")
