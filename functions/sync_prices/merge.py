"""What a message changes of stored prices and of the company that has them, pure."""

from shared.event.verdict import Verdict, judge
from shared.event.writing import newer
from shared.sap.conditions import StylePriceKey
from shared.store import Document, to_document


def merge(stored: Document | None, new: StylePriceKey) -> Document | None:
    """The document with the price key replaced; None where the stored key is as new."""
    document = stored or {"style": new.style, "currency": new.currency, "keys": {}}
    if not newer(document["keys"].get(new.name), new.key.stamp):
        return None
    return {**document, "keys": {**document["keys"], new.name: to_document(new.key)}}


def verdict(stored: Document | None, new: StylePriceKey) -> Verdict:
    """What the price key is to the stored one."""
    return judge((stored or {}).get("keys", {}).get(new.name), new.key)


def with_own_prices(stored: Document | None) -> Document | None:
    """The company's document, which says that there may be prices of its own."""
    document = stored or {}
    return None if document.get("own_prices") else {**document, "own_prices": True}
