"""What the parts of a full snapshot hold, and which messages from before it would bring back what it lacks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from google.cloud.firestore import Client, FieldFilter

from shared.reconciliation.model import Family
from shared.reconciliation.recording import digest, digests
from shared.reconciliation.repository import GRACE
from shared.reconciliation.snapshot import LastSnapshot
from shared.reconciliation.snapshots import read_last
from shared.sap.fields import read_stamp
from shared.store import find_each


@dataclass(frozen=True)
class Held:
    """The records that a snapshot's parts hold, and of whom one could not be read."""

    keys: set[bytes]
    unread: set[str]

    def lacks(self, key: str, whose: str) -> bool:
        """Whether no part has the record of an article or customer."""
        return digest(key) not in self.keys and whose not in self.unread


def read_held(db: Client, snapshot: str) -> Held:
    """What the parts of a snapshot hold."""
    parts = db.collection("snapshot_parts").where(filter=FieldFilter("snapshot", "==", snapshot))
    held = Held(set(), set())
    for read in find_each(db, parts.select(["keys", "unread"])):
        document = read.data()
        held.keys.update(digests(document.get("keys", b"")))
        held.unread.update(document.get("unread", []))
    return held


def complete_after(db: Client, family: Family, stamps: Iterable[str], now: datetime) -> str:
    """As of when the last complete snapshot is, where one of the stamps is from before; else "".

    One is complete some time after its parts came, so what SAP tells at once needs no look.
    """
    oldest = min(stamps, default="")
    if not oldest or read_stamp(oldest) > now - GRACE:
        return ""
    as_of = read_last(db).families.get(family, LastSnapshot()).as_of
    return as_of if oldest < as_of else ""


def contents_at(db: Client, family: Family, as_of: str) -> Held | None:
    """What the complete snapshot of then holds; None where its parts are kept no longer."""
    held = read_held(db, f"{family.value}.{as_of}")
    return held if held.keys else None
