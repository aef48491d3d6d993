"""`prices/{style}~{currency}`. `updated_at` (server time) lets an instance load what changed."""

from google.cloud.firestore import Client, CollectionReference, DocumentReference

from shared.price.model import StylePrices
from shared.store import Document


def reference(db: Client, style: str, currency: str) -> DocumentReference:
    """Where the prices of a style in a currency are."""
    return db.collection("prices").document(f"{style}~{currency}")


def own_collection(db: Client, company: str) -> CollectionReference:
    """Where the prices are that only this company gets."""
    collection: CollectionReference = (
        db.collection("companies").document(company).collection("prices")
    )
    return collection


def own_reference(db: Client, company: str, style: str, currency: str) -> DocumentReference:
    """Where a company's own prices of a style in a currency are."""
    return own_collection(db, company).document(f"{style}~{currency}")


def parse(document: Document | None) -> StylePrices | None:
    """The prices; None where SAP sent none in this currency."""
    return None if document is None else StylePrices.model_validate(document)
