"""`people/{uid}`: who a person is to companies."""

from google.cloud.firestore import Client, DocumentReference

from shared.person.model import Person
from shared.store import Document, read_all


def reference(db: Client, uid: str) -> DocumentReference:
    """Where a person is."""
    return db.collection("people").document(uid)


def parse(document: Document | None) -> Person | None:
    """The person; None where nobody decided anything about them yet."""
    return None if document is None else Person.model_validate(document)


def read(db: Client, uid: str) -> Person | None:
    """The person as they are now; None where nobody decided anything about them yet."""
    [document] = read_all(db, [reference(db, uid)])
    return parse(document)
