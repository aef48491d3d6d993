"""`availability/{style}~{plant}`. `updated_at` (server time) lets an instance load what changed."""

from google.cloud.firestore import Client, DocumentReference

from shared.availability.model import FORMAT, Availability, Promised, pack
from shared.store import Document


def reference(db: Client, style: str, plant: str) -> DocumentReference:
    """Where the availability of a style in a plant is."""
    return db.collection("availability").document(f"{style}~{plant}")


def parse(document: Document | None) -> Availability | None:
    """The availability; None where SAP sent no stock yet."""
    return None if document is None else Availability.model_validate(document)


def with_promised(document: Document, promised: Promised) -> Document:
    """The document with these sums, also in place of the `promises` that older ones have."""
    rest = {name: value for name, value in document.items() if name != "promises"}
    sums = {article: pack(one) for article, one in promised.items()}
    return {**rest, "promised": sums, "format": FORMAT}
