"""Where SAP's full snapshots are stored, and which of each family was the last."""

from google.cloud.firestore import Client, DocumentReference

from shared.reconciliation.snapshot import LastSnapshots
from shared.store import read_all


def run_reference(db: Client, id_: str) -> DocumentReference:
    """Where a snapshot is."""
    return db.collection("snapshots").document(id_)


def last_reference(db: Client) -> DocumentReference:
    """Where it says which snapshot of each family was the last."""
    return db.collection("state").document("snapshots")


def read_last(db: Client) -> LastSnapshots:
    """The last complete snapshot of each family."""
    [document] = read_all(db, [last_reference(db)])
    return LastSnapshots.model_validate(document or {})
