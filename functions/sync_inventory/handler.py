"""Stock rows become the availability of styles in plants."""

from functools import partial

import structlog
from google.cloud.firestore import Client

from functions.sync_inventory.merge import merge
from shared.availability import repository as availabilities
from shared.event.message import SapMessage
from shared.event.writing import Change, raise_unwritable, write_changes
from shared.sap.source_system import SourceSystem
from shared.sap.stock import stock


def apply(db: Client, system: SourceSystem, message: SapMessage) -> None:  # noqa: ARG001
    """Store what is newer of the message's rows: one document per style and plant.

    Raises:
        UntranslatableMessageError: nothing was stored.
        UnwritableDocumentsError: all others were stored.
    """
    found = stock(message.data)
    written = write_changes(
        db,
        [
            Change(
                availabilities.reference(db, style, plant),
                partial(merge, style=style, plant=plant, rows=rows),
            )
            for (style, plant), rows in found.items()
        ],
    )
    structlog.get_logger().info("applied", received=len(found), written=written.documents)
    raise_unwritable([written])
