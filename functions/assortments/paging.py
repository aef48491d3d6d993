"""Pages that go on behind the last document of the one before."""

from google.cloud.firestore import Client, DocumentReference

from shared.problem import Fault, InvalidInputProblem
from shared.store import read_all
from shared.text.message import N_, Message


def require_cursor(db: Client, last: DocumentReference) -> None:
    """Raises InvalidInputProblem where the document that a page ended with is not there."""
    if read_all(db, [last]) == [None]:
        text = Message(N_("This page is not available any more. Please start from the first."))
        raise InvalidInputProblem((Fault("stale_cursor", "/cursor", text, "query"),))
