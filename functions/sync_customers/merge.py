"""What a message changes of a stored company, pure."""

from shared.company.model import Credit, Profile
from shared.company.open_amounts import pending_amounts, stored_amounts
from shared.company.repository import with_open_amounts
from shared.event.writing import newer
from shared.store import Document, to_document


def merge(stored: Document | None, new: Profile | Credit) -> Document | None:
    """The document with its profile or credit replaced; None where what is stored is as new.

    What the new exposure includes of accepted orders is forgotten: it would count twice.
    """
    document = stored or {}
    name = "profile" if isinstance(new, Profile) else "credit"
    if not newer(document.get(name), new.stamp):
        return None
    merged = {**document, name: to_document(new)}
    if isinstance(new, Credit):
        pending = pending_amounts(stored_amounts(document), new.stamp)
        return with_open_amounts(merged, pending)
    return merged
