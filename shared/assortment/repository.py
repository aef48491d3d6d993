"""`assortments/{id}`."""

from google.cloud.firestore import Client, DocumentReference

from shared.assortment.model import Assortment
from shared.store import Document


def reference(db: Client, assortment: str) -> DocumentReference:
    """Where an assortment is."""
    return db.collection("assortments").document(assortment or "-")


def parse(assortment: str, document: Document | None) -> Assortment:
    """The assortment; one that nothing is in where SAP sent none."""
    if document is None:
        return Assortment(id=assortment, stamp="")
    return Assortment.model_validate(document)
