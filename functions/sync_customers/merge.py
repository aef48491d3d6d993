"""What a message changes of a stored company, pure."""

from shared.company.model import Credit, Profile
from shared.event.writing import newer
from shared.store import Document, to_document


def merge(stored: Document | None, new: Profile | Credit) -> Document | None:
    """The document with its profile or credit replaced; None where what is stored is as new.

    Accepted orders that the new exposure includes are forgotten: they'd count twice.
    """
    document = stored or {}
    name = "profile" if isinstance(new, Profile) else "credit"
    if not newer(document.get(name), new.stamp):
        return None
    merged = {**document, name: to_document(new)}
    if isinstance(new, Credit) and (open_orders := document.get("open_orders")):
        merged["open_orders"] = {
            number: order
            for number, order in open_orders.items()
            if (created := order.get("sap_stamp")) is None or created > new.stamp
        }
    return merged
