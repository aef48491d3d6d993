"""What documents said before they changed is kept, so that any day can be asked (docs/domain.md, "History").

`{document}/past/{id}` is what a document said of its terms until then, written in the commit that
changes them. One that does not change its terms keeps nothing.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from google.cloud.firestore import SERVER_TIMESTAMP, DocumentReference

from shared.document_size import LARGEST_DOCUMENT, size_of
from shared.optimistic import Attempt
from shared.store import Document

KEPT = timedelta(days=3 * 366)
"""How long what was once so is kept: this season's, last year's, and the one before."""

BEGAN = "began_at"
"""The field of a document that says since when there is one; what was stored without it always was."""

Terms = Callable[[Document], Document]
"""What of a document is kept of before: a part of its fields."""


def beside_past(
    before: Document | None, after: Document, terms: Terms | None
) -> tuple[Document, Document | None]:
    """The document that is to be stored, and what is to be kept of `before`; of one without `terms`
    nothing is kept."""
    if terms is None:
        return after, None
    return with_beginning(before, after), past_of(before, after, terms)


def with_beginning(before: Document | None, after: Document) -> Document:
    """The document that is to be stored, saying since when there is one."""
    if before is None:
        return {**after, BEGAN: datetime.now(UTC)}
    return {**after, BEGAN: before[BEGAN]} if BEGAN in before else after


def past_of(before: Document | None, after: Document, terms: Terms) -> Document | None:
    """What is to be kept of `before`; None where the terms stay as they are, whatever their stamps."""
    if before is None:
        return None
    was = terms(before)
    return None if _unstamped(was) == _unstamped(terms(after)) else was


def keep(attempt: Attempt, reference: DocumentReference, past: Document | None) -> None:
    """Write down what `past_of` found, if anything, in the commit that changes the document.

    What Firestore would refuse for its size, of a document that was stored too large once, is let go.
    """
    if past is None or size_of(reference.path, past) > LARGEST_DOCUMENT:
        return
    times = {"until": SERVER_TIMESTAMP, "expires_at": datetime.now(UTC) + KEPT}
    attempt.create(reference.collection("past").document(), past | times)


def _unstamped(value: Any) -> Any:
    """A value without the stamps of what it consists of."""
    if isinstance(value, dict):
        return {name: _unstamped(one) for name, one in value.items() if name != "stamp"}
    return value
