"""Condition records become the price keys of styles, those of a customer beside the customer."""

from functools import partial

import structlog
from google.cloud.firestore import Client, DocumentReference

from functions.sync_prices.doubts import doubts
from functions.sync_prices.merge import merge, with_own_prices
from shared.company import repository as companies
from shared.event.message import RELEASED, SapMessage
from shared.event.writing import Change, raise_unwritable, write_changes
from shared.price import repository as prices
from shared.price.model import Source
from shared.sap.conditions import StylePriceKey, price_key
from shared.sap.idoc import read_packet
from shared.sap.source_system import SourceSystem
from shared.store import Document


def apply(db: Client, system: SourceSystem, message: SapMessage) -> None:
    """Store what is newer of the message's price keys.

    A price that is in doubt is held back, unless a person released the message: the earlier one
    stays in force, and the message is kept in quarantine with the reason.

    Raises:
        UntranslatableMessageError: nothing was stored.
        UnwritableDocumentsError: all others were stored.
    """
    keys = [key for key in read_packet(message, system, {"COND_A": price_key}).all() if key]
    customers = {key.key.holder for key in keys if key.key.source is Source.CUSTOMER}
    # Carts look for own prices only of a company that has this, so it is there before them.
    flags = write_changes(
        db,
        [Change(companies.reference(db, customer), with_own_prices) for customer in customers],
        "companies",
    )
    is_released = message.attributes.get(RELEASED) == "true"
    held: dict[int, list[str]] = {}

    def store(place: int, stored: Document | None) -> Document | None:
        # Called again for a document that others changed meanwhile: the last reading counts.
        held[place] = [] if is_released else doubts(stored, keys[place])
        return None if held[place] else merge(stored, keys[place])

    changes = [Change(_reference(db, key), partial(store, place)) for place, key in enumerate(keys)]
    written = write_changes(db, changes, "prices")
    written.reasons += [reason for place in sorted(held) for reason in held[place]]
    structlog.get_logger().info("applied", received=len(keys), written=written.documents)
    raise_unwritable([flags, written])


def _reference(db: Client, key: StylePriceKey) -> DocumentReference:
    if key.key.source is Source.CUSTOMER:
        return prices.own_reference(db, key.key.holder, key.style, key.currency)
    return prices.reference(db, key.style, key.currency)
