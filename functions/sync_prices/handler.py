"""Condition records become the price keys of styles."""

from functools import partial

import structlog
from google.cloud.firestore import Client

from functions.sync_prices.merge import merge
from shared.event.message import SapMessage
from shared.event.writing import Change, write_changes
from shared.price import repository as prices
from shared.sap.conditions import price_key
from shared.sap.idoc import read_packet


def apply(db: Client, message: SapMessage) -> None:
    """Store what is newer of the message's price keys.

    Raises:
        UntranslatableMessageError: nothing was stored.
    """
    keys = [key for key in read_packet(message.data, {"COND_A": price_key}) if key]
    written = write_changes(
        db,
        [
            Change(prices.reference(db, key.style, key.currency), partial(merge, new=key))
            for key in keys
        ],
        "prices",
    )
    structlog.get_logger().info("applied", received=len(keys), written=written)
