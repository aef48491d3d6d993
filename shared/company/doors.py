"""`companies/{company}/doors/{door}`, of companies whose doors are documents of their own."""

from google.cloud.firestore import Client, CollectionReference, DocumentReference

from shared.company import repository as companies
from shared.company.model import Company, DoorDocument
from shared.store import Document


def collection(db: Client, company: str) -> CollectionReference:
    """Where the doors of a company are."""
    doors: CollectionReference = companies.reference(db, company).collection("doors")
    return doors


def reference(db: Client, company: str, door: str) -> DocumentReference:
    """Where a door of a company is."""
    return collection(db, company).document(door)


def parse(document: Document | None, company: Company) -> DoorDocument | None:
    """The door; None where the company has no such door, or has it no more."""
    if document is None or document["stamp"] < company.profile.stamp:
        return None
    return DoorDocument.model_validate(document)
