"""`styles/{number}`. The field `updated_at` (server time) lets an instance load what changed."""

from google.cloud.firestore import Client, DocumentReference

from shared.store import Document
from shared.style.model import Style


def reference(db: Client, number: str) -> DocumentReference:
    """Where a style is."""
    return db.collection("styles").document(number)


def parse(document: Document | None) -> Style | None:
    """The style; None where there is none or SAP deleted it."""
    if document is None:
        return None
    style = Style.model_validate(document)
    return None if style.deleted else style
