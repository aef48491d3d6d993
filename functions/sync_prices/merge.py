"""What a message changes of the stored prices of a style in a currency, pure."""

from shared.event.writing import newer
from shared.sap.conditions import StylePriceKey
from shared.store import Document, to_document


def merge(stored: Document | None, new: StylePriceKey) -> Document | None:
    """The document with the price key replaced; None where the stored key is as new."""
    document = stored or {"style": new.style, "currency": new.currency, "keys": {}}
    if not newer(document["keys"].get(new.name), new.key.stamp):
        return None
    return {**document, "keys": {**document["keys"], new.name: to_document(new.key)}}
