"""`assortments/{id}`, and the versions that the brand's desk made of each."""

from google.cloud.firestore import Client, CollectionReference, DocumentReference

from shared.assortment.model import Assortment
from shared.problem import NotFoundProblem
from shared.store import Document


def reference(db: Client, assortment: str) -> DocumentReference:
    """Where an assortment is."""
    return db.collection("assortments").document(assortment or "-")


def versions(db: Client, assortment: str) -> CollectionReference:
    """Where its versions are."""
    found: CollectionReference = reference(db, assortment).collection("versions")
    return found


def version_reference(db: Client, assortment: str, number: int) -> DocumentReference:
    """Where one of them is; names sort as numbers do."""
    found: DocumentReference = versions(db, assortment).document(f"{number:06}")
    return found


def parse(assortment: str, document: Document | None) -> Assortment:
    """The assortment; one that nothing is in where nobody made it."""
    if document is None:
        return Assortment(id=assortment, stamp="")
    return Assortment.model_validate(document)


def parse_existing(assortment: str, document: Document | None) -> Assortment:
    """The assortment.

    Raises:
        NotFoundProblem: nobody made it, or it is deleted.
    """
    found = parse(assortment, document)
    if document is None or found.deleted:
        raise NotFoundProblem
    return found
