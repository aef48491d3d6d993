"""What a message changes of a stored style or assortment, pure."""

from shared.assortment.model import Assortment
from shared.event.writing import newer
from shared.store import Document, to_document
from shared.style.model import Style


def merge(stored: Document | None, new: Style | Assortment) -> Document | None:
    """The new document; None where what is stored is as new. Deleted ones keep their stamp."""
    return to_document(new) if newer(stored, new.stamp) else None
