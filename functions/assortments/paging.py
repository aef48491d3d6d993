"""Pages that go on behind the last document of the one before."""

from google.cloud.firestore import Client, DocumentReference

from shared.paging import stale_cursor
from shared.store import read_all


def require_cursor(db: Client, last: DocumentReference) -> None:
    """Raises InvalidInputProblem where the document that a page ended with is not there."""
    if read_all(db, [last]) == [None]:
        raise stale_cursor()
