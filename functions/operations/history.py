"""What was done at the desk."""

from google.cloud.firestore import Client, FieldFilter, Query

from functions.operations.schema import AuditPage, AuditQuery
from shared.audit import AuditEntry
from shared.paging import Snapshot, newest_first


def list_done(db: Client, query: AuditQuery) -> AuditPage:
    """A page of it, the newest first."""
    collection = db.collection("audit")
    found: Query = collection.select(list(AuditEntry.model_fields))
    if query.action is not None:
        found = found.where(filter=FieldFilter("action", "==", query.action.value))

    def read(snapshot: Snapshot) -> AuditEntry:
        return AuditEntry.model_validate(snapshot.to_dict())

    page = newest_first(collection, found, "at", query, read)
    return AuditPage(items=page.items, next=page.next)
